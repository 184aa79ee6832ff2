"""A voice memo as the first thing told in a debrief: its words answer the prompt they belong to.

The memo stands in the session's log, beside the plan. So the script asks for everything but that, now and
whenever it is taken up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from greenroom.dialogue.acts import Ask, Heard, Script
from greenroom.dialogue.log import Entry, of_the_last_plan
from greenroom.types import Timing, Turn

RECALL = "recall"
"""The step of a debrief in which it is told freely: what a voice memo is."""


@dataclass(frozen=True, slots=True)
class Memo:
    """What was told before the debrief began, and the prompt it answers."""

    prompt_id: str
    heard: Heard


def memo_of(turn: Turn) -> Memo:
    """The memo that this turn keeps."""
    first_word_s = turn.words[0].start_s if turn.words else None
    heard = Heard(turn.number, "answered", turn.transcript or "", turn.timing, first_word_s)
    return Memo(turn.prompt_id, heard)


def memo_left_over(log: Sequence[Entry], turns: Sequence[Turn]) -> dict[str, Any] | None:
    """The entry of a memo whose import died before it could write one; None when nothing is amiss.

    Nobody was asked anything yet, and still there is the answer.
    """
    if [entry["entry"] for entry in log] != ["plan"] or len(turns) != 1:
        return None
    [turn] = turns
    told = turn.prompt_id == RECALL and turn.status == "answered" and turn.transcript
    return memo_entry(memo_of(turn)) if told else None


def memo_entry(memo: Memo) -> dict[str, Any]:
    """As it stands in a log."""
    return {"entry": "memo", **asdict(memo)}


def sitting(log: Sequence[Entry]) -> tuple[list[Entry], Memo | None]:
    """The latest sitting in a session's log, from its plan on, and the memo in it.

    A second look goes on in the session of the first, with a plan of its own: what was before is history.
    """
    latest = of_the_last_plan(log)
    entries = [entry for entry in latest if entry["entry"] != "memo"]
    told = next((entry for entry in latest if entry["entry"] == "memo"), None)
    if told is None:
        return entries, None
    timing = told["heard"]["timing"]
    heard = Heard(**{**told["heard"], "timing": None if timing is None else Timing(**timing)})
    return entries, Memo(told["prompt_id"], heard)


def told_before(script: Script, memo: Memo | None) -> Script:
    """The script, with its memo's prompt answered by the memo. Asked once more, as after "go back", it is
    asked."""
    waiting = memo
    reply: Heard | None = None
    while True:
        try:
            act = script.send(reply)
        except StopIteration:
            return
        if waiting is not None and isinstance(act, Ask) and act.prompt_id == waiting.prompt_id:
            reply, waiting = waiting.heard, None
        else:
            reply = yield act
