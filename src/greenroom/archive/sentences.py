"""A text cut into sentences: what a hit shows of an answer, and what is compared by meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from greenroom.types import Word

RULE = "sentences 1"
"""The name of the rule below. Vectors are stored in the order of sentences, so a new rule has a new name."""

MOST_WORDS = 40
"""Speech without full stops is cut here: three lines on a screen, and well within what a model reads."""
LEAST_WORDS = 3
"""Fewer say nothing by themselves ("Yes.", "I see."): they go with the sentence after them."""

_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s)|\n+")
_WORD = re.compile(r"\S+")
_CLOSES = ".!?…。！？\"'”’»)]"


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends, in characters, end exclusive; together they hold every word."""
    found: list[tuple[int, int]] = []
    waiting: int | None = None
    for start, end in _between_stops(text):
        begin = start if waiting is None else waiting
        if len(_WORD.findall(text, begin, end)) < LEAST_WORDS:
            waiting = begin
            continue
        found += _in_lines(text, begin, end)
        waiting = None
    if waiting is not None:
        end = len(text.rstrip())
        last = found.pop() if found else (waiting, end)
        found += _in_lines(text, last[0], end)
    return found


def is_whole(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a piece of a text begins where a sentence begins, and ends where one ends."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    return not before or before[-1] in _CLOSES, not after or text[end - 1 : end] in _CLOSES


def said_at_s(text: str, place: int, words: Sequence[Word]) -> float | None:
    """When the word that stands at `place` of a transcript begins, in seconds on its recording.

    Letters are counted, since words need not break where the text does ("Mm", "-hmm"). None when the words do
    not spell the text: no moment is better than a wrong one.
    """
    spelt = ["".join(word.text.split()) for word in words]
    if "".join(spelt) != "".join(text.split()):
        return None
    before = len("".join(text[:place].split()))
    ends = accumulate(map(len, spelt))
    return next((word.start_s for word, end in zip(words, ends, strict=True) if before < end), None)


def _between_stops(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in [*(match.end() for match in _END.finditer(text)), len(text)]:
        piece = text[start:stop]
        if inside := piece.strip():
            begin = start + piece.index(inside[0])
            yield begin, begin + len(inside)
        start = stop


def _in_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or the parts of a very long one: about equally long, cut after a comma if one is near."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    if len(words) <= MOST_WORDS:
        yield start, end
        return
    parts = -(-len(words) // MOST_WORDS)
    while words:
        size = -(-len(words) // max(parts, 1))
        commas = [at for at in range(max(size - 8, 1), size) if text[words[at - 1][1] - 1] in ",;:"]
        if parts > 1 and commas and len(words) - commas[-1] <= (parts - 1) * MOST_WORDS:
            size = commas[-1]
        yield words[0][0], words[size - 1][1]
        words, parts = words[size:], parts - 1
