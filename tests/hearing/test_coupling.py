"""Numbers for the loudspeaker in the microphone: exact on sounds made by the test."""

from __future__ import annotations

import numpy as np
import pytest

from greenroom.hearing.coupling import Coupling, CouplingMeter, level
from greenroom.types import Pcm
from hearing.fakes import LoudnessVad, silence


def syllables(seconds: float, seed: int) -> Pcm:
    """Noise that comes and goes as speech does."""
    dice = np.random.default_rng(seed)
    loudness = np.repeat(dice.uniform(0, 1, round(seconds * 8)) ** 2, 2_000)
    return np.rint(dice.standard_normal(len(loudness)) * 4_000 * loudness).astype(np.int16)


def later(pcm: Pcm, delay_s: float, level_db: float) -> Pcm:
    moved = np.concatenate([silence(delay_s), pcm])[: len(pcm)]
    return np.rint(moved * 10 ** (level_db / 20)).astype(np.int16)


@pytest.mark.parametrize("level_db", [-40.0, -20.0, 0.0])
@pytest.mark.parametrize("delay_s", [0.0, 0.12, 0.5])
def test_an_echo_is_found_with_its_level(level_db: float, delay_s: float) -> None:
    far = syllables(4, seed=1)
    found = level(later(far, delay_s, level_db), far)
    assert found.heard
    assert found.level_db == pytest.approx(level_db, abs=1)


def test_what_has_nothing_to_do_with_it_only_bounds_it() -> None:
    """Somebody else at half its loudness: its own voice is at most that loud."""
    found = level(later(syllables(4, seed=2), 0.0, -6), syllables(4, seed=1))
    assert not found.heard
    assert found.level_db == pytest.approx(-6, abs=2)


def test_silence_bounds_it_to_nothing() -> None:
    found = level(silence(4), syllables(4, seed=1))
    assert not found.heard
    assert found.level_db == -120


def say(meter: CouplingMeter, seconds: float, *, left: float = 0.0, level_db: float = -20.0) -> None:
    """A sentence of which so great a part is left at its beginning."""
    far = syllables(seconds, seed=1)
    near = later(far, 0.1, level_db)
    rest = np.where(np.arange(len(far)) < left * len(far), 5_000, 0).astype(np.int16)
    for at in range(0, len(far), 160):
        meter.push(near[at : at + 160], far[at : at + 160], rest[at : at + 160])
    meter.end()


def test_nothing_is_known_before_a_sentence_has_been_said() -> None:
    meter = CouplingMeter(LoudnessVad())
    assert meter.coupling is None
    say(meter, 0.25)
    assert meter.coupling is None
    say(meter, 2)
    assert meter.coupling == Coupling(pytest.approx(-20, abs=1), True, 0.0)


@pytest.mark.parametrize(("left", "too_much"), [(0.0, False), (0.1, False), (0.5, True), (1.0, True)])
def test_too_much_is_left_when_it_still_sounds_like_speech(left: float, too_much: bool) -> None:
    meter = CouplingMeter(LoudnessVad())
    say(meter, 3, left=left)
    assert meter.coupling is not None
    assert meter.coupling.left == pytest.approx(left, abs=0.03)
    assert meter.coupling.too_much_left is too_much


def test_somebody_who_talks_over_some_sentences_changes_nothing() -> None:
    meter = CouplingMeter(LoudnessVad())
    for left in (0.0, 0.9, 0.0, 0.8, 0.9):
        say(meter, 2, left=left)
    assert meter.coupling is not None
    assert not meter.coupling.too_much_left


def test_of_a_long_sentence_four_seconds_count() -> None:
    meter = CouplingMeter(LoudnessVad())
    say(meter, 12, left=0.5)
    assert meter.coupling is not None
    assert meter.coupling.left == pytest.approx(1.0, abs=0.01)
