"""Words that may mean it are asked about once, kindly; only a clear no lets the debrief go on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dialogue.shipped import CONFLICT, debrief_plan, practice_plan, shipped_plan
from dialogue.transcripts import Reply, heard, stop, transcript
from greenroom.dialogue.acts import Act, Ask, Heard, Say
from greenroom.dialogue.care import ASKED_AT_MOST
from greenroom.dialogue.crisis import HelpLine
from greenroom.dialogue.debrief import real_debrief
from greenroom.dialogue.interview import interview
from greenroom.dialogue.log import act_entry, heard_entry, replay, script_of
from greenroom.dialogue.plan import Plan

LINE = HelpLine("GB", "Samaritans", "116 123", "at any hour", "https://example.org", "2026-01-01")
VEILED = "Honestly, everyone would be better off without me."
DANGER = "I want to kill myself."
CHECK = "ask crisis-check: Are you thinking of harming yourself?"
HELP = ["say I am a program. Talk to a person now.", "say The emergency services, or a person you trust."]
CHOICE = "ask crisis: Stop, or go on?"


def run(*replies: Reply, plan: Plan | None = None) -> list[str]:
    return transcript(real_debrief(plan or debrief_plan()), replies)


@pytest.mark.parametrize("no", ["No.", "No, I just meant the interview.", "God, no.", "I'm fine, really."])
def test_a_no_goes_on_where_it_was_and_the_words_stay(no: str) -> None:
    assert run(VEILED, no, "None.", "I smiled.")[1:] == [
        "ask feeling: How did it feel?",
        CHECK,
        "say Good to know.",
        f"keep feeling after from turn 1: {VEILED}",
        "ask question: Which questions did they ask?",
        "ask went-well: What went well?",
        "keep success from turn 4: I smiled.",
        "say Thank you.",
    ]


@pytest.mark.parametrize(
    "reply", ["Yes.", "", "Hm.", "Not really.", "I don't know.", DANGER, "No. Well, yes."]
)
def test_a_yes_silence_and_whatever_is_not_a_clear_no_are_taken_for_a_yes(reply: str) -> None:
    assert run(VEILED, reply, "stop")[2:] == [CHECK, *HELP, CHOICE, "say We leave it here."]


def test_words_that_are_not_there_yet_are_no_no() -> None:
    assert run(VEILED, Heard(0, "recorded"), "stop")[2:5] == [CHECK, *HELP]


def test_who_wants_to_go_on_after_a_yes_goes_on_where_they_were() -> None:
    assert run(VEILED, "Yes.", "I'd like to go on.", "None.", "")[5:8] == [
        CHOICE,
        "say We go on.",
        "ask question: Which questions did they ask?",
    ]


def test_i_cannot_go_on_is_no_wish_to_go_on() -> None:
    assert run(DANGER, "I can't go on.")[4:] == [CHOICE, "say We leave it here."]
    assert run(DANGER, "Go on? I want to disappear for ever.", "Stop.")[4:] == [
        CHOICE,
        CHOICE,
        "say We leave it here.",
    ]


def test_an_unmistakable_statement_is_not_asked_about() -> None:
    assert CHECK not in run(DANGER, "stop")


def test_who_stops_while_saying_it_cannot_be_asked_and_hears_where_help_is_found() -> None:
    assert run(stop(VEILED))[2:] == [*HELP, "say We stop here."]


def test_who_stops_instead_of_answering_hears_where_help_is_found_and_stops() -> None:
    assert run(VEILED, stop())[2:] == [CHECK, *HELP, "say We leave it here."]


@pytest.mark.parametrize("again", ["Pardon?", Heard(0, "answered", command="again")])
def test_the_question_is_said_once_more_on_request_and_not_for_ever(again: Reply) -> None:
    assert run(VEILED, again, "No.", "None.", "")[2:5] == [CHECK, CHECK, "say Good to know."]
    assert run(VEILED, again, again, "stop")[2:6] == [CHECK, CHECK, *HELP]


def test_who_said_no_twice_is_not_asked_again_but_an_unmistakable_word_is_always_heard() -> None:
    more = ["About money.", VEILED, "No.", VEILED, "No.", VEILED, DANGER, "stop"]
    lines = run("Shaky.", *more)
    assert (lines.count(CHECK), ASKED_AT_MOST) == (2, 2)
    assert lines[-4:] == [*HELP, CHOICE, "say We leave it here."]


def test_a_helpline_of_the_country_is_named_and_the_emergency_services_in_any_case() -> None:
    lines = run(VEILED, "Yes.", "stop", plan=replace(debrief_plan(), help=(LINE,)))
    assert lines[3:6] == [
        "say I am a program. Talk to a person now.",
        "say Samaritans: 116 123, at any hour.",
        "say The emergency services, or a person you trust.",
    ]


def test_the_look_back_after_a_rehearsal_asks_too() -> None:
    lines = transcript(interview(practice_plan(CONFLICT)), ["We quarrelled.", VEILED, "No."])
    assert lines[-4:-1] == [CHECK, "say Good to know.", f"keep question unhappy from turn 2: {VEILED}"]


def test_going_back_behind_it_asks_the_same_prompt_again_and_checks_again() -> None:
    assert run(VEILED, "No.", "go back", "Calm.", "None.", "")[2:9] == [
        CHECK,
        "say Good to know.",
        f"keep feeling after from turn 1: {VEILED}",
        "ask question: Which questions did they ask?",
        "say One back.",
        "take back 1",
        "ask feeling: How did it feel?",
    ]


def late(text: str) -> Heard:
    return Heard(0, "answered", text, elapsed_s=700.0)


def test_not_wanting_to_go_on_when_the_time_is_over_is_a_choice() -> None:
    lines = run(late("Shaky."), "I don't want to go on.")
    assert lines[3:6] == [
        "ask time-over: 10 minutes are over. Close, or go on?",
        "say To a close.",
        "say Thank you.",
    ]


def test_more_than_a_choice_is_asked_about_then_too() -> None:
    lines = run(
        late("Shaky."), "I don't want to go on any more, I want to disappear for ever.", "Yes.", "stop"
    )
    assert lines[4:] == [CHECK, *HELP, CHOICE, "say We leave it here."]


def test_all_of_it_is_private() -> None:
    script = real_debrief(debrief_plan())
    next(script)
    next(script)
    acts: list[Act] = [script.send(heard(1, VEILED)), script.send(heard(2, "Yes."))]
    acts += [next(script), next(script)]
    assert [isinstance(act, Ask) for act in acts] == [True, False, False, True]
    assert all(act.private for act in acts if isinstance(act, Say | Ask))


@pytest.mark.parametrize("replies", [[VEILED, "No.", "None."], [VEILED, "Yes.", "Go on.", "None."]])
def test_an_interrupted_debrief_goes_on_at_any_act_of_it(replies: list[str]) -> None:
    plan = debrief_plan()
    script, waiting, log, acts = script_of(plan), list(replies), [], []
    act: Act | None = next(script)
    while act is not None and (waiting or not isinstance(act, Ask)):
        acts.append(act)
        log.append(act_entry(act, turn=len(log)))
        reply = None
        if isinstance(act, Ask):
            reply = heard(len(log), waiting.pop(0))
            log.append(heard_entry(reply))
        act = script.send(reply)
    stored = json.loads(json.dumps(log))
    for length in range(1, len(stored) + 1):
        told = sum(entry["entry"] != "heard" for entry in stored[:length])
        replayed = replay(script_of(plan), stored[:length])
        waits = stored[length - 1]["entry"] == "ask"
        expected = [*acts, act][told - 1 if waits else told]
        assert (replayed.act, replayed.fits) == (expected, True)


def test_what_is_shipped_asks_plainly_and_names_nothing_that_is_not_known() -> None:
    lines = transcript(real_debrief(shipped_plan("debrief")), ["Acme.", VEILED, "Yes.", "Stop."])
    assert lines[3:] == [
        "ask recall: Tell me how it went. Start anywhere, I will just listen.",
        "ask crisis-check: I want to be sure I understand you. Are you thinking of harming yourself, or of"
        " ending your life?",
        "say Thank you for saying it. I am only a program, and this is worth more than I can give. Please"
        " talk to a person now; you do not have to be alone with it.",
        "say Wherever you are: if you are in danger, call the emergency services. And call a person you"
        " trust, now, and tell them what you told me.",
        "ask crisis: The interview can wait. Would you like to stop here, or go on?",
        "say Then we stop here. All you said stays with you. Please call somebody now.",
    ]
