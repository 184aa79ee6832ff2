"""The clockwork of an answer, on literals and as laws."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.coaching.timing import count_words, timing, timing_of_spans
from greenroom.types import Recording, Span, Timing, Word

SPANS = (Span(2.5, 4.0), Span(4.5, 6.0), Span(8.0, 12.5))


def said(*texts: str) -> list[Word]:
    return [Word(text, place * 0.5, place * 0.5 + 0.4, 0.9) for place, text in enumerate(texts)]


def recording(*voiced: Span, question_ended_s: float = 0.0) -> Recording:
    return Recording(Path("/a.flac"), 20.0, question_ended_s, voiced)


def test_an_answer_is_measured_from_its_first_voiced_sample_to_its_last() -> None:
    words = said(*["word"] * 25)

    assert timing(recording(*SPANS, question_ended_s=0.4), words) == Timing(
        thinking_s=2.1, answer_s=10.0, speaking_s=7.5, longest_pause_s=2.0, words_per_minute=150.0
    )


def test_a_question_that_ended_before_the_recording_began_lengthens_the_thinking() -> None:
    measured = timing(recording(Span(1.0, 3.0), question_ended_s=-0.75), said("yes"))

    assert measured is not None
    assert measured.thinking_s == 1.75


def test_an_answer_that_came_before_the_question_ended_took_no_thinking() -> None:
    measured = timing(recording(Span(0.2, 3.0), question_ended_s=0.5), said("yes"))

    assert measured is not None
    assert measured.thinking_s == 0.0


def test_silence_has_no_timing() -> None:
    assert timing(recording(), said("ghost")) is None
    assert timing_of_spans([Span(1.0, 1.0)], 0.0, 3) is None


def test_without_words_there_is_no_pace() -> None:
    assert timing(recording(*SPANS), []) == Timing(2.5, 10.0, 7.5, 2.0, None)


@pytest.mark.parametrize(("end_s", "pace"), [(1.99, None), (2.0, 60.0)])
def test_an_answer_under_a_second_has_no_pace(end_s: float, pace: float | None) -> None:
    measured = timing(recording(Span(1.0, end_s)), said("yes"))

    assert measured is not None
    assert measured.words_per_minute == pace


def test_one_stretch_has_no_pause() -> None:
    assert timing_of_spans([Span(1.0, 5.0)], 0.0, 8) == Timing(1.0, 4.0, 4.0, 0.0, 120.0)


def test_overlapping_and_unordered_stretches_count_once() -> None:
    spans = [Span(5.0, 7.0), Span(1.0, 3.0), Span(2.0, 4.0)]

    assert timing_of_spans(spans, 0.0, 0) == Timing(1.0, 6.0, 5.0, 1.0, None)


def test_the_silence_around_a_command_or_a_pause_is_no_part_of_the_answer() -> None:
    spans = [Span(1.0, 3.0), Span(9.0, 11.0), Span(12.0, 15.0), Span(20.0, 21.0)]
    command, pressed = Span(4.5, 5.1), Span(17.0, 17.0)

    assert timing_of_spans(spans, 0.0, 18, [command, pressed]) == Timing(1.0, 9.0, 8.0, 1.0, 120.0)
    assert timing_of_spans(spans, 0.0, 40, [Span(2.0, 2.0)]) == Timing(1.0, 20.0, 8.0, 6.0, 120.0)


def test_punctuation_alone_is_no_word() -> None:
    assert count_words(said("Well,", "-", "…", "3")) == 2


moments = st.floats(0, 600, allow_nan=False)
spans = st.lists(
    st.builds(lambda start, length: Span(start, start + length), moments, st.floats(0, 60)), max_size=12
)


@given(spans, st.floats(-10, 700), st.integers(0, 2000))
def test_no_figure_is_negative_and_the_parts_fit_in_the_whole(
    voiced: list[Span], question_ended_s: float, word_count: int
) -> None:
    measured = timing_of_spans(voiced, question_ended_s, word_count)
    if measured is None:
        return

    assert measured.thinking_s >= 0
    assert 0 <= measured.speaking_s <= measured.answer_s
    assert 0 <= measured.longest_pause_s <= measured.answer_s
    assert measured.words_per_minute is None or measured.words_per_minute > 0


@given(spans.filter(bool), st.floats(0, 5), st.floats(0.1, 30))
def test_speaking_on_never_shortens_an_answer(voiced: list[Span], pause_s: float, more_s: float) -> None:
    before = timing_of_spans(voiced, 0.0, 0)
    start_s = max(span.end_s for span in voiced) + pause_s
    after = timing_of_spans([*voiced, Span(start_s, start_s + more_s)], 0.0, 0)
    if before is None:
        return

    assert after is not None
    assert after.thinking_s == before.thinking_s
    assert after.answer_s > before.answer_s
    assert after.speaking_s > before.speaking_s
    assert after.longest_pause_s >= before.longest_pause_s


@given(spans, st.floats(0, 100), st.floats(0, 100))
def test_a_question_that_ended_later_never_lengthens_the_thinking(
    voiced: list[Span], ended_s: float, later_s: float
) -> None:
    early, late = (timing_of_spans(voiced, at_s, 0) for at_s in (ended_s, ended_s + later_s))

    assert (early is None) == (late is None)
    if early is not None and late is not None:
        assert late.thinking_s <= early.thinking_s
