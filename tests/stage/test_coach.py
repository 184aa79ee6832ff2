"""An answer is looked at once it is stored; whatever fails in looking stops nothing."""

from __future__ import annotations

from greenroom.dialogue.packs import Question
from greenroom.stage.coach import Coach
from greenroom.types import Advice, Answer, Finding, Landed

CONFLICT = Question("conflict", "Tell me about a conflict.", seconds=(60, 120))
ANSWER = Answer(CONFLICT.text, "We quarrelled, and I explained it well.")
LANDED = Landed("I explain well", "I explained it well")


def advise(answer: Answer, question: Question, landed: tuple[Landed, ...]) -> Advice:
    finding = Finding("named-result", True, {"text": f"{answer.text} {question.seconds[1]}"})
    return Advice((finding,), landed=landed)


def test_an_answer_is_looked_at_with_its_question_and_the_messages_in_it() -> None:
    coach = Coach({"conflict": CONFLICT}, advise, lambda answer: (LANDED,))
    advice = coach.look("conflict", ANSWER)
    assert advice is not None
    assert advice.findings[0].figures == {"text": "We quarrelled, and I explained it well. 120"}
    assert advice.landed == (LANDED,)


def test_what_is_no_question_of_the_session_is_not_looked_at() -> None:
    coach = Coach({"conflict": CONFLICT}, advise, lambda answer: ())
    assert coach.look("warm-up", ANSWER) is None


def test_in_what_follows_a_question_up_only_the_messages_are_looked_for() -> None:
    coach = Coach({"conflict": CONFLICT}, advise, lambda answer: (LANDED,))
    assert coach.look("conflict/result", ANSWER) == Advice(landed=(LANDED,))


def test_a_measure_that_fails_takes_nothing_with_it() -> None:
    def fails(answer: Answer) -> tuple[Landed, ...]:
        raise RuntimeError("a mistake of ours")

    assert Coach({"conflict": CONFLICT}, advise, fails).look("conflict", ANSWER) is None
