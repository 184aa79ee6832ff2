"""What somebody may want to work on, by name, and how far off an answer is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greenroom.coaching import yardsticks
from greenroom.coaching.measures import Measures
from greenroom.types import Landed

FOCUSES: Mapping[str, tuple[str, ...]] = {
    "length": ("too-short", "too-long", "good-length"),
    "pace": ("too-fast", "too-slow", "speeding-up", "good-pace"),
    "pauses": ("long-pause", "thought-first"),
    "fillers": ("many-fillers", "few-fillers"),
    "hedges": ("many-hedges", "opener", "repeats"),
    "star": ("no-action", "no-result", "no-situation", "thin-action", "whole-story"),
    "result": ("no-result", "named-result"),
    "voice": ("all-we", "own-part"),
    "numbers": ("no-numbers", "named-number"),
    "question": ("off-question", "on-question"),
    "messages": ("message-missed", "message-landed"),
}
"""The ids of the findings that belong to each."""


def focus_value(
    measures: Measures,
    focus: str,
    *,
    seconds: tuple[int, int] | None = None,
    landed: Sequence[Landed] | None = None,
) -> float | None:
    """How far off an answer is: 0 is fine, 1 is where it begins to matter, more is worse.

    Args:
        focus: a name of `FOCUSES`.
        seconds: the question's own range; the usual one when it is not known.
        landed: the key messages found in it; None when nobody looked for them.

    Returns:
        None when that cannot be told of this answer.

    Raises:
        KeyError: there is no such focus.
    """
    timing, words = measures.timing, measures.words
    match focus:
        case "length":
            low, high = seconds or (yardsticks.ANSWER_S.low, yardsticks.ANSWER_S.high)
            return _outside(timing.answer_s, low, high) if timing else None
        case "pace":
            if timing is None or timing.words_per_minute is None:
                return None
            allowed = yardsticks.PACE_OF_TOOLS_WORDS_PER_MINUTE
            return _outside(timing.words_per_minute, allowed.low, allowed.high)
        case "pauses":
            if measures.pauses is None:
                return None
            return measures.pauses.longest_s / yardsticks.LONG_PAUSE_S.high if measures.pauses.count else 0.0
        case "fillers":
            if measures.fillers is None or not measures.verbatim:
                return None
            return measures.fillers.per_minute / yardsticks.FILLERS_PER_MINUTE.high
        case "hedges":
            return (
                _rate(measures.hedges.count, words) / yardsticks.HEDGES_PER_100_WORDS.high if words else None
            )
        case "star":
            return None if measures.star is None else float(len(measures.star.missing))
        case "result":
            return None if measures.star is None else float("result" in measures.star.missing)
        case "voice":
            both = measures.voices.i + measures.voices.we
            return measures.voices.we / both if both else None
        case "numbers":
            return float(not measures.numbers) if words else None
        case "question":
            asked = measures.relevance
            return None if asked is None else 1 - len(asked.met) / len(asked.asked)
        case "messages":
            return None if landed is None else float(not landed)
        case _:
            raise KeyError(focus)


def _outside(value: float, low: float, high: float) -> float:
    """How far outside a range, against its nearer end; 0 inside."""
    if value < low:
        return (low - value) / low
    return (value - high) / high if value > high and high > 0 else 0.0


def _rate(count: int, words: int) -> float:
    return count * 100 / words
