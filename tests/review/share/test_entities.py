"""What is made of the entities that a model of names finds; the model itself is an extra."""

from __future__ import annotations

import pytest

from greenroom.cli import data
from greenroom.review.share import entities
from greenroom.review.share.names import Name

WORDS = data.name_words()
TEXT = "Mr Brown, our Product Owner, came from Acme to Initech in March."


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the model says: label by words."""
    told: dict[str, str] = {}
    monkeypatch.setattr(entities, "is_here", lambda: True)
    monkeypatch.setattr(entities, "_entities", lambda text: [(label, said) for said, label in told.items()])
    return told


def test_people_and_organisations_are_names_without_what_stands_before_them(found: dict[str, str]) -> None:
    found |= {"Mr Brown": "PERSON", "the Initech Group": "ORG", "March": "DATE"}

    assert entities.finder(WORDS)([TEXT])[:2] == [
        Name("Brown", "name", "model"),
        Name("Initech Group", "employer", "model"),
    ]


def test_what_the_model_overlooks_is_guessed_all_the_same(found: dict[str, str]) -> None:
    found |= {"March": "DATE", "Initech": "ORG"}
    names = entities.finder(WORDS)([TEXT + " Then I went to Apple."])

    assert [(name.text, name.source) for name in names] == [
        ("Initech", "model"),
        ("Brown", "guess"),
        ("Acme", "guess"),
        ("Apple", "guess"),
    ]


def test_what_the_model_takes_for_no_name_is_not_guessed(found: dict[str, str]) -> None:
    found |= {"Esperanto": "LANGUAGE"}

    assert entities.finder(WORDS)(["We spoke Esperanto."]) == []


def test_addresses_are_found_with_and_without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entities, "is_here", lambda: False)

    assert entities.finder(WORDS)(["mail me at ed@mail.example"])[0] == Name(
        "ed@mail.example", "contact", "form"
    )


def test_tools_are_no_employers(found: dict[str, str]) -> None:
    found |= {"Kubernetes on AWS": "ORG"}

    assert entities.finder(WORDS)(["We ran Kubernetes on AWS."]) == []


def test_without_the_model_names_are_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entities, "is_here", lambda: False)

    assert [name.text for name in entities.finder(WORDS)([TEXT])] == [
        "Brown",
        "Acme",
        "Initech",
    ]


@pytest.mark.skipif(not entities.is_here(), reason="the extra `names` is not installed")
def test_the_model_knows_people_and_organisations() -> None:
    found = entities.finder(WORDS)(["I worked with Priya Raman at Deutsche Bank."])

    assert [(name.text, name.kind) for name in found] == [
        ("Priya Raman", "name"),
        ("Deutsche Bank", "employer"),
    ]
