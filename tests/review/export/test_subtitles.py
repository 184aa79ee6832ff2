"""Subtitles: cues of sensible length out of the times of words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.review.export.subtitles import Cue, cues, written
from greenroom.types import Word

WORDS = st.lists(
    st.builds(
        Word,
        st.text(max_size=60),
        st.floats(-1e6, 1e6, allow_nan=False),
        st.floats(-1e6, 1e6, allow_nan=False),
        st.just(0.9),
    ),
    max_size=60,
)


def said(text: str, start_s: float = 1.0, each_s: float = 0.4) -> list[Word]:
    return [
        Word(word, start_s + at * each_s, start_s + (at + 1) * each_s, 0.9)
        for at, word in enumerate(text.split())
    ]


def test_a_short_answer_is_one_cue_and_stays_long_enough_to_be_read() -> None:
    assert cues(said("Yes.")) == [Cue(1000, 1833, ("Yes.",))]


def test_two_lines_of_about_the_same_length() -> None:
    (cue,) = cues(said("I asked for the rollback plan before anybody touched a table", each_s=0.3))
    assert cue.lines == ("I asked for the rollback plan", "before anybody touched a table")


def test_a_sentence_and_a_silence_begin_a_cue_of_their_own() -> None:
    words = said("So we disagreed about it. Then I asked why") + said("and so on", start_s=6.0)
    assert [cue.lines for cue in cues(words)] == [
        ("So we disagreed about it.",),
        ("Then I asked why",),
        ("and so on",),
    ]


def test_a_very_short_sentence_does_not() -> None:
    assert [cue.lines for cue in cues(said("No. I went home."))] == [("No. I went home.",)]


def test_no_cue_is_longer_than_seven_seconds() -> None:
    slow = cues(said("one two three four five six seven eight nine ten", each_s=1.0))
    assert [cue.end_ms - cue.start_ms for cue in slow] == [7000, 3000]
    assert cues([Word("Well", 0.0, 100.0, 0.9)]) == [Cue(0, 7000, ("Well",))]


def test_times_that_run_backwards_are_set_right() -> None:
    found = cues([Word("one.", 5.0, 4.0, 0.9), Word("two.", 1.0, 1.0, 0.9), Word("three.", -3.0, 9.0, 0.9)])
    assert found == [Cue(5000, 9000, ("one. two. three.",))]


def test_srt_and_vtt_as_players_read_them() -> None:
    found = [Cue(0, 833, ("Yes & <b>no</b>.",)), Cue(3_723_004, 3_724_000, ("a --> b", "{\\an8}"))]
    assert written(found, "srt") == (
        "1\n00:00:00,000 --> 00:00:00,833\nYes & ‹b›no‹/b›.\n\n"
        "2\n01:02:03,004 --> 01:02:04,000\na → b\n(\\an8)\n"
    )
    assert written(found, "vtt") == (
        "WEBVTT\n\n"
        "1\n00:00:00.000 --> 00:00:00.833\nYes &amp; &lt;b&gt;no&lt;/b&gt;.\n\n"
        "2\n01:02:03.004 --> 01:02:04.000\na → b\n{\\an8}\n"
    )


def test_a_word_without_an_end_is_cut_into_lines() -> None:
    (cue,) = cues([Word("x" * 100_000, 0.0, 1.0, 0.9)])
    assert (len(cue.lines), cue.lines[0], cue.lines[-1]) == (2381, "x" * 42, "x" * 40)


@pytest.mark.parametrize(("form", "empty"), [("srt", ""), ("vtt", "WEBVTT\n")])
def test_nothing_said_is_a_file_without_cues(form: str, empty: str) -> None:
    assert written(cues([]), form) == empty  # type: ignore[arg-type]


@given(WORDS)
def test_whatever_the_words_no_two_cues_overlap_and_none_is_too_wide(words: list[Word]) -> None:
    found = cues(words)
    assert all(0 <= cue.start_ms < cue.end_ms for cue in found)
    assert all(cue.end_ms <= after.start_ms for cue, after in pairwise(found))
    assert all(cue.end_ms - cue.start_ms <= 7000 for cue in found)
    assert all(1 <= len(line) <= 42 for cue in found for line in cue.lines)
    for form in ("srt", "vtt"):
        text = written(found, form)  # type: ignore[arg-type]
        assert text.count(" --> ") == len(found)


@given(WORDS)
def test_no_letter_is_lost(words: list[Word]) -> None:
    from greenroom.review.clean import clean

    shown = "".join("".join(cue.lines) for cue in cues(words)).replace(" ", "")
    assert shown == "".join(clean(word.text) for word in words).replace(" ", "")
