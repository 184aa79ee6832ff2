"""What is listed before a pack is written, and what a reply changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from greenroom.cli import data
from greenroom.review.look import Look
from greenroom.review.page import text_of
from greenroom.review.share import listing as share_list
from greenroom.review.share.listing import Change, Listing, changed, content, listed, listing
from greenroom.review.share.names import Name
from greenroom.review.share.sharing import Material
from review.sample import CONFLICT, SESSION

WORDS = data.name_words()
LOOK = Look(plain=True, columns=100)
MATERIAL = Material(
    SESSION,
    (replace(CONFLICT, transcript="Priya left Initech. Mark and Priya were in a tech bubble."),),
    SESSION.items[:2],
    {},
)
EVERY = [
    Name("Initech", "employer", "session"),
    Name("Ghost", "name", "list"),
    Name("Priya", "name", "guess"),
    Name("Mark", "name", "list"),
    Name("Bubble", "name", "asked"),
]


def shown(found: Listing, material: Material = MATERIAL) -> list[str]:
    return [text_of(line) for line in listed(found, material, WORDS, LOOK)]


def test_each_name_stands_with_its_kind_how_often_and_where_it_is_known_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(share_list, "is_here", lambda: False)
    assert shown(listing(EVERY, MATERIAL, WORDS, [])) == [
        "Masked in the text:",
        "  1. Initech (an employer, 2 times; it stands with the session)",
        "  2. Priya (a name, 2 times; it is written like a name)",
        "  3. Mark (a name, 1 time; it is on your list)",
        "     It is also a word of every day: masked only where it is written with a capital. "
        "Type it to mask",
        "     it everywhere.",
        "  4. Bubble (a name, 1 time; you asked for it)",
        "",
        "Names were found by how words are written, so read the list well. No model of names is installed,",
        "which finds more: pip install 'greenroom[names]'",
        "",
        "In the pack: 1 answer, 2 notes.",
        "How it felt stays with you; --with-feelings puts it in.",
    ]


def test_a_name_of_the_own_list_that_nobody_said_is_masked_and_not_shown() -> None:
    found = listing(EVERY, MATERIAL, WORDS, [])

    assert [name.text for name in found.names] == ["Initech", "Priya", "Mark", "Bubble", "Ghost"]
    assert found.shown == 4


def test_without_names_that_is_said() -> None:
    assert shown(listing([], MATERIAL, WORDS, []))[0] == "No names were found to be masked."


def test_a_pack_that_leaves_something_back_says_so() -> None:
    page = shown(listing([], MATERIAL, WORDS, []), replace(MATERIAL, kept_back=True))

    assert "A part of this session is yours alone, and is in no pack." in page


def test_a_company_of_one_letter_cannot_be_looked_for_and_that_is_said() -> None:
    of_x = replace(MATERIAL, session=replace(SESSION, company="X", role=None))

    assert "“X” is too short to be looked for: it is masked nowhere." in shown(
        listing([], of_x, WORDS, []), of_x
    )


def test_what_is_in_the_pack_is_counted() -> None:
    assert content(MATERIAL) == "1 answer, 2 notes"


def test_a_number_takes_a_name_off_and_a_name_puts_one_on() -> None:
    found = listing(EVERY, MATERIAL, WORDS, [])

    assert changed("2", found, (), ()) == Change(("Priya",), ())
    assert changed("Bob", found, (), ()) == Change((), ("Bob",))
    assert changed("4", found, (), ("bubble",)) == Change(("Bubble",), ())
    assert changed("priya", found, ("Priya",), ()) == Change((), ("priya",))
    assert changed("1, 2", found, (), ()) == Change(("Initech", "Priya"), ())


def test_a_reply_that_makes_no_sense_changes_nothing_and_is_told() -> None:
    found = listing(EVERY, MATERIAL, WORDS, [])

    assert changed("5", found, (), ()) == Change((), (), "There is no number 5 on the list.")
    assert changed("2 0", found, (), ()) == Change((), (), "There is no number 0 on the list.")
    assert changed("!", found, (), ()) == Change((), (), "“!” is too short to be looked for.")


def test_without_a_model_of_names_that_is_said_even_when_none_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(share_list, "is_here", lambda: False)
    assert any("No model of names is installed" in line for line in shown(listing([], MATERIAL, WORDS, [])))

    monkeypatch.setattr(share_list, "is_here", lambda: True)
    assert not any("No model of names" in line for line in shown(listing(EVERY, MATERIAL, WORDS, [])))
