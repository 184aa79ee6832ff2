"""How answers are looked at while a session goes on: the measures, the key messages, the focus."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from greenroom.cli import data, wiring
from greenroom.dialogue.packs import Question
from greenroom.dialogue.plan import Plan
from greenroom.stage.coach import Coach
from greenroom.types import Advice, Answer, Landed


def coach_of(plan: Plan, home: Path) -> Coach | None:
    """Who looks at the answers of this plan; None when there is nothing to look at them for."""
    setting = plan.setting
    if setting is None or not plan.questions:
        return None
    from greenroom.coaching.advice import advise
    from greenroom.coaching.landing import land
    from greenroom.coaching.measures import measure

    lexicon = data.lexicon()
    messages = plan.history.messages

    def look(answer: Answer, question: Question, landed: tuple[Landed, ...]) -> Advice:
        return advise(
            measure(answer, lexicon),
            seconds=question.seconds,
            kind=question.kind,
            focus=setting.focus,
            landed=landed,
            messages=messages if setting.focus == "messages" else (),
        )

    find = _nothing_landed
    if messages:
        find = partial(land, messages, likeness=wiring.likeness(home), words=data.vocabulary())
    return Coach({question.id: question for question in plan.questions}, look, find)


def _nothing_landed(answer: Answer) -> tuple[Landed, ...]:
    return ()
