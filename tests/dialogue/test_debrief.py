"""The debrief, step by step, as lists of what is said, asked and kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogue.shipped import WORDS, debrief_plan, phrases
from dialogue.transcripts import Reply, stop, transcript
from greenroom.dialogue.acts import Ask, Heard, Keep, Say, Script
from greenroom.dialogue.debrief import debrief, real_debrief
from greenroom.dialogue.packs import DebriefScript
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.steps import Step
from greenroom.dialogue.talk import Answered
from greenroom.types import Item


def run(*replies: Reply) -> list[str]:
    return transcript(real_debrief(debrief_plan()), replies)


def which(*replies: Reply) -> list[str]:
    """A look back on two answers; only its own lines."""
    script = DebriefScript("w", "W", "en", (Step("again", "which", "Which one again?", "question"),))
    plan = Plan("practice", WORDS, phrases(), debrief=script)
    answered = [Answered("Tell me about a conflict.", 3), Answered("What is your weakness?", 4)]

    def only_this() -> Script:
        yield from debrief(plan, answered)

    return transcript(only_this(), replies)


def test_a_debrief_from_feelings_to_what_went_well() -> None:
    assert run("Shaky.", "About the gap.", "No.", "About money.", "Yes!", "That's all.", "I smiled.") == [
        "say Take your time.",
        "ask feeling: How did it feel?",
        "keep feeling after from turn 1: Shaky.",
        "ask question: Which questions did they ask?",
        "ask happy: Were you happy with it?",
        "keep question unhappy from turn 2: About the gap.",
        "ask question: Which other one?",
        "ask happy: Were you happy with it?",
        "keep question happy from turn 4: About money.",
        "ask question: Which other one?",
        "ask went-well: What went well?",
        "keep success from turn 7: I smiled.",
        "say Thank you.",
    ]


def test_thats_all_at_the_end_of_a_reply_keeps_it_and_asks_for_no_more() -> None:
    assert run("Fine.", "They asked about money, and that's all.", "Yes.", "I smiled.")[3:] == [
        "ask question: Which questions did they ask?",
        "ask happy: Were you happy with it?",
        "keep question happy from turn 2: They asked about money",
        "ask went-well: What went well?",
        "keep success from turn 4: I smiled.",
        "say Thank you.",
    ]


@pytest.mark.parametrize(
    "reply", ["That's all.", "That's all, thank you.", "None.", "Nothing else.", "Um.", ""]
)
def test_no_question_told_at_all(reply: str) -> None:
    assert run("Fine.", reply, "I smiled.")[3:] == [
        "ask question: Which questions did they ask?",
        "ask went-well: What went well?",
        "keep success from turn 3: I smiled.",
        "say Thank you.",
    ]


def test_nothing_told_to_an_open_prompt_is_answered_kindly_and_kept() -> None:
    assert run("", "That's all.", "Nothing, really.") == [
        "say Take your time.",
        "ask feeling: How did it feel?",
        "ask question: Which questions did they ask?",
        "ask went-well: What went well?",
        "say Then let me name one: you went.",
        "keep success from turn 3: I went.",
        "say Thank you.",
    ]


def test_a_reply_that_is_neither_yes_nor_no_is_asked_about_once_more_and_then_noted_as_spoken() -> None:
    assert run("Fine.", "About money.", "It depends.", "Well, you know.", "That's all.", "I smiled.")[
        3:9
    ] == [
        "ask question: Which questions did they ask?",
        "ask happy: Were you happy with it?",
        "ask happy: Was that a yes or a no?",
        "keep note happy from turn 4: Well, you know.",
        "keep question from turn 2: About money.",
        "ask question: Which other one?",
    ]


def test_who_does_not_know_twice_is_noted_nowhere() -> None:
    lines = run("Fine.", "About money.", "I don't know.", "No idea.", "That's all.", "I smiled.")
    assert [line for line in lines if line.startswith("keep note")] == []


def test_a_skipped_yes_or_no_is_left_open_at_once() -> None:
    assert run("Fine.", "About money.", "", "That's all.", "I smiled.")[4:7] == [
        "ask happy: Were you happy with it?",
        "keep question from turn 2: About money.",
        "ask question: Which other one?",
    ]


@pytest.mark.parametrize(
    ("replies", "ends"),
    [
        ([stop()], ["ask feeling: How did it feel?", "say We stop here."]),
        (
            [stop("Shaky, and")],
            [
                "ask feeling: How did it feel?",
                "say We stop here.",
            ],
        ),
        (["Fine.", stop()], ["ask question: Which questions did they ask?", "say We stop here."]),
        (
            ["Fine.", stop("About the")],
            [
                "ask question: Which questions did they ask?",
                "say We stop here.",
            ],
        ),
        (
            ["Fine.", "About money.", stop()],
            [
                "ask happy: Were you happy with it?",
                "say We stop here.",
            ],
        ),
        (
            ["Fine.", "About money.", "Hm, maybe.", stop()],
            [
                "ask happy: Was that a yes or a no?",
                "say We stop here.",
            ],
        ),
        (["Fine.", "None.", stop()], ["ask went-well: What went well?", "say We stop here."]),
    ],
)
def test_stop_ends_it_at_any_prompt_whose_item_waits_for_the_resume(
    replies: list[Reply], ends: list[str]
) -> None:
    """The words of the reply are in its turn all the same."""
    assert run(*replies)[-len(ends) :] == ends


def test_a_reply_whose_words_are_not_there_yet_does_not_end_the_questions() -> None:
    later = Heard(0, "recorded")
    assert run(later, later, "About money.", "No.", "That's all.", later) == [
        "say Take your time.",
        "ask feeling: How did it feel?",
        "ask question: Which questions did they ask?",
        "ask question: Which other one?",
        "ask happy: Were you happy with it?",
        "keep question unhappy from turn 3: About money.",
        "ask question: Which other one?",
        "ask went-well: What went well?",
        "say Thank you.",
    ]


def test_a_script_says_how_many_things_it_asks_for_at_most() -> None:
    script = DebriefScript("m", "M", "en", (Step("thing", "each", "Which?", "right", most=2),))
    plan = Plan("debrief", WORDS, phrases(), debrief=script, phase="first")
    assert transcript(real_debrief(plan), ["One thing.", "Another."]) == [
        "ask thing: Which?",
        "keep right from turn 1: One thing.",
        "ask thing: Which?",
        "keep right from turn 2: Another.",
    ]


@pytest.mark.parametrize(
    ("reply", "kept"),
    [
        ("The second one.", "keep question unhappy from turn 4: What is your weakness?"),
        ("The one about the conflict.", "keep question unhappy from turn 3: Tell me about a conflict."),
        (
            "The one with the long silence.",
            "keep question unhappy from turn 1: The one with the long silence.",
        ),
    ],
)
def test_which_answer_again(reply: str, kept: str) -> None:
    assert which(reply) == ["ask again: Which one again?", kept]


@pytest.mark.parametrize("reply", ["", "None.", "I don't know.", Heard(0, "recorded")])
def test_which_answer_again_can_be_left_open(reply: Reply) -> None:
    assert which(reply) == ["ask again: Which one again?"]


def test_private_prompts_are_marked_and_items_know_their_moment() -> None:
    script = real_debrief(debrief_plan())
    assert next(script) == Say("Take your time.")
    assert next(script) == Ask("feeling", "How did it feel?", "debrief", phase="first", private=True)
    kept = script.send(Heard(1, "answered", "Shaky.", first_word_s=1.5))
    assert kept == Keep(Item("feeling", "Shaky.", name="after", turn=1, at_s=1.5), "feeling-1")
    assert next(script) == Ask(
        "question",
        "Which questions did they ask?",
        "debrief",
        phase="first",
        hint="Say “that's all” when there are no more.",
        expects="that-is-all",
    )


def test_what_is_said_about_a_private_prompt_is_private_too() -> None:
    step = Step("s", "open", "What went well?", "success", private=True, nothing="You went.")
    plan = Plan("debrief", WORDS, phrases(), debrief=DebriefScript("d", "D", "en", (step,)), phase="first")
    script = real_debrief(plan)
    next(script)
    assert script.send(Heard(1, "skipped")) == Say("You went.", private=True)


def again(text: str) -> Heard:
    return Heard(0, "answered", text, command="again")


def test_items_come_from_the_last_take_alone() -> None:
    assert run(
        again("Shaky, no."),
        "Calm.",
        again("About the"),
        "About money.",
        again("No."),
        "Yes.",
        again("There was"),
        "That's all.",
        again("I don't know."),
        "I smiled.",
    ) == [
        "say Take your time.",
        "ask feeling: How did it feel?",
        "say From the beginning.",
        "ask feeling: How did it feel?",
        "keep feeling after from turn 2: Calm.",
        "ask question: Which questions did they ask?",
        "say From the beginning.",
        "ask question: Which questions did they ask?",
        "ask happy: Were you happy with it?",
        "say From the beginning.",
        "ask happy: Were you happy with it?",
        "keep question happy from turn 4: About money.",
        "ask question: Which other one?",
        "say From the beginning.",
        "ask question: Which other one?",
        "ask went-well: What went well?",
        "say From the beginning.",
        "ask went-well: What went well?",
        "keep success from turn 10: I smiled.",
        "say Thank you.",
    ]


def test_a_new_take_of_a_private_prompt_is_private_too_and_keeps_its_hint() -> None:
    script = real_debrief(debrief_plan())
    next(script)
    feeling = next(script)
    assert script.send(again("Shaky.")) == Say("From the beginning.", private=True)
    assert next(script) == replace(feeling, take=2, again=True)
    script.send(Heard(2, "skipped"))
    script.send(again("About."))
    take = next(script)
    assert isinstance(take, Ask)
    assert (take.prompt_id, take.take, take.hint) == (
        "question",
        2,
        "Say “that's all” when there are no more.",
    )


def test_which_answer_again_can_be_said_anew() -> None:
    assert which(again("The first"), "The second one.") == [
        "ask again: Which one again?",
        "say From the beginning.",
        "ask again: Which one again?",
        "keep question unhappy from turn 4: What is your weakness?",
    ]
