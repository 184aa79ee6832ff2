"""The clockwork of one answer, from the stretches in which somebody speaks.

Times come from voice activity detection, never from the recogniser's words: those are off by half a
second and more at the edges of a clip.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from greenroom.types import Recording, Span, Timing, Word

SHORTEST_PACED_S = 1.0
"""Below this a pace says nothing: one "yes" in 0.3 s would come to 200 words a minute."""


def timing(recording: Recording, words: Sequence[Word]) -> Timing | None:
    """The timing of a recorded answer, or None when nobody spoke in it."""
    return timing_of_spans(recording.voiced, recording.question_ended_s, count_words(words))


def timing_of_spans(
    voiced: Sequence[Span], question_ended_s: float, word_count: int, left_out: Sequence[Span] = ()
) -> Timing | None:
    """The same from plain spans, for an answer of which nothing but its sound was saved.

    Args:
        voiced: the stretches of speech, in any order; overlapping ones count once.
        question_ended_s: the last voiced sample of the question, on the clock of the spans.
        word_count: how many words were said; 0 when that is not known.
        left_out: commands spoken in between, and, without a length, where it was paused by a key. The
            silence around one is no pause of the answer's own, and no part of its length.

    Returns:
        None when no span holds any time.
    """
    spans = merged(voiced)
    if not spans:
        return None
    first_s, last_s = spans[0].start_s, spans[-1].end_s
    gaps = [Span(before.end_s, after.start_s) for before, after in pairwise(spans)]
    pauses_s = [gap.duration_s for gap in gaps if not any(span.overlaps(gap) for span in left_out)]
    answer_s = last_s - first_s - sum(gap.duration_s for gap in gaps) + sum(pauses_s)
    paced = word_count > 0 and answer_s >= SHORTEST_PACED_S
    return Timing(
        thinking_s=max(0.0, first_s - question_ended_s),
        answer_s=answer_s,
        # Adding floats may overshoot the whole by a rounding error; the parts never outlast it.
        speaking_s=min(answer_s, sum(span.duration_s for span in spans)),
        longest_pause_s=max(pauses_s, default=0.0),
        words_per_minute=word_count * 60 / answer_s if paced else None,
    )


def count_words(words: Sequence[Word]) -> int:
    """How many of them say something: a lone dash or dots is no word."""
    return sum(any(character.isalnum() for character in word.text) for word in words)


def merged(spans: Sequence[Span]) -> list[Span]:
    """In order, without empty ones, touching and overlapping ones joined."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start_s):
        if span.end_s <= span.start_s:
            continue
        if found and span.start_s <= found[-1].end_s:
            found[-1] = Span(found[-1].start_s, max(found[-1].end_s, span.end_s))
        else:
            found.append(span)
    return found
