"""Whatever PyAV reads becomes 16 kHz mono, the same sound at the same place."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from greenroom.errors import GreenroomError
from greenroom.hearing.load import AUDIO_SUFFIXES, load, load_whole
from greenroom.types import Pcm

SECONDS = 2.0
CLICK_S = 1.25


def sound(rate_hz: int, channels: int = 1) -> NDArray[np.float64]:
    """Two seconds of a quiet tone, and at 1.25 s twenty milliseconds of a loud one."""
    at_s = np.arange(int(SECONDS * rate_hz)) / rate_hz
    loud = (at_s >= CLICK_S) & (at_s < CLICK_S + 0.02)
    pcm = np.where(loud, 0.8, 0.05) * np.sin(2 * np.pi * 500 * at_s)
    return np.column_stack([pcm] * channels) if channels > 1 else pcm


def click_s(pcm: Pcm) -> float:
    """Where the loud tone begins: its first sample above half its peak."""
    return int(np.argmax(np.abs(pcm.astype(np.int32)) > 13_000)) / 16_000


def encoded(path: Path, codec: str, rate_hz: int) -> Path:
    """Write the sound through PyAV's encoder."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout="mono")
        pcm = np.round(sound(rate_hz) * 32_767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[np.newaxis, :], format="s16", layout="mono")
        frame.sample_rate = rate_hz
        frame.pts = 0
        resampler = av.AudioResampler(
            format=stream.format, layout="mono", rate=rate_hz, frame_size=stream.frame_size or 1_024
        )
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def video(path: Path) -> Path:
    """Half a second of moving picture without sound."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for number in range(5):
            picture = np.full((64, 64, 3), number * 40, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000])
@pytest.mark.parametrize(("channels", "subtype"), [(1, "PCM_16"), (2, "PCM_16"), (1, "FLOAT"), (2, "PCM_24")])
def test_wav_of_any_rate_width_and_channels(
    tmp_path: Path, rate_hz: int, channels: int, subtype: str
) -> None:
    file = tmp_path / "a.wav"
    soundfile.write(file, sound(rate_hz, channels), rate_hz, subtype=subtype)
    pcm = load_whole(file)
    assert pcm.dtype == np.int16
    assert len(pcm) / 16_000 == pytest.approx(SECONDS, abs=0.005)
    assert click_s(pcm) == pytest.approx(CLICK_S, abs=0.003)
    assert np.max(np.abs(pcm)) == pytest.approx(0.8 * 32_767, rel=0.1)


@pytest.mark.parametrize(
    ("name", "codec", "rate_hz", "late_s"),
    [
        ("a.flac", "flac", 44_100, 0.003),
        ("a.mp3", "mp3", 44_100, 0.06),
        ("a.m4a", "aac", 44_100, 0.06),
        ("a.oga", "libopus", 48_000, 0.03),
        ("a.opus", "libopus", 48_000, 0.03),
    ],
)
def test_what_telephones_record(tmp_path: Path, name: str, codec: str, rate_hz: int, late_s: float) -> None:
    """Encoders put some silence first; none moves a word by more than a tenth of a second."""
    pcm = load_whole(encoded(tmp_path / name, codec, rate_hz))
    assert Path(name).suffix in AUDIO_SUFFIXES
    assert len(pcm) / 16_000 == pytest.approx(SECONDS, abs=0.1)
    assert click_s(pcm) == pytest.approx(CLICK_S, abs=late_s)


def test_ogg_vorbis(tmp_path: Path) -> None:
    file = tmp_path / "a.ogg"
    soundfile.write(file, sound(44_100), 44_100, format="OGG", subtype="VORBIS")
    pcm = load_whole(file)
    assert len(pcm) / 16_000 == pytest.approx(SECONDS, abs=0.05)
    assert click_s(pcm) == pytest.approx(CLICK_S, abs=0.03)


def test_pieces_come_in_order_and_make_up_the_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.flac"
    soundfile.write(file, sound(16_000), 16_000)
    pieces = list(load(file))
    assert len(pieces) > 1
    assert np.array_equal(np.concatenate(pieces), np.round(sound(16_000) * 32_768).astype(np.int16))


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3"])
def test_a_file_cut_short_gives_what_comes_before(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    if name == "a.mp3":
        encoded(file, "mp3", 44_100)
    else:
        soundfile.write(file, sound(16_000), 16_000)
    data = file.read_bytes()
    file.write_bytes(data[: math.floor(len(data) * 0.7) | 1])
    assert 0.9 < len(load_whole(file)) / 16_000 < 1.8


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("Dear diary, today I had an interview.\n" * 50)


def header_only(path: Path) -> None:
    soundfile.write(path, np.zeros(0, np.int16), 16_000)


def half_a_header(path: Path) -> None:
    soundfile.write(path, sound(16_000), 16_000)
    path.write_bytes(path.read_bytes()[:20])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (empty, "cannot be read as sound"),
        (text, "cannot be read as sound"),
        (header_only, "holds no sound"),
        (half_a_header, "cannot be read as sound"),
    ],
)
def test_what_is_no_recording_is_told_in_a_line(
    tmp_path: Path, make: Callable[[Path], None], message: str
) -> None:
    file = tmp_path / "a.wav"
    make(file)
    with pytest.raises(GreenroomError) as raised:
        load_whole(file)
    assert raised.value.message == f"{file} {message}."
    assert "\n" not in raised.value.message + raised.value.remedy


def test_a_missing_file_is_told_in_a_line(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.wav", tmp_path):
        with pytest.raises(GreenroomError) as raised:
            next(load(path))
        assert raised.value.message == f"There is no file {path}."
        assert raised.value.remedy == "Check the name, or give another file."


def test_a_video_without_sound_is_told_in_a_line(tmp_path: Path) -> None:
    file = video(tmp_path / "a.mp4")
    with pytest.raises(GreenroomError) as raised:
        load_whole(file)
    assert raised.value.message == f"{file} holds no sound."
    assert raised.value.remedy == "Give a wav, flac, mp3, m4a or ogg file."
