"""The silences inside an answer."""

from __future__ import annotations

from greenroom.coaching.clock import AnswerClock
from greenroom.coaching.parts import Pauses

SHORTEST_S = 0.5
"""Shorter silences are not counted: an ordinary pause lasts a quarter to half a second, and makes speech
easier to follow (Lundholm Fors 2015). And voice activity may be off by 0.1 s at either edge."""


def pauses_of(clock: AnswerClock) -> Pauses:
    """Their number, the longest, and how much of the answer they take."""
    long_s = [pause_s for pause_s in clock.pauses_s if pause_s >= SHORTEST_S]
    total_s = sum(long_s)
    return Pauses(
        count=len(long_s),
        longest_s=max(long_s, default=0.0),
        total_s=total_s,
        share=min(1.0, total_s / clock.length_s) if clock.length_s > 0 else 0.0,
    )
