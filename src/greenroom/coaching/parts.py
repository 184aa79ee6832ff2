"""What the measures of one answer consist of: the nouns, without their rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

StarName: TypeAlias = Literal["situation", "task", "action", "result"]


@dataclass(frozen=True, slots=True)
class Found:
    """Words of the answer that a measure rests on.

    Attributes:
        place: which word of the answer the first of them is, from 0.
        at_s: where it begins on the recording's clock; None when that is not known.
    """

    text: str
    place: int
    at_s: float | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something was said.

    Attributes:
        per_minute: over the answer's length; None when it was typed.
        by_phrase: in lower case, the most frequent first.
        found: each of them, in order.
    """

    count: int
    per_minute: float | None
    by_phrase: Mapping[str, int]
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silences inside an answer, from `pauses.SHORTEST_S` on.

    Attributes:
        share: of the answer's length that they take, 0 to 1.
    """

    count: int
    longest_s: float
    total_s: float
    share: float


@dataclass(frozen=True, slots=True)
class Voices:
    """How often the person speaks of themselves alone, and of a group: "I", "my" against "we", "our"."""

    i: int
    we: int


@dataclass(frozen=True, slots=True)
class StarPart:
    """A part of a story that is there.

    Attributes:
        at_s: where it begins; None when it was typed.
        share: of the answer's time, or of its words when it was typed, 0 to 1.
        rests_on: the words that tell it.
    """

    name: StarName
    at_s: float | None
    share: float
    rests_on: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Star:
    """Situation, task, action, result: the parts that are there, in the order in which they begin."""

    parts: tuple[StarPart, ...]
    missing: tuple[StarName, ...]


@dataclass(frozen=True, slots=True)
class Relevance:
    """The telling words of the question, and those of them that the answer takes up, by their stems."""

    asked: tuple[str, ...]
    met: tuple[str, ...]
