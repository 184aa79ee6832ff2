"""The log of a session: its plan, every act and every reply, as plain data, and back again.

Replay feeds a log into a fresh script, which brings it to the place where the log ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any, Literal

from greenroom.dialogue.acts import Act, Ask, Heard, Keep, Mark, Rate, Say, Script, Star, TakeBack
from greenroom.dialogue.debrief import real_debrief
from greenroom.dialogue.interview import interview
from greenroom.dialogue.packs import InterviewWords, PhraseBook
from greenroom.dialogue.plan import Plan, plan_from_data, plan_to_data
from greenroom.types import Advice, Finding, Landed, Timing

Entry = Mapping[str, Any]


def script_of(plan: Plan) -> Script:
    """A fresh script for a plan."""
    return interview(plan) if plan.script == "practice" else real_debrief(plan)


def plan_entry(plan: Plan) -> dict[str, Any]:
    return {"entry": "plan", **plan_to_data(plan)}


_KINDS: Mapping[type[Act], str] = {
    Say: "say",
    Ask: "ask",
    Keep: "keep",
    Rate: "rate",
    Star: "star",
    Mark: "mark",
    TakeBack: "take_back",
}


def act_entry(
    act: Act, *, turn: int | None = None, item: int | None = None, replaced: int | None = None
) -> dict[str, Any]:
    """`turn` is the number of the turn that an `Ask` became, `item` the row's id that a `Keep` became,
    `replaced` the value that a `Rate` has replaced."""
    entry = {"entry": _KINDS[type(act)], "turn": turn, "act": asdict(act)}
    also = {"id": item, "replaced": replaced}
    return entry | {name: value for name, value in also.items() if value is not None}


def heard_entry(heard: Heard) -> dict[str, Any]:
    return {"entry": "heard", "heard": asdict(heard)}


def reopened_entry(turn: int) -> dict[str, Any]:
    """The answer of this turn goes on: everything from its reply on is not so any more."""
    return {"entry": "reopened", "turn": turn}


def taken_out_entry() -> dict[str, Any]:
    """What was taken back up to here is no longer in the archive."""
    return {"entry": "taken_out"}


def of_the_last_plan(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries from the last plan on: a second look goes on in the log of the first."""
    plans = [place for place, entry in enumerate(entries) if entry.get("entry") == "plan"]
    return entries[plans[-1] :] if plans else entries


@dataclass(frozen=True, slots=True)
class Stored:
    """Something a script has kept, rated or starred.

    `item` is the id of the row that a "keep" became; None in a log of before there were keys. `replaced` is
    the value of an earlier sitting that a "rate" has replaced, if there was one.
    """

    kind: Literal["keep", "rate", "star"]
    key: str | None = None
    item: int | None = None
    phase: str | None = None
    name: str | None = None
    replaced: int | None = None


def stored_by(entries: Iterable[Entry]) -> list[Stored]:
    """What a script has stored in all, in order, without what has been taken back."""
    stored: list[Stored] = []
    for entry in _as_it_stands(entries):
        act = entry.get("act", {})
        if entry["entry"] == "take_back":
            del stored[len(stored) - act["count"] :]
        elif entry["entry"] == "keep":
            stored.append(Stored("keep", act.get("key"), entry.get("id")))
        elif entry["entry"] == "rate":
            replaced = entry.get("replaced")
            stored.append(Stored("rate", phase=act["phase"], name=act["name"], replaced=replaced))
        elif entry["entry"] == "star":
            stored.append(Stored("star", act["key"]))
    return stored


def left_behind_by(entries: Sequence[Entry]) -> list[Stored]:
    """What a step back has taken back and no reply has followed: only this may still be in the archive.

    The ids of what went earlier may belong to other rows by now.
    """
    if [one["entry"] for one in entries if one["entry"] in ("take_back", "taken_out")][-1:] == ["taken_out"]:
        return []
    standing = _as_it_stands(entries)
    for place in range(len(standing) - 1, -1, -1):
        if standing[place]["entry"] == "heard":
            break
        if standing[place]["entry"] == "take_back":
            stored = stored_by(standing[:place])
            return stored[len(stored) - standing[place]["act"]["count"] :]
    return []


def elapsed_s_of(entries: Sequence[Entry]) -> float:
    """How long a session has taken up to its last reply."""
    replies = [entry["heard"] for entry in entries if entry["entry"] == "heard"]
    return float(replies[-1].get("elapsed_s", 0.0)) if replies else 0.0


