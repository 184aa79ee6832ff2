"""A transcript as paragraphs whose words know when they were said."""

from __future__ import annotations

from dataclasses import replace

from greenroom.review.report.parts import Paragraph, WordPart
from greenroom.review.report.spoken import paragraphs
from greenroom.types import Turn, Word
from review.sample import CONFLICT


def texts(found: tuple[Paragraph, ...]) -> list[str]:
    return [" ".join(word.text for word in paragraph.words) for paragraph in found]


def sentences(*lengths: int, pause_s: float = 0.0) -> Turn:
    """Sentences of so many words, a word a second, each after a pause."""
    words: list[Word] = []
    at = 0.0
    for length in lengths:
        at += pause_s
        for place in range(length):
            words.append(Word("word." if place == length - 1 else "word", at, at + 1, 0.9))
            at += 1
    text = " ".join(word.text for word in words)
    return replace(CONFLICT, transcript=text, words=tuple(words), timing=None)


def test_each_word_has_its_time_and_fillers_and_long_pauses_are_marked() -> None:
    (found,) = paragraphs(CONFLICT, "a3-1")
    assert found.at is not None
    assert (found.at.anchor, found.at.at_s, found.at.text) == ("a3-1", 2.1, "0:02")
    assert found.words[:2] == (WordPart("So,", 2.1), WordPart("um,", 2.5, filler=True))
    assert found.words[7] == WordPart("Uh,", 6.75, filler=True, pause="(pause 2.2 s)")


def test_a_paragraph_ends_with_the_first_sentence_that_makes_it_full() -> None:
    lengths = [len(one.words) for one in paragraphs(sentences(20, 20, 20, 20), "a")]
    assert lengths == [60, 20]


def test_a_long_pause_after_a_sentence_begins_a_new_one() -> None:
    assert [len(one.words) for one in paragraphs(sentences(15, 5, pause_s=2.0), "a")] == [15, 5]
    assert [len(one.words) for one in paragraphs(sentences(15, 5), "a")] == [20]


def test_words_that_do_not_fit_the_times_are_still_there_to_read() -> None:
    (found,) = paragraphs(replace(CONFLICT, transcript="We disagreed, um, once."), "a3-1")
    assert found.at is None
    assert found.words == (
        WordPart("We"),
        WordPart("disagreed,"),
        WordPart("um,", filler=True),
        WordPart("once."),
    )


def test_nothing_said_makes_no_paragraph() -> None:
    assert paragraphs(replace(CONFLICT, transcript=None, words=()), "a") == ()


def test_terminal_escapes_do_not_reach_the_page() -> None:
    hostile = replace(CONFLICT, transcript="Hi\x1b[31m there\u202e you", words=())
    assert texts(paragraphs(hostile, "a")) == ["Hi there you"]


def test_words_without_any_end_of_a_sentence_are_set_in_paragraphs_all_the_same() -> None:
    endless = replace(CONFLICT, transcript="and so on " * 120, words=())
    assert [len(one.words) for one in paragraphs(endless, "a")] == [150, 150, 60]
