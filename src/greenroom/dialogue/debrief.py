"""The debrief, step by step. What the steps are is data; how each form of step runs is here."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from greenroom.dialogue.acts import Act, Ask, Heard, Keep, Say, Script
from greenroom.dialogue.packs import FollowUp, Step
from greenroom.dialogue.phrases import says_nothing, which_one, without_thats_all, yes_or_no
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.takes import in_takes
from greenroom.types import Item


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the rehearsal just held, and the turn that answered it."""

    question: str
    turn: int


Steps: TypeAlias = Generator[Act, Heard | None, bool]
"""Part of a script; returns True when the person asked to stop."""


def real_debrief(plan: Plan) -> Script:
    """The debrief of a real interview, on its own."""
    yield from debrief(plan, ())


def debrief(plan: Plan, answered: Sequence[Answered]) -> Steps:
    """All steps of the plan's debrief. `answered` is what a "which" step can choose from."""
    script = plan.debrief
    assert script is not None
    if script.opening:
        yield Say(script.opening)
    for step in script.steps:
        if step.form == "each":
            stopped = yield from _each(step, plan)
        elif step.form == "which":
            stopped = yield from _which(step, plan, answered)
        else:
            stopped = yield from _open(step, plan)
        if stopped:
            yield Say(plan.words.stopped)
            return True
    if script.closing:
        yield Say(script.closing)
    return False


def _open(step: Step, plan: Plan) -> Steps:
    """One prompt, one reply, one item."""
    heard = yield from _ask(step, plan)
    if heard.command == "stop":
        return True  # no item yet: who comes back is asked again, and it would stand there twice
    if _has_words(heard) and not says_nothing(heard.text, plan.phrases):
        yield Keep(_item(step, heard, heard.text))
    elif step.nothing and heard.status != "recorded":
        yield Say(step.nothing, private=step.private)
        if step.nothing_keeps:
            yield Keep(Item(kind=step.keeps, name=step.name, text=step.nothing_keeps, turn=heard.turn))
    return False


def _each(step: Step, plan: Plan) -> Steps:
    """One prompt after the other until "that's all", nothing at all, or the most a script allows."""
    ask = step.ask
    for _ in range(step.most):
        heard = yield from _ask(step, plan, ask)
        if heard.command == "stop":
            return True
        told, last = without_thats_all(heard.text, plan.phrases)
        if _has_words(heard) and told and not says_nothing(told, plan.phrases):
            happy: bool | None = None
            if step.then:
                happy, stopped = yield from _yes_or_no(step, step.then, plan)
                if stopped:
                    return True
            yield Keep(_item(step, heard, told, happy=happy))
        elif heard.status != "recorded":  # words that are not there yet may hold a question
            return False
        if last:
            return False
        ask = step.ask_again or step.ask
    return False


def _which(step: Step, plan: Plan, answered: Sequence[Answered]) -> Steps:
    """One reply that points to one of the questions just answered."""
    heard = yield from _ask(step, plan)
    if heard.command == "stop":
        return True
    if _has_words(heard) and not says_nothing(heard.text, plan.phrases):
        place = which_one(heard.text, [one.question for one in answered], plan.phrases)
        # Without a match the reply is noted as it was spoken: better odd than lost.
        text = heard.text if place is None else answered[place].question
        turn = heard.turn if place is None else answered[place].turn
        yield Keep(Item(kind=step.keeps, name=step.name, text=text, happy=False, turn=turn))
    return False


def _yes_or_no(
    step: Step, follow_up: FollowUp, plan: Plan
) -> Generator[Act, Heard | None, tuple[bool | None, bool]]:
    """Ask, and once more when the reply was neither; then leave it open. Returns (reply, stopped)."""
    for ask in (follow_up.ask, follow_up.ask_unclear):
        prompt = Ask(follow_up.id, ask, part="debrief", phase=plan.phase, private=step.private)
        heard = yield from in_takes(prompt, plan.words)
        if heard.command == "stop":
            return None, True
        if heard.status == "skipped":
            return None, False
        reply = yes_or_no(heard.text, plan.phrases)
        if reply is not None:
            return reply, False
    return None, False


def _ask(step: Step, plan: Plan, text: str | None = None) -> Generator[Act, Heard | None, Heard]:
    prompt = Ask(
        step.id, text or step.ask, part="debrief", phase=plan.phase, hint=step.hint, private=step.private
    )
    return (yield from in_takes(prompt, plan.words))


def _has_words(heard: Heard) -> bool:
    return heard.status in ("answered", "unfinished") and bool(heard.text.strip())


def _item(step: Step, heard: Heard, text: str, *, happy: bool | None = None) -> Item:
    return Item(
        kind=step.keeps, name=step.name, text=text, happy=happy, turn=heard.turn, at_s=heard.first_word_s
    )
