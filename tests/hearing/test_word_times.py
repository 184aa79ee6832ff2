"""Words lie where somebody speaks, whatever times the model gave them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenroom.hearing.word_times import placed
from greenroom.types import Span, Word


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(text, start_s, end_s, 0.9)


def times(words: tuple[Word, ...]) -> list[tuple[str, float, float]]:
    return [(word.text, word.start_s, word.end_s) for word in words]


def test_the_first_word_after_a_long_silence_begins_where_speech_does() -> None:
    """faster-whisper 125: it may be timed 10 s early."""
    voiced = [Span(1.0, 4.0), Span(14.0, 18.0)]
    words = [word("So,", 1.1, 1.5), word("well,", 4.2, 14.5), word("yes.", 14.6, 15.0)]
    assert times(placed(words, voiced)) == [("So,", 1.1, 1.5), ("well,", 14.0, 14.5), ("yes.", 14.6, 15.0)]


def test_a_word_that_lasts_into_a_long_silence_ends_with_speech() -> None:
    voiced = [Span(1.0, 4.0), Span(14.0, 18.0)]
    words = [word("end.", 3.5, 9.0), word("Then", 13.0, 14.4)]
    assert times(placed(words, voiced)) == [("end.", 3.5, 4.0), ("Then", 14.0, 14.4)]


def test_a_word_in_the_middle_of_nothing_goes_to_the_nearest_speech() -> None:
    voiced = [Span(1.0, 4.0), Span(14.0, 18.0)]
    words = [word("a", 5.0, 5.2), word("b", 12.0, 12.3)]
    assert times(placed(words, voiced)) == [("a", 4.0, 4.0), ("b", 14.0, 14.0)]


def test_a_word_may_lie_in_a_short_pause() -> None:
    voiced = [Span(1.0, 4.0), Span(4.9, 8.0)]
    assert times(placed([word("um,", 4.2, 4.6)], voiced)) == [("um,", 4.2, 4.6)]


def test_starts_never_go_back() -> None:
    voiced = [Span(1.0, 4.0), Span(14.0, 18.0)]
    words = [word("a", 15.0, 15.2), word("b", 2.0, 2.2), word("c", 14.5, 15.4)]
    assert times(placed(words, voiced)) == [("a", 15.0, 15.2), ("b", 15.0, 15.0), ("c", 15.0, 15.4)]


def test_no_words_and_no_speech() -> None:
    assert placed([], [Span(1.0, 2.0)]) == ()
    assert placed([word("ghost", 0.0, 1.0)], []) == ()


TIMES = st.floats(-20, 100)
WORDS = st.lists(st.builds(word, st.sampled_from(["a", "b"]), TIMES, TIMES), max_size=12)


@given(words=WORDS, gaps=st.lists(st.tuples(st.floats(0.25, 20), st.floats(0.2, 20)), min_size=1, max_size=6))
def test_no_word_is_lost_and_all_lie_within_the_answer(
    words: list[Word], gaps: list[tuple[float, float]]
) -> None:
    voiced = []
    at_s = 0.0
    for pause_s, spoken_s in gaps:
        voiced.append(Span(at_s + pause_s, at_s + pause_s + spoken_s))
        at_s = voiced[-1].end_s
    found = placed(words, voiced)
    assert [one.text for one in found] == [one.text for one in words]
    earliest_s = voiced[0].start_s - 0.001
    for one in found:
        assert earliest_s <= one.start_s <= one.end_s <= voiced[-1].end_s + 0.001
        earliest_s = one.start_s
