"""A recording in another format keeps its length and, where the format keeps them, every sample."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from greenroom.errors import GreenroomError
from greenroom.hearing.converting import convert
from greenroom.hearing.load import load_whole
from recordings import recorded

SOURCE = recorded("demo/practice-real").path


def test_flac_is_copied_byte_by_byte(tmp_path: Path) -> None:
    convert(SOURCE, tmp_path / "a.flac", "flac")
    assert (tmp_path / "a.flac").read_bytes() == SOURCE.read_bytes()
    assert (tmp_path / "a.flac").stat().st_mode & 0o777 == 0o600


def test_wav_has_the_same_samples(tmp_path: Path) -> None:
    convert(SOURCE, tmp_path / "a.wav", "wav")
    assert soundfile.info(tmp_path / "a.wav").format == "WAV"
    assert np.array_equal(load_whole(tmp_path / "a.wav"), load_whole(SOURCE))
    convert(tmp_path / "a.wav", tmp_path / "b.flac", "flac")
    assert soundfile.info(tmp_path / "b.flac").format == "FLAC"
    assert np.array_equal(load_whole(tmp_path / "b.flac"), load_whole(SOURCE))


def test_opus_is_small_and_as_long(tmp_path: Path) -> None:
    convert(SOURCE, tmp_path / "a.opus", "opus")
    assert soundfile.info(tmp_path / "a.opus").subtype == "OPUS"
    assert abs(len(load_whole(tmp_path / "a.opus")) - len(load_whole(SOURCE))) < 1600
    assert (tmp_path / "a.opus").stat().st_size < SOURCE.stat().st_size / 2


@pytest.mark.parametrize("wanted", ["wav", "opus"])
def test_what_is_no_sound_leaves_no_file(tmp_path: Path, wanted: str) -> None:
    broken = tmp_path / "broken.flac"
    broken.write_bytes(b"fLaC" + bytes(50))
    with pytest.raises(GreenroomError):
        convert(broken, tmp_path / f"a.{wanted}", wanted)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["broken.flac"]


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("mine")
    with pytest.raises(GreenroomError, match="is there already"):
        convert(SOURCE, tmp_path / "a.wav", "wav")
    assert (tmp_path / "a.wav").read_text() == "mine"


@pytest.mark.parametrize("wanted", ["flac", "opus"])
def test_ctrl_c_leaves_no_half_a_recording(
    tmp_path: Path, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("greenroom.hearing.converting.as_opus", interrupted)
    monkeypatch.setattr("greenroom.hearing.converting.shutil.copyfileobj", interrupted)
    with pytest.raises(KeyboardInterrupt):
        convert(SOURCE, tmp_path / f"a.{wanted}", wanted)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
