"""A recording is whole on disk after every block, and its FLAC holds exactly what was asked for."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile

from greenroom.errors import GreenroomError
from greenroom.hearing.recorder import Recorder, keep_as_flac
from greenroom.types import Pcm
from hearing.fakes import mode_of

REMEDY = "Make room on the disk or choose another GREENROOM_HOME. What was recorded before is safe."


def counting(samples: int) -> Pcm:
    """Every sample differs from its neighbours."""
    return (np.arange(samples) % 30_000).astype(np.int16)


def wav_of(path: Path, samples: int) -> Path:
    recorder = Recorder(path)
    recorder.write(counting(samples))
    recorder.close()
    return path


def read(path: Path) -> Pcm:
    pcm, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == 16_000
    return np.asarray(pcm)


def test_after_each_block_the_file_is_readable_to_that_block(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "01.wav")
    sound = counting(16_000)
    for at in [0, 100, 1_700, 9_000, 16_000]:
        recorder.write(sound[recorder.samples : at])
        copy = shutil.copyfile(recorder.path, tmp_path / "as-after-a-kill.wav")
        assert np.array_equal(read(copy), sound[:at])
    recorder.close()
    assert np.array_equal(read(recorder.path), sound)


def test_a_file_is_a_wav_before_its_first_block(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "01.wav")
    copy = shutil.copyfile(recorder.path, tmp_path / "as-after-a-kill.wav")
    assert len(read(copy)) == 0
    recorder.close()


def test_nobody_else_may_read_a_recording(tmp_path: Path) -> None:
    wav = wav_of(tmp_path / "audio" / "01.wav", 100)
    assert mode_of(wav) == "0600"
    assert mode_of(wav.parent) == "0700"
    keep_as_flac(wav, wav.with_suffix(".flac"))
    assert mode_of(wav.with_suffix(".flac")) == "0600"


def test_a_recording_never_writes_over_another(tmp_path: Path) -> None:
    wav = wav_of(tmp_path / "01.wav", 100)
    with pytest.raises(GreenroomError, match=r"Cannot record to .*01\.wav: File exists"):
        Recorder(wav)
    assert np.array_equal(read(wav), counting(100))


def test_a_folder_that_cannot_be_written_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "audio").write_text("a file where the folder should be")
    with pytest.raises(GreenroomError, match=r"Cannot record to .*01\.wav: ") as raised:
        Recorder(tmp_path / "audio" / "01.wav")
    assert raised.value.remedy == REMEDY


@pytest.mark.parametrize(
    ("start_s", "end_s", "samples"),
    [
        (0.0, None, slice(0, 20_000)),
        (0.5, 1.0, slice(8_000, 16_000)),
        (0.50004, 0.99998, slice(8_001, 16_000)),
        (-3.0, 0.25, slice(0, 4_000)),
        (1.0, 99.0, slice(16_000, 20_000)),
    ],
)
def test_the_flac_is_cut_to_the_sample(
    tmp_path: Path, start_s: float, end_s: float | None, samples: slice
) -> None:
    wav = wav_of(tmp_path / "01.wav", 20_000)
    length_s = keep_as_flac(wav, tmp_path / "01.flac", start_s, end_s)
    assert np.array_equal(read(tmp_path / "01.flac"), counting(20_000)[samples])
    assert length_s == len(counting(20_000)[samples]) / 16_000
    # The WAV stays until the archive knows of the FLAC.
    assert sorted(path.name for path in tmp_path.iterdir()) == ["01.flac", "01.wav"]


def test_a_long_recording_is_cut_whole(tmp_path: Path) -> None:
    """Longer than one piece of the copy, both ends inside a piece."""
    wav = wav_of(tmp_path / "01.wav", 600_000)
    assert keep_as_flac(wav, tmp_path / "01.flac", 0.1, 37.0) == 36.9
    assert np.array_equal(read(tmp_path / "01.flac"), counting(600_000)[1_600:592_000])


def test_the_wav_stays_when_the_flac_cannot_be_put_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wav = wav_of(tmp_path / "01.wav", 20_000)

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(GreenroomError, match=r"Cannot record to .*01\.flac: No space left") as raised:
        keep_as_flac(wav, tmp_path / "01.flac")
    assert raised.value.remedy == REMEDY
    assert [path.name for path in tmp_path.iterdir()] == ["01.wav"]
    assert np.array_equal(read(wav), counting(20_000))


def test_the_wav_stays_when_its_folder_does_not_exist_for_the_flac(tmp_path: Path) -> None:
    wav = wav_of(tmp_path / "01.wav", 20_000)
    with pytest.raises(GreenroomError, match=r"Cannot record to .*: No such file or directory"):
        keep_as_flac(wav, tmp_path / "gone" / "01.flac")
    assert np.array_equal(read(wav), counting(20_000))


def test_a_part_without_a_sample_is_no_flac(tmp_path: Path) -> None:
    wav = wav_of(tmp_path / "01.wav", 20_000)
    with pytest.raises(GreenroomError, match="Cannot record to"):
        keep_as_flac(wav, tmp_path / "01.flac", 5.0)
    assert [path.name for path in tmp_path.iterdir()] == ["01.wav"]


def test_what_is_no_recording_is_left_as_it_is(tmp_path: Path) -> None:
    wav = tmp_path / "01.wav"
    wav.write_bytes(b"not a recording at all")
    with pytest.raises(GreenroomError, match="Cannot record to"):
        keep_as_flac(wav, tmp_path / "01.flac")
    assert wav.read_bytes() == b"not a recording at all"
    assert [path.name for path in tmp_path.iterdir()] == ["01.wav"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a disk")
def test_a_disk_that_fills_up_keeps_what_was_recorded_before(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        recorder = Recorder(disk / "01.wav")
        with pytest.raises(GreenroomError, match="No space left on device") as raised:
            for _ in range(100):
                recorder.write(counting(16_000))
        assert raised.value.remedy == REMEDY
        assert recorder.samples >= 6 * 16_000
        copy = shutil.copyfile(recorder.path, tmp_path / "as-found.wav")
        assert np.array_equal(read(copy)[:16_000], counting(16_000))
        assert len(read(copy)) >= recorder.samples
        with suppress(GreenroomError):
            recorder.close()
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], capture_output=True, check=False)
