"""What is said to somebody who wants to harm themselves, or may want to. No script then.

With `--discreet` none of it is said aloud: it stands on the screen, for others may hear. The reply to it is
spoken or typed as any other.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Literal, TypeAlias

from greenroom.dialogue.acts import Act, Ask, Heard, Say
from greenroom.dialogue.danger import Danger, danger_in, denies
from greenroom.dialogue.phrases import command_of, normalised, one_of
from greenroom.dialogue.plan import Plan

ASKED_AT_MOST = 2
"""Times in one sitting that unsure words are asked about: who has said no twice is believed."""

CHOOSING = "time-over"
A_CHOICE = 6
"""Words in a reply that only chooses: to "shall we go on?", "I don't want to go on" says nothing else."""

Cared: TypeAlias = Literal["unfounded", "on", "ends"]
"""What came of it: no danger at all, a person in danger who wants to go on, or the end of the script."""
Caring: TypeAlias = Generator[Act, Heard | None, Cared]
Checked: TypeAlias = Literal["no", "open", "stop"]


def worth_asking(danger: Danger | None, prompt_id: str, text: str, asked: int) -> Danger | None:
    """What is left of a danger once it is known where it was heard, and how often it was asked about."""
    if danger == "unsure":
        chosen = prompt_id == CHOOSING and len(normalised(text).split()) <= A_CHOICE
        return None if chosen or asked >= ASKED_AT_MOST else danger
    return danger


def care(plan: Plan, heard: Heard, danger: Danger) -> Caring:
    """Ask first where it is unsure; then a person to talk to, where help is found, the choice to stop."""
    words = plan.words
    stopping = heard.command == "stop"
    if danger == "unsure" and not stopping:
        checked = yield from _check(plan)
        if checked == "no":
            yield Say(words.crisis_no, private=True)
            return "unfounded"
        stopping = checked == "stop"
    yield Say(words.crisis, private=True)
    for one in plan.help:
        line = words.crisis_line.format(who=one.who, number=one.number, hours=one.hours)
        yield Say(line, fixed=False, private=True)
    yield Say(words.crisis_nobody, private=True)
    if heard.command == "stop":
        return "on"  # it stops of itself
    if not stopping and (yield from _wants_to_go_on(plan)):
        yield Say(words.crisis_on, private=True)
        return "on"
    yield Say(words.crisis_stop, private=True, leaves=True)
    return "ends"


def _check(plan: Plan) -> Generator[Act, Heard | None, Checked]:
    """One plain question. Only a clear no is one; silence and everything else stay open."""
    for _ in range(2):  # once more for who did not catch it
        reply = yield Ask(
            "crisis-check", plan.words.crisis_check, part="debrief", phase=plan.phase, private=True
        )
        assert reply is not None
        if reply.command == "stop":
            return "stop"
        if reply.command != "again" and command_of(reply.text, plan.phrases) != "repeat":
            return "no" if denies(reply.text) else "open"
    return "open"


def _wants_to_go_on(plan: Plan) -> Generator[Act, Heard | None, bool]:
    """The choice; what is neither is asked once more, and then it stops."""
    for _ in range(2):
        reply = yield Ask("crisis", plan.words.crisis_choice, part="debrief", phase=plan.phase, private=True)
        assert reply is not None
        if reply.command == "stop":
            return False
        choice = one_of(reply.text, plan.phrases.close_now, plan.phrases.carry_on)
        if choice == 0:
            return False
        if choice == 1 and danger_in(reply.text) is None:
            return True
    return False
