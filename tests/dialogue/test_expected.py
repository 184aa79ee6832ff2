"""Which short replies are whole as they stand, by what was asked; and what the quick ear is told of them."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.shipped import phrases
from greenroom.dialogue.acts import Expects
from greenroom.dialogue.expected import NUMBERS, command_in, hotwords, is_expected, is_whole

KINDS: tuple[Expects, ...] = get_args(Expects)

WHOLE: dict[Expects, tuple[str, ...]] = {
    "yes-no": (
        *("Yes.", "No.", "Yeah.", "Yes, I was.", "No, I wasn't.", "Not really.", "Um, yes.", "Yes, mostly."),
        *("Happy.", "Not happy.", "No, thanks.", "Of course not.", "I was happy with it.", "Go back."),
    ),
    "number": (
        *(
            "A six.",
            "Six",
            "6",
            "Six out of ten.",
            "7/10",
            "I'd say a solid seven.",
            "Ten.",
            "To.",
            "Um, ten.",
        ),
        *("Zero.", "Six, I think.", "Six and a half.", "Six. No, seven.", "Go back."),
    ),
    "check": ("Yes.", "No.", "That's right.", "No, a ten.", "Two."),
    "word": ("Shaky.", "Quite shaky.", "Fine.", "Relieved", "Not good."),
    "that-is-all": ("That's all.", "That's it, thank you.", "No more questions.", "No, that's all."),
    "one": ("The first one.", "Two.", "The last one.", "None.", "Number three."),
    "some": (
        "Two and four.",
        "The first and the last.",
        "All of them.",
        "None.",
        "Only two.",
        "Numbers 2 and 3.",
    ),
    "whose": ("Mine.", "Mostly mine.", "Theirs.", "Both.", "I think mine.", "A bit of both."),
    "close-or-on": ("Go on.", "Let's close.", "Yes.", "A bit more.", "Let's stop here.", "Stop the debrief."),
    "grade": ("Good.", "Not yet.", "Hard, I think.", "Easy.", "Yes.", "It went well.", "Again."),
}
GOES_ON: dict[Expects, tuple[str, ...]] = {
    "yes-no": (
        *(
            "Yes, but",
            "Yes, and",
            "No, because",
            "Yes...",
            "Not",
            "I did",
            "I don't",
            "I was",
            "I don't know.",
        ),
        *("Maybe.", "Yes. No.", "Yes, it was about the budget.", "Right.", "Okay.", "Um.", "No, it was"),
    ),
    "number": (
        *(
            "Maybe six.",
            "Maybe",
            "Six or",
            "Six or seven.",
            "Six...",
            "Six, because",
            "Between five and six.",
        ),
        *(
            "Six, no,",
            "Six to",
            "Six and",
            "It was hard.",
            "I don't know.",
            "Five minutes.",
            "Six out of",
            "A",
        ),
    ),
    "check": ("No, it was", "Maybe two.", "I think"),
    "word": (
        "Not",
        "A bit",
        "Kind of",
        "Calm and",
        "Maybe.",
        "I don't know.",
        "Tired...",
        "It was all good.",
        "Um.",
    ),
    "that-is-all": ("They asked about money.", "That's all about", "No.", "That's", "They asked, and"),
    "one": ("The", "The one about conflict.", "The first and", "Hm."),
    "some": ("Two.", "Two, three.", "One, three and", "The first", "Hm."),
    "whose": ("They were", "I was", "Mine and", "They were rude."),
    "close-or-on": ("Go on with", "I'd like to", "Hm."),
    "grade": ("It was", "Good but", "Not", "Hm.", "I would call it good if"),
}
"""Who says this may have more to say, or must be given the time to find it."""


@pytest.mark.parametrize(("expects", "text"), [(kind, text) for kind in KINDS for text in WHOLE[kind]])
def test_a_reply_that_is_whole_as_it_stands(expects: Expects, text: str) -> None:
    assert is_whole(text, expects, phrases())


@pytest.mark.parametrize(("expects", "text"), [(kind, text) for kind in KINDS for text in GOES_ON[kind]])
def test_a_reply_that_may_go_on(expects: Expects, text: str) -> None:
    assert not is_whole(text, expects, phrases())


def test_to_an_open_question_nothing_is_whole() -> None:
    for text in (text for texts in WHOLE.values() for text in texts):
        assert not is_whole(text, None, phrases()), text


@pytest.mark.parametrize("text", ["Yes.", "um, that's all", "not really,", "Nothing.", "Go back.", "Go on."])
def test_a_whole_reply_that_is_in_the_book_is_expected_where_anything_may_be_said(text: str) -> None:
    assert is_expected(text, None, phrases())


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("Yes.", {"yes-no", "check", "close-or-on", "grade"}),
        ("No, thank you.", {"yes-no", "check", "close-or-on", "that-is-all", "one", "some"}),
        ("That's all, I think.", {"that-is-all", "close-or-on"}),
        ("Carry on, please.", {"close-or-on"}),
        ("Six.", {"number", "check", "one", "some"}),
        ("Go back.", set(KINDS)),
    ],
)
def test_elsewhere_a_reply_is_expected_where_it_is_one(text: str, expects: set[Expects]) -> None:
    """A "that's it" where a number was asked for is more likely a "that's eight", misheard."""
    assert {kind for kind in KINDS if is_expected(text, kind, phrases())} == expects


@pytest.mark.parametrize("text", ["They asked about money.", "Yes, and then they laughed.", "", "Um."])
@pytest.mark.parametrize("expects", [None, *KINDS])
def test_any_other_reply_is_not(expects: Expects | None, text: str) -> None:
    assert not is_expected(text, expects, phrases())


@pytest.mark.parametrize(
    "text", ["A six.", "Six out of ten.", "Maybe six or seven.", "I'd say a solid seven."]
)
def test_a_number_is_expected_where_one_is_asked_for(text: str) -> None:
    assert is_expected(text, "number", phrases())
    assert is_expected(text, "check", phrases())
    assert not is_expected(text, "word", phrases())  # "tense" sounds like "ten"
    assert not is_expected(text, None, phrases())


def test_places_are_expected_where_they_are_asked_for() -> None:
    assert is_expected("Two and four.", "some", phrases())
    assert is_expected("The first one.", "one", phrases())
    assert not is_expected("Two and four.", None, phrases())


@pytest.mark.parametrize(
    ("text", "expects", "command"),
    [
        ("Say that again.", "number", "repeat"),
        ("Skip.", "yes-no", "skip"),
        ("Stop the debrief.", "yes-no", "stop"),
        ("Stop the debrief.", None, "stop"),
        ("Let's stop here.", "close-or-on", None),
        ("Skip.", "close-or-on", "skip"),
        ("Six.", "number", None),
    ],
)
def test_to_whether_to_stop_a_stop_is_the_reply(
    text: str, expects: Expects | None, command: str | None
) -> None:
    assert command_in(text, expects, phrases()) == command


def test_numbers_are_among_the_words_to_expect_only_where_they_are() -> None:
    for expects in (None, *KINDS):
        line = hotwords(phrases(), expects).split(", ")
        assert (line[-4:] == ["not yet", "hard", "good", "easy"]) is (expects == "grade")
        assert set(NUMBERS).issubset(line) is (expects in ("number", "check", "one", "some"))
        assert {"yes", "no", "that's all", "go back", "skip this one"} <= set(line)
        assert len(" ".join(line).split()) <= 150


PIECES = [text for texts in (*WHOLE.values(), *GOES_ON.values()) for text in texts]


@given(st.lists(st.sampled_from(PIECES), max_size=4), st.text(max_size=20), st.sampled_from([None, *KINDS]))
def test_any_text_is_judged(pieces: list[str], more: str, expects: Expects | None) -> None:
    text = " ".join([*pieces, more])
    assert is_whole(text, expects, phrases()) in (True, False)
    assert is_expected(text, expects, phrases()) in (True, False)
