"""Microphones and files as sources: what is heard lands at the right sample, and what is gone is noticed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from greenroom.errors import GreenroomError
from greenroom.hearing import source as source_module
from greenroom.hearing.source import EndOfSound, FileSource, InputDevice, MicrophoneSource
from greenroom.types import Block, Pcm
from hearing.fakes import eventually

BEGAN_S = 1_000.0
"""When the first sample of the fake device was heard, on time.monotonic()."""


class FakeDevice:
    """A microphone whose callback the test calls."""

    def __init__(self, sample_rate_hz: int, name: str = "Fake", *, began_s: float = BEGAN_S) -> None:
        self.sample_rate_hz = sample_rate_hz
        self.name = name
        self._began_s = began_s
        self.closed = False
        self._on_block: Callable[[Pcm, float, bool], None] | None = None
        self._samples = 0
        self._lost_s = 0.0

    def start(self, on_block: Callable[[Pcm, float, bool], None]) -> None:
        self._on_block = on_block

    @property
    def started(self) -> bool:
        return self._on_block is not None

    def close(self) -> None:
        self.closed = True

    def lose(self, seconds: float) -> None:
        """The device drops sound: the next block is flagged."""
        self._lost_s += seconds
        self._overflowed = True

    _overflowed = False

    def give(self, pcm: Pcm, *, block_s: float = 0.02, jitter_s: float = 0.004) -> None:
        """Call back with the sound in blocks, their times off by some milliseconds, now early, now late."""
        assert self._on_block is not None
        size = round(block_s * self.sample_rate_hz)
        for number, start in enumerate(range(0, len(pcm), size)):
            heard_at_s = self._began_s + self._lost_s + self._samples / self.sample_rate_hz
            off_s = jitter_s * (number % 3 - 1)
            self._on_block(pcm[start : start + size], heard_at_s + off_s, self._overflowed)
            self._overflowed = False
            self._samples += len(pcm[start : start + size])


def read_all(source: MicrophoneSource) -> list[Block]:
    blocks = []
    while (block := source.read()) is not None:
        blocks.append(block)
    return blocks


def sine(rate_hz: int, seconds: float) -> Pcm:
    at_s = np.arange(round(rate_hz * seconds)) / rate_hz
    return np.round(3_000 * np.sin(2 * np.pi * 440 * at_s)).astype(np.int16)


def with_click(pcm: Pcm, sample: int) -> Pcm:
    out = pcm.copy()
    out[sample] = 30_000
    return out


def click_in(pcm: Pcm) -> int:
    """Where the sound rises far above the sine."""
    return int(np.argmax(np.abs(pcm.astype(np.int32))))


@pytest.mark.parametrize("rate_hz", [16_000, 44_100, 48_000])
def test_a_click_lands_at_its_place_at_16_khz(rate_hz: int) -> None:
    device = FakeDevice(rate_hz)
    source = MicrophoneSource(lambda: device)
    device.give(with_click(sine(rate_hz, 3.0), round(rate_hz * 2.25)))
    blocks = read_all(source)
    pcm = np.concatenate([block.pcm for block in blocks])
    assert abs(click_in(pcm) - 36_000) <= 1
    # One clock without gaps: each block begins where the one before it ended.
    starts = np.cumsum([0, *(len(block.pcm) for block in blocks)])
    assert [block.start_sample for block in blocks] == list(starts[:-1])
    assert 2.9 * 16_000 < len(pcm) <= 3.0 * 16_000


@pytest.mark.parametrize("rate_hz", [16_000, 44_100, 48_000])
def test_resampled_sound_keeps_its_level_and_pitch(rate_hz: int) -> None:
    device = FakeDevice(rate_hz)
    source = MicrophoneSource(lambda: device)
    device.give(sine(rate_hz, 2.0))
    pcm = np.concatenate([block.pcm for block in read_all(source)])[4_000:20_000].astype(float)
    assert np.max(np.abs(pcm)) == pytest.approx(3_000, rel=0.01)
    assert np.max(np.abs(pcm - sine(16_000, 2.0)[4_000:20_000])) < 30


@pytest.mark.parametrize("rate_hz", [16_000, 44_100, 48_000])
def test_a_moment_belongs_to_its_sample(rate_hz: int) -> None:
    """Each block's time is off by some milliseconds; together they are not."""
    device = FakeDevice(rate_hz)
    source = MicrophoneSource(lambda: device)
    device.give(sine(rate_hz, 3.0))
    read_all(source)
    assert source.sample_at(BEGAN_S) == pytest.approx(0, abs=16)
    assert source.sample_at(BEGAN_S + 2.25) == pytest.approx(36_000, abs=16)
    assert source.sample_at(BEGAN_S + 3.5) == pytest.approx(56_000, abs=16)


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_after_lost_samples_moments_belong_to_the_samples_that_came(rate_hz: int) -> None:
    """A quarter second is lost after one second: what is heard at 2.25 s is sample 2.0 s."""
    device = FakeDevice(rate_hz)
    source = MicrophoneSource(lambda: device)
    device.give(sine(rate_hz, 1.0))
    device.lose(0.25)
    device.give(with_click(sine(rate_hz, 2.0), rate_hz), jitter_s=0.001)
    blocks = read_all(source)
    assert [block.overflowed for block in blocks].count(True) == 1
    pcm = np.concatenate([block.pcm for block in blocks])
    assert click_in(pcm) == pytest.approx(32_000, abs=1)
    assert source.sample_at(BEGAN_S + 2.25) == pytest.approx(32_000, abs=32)


