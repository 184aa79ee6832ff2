"""Do two spellings sound alike?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.review.share.sounds import letters_of, sounds_like


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("initek", "initech"),
        ("inatech", "initech"),
        ("steven", "stephen"),
        ("katherine", "catherine"),
        ("globeks", "globex"),
        ("jonson", "johnson"),
    ],
)
def test_another_spelling_sounds_like_the_name(heard: str, name: str) -> None:
    assert sounds_like(heard, name)


@pytest.mark.parametrize(
    ("heard", "name"),
    [("team", "tom"), ("end", "anita"), ("project", "priya"), ("market", "mark"), ("contract", "contoso")],
)
def test_a_word_of_every_day_does_not(heard: str, name: str) -> None:
    assert not sounds_like(heard, name, everyday=True)


def test_words_of_every_day_need_more_than_two_sounds_in_common() -> None:
    assert sounds_like("inatech", "initech", everyday=True)
    assert not sounds_like("any", "anna", everyday=True)
    assert not sounds_like("shown", "sean", everyday=True)


def test_accents_case_and_marks_do_not_count() -> None:
    assert letters_of("José-Ångström") == "joseangstrom"


@pytest.mark.parametrize(
    ("name", "heard"), [("Łukasz", "Lukasz"), ("Søren", "Soren"), ("Bjørn Æther", "Bjorn Aether")]
)
def test_letters_of_other_languages_are_as_a_recogniser_writes_them(name: str, heard: str) -> None:
    assert letters_of(name) == letters_of(heard)


def test_a_name_in_another_script_is_found_by_its_letters_only() -> None:
    assert sounds_like(letters_of("Юлия"), letters_of("юлия"))
    assert not sounds_like("julia", letters_of("Юлия"))


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert sounds_like(letters_of(one), letters_of(one))
    sounds_like(letters_of(one), letters_of(other))
