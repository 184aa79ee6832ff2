"""How each answer went, in one word: asked at the end of a rehearsal, with what the measures would say."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import get_args

from greenroom.dialogue.acts import Act, Ask, Heard, Mark, Say
from greenroom.dialogue.feedback import FeedbackWords, asked_for_grade, proposed
from greenroom.dialogue.packs import PhraseBook, Question
from greenroom.dialogue.phrases import bare_in, yes_or_no
from greenroom.dialogue.plan import Plan
from greenroom.types import Grade

PROMPT_ID = "grade"


@dataclass(slots=True)
class Given:
    """A question of the rehearsal, and what came back.

    Attributes:
        followed: the kind of its follow-up, once that was answered.
        more: what was answered to it.
    """

    question: Question
    heard: Heard
    followed: str | None = None
    more: Heard | None = None


def grading(plan: Plan, given: Sequence[Given]) -> Generator[Act, Heard | None, bool]:
    """Ask for each answer; the choice is told only once. Returns True when they want to stop."""
    assert plan.setting is not None
    words = plan.setting.words
    answers = [one for one in given if one.heard.status in ("answered", "unfinished")]
    for place, one in enumerate(answers):
        advice = one.heard.advice
        guess = proposed(advice, words, place) if advice is not None else None
        parts = (one.question.text, guess, None if guess and place else asked_for_grade(words, place))
        text = " ".join(filter(None, parts))
        heard = yield from _answer_to(text, fixed=False)
        grade = _grade(heard, plan, one)
        if grade is None and heard.text:
            heard = yield from _answer_to(words.ask_grade_again, fixed=True)
            grade = _grade(heard, plan, one)
        if heard.command == "stop":
            yield Say(plan.words.stopped)
            return True
        if grade is not None:
            yield Mark(one.heard.turn, grade, own=True)
            yield Say(words.grades[grade].taken)
        elif heard.text:
            yield Say(words.grade_left)
    return False


def _answer_to(text: str, *, fixed: bool) -> Generator[Act, Heard | None, Heard]:
    heard = yield Ask(PROMPT_ID, text, part="debrief", fixed=fixed, private=True, expects="grade")
    assert heard is not None
    return heard


def _grade(heard: Heard, plan: Plan, given: Given) -> Grade | None:
    assert plan.setting is not None
    advice = given.heard.advice
    return grade_in(heard.text, plan.setting.words, plan.phrases, advice.grade if advice else None)


def grade_in(text: str, words: FeedbackWords, book: PhraseBook, guess: Grade | None) -> Grade | None:
    """The grade that a reply gives; a yes is the one proposed."""
    grades: tuple[Grade, ...] = get_args(Grade)
    found = [grade for grade in grades if bare_in(text, words.grades[grade].heard, book) is not None]
    if len(found) == 1:
        return found[0]
    return guess if not found and yes_or_no(text, book) else None