class Drawer:
    """Microphones to be found one after the other; when it is empty there is none."""

    def __init__(self, *devices: FakeDevice) -> None:
        self.devices = list(devices)
        self.looked = 0

    def __call__(self) -> InputDevice:
        self.looked += 1
        if not self.devices:
            raise GreenroomError("There is no microphone.", "Plug one in.")
        return self.devices.pop(0)


def lost(source: MicrophoneSource) -> float:
    """Read until the microphone is said to have gone; how long that took."""
    began_s = time.monotonic()
    while source.trouble is None:
        assert time.monotonic() - began_s < 20
        source.read()
    return time.monotonic() - began_s


def next_block(source: MicrophoneSource) -> Block:
    began_s = time.monotonic()
    while (block := source.read()) is None:
        assert time.monotonic() - began_s < 20
    return block


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody wants to wait in a test."""
    monkeypatch.setattr(source_module, "STALLED_S", 0.2)
    monkeypatch.setattr(source_module, "AGAIN_S", 0.05)


def test_without_a_microphone_to_begin_with_there_is_no_source() -> None:
    with pytest.raises(GreenroomError, match=r"There is no microphone\."):
        MicrophoneSource(Drawer())


def test_a_microphone_that_stops_calling_back_is_told_within_two_seconds() -> None:
    device = FakeDevice(48_000)
    source = MicrophoneSource(Drawer(device))
    device.give(sine(48_000, 0.1))
    read_all(source)
    assert source.trouble is None
    # Never earlier than this; how much later is the machine's, and the end-to-end tests'.
    assert lost(source) >= source_module.STALLED_S - 0.15
    assert source.trouble == "Fake"
    assert source_module.STALLED_S + 2 * source_module.WAIT_S <= 2.0
    eventually(lambda: device.closed)
    assert source.read() is None
    source.close()


@pytest.mark.parametrize("rate_hz", [16_000, 44_100])
def test_with_another_microphone_the_samples_go_on_where_they_ended(soon: None, rate_hz: int) -> None:
    """Seven seconds are missing, and are in no sample; each moment after them belongs to its own."""
    first = FakeDevice(48_000, "Headset")
    second = FakeDevice(rate_hz, "Laptop", began_s=BEGAN_S + 10.0)
    drawer = Drawer(first)
    source = MicrophoneSource(drawer)
    first.give(sine(48_000, 3.0))
    heard = sum(len(block.pcm) for block in read_all(source))
    lost(source)
    assert source.trouble == source.device_name == "Headset"
    eventually(lambda: drawer.looked >= 3)
    drawer.devices.append(second)
    eventually(lambda: second.started)
    second.give(with_click(sine(rate_hz, 2.0), rate_hz))
    block = next_block(source)
    assert source.trouble is None
    assert source.device_name == "Laptop"
    assert block.overflowed
    assert block.start_sample == heard
    blocks = [block, *read_all(source)]
    assert not any(later.overflowed for later in blocks[1:])
    click = click_in(np.concatenate([one.pcm for one in blocks]))
    assert click == pytest.approx(16_000, abs=1)
    assert source.sample_at(BEGAN_S + 11.0) == pytest.approx(heard + 16_000, abs=16)


def test_a_microphone_that_is_opened_again_and_stays_silent_is_put_back(soon: None) -> None:
    """As a suspended one does: it opens, and never calls back."""
    first, dead, good = FakeDevice(48_000), FakeDevice(48_000, "Dead"), FakeDevice(48_000, "Good")
    source = MicrophoneSource(Drawer(first, dead, good))
    first.give(sine(48_000, 0.5))
    read_all(source)
    lost(source)
    eventually(lambda: good.started)
    assert dead.closed
    good.give(sine(48_000, 0.5))
    next_block(source)
    assert source.device_name == "Good"


def test_a_second_fault_is_noticed_as_the_first_one_was(soon: None) -> None:
    first, second, third = (FakeDevice(48_000, name) for name in ("One", "Two", "Three"))
    source = MicrophoneSource(Drawer(first, second, third))
    for device, after in ((first, second), (second, third)):
        device.give(sine(48_000, 0.2))
        next_block(source)
        read_all(source)
        lost(source)
        assert source.trouble == device.name
        eventually(lambda after=after: after.started)  # type: ignore[misc]


def test_nobody_looks_for_a_microphone_once_the_source_is_closed(soon: None) -> None:
    drawer = Drawer(FakeDevice(48_000))
    source = MicrophoneSource(drawer)
    lost(source)
    eventually(lambda: drawer.looked > 1)
    source.close()
    time.sleep(0.3)
    looked = drawer.looked
    time.sleep(0.3)
    assert drawer.looked == looked


def test_a_microphone_that_was_found_and_not_used_is_closed_with_its_source(soon: None) -> None:
    first, second = FakeDevice(48_000), FakeDevice(48_000)
    source = MicrophoneSource(Drawer(first, second))
    lost(source)
    eventually(lambda: second.started)
    second.give(sine(48_000, 0.1))
    time.sleep(0.2)
    source.close()
    eventually(lambda: first.closed and second.closed)


def test_a_microphone_is_closed_with_its_source() -> None:
    device = FakeDevice(48_000)
    MicrophoneSource(lambda: device).close()
    assert device.closed


class SilentLoudspeaker:
    """Nothing is played."""

    sample_rate_hz = 48_000

    def take(self) -> list[tuple[int, float, NDArray[np.float32]]]:
        return []


def test_with_a_loudspeaker_blocks_have_a_cleaned_twin() -> None:
    """In whole frames of 10 ms; the raw samples are as they are without it."""
    plain_device, device = FakeDevice(44_100), FakeDevice(44_100)
    plain = MicrophoneSource(lambda: plain_device)
    source = MicrophoneSource(lambda: device, SilentLoudspeaker())
    for one in (plain_device, device):
        one.give(with_click(sine(44_100, 1.0), 22_050), block_s=0.0113)
    blocks = read_all(source)
    assert all(len(block.pcm) % 160 == 0 for block in blocks)
    starts = np.cumsum([0, *(len(block.pcm) for block in blocks)])
    assert [block.start_sample for block in blocks] == list(starts[:-1])
    pcm = np.concatenate([block.pcm for block in blocks])
    raw = np.concatenate([block.pcm for block in read_all(plain)])
    assert np.array_equal(pcm, raw[: len(pcm)])
    assert len(raw) - len(pcm) < 160
    assert all(block.cleaned is not None for block in blocks)
    assert np.array_equal(
        np.concatenate([block.cleaned for block in blocks if block.cleaned is not None]), pcm
    )
    assert source.coupling is None


def wav(path: Path, pcm: Pcm) -> Path:
    soundfile.write(path, pcm, 16_000)
    return path


def test_files_are_never_in_trouble(tmp_path: Path) -> None:
    assert FileSource([wav(tmp_path / "1.wav", sine(16_000, 0.1))]).trouble is None


def test_each_prompt_has_its_own_file_and_its_own_clock(tmp_path: Path) -> None:
    first, second = sine(16_000, 0.55), sine(16_000, 0.25)
    source = FileSource([wav(tmp_path / "1.wav", first), wav(tmp_path / "2.wav", second)])
    for sound in (first, second):
        assert source.ready()
        source.begin()
        blocks = []
        with pytest.raises(EndOfSound):
            while True:
                blocks.append(source.read())
        starts = np.cumsum([0, *(len(block.pcm) for block in blocks if block)])
        assert [block.start_sample for block in blocks if block] == list(starts[:-1])
        assert np.array_equal(np.concatenate([block.pcm for block in blocks if block]), sound)
        with pytest.raises(EndOfSound):
            source.read()
    assert not source.ready()


def test_a_file_is_read_at_the_pace_of_speech_when_asked_to(tmp_path: Path) -> None:
    source = FileSource([wav(tmp_path / "1.wav", sine(16_000, 0.5))], real_pace=True)
    source.begin()
    began_s = time.monotonic()
    with pytest.raises(EndOfSound):
        while True:
            source.read()
    assert 0.45 <= time.monotonic() - began_s <= 0.9


def test_a_file_that_is_no_sound_is_told_when_its_prompt_comes(tmp_path: Path) -> None:
    broken = tmp_path / "1.wav"
    broken.write_text("no sound")
    source = FileSource([broken])
    source.begin()
    with pytest.raises(GreenroomError, match="cannot be read as sound"):
        source.read()
