"""How a session, a turn or a moment is named: `12`, `last`, `12.3`, `12.3@1:23`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce

from greenroom.errors import GreenroomError

_MOMENT = r"[0-9]{1,6}(?::[0-5]?[0-9]){0,2}(?:\.[0-9]{1,6})?"
_REFERENCE = re.compile(
    r"(?:last|(?P<session>[0-9]{1,15}))"
    rf"(?:\.(?P<turn>[0-9]{{1,9}})(?:@(?P<moment>{_MOMENT}))?)?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a person named.

    Attributes:
        session: the session's id, None for the last one.
        turn: the turn's number within it, None for the whole session.
        at_s: seconds on that turn's recording, None for the whole turn.
    """

    session: int | None
    turn: int | None = None
    at_s: float | None = None

    def __str__(self) -> str:
        """As it is typed; a moment is rounded down to the second, so that playing starts before the word."""
        text = "last" if self.session is None else str(self.session)
        if self.turn is not None:
            text += f".{self.turn}"
            if self.at_s is not None:
                text += f"@{moment(self.at_s)}"
        return text


_RETAKE = re.compile(r"debrief-([0-9]{1,15})-([0-9]{1,15})")


def retake_id(session_id: int, item_id: int) -> str:
    """The prompt id under which a question told in a debrief is answered again, wherever that is."""
    return f"debrief-{session_id}-{item_id}"


def retakes_of(session_id: int) -> str:
    """What every `retake_id` of this debrief, and no other, is like: a GLOB."""
    return f"debrief-{session_id}-*"


def parse_retake_id(prompt_id: str) -> tuple[int, int] | None:
    """The debrief and the item that `retake_id` named; None when it is another prompt's id."""
    match = _RETAKE.fullmatch(prompt_id)
    return (int(match[1]), int(match[2])) if match else None


def moment(at_s: float) -> str:
    """`at_s` as `1:23` or `1:02:03`, rounded down to the second; before the start is `0:00`."""
    minutes, seconds = divmod(int(max(at_s, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def parse_reference(text: str) -> Reference:
    """Read `12`, `last`, `12.3`, `last.3`, `12.3@83`, `12.3@1:23` or `12.3@1:02:03.5`.

    Raises:
        GreenroomError: it is none of these.
    """
    match = _REFERENCE.fullmatch(text.strip().lower())
    if match is None:
        shown = "".join(letter if letter.isprintable() else "?" for letter in text[:40])
        raise GreenroomError(
            f"“{shown}” names no session, turn or moment.",
            "Write 12 or last for a session, 12.3 for its third turn, 12.3@1:23 for a moment in that.",
        )
    session, turn, at = match["session"], match["turn"], match["moment"]
    return Reference(
        session=None if session is None else int(session),
        turn=None if turn is None else int(turn),
        at_s=None if at is None else reduce(lambda total, part: total * 60 + part, map(float, at.split(":"))),
    )
