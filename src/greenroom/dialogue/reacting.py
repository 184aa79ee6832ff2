"""What an interviewer says to an answer: a sentence of feedback, a follow-up, or no more than a thank you."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from greenroom.dialogue.acts import Act, Heard, Say
from greenroom.dialogue.feedback import follow_up as follow_up_line
from greenroom.dialogue.feedback import on_messages, shown_lines, spoken_line, summed_up
from greenroom.dialogue.given import Given
from greenroom.dialogue.manners import acknowledged
from greenroom.dialogue.packs import InterviewWords
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.setting import Setting
from greenroom.dialogue.spoken import spoken_duration
from greenroom.types import Advice

AT_ONCE_S = 0.3
"""Below this a thinking time is not worth saying: nobody takes a figure for a breath."""

OWN = "own"
"""The follow-up that a question brings along in its pack."""


def follow_up(plan: Plan, given: Given) -> tuple[str, str] | None:
    """The kind and the words of what is asked next about the same, if anything."""
    setting, heard = plan.setting, given.heard
    if setting is None or setting.follow_ups == "none" or heard.status != "answered":
        return None
    if heard.advice is not None and (kind := heard.advice.follow_up) is not None:
        return kind, follow_up_line(kind, setting.words, heard.turn)
    if setting.follow_ups == "always" and given.question.follow_up:
        return OWN, given.question.follow_up
    return None


def react(plan: Plan, given: Given, *, followed: str | None = None) -> Iterator[Act]:
    """What is said to an answer.

    Args:
        followed: a follow-up of this kind comes next; what there is to say is said after it.
    """
    setting, heard = plan.setting, given.heard
    if setting is None or heard.status in ("skipped", "recorded"):
        yield sum_up(heard, plan.words)
    elif followed is not None or setting.feedback != "each":
        yield Say(acknowledged(setting.manner, heard.turn) or plan.words.noted)
    else:
        yield from _feedback(plan, setting, given)


def in_the_end(plan: Plan, given: Sequence[Given]) -> Iterator[Act]:
    """When all questions are done: all that a silent interviewer has kept back, and the key messages."""
    setting = plan.setting
    if setting is None or setting.feedback == "none":
        return
    advices = [advice for one in given if (advice := one.advice) is not None]
    messages = plan.history.messages
    if setting.feedback == "end" and given:
        opening, *rest = summed_up(advices, setting.words, messages)
        yield Say(opening)
        for one in given:
            if lines := list(_shown(setting, one.advice)):
                yield Say(one.question.text, shown_only=True)
                yield from lines
        for line in rest:
            yield Say(line, fixed=False, private=True)
    elif setting.feedback == "each":
        for line in on_messages(advices, setting.words, messages):
            yield Say(line, fixed=False, private=True)


def sum_up(heard: Heard, words: InterviewWords, advice: str | None = None) -> Say:
    """One line about an answer: its length, the thinking time, and the advice; else the pace."""
    if heard.status == "skipped":
        return Say(words.skipped)
    if heard.status == "recorded":
        return Say(words.kept_for_later)
    timing = heard.timing
    if timing is None:  # typed: there is nothing to time
        return Say(words.noted if advice is None else f"{words.noted} {advice}", fixed=advice is None)
    fields = {
        "length": spoken_duration(timing.answer_s),
        "thinking": spoken_duration(timing.thinking_s),
    }
    template = words.length_at_once if timing.thinking_s < AT_ONCE_S else words.length
    line = template.format(**fields)
    if advice is not None:
        line += f" {advice}"
    elif timing.words_per_minute is not None:
        line += " " + words.pace.format(pace=round(timing.words_per_minute))
    return Say(line, fixed=False)


def _feedback(plan: Plan, setting: Setting, given: Given) -> Iterator[Act]:
    advice = given.advice
    if advice is None:
        yield sum_up(given.heard, plan.words)
        return
    said = spoken_line(advice, setting.words, given.heard.turn)
    # A sentence of the feedback may hold the person's own words.
    own_words = any(isinstance(value, str) for one in advice.findings[:1] for value in one.figures.values())
    yield replace(sum_up(given.heard, plan.words, said), private=own_words)
    yield from _shown(setting, advice)


def _shown(setting: Setting, advice: Advice | None) -> Iterator[Act]:
    for line in shown_lines(advice, setting.words) if advice is not None else ():
        yield Say(line, fixed=False, shown_only=True)
