"""Names and terms that a person put right in a transcript: what is learned from a correction. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from greenroom.hearing.correcting import bared, changes
from greenroom.types import Term, TermKind

MOST_LEARNED = 20
"""Of one correction. Who writes an answer anew teaches no names."""
MOST_LETTERS = 60
LEAST_LETTERS = 4
"""Of a word in small letters: a shorter one is a slip rather than a term."""
LEAST_STEM = 3
"""Letters left of a word without its ending: "aws" is no form of "aw"."""

_MARKS = re.compile(r"^[\W_]+|[^\w+#]+$")
_OWNED = re.compile(r"['’]s?$")
_ENDS_A_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]]*$")
_ENDS_A_NAME = re.compile(r"[^\w'’+#]$")
_PERSON = re.compile(r"i(?:['’](?:m|d|ll|ve))?")
_INFLECTED = re.compile(r"(?:ies|es|s|ed|d|ing|ly|er|ers)$")
_CALENDAR = frozenset(
    (
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december"),
    )
)


def learned(heard: str, corrected: str, everyday: Collection[str]) -> tuple[Term, ...]:
    """The names and terms among the words that were changed, in order, each once.

    A name has a capital letter where no sentence begins, or begins one and is no word of every day; a term
    has figures or capitals inside ("k8s", "PyTorch"), or is in small letters and no word of every day.

    Args:
        heard, corrected: the transcript before and after.
        everyday: ordinary words, in small letters; without them nothing in small letters, and nothing at
            the beginning of a sentence, is learned.
    """
    old, new = heard.split(), corrected.split()
    kinds = [_kind(new, place, everyday) for place in range(len(new))]
    found: dict[str, Term] = {}
    for first, last, was in _changed(old, new):
        for begin, end in _runs(new, kinds, first, last):
            text = " ".join(_core(word) for word in new[begin:end])
            kind: TermKind = "name" if "name" in kinds[begin:end] else "term"
            if text not in found and len(text) <= MOST_LETTERS:
                found[text] = Term(text, kind, was or None)
    return tuple(found.values())[:MOST_LEARNED]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches of the new words that stand in place of others, and what was there."""
    for first, last, begin, end in changes(old, new):
        if bared(old[first:last]) != bared(new[begin:end]):
            yield begin, end, " ".join(filter(None, map(_core, old[first:last])))[:MOST_LETTERS]
        else:  # "apple" that should be "Apple" was heard rightly, and yet is a name
            for was, place in zip(old[first:last], range(begin, end), strict=True):
                if _core(was) == _core(was).lower() != _core(new[place]) and not _begins(new, place):
                    yield place, place + 1, _core(was)


def _runs(
    words: Sequence[str], kinds: Sequence[TermKind | None], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """Names and terms in a stretch; names in a row are one, also with those before and after the stretch."""
    places = [place for place in range(first, last) if kinds[place]]
    groups = groupby(places, key=lambda place: (kinds[place], place - places.index(place)))
    for (kind, _), run in groups:
        held = list(run)
        if kind != "name":
            yield from ((place, place + 1) for place in held)
            continue
        begin, end = held[0], held[-1] + 1
        while begin > 0 and _joins(words, kinds, begin - 1):
            begin -= 1
        while end < len(words) and kinds[end] == "name" and not _ENDS_A_NAME.search(words[end - 1]):
            end += 1
        start = begin
        for place in range(begin, end):  # "Priya Raman, Initech" are two
            if place + 1 == end or _ENDS_A_NAME.search(words[place]):
                if start < last and place >= first:
                    yield start, place + 1
                start = place + 1


def _joins(words: Sequence[str], kinds: Sequence[TermKind | None], place: int) -> bool:
    return kinds[place] == "name" and not _ENDS_A_NAME.search(words[place])


def _kind(words: Sequence[str], place: int, everyday: Collection[str]) -> TermKind | None:
    core = _core(words[place])
    small = core.lower()
    if not any(map(str.isalpha, core)) or _PERSON.fullmatch(small) or small in _CALENDAR:
        return None
    if any(map(str.isdigit, core)) or core[1:] != core[1:].lower() or core[-1] in "+#":
        return None if _is_shouted_word(core, everyday) else "term"
    if core[0].isupper():
        begins = _begins(words, place)
        known = not everyday or _is_everyday(small, everyday)
        return None if len(core) < 2 or (begins and known) else "name"
    strange = len(core) >= LEAST_LETTERS and core.isalpha() and not _is_everyday(small, everyday)
    return "term" if strange and everyday else None


def _is_shouted_word(core: str, everyday: Collection[str]) -> bool:
    """ "NEVER" is a word said loudly, "ACME" is not."""
    return core.isupper() and core.isalpha() and _is_everyday(core.lower(), everyday)


def _is_everyday(small: str, everyday: Collection[str]) -> bool:
    if small in everyday:
        return True
    stem = _INFLECTED.sub("", small)
    if stem == small or len(stem) < LEAST_STEM:
        return False
    stems = [stem, stem + "e", stem + "y", *([stem[:-1]] if stem[-1] == stem[-2] else [])]
    return any(word in everyday for word in stems)


def _begins(words: Sequence[str], place: int) -> bool:
    return place == 0 or bool(_ENDS_A_SENTENCE.search(words[place - 1]))


def _core(word: str) -> str:
    """A word without the marks around it, and without "'s"."""
    return _OWNED.sub("", _MARKS.sub("", word))
