"""The sound that says: heard."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from greenroom.speaking.chime import NOTES_HZ, SAMPLE_RATE_HZ, chime


def test_it_is_quiet_short_and_the_same_each_time() -> None:
    sound = chime()
    assert sound is chime()
    assert (sound.sample_rate_hz, sound.pcm.dtype) == (22_050, np.int16)
    assert len(sound.pcm) / SAMPLE_RATE_HZ == pytest.approx(0.24, abs=0.001)
    assert sound.duration_s == pytest.approx(0.24, abs=0.001)
    peak_dbfs = 20 * np.log10(np.max(np.abs(sound.pcm.astype(float))) / 32_768)
    assert -27 < peak_dbfs < -23


def test_it_begins_and_ends_without_a_click() -> None:
    pcm = chime().pcm.astype(float)
    assert abs(pcm[0]) <= 1
    assert np.max(np.abs(pcm[-20:])) < 0.15 * np.max(np.abs(pcm))


def test_its_second_note_is_higher() -> None:
    first, second = np.split(chime().pcm.astype(float), 2)
    assert loudest_hz(first) == pytest.approx(NOTES_HZ[0], rel=0.03)
    assert loudest_hz(second) == pytest.approx(NOTES_HZ[1], rel=0.03)


def loudest_hz(note: NDArray[np.float64]) -> float:
    size = 16 * len(note)
    strengths = np.abs(np.fft.rfft(note, size))
    return float(np.fft.rfftfreq(size, 1 / SAMPLE_RATE_HZ)[np.argmax(strengths)])
