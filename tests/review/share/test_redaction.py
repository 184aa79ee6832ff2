"""Labels in place of names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenroom.cli import data
from greenroom.review.share.names import Name
from greenroom.review.share.redaction import Redaction
from greenroom.review.share.spotting import Spotter

WORDS = data.name_words()
NAMES = [
    Name("Initech", "employer", "session"),
    Name("Priya Raman", "name", "guess"),
    Name("Data Engineer", "role", "session"),
    Name("Anna", "name", "guess"),
]
REDACTION = Redaction(Spotter(NAMES, WORDS))


def test_each_name_has_a_label_of_its_own_all_through() -> None:
    text = "Priya Raman and Anna left Initech. Initech's loss: Priya was the best data engineer."

    assert REDACTION.masked(text) == (
        "[name 1] and [name 2] left [employer 1]. [employer 1]'s loss: [name 1] was the best [role]."
    )


def test_names_are_counted_by_their_place_in_the_list() -> None:
    assert REDACTION.counts(["Anna and Priya", "Anna, in a tech"]) == {3: 2, 1: 1, 0: 1}


@given(
    st.lists(st.sampled_from(["Priya", "Raman", "Initech", "anna", "met", "the", "at.", "Engineer", "data"]))
)
def test_no_name_is_left_in_any_order_of_words(words: list[str]) -> None:
    masked = REDACTION.masked(" ".join(words)).lower()

    assert not any(name in masked for name in ("priya", "raman", "initech", "anna", "data engineer"))


def test_an_accent_apart_from_its_letter_hides_nothing() -> None:
    redaction = Redaction(Spotter([Name("Rémi", "name", "list")], WORDS))

    assert redaction.masked("Re\u0301mi came") == "[name 1] came"


def test_addresses_and_numbers_are_masked_as_a_whole() -> None:
    names = [Name("priya.r@initech.com", "contact", "form"), Name("Initech", "employer", "session")]

    assert Redaction(Spotter(names, WORDS)).masked("Mail priya.r@initech.com, not info@initech.com.") == (
        "Mail [contact 1], not info@[employer 1].com."
    )


def test_what_is_left_in_a_masked_text_is_found() -> None:
    assert REDACTION.left_in("[name 1] left Ini-tech") == "Ini-tech"
    assert REDACTION.left_in("[name 1] left [employer 1], ini [name 2] tech") is None


def test_a_label_is_never_taken_for_a_name() -> None:
    redaction = Redaction(Spotter([Name("name", "name", "asked"), Name("Mark", "name", "list")], WORDS))

    assert redaction.left_in(redaction.masked("then Mark had the name to mark it")) is None


@given(st.text(), st.sampled_from(["Zyrkon", "Ævar", "Łukasz", "O'Brien", "Anne-Lise Björk"]), st.text())
def test_no_surroundings_hide_a_name(before: str, name: str, after: str) -> None:
    redaction = Redaction(Spotter([Name(name, "name", "asked")], WORDS))

    assert redaction.left_in(redaction.masked(f"{before} {name} {after}")) is None
    assert name not in redaction.masked(f"{before} {name} {after}")
