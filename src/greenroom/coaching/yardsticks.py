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


OWN_CHOICE = "greenroom’s own choice"
"""The source of a yardstick for which we know of none: chosen by us, with the reason beside it."""

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

LEAST_ACTION_SHARE = 0.2
"""Below this the action is thin. Our own choice, far under `STAR_ACTION_SHARE`: in the stories marked as good
in tests/coaching/marked it takes between a fifth and two thirds."""

STORY_WORDS = 40
"""In a shorter answer a missing part proves nothing: it may have been meant to go on. Our own choice: two to
three spoken sentences, about 15 s."""

FAR_TOO_SHORT = 0.5
"""Of the least length of a question: under it an interviewer would ask for more. Our own choice."""
FAR_TOO_LONG = 1.25
"""Of the greatest length of a question: over it an interviewer would cut in. Our own choice."""

FAR_OFF_PACE = 1.15
"""So far outside the range of a good pace it matters more than what else there is. Our own choice."""

SPEEDING_UP = 1.25
"""The last third of an answer against the first: less is the ordinary sway of speech. Our own choice."""

LONG_PAUSE_S = Yardstick(0.5, 4, "Lundholm Fors 2015")
"""Inside an answer. Silences up to half a second help a listener; one of four seconds makes a sentence harder
to follow."""

HEDGES_PER_100_WORDS = Yardstick(2.5, 3.5, OWN_CHOICE)
"""Hedges are ordinary courtesy, and no count of them is known to harm. From `low` on, about four a minute,
one hears them; from `high` on, one in almost every second sentence, they are what one hears."""

REPEATS_PER_100_WORDS = Yardstick(1.5, 3, OWN_CHOICE)
"""Everybody repeats a word now and then. From `high` on, more than four a minute, it is what one hears."""

SAME_OPENER = 3
"""Sentences of one answer that begin with the same empty word; twice is chance. Our own choice."""

LEAST_COUNT = 3
"""Fewer fillers, hedges or repeats are never many, however short the answer. Our own choice."""

ALL_WE = Yardstick(0.2, 0.5, OWN_CHOICE)
"""Share of "I" among "I" and "we". Below `low` the own part cannot be seen; from `high` on it can."""
LEAST_WE = 4
"""Fewer "we" say nothing about a whole answer. Our own choice."""

EASY_OUTCOMES = 3
"""Outcomes told in a story that came without effort: not only that it went well, but what that meant to
whom. Our own choice: in tests/coaching/marked it tells the easy stories from the good."""
