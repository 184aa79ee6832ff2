"""The debrief, step by step. What the steps are is data; how each form of step runs is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from greenroom.dialogue.acts import Heard, Say, Script
from greenroom.dialogue.closing import actions, close, messages
from greenroom.dialogue.conversation import Steps, conversation
from greenroom.dialogue.factors import named_in
from greenroom.dialogue.numbers import HIGHEST, LOWEST, rating_of
from greenroom.dialogue.phrases import (
    normalised,
    says_nothing,
    which_one,
    without_thats_all,
    yes_or_no,
)
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.second_look import answers, factors, letters, playback, stars
from greenroom.dialogue.spoken import counted
from greenroom.dialogue.steps import Step, StepForm
from greenroom.dialogue.talk import Answered, Doing, Stopped, Talk, has_words, item_of, note_of
from greenroom.types import Item

SOUND_ALIKE = (2, HIGHEST)
"""Ratings that are read back: "two" and "ten" are easily taken for each other, and far apart."""

A_WORD = 2
"""A feeling told in so few words is its own word."""


def real_debrief(plan: Plan) -> Script:
    """The debrief of a real interview, on its own."""
    yield from debrief(plan, ())


def debrief(plan: Plan, answered: Sequence[Answered]) -> Steps:
    """All steps of the plan's debrief. `answered` is what a "which" step can choose from."""
    return (yield from conversation(plan, lambda: _steps(plan, answered)))


def _steps(plan: Plan, answered: Sequence[Answered]) -> Steps:
    script = plan.debrief
    assert script is not None
    talk = Talk(plan, answered)
    try:
        if script.opening:
            opening = script.opening.replace("{minutes}", counted(plan.minutes, "minute"))
            yield Say(opening, fixed=opening == script.opening)
        for step in script.steps:
            if not step.essential:
                yield from talk.mind_the_time()
            if not _left_out(step, talk):
                yield from _FORMS[step.form](step, talk)
    except Stopped:
        yield Say(plan.words.stopped)
        return True
    if script.closing:
        yield Say(script.closing)
    return False


def _left_out(step: Step, talk: Talk) -> bool:
    known = step.unless == "company" and talk.plan.company is not None
    return known or (talk.closing and not step.essential)


def _open(step: Step, talk: Talk) -> Doing:
    """One prompt, one reply, one item."""
    parent = None if step.of is None else talk.key_of(step.of)
    if step.of is not None and parent is None:
        return
    heard = yield from talk.ask(step)
    if has_words(heard) and not says_nothing(heard.text, talk.plan.phrases, one_word_tells=True):
        yield talk.keep(step, item_of(step, heard, heard.text), parent_key=parent)
        if step.keeps == "mindset":
            yield from _named(step, talk, heard)
    elif heard.status != "recorded":  # words that are not there yet may tell something
        yield from _nothing(step, talk, heard.turn)


def _named(step: Step, talk: Talk, heard: Heard) -> Doing:
    """The factors that a word about one's mindset names, so that they are counted across debriefs."""
    mindset = talk.key_of(step.id)
    for factor in named_in(heard.text, talk.plan.factors):
        item = Item("factor", heard.text, name=factor.id, turn=heard.turn, at_s=heard.first_word_s)
        yield talk.keep(step, item, parent_key=mindset)


def _nothing(step: Step, talk: Talk, turn: int) -> Doing:
    if step.nothing:
        yield Say(step.nothing, private=step.private)
        if step.nothing_keeps:
            item = Item(kind=step.keeps, name=step.name, text=step.nothing_keeps, turn=turn)
            yield talk.keep(step, item)


def _each(step: Step, talk: Talk) -> Doing:
    """One prompt after the other until "that's all", nothing at all, or the most a script allows."""
    ask = step.ask
    told_any = False
    for _ in range(step.most):
        heard = yield from talk.ask(step, ask, expects="that-is-all")
        told, last = without_thats_all(heard.text, talk.plan.phrases)
        if has_words(heard) and told and not says_nothing(told, talk.plan.phrases):
            told_any = True
            happy: bool | None = None
            if step.then:
                happy, _ = yield from talk.yes_or_no(
                    step, step.then.ask, step.then.ask_unclear, prompt_id=step.then.id
                )
            yield talk.keep(step, item_of(step, heard, told, happy=happy))
        elif heard.status != "recorded":
            last = True
        if last:
            break
        if not step.essential:
            yield from talk.mind_the_time()
            if talk.closing:
                break
        ask = step.ask_again or step.ask
    if not told_any and heard.status != "recorded":
        yield from _nothing(step, talk, heard.turn)


def _which(step: Step, talk: Talk) -> Doing:
    """One reply that points to one of the questions just answered."""
    heard = yield from talk.ask(step, expects="one")
    if has_words(heard) and not says_nothing(heard.text, talk.plan.phrases):
        place = which_one(heard.text, [one.question for one in talk.answered], talk.plan.phrases)
        # Without a match the reply is noted as it was spoken: better odd than lost.
        text = heard.text if place is None else talk.answered[place].question
        turn = heard.turn if place is None else talk.answered[place].turn
        yield talk.keep(step, Item(kind=step.keeps, name=step.name, text=text, happy=False, turn=turn))


def _word(step: Step, talk: Talk) -> Doing:
    """One word for what was just told, asked for only when it was told in more."""
    whole = next((one for one in reversed(talk.told) if one.step == step.of), None)
    if step.of is not None and whole is None:
        return
    if whole is not None and len(normalised(whole.item.text).split()) <= A_WORD:
        text, turn, at_s = whole.item.text, whole.item.turn, whole.item.at_s
    else:
        heard = yield from talk.ask(step, expects="word")
        if not has_words(heard) or says_nothing(heard.text, talk.plan.phrases, one_word_tells=True):
            return
        text, turn, at_s = heard.text, heard.turn, heard.first_word_s
    item = Item(kind=step.keeps, name=step.name, text=text.strip(" .!"), turn=turn, at_s=at_s)
    yield talk.keep(step, item, parent_key=None if whole is None else whole.key)


def _rating(step: Step, talk: Talk) -> Doing:
    """A number from 1 to 10, asked for once more when there was none; then noted as it was spoken.

    One that was read back and denied is none.
    """
    assert step.name is not None
    value = None
    for text in (step.ask, step.texts["unclear"]):
        heard = yield from talk.ask(step, text, expects="number")
        value = rating_of(heard.text)
        if value is not None or not has_words(heard):
            break
    if value in SOUND_ALIKE:
        read_back = step.texts["read_back"].format(value=value)
        check = f"{step.id}-check"
        heard = yield from talk.ask(step, read_back, prompt_id=check, own_words=True, expects="check")
        other = rating_of(heard.text)
        if other is None and yes_or_no(heard.text, talk.plan.phrases) is False:
            heard = yield from talk.ask(step, step.texts["unclear"], expects="number")
            value = rating_of(heard.text)
        value = value if other is None else other
    if value is not None:
        assert LOWEST <= value <= HIGHEST
        yield talk.rate(step.name, value)
    elif has_words(heard) and not says_nothing(heard.text, talk.plan.phrases):
        yield talk.keep(step, note_of(step, heard))


_FORMS: Mapping[StepForm, Callable[[Step, Talk], Doing]] = {
    "open": _open,
    "each": _each,
    "which": _which,
    "word": _word,
    "rating": _rating,
    "actions": actions,
    "messages": messages,
    "close": close,
    "playback": playback,
    "stars": stars,
    "factors": factors,
    "answers": answers,
    "letters": letters,
}
