"""Who wants to harm themselves is heard; who only talks the way people talk of interviews is left in peace.

The sentences are in tests/dialogue/danger, with how they were gathered and what was measured on which.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue.shipped import PROMPTS
from greenroom.dialogue.danger import danger_in, denies, is_sure

SENTENCES = Path(__file__).parent / "danger"


def told(kind: str) -> list[str]:
    """All sentences of a kind, "sure", "unsure" or "harmless"."""
    lines = [
        line for file in sorted(SENTENCES.glob("*.txt")) for line in file.read_text("utf-8").splitlines()
    ]
    return [text for line in lines for name, text in [line.split("|", 1)] if name == kind]


def heard_as(text: str) -> str:
    return danger_in(text) or "harmless"


@pytest.mark.parametrize("kind", ["sure", "unsure", "harmless"])
def test_every_sentence_is_heard_as_what_it_is(kind: str) -> None:
    assert [text for text in told(kind) if heard_as(text) != kind] == []


def test_what_is_sure_is_sure_at_first_sight_as_well() -> None:
    sentences = [text for kind in ("sure", "unsure", "harmless") for text in told(kind)]
    assert [text for text in sentences if is_sure(text) != (danger_in(text) == "sure")] == []


@pytest.mark.parametrize(
    "text",
    [
        "I will drive off the bridge.",
        "I want to steer into a tree.",
        "I'm going to jump off a bridge.",
        "I want to step out of the window.",
        "I want to walk in front of a bus.",
        "I want to run into the traffic.",
        "I will lie down on the tracks.",
        "I want to swallow a bottle of tablets.",
        "I decided to take an overdose.",
        "I'm cutting my wrists.",
        "I burned my legs on purpose.",
        "I self-harm.",
        "I want to, um, just end it all.",
        "I want to never have been born.",
        "I want to go to sleep forever.",
        "I wish to cease to exist.",
        "It's not worth living.",
    ],
)
def test_whatever_makes_it_sure_is_seen_at_first_sight(text: str) -> None:
    assert danger_in(text) == "sure"
    assert is_sure(text)


def test_there_are_enough_sentences_each_way_and_none_twice() -> None:
    sentences = {kind: told(kind) for kind in ("sure", "unsure", "harmless")}
    alarming, harmless = sentences["sure"] + sentences["unsure"], sentences["harmless"]
    assert (len(alarming) >= 80, len(harmless) >= 120) == (True, True)
    assert len(set(alarming + harmless)) == len(alarming + harmless)


def test_nothing_that_the_program_itself_says_or_offers_is_an_alarm() -> None:
    lines = [line for file in PROMPTS.rglob("*.toml") for line in file.read_text("utf-8").splitlines()]
    own = ("crisis", "#", "who =", "source =")  # these speak of it
    assert [line for line in lines if not line.startswith(own) and danger_in(line)] == []


@pytest.mark.parametrize(
    "text",
    [
        "um i just like you know i want to die",
        "I WANT TO DIE!",
        "I... I want to die.",
        "I'm fine. It was okay. I wanna die, though.",
        "That question killed me. And honestly, I want to die.",
        "So I’ve been thinking about, um, killing myself.",
        "dont want to live anymore",
    ],
)
def test_it_is_heard_however_it_is_written_down(text: str) -> None:
    assert danger_in(text) == "sure"


@pytest.mark.parametrize(
    ("sure", "unsure"),
    [
        ("I have suicidal thoughts.", "Years ago I had suicidal thoughts, and therapy helped."),
        ("I want to kill myself.", "When I was a student I wanted to kill myself."),
        ("I harm myself. I self-harm every day.", "I used to self-harm."),
    ],
)
def test_what_lies_in_the_past_is_asked_about(sure: str, unsure: str) -> None:
    assert (danger_in(sure), danger_in(unsure)) == ("sure", "unsure")


def test_what_is_told_of_the_past_does_not_hide_what_is_said_of_today() -> None:
    assert danger_in("I used to think it was a phase. I want to kill myself.") == "sure"
    assert danger_in("I used to hurt myself, and I want to hurt myself again.") == "sure"


def test_what_is_told_of_others_is_no_alarm() -> None:
    assert danger_in("My brother is suicidal, so I was distracted.") is None
    assert danger_in("A caller said that she wants to die, and I stayed on the line.") is None


def test_a_denial_is_no_alarm_unless_a_but_follows() -> None:
    assert danger_in("I don't want to die.") is None
    assert danger_in("I don't want to die, but sometimes I think it would be simpler.") == "unsure"


def test_a_long_story_is_searched_to_its_end() -> None:
    story = "They asked about my last job, and I said that we shipped it on time. " * 100
    assert danger_in(story) is None
    assert danger_in(f"{story} And then I thought that everyone would be better off without me.") == "unsure"


@pytest.mark.parametrize("words", ["gun i", "if i get again", "not no the pills"])
def test_a_recogniser_that_is_stuck_on_a_few_words_holds_nothing_up(words: str) -> None:
    assert danger_in(f"{words} " * 1_000) is None


NO = [
    *(
        "No.",
        "no",
        "Um, no.",
        "Nope, not at all.",
        "God, no.",
        "No no no.",
        "Nah, I'm good.",
        "Never.",
        "Neither.",
    ),
    *("Not at all.", "Of course not.", "Absolutely not.", "I am not.", "Of course I'm not.", "No, I'm sure."),
    *("No no, I just meant the interview.", "It was just a figure of speech.", "I didn't mean it like that."),
    *("I'm fine, really.", "No, I'm okay.", "No, just tired.", "Oh no, sorry, I was only joking."),
    *("No, thank you for asking.", "No, but thank you.", "No, don't worry.", "No, it was a hard day."),
    *("No, I would never do that.", "No, I'm not suicidal.", "No, I don't want to die.", "Neither of those."),
    *("I'm not thinking of that.", "No, not thinking about it at all.", "No, nothing like that."),
]
NOT_A_CLEAR_NO = [
    *(
        "Yes.",
        "Yeah.",
        "I am.",
        "I have.",
        "A bit.",
        "Maybe.",
        "Sometimes.",
        "I guess not.",
        "I suppose not.",
    ),
    *("Not really.", "Not right now.", "Not today.", "Not any more.", "Not seriously.", "No, not yet."),
    *(
        "No, not really.",
        "No, not tonight.",
        "No. Well, yes.",
        "No. I don't know.",
        "No, but I think about it.",
    ),
    *(
        "I don't think so.",
        "I don't know.",
        "I'm not sure.",
        "No idea.",
        "Hm.",
        "",
        "Now.",
        "It doesn't matter.",
    ),
    *("Why do you ask?", "I'd rather not say.", "Who cares.", "No one would care.", "I wouldn't do it."),
    *("No, I'm too scared.", "No, I just wish I were gone.", "No way out.", "No reason to live."),
    *("No, only of ending my life.", "Not thinking, planning.", "There's no point in answering."),
]


@pytest.mark.parametrize("reply", NO)
def test_a_clear_no_is_a_no(reply: str) -> None:
    assert denies(reply)


@pytest.mark.parametrize("reply", NOT_A_CLEAR_NO)
def test_everything_else_is_none(reply: str) -> None:
    assert not denies(reply)
