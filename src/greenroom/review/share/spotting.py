"""Where names stand in a text and in the words of a recording, by spelling and by sound. Pure.

Every form of every name is looked up, never compared one by one: the time grows with the text alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from greenroom.review.share.names import Name, NameWords, Token, parts, tokens
from greenroom.review.share.sounds import key_of, letters_of, neighbours, sounds_like
from greenroom.types import Word

By: TypeAlias = Literal["spelling", "sound"]

MORE_WORDS = 2
"""A name may be written as so many words more than it has: "in a tech" for "Initech"."""
INSIDE = 5
"""Letters of a name from which it is also found inside a word: "initech.com", "InitechCloud"."""
SPELLED_OUT = 3
"""Letters of a name from which it is found letter by letter: "I B M"."""
LEAST_ALIAS = 3
"""Letters of a word of every day from which it is bleeped wherever it is heard in place of a name."""

_GAP = re.compile(r"\.?\s*")
"""What stands between a name and its initial: "P. Raman"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A name in a text.

    Attributes:
        start, end: in characters.
        name: its place in the list of names.
        by: how it was found.
    """

    start: int
    end: int
    name: int
    by: By


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to call somebody.

    Attributes:
        words: how many it is written with.
        capital: it is a word of every day, too, and a name only with a capital.
        heard: but in a recording it counts without one: it was heard in place of a name before.
    """

    letters: str
    name: int
    words: int
    capital: bool = False
    by_sound: bool = False
    heard: bool = False


_Found: TypeAlias = tuple[bool, int, int, int]
"""Whether by sound, which form, first and last word: in this order the better one comes first."""


class Spotter:
    """Knows all names to be masked, and finds them."""

    def __init__(self, names: Sequence[Name], words: NameWords, keep: Iterable[str] = ()) -> None:
        """`keep`: what is not to be masked, though it may be part of a name."""
        self.names = tuple(names)
        self._words = words
        self._kept = {letters_of(text) for text in keep}
        forms = [form for place, name in enumerate(names) for form in _forms(place, name, words)]
        # The longest first: "Priya Raman" is one name, and not two.
        self._forms = sorted(
            (one for one in forms if one.letters not in self._kept), key=lambda one: -one.words
        )
        self._spelled: defaultdict[str, list[int]] = defaultdict(list)
        self._beginnings: set[str] = set()
        self._inside: defaultdict[str, list[int]] = defaultdict(list)
        self._sounding: defaultdict[str, list[int]] = defaultdict(list)
        self._near: dict[str, tuple[int, ...]] = {}
        self._longest = self._most_letters = 0
        for place, form in enumerate(self._forms):
            self._spelled[form.letters].append(place)
            self._beginnings.update(form.letters[: end + 1] for end in range(len(form.letters)))
            if len(form.letters) >= INSIDE and not form.capital:
                self._inside[form.letters].append(place)
            if form.by_sound and (key := key_of(form.letters)):
                self._longest = max(self._longest, form.words + MORE_WORDS)
                self._most_letters = max(self._most_letters, 2 * len(form.letters) + 2)
                for near in neighbours(key):
                    self._sounding[near].append(place)
        self._any_inside = re.compile("|".join(sorted(map(re.escape, self._inside), key=len, reverse=True)))
        self._initials = {
            "".join(token.text[0] for token in tokens(name.text)).upper(): place
            for place, name in enumerate(names)
            if name.kind == "name" and " " in name.text
        }

    def in_text(self, text: str, *, heard: bool = False, cased: bool = False) -> list[Spot]:
        """The names in a text, in order, not overlapping.

        Args:
            heard: it is what was heard in a recording (see `_Form.heard`).
            cased: its capitals can be relied on, though there may be a sentence without any.
        """
        found = tokens(text)
        letters = [letters_of(token.text) for token in found]
        ours = [token.may_be_name and not (cased and token.text.islower()) for token in found]
        candidates = [*self._by_spelling(found, letters, ours, heard), *self._by_sound(found, letters, ours)]
        taken = [False] * len(found)
        spots: list[Spot] = []
        for by_sound, place, first, last in sorted(candidates):
            if any(taken[first : last + 1]):
                continue
            form = self._forms[place]
            if self.names[form.name].kind == "name":
                first, last = _with_initials(text, found, taken, first, last)
            taken[first : last + 1] = [True] * (last + 1 - first)
            by: By = "sound" if by_sound else "spelling"
            spots.append(Spot(found[first].start, found[last].end, form.name, by))
        spots += self._initials_alone(text, found, taken)
        return sorted(spots, key=lambda spot: spot.start)

    def in_words(self, words: Sequence[Word]) -> list[tuple[int, int, int]]:
        """The names in the words of a recording: first and last word, and which name."""
        starts: list[int] = []
        length = 0
        for word in words:
            starts.append(length)
            length += len(word.text) + 1
        text = " ".join(word.text for word in words)
        return [
            (bisect_right(starts, spot.start) - 1, bisect_right(starts, spot.end - 1) - 1, spot.name)
            for spot in self.in_text(text, heard=True)
        ]

    def _by_spelling(
        self, found: Sequence[Token], letters: Sequence[str], ours: Sequence[bool], heard: bool
    ) -> Iterator[_Found]:
        for first, own in enumerate(letters):
            for place in self._inside_of(own, found[first].text):
                yield False, place, first, first
            joined = ""
            for last in range(first, len(found)):
                joined += letters[last]
                if joined not in self._beginnings:
                    break
                for place in self._spelled.get(joined, ()):
                    form = self._forms[place]
                    if last == first:
                        fits = ours[first] or not form.capital or (heard and form.heard)
                    else:
                        fits = not form.capital and (
                            form.words > 1 or self._is_spelled_out(found[first : last + 1], joined)
                        )
                    if fits:
                        yield False, place, first, last

    def _inside_of(self, letters: str, text: str) -> Iterator[int]:
        """The names that a longer word holds; none in one of every day: no Chris is in "Christmas"."""
        if len(letters) <= INSIDE or not self._inside or letters in self._kept or self._words.is_word(text):
            return
        if self._any_inside.search(letters):
            for inside, places in self._inside.items():
                if inside in letters:
                    yield from places

    def _by_sound(
        self, found: Sequence[Token], letters: Sequence[str], ours: Sequence[bool]
    ) -> Iterator[_Found]:
        usual = [self._words.is_word(token.text) for token in found]
        for first in range(len(found)):
            joined = ""
            for last in range(first, min(first + self._longest, len(found))):
                joined += letters[last]
                if len(joined) > self._most_letters:
                    break
                if joined in self._kept:
                    continue
                for place in self._sounding_like(joined):
                    form = self._forms[place]
                    if last - first >= form.words + MORE_WORDS or len(joined) > 2 * len(form.letters) + 2:
                        continue
                    if form.capital and (last > first or not ours[first]):
                        continue
                    if joined == form.letters:  # the same letters are the business of spelling
                        continue
                    if sounds_like(joined, form.letters, everyday=all(usual[first : last + 1])):
                        yield True, place, first, last

    def _sounding_like(self, letters: str) -> tuple[int, ...]:
        key = key_of(letters)
        if key not in self._near:
            near = {place for one in neighbours(key) for place in self._sounding.get(one, ())}
            self._near[key] = tuple(sorted(near)) if key else ()
        return self._near[key]

    def _is_spelled_out(self, found: Sequence[Token], joined: str) -> bool:
        """Whether it is letter by letter, or in few pieces: "ini tech". Ordinary words make up no short name:
        "is a" is no Isa."""
        if len(joined) < SPELLED_OUT:
            return False
        if len(found) == len(joined):
            return True
        ordinary = all(self._words.is_word(token.text) for token in found)
        return len(found) <= 1 + MORE_WORDS and (not ordinary or len(joined) >= INSIDE)

    def _initials_alone(self, text: str, found: Sequence[Token], taken: list[bool]) -> Iterator[Spot]:
        """Priya Raman as "P.R."; with points only, for a PR may be something else."""
        run: list[int] = []
        for place, token in enumerate(found):
            if run and text[found[run[-1]].end : token.start].strip() != ".":
                run = []
            run = [*run, place] if _is_initial(token, text, dotted=True) and not taken[place] else []
            name = self._initials.get("".join(found[one].text for one in run)) if len(run) > 1 else None
            if name is not None:
                yield Spot(found[run[0]].start, token.end + 1, name, "spelling")
                run = []


