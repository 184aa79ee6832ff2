"""The mock interview: ask, listen, sum up, go on, look back."""

from __future__ import annotations

from greenroom.dialogue.acts import Ask, Heard, Say, Script
from greenroom.dialogue.care import care
from greenroom.dialogue.danger import danger_in, make_ready
from greenroom.dialogue.debrief import debrief
from greenroom.dialogue.packs import InterviewWords
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.spoken import spoken_duration
from greenroom.dialogue.takes import in_takes
from greenroom.dialogue.talk import Answered

AT_ONCE_S = 0.3
"""Below this a thinking time is not worth saying: nobody takes a figure for a breath."""

ACTIONS_READ = 3
"""Open actions read back before a rehearsal, the latest first: nobody keeps more in mind."""


def interview(plan: Plan) -> Script:
    """The whole rehearsal of a plan, with its debrief when the plan holds one."""
    make_ready()
    words = plan.words
    count = len(plan.questions)
    yield Say(words.welcome_one if count == 1 else words.welcome.format(count=count), fixed=False)
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
    answered: list[Answered] = []
    for question in plan.questions:
        heard = yield from in_takes(Ask(question.id, question.text, part="interview"), words)
        if heard.command == "stop":
            yield Say(words.stopped)
            return
        # Only what is beyond doubt: an interview's answers are full of hard times that are over.
        if danger_in(heard.text) == "sure" and (yield from care(plan, heard, "sure")) == "ends":
            return
        yield sum_up(heard, words)
        if heard.status != "skipped":
            answered.append(Answered(question.text, heard.turn))
    if plan.debrief and answered:
        yield Say(words.to_debrief)
        stopped = yield from debrief(plan, answered)
        if stopped:
            return
    yield Say(words.goodbye)


def sum_up(heard: Heard, words: InterviewWords) -> Say:
    """One line about an answer: its length, the thinking time, the pace."""
    if heard.status == "skipped":
        return Say(words.skipped)
    if heard.status == "recorded":
        return Say(words.kept_for_later)
    timing = heard.timing
    if timing is None:  # typed: there is nothing to time
        return Say(words.noted)
    fields = {
        "length": spoken_duration(timing.answer_s),
        "thinking": spoken_duration(timing.thinking_s),
    }
    template = words.length_at_once if timing.thinking_s < AT_ONCE_S else words.length
    line = template.format(**fields)
    if timing.words_per_minute is not None:
        line += " " + words.pace.format(pace=round(timing.words_per_minute))
    return Say(line, fixed=False)
