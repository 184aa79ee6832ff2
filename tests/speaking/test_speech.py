"""Where the voice ends, on numbers."""

from __future__ import annotations

import numpy as np
import pytest

from greenroom.errors import VoiceError
from greenroom.speaking.speech import Speech, voiced_frames
from speaking.sounds import silence, tone


def test_ends_with_the_last_voiced_sample() -> None:
    speech = Speech.of(np.concatenate([tone(0.5), silence(0.3), tone(0.2), silence(1.0)]), 16_000)

    assert speech.voiced_until_s == 1.0


def test_trims_the_silence_around_it() -> None:
    speech = Speech.of(np.concatenate([silence(0.6), tone(0.5), silence(1.0)]), 16_000)

    assert speech.voiced_until_s == pytest.approx(0.1 + 0.5)
    assert speech.duration_s == pytest.approx(0.1 + 0.5 + 0.15)
    assert not speech.pcm[:1600].any()
    assert speech.pcm[1601] != 0


def test_keeps_less_silence_when_there_is_less() -> None:
    speech = Speech.of(np.concatenate([silence(0.03), tone(0.5), silence(0.02)]), 16_000)

    assert speech.voiced_until_s == pytest.approx(0.53)
    assert speech.duration_s == pytest.approx(0.55)


@pytest.mark.parametrize(("amplitude", "voiced_until_s"), [(120, 0.6), (80, 0.5)])
def test_counts_what_is_at_most_40_db_weaker_than_the_loudest(
    amplitude: float, voiced_until_s: float
) -> None:
    speech = Speech.of(np.concatenate([tone(0.5), tone(0.1, amplitude=amplitude), silence(0.5)]), 16_000)

    assert speech.voiced_until_s == pytest.approx(voiced_until_s)


def test_ends_at_the_last_sample_when_it_is_voiced_to_the_end() -> None:
    speech = Speech.of(tone(0.123), 16_000)

    assert speech.voiced_until_s == speech.duration_s == 0.123


def test_knows_each_frame() -> None:
    pcm = np.concatenate([tone(0.02), silence(0.01), tone(0.005)])

    assert voiced_frames(pcm, 16_000).tolist() == [True, True, False, True]


@pytest.mark.parametrize("pcm", [silence(0), silence(1), tone(1, amplitude=100)])
def test_silence_is_no_speech(pcm: np.ndarray) -> None:
    with pytest.raises(VoiceError, match="said nothing"):
        Speech.of(pcm, 16_000)


def test_finds_the_same_end_again_in_what_it_kept() -> None:
    once = Speech.of(np.concatenate([silence(0.4), tone(0.333), silence(1.0)]), 22_050 // 2)
    twice = Speech.of(once.pcm, once.sample_rate_hz)

    assert twice.voiced_until_s == once.voiced_until_s
    assert np.array_equal(twice.pcm, once.pcm)
