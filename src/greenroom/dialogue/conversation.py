"""What holds at every prompt of a debrief: go back, say that again, skip, and a person in danger.

It stands around a script of steps. To go back it makes that script anew and feeds it all replies but the
last, as a replay does; what was stored since then is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import TypeAlias

from greenroom.dialogue.acts import Act, Ask, Heard, Say, TakeBack
from greenroom.dialogue.crisis import says_self_harm
from greenroom.dialogue.phrases import command_of, goes_back, one_of
from greenroom.dialogue.plan import Plan

Steps: TypeAlias = Generator[Act, Heard | None, bool]
"""Part of a script; returns True when the person asked to stop."""

REPEATS_AT_MOST = 5
"""Times the same prompt is said again in a row; then it is left, as a recogniser may be stuck on a word."""


@dataclass(slots=True)
class _Replied:
    """A reply, and how many things were stored because of it."""

    heard: Heard
    stored: int = 0


def conversation(plan: Plan, make: Callable[[], Steps]) -> Steps:
    """Perform the steps that `make` makes, and hold what holds at every prompt."""
    words = plan.words
    replied: list[_Replied] = []
    steps = make()
    act = next(steps)
    repeats = 0
    while True:
        if not isinstance(act, Ask):
            yield act
            if replied and not isinstance(act, Say):
                replied[-1].stored += 1
            try:
                act = next(steps)
            except StopIteration as over:
                return bool(over.value)
            continue
        answer = yield act
        assert answer is not None
        heard = _understood(answer, plan)
        if says_self_harm(heard.text) and (yield from _in_danger(plan, heard)):
            steps.close()
            return True
        if heard.command is None and goes_back(heard.text, plan.phrases):
            if not replied:
                yield Say(words.back_none)
                continue
            yield Say(words.back)
            stored = replied.pop().stored
            while replied and replied[-1].heard.command == "again":
                replied.pop()
            if stored:
                yield TakeBack(stored)
            steps.close()
            steps = make()
            act = _brought_to(steps, replied)
            continue
        if command_of(heard.text, plan.phrases) == "repeat":
            repeats += 1
            if repeats <= REPEATS_AT_MOST:
                continue
            heard = replace(heard, status="skipped", text="")
        repeats = 0
        replied.append(_Replied(heard))
        try:
            act = steps.send(heard)
        except StopIteration as over:
            return bool(over.value)


def _understood(heard: Heard, plan: Plan) -> Heard:
    """A command that was typed, or that only the last pass over the words made out."""
    if heard.command is None and heard.status == "answered":
        command = command_of(heard.text, plan.phrases)
        if command == "skip":
            return replace(heard, status="skipped", text="")
        if command == "again":
            return replace(heard, command="again")
    return heard


def _brought_to(steps: Steps, replied: list[_Replied]) -> Act:
    """Feed replies to fresh steps; the prompt that follows the last of them comes back."""
    act = next(steps)
    for reply in replied:
        while not isinstance(act, Ask):
            act = next(steps)
        act = steps.send(reply.heard)
    while not isinstance(act, Ask):
        act = next(steps)
    return act


def _in_danger(plan: Plan, heard: Heard) -> Steps:
    """No script now: a person to talk to, and the choice to stop. Returns True when it ends here."""
    words = plan.words
    yield Say(words.crisis, private=True)
    lines = [words.crisis_line.format(who=one.who, number=one.number, hours=one.hours) for one in plan.help]
    for line in lines or [words.crisis_nobody]:
        yield Say(line, fixed=False, private=True)
    if heard.command == "stop":
        return False  # it stops of itself
    for _ in range(2):
        ask = Ask("crisis", words.crisis_choice, part="debrief", phase=plan.phase, private=True)
        reply = yield ask
        assert reply is not None
        if reply.command == "stop":
            break
        choice = one_of(reply.text, plan.phrases.close_now, plan.phrases.carry_on)
        if says_self_harm(reply.text) or choice is None:
            continue
        if choice == 1:
            yield Say(words.crisis_on, private=True)
            return False
        break
    yield Say(words.crisis_stop, private=True)
    return True
