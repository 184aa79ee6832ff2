"""Which stretches of a recording are bleeped."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.review.share.bleep_times import bleeps, joined, unheard, whole_runs, wider, without
from greenroom.types import Span, Word


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(text, start_s, end_s, 0.9)


SPOKEN = (
    word("I", 1.0, 1.2),
    word("worked", 1.2, 1.7),
    word("with", 1.7, 2.0),
    word("Priya", 2.0, 2.4),
    word("Raman", 2.4, 2.9),
    word("for", 2.9, 3.1),
    word("three", 3.1, 3.5),
    word("years.", 3.5, 4.0),
)
VOICED = (Span(1.0, 4.0),)


def test_a_name_of_two_words_is_one_bleep_that_reaches_to_each_side() -> None:
    assert bleeps(SPOKEN, [(3, 4)], VOICED, 6.0) == (Span(1.85, pytest.approx(3.05)),)


def test_a_bleep_near_the_edge_of_speech_reaches_to_the_edge() -> None:
    [first] = bleeps(SPOKEN, [(1, 1)], VOICED, 6.0)
    [last] = bleeps(SPOKEN, [(7, 7)], VOICED, 6.0)

    assert first.start_s == pytest.approx(0.85)
    assert last.end_s == pytest.approx(4.15)


def test_a_name_that_is_timed_too_short_is_given_the_time_it_takes() -> None:
    words = (word("so", 1.0, 2.0), word("Initech", 2.0, 2.02), word("then", 2.9, 4.0))
    [bleep] = bleeps(words, [(1, 1)], VOICED, 6.0)

    assert bleep.duration_s == pytest.approx(7 * 0.06 + 2 * 0.15)


def test_two_names_close_to_each_other_are_one_bleep() -> None:
    assert len(bleeps(SPOKEN, [(3, 3), (5, 5)], VOICED, 6.0)) == 1


def test_speech_that_is_in_no_word_is_bleeped() -> None:
    voiced = (Span(1.0, 4.0), Span(6.0, 7.5))

    assert unheard(SPOKEN, voiced) == [Span(6.0, 7.5)]
    assert bleeps(SPOKEN, [], voiced, 9.0) == (Span(6.0, 7.5),)


def test_a_breath_between_words_is_not() -> None:
    assert unheard(SPOKEN, (*VOICED, Span(4.6, 4.9))) == []


def test_a_name_still_heard_makes_the_bleep_beside_it_wider() -> None:
    assert wider((Span(2.0, 3.0),), [Span(3.1, 3.3)], 9.0) == (Span(1.65, pytest.approx(3.45)),)


def test_a_name_heard_elsewhere_gets_a_bleep_of_its_own() -> None:
    assert wider((Span(2.0, 3.0),), [Span(6.0, 6.5)], 9.0) == (
        Span(2.0, 3.0),
        Span(pytest.approx(5.85), pytest.approx(6.65)),
    )


def test_in_the_end_the_whole_run_of_speech_goes() -> None:
    voiced = (Span(1.0, 2.0), Span(2.5, 4.0), Span(7.0, 8.0))

    assert whole_runs([Span(3.0, 3.2)], voiced) == [Span(0.85, 4.15)]


def test_holes_are_taken_out_of_spans() -> None:
    assert without([Span(0, 4), Span(6, 7)], [Span(1, 2), Span(5, 9)]) == (Span(0, 1), Span(2, 4))


times = st.floats(0, 60, allow_nan=False)
spans = st.lists(st.tuples(times, times).map(lambda pair: Span(min(pair), max(pair))))


@given(spans)
def test_bleeps_are_in_order_apart_and_within_the_recording(given_spans: list[Span]) -> None:
    found = joined(given_spans, 30.0)

    assert all(0 <= one.start_s < one.end_s <= 30 for one in found)
    assert all(one.end_s < other.start_s for one, other in pairwise(found))
    inside = [span for span in given_spans if span.end_s <= 30 and span.duration_s > 0]
    assert all(
        any(one.start_s <= span.start_s and span.end_s <= one.end_s for one in found) for span in inside
    )
