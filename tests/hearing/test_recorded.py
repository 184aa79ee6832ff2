"""A finished recording at one go: words and spans, or nothing when nobody speaks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from e2e.words import word_error_rate
from greenroom.errors import GreenroomError, TranscriptionError
from greenroom.hearing.load import load_whole
from greenroom.hearing.recorded import hear_in_words
from greenroom.hearing.transcriber import FasterWhisper, Recogniser
from greenroom.hearing.vad import SileroVad
from hearing.fakes import silence
from recordings import FOLDER, recorded


def never() -> Recogniser:
    raise AssertionError("the model is loaded only once there is speech")


def test_a_short_answer_in_words(tiny: FasterWhisper, vad: SileroVad) -> None:
    one = recorded("demo/practice-feeling")
    heard = hear_in_words(one.path, 0.0, vad, lambda: tiny)
    assert heard is not None
    voiced, transcript = heard
    assert word_error_rate(one.reference, transcript.text) <= 0.2, transcript.text
    assert (transcript.model, transcript.kind) == ("tiny.en", "stitched")
    assert voiced[0].start_s == pytest.approx(one.first_voiced_s, abs=0.05)
    assert voiced[-1].end_s == pytest.approx(one.last_voiced_s, abs=0.1)
    assert transcript.words[0].start_s >= round(voiced[0].start_s, 3)
    assert transcript.words[-1].end_s <= round(voiced[-1].end_s, 3) + 0.001


def test_a_quiet_answer_is_heard_at_the_second_look(
    tmp_path: Path, tiny: FasterWhisper, vad: SileroVad
) -> None:
    one = recorded("demo/practice-real")
    loud = load_whole(one.path)
    quiet = np.round(loud * (184 / np.max(loud))).astype(np.int16)  # -45 dBFS
    soundfile.write(tmp_path / "quiet.flac", quiet, 16_000)
    heard = hear_in_words(tmp_path / "quiet.flac", 0.0, vad, lambda: tiny)
    assert heard is not None
    assert word_error_rate(one.reference, heard[1].text) <= 0.4, heard[1].text
    assert heard[0][0].start_s == pytest.approx(one.first_voiced_s, abs=0.2)


def test_a_long_silence_inside_has_no_words_invented_on_it(
    tmp_path: Path, tiny: FasterWhisper, vad: SileroVad
) -> None:
    """Two short answers with a minute of room tone between them."""
    one, two = recorded("replies/debrief-05-question-one"), recorded("replies/debrief-07-question-two")
    tone = np.tile(load_whole(FOLDER / "noise" / "room_tone.flac"), 10)
    soundfile.write(
        tmp_path / "long.flac", np.concatenate([load_whole(one.path), tone, load_whole(two.path)]), 16_000
    )
    heard = hear_in_words(tmp_path / "long.flac", 0.0, vad, lambda: tiny)
    assert heard is not None
    text = heard[1].text
    assert word_error_rate(f"{one.reference} {two.reference}", text) <= 0.2, text
    assert len(heard[0]) <= 6


@pytest.mark.parametrize("name", ["room_tone", "keyboard", "door"])
def test_noise_has_no_words_and_loads_no_model(name: str, vad: SileroVad) -> None:
    assert hear_in_words(FOLDER / "noise" / f"{name}.flac", 0.0, vad, never) is None


def test_silence_has_no_words(tmp_path: Path, vad: SileroVad) -> None:
    soundfile.write(tmp_path / "silence.wav", silence(2.0), 16_000)
    assert hear_in_words(tmp_path / "silence.wav", 0.0, vad, never) is None


def test_nothing_after_the_question_is_nothing(vad: SileroVad) -> None:
    one = recorded("replies/yes")
    assert hear_in_words(one.path, one.last_voiced_s + 0.2, vad, never) is None


def test_failures_are_told_in_a_line(tmp_path: Path, vad: SileroVad) -> None:
    with pytest.raises(GreenroomError, match="There is no file"):
        hear_in_words(tmp_path / "gone.wav", 0.0, vad, never)

    def broken() -> Recogniser:
        raise TranscriptionError("The model is broken.", "Install it anew.")

    with pytest.raises(TranscriptionError, match="The model is broken"):
        hear_in_words(recorded("replies/yes").path, 0.0, vad, broken)
