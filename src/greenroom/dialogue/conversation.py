"""What holds at every prompt of a debrief: go back, say that again, skip, and a person in danger.

It stands around a script of steps. To go back it makes that script anew and feeds it all replies but the
last, as a replay does; what was stored since then is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import TypeAlias

from greenroom.dialogue.acts import Act, Ask, Heard, Say, TakeBack
from greenroom.dialogue.care import care, worth_asking
from greenroom.dialogue.danger import danger_in, make_ready
from greenroom.dialogue.phrases import command_of, goes_back
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
    make_ready()
    words = plan.words
    replied: list[_Replied] = []
    steps = make()
    act = next(steps)
    repeats = asked = 0
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
        danger = worth_asking(danger_in(heard.text), act.prompt_id, heard.text, asked)
        if danger is not None:
            asked += danger == "unsure"
            came = yield from care(plan, heard, danger)
            if came == "ends":
                steps.close()
                return True
            if came == "on" and heard.command is None:
                # The turn keeps the words. They are no answer to be asked about, or to be read back.
                heard = replace(heard, status="skipped", text="")
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
