"""One transcript from the words of stretches. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from greenroom.types import Transcript, TranscriptKind, Word


def transcript_of(words: Sequence[Word], model: str, kind: TranscriptKind) -> Transcript:
    """The transcript that these words make."""
    return Transcript(" ".join(word.text for word in words), tuple(words), model, kind)


def stitched(stretches: Sequence[Sequence[Word]], model: str, *, first_s: float, last_s: float) -> Transcript:
    """One transcript from the words of stretches in order.

    Whisper's times at the edges of a clip can be off by a second, so all are held between the first and
    the last voiced sample, and none begins before the one before it.
    """
    words: list[Word] = []
    earliest_s = first_s
    for word in (one for stretch in _without_false_stops(stretches) for one in stretch):
        start_s = min(max(word.start_s, earliest_s), max(last_s, first_s))
        end_s = min(max(word.end_s, start_s), max(last_s, start_s))
        words.append(Word(word.text, round(start_s, 3), round(end_s, 3), round(word.probability, 3)))
        earliest_s = start_s
    return transcript_of(words, model, "stitched")


def _without_false_stops(stretches: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Whisper ends every stretch with a full stop: it goes where the next one carries the sentence on."""
    mended = [list(stretch) for stretch in stretches if stretch]
    for before, after in pairwise(mended):
        last = before[-1]
        if last.text.endswith(".") and not last.text.endswith("..") and after[0].text[0].islower():
            before[-1] = replace(last, text=last.text[:-1])
    return mended
