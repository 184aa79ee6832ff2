"""A log brings a fresh script to the place where it ends, wherever that is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue.shipped import CONFLICT, SHORT, WEAKNESS, debrief_plan, practice_plan
from dialogue.transcripts import Reply, heard, in_words, stop
from greenroom.dialogue.acts import Act, Ask, Heard, Script
from greenroom.dialogue.log import (
    Replayed,
    act_entry,
    heard_entry,
    plan_entry,
    plan_of,
    replay,
    script_of,
)
from greenroom.dialogue.packs import Step
from greenroom.dialogue.plan import Plan

Log = list[dict[str, Any]]

PRACTICE = ("We quarrelled.", "", "The first one.")
DEBRIEF = ("Shaky.", "About the gap.", "Hm.", "No.", "About money.", "Yes.", "That's all.", "I smiled.")


def stored(log: Log) -> Log:
    """As it comes back from the database."""
    return [json.loads(json.dumps(entry)) for entry in log]


def go_on(script: Script, act: Act | None, replies: Sequence[Reply], log: Log) -> list[str]:
    """Perform from an act on, appending to the log; stops quietly when the replies run out."""
    lines: list[str] = []
    waiting = list(replies)
    while act is not None:
        back: Heard | None = None
        lines.append(in_words(act))
        if isinstance(act, Ask):
            turn = 1 + sum(entry["entry"] == "ask" for entry in log)
            log.append(act_entry(act, turn=turn))
            if not waiting:
                break
            back = heard(turn, waiting.pop(0))
            log.append(heard_entry(back))
        else:
            log.append(act_entry(act))
        try:
            act = script.send(back)
        except StopIteration:
            act = None
    return lines


def whole_log(plan: Plan, replies: Sequence[Reply]) -> tuple[list[str], Log]:
    log: Log = [plan_entry(plan)]
    script = script_of(plan)
    lines = go_on(script, next(script), replies, log)
    return lines, log


def replayed(log: Log, plan: Plan | None = None) -> Replayed:
    log = stored(log)
    return replay(script_of(plan or plan_of(log)), log)


def without_open_prompt(log: Log) -> Log:
    """A prompt that was asked and not answered is asked again: left out, it keeps the same number."""
    return log[:-1] if log[-1]["entry"] == "ask" else log


def replies_in(log: Log) -> int:
    return sum(entry["entry"] == "heard" for entry in log)


@pytest.mark.parametrize(
    ("plan", "replies"),
    [(practice_plan(CONFLICT, WEAKNESS), PRACTICE), (debrief_plan(), DEBRIEF)],
    ids=["practice", "debrief"],
)
def test_every_prefix_of_a_log_leads_to_the_same_continuation(plan: Plan, replies: tuple[str, ...]) -> None:
    lines, log = whole_log(plan, replies)
    for length in range(1, len(log) + 1):
        prefix = log[:length]
        place = replayed(prefix)
        assert place.fits
        answered = replies_in(prefix)
        prefix = without_open_prompt(prefix)
        rest = go_on(place.script, place.act, replies[answered:], stored(prefix))
        done = sum(entry["entry"] != "heard" for entry in prefix) - 1
        assert lines[:done] + rest == lines, f"after {length} of {len(log)} entries"


@settings(max_examples=60, deadline=None)
@given(
    replies=st.lists(
        st.sampled_from(["", "Yes.", "No.", "Um.", "That's all.", "About money.", "About pay, that's it."]),
        min_size=40,
        max_size=40,
    ),
    cut=st.integers(0, 200),
)
def test_a_log_cut_anywhere_goes_on_as_if_it_had_not_been(replies: list[str], cut: int) -> None:
    lines, log = whole_log(debrief_plan(), replies)
    prefix = log[: 1 + cut % len(log)]
    place = replayed(prefix)
    rest = go_on(place.script, place.act, replies[replies_in(prefix) :], without_open_prompt(prefix))
    assert place.fits
    assert lines[len(lines) - len(rest) :] == rest


def test_a_log_of_a_finished_session_leads_to_its_end() -> None:
    _, log = whole_log(debrief_plan(), DEBRIEF)
    place = replayed(log)
    assert (place.act, place.fits) == (None, True)


def test_a_prompt_asked_twice_after_an_interruption_is_one_prompt() -> None:
    lines, log = whole_log(debrief_plan(), DEBRIEF[:1])
    assert lines[-1] == "ask question: Which questions did they ask?"
    for _ in range(2):
        place = replayed(log)
        go_on(place.script, place.act, (), log)
    place = replayed(log)
    assert place.fits
    assert go_on(place.script, place.act, DEBRIEF[1:], log)[-1] == "say Thank you."


def test_who_stopped_goes_on_at_the_prompt_where_they_stopped() -> None:
    lines, log = whole_log(debrief_plan(), ["Shaky.", stop()])
    assert lines[-1] == "say We stop here."
    place = replayed(log)
    assert place.fits
    assert (
        go_on(place.script, place.act, DEBRIEF[1:], log)[0] == "ask question: Which questions did they ask?"
    )


def test_who_stopped_twice_loses_nothing_said_in_between() -> None:
    """Once after the first reply, once in the middle of the questions; each time they come back."""
    _, log = whole_log(debrief_plan(), ["Shaky.", stop()])
    place = replayed(log)
    go_on(place.script, place.act, ["About the gap.", "No.", "About money.", stop()], log)
    place = replayed(log)
    assert place.fits
    assert go_on(place.script, place.act, ["Yes.", "That's all.", "I smiled."], log) == [
        "ask happy: Were you happy with it?",
        "keep question happy from turn 5: About money.",
        "ask question: Which other one?",
        "ask went-well: What went well?",
        "keep success from turn 9: I smiled.",
        "say Thank you.",
    ]
    assert replayed(log).act is None


FEELING, QUESTION, WELL = SHORT.steps
LUCK = Step("luck", "open", "Were you lucky?", "factor")


def script_with(*steps: Step, opening: str | None = "Take your time.") -> Plan:
    return replace(debrief_plan(), debrief=replace(SHORT, steps=steps, opening=opening))


@pytest.mark.parametrize(
    ("older", "newer", "replies", "goes_on"),
    [
        (
            script_with(FEELING, LUCK, QUESTION, WELL),
            script_with(FEELING, QUESTION, WELL),
            ["Shaky.", "A little.", "About money.", "Yes."],
            "ask question: Which other one?",
        ),
        (
            script_with(FEELING, QUESTION, WELL),
            script_with(FEELING, LUCK, QUESTION, WELL),
            ["Shaky.", "About money.", "Yes."],
            "ask luck: Were you lucky?",
        ),
        (
            script_with(FEELING, QUESTION, WELL),
            script_with(FEELING, QUESTION, WELL, LUCK),
            ["Shaky.", "None.", "I smiled."],
            "ask luck: Were you lucky?",
        ),
        (
            script_with(FEELING, WELL),
            script_with(FEELING, WELL, opening=None),
            ["Shaky."],
            "ask went-well: What went well?",
        ),
        (
            script_with(FEELING, WELL, opening=None),
            script_with(FEELING, WELL),
            ["Shaky."],
            "ask went-well: What went well?",
        ),
        (
            script_with(replace(FEELING, ask="How was it?"), WELL),
            script_with(FEELING, WELL),
            ["Shaky."],
            "ask went-well: What went well?",
        ),
        (
            script_with(FEELING, LUCK),
            script_with(FEELING),
            ["Shaky."],
            "say Thank you.",
        ),
    ],
    ids=[
        "a step less",
        "a step more before",
        "a step more at the end",
        "a sentence less",
        "a sentence more",
        "worded anew",
        "the open step gone",
    ],
)
def test_a_log_of_another_version_goes_on_at_the_next_open_prompt(
    older: Plan, newer: Plan, replies: list[str], goes_on: str
) -> None:
    _, log = whole_log(older, replies)
    place = replayed(log, newer)
    assert not place.fits or older.debrief.steps == newer.debrief.steps[:-1]  # type: ignore[union-attr]
    assert place.act is not None
    assert in_words(place.act) == goes_on


def test_a_log_without_a_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="does not begin with a plan"):
        plan_of([])
    with pytest.raises(ValueError, match="does not begin with a plan"):
        plan_of([heard_entry(Heard(1, "skipped"))])
    with pytest.raises(ValueError, match="cannot be read: 'words'"):
        plan_of([{"entry": "plan", "debrief": None, "script": "debrief"}])
