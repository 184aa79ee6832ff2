"""Fluke or pattern: what keeps coming up across debriefs, and what is still to be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from greenroom.types import Noted

PATTERN_FROM = 3
"""Debriefs in which a factor came up, from which on it is called a pattern: one may be a fluke, and two can
still be chance. The debrief itself goes by the same rule (`dialogue/factors.py`)."""

DONE = "done"
"""The name of an action that was asked about later, and had been done."""
NOT_DONE = "not-done"
"""The name of one that had not: the same action again, not a new one."""
SECOND_LOOK = "second-look"
ERRANDS = frozenset({"thank-you", "letter", SECOND_LOOK})
"""The names of actions that belong to one interview, and are no change for the next."""

ERRAND_DAYS = 14
"""Days after an interview in which a letter is still due. Later nobody waits for a thank-you note any more,
and being reminded of it would only be a reproach."""

Verdict: TypeAlias = Literal["fluke", "twice", "pattern"]


@dataclass(frozen=True, slots=True)
class Factor:
    """What was named behind a success or a failure, and how often.

    Attributes:
        name: its id; the person's own words where they match none.
        debriefs: in how many different sessions it was named.
        sources: each time it was named, the oldest first.
    """

    name: str
    verdict: Verdict
    debriefs: int
    sources: tuple[Noted, ...]


def verdict(debriefs: int) -> Verdict:
    """What so many debriefs that name the same factor make of it."""
    if debriefs >= PATTERN_FROM:
        return "pattern"
    return "twice" if debriefs == PATTERN_FROM - 1 else "fluke"


def factors(noted: Sequence[Noted]) -> tuple[Factor, ...]:
    """The factors among the items, of any kind and in the order in which they were told; those named in the
    most debriefs first."""
    by_name: dict[str, list[Noted]] = {}
    for one in noted:
        if one.item.kind == "factor":
            by_name.setdefault(one.item.name or _plain(one.item.text), []).append(one)
    found = []
    for name, sources in by_name.items():
        count = len({one.session_id for one in sources})
        found.append(Factor(name, verdict(count), count, tuple(sources)))
    # Told last is told in the latest row: a second look goes on in an old session.
    return tuple(sorted(found, key=lambda factor: (-factor.debriefs, -(factor.sources[-1].item.id or 0))))


def by_what_they_did(noted: Sequence[Noted], helps: Mapping[str, bool]) -> tuple[list[Noted], list[Noted]]:
    """The factors that helped, and those that did not, among the items of all debriefs.

    Args:
        helps: of the named factors, whether they do. Another one helped when it was behind something that
            went right.
    """
    right = {one.item.id for one in noted if one.item.kind == "right"}
    helped: list[Noted] = []
    hindered: list[Noted] = []
    for one in noted:
        if one.item.kind == "factor":
            did = helps.get(one.item.name or "", one.item.parent in right)
            (helped if did else hindered).append(one)
    return helped, hindered


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do differently, from where it was first said.

    Attributes:
        state: what the latest debrief that asked about it heard; "open" while none has.
    """

    source: Noted
    state: Literal["open", "done", "not-done"]


def actions(noted: Sequence[Noted]) -> tuple[Action, ...]:
    """The actions among the items, the oldest first; said again in the same words it is the same one.

    An errand is closed by its own session only.
    """
    found: dict[str, Action] = {}
    for one in noted:
        if one.item.kind != "action":
            continue
        words = _plain(one.item.text)
        errand = f"{one.session_id} {words}"
        key = errand if one.item.name in ERRANDS or errand in found else words
        first = found[key].source if key in found else one
        if one.item.name == DONE:
            found[key] = Action(first, "done")
        elif one.item.name == NOT_DONE:
            found[key] = Action(first, "not-done")
        else:
            found[key] = Action(one, "open")
    return tuple(found.values())


def open_actions(noted: Sequence[Noted]) -> tuple[Action, ...]:
    """Those that have not been done, the oldest first."""
    return tuple(action for action in actions(noted) if action.state != "done")


def well_done(noted: Sequence[Noted]) -> tuple[Noted, ...]:
    """What went well, told right after an interview or when calm; told both times, it counts once."""
    found: dict[tuple[int, str], Noted] = {}
    for one in noted:
        if one.item.kind in ("success", "right"):
            found.setdefault((one.session_id, _plain(one.item.text)), one)
    return tuple(found.values())


def lapsed(action: Action, today: date) -> bool:
    """Whether it was an errand of an interview that is too long ago for it."""
    since = today - date.fromisoformat(action.source.started_at[:10])
    return action.source.item.name in ERRANDS and since.days > ERRAND_DAYS


def _plain(words: str) -> str:
    return " ".join(words.lower().split()).rstrip(".!")
