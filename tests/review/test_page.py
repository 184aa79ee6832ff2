"""Lines are never wider than asked, whatever is in them, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.review.page import Piece, cells, cropped, glued, text_of, wrapped


def lines(*pieces: Piece, columns: int, indent: int = 0, first: int | None = None) -> list[str]:
    return [text_of(line) for line in wrapped(pieces, columns, indent, first)]


def test_lines_are_broken_at_spaces_and_indented() -> None:
    assert lines(Piece("3.1 "), Piece("Tell me about yourself"), columns=14, indent=4, first=0) == [
        "3.1 Tell me",
        "    about",
        "    yourself",
    ]


def test_pieces_without_a_space_between_them_stay_together() -> None:
    assert lines(Piece("well "), Piece("um", "filler"), Piece(", yes"), columns=8) == ["well um,", "yes"]


def test_a_word_longer_than_a_line_is_folded() -> None:
    assert lines(Piece("a " + "x" * 12 + " b"), columns=6, indent=1) == [" a", " xxxxx", " xxxxx", " xx b"]


def test_what_is_glued_stays_on_one_line_and_is_printed_with_a_space() -> None:
    assert lines(Piece("longest pause " + glued("2.4 s")), columns=17) == ["longest pause", "2.4 s"]


def test_wide_characters_take_two_columns() -> None:
    assert lines(Piece("面接練習"), columns=5) == ["面接", "練習"]
    assert cropped("面接練習", 6) == "面接…"


@pytest.mark.parametrize(("text", "shown"), [("Initech", "Initech"), ("Initech, again", "Initech…")])
def test_a_text_too_long_for_its_column_is_cut_with_an_ellipsis(text: str, shown: str) -> None:
    assert cropped(text, 8) == shown


printable = st.text(st.characters(categories=["L", "N", "P", "M"]), max_size=30)
pieces = st.lists(st.builds(Piece, st.lists(printable).map(" ".join)), max_size=6)


@given(pieces, st.integers(8, 40), st.integers(0, 4), st.integers(0, 4))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(
    given_pieces: list[Piece], columns: int, indent: int, first: int
) -> None:
    page = wrapped(given_pieces, columns, indent, first)

    assert all(cells(text_of(line)) <= columns for line in page)
    kept = "".join(text_of(line) for line in page).replace(" ", "")
    assert kept == "".join(piece.text for piece in given_pieces).replace(" ", "")