def plan_of(
    entries: Sequence[Entry], words: InterviewWords | None = None, phrases: PhraseBook | None = None
) -> Plan:
    """The plan at the head of a log; what an older version did not put in is taken from `words`, `phrases`.

    Raises:
        ValueError: the log does not begin with a plan, or with one that cannot be read.
    """
    if not entries or entries[0].get("entry") != "plan":
        raise ValueError("the log does not begin with a plan")
    data = {key: value for key, value in entries[0].items() if key not in ("entry", "version")}
    try:
        return plan_from_data(data, words, phrases)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"the plan in the log cannot be read: {error}") from error


@dataclass(frozen=True, slots=True)
class Replayed:
    """Where a log leads.

    Attributes:
        script: a script that stands at `act`; the next reply can be sent to it.
        act: the act to perform next, None when the script has come to its end.
        fits: False when the log and the script differ, as after an update that changed the script.
    """

    script: Script
    act: Act | None
    fits: bool


def replay(script: Script, entries: Iterable[Entry]) -> Replayed:
    """Bring a fresh script to the place where its log ends.

    An `Ask` that was performed but never answered is the act to perform next. Where the log does not fit
    the script, replies are matched by the prompt's id, in order, and the first prompt without one is next.
    """
    performed = _without_stops(_as_it_stands(entries))
    place = 0
    fits = True
    reply: Heard | None = None
    while True:
        try:
            act = script.send(reply)
        except StopIteration:
            return Replayed(script, None, fits and place == len(performed))
        reply = None
        found = _find(act, performed, place)
        if found is None:
            if isinstance(act, Ask) or not _replies_after(performed, place):
                return Replayed(script, act, fits and place == len(performed))
            fits = False  # a sentence that the older script did not have: long past, leave it out
            continue
        fits = fits and found == place and _same(act, performed[place])
        place = found + 1
        if isinstance(act, Ask):
            while place < len(performed) and _same(act, performed[place]):
                place += 1  # asked again after an interruption
            if place == len(performed) or performed[place]["entry"] != "heard":
                return Replayed(script, act, fits and place == len(performed))
            reply = _heard_of(performed[place]["heard"])
            place += 1


def _as_it_stands(entries: Iterable[Entry]) -> list[Entry]:
    """The acts and replies, without what an answer that went on has made untrue."""
    kept: list[Entry] = []
    for entry in entries:
        if entry["entry"] == "reopened":
            kept = entries_before_reply(kept, entry["turn"])
        elif entry["entry"] not in ("plan", "taken_out"):
            kept.append(entry)
    return kept


def entries_before_reply(entries: Sequence[Entry], turn: int) -> list[Entry]:
    """The entries up to before the latest reply of this turn; all of them when it has none."""
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place]
        if entry["entry"] == "heard" and entry["heard"]["turn"] == turn:
            return list(entries[:place])
    return list(entries)


def _without_stops(performed: Sequence[Entry]) -> list[Entry]:
    """Leave out each "stop" and what followed it: who came back went on at the same prompt."""
    kept: list[Entry] = []
    stopped = False
    for entry, after in zip_longest(performed, performed[1:]):
        left = after is not None and after.get("act", {}).get("leaves", False)
        stops = entry["entry"] == "heard" and (left or entry["heard"]["command"] == "stop")
        stopped = stops or (stopped and entry["entry"] != "ask")
        if not stopped:
            kept.append(entry)
    return kept


def _find(act: Act, performed: Sequence[Entry], place: int) -> int | None:
    """Where the log tells of this act: here, or for a prompt also further on."""
    if place < len(performed) and _same(act, performed[place]):
        return place
    if isinstance(act, Ask):
        for later in range(place, len(performed)):
            entry = performed[later]
            if entry["entry"] == "ask" and entry["act"]["prompt_id"] == act.prompt_id:
                return later
    return None


def _same(act: Act, entry: Entry) -> bool:
    recorded = act_entry(act)
    # An older version did not know every field: what it knew must be the same.
    return bool(
        entry["entry"] == recorded["entry"]
        and all(recorded["act"].get(name) == value for name, value in entry["act"].items())
    )


def _replies_after(performed: Sequence[Entry], place: int) -> bool:
    return any(entry["entry"] == "heard" for entry in performed[place:])


def _heard_of(data: Mapping[str, Any]) -> Heard:
    timing, advice = data["timing"], data.get("advice")
    return Heard(
        **{
            **data,
            "timing": None if timing is None else Timing(**timing),
            "advice": None if advice is None else _advice_of(advice),
        }
    )


def _advice_of(data: Mapping[str, Any]) -> Advice:
    return Advice(
        **{
            **data,
            "findings": tuple(Finding(**one) for one in data["findings"]),
            "because": tuple(data["because"]),
            "landed": tuple(Landed(**one) for one in data["landed"]),
        }
    )
