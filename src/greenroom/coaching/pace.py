"""How the pace runs over an answer."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.coaching.clock import AnswerClock
from greenroom.types import Word

THIRDS = 3
SHORTEST_S = 30.0
"""Below this a third is under 10 s: a sentence or two, whose pace is chance. And a word's time may be off by
half a second, which in 10 s makes no more than a twentieth."""


def pace_course(words: Sequence[Word], clock: AnswerClock) -> tuple[float, ...]:
    """Words a minute in each third of the answer's time, pauses in it, hesitations counted as words.

    So the mean of the three is the pace of the whole (`Timing.words_per_minute`). Empty when the answer is
    shorter than `SHORTEST_S`.
    """
    if clock.length_s < SHORTEST_S or not words:
        return ()
    third_s = clock.length_s / THIRDS
    counts = [0] * THIRDS
    for word in words:
        if any(character.isalnum() for character in word.text):
            at_s = clock.at((word.start_s + word.end_s) / 2)
            counts[min(THIRDS - 1, int(at_s / third_s))] += 1
    return tuple(count * 60 / third_s for count in counts)
