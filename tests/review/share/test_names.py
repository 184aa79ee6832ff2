"""What a name is, and where names are known from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.cli import data
from greenroom.errors import GreenroomError
from greenroom.review.share.names import (
    Name,
    NameWords,
    can_be_sought,
    distinct,
    gathered,
    guessed,
    of_list,
    of_session,
    parts,
    read_name_words,
    tokens,
)
from greenroom.types import Session, Term

WORDS = data.name_words()


def names(*texts: str) -> list[str]:
    return [name.text for name in guessed(texts, WORDS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I worked with Priya Raman on the migration at Initech.", ["Priya Raman", "Initech"]),
        ("We asked Mark for help.", ["Mark"]),
        ("Priya told me to wait.", ["Priya"]),
        ("John told me to wait. Nobody did.", ["John"]),
        ("My boss, Mr. Brown, said so.", ["Brown"]),
        ("I reported to Anna, Marcus and Paul's team.", ["Anna", "Marcus", "Paul"]),
        ("I asked Anna. Marcus said no.", ["Anna", "Marcus"]),
        ("Peter said yes. James said no.", ["Peter", "James"]),
        ("I moved from IBM to SAP.", ["IBM", "SAP"]),
        ("Mark said yes. Apple said no.", ["Mark", "Apple"]),
        ("O'Brien left. Then O’Neill left.", ["O'Brien", "O’Neill"]),
        ("Priya'd said so, and Anna'll agree.", ["Priya", "Anna"]),
        ("It was at eBay, not at 3M.", ["eBay", "3M"]),
        ("i worked with priya raman and john at initech", ["priya raman", "john", "initech"]),
        ("So we did. and then marcus left the team. I stayed.", ["marcus"]),
    ],
)
def test_words_written_as_names_are_guessed_to_be_some(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Prioritising is hard. Teamwork helps, and deadlines do not.",
        "In March I wrote an API in Python, on Kubernetes, and I'm proud of it.",
        "Um, I speak English and French. OK, on Monday we shipped.",
        "Marketing wanted it. Don't ask why. It's done.",
        "the team, the plan, the end",
        "So I’m sure that I’d do it again, and we’re glad.",
        "The Product Owner said, “Could you do it by Q3?”",
        "so next we shipped it, and i was glad",
    ],
)
def test_a_sentence_without_names_has_none(text: str) -> None:
    assert names(text) == []


def test_company_and_role_come_from_the_session() -> None:
    session = Session(
        1, "practice", "finished", "2026-01-31T18:04:05+01:00", company="Initech", role="Head of Data"
    )

    assert list(of_session(session)) == [
        Name("Initech", "employer", "session"),
        Name("Head of Data", "role", "session"),
    ]


def test_of_the_own_list_names_and_employers_are_taken_with_what_was_heard_instead() -> None:
    terms = [Term("Priya", "name", heard="Pria"), Term("k8s", "term"), Term("Initech", "employer")]

    assert list(of_list(terms)) == [
        Name("Priya", "name", "list", ("Pria",)),
        Name("Initech", "employer", "list"),
    ]


def test_a_name_known_twice_is_listed_once_and_of_the_kind_that_is_known() -> None:
    known = [
        Name("Initech", "employer", "session"),
        Name("initech", "name", "guess"),
        Name("Anna", "name", "guess"),
    ]

    assert gathered(known, mask=["Initech", "Bob's place"]) == [
        Name("Initech", "employer", "asked"),
        Name("Bob's place", "name", "asked"),
        Name("Anna", "name", "guess"),
    ]


def test_what_is_to_be_kept_is_no_name() -> None:
    assert gathered([Name("Kafkaesque Ltd", "name", "guess")], keep=["kafkaesque ltd"]) == []


def test_a_person_is_called_by_each_part_of_the_name_and_an_employer_by_what_is_no_word() -> None:
    assert parts(Name("Grace Hopper", "name", "list"), WORDS) == ("Grace", "Hopper")
    assert parts(Name("Acme Group", "employer", "session"), WORDS) == ("Acme",)
    assert parts(Name("Apple Inc", "employer", "session"), WORDS) == ("Apple",)
    assert parts(Name("mark brown", "name", "asked"), WORDS) == ("mark", "brown")
    assert parts(Name("The Guardian", "name", "guess"), WORDS) == ("Guardian",)
    assert parts(Name("Head of Data", "role", "session"), WORDS) == ()
    assert parts(Name("priya@initech.com", "contact", "form"), WORDS) == ()


def test_a_short_form_is_not_listed_beside_the_whole_name() -> None:
    every = [
        Name("Priya", "name", "guess"),
        Name("Priya Raman", "name", "guess"),
        Name("Anna", "name", "guess"),
    ]

    assert [name.text for name in distinct(every, WORDS)] == ["Priya Raman", "Anna"]


def test_what_was_heard_for_a_short_form_is_known_of_the_whole_name() -> None:
    every = [Name("Priya", "name", "list", ("prior",)), Name("Priya Raman", "name", "guess")]

    assert distinct(every, WORDS) == [Name("Priya Raman", "name", "guess", ("prior",))]


def test_a_word_of_every_day_that_was_asked_for_stays_beside_the_whole_name() -> None:
    every = [Name("mark", "name", "asked"), Name("Mark Brown", "name", "guess")]

    assert distinct(every, WORDS) == every


def test_a_name_of_one_letter_cannot_be_sought() -> None:
    assert [can_be_sought(text) for text in ("X", "C++", "!?", "Jo")] == [False, False, False, True]


def test_a_word_ends_before_its_apostrophe() -> None:
    text = "Initech's plan"
    first = tokens(text)[0]

    assert (first.text, text[first.end :]) == ("Initech", "'s plan")


@given(st.text())
def test_words_lie_in_their_text_in_order(text: str) -> None:
    found = tokens(text)

    assert [text[token.start : token.end] for token in found] == [token.text for token in found]
    assert [token.start for token in found] == sorted(token.start for token in found)


@given(st.text())
def test_a_guess_stands_in_the_text_word_by_word(text: str) -> None:
    there = {token.text for token in tokens(text)}

    for name in guessed([text], NameWords(*[frozenset[str]()] * 5)):
        assert set(name.text.split(" ")) <= there


def test_a_mistake_in_the_file_of_words_is_told_with_its_field() -> None:
    with pytest.raises(GreenroomError, match="“titles” must be a list of words"):
        read_name_words('not_names = []\nsurely_names = []\nmaybe_names = []\ntitles = "mr"', "names.toml")
