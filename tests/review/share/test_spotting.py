"""Where names stand in a text, and in the words of a recording."""

from __future__ import annotations

import pytest

from greenroom.cli import data
from greenroom.review.share.names import Name
from greenroom.review.share.spotting import Spotter
from review.given import spoken

WORDS = data.name_words()
NAMES = [
    Name("Priya Raman", "name", "list"),
    Name("Initech", "employer", "session"),
    Name("Mark", "name", "list"),
]
SPOTTER = Spotter(NAMES, WORDS)


def found(text: str) -> list[tuple[str, int, str]]:
    return [(text[spot.start : spot.end], spot.name, spot.by) for spot in SPOTTER.in_text(text)]


@pytest.mark.parametrize(
    ("text", "spots"),
    [
        ("I met Priya Raman at Initech.", [("Priya Raman", 0, "spelling"), ("Initech", 1, "spelling")]),
        ("Priya's plan, and RAMAN’s.", [("Priya", 0, "spelling"), ("RAMAN", 0, "spelling")]),
        ("See initech.com or InitechCloud.", [("initech", 1, "spelling"), ("InitechCloud", 1, "spelling")]),
        ("I was at Ini-tech then.", [("Ini-tech", 1, "spelling")]),
        ("I was at Initek then.", [("Initek", 1, "sound")]),
        ("I was in a tech then.", [("in a tech", 1, "sound")]),
        ("I asked Mark to mark the date.", [("Mark", 2, "spelling")]),
        ("Nobody was there.", []),
    ],
)
def test_a_name_is_found_by_spelling_and_by_sound(text: str, spots: list[tuple[str, int, str]]) -> None:
    assert found(text) == spots


def test_an_employer_said_letter_by_letter_is_found() -> None:
    [spot] = Spotter([Name("IBM", "employer", "session")], WORDS).in_text("at I B M for years")

    assert (spot.start, spot.end) == (3, 8)


def test_what_was_heard_in_a_names_place_is_found_as_that_name() -> None:
    [spot] = Spotter([Name("Siobhan", "name", "list", ("Chevonne",))], WORDS).in_text("Then Chevonne came.")

    assert (spot.start, spot.end, spot.name) == (5, 13, 0)


def test_a_name_with_a_letter_of_its_own_is_found_as_a_recogniser_for_english_writes_it() -> None:
    spotter = Spotter([Name("Łukasz Brzęczyk", "name", "list")], WORDS)

    assert [spot.start for spot in spotter.in_text("I asked Lukasz, and Brzeczyk nodded.")] == [8, 20]


def test_a_part_of_a_name_that_is_to_be_kept_is_not_found_alone() -> None:
    spotter = Spotter([Name("Acme Berlin", "employer", "session")], WORDS, keep=["Berlin"])

    assert [spot.start for spot in spotter.in_text("Berlin and Acme and Acme Berlin")] == [11, 20]


def test_a_role_is_found_as_a_whole_only() -> None:
    spotter = Spotter([Name("Data Engineer", "role", "session")], WORDS)

    assert [(spot.start, spot.end) for spot in spotter.in_text("As a data engineer I like data.")] == [
        (5, 18)
    ]


def test_a_name_of_two_words_is_found_in_the_words_of_a_recording() -> None:
    words = spoken("So, I met Priya Raman, at Initech.")

    assert SPOTTER.in_words(words) == [(3, 4, 0), (6, 6, 1)]


def test_a_word_that_is_asked_for_is_found_with_and_without_a_capital() -> None:
    spotter = Spotter([Name("Mark", "name", "asked")], WORDS)

    assert [spot.start for spot in spotter.in_text("mark asked Mark")] == [0, 11]


def test_no_names_are_found_where_none_are_listed() -> None:
    assert Spotter([], WORDS).in_text("I met Priya.") == []


@pytest.mark.parametrize(
    ("name", "text", "spots"),
    [
        ("Anna", "two Annas met", ["Annas"]),
        ("Lee", "the Lees' house", ["Lees"]),
        ("Morgan", "J. P. Morgan and Morgan R. left", ["J. P. Morgan", "Morgan R"]),
        ("Morgan", "Then I, Morgan, left. I know.", ["Morgan"]),
        ("Priya Raman", "P.R. agreed, and so did P. Raman", ["P.R.", "P. Raman"]),
        ("Priya Raman", "I opened a PR for it", []),
        ("Priya", "spelled P-R-I-Y-A", ["P-R-I-Y-A"]),
        ("Isa", "This is a test, and Isa is in", ["Isa"]),
        ("Chris", "Chris came at Christmas", ["Chris"]),
        ("José", "Jose and JOSÉ", ["Jose", "JOSÉ"]),
        ("Mark", "so i asked mark for help. Did Mark mark it?", ["mark", "Mark"]),
    ],
)
def test_a_name_is_found_in_its_other_shapes_and_not_in_other_words(
    name: str, text: str, spots: list[str]
) -> None:
    found = Spotter([Name(name, "name", "list")], WORDS).in_text(text)

    assert [text[spot.start : spot.end] for spot in found] == spots


def test_a_word_of_every_day_that_was_heard_for_a_name_is_bleeped_in_any_case_and_masked_with_a_capital() -> (
    None
):
    spotter = Spotter([Name("Priya", "name", "list", ("prior",))], WORDS)

    assert spotter.in_words(spoken("I asked prior about it")) == [(2, 2, 0)]
    assert [spot.start for spot in spotter.in_text("I asked Prior, as in prior years")] == [8]


def test_ever_present_words_that_were_heard_for_a_name_are_not_that_name() -> None:
    spotter = Spotter([Name("Ina", "name", "list", ("in a", "the"))], WORDS)

    assert spotter.in_words(spoken("We sat in a room with the team")) == []


def test_the_capital_of_a_plural_counts_as_of_the_name() -> None:
    spotter = Spotter([Name("Mark", "name", "asked")], WORDS)

    assert [spot.start for spot in spotter.in_text("good marks for Mark, two Marks")] == [15, 25]


def test_many_names_are_each_found_as_themselves() -> None:
    names = [Name(f"Zorb{chr(97 + place)}ix", "name", "list") for place in range(20)]
    text = " ".join(name.text for name in names)

    assert [spot.name for spot in Spotter(names, WORDS).in_text(text)] == list(range(20))
