"""Who did it, and whether they did."""

from __future__ import annotations

import pytest

from greenroom.coaching.claims import is_confession, is_denied, is_mine, is_theirs


def place(text: str, word: str) -> tuple[list[str], int]:
    norms = text.split()
    return norms, norms.index(word)


@pytest.mark.parametrize(
    "text",
    [
        "i never led it",
        "we didn't really led it",
        "i failed to led it",
        "instead of led i followed",
        "led wasn't mine",
        "without led it",
    ],
)
def test_denied(text: str) -> None:
    assert is_denied(*place(text, "led"))


@pytest.mark.parametrize(
    "text",
    [
        "i led it",
        "i not only led it",
        "i never failed to led it",
        "i don't wait i led it",
        "no doubt i led it",
    ],
)
def test_not_denied(text: str) -> None:
    assert not is_denied(*place(text, "led"))


@pytest.mark.parametrize(
    ("text", "theirs"),
    [
        ("i led it", False),
        ("my manager led it", True),
        ("my manager asked me and i led it", False),
        ("i worked with a colleague who led it", True),
        ("together with my manager i led it", False),
        ("our captain always led it", True),
        ("the trainer led it", True),
        ("the order went out and led it", False),
        ("she told me that i led it", False),
        ("i let them led it", False),
        ("i was the one who led it", False),
    ],
)
def test_the_nearest_one_named_before_it_did_it(text: str, theirs: bool) -> None:
    assert is_theirs(*place(text, "led"), wanted=()) is theirs


def test_somebody_whom_the_message_names_is_no_stranger() -> None:
    norms, at = place("my boss can trust", "trust")
    assert is_theirs(norms, at, wanted=())
    assert not is_theirs(norms, at, wanted=("my", "boss", "trust"))


def test_wishes_and_weaknesses_are_confessions_unless_the_message_says_so_itself() -> None:
    assert is_confession(["to", "be", "honest", "i", "froze"], ())
    assert is_confession(["i", "wish", "i", "had"], ())
    assert not is_confession(["i", "try", "to", "be", "honest"], ("honest",))
    assert not is_confession(["i", "did", "it"], ())


def test_whether_the_person_is_in_it_at_all() -> None:
    assert is_mine(["they", "came", "to", "my", "desk"])
    assert not is_mine(["the", "chairs", "were", "hard"])
