"""How strongly the loudspeaker comes back through the microphone, and what is left after cancelling."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from greenroom.hearing.endpoint import BLOCK_SAMPLES, VOICE_ON
from greenroom.hearing.vad import Vad
from greenroom.types import SAMPLE_RATE_HZ, Pcm

LONGEST_S = 4.0
"""So much of a sentence is enough to measure by, and bounds the time it takes."""
SHORTEST_S = 0.5
"""A shorter one tells nothing."""
SENTENCES = 9
"""The latest ones that count."""
MOST_LEFT = 0.2
"""In a made room there were 0.00 at -40 to -3 dB, also with a distorting loudspeaker, and 0.6 to 0.9 where
cancelling failed because the loudspeaker told its latency wrongly by 0.25 s."""
LATEST_S = 0.6
"""Echoes are looked for up to so long after a sound was played."""
ALIKE = 0.6
"""Correlation of the loudness heard with the loudness played above which the one is the other's echo."""
FRAME_SAMPLES = 160
"""Loudness is followed in frames of 10 ms."""


@dataclass(frozen=True, slots=True)
class Coupling:
    """The program's own voice in the microphone.

    Attributes:
        level_db: its level there against the level it is played at; when it cannot be told from other
            sounds, the most it can be.
        heard: whether it can be told from other sounds.
        left: the fraction of blocks in which it still sounds like speech after cancelling.
    """

    level_db: float
    heard: bool
    left: float

    @property
    def too_much_left(self) -> bool:
        """Whether cancelling does not suffice."""
        return self.left > MOST_LEFT


class CouplingMeter:
    """One sentence of the program after the other. Of what is left the lower quartile of the latest ones
    counts: somebody who talks over some of them changes nothing."""

    def __init__(self, vad: Vad) -> None:
        self._vad = vad
        self._levels: list[Level] = []
        self._left: list[float] = []
        self._coupling: Coupling | None = None
        self.drop()

    @property
    def coupling(self) -> Coupling | None:
        return self._coupling

    def drop(self) -> None:
        """The sentence in hand does not count."""
        self._frames: list[tuple[Pcm, Pcm]] = []
        self._samples = 0
        self._block: list[Pcm] = []
        self._fired: list[bool] = []

    def push(self, near: Pcm, far: Pcm, cleaned: Pcm) -> None:
        """A frame of a sentence: as the microphone heard it, as it was played, as it is after cancelling."""
        if self._samples > LONGEST_S * SAMPLE_RATE_HZ:
            return
        self._samples += len(near)
        self._frames.append((near, far))
        self._block.append(cleaned)
        if sum(map(len, self._block)) < BLOCK_SAMPLES:
            return
        block = np.concatenate(self._block)
        fired = self._vad(block[:BLOCK_SAMPLES]) >= VOICE_ON
        self._block = [block[BLOCK_SAMPLES:]]
        if far.any():  # after it the person may answer
            self._fired.append(fired)

    def end(self) -> None:
        """The sentence is over, and its echo."""
        near, far = (np.concatenate(part) for part in zip(*self._frames, strict=True))
        fired = self._fired
        self._frames, self._fired, self._samples = [], [], 0
        if len(fired) * BLOCK_SAMPLES < SHORTEST_S * SAMPLE_RATE_HZ:
            return
        self._levels = [*self._levels, level(near, far)][-SENTENCES:]
        self._left = [*self._left, sum(fired) / len(fired)][-SENTENCES:]
        heard = [one.level_db for one in self._levels if one.heard]
        most = min(one.level_db for one in self._levels)
        self._coupling = Coupling(
            level_db=statistics.median(heard) if heard else most,
            heard=bool(heard),
            left=sorted(self._left)[len(self._left) // 4],
        )


@dataclass(frozen=True, slots=True)
class Level:
    """One sentence's share in a `Coupling`."""

    level_db: float
    heard: bool


def level(near: Pcm, far: Pcm) -> Level:
    """How loud the played signal `far` is in `near`, by the course of the loudness of both."""
    heard, played = _loudness(near), _loudness(far)
    longest = round(LATEST_S * SAMPLE_RATE_HZ / FRAME_SAMPLES)
    delays = range(min(longest, len(played) // 2))
    pairs = [(heard[delay:], played[: len(played) - delay]) for delay in delays]
    alike = [float(np.corrcoef(*pair)[0, 1]) if all(map(np.any, pair)) else 0.0 for pair in pairs]
    best = int(np.argmax(alike))
    echo, sound = pairs[best]
    if alike[best] < ALIKE:
        return Level(_db(float(np.sqrt(np.mean(heard**2))) / float(np.sqrt(np.mean(played**2)))), heard=False)
    rising = np.cov(echo, sound)[0, 1] / np.var(sound, ddof=1)
    return Level(_db(float(rising)), heard=True)


def _loudness(pcm: Pcm) -> NDArray[np.float64]:
    frames = pcm[: len(pcm) - len(pcm) % FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES).astype(np.float64)
    return np.asarray(np.sqrt(np.mean(frames**2, axis=1)))


def _db(ratio: float) -> float:
    return 20 * float(np.log10(max(ratio, 1e-6)))
