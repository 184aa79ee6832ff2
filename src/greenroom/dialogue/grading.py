"""How each answer went, in one word: asked at the end of a rehearsal, with what the measures would say."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import get_args

from greenroom.dialogue.acts import Act, Ask, Heard, Mark, Say
from greenroom.dialogue.care import care
from greenroom.dialogue.danger import danger_in
from greenroom.dialogue.feedback import FeedbackWords, asked_for_grade, proposed
from greenroom.dialogue.given import Given
from greenroom.dialogue.packs import PhraseBook
from greenroom.dialogue.phrases import bare_in, yes_or_no
from greenroom.dialogue.plan import Plan
from greenroom.types import Grade

PROMPT_ID = "grade"


def grading(plan: Plan, given: Sequence[Given]) -> Generator[Act, Heard | None, bool]:
    """Ask for each answer; the choice is told only once. Returns True when they want to stop."""
    assert plan.setting is not None
    words = plan.setting.words
    answers = [one for one in given if one.heard.status in ("answered", "unfinished") and not one.cared]
    for place, one in enumerate(answers):
        advice = one.advice
        guess = proposed(advice, words, place) if advice is not None else None
        parts = (one.question.text, guess, None if guess and place else asked_for_grade(words, place))
        text = " ".join(filter(None, parts))
        heard = yield from _answer_to(text, fixed=False)
        grade = _grade(heard, plan, one)
        if grade is None and heard.text and danger_in(heard.text) is None:
            heard = yield from _answer_to(words.ask_grade_again, fixed=True)
            grade = _grade(heard, plan, one)
        if (danger := danger_in(heard.text)) is not None:
            came = yield from care(plan, heard, danger)
            if came != "unfounded":  # nobody is asked for grades after that
                return came == "ends"
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
    advice = given.advice
    return grade_in(heard.text, plan.setting.words, plan.phrases, advice.grade if advice else None)


def grade_in(text: str, words: FeedbackWords, book: PhraseBook, guess: Grade | None) -> Grade | None:
    """The grade that a reply gives; a yes is the one proposed."""
    grades: tuple[Grade, ...] = get_args(Grade)
    # "Okay" and "well" are courtesy elsewhere: what is said as a whole comes first.
    whole = text.lower().strip(" .,!?")
    found = [grade for grade in grades if whole in words.grades[grade].heard]
    found = found or [grade for grade in grades if bare_in(text, words.grades[grade].heard, book) is not None]
    if len(found) == 1:
        return found[0]
    return guess if not found and yes_or_no(text, book) else None
