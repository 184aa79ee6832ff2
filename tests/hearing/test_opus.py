"""A recording made small: the same sound on the same clock."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from greenroom.errors import GreenroomError
from greenroom.hearing.load import load_whole
from greenroom.hearing.opus import as_opus
from greenroom.types import SAMPLE_RATE_HZ
from recordings import recorded


def test_opus_is_small_and_keeps_every_word_where_it_was(tmp_path: Path) -> None:
    given = recorded("demo/practice-real")
    opus = as_opus(given.path)
    assert opus.content[:4] == b"OggS"
    assert b"OpusHead" in opus.content[:64]
    assert opus.duration_s == pytest.approx(given.seconds, abs=0.01)
    assert len(opus.content) < 4_500 * given.seconds + 1_000
    (tmp_path / "a.ogg").write_bytes(opus.content)
    before, after = load_whole(given.path).astype(float), load_whole(tmp_path / "a.ogg").astype(float)
    assert len(after) == pytest.approx(len(before), abs=SAMPLE_RATE_HZ * 0.03)
    # Where the two fit best on each other.
    size = 1 << (len(before) + len(after)).bit_length()
    fit = np.fft.irfft(np.fft.rfft(after, size) * np.conj(np.fft.rfft(before, size)), size)
    late = int(np.argmax(fit))
    late = late if late < size // 2 else late - size
    assert abs(late) <= SAMPLE_RATE_HZ * 0.005


def test_a_long_recording_is_written_whole(tmp_path: Path) -> None:
    import soundfile

    noise = (np.random.default_rng(1).standard_normal(SAMPLE_RATE_HZ * 150) * 2000).astype(np.int16)
    soundfile.write(tmp_path / "long.flac", noise, SAMPLE_RATE_HZ)
    opus = as_opus(tmp_path / "long.flac")
    (tmp_path / "long.ogg").write_bytes(opus.content)
    assert len(load_whole(tmp_path / "long.ogg")) / SAMPLE_RATE_HZ == pytest.approx(150.0, abs=0.03)


def test_what_is_no_recording_is_told(tmp_path: Path) -> None:
    with pytest.raises(GreenroomError):
        as_opus(tmp_path / "gone.flac")
    (tmp_path / "text.flac").write_text("no sound")
    with pytest.raises(GreenroomError):
        as_opus(tmp_path / "text.flac")
