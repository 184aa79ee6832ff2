"""How loud a sound is, and where its voice begins and ends: measured on energy, without a voice detector."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

RATE = 16_000
"""Samples a second of everything written here."""
ABOVE_FLOOR_DB = 12.0
"""A frame counts as voiced when it is this many dB above the floor."""
FRAME_S, HOP_S = 0.010, 0.005
"""Length and step, in seconds, of the frames whose energy is measured."""
SHORTEST_VOICED_S = 0.030
"""Runs of voiced frames shorter than this many seconds are clicks."""


def gain(db: float) -> float:
    """Linear factor for a level in dB."""
    return float(10.0 ** (db / 20.0))


def rms_dbfs(samples: Samples) -> float:
    """RMS level of some samples, in dB of full scale."""
    return float(20.0 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=np.float64))) + 1e-9))


def frame_levels(samples: Samples) -> npt.NDArray[np.float64]:
    """RMS level in dB of full scale of each frame (`FRAME_S` long, one every `HOP_S`)."""
    length, hop = round(FRAME_S * RATE), round(HOP_S * RATE)
    power = np.concatenate(([0.0], np.cumsum(np.square(samples, dtype=np.float64))))
    starts = np.arange(0, max(len(samples) - length, 0) + 1, hop)
    ends = np.minimum(starts + length, len(samples))
    return 10.0 * np.log10((power[ends] - power[starts]) / length + 1e-18)


def measured_floor(samples: Samples) -> float:
    """Level in dB of full scale below which one frame in twenty lies."""
    return float(np.percentile(frame_levels(samples), 5))


def voiced_span(samples: Samples, floor_dbfs: float) -> tuple[int, int]:
    """First and one-past-last voiced sample, clicks left out. Accurate to about one frame."""
    voiced = frame_levels(samples) > floor_dbfs + ABOVE_FLOOR_DB
    edges = np.flatnonzero(np.diff(np.concatenate(([False], voiced, [False])).astype(np.int8)))
    runs = [(a, b) for a, b in edges.reshape(-1, 2) if (b - a) * HOP_S >= SHORTEST_VOICED_S]
    if not runs:
        raise ValueError("no voiced frame: is the clip silent?")
    hop, length = round(HOP_S * RATE), round(FRAME_S * RATE)
    # A frame passes the threshold when about half of it is voiced: take its middle as the edge.
    first = runs[0][0] * hop + length // 2
    last = (runs[-1][1] - 1) * hop + length // 2
    return int(first), int(min(last, len(samples)))
