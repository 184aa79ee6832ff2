"""Silences inside an answer, its own clock, and the course of its pace."""

from __future__ import annotations

import pytest

from coaching.said import lexicon, spoken_answer
from greenroom.coaching.clock import AnswerClock
from greenroom.coaching.measures import Pauses, measure
from greenroom.coaching.pace import pace_course
from greenroom.coaching.pauses import pauses_of
from greenroom.types import Answer, Span, Word


def clock(*spans: tuple[float, float], left_out: tuple[Span, ...] = ()) -> AnswerClock:
    found = AnswerClock.of([Span(*span) for span in spans], left_out)
    assert found is not None
    return found


def test_pauses_from_half_a_second_on_are_counted() -> None:
    assert pauses_of(clock((1, 3), (3.4, 5), (6, 8), (8.5, 11))) == Pauses(
        count=2, longest_s=1.0, total_s=1.5, share=0.15
    )


def test_an_answer_without_pauses_has_none() -> None:
    assert pauses_of(clock((1, 3))) == Pauses(count=0, longest_s=0.0, total_s=0.0, share=0.0)


def test_the_silence_around_a_command_is_no_pause() -> None:
    found = clock((1, 3), (10, 12), left_out=(Span(5, 6),))
    assert pauses_of(found).count == 0
    assert found.length_s == 4
    assert [found.at(moment_s) for moment_s in (0, 2, 5, 11, 20)] == [0, 1, 2, 3, 4]


def test_a_pause_by_a_key_is_no_pause() -> None:
    assert pauses_of(clock((1, 3), (10, 12), left_out=(Span(4, 4),))).count == 0


def test_a_typed_answer_has_no_pauses_and_no_course() -> None:
    found = measure(Answer(question="", text="I called them."), lexicon())
    assert (found.pauses, found.pace_course, found.timing) == (None, (), None)


def said(*times_s: float) -> list[Word]:
    return [Word("word", time_s, time_s + 0.2, 0.9) for time_s in times_s]


def test_the_course_is_the_pace_of_each_third() -> None:
    words = said(*range(20), *[20 + n * 0.5 for n in range(40)], *[40 + n * 0.25 for n in range(80)])
    assert pace_course(words, clock((0, 60))) == (60, 120, 240)


def test_a_short_answer_has_no_course() -> None:
    assert pace_course(said(*range(29)), clock((0, 29))) == ()


def test_the_course_leaves_out_a_pause_by_a_key() -> None:
    words = said(*range(20), *range(120, 140))
    paused = clock((0, 20), (120, 140), left_out=(Span(60, 60),))
    assert pace_course(words, paused) == pace_course(said(*range(40)), clock((0, 40)))


def test_the_mean_of_the_course_is_the_pace_of_the_whole() -> None:
    found = measure(spoken_answer("word um " * 60), lexicon())
    assert found.timing is not None
    assert sum(found.pace_course) / 3 == pytest.approx(found.timing.words_per_minute)
