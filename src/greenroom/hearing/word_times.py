"""Puts words where somebody speaks. Pure.

Whisper's times are good inside speech and poor around silence: the first word after a long pause may be
timed seconds too early, and the last one before it may last until the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.types import Span, Word

LONG_PAUSE_S = 1.0
"""A word may lie in a shorter pause: Silero's edges are off by up to 0.4 s, and a quiet "um" may fill it."""


def placed(words: Sequence[Word], voiced: Sequence[Span]) -> tuple[Word, ...]:
    """The words, each within a run of speech, none beginning before the one before it.

    Args:
        voiced: the spans of speech, in order; pauses under LONG_PAUSE_S join them.
    """
    runs = _joined(voiced)
    timed: list[Word] = []
    run = 0
    earliest_s = 0.0
    for word in words:
        if not runs:
            break
        run = max(run, max(range(run, len(runs)), key=lambda place: _nearness_s(word, runs[place])))
        start_s = min(max(word.start_s, earliest_s, runs[run].start_s), runs[run].end_s)
        end_s = min(max(word.end_s, start_s), runs[run].end_s)
        timed.append(Word(word.text, round(start_s, 3), round(end_s, 3), round(word.probability, 3)))
        earliest_s = start_s
    return tuple(timed)


def _nearness_s(word: Word, run: Span) -> float:
    """How much of a word lies in a run; below zero, how far it lies away."""
    return min(word.end_s, run.end_s) - max(word.start_s, run.start_s)


def _joined(voiced: Sequence[Span]) -> list[Span]:
    runs: list[Span] = []
    for span in voiced:
        if runs and span.start_s - runs[-1].end_s < LONG_PAUSE_S:
            runs[-1] = Span(runs[-1].start_s, span.end_s)
        else:
            runs.append(span)
    return runs
