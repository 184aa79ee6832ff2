"""What others hold an answer against. Whoever shows one also says where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A range in which an answer is unremarkable.

    Attributes:
        low: lower end, in the unit that the constant's name ends with.
        high: upper end, same unit.
        source: who says so, short enough to stand beside the figure.
    """

    low: float
    high: float
    source: str


PACE_WORDS_PER_MINUTE = Yardstick(140, 160, "Street and Brady")
"""The pace to aim for."""

PACE_OF_TOOLS_WORDS_PER_MINUTE = Yardstick(110, 160, "common among speech coaching tools")
"""The wider range that most programs accept, kinder to slow and to non-native speakers."""

FILLERS_PER_MINUTE = Yardstick(5, 12, "Laske 2024")
"""Harmless up to `low`, harmful from `high` on; between the two it depends."""

ANSWER_S = Yardstick(60, 120, "usual interview advice")
"""One to two minutes: long enough for a story, short enough for a second question."""

THINKING_S = Yardstick(2, 5, "usual interview advice")
"""A silence before the answer that reads as thought and not as doubt."""

REFLECTING_S = Yardstick(600, 1200, "usual advice on debriefs")
"""Ten to twenty minutes; longer turns into rumination."""

STAR_ACTION_SHARE = 0.6
"""About how much of a STAR answer (situation, task, action, result) the action takes, as the method is
usually taught."""
