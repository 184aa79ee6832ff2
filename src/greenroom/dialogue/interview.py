"""The mock interview: ask, listen, say what is worth saying, go on, look back."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias

from greenroom.dialogue.acts import Act, Ask, Heard, Mark, Say, Script
from greenroom.dialogue.care import care
from greenroom.dialogue.danger import danger_in, make_ready
from greenroom.dialogue.debrief import debrief
from greenroom.dialogue.given import Given
from greenroom.dialogue.grading import grading
from greenroom.dialogue.manners import onwards
from greenroom.dialogue.packs import Question
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.reacting import follow_up, in_the_end, react
from greenroom.dialogue.spoken import counted
from greenroom.dialogue.takes import in_takes
from greenroom.dialogue.talk import Answered

ACTIONS_READ = 3
"""Open actions read back before a rehearsal, the latest first: nobody keeps more in mind."""

Ending: TypeAlias = Generator[Act, Heard | None, bool]
"""Part of a script; returns True when the session ends with it."""
Putting: TypeAlias = Generator[Act, Heard | None, Given | None]
"""The same; returns what came back, None when the session ends with it."""


def interview(plan: Plan) -> Script:
    """The whole rehearsal of a plan, with its debrief when the plan holds one."""
    make_ready()
    words, setting = plan.words, plan.setting
    yield from _welcome(plan)
    if (yield from _warm_up(plan)):
        return
    given: list[Given] = []
    if (yield from _questions(plan, given)):
        return
    if setting is not None:
        yield from in_the_end(plan, given)
    answered = [Answered(one.question.text, one.heard.turn) for one in given if one.heard.status != "skipped"]
    if plan.debrief and answered:
        yield Say(words.to_debrief)
        stopped = yield from debrief(plan, answered)
        if stopped:
            return
    if setting is not None and setting.grading and (yield from grading(plan, given)):
        return
    yield Say(words.goodbye)


def _welcome(plan: Plan) -> Script:
    words, setting = plan.words, plan.setting
    count = len(plan.questions)
    if setting is not None and setting.strict:
        yield Say(setting.strict_line)
    elif setting is not None and setting.minutes is not None:
        yield Say(words.welcome_minutes.format(minutes=counted(setting.minutes, "minute")), fixed=False)
    else:
        yield Say(words.welcome_one if count == 1 else words.welcome.format(count=count), fixed=False)
    if setting is not None:
        if setting.why:
            yield Say(setting.why, fixed=False)
        if setting.feedback == "end" and not setting.strict:
            yield Say(setting.words.summary["before"])
    if actions := plan.history.actions[:ACTIONS_READ]:
        line = words.open_action if len(actions) == 1 else words.open_actions
        yield Say(
            line.format(actions="; ".join(action.text.rstrip(" .") for action in actions)),
            fixed=False,
            private=True,
        )
    if wanted := plan.history.messages:
        line = words.messages.format(messages="; ".join(message.rstrip(" .") for message in wanted))
        yield Say(line, fixed=False, private=True)


def _warm_up(plan: Plan) -> Ending:
    setting = plan.setting
    if setting is None or setting.warm_up is None:
        return False
    yield Say(setting.warm_up.line)
    if (yield from _put(plan, setting.warm_up.question)) is None:
        return True
    yield Say(setting.warm_up.after)
    return False


def _questions(plan: Plan, given: list[Given]) -> Ending:
    """Each question in turn; what was answered goes into `given`."""
    setting = plan.setting
    elapsed_s = 0.0
    for place, question in enumerate(plan.questions):
        if setting is not None and place:
            if setting.minutes is not None and elapsed_s >= setting.minutes * 60:
                yield Say(plan.words.time_up)
                return False
            if line := onwards(setting.manner, place):
                yield Say(line)
        if question.before:
            yield Say(question.before)
        one = yield from _put(plan, question)
        if one is None:
            return True
        given.append(one)
        elapsed_s = one.heard.elapsed_s
        if one.cared:
            continue
        if asked := follow_up(plan, one):
            kind, prompt = asked
            yield from react(plan, one, followed=kind)
            more = yield from _put(plan, question, prompt, kind=kind, follow_up_of=one.heard.turn)
            if more is None:
                yield from _propose(one)
                return True
            elapsed_s = more.heard.elapsed_s
            if more.cared:
                one.cared = True
                continue
            if more.heard.status != "skipped":
                one.followed, one.more = kind, more.heard
        yield from _propose(one)
        yield from react(plan, one)
    return False


def _propose(one: Given) -> Script:
    """The grade that the measures would give, if they give one."""
    if one.advice is not None and one.advice.grade is not None:
        yield Mark(one.heard.turn, one.advice.grade, own=False)


def _put(
    plan: Plan,
    question: Question,
    text: str | None = None,
    *,
    kind: str | None = None,
    follow_up_of: int | None = None,
) -> Putting:
    """Ask a question, or what follows it up, until it is answered or left."""
    ask = Ask(
        question.id if kind is None else f"{question.id}/{kind}",
        question.text if text is None else text,
        part="interview",
        follow_up_of=follow_up_of,
        strict=plan.setting is not None and plan.setting.strict,
    )
    heard = yield from in_takes(ask, plan.words)
    # Only what is beyond doubt: an interview's answers are full of hard times that are over.
    in_danger = danger_in(heard.text) == "sure"
    if in_danger and (yield from care(plan, heard, "sure")) == "ends":
        return None
    if heard.command == "stop":
        yield Say(plan.words.stopped)
        if plan.setting is not None and plan.setting.feedback == "end":
            yield Say(plan.setting.words.summary["left"], shown_only=True)
        return None
    return Given(question, heard, cared=in_danger)