def _forms(place: int, name: Name, words: NameWords) -> Iterator[_Form]:
    for text, role in (
        (name.text, "whole"),
        *((alias, "alias") for alias in name.aliases),
        *((part, "part") for part in parts(name, words)),
    ):
        pieces = [token.text for token in tokens(text)]
        letters = letters_of("".join(pieces))
        if not letters:
            continue
        if len(pieces) > 1 and role == "alias" and all(piece.lower() in words.not_names for piece in pieces):
            continue  # "in a" for "Ina": it would be everywhere
        ordinary = len(pieces) == 1 and words.is_word(text)
        asked = name.source == "asked" and role == "whole"  # whoever asks for a word means it in any case
        heard = role == "alias" and len(letters) >= LEAST_ALIAS and text.lower() not in words.not_names
        by_sound = name.kind not in ("role", "contact") and not (asked and ordinary)
        yield _Form(letters, place, len(pieces), ordinary and not asked, by_sound, heard)
        if name.kind != "contact" and len(letters) >= SPELLED_OUT:
            for ending in ("s", "es"):  # "two Annas", "data engineers"
                plural = len(pieces) == 1 and (ordinary or words.is_word(letters + ending))
                yield _Form(letters + ending, place, len(pieces), plural)


def _with_initials(
    text: str, found: Sequence[Token], taken: Sequence[bool], first: int, last: int
) -> tuple[int, int]:
    """A person's name with the initials before and after it: "J. P. Morgan", "Priya R."."""

    def joins(one: int, other: int, initial: int) -> bool:
        gap = text[found[one].end : found[other].start]
        bare = found[initial].text not in ("I", "A")
        return (
            not taken[initial]
            and _GAP.fullmatch(gap) is not None
            and (bare or gap.startswith("."))
            and _is_initial(found[initial], text)
        )

    while first > 0 and joins(first - 1, first, first - 1):
        first -= 1
    while last + 1 < len(found) and not text[found[last].end : found[last + 1].start].strip():
        after = found[last + 1].text
        if after in ("I", "A") or not joins(last, last + 1, last + 1):
            break
        last += 1
    return first, last


def _is_initial(token: Token, text: str, *, dotted: bool = False) -> bool:
    one = len(token.text) == 1 and token.text.isupper()
    return one and (not dotted or text[token.end : token.end + 1] == ".")
