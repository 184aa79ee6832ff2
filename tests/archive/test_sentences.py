"""A text is cut into sentences, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.archive.sentences import MOST_WORDS, is_whole, said_at_s, sentences
from greenroom.types import Word


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("  \n ", []),
        ("one", ["one"]),
        ("It broke at night. We fixed it.", ["It broke at night.", "We fixed it."]),
        ("  It broke?! “Never again.” So we tested it.  ", ["It broke?! “Never again.”", "So we tested it."]),
        ("Version 3.5 came on the 4th. It was late.", ["Version 3.5 came on the 4th.", "It was late."]),
        ("No full stop\nbut a new line here", ["No full stop", "but a new line here"]),
        ("Yes. I did that alone.", ["Yes. I did that alone."]),
        ("I did that alone. Yes.", ["I did that alone. Yes."]),
        ("Yes. No.", ["Yes. No."]),
    ],
)
def test_where_sentences_end(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_a_long_one_is_cut_into_parts_of_about_the_same_length() -> None:
    parts = cut(" ".join(["word"] * 90) + ".")
    assert [len(part.split()) for part in parts] == [30, 30, 30]


def test_a_long_one_is_cut_after_a_comma_if_one_is_near() -> None:
    words = ["word"] * 60
    words[25] = "so,"
    parts = cut(" ".join(words))
    assert [len(part.split()) for part in parts] == [26, 34]


@given(st.text(alphabet="ab .,?!\n”…\u2003", max_size=400) | st.text(max_size=80))
def test_every_word_is_in_one_piece_and_none_is_too_long(text: str) -> None:
    pieces = cut(text)
    assert [word for piece in pieces for word in piece.split()] == text.split()
    assert all(piece == piece.strip() for piece in pieces)
    assert all(len(piece.split()) <= MOST_WORDS for piece in pieces)


def test_a_piece_is_whole_when_it_begins_and_ends_where_sentences_do() -> None:
    text = "It broke. We fixed it, and then we slept."
    assert is_whole(text, 10, len(text)) == (True, True)
    assert is_whole(text, 0, 9) == (True, True)
    assert is_whole(text, 10, 22) == (True, False)
    assert is_whole(text, 23, len(text)) == (False, True)


def test_the_moment_is_that_of_the_word_at_the_place() -> None:
    words = [Word(" So,", 1.0, 1.2, 0.9), Word("mm", 1.5, 1.6, 0.9), Word("-hmm", 1.7, 1.8, 0.9)]
    words.append(Word("so", 2.0, 2.2, 0.9))
    text = "So, mm-hmm  so"
    assert said_at_s(text, 0, words) == 1.0
    assert said_at_s(text, 4, words) == 1.5
    assert said_at_s(text, 7, words) == 1.7
    assert said_at_s(text, 12, words) == 2.0


def test_words_that_do_not_spell_the_text_tell_no_moment() -> None:
    words = [Word("So", 1.0, 1.2, 0.9), Word("gone", 1.5, 1.6, 0.9), Word("so", 2.0, 2.2, 0.9)]
    assert said_at_s("So I said so", 10, words) is None
    assert said_at_s("So gone so there", 8, words) is None
    assert said_at_s("So", 0, []) is None
