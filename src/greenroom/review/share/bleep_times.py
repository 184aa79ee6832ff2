"""Which stretches of a recording are bleeped for the names in it. Pure.

A recogniser's word times are good inside speech and poor at its edges, where one word in ten is 0.5 to 1 s
off. So a bleep near an edge reaches to it, and speech that is in no word at all is bleeped too: nobody knows
what is said there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenroom.types import Span, Word

BESIDE_S = 0.15
"""A bleep reaches so far to each side of a name."""
LETTER_S = 0.06
"""A name takes at least so long a letter: fast speech has 15 to 17 of them a second. One that is timed
shorter is timed wrongly."""
EDGE_S = 0.6
"""A bleep that begins or ends so near an edge of speech reaches to it."""
PAUSE_S = 1.0
"""Speech is taken for one run over pauses up to this long, as where words are placed."""
JOINED_S = 0.3
"""Two bleeps so near each other are one: what is left between them is no word."""
NEAR_WORD_S = 0.4
"""A word accounts for so much speech before and after it."""
UNHEARD_S = 0.5
"""Speech that no word accounts for is bleeped from this length on: shorter is a breath or an "um"."""
WIDER_S = 0.35
"""How much wider a bleep becomes at each side when the name can still be heard at it."""


def bleeps(
    words: Sequence[Word], names: Iterable[tuple[int, int]], voiced: Sequence[Span], length_s: float
) -> tuple[Span, ...]:
    """What is bleeped of a recording, in order, not overlapping.

    Args:
        words: all words of it, in order.
        names: the first and the last word of each name.
        voiced: the spans of speech, in order.
        length_s: of the recording.
    """
    return joined((*around(words, names, voiced), *unheard(words, voiced)), length_s)


def around(words: Sequence[Word], names: Iterable[tuple[int, int]], voiced: Sequence[Span]) -> list[Span]:
    """The stretches of the names alone; arguments as of `bleeps`."""
    runs = _runs(voiced)
    return [_around(words[first : last + 1], runs) for first, last in names]


def _around(name: Sequence[Word], runs: Sequence[Span]) -> Span:
    start_s, end_s = name[0].start_s, max(word.end_s for word in name)
    letters = sum(letter.isalnum() for word in name for letter in word.text)
    missing_s = max(letters * LETTER_S - (end_s - start_s), 0.0)
    start_s, end_s = start_s - missing_s / 2, end_s + missing_s / 2
    for run in runs:
        if run.start_s - EDGE_S <= start_s <= run.start_s + EDGE_S:
            start_s = min(start_s, run.start_s)
        if run.end_s - EDGE_S <= end_s <= run.end_s + EDGE_S:
            end_s = max(end_s, run.end_s)
    return Span(start_s - BESIDE_S, end_s + BESIDE_S)


def unheard(words: Sequence[Word], voiced: Sequence[Span]) -> list[Span]:
    """Stretches of speech that no word accounts for."""
    known = [Span(word.start_s - NEAR_WORD_S, word.end_s + NEAR_WORD_S) for word in words]
    return [span for span in without(voiced, known) if span.duration_s >= UNHEARD_S]


def without(spans: Sequence[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of spans once others are taken out of them, in order."""
    left = list(spans)
    for hole in holes:
        left = [part for span in left for part in _without(span, hole)]
    return tuple(left)


def wider(bleeped: Sequence[Span], heard: Iterable[Span], length_s: float) -> tuple[Span, ...]:
    """The bleeps once names were still heard in the masked sound: there, and wider where they are at one."""
    more: list[Span] = []
    for span in heard:
        around = Span(span.start_s - BESIDE_S, span.end_s + BESIDE_S)
        more.append(around)
        more += (
            Span(one.start_s - WIDER_S, one.end_s + WIDER_S)
            for one in bleeped
            if one.overlaps(Span(around.start_s - EDGE_S, around.end_s + EDGE_S))
        )
    return joined((*bleeped, *more), length_s)


def whole_runs(heard: Iterable[Span], voiced: Sequence[Span]) -> list[Span]:
    """The runs of speech in which something was heard: the last resort."""
    touched = list(heard)
    return [
        Span(run.start_s - BESIDE_S, run.end_s + BESIDE_S)
        for run in _runs(voiced)
        if any(run.overlaps(Span(one.start_s - EDGE_S, one.end_s + EDGE_S)) for one in touched)
    ]


def joined(spans: Iterable[Span], length_s: float) -> tuple[Span, ...]:
    """In order, those near each other as one, all within the recording."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start_s):
        start_s, end_s = max(span.start_s, 0.0), min(span.end_s, length_s)
        if end_s <= start_s:
            continue
        if found and start_s - found[-1].end_s < JOINED_S:
            found[-1] = Span(found[-1].start_s, max(found[-1].end_s, end_s))
        else:
            found.append(Span(start_s, end_s))
    return tuple(found)


def _runs(voiced: Sequence[Span]) -> list[Span]:
    runs: list[Span] = []
    for span in voiced:
        if runs and span.start_s - runs[-1].end_s < PAUSE_S:
            runs[-1] = Span(runs[-1].start_s, max(runs[-1].end_s, span.end_s))
        else:
            runs.append(span)
    return runs


def _without(span: Span, hole: Span) -> list[Span]:
    if not span.overlaps(hole):
        return [span]
    before = Span(span.start_s, min(hole.start_s, span.end_s))
    after = Span(max(hole.end_s, span.start_s), span.end_s)
    return [part for part in (before, after) if part.duration_s > 0]
