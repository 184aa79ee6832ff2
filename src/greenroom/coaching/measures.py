"""All the measures of one answer. Each has a file of its own; here they come together.

Nothing of this is stored: measures are made anew from an answer's words and spans whenever they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.coaching.clock import AnswerClock
from greenroom.coaching.lexicon import Lexicon
from greenroom.coaching.numbers import numbers_of
from greenroom.coaching.pace import pace_course
from greenroom.coaching.parts import (
    Counted,
    Found,
    Pauses,
    Relevance,
    Star,
    StarName,
    StarPart,
    Voices,
)
from greenroom.coaching.pauses import pauses_of
from greenroom.coaching.phrasing import hedgings, openings
from greenroom.coaching.pronouns import voices_of
from greenroom.coaching.relevance import relevance_of
from greenroom.coaching.repeats import repeats_in, restarts_in
from greenroom.coaching.star import story_of
from greenroom.coaching.tokens import counted, tokens_of
from greenroom.types import Answer, Fillers, Timing

__all__ = [
    "Counted",
    "Found",
    "Measures",
    "Pauses",
    "Relevance",
    "Star",
    "StarName",
    "StarPart",
    "Voices",
    "measure",
]


@dataclass(frozen=True, slots=True)
class Measures:
    """What can be told of one answer. None, or empty, where the words or the clock to be sure are missing.

    Attributes:
        words: how many were said, hesitations left out.
        pace_course: words a minute in each third of the answer; empty when it is too short for that.
        fillers: None when it was typed.
        verbatim: the fillers can be relied on: they are all in the words.
        star: None when there are too few words to look for a story.
        numbers, outcomes: figures that were named, and what came of it.
    """

    timing: Timing | None
    words: int
    pauses: Pauses | None
    pace_course: tuple[float, ...]
    fillers: Fillers | None
    verbatim: bool
    hedges: Counted
    openers: Counted
    repeats: Counted
    restarts: Counted
    voices: Voices
    star: Star | None
    relevance: Relevance | None
    numbers: tuple[Found, ...]
    outcomes: tuple[Found, ...]


def measure(answer: Answer, lexicon: Lexicon) -> Measures:
    """All that can be told of an answer, spoken or typed.

    Args:
        lexicon: of the language that it was given in.
    """
    tokens = tokens_of(answer)
    clock = AnswerClock.of(answer.voiced, answer.left_out)
    answer_s = clock.length_s if clock else answer.timing.answer_s if answer.timing else None
    opened = openings(tokens, lexicon)
    hedged = hedgings(tokens, lexicon, opened)
    repeats, restarts = repeats_in(tokens, lexicon), restarts_in(tokens, lexicon)
    without_need = [(slip.begin, slip.instead) for slip in (*repeats, *restarts)]
    idle = {at for begin, end in (*opened, *hedged, *without_need) for at in range(begin, end)}
    star, outcomes = story_of(tokens, lexicon, clock)
    return Measures(
        timing=answer.timing,
        words=len({token.place for token in tokens}),
        pauses=pauses_of(clock) if clock else None,
        pace_course=pace_course(answer.words, clock) if clock else (),
        fillers=answer.fillers,
        verbatim=answer.verbatim,
        hedges=counted(tokens, hedged, answer_s),
        openers=counted(tokens, opened, answer_s),
        repeats=counted(tokens, ((slip.begin, slip.end) for slip in repeats), answer_s),
        restarts=counted(tokens, ((slip.begin, slip.end) for slip in restarts), answer_s),
        voices=voices_of(tokens, lexicon, idle),
        star=star,
        relevance=relevance_of(answer.question, tokens, lexicon),
        numbers=numbers_of(tokens, lexicon),
        outcomes=outcomes,
    )
