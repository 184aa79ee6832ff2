"""Stand-ins at the protocols: a detector that reads a script, a source the test pushes blocks into."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from greenroom.errors import GreenroomError
from greenroom.hearing.answer import Words
from greenroom.hearing.endpoint import BLOCK_SAMPLES
from greenroom.types import SAMPLE_RATE_HZ, Block, Pcm

VOICE, SILENCE = 0.9, 0.05
BLOCK_S = BLOCK_SAMPLES / SAMPLE_RATE_HZ
DEADLINE_S = 20.0
"""Longest that a test waits for what must come."""


def blocks(seconds: float) -> int:
    """How many blocks make up (about) so many seconds."""
    return round(seconds / BLOCK_S)


def silence(seconds: float) -> Pcm:
    return np.zeros(round(seconds * SAMPLE_RATE_HZ), np.int16)


def tone(seconds: float, *, level: int = 8_000) -> Pcm:
    """A loud hum; `LoudnessVad` takes it for speech."""
    at_s = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return np.round(level * np.sin(2 * np.pi * 220 * at_s)).astype(np.int16)


class LoudnessVad:
    """Whatever is loud is speech: exact to the block, and for sounds made by the test."""

    def __call__(self, pcm: Pcm) -> float:
        return VOICE if np.max(np.abs(pcm.astype(np.int32))) > 500 else SILENCE

    def reset(self) -> None:
        pass


class ScriptedVad:
    """Reads its probabilities from a list, then silence."""

    def __init__(self, probabilities: Iterable[float]) -> None:
        self._probabilities = iter(probabilities)

    def __call__(self, pcm: Pcm) -> float:
        return next(self._probabilities, SILENCE)

    def reset(self) -> None:
        pass


class Submitted:
    """Takes stretches as the transcriber would; every one is without words."""

    def __init__(self) -> None:
        self.stretches: list[tuple[Pcm, float]] = []

    def __call__(self, pcm: Pcm, offset_s: float) -> Words:
        self.stretches.append((pcm, offset_s))
        words = Words()
        words.set_result(())
        return words

    @property
    def spans(self) -> list[tuple[float, float]]:
        return [(offset_s, offset_s + len(pcm) / SAMPLE_RATE_HZ) for pcm, offset_s in self.stretches]


class LiveSource:
    """A microphone whose every sample the test pushes. Its clock: moment_s is sample / 16000 + `began_s`."""

    live = True
    real_time = True

    def __init__(self) -> None:
        self.began_s = 0.0
        self.closed = threading.Event()
        self._blocks: queue.SimpleQueue[Block | GreenroomError] = queue.SimpleQueue()
        self._pushed = 0
        self._read = 0

    def push(self, pcm: Pcm, *, piece_s: float = 0.1, overflowed: bool = False) -> None:
        piece = round(piece_s * SAMPLE_RATE_HZ)
        for start in range(0, len(pcm), piece):
            part = pcm[start : start + piece]
            self._blocks.put(Block(self._pushed, part, overflowed and start == 0))
            self._pushed += len(part)

    def fail(self, error: GreenroomError) -> None:
        self._blocks.put(error)

    @property
    def now_s(self) -> float:
        """The moment at which all that was pushed has just been heard."""
        return self.began_s + self._pushed / SAMPLE_RATE_HZ

    def wait_until_read(self) -> None:
        until_s = time.monotonic() + DEADLINE_S
        while self._read < self._pushed:
            assert time.monotonic() < until_s, "the ear has stopped reading"
            time.sleep(0.002)
        time.sleep(0.02)

    def ready(self) -> bool:
        return True

    def begin(self) -> None:
        pass

    def read(self) -> Block | None:
        try:
            block = self._blocks.get(timeout=0.01)
        except queue.Empty:
            return None
        if isinstance(block, GreenroomError):
            raise block
        self._read = block.start_sample + len(block.pcm)
        return block

    def sample_at(self, moment_s: float) -> int:
        return round((moment_s - self.began_s) * SAMPLE_RATE_HZ)

    def close(self) -> None:
        self.closed.set()


def eventually(condition: Callable[[], bool]) -> None:
    until_s = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < until_s, "it never came true"
        time.sleep(0.005)


def mode_of(path: Path) -> str:
    """ "0600"."""
    return f"{path.stat().st_mode & 0o7777:04o}"
