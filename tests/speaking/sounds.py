"""A loudspeaker that is called by hand, and sounds made of numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from greenroom.types import Pcm


class FakeDevice:
    """Plays when told to. Its latency is how long a block needs to the loudspeaker."""

    def __init__(self, sample_rate_hz: int = 48_000, latency_s: float = 0.0) -> None:
        self.sample_rate_hz = sample_rate_hz
        self.latency_s = latency_s
        self.played = 0
        self.closed = False

    def start(self, fill: Callable[[int, float], NDArray[np.float32]]) -> None:
        self.fill = fill

    def now_s(self) -> float:
        return self.played / self.sample_rate_hz

    def close(self) -> None:
        self.closed = True

    def run(self, frames: int) -> NDArray[np.float32]:
        block = self.fill(frames, self.now_s() + self.latency_s)
        self.played += frames
        return block


def tone(duration_s: float, sample_rate_hz: int = 16_000, amplitude: float = 10_000) -> Pcm:
    time_s = np.arange(round(duration_s * sample_rate_hz)) / sample_rate_hz
    return (amplitude * np.sin(2 * np.pi * 400 * time_s)).astype(np.int16)


def silence(duration_s: float, sample_rate_hz: int = 16_000) -> Pcm:
    return np.zeros(round(duration_s * sample_rate_hz), dtype=np.int16)
