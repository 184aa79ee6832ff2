"""Finds phrases in the words of an answer, past hesitations, never across the end of a sentence.

A phrase is written in plain words. "cut/halved" is either of them, "..." up to three words in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from greenroom.coaching.tokens import Token

MOST_BETWEEN = 3
"""Words that "..." may stand for: enough for "the whole thing", too few to reach into another thought."""

_Element: TypeAlias = frozenset[str] | None  # None is "..."


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to look for.

    Attributes:
        text: what it is counted under.
        elements: one set of words for each place in it; None stands for "...".
        unless_after, unless_before: words that make something else of it, right before and right after.
        only_after, only_before: words of which one must stand right before, right after; empty when any may.
        apart: it stands by itself, between commas or hesitations.
        last: its clause, or its sentence, ends with it.
    """

    text: str
    elements: tuple[_Element, ...]
    unless_after: frozenset[str] = frozenset()
    unless_before: frozenset[str] = frozenset()
    only_after: frozenset[str] = frozenset()
    only_before: frozenset[str] = frozenset()
    apart: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `begin` to before `end` are the phrase."""

    begin: int
    end: int
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Phrases:
    """Many phrases, ready to be looked for.

    Attributes:
        by_first: by their first word and then by their second, the longest first; under None those that come
            into question whatever the second word is.
    """

    by_first: Mapping[str, Mapping[str | None, tuple[Phrase, ...]]]

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Phrases:
        by_first: dict[str, dict[str | None, list[Phrase]]] = {}
        for phrase in phrases:
            second = phrase.elements[1] if len(phrase.elements) > 1 else None
            for word in phrase.elements[0] or ():
                for after in second or (None,):
                    by_first.setdefault(word, {}).setdefault(after, []).append(phrase)
        return cls({word: _longest_first(by_second) for word, by_second in by_first.items()})

    def at(self, tokens: Sequence[Token], begin: int) -> Match | None:
        """The longest phrase that begins with this token."""
        by_second = self.by_first.get(tokens[begin].norm)
        if by_second is None:
            return None
        after = tokens[begin + 1].norm if begin + 1 < len(tokens) else None
        for phrase in by_second.get(after) or by_second.get(None, ()):
            end = _end(tokens, begin, phrase.elements)
            if end is not None and not _excused(tokens, begin, end, phrase):
                return Match(begin, end, phrase)
        return None

    def find(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """All of them in order; they do not overlap."""
        at = 0
        while at < len(tokens):
            match = self.at(tokens, at) if tokens[at].norm in self.by_first else None
            if match is None:
                at += 1
            else:
                yield match
                at = match.end


def phrase_of(
    text: str,
    unless_after: Iterable[str] = (),
    unless_before: Iterable[str] = (),
    only_after: Iterable[str] = (),
    only_before: Iterable[str] = (),
    *,
    apart: bool = False,
    last: bool = False,
) -> Phrase:
    """A phrase as the data writes it.

    Raises:
        ValueError: it has no words, or begins or ends with "...".
    """
    words = text.lower().split()
    if not words or "..." in (words[0], words[-1]):
        raise ValueError(text)
    elements = tuple(None if word == "..." else frozenset(filter(None, word.split("/"))) for word in words)
    return Phrase(
        " ".join(word.split("/")[0] for word in words),
        elements,
        frozenset(unless_after),
        frozenset(unless_before),
        frozenset(only_after),
        frozenset(only_before),
        apart,
        last,
    )


def _longest_first(
    by_second: Mapping[str | None, Sequence[Phrase]],
) -> dict[str | None, tuple[Phrase, ...]]:
    whatever = by_second.get(None, ())
    return {
        word: tuple(
            sorted(these if word is None else (*these, *whatever), key=lambda one: -len(one.elements))
        )
        for word, these in by_second.items()
    }


def _end(tokens: Sequence[Token], begin: int, elements: Sequence[_Element]) -> int | None:
    """The token after the phrase that begins here; None when it does not."""
    at = begin
    for place, element in enumerate(elements):
        if element is None:
            rest = elements[place + 1 :]
            for skipped in range(MOST_BETWEEN + 1):
                if at + skipped > len(tokens) or tokens[at + skipped - 1].ends:
                    return None
                end = _end(tokens, at + skipped, rest)
                if end is not None:
                    return end
            return None
        if at >= len(tokens) or tokens[at].norm not in element:
            return None
        if at > begin and tokens[at - 1].ends:
            return None
        at += 1
    return at


def _excused(tokens: Sequence[Token], begin: int, end: int, phrase: Phrase) -> bool:
    """Whether its neighbours make something else of it."""
    final = tokens[end - 1]
    before = tokens[begin - 1] if begin > 0 and not tokens[begin - 1].ends else None
    after = tokens[end].norm if end < len(tokens) and not final.ends else None
    closed = after is None or final.comma or final.breaks or final.hesitant
    if phrase.apart and not (closed and (before is None or before.comma or before.breaks or before.hesitant)):
        return True
    if (phrase.last and not closed) or (phrase.only_before and after not in phrase.only_before):
        return True
    if phrase.only_after and (before is None or before.norm not in phrase.only_after):
        return True
    return (before is not None and before.norm in phrase.unless_after) or after in phrase.unless_before
