"""What short replies mean, as a speech recogniser writes them down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.shipped import phrases
from greenroom.dialogue.phrases import (
    goes_back,
    normalised,
    one_of,
    says_nothing,
    says_thats_all,
    which_one,
    without_thats_all,
    yes_or_no,
)

QUESTIONS = [
    "Tell me about a conflict with a colleague.",
    "What is your greatest weakness?",
    "Why would you like to work for us in particular?",
]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Um, that's all.", "that's all"),
        ("That’s ALL!", "that's all"),
        ("  well… so, no ", "no"),
        ("Well, so, it went well.", "it went well"),
        ("I think so.", "i think so"),
        ("Um. Uh.", ""),
        ("", ""),
    ],
)
def test_replies_are_compared_without_case_punctuation_and_hesitations(text: str, plain: str) -> None:
    assert normalised(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "That's all.",
        "That is all.",
        "Um, that's it.",
        "That was all!",
        "No, that's all.",
        "No more.",
        "Nothing else.",
        "I think that's it.",
        "Done.",
        "That’s everything",
        "That's all, thank you.",
        "That's all. Thank you very much!",
        "That's it, thanks.",
        "No, I think that's all for now, thank you.",
        "That's about it, really.",
        "That's all I can think of.",
        "I guess that's everything.",
        "There's nothing else.",
        "And that's all.",
        "We're done.",
        "Those were all.",
        "I can't think of any more.",
    ],
)
def test_thats_all_said_alone(text: str) -> None:
    assert says_thats_all(text, phrases())
    assert without_thats_all(text, phrases()) == ("", True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They asked about money. That's all.", "They asked about money."),
        ("They asked about money, and that's all.", "They asked about money"),
        ("They asked about money, but that's it.", "They asked about money"),
        ("About money. And that's it, thank you.", "About money."),
        ("About money. No more. That's it.", "About money."),
        ("No more. That's it, I'm done.", ""),
        ("They asked about money. No, that's all.", "They asked about money."),
        ("About money, no, I think that's all for now.", "About money"),
        ("They said no. That's all.", "They said no."),
    ],
)
def test_thats_all_at_the_end_of_a_reply(text: str, told: str) -> None:
    assert without_thats_all(text, phrases()) == (told, True)


@pytest.mark.parametrize(
    "text",
    [
        "They asked whether that's all I can do.",
        "And that's it in a nutshell.",
        "I said that's all I have, and they laughed.",
        "They asked if that's all.",
        "That's all they asked about, money.",
        "What have you done?",
        "They asked what I had done.",
        "They asked what I have done, done.",
        "They asked why I want no more travelling.",
        "That's all very well, but what would you do first?",
        "That's it, they asked about the gap.",
        "I said thank you.",
    ],
)
def test_thats_all_inside_a_sentence_is_no_sign(text: str) -> None:
    assert not says_thats_all(text, phrases())
    assert without_thats_all(text, phrases()) == (text, False)


def test_a_recogniser_that_is_stuck_on_thats_all_has_said_it_once() -> None:
    stuck = "That's all. " * 1_500
    assert without_thats_all(stuck, phrases()) == ("", True)
    assert without_thats_all("About money. " + stuck, phrases()) == ("About money.", True)


@given(st.text(max_size=60))
def test_splitting_never_adds_a_word(text: str) -> None:
    told, last = without_thats_all(text, phrases())
    assert told in text
    assert last or told == text.strip()


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("Nothing.", True),
        ("Nothing, really.", True),
        ("No.", True),
        ("I don't know.", True),
        ("Um…", True),
        ("", True),
        ("There was no turning point.", True),
        ("Nothing went well except the coffee.", False),
        ("No, but the end was good.", False),
        ("I don't know why they laughed.", False),
    ],
)
def test_nothing_to_tell(text: str, nothing: bool) -> None:
    assert says_nothing(text, phrases()) is nothing


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("Okay.", False),
        ("So so.", False),
        ("Well.", False),
        ("Um.", True),
        ("", True),
        ("Nothing.", True),
        ("That's all.", True),
    ],
)
def test_one_word_tells_something_where_a_word_is_asked_for(text: str, nothing: bool) -> None:
    assert says_nothing(text, phrases(), one_word_tells=True) is nothing


YES = [
    "Yes.",
    "yes",
    "Yeah, I was.",
    "Yep!",
    "Um, yes.",
    "Well, yes, mostly.",
    "Yes, I was.",
    "Yes, but not with the end.",
    "Yes, mostly, not the end though.",
    "I was happy with it.",
    "Quite happy.",
    "Pretty happy, actually.",
    "I think so.",
    "Absolutely!",
    "Definitely.",
    "Of course.",
    "More or less.",
    "It went well.",
    "That one went well.",
    "It was fine, I suppose.",
    "Oh, sure.",
    "Mostly.",
    "Good enough.",
    "Okay.",
    "OK!",
    "I did.",
    "I do.",
    "I have.",
    "Yes please.",
    "Right.",
    "That's right.",
    "Sure, why not.",
    "Yes, but I'm not sure.",
    "Go ahead.",
    "I guess so.",
    "I was.",
    "Yes, sort of.",
    "Kind of.",
    "Uh-huh.",
    "Mm-hmm.",
    "Mhm.",
    "Fine.",
    "Not too bad.",
    "No complaints.",
    "No problem.",
    "I don't mind.",
    "I'd love to.",
    "I would say yes.",
    "Can't complain.",
    "I was not unhappy.",
    "No. Yes, I was.",
    "No. Wait, yes.",
    "No, I mean yes.",
    "No, actually, yes.",
]

NO = [
    "No.",
    "no",
    "Nope.",
    "Nah.",
    "Um, no.",
    "No, not really.",
    "Not really.",
    "Not at all.",
    "Not happy.",
    "Not very happy.",
    "I was not happy with it.",
    "I was not.",
    "I wasn't.",
    "I wasn't happy at all.",
    "Unhappy.",
    "Absolutely not.",
    "Definitely not!",
    "Of course not.",
    "It could have been better.",
    "It went badly.",
    "I don't think so.",
    "Not so much.",
    "No, it was fine but too long.",
    "Not quite.",
    "I didn't.",
    "I did not.",
    "I don't.",
    "I haven't.",
    "Not yet.",
    "No thanks.",
    "I'd rather not.",
    "Not this time.",
    "No way.",
    "That's not right.",
    "I forgot.",
    "Another time.",
    "I would say no.",
    "Mostly not.",
    "Probably not.",
    "Unfortunately not.",
    "Uh-uh.",
    "Yeah, no.",
    "Yes. No.",
    "Yes. No, wait, no.",
    "Yes, I mean no.",
    "No, I was nervous.",
    "It wasn't great.",
    "I messed it up.",
]

NEITHER = [
    "",
    "Um.",
    "It depends.",
    "I cannot tell.",
    "Maybe.",
    "Half and half.",
    "They laughed about it.",
    "I know nothing about that.",
    "Yesterday.",
    "I don't think it went well.",
    "I wouldn't say it was good.",
    "I couldn't say I was happy.",
    "It was never good enough.",
    "I'm not sure.",
    "I am not sure.",
    "Not sure.",
    "I don't know.",
    "No idea.",
    "Yes and no.",
    "Hard to say.",
    "I can't remember.",
    "Hmm.",
    "I was nervous.",
    "So-so.",
    "A little.",
]

WHICH_WAY = [
    ("Bring it to a close.", 0),
    ("Yes, let's close.", 0),
    ("Close, please.", 0),
    ("Yes.", 0),
    ("Let's wrap it up.", 0),
    ("No more.", 0),
    ("I don't want to go on.", 0),
    ("Go on.", 1),
    ("No, let's go on.", 1),
    ("Yes, go on.", 1),
    ("Okay, go on.", 1),
    ("Keep going.", 1),
    ("A little longer.", 1),
    ("I don't want to stop.", 1),
    ("Not yet.", 1),
    ("Hm.", None),
]


@pytest.mark.parametrize(("text", "way"), WHICH_WAY)
def test_to_a_close_or_on(text: str, way: int | None) -> None:
    assert one_of(text, phrases().close_now, phrases().carry_on) == way


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Mostly mine.", 0),
        ("It was me.", 0),
        ("Mine, I was too slow.", 0),
        ("Theirs.", 1),
        ("The panel.", 1),
        ("They were rude.", 1),
        ("Not my fault.", 1),
        ("Both.", 2),
        ("A bit of both.", 2),
        ("Half and half.", 2),
        ("Hm.", None),
    ],
)
def test_whose_part_it_was(text: str, whose: int | None) -> None:
    assert one_of(text, phrases().mine, phrases().theirs, phrases().both) == whose


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Go back.", True),
        ("Go back, please.", True),
        ("Can we go back?", True),
        ("Um, go back.", True),
        ("Undo.", True),
        ("The previous question, please.", True),
        ("Go back to work.", False),
        ("I'd go back.", False),
        ("Back then I felt fine.", False),
        ("", False),
    ],
)
def test_go_back_is_a_whole_reply(text: str, back: bool) -> None:
    assert goes_back(text, phrases()) is back


@pytest.mark.parametrize(
    ("text", "meaning"),
    [(text, True) for text in YES] + [(text, False) for text in NO] + [(text, None) for text in NEITHER],
)
def test_yes_or_no(text: str, meaning: bool | None) -> None:
    assert yes_or_no(text, phrases()) is meaning


def test_every_yes_and_every_no_of_the_book_means_itself_with_any_courtesy() -> None:
    book = phrases()
    assert not set(book.yes) & set(book.no)
    for means, said in ((True, book.yes), (False, book.no)):
        for phrase in said:
            for text in (phrase, phrase.capitalize() + ".", f"Um, {phrase}, thank you.", f"Well, {phrase}."):
                assert yes_or_no(text, book) is means, text


@given(
    st.lists(st.sampled_from([*YES, *NO, *NEITHER, "...", "um", "and", "24"]), max_size=5),
    st.text(max_size=20),
)
def test_any_reply_is_a_yes_a_no_or_neither(pieces: list[str], more: str) -> None:
    text = " ".join([*pieces, more])
    book = phrases()
    assert yes_or_no(text, book) in (True, False, None)
    assert one_of(text, book.close_now, book.carry_on) in (0, 1, None)
    assert says_nothing(text, book) in (True, False)
    told, last = without_thats_all(text, book)
    assert len(told) <= len(text)
    assert goes_back(text, book) in (True, False)
    assert last in (True, False)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The first one.", 0),
        ("The second.", 1),
        ("Um, the second one, the one about my weakness.", 1),
        ("Number three.", 2),
        ("Question two, please.", 1),
        ("The last one.", 2),
        ("The last.", 2),
        ("The one about the conflict.", 0),
        ("My conflicts with colleagues.", 0),
        ("The weakness one.", 1),
        ("Why I want to work for you.", 2),
        ("Working for them in particular.", 2),
        ("The third or the first.", 2),
        ("The fourth one.", None),
        ("All of them.", None),
        ("The one with the long silence.", None),
        ("The conflict, or the weakness.", None),
        ("", None),
    ],
)
def test_which_one_of_three(text: str, place: int | None) -> None:
    assert which_one(text, QUESTIONS, phrases()) == place


def test_which_one_of_none_at_all() -> None:
    assert which_one("The last one.", [], phrases()) is None
    assert which_one("The first one.", [], phrases()) is None
