"""How answers are looked at while a session goes on: the measures, the key messages, the focus."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path

from greenroom.cli import data, wiring
from greenroom.dialogue.packs import Question
from greenroom.dialogue.plan import Plan
from greenroom.stage.coach import Coach
from greenroom.types import Advice, Answer, Landed

WAITED_S = 0.8
"""How long what is said to an answer waits for the model of meaning: less than a silence that is felt."""
WARM_UP = "I am ready to begin."


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
    """Finds key messages in an answer: by meaning where that model is here, else by stems and synonyms.

    The person waits for what is said to the answer, so the model has WAITED_S; what it would find later,
    `show` finds.
    """
    from greenroom.coaching.landing import land

    words = data.vocabulary()
    likeness = wiring.likeness(home)
    if likeness is None:
        return partial(land, messages, words=words)
    by_meaning = partial(land, messages, likeness=likeness, words=words)
    # It is opened, and made acquainted with the messages, while the first question is asked.
    warmed_up = _begun(by_meaning, Answer("", WARM_UP))

    def find(answer: Answer) -> tuple[Landed, ...]:
        if warmed_up.done():
            # One that is slow or damaged must not take the other measures along.
            with suppress(Exception):
                return _begun(by_meaning, answer).result(WAITED_S)
        return land(messages, answer, words=words)

    return find


def _begun(find: Callable[[Answer], tuple[Landed, ...]], answer: Answer) -> Future[tuple[Landed, ...]]:
    """What is found, on a thread of its own that nobody has to wait for."""
    found: Future[tuple[Landed, ...]] = Future()

    def run() -> None:
        try:
            found.set_result(find(answer))
        except Exception as error:
            found.set_exception(error)

    threading.Thread(target=run, name="meaning", daemon=True).start()
    return found


def _nothing_landed(answer: Answer) -> tuple[Landed, ...]:
    return ()
