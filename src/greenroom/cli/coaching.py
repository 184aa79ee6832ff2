"""How answers are looked at while a session goes on: the measures, the key messages, the focus."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from greenroom.cli import data, wiring
from greenroom.dialogue.packs import Question
from greenroom.dialogue.plan import Plan
from greenroom.errors import GreenroomError
from greenroom.stage.coach import Coach
from greenroom.types import Advice, Answer, Landed

if TYPE_CHECKING:
    from greenroom.coaching.landing import Likeness


def coach_of(plan: Plan, home: Path) -> Coach | None:
    """Who looks at the answers of this plan; None when there is nothing to look at them for."""
    setting = plan.setting
    if setting is None or not plan.questions:
        return None
    from greenroom.coaching.advice import advise
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

    find = _finder(messages, home) if messages else _nothing_landed
    return Coach({question.id: question for question in plan.questions}, look, find)


def _finder(messages: Sequence[str], home: Path) -> Callable[[Answer], tuple[Landed, ...]]:
    """Finds key messages in an answer: by meaning where that model is here, else by stems and synonyms."""
    from greenroom.coaching.landing import land

    words = data.vocabulary()
    likeness = wiring.likeness(home)
    if likeness is None:
        return partial(land, messages, words=words)
    # Opened while the first question is asked, so that nobody waits for it after an answer.
    threading.Thread(target=_open, args=(likeness,), name="meaning", daemon=True).start()

    def find(answer: Answer) -> tuple[Landed, ...]:
        try:
            return land(messages, answer, likeness, words)
        except GreenroomError:  # a model that is damaged must not take the other measures along
            return land(messages, answer, words=words)

    return find


def _open(likeness: Likeness) -> None:
    with suppress(GreenroomError):
        likeness(["ready"], ["ready"])


def _nothing_landed(answer: Answer) -> tuple[Landed, ...]:
    return ()
