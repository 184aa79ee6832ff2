"""What lies behind a success or a failure, by name; and whether it is a fluke or a pattern."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Literal, TypeAlias

from greenroom.dialogue.page import Page
from greenroom.dialogue.phrases import normalised

PATTERN_FROM = 3
"""Debriefs in which a factor came up, from which on it is called a pattern: one may be a fluke, and two can
still be chance. Our own rule, said aloud with its dates so that everybody can judge for themselves."""

MOST_PHRASES = 60
"""What one phrase with its alternatives may stand for."""

_CLAUSES = re.compile(r"[.,;:!?]+|\b(?:and(?! on\b)|but|because|then)\b", re.IGNORECASE)
""" "On and on" is one."""
_DENIALS = frozenset({"not", "never", "no", "without"})
_FINE_BEFORE = frozenset({"comfortable", "fine", "happy", "liked", "enjoyed", "loved", "good"})
_FINE_AFTER = re.compile(
    r"^(?: \w+){0,2} (?:is|are|was|were|felt|went|worked|looked)"
    r"(?: all| pretty| quite| very| really| perfectly| just)*"
    r" (?:fine|okay|ok|good|great|well|right|comfortable|perfect|steady|under control|no problem|in order)\b"
)
""" "My nerves were fine" names no nerves."""
_BAD_AFTER = re.compile(
    r"^(?: \w+){0,2} (?:is|are|was|were|felt|went|fell)(?: pretty| quite| very| really| rather| too| a bit)*"
    r" (?:not|bad|badly|poor|weak|thin|flat|short|terrible|awful|boring|vague|wrong|too)\b"
)
""" "My story was weak" is no success."""

Recurrence: TypeAlias = Literal["fluke", "twice", "pattern"]


@dataclass(frozen=True, slots=True)
class Factor:
    """A named factor.

    Attributes:
        name: as it is said: "nerves".
        phrases: words that name it, in lower case.
        helps: it makes things go well; the others get in the way.
        tip: one thing to try.
        research: what to look up or ask somebody; introspection alone misses a lot.
    """

    id: str
    name: str
    phrases: tuple[str, ...]
    tip: str
    research: tuple[str, ...] = ()
    helps: bool = False


def read_factors(text: str, file: str) -> tuple[Factor, ...]:
    """Check a file of factors. Raises GreenroomError naming file, line and field."""
    page = Page.parse(text, file)
    rows = page.tables("factors")
    page.check_unique("factors", [row.identifier("id") for row in rows])
    return tuple(
        Factor(
            id=row.identifier("id"),
            name=row.text("name"),
            phrases=_phrases(row),
            tip=row.text("tip"),
            research=row.texts("research", default=()),
            helps=row.flag("helps"),
        )
        for row in rows
    )


def _phrases(row: Page) -> tuple[str, ...]:
    """ "(my |)story" -> "my story", "story"."""
    found: list[str] = []
    for written in row.texts("phrases"):
        pieces = [piece.split("|") for piece in re.split(r"[()]", written)]
        if prod(map(len, pieces)) > MOST_PHRASES:
            raise row.wrong("phrases", f"texts that stand for no more than {MOST_PHRASES} each")
        found += [" ".join("".join(way).split()) for way in product(*pieces)]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Named:
    """A phrase of a factor, and where it was found: in which clause, from which letter to which."""

    clause: int
    start: int
    end: int
    factor: Factor

    def lies_in(self, other: _Named) -> bool:
        return self.clause == other.clause and other.start <= self.start and self.end <= other.end


def named_in(text: str, factors: Sequence[Factor], *, helps: bool | None = None) -> tuple[Factor, ...]:
    """The factors that somebody's words name, in the order in which they name them.

    A phrase inside a longer one does not count: "calm" is not named by "too calm to care".

    Args:
        helps: whether it was asked for what helped. "Preparation" can be either.
    """
    found: list[_Named] = []
    for place, clause in enumerate(_CLAUSES.split(text)):
        said = f" {normalised(clause)} "
        for factor in factors:
            for phrase in factor.phrases:
                at = said.find(f" {phrase} ")
                end = at + len(phrase) + 1
                if at >= 0 and not _turned_round(said[:at], said[end:], factor):
                    found.append(_Named(place, at, end, factor))
    told = [one for one in found if not any(_hides(other, one, helps) for other in found)]
    return tuple(dict.fromkeys(one.factor for one in sorted(told, key=lambda one: (one.clause, one.start))))


def _hides(other: _Named, one: _Named, helps: bool | None) -> bool:
    """Whether another phrase lies around this one, or is the same and means what was asked for."""
    if not one.lies_in(other):
        return False
    return not other.lies_in(one) or (other.factor.helps != one.factor.helps and one.factor.helps != helps)


def _turned_round(before: str, after: str, factor: Factor) -> bool:
    """Whether the words around a phrase turn it round: "I was not nervous", "my nerves were fine"."""
    words = before.split()[-3:]
    if any(word in _DENIALS or word.endswith("n't") for word in words):
        return True
    if factor.helps:
        return _BAD_AFTER.match(after) is not None
    return _FINE_AFTER.match(after) is not None or not _FINE_BEFORE.isdisjoint(words)


def recurrence(debriefs: int) -> Recurrence:
    """What so many debriefs with the same factor make of it, this one counted."""
    if debriefs >= PATTERN_FROM:
        return "pattern"
    return "twice" if debriefs == PATTERN_FROM - 1 else "fluke"
