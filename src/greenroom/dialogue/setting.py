"""How a rehearsal is held: what is said about answers and when, follow-ups, the manner, the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from greenroom.dialogue.feedback import FeedbackWords, feedback_from_data
from greenroom.dialogue.manners import Manner, manner_from_data
from greenroom.dialogue.packs import Question, question_from_data

FeedbackWhen: TypeAlias = Literal["each", "end", "none"]
"""After each answer; by an interviewer who is silent up to the end; or not at all."""
FollowUps: TypeAlias = Literal["needed", "always", "none"]
"""Asked where an answer calls for one; after every answer; or never."""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """An easy question before the first, which nobody measures; `line` and `after` are said around it."""

    question: Question
    line: str
    after: str


@dataclass(frozen=True, slots=True)
class Setting:
    """The interviewer's side of a rehearsal.

    Attributes:
        words: the sentences of the feedback.
        manner: how the interviewer behaves.
        grading: the person is asked how each answer went.
        strict: a dress rehearsal: nothing is repeated, and no key steers. `strict_line` is said before it.
        minutes: no new question is asked from then on; None asks them all.
        focus: what the person works on; see coaching/advice.py. `why` tells why these questions, in one line.
    """

    words: FeedbackWords
    manner: Manner
    feedback: FeedbackWhen = "each"
    follow_ups: FollowUps = "none"
    grading: bool = False
    strict: bool = False
    strict_line: str = ""
    warm_up: WarmUp | None = None
    minutes: int | None = None
    focus: str | None = None
    why: str | None = None


def setting_from_data(row: Mapping[str, Any]) -> Setting:
    """A setting as `dataclasses.asdict` and JSON made data of it. KeyError, TypeError: it is none."""
    warm_up = row["warm_up"]
    return Setting(
        **{
            **row,
            "words": feedback_from_data(row["words"]),
            "manner": manner_from_data(row["manner"]),
            "warm_up": None
            if warm_up is None
            else WarmUp(**{**warm_up, "question": question_from_data(warm_up["question"])}),
        }
    )
