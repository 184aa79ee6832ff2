"""A whole rehearsal, as a list of what is said, asked and kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogue.shipped import CONFLICT, WEAKNESS, WORDS, practice_plan
from dialogue.transcripts import TIMING, heard, stop, transcript
from greenroom.dialogue.acts import Ask, Heard, Say
from greenroom.dialogue.history import History, OpenAction
from greenroom.dialogue.interview import interview
from greenroom.dialogue.reacting import sum_up
from greenroom.types import Timing


def test_a_rehearsal_from_welcome_to_goodbye() -> None:
    plan = practice_plan(CONFLICT, WEAKNESS)
    replies = ["We quarrelled about a plan.", "I say yes too quickly.", "The second one."]
    assert transcript(interview(plan), replies) == [
        "say Welcome. 2 questions.",
        "ask conflict: Tell me about a conflict.",
        "say 1 minute 24 seconds, after 2 seconds of thought. 142 words a minute.",
        "ask weakness: What is your greatest weakness?",
        "say 1 minute 24 seconds, after 2 seconds of thought. 142 words a minute.",
        "say Let us look back.",
        "ask again: Which one would you take again?",
        "keep question unhappy from turn 2: What is your greatest weakness?",
        "say Goodbye.",
    ]


def test_one_question_is_welcomed_as_one() -> None:
    plan = practice_plan(CONFLICT, look_back=False)
    assert transcript(interview(plan), ["We quarrelled."]) == [
        "say Welcome. One question.",
        "ask conflict: Tell me about a conflict.",
        "say 1 minute 24 seconds, after 2 seconds of thought. 142 words a minute.",
        "say Goodbye.",
    ]


def test_a_skipped_question_cannot_be_chosen_afterwards() -> None:
    plan = practice_plan(CONFLICT, WEAKNESS)
    assert transcript(interview(plan), ["", "I say yes too quickly.", "The first one."]) == [
        "say Welcome. 2 questions.",
        "ask conflict: Tell me about a conflict.",
        "say We leave that one.",
        "ask weakness: What is your greatest weakness?",
        "say 1 minute 24 seconds, after 2 seconds of thought. 142 words a minute.",
        "say Let us look back.",
        "ask again: Which one would you take again?",
        "keep question unhappy from turn 2: What is your greatest weakness?",
        "say Goodbye.",
    ]


@pytest.mark.parametrize(
    ("reply", "ends"),
    [
        (
            "go on",
            ["say We go on."],
        ),
        ("stop", ["say We leave it here."]),
    ],
)
def test_somebody_who_wants_to_die_is_met_also_in_a_rehearsal(reply: str, ends: list[str]) -> None:
    lines = transcript(
        interview(practice_plan(CONFLICT, look_back=False)), ["It got so bad. I want to kill myself.", reply]
    )
    assert lines[2:] == [
        "say I am a program. Talk to a person now.",
        "say The emergency services, or a person you trust.",
        "ask crisis: Stop, or go on?",
        *ends,
        *(["say Goodbye."] if reply == "go on" else []),
    ]


def test_an_answer_about_hard_times_is_an_answer() -> None:
    """What is not beyond doubt is left alone in a rehearsal, where people tell of what went wrong."""
    told = "I could not go on like this, so I left the company."
    assert transcript(interview(practice_plan(CONFLICT, look_back=False)), [told])[2:] == [
        "say 1 minute 24 seconds, after 2 seconds of thought. 142 words a minute.",
        "say Goodbye.",
    ]


def test_nothing_answered_leaves_nothing_to_look_back_on() -> None:
    plan = practice_plan(CONFLICT, WEAKNESS)
    assert transcript(interview(plan), ["", ""]) == [
        "say Welcome. 2 questions.",
        "ask conflict: Tell me about a conflict.",
        "say We leave that one.",
        "ask weakness: What is your greatest weakness?",
        "say We leave that one.",
        "say Goodbye.",
    ]


def test_an_answer_without_words_yet_can_be_taken_again() -> None:
    plan = practice_plan(CONFLICT, WEAKNESS)
    replies = [Heard(0, "recorded", timing=TIMING), "I say yes.", "The one about the conflict."]
    assert transcript(interview(plan), replies)[2:] == [
        "say Safe on disk.",
        "ask weakness: What is your greatest weakness?",
        "say 1 minute 24 seconds, after 2 seconds of thought. 142 words a minute.",
        "say Let us look back.",
        "ask again: Which one would you take again?",
        "keep question unhappy from turn 1: Tell me about a conflict.",
        "say Goodbye.",
    ]


@pytest.mark.parametrize(
    ("replies", "ends"),
    [
        ([stop()], ["ask conflict: Tell me about a conflict.", "say We stop here."]),
        (
            ["One.", stop("Two, and then")],
            ["ask weakness: What is your greatest weakness?", "say We stop here."],
        ),
        (["One.", "Two.", stop()], ["ask again: Which one would you take again?", "say We stop here."]),
    ],
)
def test_stop_ends_it_at_any_prompt(replies: list[str | Heard], ends: list[str]) -> None:
    assert transcript(interview(practice_plan(CONFLICT, WEAKNESS)), replies)[-2:] == ends


def test_questions_are_asked_as_the_interview_and_the_look_back_as_the_debrief() -> None:
    asked = []
    script = interview(practice_plan(CONFLICT))
    act = next(script)
    while True:
        if isinstance(act, Ask):
            asked.append((act.prompt_id, act.part, act.phase, act.take, act.fixed))
        try:
            act = script.send(heard(len(asked), "Well.") if isinstance(act, Ask) else None)
        except StopIteration:
            break
    assert asked == [("conflict", "interview", None, 1, True), ("again", "debrief", None, 1, True)]


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (Heard(1, "skipped"), Say("We leave that one.")),
        (Heard(1, "recorded", timing=TIMING), Say("Safe on disk.")),
        (Heard(1, "answered", "Typed."), Say("Noted.")),
        (
            Heard(1, "answered", "So.", Timing(0.29, 1.2, 1.2, 0.0, None)),
            Say("1 second, straight away.", fixed=False),
        ),
        (
            Heard(1, "answered", "So.", Timing(0.3, 42.4, 40.0, 1.0, 142.5)),
            Say("42 seconds, after 0 seconds of thought. 142 words a minute.", fixed=False),
        ),
        (
            Heard(1, "answered", "So.", Timing(61.0, 120.0, 40.0, 1.0, 99.6)),
            Say("2 minutes, after 1 minute 1 second of thought. 100 words a minute.", fixed=False),
        ),
    ],
)
def test_the_sum_up_of_each_kind_of_answer(reply: Heard, line: Say) -> None:
    assert sum_up(reply, WORDS) == line


def test_lines_with_figures_are_never_cached_as_sound() -> None:
    script = interview(practice_plan(CONFLICT))
    assert next(script) == Say("Welcome. One question.", fixed=False)


def again(text: str = "") -> Heard:
    return Heard(0, "answered" if text else "skipped", text, TIMING if text else None, command="again")


def test_an_answer_begun_again_is_a_new_take_and_the_last_one_counts() -> None:
    plan = practice_plan(CONFLICT, WEAKNESS)
    replies = [again("Well, it was"), again(), "We quarrelled.", "", "The one about the conflict."]
    assert transcript(interview(plan), replies) == [
        "say Welcome. 2 questions.",
        "ask conflict: Tell me about a conflict.",
        "say From the beginning.",
        "ask conflict: Tell me about a conflict.",
        "say From the beginning.",
        "ask conflict: Tell me about a conflict.",
        "say 1 minute 24 seconds, after 2 seconds of thought. 142 words a minute.",
        "ask weakness: What is your greatest weakness?",
        "say We leave that one.",
        "say Let us look back.",
        "ask again: Which one would you take again?",
        "keep question unhappy from turn 3: Tell me about a conflict.",
        "say Goodbye.",
    ]


def test_a_new_take_is_shown_and_not_read_aloud_once_more() -> None:
    script = interview(practice_plan(CONFLICT))
    next(script)
    first = next(script)
    assert first == Ask("conflict", "Tell me about a conflict.", "interview")
    assert script.send(again("Well.")) == Say("From the beginning.")
    assert next(script) == Ask("conflict", "Tell me about a conflict.", "interview", take=2, again=True)


def test_a_new_take_left_unanswered_is_skipped_and_one_stopped_stops() -> None:
    plan = practice_plan(CONFLICT)
    assert transcript(interview(plan), [again("Well."), ""])[-2:] == [
        "say We leave that one.",
        "say Goodbye.",
    ]
    assert transcript(interview(plan), [again("Well."), stop()])[-1] == "say We stop here."


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (["Leave earlier."], "say Last time you wanted to do this: Leave earlier."),
        (["Leave earlier.", "Eat."], "say Last time you wanted to do these: Leave earlier; Eat."),
        (["A", "B", "C", "D"], "say Last time you wanted to do these: A; B; C."),
    ],
)
def test_what_earlier_debriefs_wanted_done_is_read_back_at_the_start(texts: list[str], line: str) -> None:
    actions = tuple(OpenAction(text, "2026-03-05", 3, n) for n, text in enumerate(texts))
    plan = replace(practice_plan(CONFLICT, look_back=False), history=History(actions=actions))
    assert transcript(interview(plan), ["We quarrelled."])[1] == line


def test_what_is_to_be_left_with_the_panel_is_said_at_the_start_and_private() -> None:
    history = History(messages=("I ship early.", "I listen"))
    script = interview(replace(practice_plan(CONFLICT, look_back=False), history=history))
    next(script)
    assert next(script) == Say("To remember: I ship early; I listen.", fixed=False, private=True)


def test_the_persons_own_actions_are_private() -> None:
    plan = practice_plan(CONFLICT, look_back=False)
    plan = replace(plan, history=History(actions=(OpenAction("Eat.", "2026-03-05", 3, 1),)))
    script = interview(plan)
    next(script)
    said = next(script)
    assert isinstance(said, Say)
    assert (said.private, said.fixed) == (True, False)
