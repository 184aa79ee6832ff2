"""An answer's own clock: from its first voiced sample to its last, without what was left out of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from greenroom.coaching.timing import merged
from greenroom.types import Span


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """Where a moment of the recording falls in the answer.

    Attributes:
        parts: the stretches of the recording that the answer takes, pauses in them, in order.
        pauses_s: the silences inside those stretches.
        length_s: all of them together, as `Timing.answer_s`.
    """

    parts: tuple[Span, ...]
    pauses_s: tuple[float, ...]
    length_s: float

    @classmethod
    def of(cls, voiced: Sequence[Span], left_out: Sequence[Span]) -> AnswerClock | None:
        """From the stretches in which somebody speaks; None when there are none."""
        spans = merged(voiced)
        if not spans:
            return None
        parts, pauses_s, begin_s = [], [], spans[0].start_s
        for before, after in pairwise(spans):
            gap = Span(before.end_s, after.start_s)
            # As in `timing`: the silence around a command is neither a pause nor part of the answer.
            if any(span.overlaps(gap) for span in left_out):
                parts.append(Span(begin_s, gap.start_s))
                begin_s = gap.end_s
            else:
                pauses_s.append(gap.duration_s)
        parts.append(Span(begin_s, spans[-1].end_s))
        return cls(tuple(parts), tuple(pauses_s), sum(part.duration_s for part in parts))

    def at(self, moment_s: float) -> float:
        """Seconds of the answer before a moment of the recording, 0 to `length_s`."""
        place = bisect_right(self.parts, moment_s, key=lambda part: part.start_s)
        if place == 0:
            return 0.0
        before_s = sum(part.duration_s for part in self.parts[: place - 1])
        inside = self.parts[place - 1]
        return min(self.length_s, before_s + min(moment_s - inside.start_s, inside.duration_s))
