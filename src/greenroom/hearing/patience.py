"""How long to wait for somebody: learned from how they pause inside answers. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from greenroom.hearing.endpoint import Patience
from greenroom.types import PauseHistory

START_S = 2.5
"""Before anything is known: the 95th percentile of pauses in calls, measured elsewhere (livekit PR 3640)."""
LEAST_S = 1.2
"""Below this the pause before a new sentence ends an answer, and a quick talker gains little."""
MOST_S = 6.0
"""Above this the silence itself becomes awkward; Enter and "that's my answer" are there for the rest."""

SHARE = 0.95
MARGIN = 1.6
"""Times the 95th percentile. Pauses beyond the patience are cut off and never counted, so the percentile is
low, and one pause in twenty would end an answer anyway. Simulated with lognormal pauses (median 0.6 to 1.2 s,
spread 0.3 to 0.6, 6 of 10 false ends reopened): 0.07 to 0.8 false ends in 100 pauses. A fixed second on top
instead gives 0.03 to 1.0: more wait for quick talkers, less for the slow."""

ENOUGH_PAUSES = 40
ENOUGH_SESSIONS = 3
"""Fewer say too little about somebody: until then patience is never lowered."""
SOME_PAUSES = 20
"""With fewer the 95th percentile is nothing but the longest one, and not even a raise follows from it."""

AFTER_REOPENED_S = 0.5
"""More than the silence after which somebody went on: the next one may well be a little longer."""

OPEN_ENDED = 1.6
"""Times the patience while a sentence is open: 2.5 s become 4 s, about what its longest pause takes above."""
MOST_OPEN_ENDED_S = 8.0
"""The longest patience, and what people take to go on when they see that they were cut off (0.7 to 1.7 s,
saypi issue 521)."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A patience, and what it was learned from.

    Attributes:
        pauses, sessions: how many pauses there are to learn from, in how many sessions.
        share_s: the length that 95 of 100 of them do not exceed; None without pauses.
        raised_by_s: the silence after which an answer went on that had been closed, when that decides.
    """

    patience_s: float
    pauses: int
    sessions: int
    share_s: float | None
    raised_by_s: float | None

    @property
    def enough(self) -> bool:
        """Whether there is enough to lower it by."""
        return self.pauses >= ENOUGH_PAUSES and self.sessions >= ENOUGH_SESSIONS


def learned(history: PauseHistory) -> Learned:
    """The patience that fits somebody, between LEAST_S and MOST_S."""
    count = len(history.pauses_s)
    share_s = sorted(history.pauses_s)[math.ceil(SHARE * count) - 1] if count else None
    patience_s = START_S
    if share_s is not None and count >= SOME_PAUSES:
        fits_s = MARGIN * share_s
        enough = count >= ENOUGH_PAUSES and history.sessions >= ENOUGH_SESSIONS
        patience_s = fits_s if enough else max(fits_s, START_S)
    raised_by_s = None
    for silence_s in history.reopened_after_s:
        if silence_s + AFTER_REOPENED_S > patience_s:
            patience_s, raised_by_s = silence_s + AFTER_REOPENED_S, silence_s
    patience_s = round(min(max(patience_s, LEAST_S), MOST_S), 2)
    return Learned(patience_s, count, history.sessions, share_s, raised_by_s)


def extended(patience_s: float, open_ended: bool) -> float:
    """The patience at this moment: longer while the last words leave a sentence open, never shorter."""
    if not open_ended:
        return patience_s
    return max(patience_s, min(OPEN_ENDED * patience_s, MOST_OPEN_ENDED_S))


def raised(patience: Patience, silence_s: float) -> Patience:
    """The patience from the moment on that somebody has gone on after such a silence."""
    return replace(patience, patience_s=max(patience.patience_s, min(silence_s + AFTER_REOPENED_S, MOST_S)))
