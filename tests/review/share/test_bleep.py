"""Names taken out of sound."""

from __future__ import annotations

import numpy as np
import pytest

from greenroom.review.share.bleep import LOUDEST_RMS, SOFTEST_RMS, answer_span, bleeped
from greenroom.types import Pcm, Span

RATE = 16_000


def noise(seconds: float, rms: float, seed: int = 1) -> Pcm:
    sound = np.random.default_rng(seed).normal(0, rms, round(seconds * RATE))
    return np.clip(sound, -32_768, 32_767).astype(np.int16)


def rms(pcm: Pcm) -> float:
    return float(np.sqrt(np.mean(pcm.astype(np.float64) ** 2)))


def test_nothing_of_the_speech_is_left_in_a_bleep_and_the_rest_is_untouched() -> None:
    one, other = noise(4, 1000), noise(4, 1000, seed=2)
    other[: 2 * RATE] = one[: 2 * RATE]
    other[3 * RATE :] = one[3 * RATE :]
    span = Span(1.9, 3.1)

    masked = bleeped(one, [span], [Span(0, 4)])
    assert np.array_equal(masked, bleeped(other, [span], [Span(0, 4)]))
    assert np.array_equal(masked[: round(1.85 * RATE)], one[: round(1.85 * RATE)])
    assert np.array_equal(masked[round(3.15 * RATE) :], one[round(3.15 * RATE) :])
    assert len(masked) == len(one)


def test_a_bleep_is_half_as_loud_as_the_speech_around_it() -> None:
    masked = bleeped(noise(4, 2000), [Span(1.0, 2.0)], [Span(0, 4)])

    assert rms(masked[round(1.1 * RATE) : round(1.9 * RATE)]) == pytest.approx(1000, rel=0.05)


@pytest.mark.parametrize(("speech", "tone"), [(1, SOFTEST_RMS), (20_000, LOUDEST_RMS)])
def test_a_bleep_is_never_lost_and_never_hurts(speech: float, tone: float) -> None:
    masked = bleeped(noise(4, speech), [Span(1.0, 2.0)], [Span(0, 4)])

    assert rms(masked[round(1.1 * RATE) : round(1.9 * RATE)]) == pytest.approx(tone, rel=0.05)


def test_a_bleep_begins_and_ends_without_a_click() -> None:
    speech = (8000 * np.sin(2 * np.pi * 150 * np.arange(3 * RATE) / RATE)).astype(np.int16)
    steps = np.abs(np.diff(bleeped(speech, [Span(1.0, 2.0)], [Span(0, 3)]).astype(np.int32)))

    # The speech steps by 471 at most, the tone, 6 dB softer and three times as high, by 785.
    for edge in (RATE, 2 * RATE):
        assert steps[edge - 400 : edge + 400].max() <= 800


def test_a_bleep_over_the_whole_recording_leaves_only_a_tone() -> None:
    assert np.array_equal(
        bleeped(noise(1, 900), [Span(0.0, 1.0)], [Span(0, 1)]),
        bleeped(noise(1, 90, seed=3), [Span(0.0, 1.0)], [Span(0, 1)]),
    )


def test_the_answer_is_kept_and_the_question_before_it_is_not() -> None:
    assert answer_span([Span(5.0, 9.0)], 2.0, 12.0) == Span(4.5, 9.5)
    assert answer_span([Span(5.0, 9.0)], 4.8, 12.0).start_s == pytest.approx(4.82)
    assert answer_span([Span(5.0, 9.0)], None, 9.2) == Span(4.5, 9.2)


def test_one_who_spoke_into_the_question_is_heard_from_the_first_word() -> None:
    assert answer_span([Span(5.0, 9.0)], 6.0, 12.0).start_s == pytest.approx(4.98)
