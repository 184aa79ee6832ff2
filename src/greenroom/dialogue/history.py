"""What a script may know of earlier sessions: plain data, frozen into its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.types import Item


@dataclass(frozen=True, slots=True)
class FactorSeen:
    """A factor that came up in an earlier debrief, in the words it was told in. `date` is ISO 8601."""

    factor: str
    date: str
    words: str
    session: int


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something the person wanted to do next time, not yet asked about. `item` is its row's id."""

    text: str
    date: str
    session: int
    item: int


@dataclass(frozen=True, slots=True)
class UnhappyQuestion:
    """A question whose answer they were not happy with.

    Attributes:
        prompt_id: the same in every session, so that all takes meet.
    """

    prompt_id: str
    text: str
    session: int
    turn: int


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The debrief that is looked at again: what was told and rated right after the interview."""

    session: int
    date: str
    items: tuple[Item, ...] = ()
    ratings: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Earlier debriefs, as far as a script needs them; the latest first.

    Attributes:
        factors: one entry for each debrief and factor.
        again: only for a second look.
        unhappy: the questions to answer again; of the debrief looked at, or of all.
        messages: what they want to leave with a panel, in their own order.
    """

    factors: tuple[FactorSeen, ...] = ()
    actions: tuple[OpenAction, ...] = ()
    successes: tuple[str, ...] = ()
    again: FirstLook | None = None
    unhappy: tuple[UnhappyQuestion, ...] = ()
    messages: tuple[str, ...] = ()


def history_from_data(row: Mapping[str, Any]) -> History:
    """Rebuild a history from its JSON form; what older plans hold beyond it was never looked at."""
    again = row["again"]
    return History(
        factors=tuple(FactorSeen(**one) for one in row["factors"]),
        actions=tuple(OpenAction(**one) for one in row["actions"]),
        successes=tuple(row["successes"]),
        again=None if again is None else _first_look(again),
        unhappy=tuple(
            UnhappyQuestion(one["prompt_id"], one["text"], one["session"], one["turn"])
            for one in row["unhappy"]
        ),
        messages=tuple(row["messages"]),
    )


def _first_look(row: Mapping[str, Any]) -> FirstLook:
    return FirstLook(**{**row, "items": tuple(Item(**item) for item in row["items"])})
