"""What the person wants to leave with a panel, and how often they got to say it, in their own view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.types import Noted

LANDED = "landed"
"""The name of a "message" item that they got to say. One they did not is named "missed"."""


@dataclass(frozen=True, slots=True)
class Message:
    """One of them. `said` in so many of the `asked` debriefs that asked about it."""

    text: str
    said: int
    asked: int


def messages(texts: Sequence[str], noted: Sequence[Noted]) -> tuple[Message, ...]:
    """How often each came up, from the items of all debriefs; said in other words it is another one."""
    told = [one.item for one in noted if one.item.kind == "message"]
    found = []
    for text in texts:
        about = [item for item in told if item.text == text]
        found.append(Message(text, sum(item.name == LANDED for item in about), len(about)))
    return tuple(found)
