"""How loud sound is, and quiet sound made louder. Pure."""

from __future__ import annotations

import numpy as np

from greenroom.types import Pcm

RAISED_PEAK = 32_768 * 10 ** (-12 / 20)
"""Quiet sound is raised to -12 dBFS before Silero looks at it: at -45 dBFS it misses every fourth reply."""


def peak(pcm: Pcm) -> int:
    """The largest sample, without its sign; 0 when there is none."""
    return int(np.max(np.abs(pcm.astype(np.int32)), initial=0))


def raised(pcm: Pcm) -> Pcm:
    """The sound with its peak at RAISED_PEAK, or as it is when it is that loud, or silent."""
    loudest = peak(pcm)
    if not 0 < loudest < RAISED_PEAK:
        return pcm
    return np.round(pcm * (RAISED_PEAK / loudest)).astype(np.int16)
