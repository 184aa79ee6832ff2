"""From a correction names and terms are learned, and not the words of every day."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from greenroom.hearing.load import load_whole
from greenroom.hearing.terms import MOST_LEARNED, learned
from greenroom.hearing.transcriber import MOST_TERMS, FasterWhisper, expected
from greenroom.types import Term
from recordings import recorded

EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        """i we he the a at in it tech work with said then when joined left manage good there their cloud post
        grey sequel john apple never python doe dough managing people new relic""",
    )
)


def names(heard: str, corrected: str) -> list[tuple[str, str]]:
    return [(term.text, term.kind) for term in learned(heard, corrected, EVERYDAY)]


def test_a_name_is_learned_with_what_had_been_heard_instead() -> None:
    found = learned("I joined in it tech.", "I joined Initech.", EVERYDAY)
    assert found == (Term("Initech", "name", "in it tech"),)


def test_names_in_a_row_are_one() -> None:
    assert names("We work with a pre a roman.", "We work with Priya Raman.") == [("Priya Raman", "name")]


def test_a_name_half_of_which_was_right_is_learned_whole() -> None:
    assert names("We work with Jane Dough.", "We work with Jane Doe.") == [("Jane Doe", "name")]


def test_names_with_a_comma_between_are_two() -> None:
    assert names("I left a tech, in a gen.", "I left Initech, Initrode.") == [
        ("Initech", "name"),
        ("Initrode", "name"),
    ]


@pytest.mark.parametrize(
    ("heard", "corrected", "term"),
    [
        ("I manage k eights.", "I manage k8s.", "k8s"),
        ("I manage post grey sequel.", "I manage PostgreSQL.", "PostgreSQL"),
        ("I joined a double us.", "I joined AWS.", "AWS"),
        ("I manage see plus plus.", "I manage C++.", "C++"),
        ("We manage item potent work.", "We manage idempotent work.", "idempotent"),
    ],
)
def test_a_term_of_the_trade_is_learned(heard: str, corrected: str, term: str) -> None:
    assert names(heard, corrected) == [(term, "term")]


@pytest.mark.parametrize(
    ("heard", "corrected"),
    [
        ("I left there cloud.", "I left their cloud."),  # a slip
        ("He left.", "We left."),  # a capital because a sentence begins
        ("Manage in people.", "Managing people."),
        ("I left on monday.", "I left on Monday."),
        ("We said so.", "I said so."),
        ("We never left.", "We NEVER left."),
        ("I left at won.", "I left at 1."),
    ],
)
def test_words_of_every_day_are_not(heard: str, corrected: str) -> None:
    assert names(heard, corrected) == []


def test_at_the_beginning_of_a_sentence_only_a_word_of_no_day_is_a_name() -> None:
    assert names("A niche tech left.", "Initech left.") == [("Initech", "name")]


def test_a_capital_that_makes_a_name_of_a_word_is_learned() -> None:
    assert learned("I joined apple.", "I joined Apple.", EVERYDAY) == (Term("Apple", "name", "apple"),)


def test_the_owner_s_s_is_no_part_of_a_name() -> None:
    assert names("I left in it text cloud.", "I left Initech's cloud.") == [("Initech", "name")]


def test_without_a_list_of_words_only_what_is_written_as_a_name_is_learned() -> None:
    assert learned("I joined in it tech.", "I joined idempotent Initech.", ()) == (
        Term("Initech", "name", "in it tech"),
    )


def test_who_writes_everything_anew_teaches_only_so_much() -> None:
    many = " ".join(f"and Name{letter}x" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert len(learned("nothing of that", many, EVERYDAY)) == MOST_LEARNED


def test_nothing_is_learned_from_what_stays() -> None:
    assert learned("I joined Initech.", "I joined Initech.", EVERYDAY) == ()


def test_a_recogniser_is_told_of_the_latest_as_if_they_had_just_been_said() -> None:
    assert expected(()) is None
    assert expected(("Priya Raman", "Initech")) == "Priya Raman, Initech."
    many = expected(tuple(f"N{number}" for number in range(50)))
    assert many is not None
    assert many.count(",") == MOST_TERMS - 1
    assert many.startswith("N0, N1")


def test_a_model_is_told_of_them_and_hears_them_in_no_silence(
    tiny: FasterWhisper, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    transcribe = tiny._model.transcribe

    def noted(*given: Any, **named: Any) -> Any:
        told.append(named["hotwords"])
        return transcribe(*given, **named)

    monkeypatch.setattr(tiny._model, "transcribe", noted)
    monkeypatch.setattr(tiny, "terms", ("Priya Raman", "Initech", "PostgreSQL"))
    noise = np.random.default_rng(3).normal(0, 60, 16_000 * 6).astype(np.int16)
    assert tiny.decode(np.zeros(16_000 * 6, np.int16)) == ()
    assert tiny.decode(noise) == ()
    said = " ".join(word.text for word in tiny.decode(load_whole(recorded("demo/conflict").path))).lower()
    assert set(told) == {"Priya Raman, Initech, PostgreSQL."}
    assert all(word in said for word in ("colleague", "customers", "lunch", "friday", "early"))
    assert not any(name in said for name in ("priya", "raman", "initech", "postgre"))
