"""What lies behind a success or a failure, by name; and whether it is a fluke or a pattern."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from greenroom.dialogue.page import Page
from greenroom.dialogue.phrases import normalised

PATTERN_FROM = 3
"""Debriefs in which a factor came up, from which on it is called a pattern: one may be a fluke, and two can
still be chance. Our own rule, said aloud with its dates so that everybody can judge for themselves."""

_CLAUSES = re.compile(r"[.,;:!?]+|\b(?:and|but|because|so|then)\b", re.IGNORECASE)
_DENIALS = frozenset({"not", "never", "no", "without"})

Recurrence: TypeAlias = Literal["fluke", "twice", "pattern"]


@dataclass(frozen=True, slots=True)
class Factor:
    """A named factor.

    Attributes:
        name: as it is said: "nerves".
        phrases: words that name it, in lower case.
        tip: one thing to try.
        research: what to look up or ask somebody; introspection alone misses a lot.
    """

    id: str
    name: str
    phrases: tuple[str, ...]
    tip: str
    research: tuple[str, ...] = ()


def read_factors(text: str, file: str) -> tuple[Factor, ...]:
    """Check a file of factors. Raises GreenroomError naming file, line and field."""
    page = Page.parse(text, file)
    rows = page.tables("factors")
    page.check_unique("factors", [row.identifier("id") for row in rows])
    return tuple(
        Factor(
            id=row.identifier("id"),
            name=row.text("name"),
            phrases=row.texts("phrases"),
            tip=row.text("tip"),
            research=row.texts("research", default=()),
        )
        for row in rows
    )


def named_in(text: str, factors: Sequence[Factor]) -> tuple[Factor, ...]:
    """The factors that somebody's words name, in the order in which they name them.

    A phrase inside a longer one does not count: "calm" is not named by "too calm to care".
    """
    found: list[tuple[int, int, int, Factor]] = []
    for place, clause in enumerate(_CLAUSES.split(text)):
        said = f" {normalised(clause)} "
        for factor in factors:
            for phrase in factor.phrases:
                at = said.find(f" {phrase} ")
                if at >= 0 and not _denied(said[:at]):
                    found.append((place, at, at + len(phrase), factor))
    return tuple(
        dict.fromkeys(one[3] for one in sorted(found, key=lambda one: one[:2]) if _whole(one, found))
    )


def _whole(one: tuple[int, int, int, Factor], found: Sequence[tuple[int, int, int, Factor]]) -> bool:
    """Whether no longer phrase was found around this one."""
    return not any(
        other[0] == one[0]
        and other[1] <= one[1]
        and one[2] <= other[2]
        and other[2] - other[1] > one[2] - one[1]
        for other in found
    )


def _denied(before: str) -> bool:
    """Whether the words before a phrase turn it round: "I was not nervous", "it wasn't the nerves"."""
    return any(word in _DENIALS or word.endswith("n't") for word in before.split()[-3:])


def recurrence(debriefs: int) -> Recurrence:
    """What so many debriefs with the same factor make of it, this one counted."""
    if debriefs >= PATTERN_FROM:
        return "pattern"
    return "twice" if debriefs == PATTERN_FROM - 1 else "fluke"
