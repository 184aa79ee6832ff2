"""Puts the hesitations that plain decoding leaves out back into a transcript. Pure.

Whisper writes "um" and "uh" only when a verbatim-style prompt asks for them, but with such a prompt it
moves other words about. So the plain words stay the backbone: the primed words are aligned with them, and
only what is a hesitation, and has no plain counterpart, is put into its slot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from heapq import merge
from itertools import groupby, islice

from greenroom.types import Word

MOST_IN_A_ROW = 6
"""People say up to that many in a row. Of a longer run, a decoder that goes round in circles, no more than
these are taken."""


def with_fillers(
    plain: Sequence[Word],
    primed: Sequence[Word],
    is_filler: Callable[[str], bool],
    *,
    least_s: float = 0.0,
) -> tuple[Word, ...]:
    """The plain words, with the fillers of the primed words in between.

    Args:
        plain: the words of the plain decoding, in order; none of them is changed or lost.
        primed: the words of the primed decoding of the same sound.
        is_filler: whether a word's text is a hesitation.
        least_s: a filler that the recogniser gives less time than this is taken for invented.
    """
    primed = _out_of_circles(primed, is_filler)
    matcher = SequenceMatcher(None, _keys(plain, is_filler), _keys(primed, is_filler), autojunk=False)
    said: list[Word] = []
    for _, plain_from, plain_to, primed_from, primed_to in matcher.get_opcodes():
        here = list(plain[plain_from:plain_to])
        known = [word for word in here if is_filler(word.text)]
        found = [
            word
            for word in primed[primed_from:primed_to]
            if is_filler(word.text) and word.end_s - word.start_s >= least_s
        ]
        # One that both heard is told once: those farthest from what is known already are the new ones.
        found.sort(key=lambda word: -min((abs(word.start_s - one.start_s) for one in known), default=0.0))
        new = found[: max(len(found) - len(known), 0)]
        said += merge(here, sorted(new, key=lambda word: word.start_s), key=lambda word: word.start_s)
    return tuple(said)


def _out_of_circles(primed: Sequence[Word], is_filler: Callable[[str], bool]) -> list[Word]:
    kept: list[Word] = []
    for filler, run in groupby(primed, key=lambda word: is_filler(word.text)):
        kept += islice(run, MOST_IN_A_ROW if filler else None)
    return kept


def _keys(words: Sequence[Word], is_filler: Callable[[str], bool]) -> list[str]:
    """What makes two words the same: "um" and "uh" are, for no two decodings agree which it was."""
    return ["um" if is_filler(word.text) else bare(word.text) for word in words]


def bare(text: str) -> str:
    """A word without its punctuation and case."""
    return re.sub(r"[^\w']+", "", text.lower())
