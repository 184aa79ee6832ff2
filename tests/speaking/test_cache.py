"""What is kept, for whom, and for how long."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from greenroom.speaking.cache import SpeechCache, key_of
from greenroom.speaking.speech import Speech
from speaking.sounds import silence, tone

SPEECH = Speech.of(np.concatenate([tone(0.5, 22_050), silence(0.1, 22_050)]), 22_050)
KEY = key_of("piper:joe", 210, "Tell me about yourself.")


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_gives_back_the_very_samples(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path / "speech")
    cache.put(KEY, SPEECH, fixed=True)

    found = cache.get(KEY)

    assert found is not None
    assert np.array_equal(found.pcm, SPEECH.pcm)
    assert found.sample_rate_hz == 22_050
    assert found.voiced_until_s == SPEECH.voiced_until_s


def test_misses_what_was_never_put(tmp_path: Path) -> None:
    assert SpeechCache(tmp_path / "speech").get(KEY) is None


def test_every_part_of_the_key_counts() -> None:
    text = "Tell me about yourself."
    keys = {
        key_of("piper:joe", 210, text),
        key_of("system", 210, text),
        key_of("piper:joe", 180, text),
        key_of("piper:joe", 210, text + " "),
    }
    assert len(keys) == 4


def test_never_stores_a_persons_own_words(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    cache.put(KEY, SPEECH, fixed=False)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", ["empty", "garbage", "cut short"])
def test_drops_a_broken_file(tmp_path: Path, broken: str) -> None:
    cache = SpeechCache(tmp_path)
    cache.put(KEY, SPEECH, fixed=True)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes({"empty": b"", "garbage": b"fLaC" * 99, "cut short": whole[: len(whole) // 2]}[broken])

    assert cache.get(KEY) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("open_umask")
def test_is_private_even_with_an_open_umask(tmp_path: Path) -> None:
    folder = tmp_path / "speech"
    SpeechCache(folder).put(KEY, SPEECH, fixed=True)

    (file,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    SpeechCache(tmp_path).put("size", SPEECH, fixed=True)
    size = (tmp_path / "size.flac").stat().st_size
    (tmp_path / "size.flac").unlink()
    cache = SpeechCache(tmp_path, limit_bytes=2 * size)

    for used_s, key in enumerate(["a", "b"]):
        cache.put(key, SPEECH, fixed=True)
        os.utime(tmp_path / f"{key}.flac", (1_000 + used_s, 1_000 + used_s))
    cache.get("a")
    cache.put("c", SPEECH, fixed=True)

    assert {file.name for file in tmp_path.iterdir()} == {"a.flac", "c.flac"}


def test_a_folder_that_cannot_be_written_is_only_a_miss(tmp_path: Path) -> None:
    (tmp_path / "speech").write_text("a file where the folder should be")
    cache = SpeechCache(tmp_path / "speech")

    cache.put(KEY, SPEECH, fixed=True)

    assert cache.get(KEY) is None
