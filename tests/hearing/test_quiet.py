"""A quiet speaker is heard at the second look; noise stays noise."""

from __future__ import annotations

import numpy as np
import pytest

from greenroom.hearing.load import load_whole
from greenroom.hearing.quiet import hear_quiet_speech
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.vad import SileroVad
from greenroom.types import Pcm
from hearing.fakes import Submitted, silence, tone
from recordings import FOLDER, recorded

RULE = StretchRule()


def quiet(name: str, peak_dbfs: float) -> Pcm:
    pcm = load_whole(recorded(name).path).astype(np.float64)
    gain = 32_768 * 10 ** (peak_dbfs / 20) / np.max(np.abs(pcm))
    return np.round(pcm * gain).astype(np.int16)


@pytest.mark.parametrize("name", ["replies/yes", "replies/human-no", "demo/practice-real"])
def test_speech_at_minus_45_dbfs_is_heard(name: str, vad: SileroVad) -> None:
    submitted = Submitted()
    spans, words = hear_quiet_speech(quiet(name, -45), 0.0, vad, submitted, RULE)
    assert spans[0].start_s == pytest.approx(recorded(name).first_voiced_s, abs=0.2)
    assert spans[-1].end_s == pytest.approx(recorded(name).last_voiced_s, abs=0.2)
    assert len(words) == len(submitted.stretches) >= 1


def test_a_second_look_begins_where_the_question_ended(vad: SileroVad) -> None:
    """What comes before is the question's own echo; times stay those of the whole recording."""
    pcm = np.concatenate([quiet("replies/yes", -45), quiet("replies/no", -45)])
    from_s = recorded("replies/yes").seconds
    submitted = Submitted()
    spans, _ = hear_quiet_speech(pcm, from_s, vad, submitted, RULE)
    assert len(spans) == 1
    assert spans[0].start_s == pytest.approx(from_s + recorded("replies/no").first_voiced_s, abs=0.2)
    assert submitted.stretches[0][1] >= from_s


@pytest.mark.parametrize("name", ["room_tone", "keyboard", "door"])
def test_noise_is_not_speech(name: str, vad: SileroVad) -> None:
    submitted = Submitted()
    pcm = load_whole(FOLDER / "noise" / f"{name}.flac")
    assert hear_quiet_speech(pcm, 0.0, vad, submitted, RULE) == ((), [])
    assert submitted.stretches == []


def test_silence_is_not_raised_and_a_loud_recording_is_not_looked_at_again(vad: SileroVad) -> None:
    submitted = Submitted()
    assert hear_quiet_speech(silence(3.0), 0.0, vad, submitted, RULE) == ((), [])
    assert hear_quiet_speech(quiet("replies/yes", -6), 0.0, vad, submitted, RULE) == ((), [])
    assert hear_quiet_speech(silence(1.0), 5.0, vad, submitted, RULE) == ((), [])
    assert hear_quiet_speech(tone(0.005, level=1_000), 0.0, vad, submitted, RULE) == ((), [])
    assert submitted.stretches == []
