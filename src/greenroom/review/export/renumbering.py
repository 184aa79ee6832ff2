"""Gives the sessions of an export numbers that are free, and leads every reference inside them along."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenroom.archive import parse_retake_id, retake_id
from greenroom.review.export.document import Json

HIGHEST_KEPT = 1_000_000
"""A number above it is not kept: what comes next would have to be higher still."""

_DEBRIEF_PACK = re.compile(r"debrief-([0-9]{1,15})")
"""What a rehearsal of a debrief's questions has for its pack."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Which number each row gets, by the one it had, for each table."""

    sessions: Mapping[int, int]
    turns: Mapping[int, int]
    items: Mapping[int, int]
    feedback: Mapping[int, int]


def numbers_for(
    sessions: Sequence[Json],
    taken: Callable[[str], Collection[int]],
    last: Callable[[str], int],
) -> Numbers:
    """Numbers for the rows of these sessions: their own if none is taken, else new ones in their order.

    All or none within a table, so that what was first stays first.

    Args:
        taken: the numbers in use in a table.
        last: the highest a table has had.
    """

    def mapped(table: str, wanted: Sequence[int]) -> dict[int, int]:
        in_use = frozenset(taken(table))
        if not in_use.intersection(wanted) and max(wanted, default=0) <= HIGHEST_KEPT:
            return {one: one for one in wanted}
        start = max(last(table), max(in_use, default=0)) + 1
        return {one: start + place for place, one in enumerate(sorted(wanted))}

    def of(table: str) -> list[int]:
        return [row["id"] for session in sessions for row in session[table]]

    return Numbers(
        sessions=mapped("sessions", [session["id"] for session in sessions]),
        turns=mapped("turns", of("turns")),
        items=mapped("items", of("items")),
        feedback=mapped("feedback", of("feedback")),
    )


def renumbered(session: Json, numbers: Numbers) -> Json:
    """A session under its new numbers. What refers to a session that is not in the export stays as it is."""
    own = numbers.sessions[session["id"]]
    return {
        **session,
        "id": own,
        "pack": _pack(session["pack"], numbers),
        "turns": [_turn(turn, own, numbers) for turn in session["turns"]],
        "items": [
            {
                **item,
                "id": numbers.items[item["id"]],
                "parent": None if item["parent"] is None else numbers.items[item["parent"]],
            }
            for item in session["items"]
        ],
        "feedback": [{**said, "id": numbers.feedback[said["id"]]} for said in session["feedback"]],
        "log": [{**one, "entry": _led(one["entry"], numbers)} for one in session["log"]],
    }


def renumbered_apart(apart: Json, numbers: Numbers) -> Json:
    """What belongs to no session, where it names one of these after all."""
    return {
        **apart,
        "points": [
            {**point, "prompt_id": _prompt_id(point["prompt_id"], numbers)} for point in apart["points"]
        ],
    }


def _turn(turn: Json, session_id: int, numbers: Numbers) -> Json:
    audio = turn["audio"]
    return {
        **turn,
        "id": numbers.turns[turn["id"]],
        "prompt_id": _prompt_id(turn["prompt_id"], numbers),
        "audio": None if audio is None else f"audio/{session_id}/{audio.rpartition('/')[2]}",
    }


def _prompt_id(prompt_id: str, numbers: Numbers) -> str:
    """A question of a debrief is known by the debrief's number and the item's, a follow-up by more."""
    question, slash, follow_up = prompt_id.partition("/")
    if (found := parse_retake_id(question)) is None:
        return prompt_id
    session_id, item_id = found
    if session_id not in numbers.sessions or item_id not in numbers.items:
        return prompt_id
    return retake_id(numbers.sessions[session_id], numbers.items[item_id]) + slash + follow_up


def _pack(pack: str | None, numbers: Numbers) -> str | None:
    match = _DEBRIEF_PACK.fullmatch(pack or "")
    if match is None or int(match[1]) not in numbers.sessions:
        return pack
    return f"debrief-{numbers.sessions[int(match[1])]}"


def _led(value: Any, numbers: Numbers) -> Any:
    """An entry of a log, which may tell of rows by their numbers at any depth: an act of a question asked
    again, a plan of what earlier sessions had. What is no such number stays as it is."""
    if isinstance(value, list):
        return [_led(one, numbers) for one in value]
    if not isinstance(value, dict):
        return value
    led: Json = {}
    for name, one in value.items():
        if name == "session" and type(one) is int:
            led[name] = numbers.sessions.get(one, one)
        elif name in ("item", "id", "parent") and type(one) is int:
            led[name] = numbers.items.get(one, one)
        elif name in ("prompt_id", "id") and isinstance(one, str):
            led[name] = _prompt_id(one, numbers)
        else:
            led[name] = _led(one, numbers)
    return led
