"""Numbers in short replies, as a speech recogniser writes them down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.shipped import phrases
from greenroom.dialogue.numbers import (
    is_settled,
    number_of,
    only_a_number,
    only_places,
    places_in,
    rating_of,
)

RATINGS = [
    ("A six.", 6),
    ("Six out of ten.", 6),
    ("six out of 10", 6),
    ("7/10", 7),
    ("Ten out of ten!", 10),
    ("It was a two of ten.", 2),
    ("On a scale from one to ten, an eight.", 8),
    ("Ten.", 10),
    ("Two.", 2),
    ("10", 10),
    ("One.", 1),
    ("I'd give it a one.", 1),
    ("A solid 8.", 8),
    ("Um, five, I think.", 5),
    ("I don't know, maybe a five.", 5),
    ("Maybe six or seven.", 6),
    ("Between six and seven.", 6),
    ("Six to seven.", 6),
    ("6-7", 6),
    ("Six and a half.", 6),
    ("7.5", 7),
    ("To.", 2),
    ("Too.", 2),
    ("For.", 4),
    ("Ate.", 8),
    ("That one was a six.", 6),
    ("A four, because two questions went badly.", 4),
    ("I was there ten minutes, so a five.", 5),
    ("Seven, not eight.", 7),
    ("Not a six, more like a seven.", 7),
    ("No more than four.", 4),
    ("I'd say a solid seven.", 7),
    ("Between five and six.", 5),
    ("Sixish.", 6),
    ("6-ish", 6),
    ("6 1/2", 6),
    ("6½", 6),
    ("One or two questions went badly, so a five.", 5),
]
REVISED = [
    ("Maybe six. No, seven.", 7),
    ("maybe six… no, six", 6),
    ("Maybe six. Actually five.", 5),
    ("Six, no wait, five.", 5),
    ("Six, no, five, no, four.", 4),
    ("5, sorry, 4", 4),
    ("Six. Let's make it seven.", 7),
    ("Six, I mean three.", 3),
    ("Maybe a six. No, actually, a four.", 4),
    ("Around a seven, actually.", 7),
    ("Actually a seven.", 7),
    ("No, six.", 6),
    ("At first two, but now eight.", 8),
    ("It felt like a three at first but now it's a six.", 6),
    ("Two then, and now an eight.", 8),
    ("A six, but now that I think of it, it was bad.", 6),
]
NONE = [
    "",
    "Um.",
    "I don't know.",
    "It was a hard one.",
    "That was a good one.",
    "No one knows.",
    "Three questions.",
    "Two things went wrong.",
    "Eleven.",
    "Zero.",
    "A hundred.",
    "Thirty-five.",
    "Minus two.",
    "Sixty percent.",
    "Four out of five.",
    "I was there to learn.",
    "Not too bad.",
    "Well, it was okay.",
]


@pytest.mark.parametrize(
    ("text", "value"), [*RATINGS, *REVISED, *((text, None) for text in NONE)], ids=lambda one: str(one)
)
def test_a_rating_from_one_to_ten(text: str, value: int | None) -> None:
    assert rating_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("Eleven.", 11), ("Zero.", 0), ("thirty five", 35), ("500", 500)]
)
def test_a_number_beyond_the_scale_is_a_number_all_the_same(text: str, value: int) -> None:
    assert number_of(text) == value
    assert rating_of(text) is None


SAID = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        range(1, 11),
        strict=True,
    )
)
FORMS = (
    *(
        "{}",
        "{}.",
        "{}!",
        "A {}.",
        "Um, {}.",
        "Well, {}.",
        "{} out of ten.",
        "{} out of 10",
        "{}/10",
        "{} of ten",
    ),
    *(
        "I'd say a solid {}.",
        "I would say {}.",
        "I'd give it a {}.",
        "Maybe a {}.",
        "Maybe {} or eleven.",
        "{}-ish",
    ),
    *(
        "Between {} and eleven.",
        "{}, I think.",
        "About a {}.",
        "It was a {}.",
        "Number {}.",
        "On a scale of one to ten, {}.",
    ),
    *(
        "{}. {} out of ten.",
        "Eleven. No, {}.",
        "Eleven, sorry, {}.",
        "Actually, {}.",
        "{} and a half.",
        "{}, maybe.",
    ),
)


@pytest.mark.parametrize("form", FORMS)
def test_every_number_is_heard_in_every_form(form: str) -> None:
    for word, value in SAID.items():
        for written in (word, str(value)):
            text = form.format(written, written)
            assert rating_of(text) == value, text


@pytest.mark.parametrize(
    ("text", "only", "settled"),
    [
        ("A six.", True, True),
        ("Six out of ten, thank you.", True, True),
        ("I'd say a solid seven.", True, True),
        ("To.", True, True),
        ("Six, I think.", True, True),
        ("Six and a half.", True, True),
        ("Six. No, seven.", True, True),
        ("Maybe six or seven.", True, False),
        ("Eight, six.", False, True),
        ("Eight. Eight out of ten.", True, True),
        ("Six, maybe.", True, False),
        ("Between five and six.", True, False),
        ("Six or", True, False),
        ("Six, no,", True, False),
        ("Six to", True, False),
        ("It went badly, a two.", False, True),
        ("Five minutes.", False, False),
        ("It was hard.", False, False),
        ("", False, False),
    ],
)
def test_a_reply_that_is_only_a_number_and_whether_it_is_settled(
    text: str, only: bool, settled: bool
) -> None:
    assert (only_a_number(text), is_settled(text)) == (only, settled)


def test_a_number_without_end_is_beyond_the_scale() -> None:
    """Python itself refuses to read more than 4300 digits."""
    assert rating_of("9" * 5_000) is None
    assert places_in("9" * 5_000, ITEMS, phrases()) is None
    assert not only_places("")


@pytest.mark.parametrize(
    "text", ["Two and four.", "The first one.", "The last.", "Numbers 2 and 4", "The third one"]
)
def test_places_and_nothing_else(text: str) -> None:
    assert only_places(text)


@pytest.mark.parametrize("text", ["Two and", "The", "The one about money.", "Number", "The ones", ""])
def test_anything_else_is_more_or_less_than_places(text: str) -> None:
    assert not only_places(text)


@given(st.text(max_size=40))
def test_any_reply_is_a_rating_on_the_scale_or_none(text: str) -> None:
    assert rating_of(text) in {None, *range(1, 11)}


ITEMS = ["I was late", "They asked about the budget", "My hands shook", "I forgot names", "I rambled"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Two and four.", (1, 3)),
        ("2, 4", (1, 3)),
        ("One, three and five.", (0, 2, 4)),
        ("Numbers 2 and 4, please.", (1, 3)),
        ("Four, and one.", (0, 3)),
        ("Number three.", (2,)),
        ("One.", (0,)),
        ("I think two.", (1,)),
        ("Only two.", (1,)),
        ("The first and the last.", (0, 4)),
        ("The second one.", (1,)),
        ("The third and the fourth one.", (2, 3)),
        ("Just the last one.", (4,)),
        ("The first two.", (0, 1)),
        ("The last two.", (3, 4)),
        ("Two to four.", (1, 2, 3)),
        ("All.", (0, 1, 2, 3, 4)),
        ("All of them, please.", (0, 1, 2, 3, 4)),
        ("Everything.", (0, 1, 2, 3, 4)),
        ("All but the second.", (0, 2, 3, 4)),
        ("All except two and three.", (0, 3, 4)),
        ("The one about the budget.", (1,)),
        ("The budget one.", (1,)),
        ("The shaking hands one, I think.", (2,)),
        ("The second, three, one.", (0, 1, 2)),
        ("What mattered the most: one and three.", (0, 2)),
        ("The numbers one and two.", (0, 1)),
        ("The most important is one.", (0,)),
        ("The first and one more, three.", (0, 2)),
        ("None.", ()),
        ("None of them.", ()),
        ("None, really.", ()),
        ("Nothing.", ()),
        ("Seven.", None),
        ("Hm, that is hard.", None),
        ("", None),
    ],
)
def test_several_of_a_list_of_five(text: str, places: tuple[int, ...] | None) -> None:
    assert places_in(text, ITEMS, phrases()) == places


def test_none_of_an_empty_list() -> None:
    assert places_in("All of them.", [], phrases()) == ()
    assert places_in("The last one.", [], phrases()) is None


@given(st.text(max_size=40), st.integers(0, 6))
def test_places_are_always_within_the_list(text: str, count: int) -> None:
    places = places_in(text, ITEMS[:count], phrases()) or ()
    assert all(place in range(count) for place in places)
    assert list(places) == sorted(set(places))
