"""What holds at every prompt of a debrief: go back, say that again, skip, and a person in danger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogue.shipped import CONFLICT, WORDS, debrief_plan, practice_plan
from dialogue.transcripts import Reply, heard, stop, transcript
from greenroom.dialogue.acts import Act, Ask, Heard, Keep, Say, TakeBack
from greenroom.dialogue.conversation import REPEATS_AT_MOST
from greenroom.dialogue.crisis import HelpLine
from greenroom.dialogue.debrief import real_debrief
from greenroom.dialogue.interview import interview
from greenroom.dialogue.plan import Plan

LINE = HelpLine("GB", "Samaritans", "116 123", "at any hour", "https://example.org", "2026-01-01")
DANGER = "I want to kill myself."


def run(*replies: Reply, plan: Plan | None = None) -> list[str]:
    return transcript(real_debrief(plan or debrief_plan()), replies)


def test_go_back_asks_the_prompt_before_again_and_takes_back_what_was_kept() -> None:
    assert run("Shaky.", "Go back, please.", "Calm.", "None.", "I smiled.") == [
        "say Take your time.",
        "ask feeling: How did it feel?",
        "keep feeling after from turn 1: Shaky.",
        "ask question: Which questions did they ask?",
        "say One back.",
        "take back 1",
        "ask feeling: How did it feel?",
        "keep feeling after from turn 3: Calm.",
        "ask question: Which questions did they ask?",
        "ask went-well: What went well?",
        "keep success from turn 5: I smiled.",
        "say Thank you.",
    ]


def test_go_back_twice_goes_two_prompts_back() -> None:
    lines = run("Shaky.", "About money.", "go back", "go back", "Calm.", "That's all.", "I smiled.")
    assert lines[2:9] == [
        "keep feeling after from turn 1: Shaky.",
        "ask question: Which questions did they ask?",
        "ask happy: Were you happy with it?",
        "say One back.",
        "ask question: Which questions did they ask?",
        "say One back.",
        "take back 1",
    ]
    assert [line for line in lines[9:] if line.startswith("keep")] == [
        "keep feeling after from turn 5: Calm.",
        "keep success from turn 7: I smiled.",
    ]


def test_go_back_at_the_first_prompt_asks_it_again() -> None:
    assert run("Can we go back?", "Calm.", "None.", "")[1:4] == [
        "ask feeling: How did it feel?",
        "say Nothing before this.",
        "ask feeling: How did it feel?",
    ]


def test_go_back_goes_behind_every_take_of_the_prompt_before() -> None:
    again = Heard(0, "answered", "Sha", command="again")
    lines = run(again, "Shaky.", "go back", "Calm.", "None.", "")
    assert lines[5:9] == [
        "ask question: Which questions did they ask?",
        "say One back.",
        "take back 1",
        "ask feeling: How did it feel?",
    ]


@pytest.mark.parametrize("reply", ["Say that again.", "Pardon?", "What was the question?"])
def test_a_prompt_is_said_again_on_request(reply: str) -> None:
    assert run(reply, "Calm.", "None.", "")[1:4] == [
        "ask feeling: How did it feel?",
        "ask feeling: How did it feel?",
        "keep feeling after from turn 2: Calm.",
    ]


def test_a_prompt_is_not_said_again_for_ever() -> None:
    lines = run(*["Pardon?"] * (REPEATS_AT_MOST + 1), "None.", "")
    assert lines.count("ask feeling: How did it feel?") == REPEATS_AT_MOST + 1
    assert "keep feeling" not in " ".join(lines)


@pytest.mark.parametrize("reply", ["Skip.", "Let's skip this one.", "Skip that, please."])
def test_a_typed_skip_leaves_the_prompt(reply: str) -> None:
    assert run(reply, "None.", "I smiled.")[1:3] == [
        "ask feeling: How did it feel?",
        "ask question: Which questions did they ask?",
    ]


def test_a_typed_wish_to_start_again_is_a_new_take() -> None:
    assert run("Let me start again.", "Calm.", "None.", "")[1:4] == [
        "ask feeling: How did it feel?",
        "say From the beginning.",
        "ask feeling: How did it feel?",
    ]


PROMPTS = [
    ([], "feeling"),
    (["Shaky."], "question"),
    (["Shaky.", "About money."], "happy"),
    (["Shaky.", "About money.", "Hm."], "happy"),
    (["Shaky.", "None."], "went-well"),
]


@pytest.mark.parametrize(("before", "prompt"), PROMPTS)
def test_who_wants_to_harm_themselves_is_met_at_any_prompt(before: list[str], prompt: str) -> None:
    plan = replace(debrief_plan(), help=(LINE,))
    lines = run(*before, DANGER, "I'd like to stop.", plan=plan)
    assert lines[-6].startswith(f"ask {prompt}: ")
    assert lines[-5:] == [
        "say I am a program. Talk to a person now.",
        "say Samaritans: 116 123, at any hour.",
        "say The emergency services, or a person you trust.",
        "ask crisis: Stop, or go on?",
        "say We leave it here.",
    ]


def test_without_a_helpline_it_is_the_emergency_services_and_a_person_one_trusts() -> None:
    assert run(DANGER, "stop")[2:] == [
        "say I am a program. Talk to a person now.",
        "say The emergency services, or a person you trust.",
        "ask crisis: Stop, or go on?",
        "say We leave it here.",
    ]


def test_who_wants_to_go_on_goes_on_behind_it_and_is_not_asked_about_their_words() -> None:
    assert run(DANGER, "Go on.", "None.", "I smiled.")[4:] == [
        "ask crisis: Stop, or go on?",
        "say We go on.",
        "ask question: Which questions did they ask?",
        "ask went-well: What went well?",
        "keep success from turn 4: I smiled.",
        "say Thank you.",
    ]


@pytest.mark.parametrize("unclear", ["", "Hm.", DANGER])
def test_what_is_neither_is_asked_once_more_and_then_it_stops(unclear: str) -> None:
    assert run(DANGER, unclear, unclear)[4:] == [
        "ask crisis: Stop, or go on?",
        "ask crisis: Stop, or go on?",
        "say We leave it here.",
    ]


def test_who_stops_while_saying_so_hears_where_help_is_found() -> None:
    assert run(stop(DANGER))[2:] == [
        "say I am a program. Talk to a person now.",
        "say The emergency services, or a person you trust.",
        "say We stop here.",
    ]


def test_the_look_back_after_a_rehearsal_listens_too() -> None:
    lines = transcript(interview(practice_plan(CONFLICT)), ["We quarrelled.", DANGER, "stop"])
    assert lines[-3:] == [
        "say The emergency services, or a person you trust.",
        "ask crisis: Stop, or go on?",
        "say We leave it here.",
    ]


def test_all_of_it_is_private() -> None:
    script = real_debrief(debrief_plan())
    next(script)
    next(script)
    acts: list[Act] = [script.send(heard(1, DANGER))]
    acts += [next(script), next(script)]
    assert all(act.private for act in acts if isinstance(act, Say | Ask))
    assert isinstance(acts[-1], Ask)


def test_going_back_names_how_much_is_taken_back() -> None:
    script = real_debrief(debrief_plan())
    next(script)
    next(script)
    assert isinstance(script.send(heard(1, "Shaky.")), Keep)
    next(script)
    assert script.send(heard(2, "go back")) == Say(WORDS.back)
    assert next(script) == TakeBack(1)
