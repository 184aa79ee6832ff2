"""How far the gut runs from the calm look, and from what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import get_args

from greenroom.types import Judged, OutcomeValue

LEAST_FOR_A_CLAIM = 5
"""From fewer interviews nothing is concluded, only shown: with four, one odd day turns the mean round."""


@dataclass(frozen=True, slots=True)
class Drift:
    """The gut rating right after an interview against the calm one, over those that have both.

    Attributes:
        mean_first, mean_second: None when there are none.
    """

    count: int
    mean_first: float | None
    mean_second: float | None

    @property
    def difference(self) -> float | None:
        """How much higher the calm rating is."""
        if self.mean_first is None or self.mean_second is None:
            return None
        return self.mean_second - self.mean_first

    @property
    def enough(self) -> bool:
        return self.count >= LEAST_FOR_A_CLAIM


@dataclass(frozen=True, slots=True)
class OutcomeMean:
    """The mean first gut rating of the interviews that came to this.

    Attributes:
        count: how many came to it and have a first gut rating.
        mean_gut: None when there are none.
    """

    outcome: OutcomeValue
    count: int
    mean_gut: float | None

    @property
    def enough(self) -> bool:
        return self.count >= LEAST_FOR_A_CLAIM


def drift(judged: Sequence[Judged]) -> Drift:
    """Over the interviews that were rated both times."""
    both = [(one.gut_first, one.gut_second) for one in judged if one.gut_first and one.gut_second]
    if not both:
        return Drift(0, None, None)
    return Drift(len(both), fmean(first for first, _ in both), fmean(second for _, second in both))


def by_outcome(judged: Sequence[Judged]) -> tuple[OutcomeMean, ...]:
    """One for each outcome that there was, the best first."""
    found = []
    for outcome in get_args(OutcomeValue):
        came_to = [one for one in judged if one.outcome == outcome]
        guts = [one.gut_first for one in came_to if one.gut_first]
        if came_to:
            found.append(OutcomeMean(outcome, len(guts), fmean(guts) if guts else None))
    return tuple(found)
