"""Where the first and the last word really are, on every recording with labels.

Thinking time and the length of an answer hang on this: within 0.1 s in nine of ten, within 0.15 s in all.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

from greenroom.hearing.answer import hear_recording
from greenroom.hearing.edges import FURTHEST_S, refined_onset
from greenroom.hearing.load import load, load_whole
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.vad import SileroVad
from greenroom.types import SAMPLE_RATE_HZ, Pcm
from hearing.fakes import Submitted, silence, tone
from recordings import FOLDER, recorded


def names(speech: str) -> list[str]:
    rows = json.loads((FOLDER / "manifest.json").read_text("utf-8"))["recordings"]
    return [row["file"].removesuffix(".flac") for row in rows if row["speech"] == speech]


def edges_off_s(name: str, vad: SileroVad) -> tuple[float, float]:
    """How far the first and the last voiced sample are from the manifest's, in seconds."""
    one = recorded(name)
    voiced, _, _ = hear_recording(load(one.path), vad, Submitted(), StretchRule())
    onset_s = refined_onset(load_whole(one.path), voiced[0].start_s)
    return onset_s - one.first_voiced_s, voiced[-1].end_s - one.last_voiced_s


def test_synthetic_answers_and_replies_are_timed_to_a_tenth_of_a_second(vad: SileroVad) -> None:
    """Measured when this was written: onsets within 0.01 s in the first 26, ends within 0.09 s."""
    off = {name: edges_off_s(name, vad) for name in names("synthetic")}
    assert len(off) > 60
    worst = {name: max(abs(first), abs(last)) for name, (first, last) in off.items()}
    assert [name for name, most in worst.items() if most > 0.15] == []
    assert sum(most <= 0.1 for most in worst.values()) >= 0.9 * len(worst)


def test_human_answers_are_timed_to_a_tenth_of_a_second(vad: SileroVad) -> None:
    """human-jfk ends in the middle of the room's noise, its last label is the end of the file: left out."""
    off = {name: edges_off_s(name, vad) for name in names("human") if name != "answers/human-jfk"}
    worst = {name: max(abs(first), abs(last)) for name, (first, last) in off.items()}
    assert [name for name, most in worst.items() if most > 0.1] == []


def hiss(seconds: float) -> Pcm:
    return np.random.default_rng(1).normal(0, 20, round(seconds * SAMPLE_RATE_HZ)).astype(np.int16)


def test_an_onset_heard_late_is_moved_back_to_where_the_sound_rises() -> None:
    pcm = np.concatenate([hiss(2.0), tone(1.0)])
    assert refined_onset(pcm, 2.3) == pytest.approx(2.0, abs=0.011)


def test_an_onset_is_never_moved_later_or_further_than_a_first_consonant() -> None:
    pcm = np.concatenate([hiss(1.0), tone(3.0)])
    assert refined_onset(pcm, 2.0) == pytest.approx(2.0 - FURTHEST_S, abs=0.011)
    assert refined_onset(np.concatenate([hiss(3.0), tone(1.0)]), 2.5) == 2.5


def test_the_closure_of_a_plosive_is_inside_the_word_and_a_longer_gap_is_not() -> None:
    closure = np.concatenate([hiss(2.0), tone(0.05), hiss(0.07), tone(1.0)])
    assert refined_onset(closure, 2.2) == pytest.approx(2.0, abs=0.011)
    click = np.concatenate([hiss(2.0), tone(0.05), hiss(0.15), tone(1.0)])
    assert refined_onset(click, 2.3) == pytest.approx(2.2, abs=0.011)


@pytest.mark.parametrize("coarse_s", [0.0, 0.01, 0.032])
def test_speech_from_the_very_start_stays_where_it_is(coarse_s: float) -> None:
    assert 0 <= refined_onset(tone(1.0), coarse_s) <= coarse_s


def test_digital_silence_moves_nothing() -> None:
    assert refined_onset(silence(2.0), 1.5) == 1.5


def test_an_onset_is_not_moved_into_room_tone_that_follows_digital_silence() -> None:
    """A gate or a mute leaves zeros, against which a quiet room (-55 dBFS) would count as loud."""
    noise = np.random.default_rng(1).normal(0, 1, 24_000)
    room = noise * 10 ** (-55 / 20) * 32_768
    room[: int(0.4 * 16_000)] = 0
    speech = np.sin(np.arange(8_000) * 0.08) * 8_000
    pcm = np.concatenate([room, speech]).round().astype(np.int16)
    assert refined_onset(pcm, 1.52) == pytest.approx(1.5, abs=0.011)
