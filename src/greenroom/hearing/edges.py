"""Where the first word really begins.

Silero's first voiced block is within 0.1 s of the onset in 88 of 100 clean clips; walking back over the
energy just before it makes that 95 (measured against labelled recordings).
"""

from __future__ import annotations

import numpy as np

from greenroom.types import SAMPLE_RATE_HZ, Pcm

FRAME_S = 0.01
FURTHEST_S = 0.4
"""How far back an onset may be moved: longer than any first consonant."""
LOUDER_DB = 12.0
"""How far above the floor a frame must be to count as voice."""
LEAST_FLOOR_DB = 33.0
"""-57 dBFS in steps of 16 bit. A gate or a mute leaves digital silence, against which any room is loud."""
LONGEST_GAP_S = 0.08
"""The closure of a plosive: quiet, but inside the word."""


def refined_onset(pcm: Pcm, coarse_s: float) -> float:
    """Move an onset back to where the energy rises.

    Args:
        pcm: the recording from its start to a little past the onset.
        coarse_s: the onset as the voice activity detector has it.

    Returns:
        The refined onset: coarse_s or up to FURTHEST_S earlier.
    """
    frame = int(FRAME_S * SAMPLE_RATE_HZ)
    end = int(coarse_s * SAMPLE_RATE_HZ) // frame * frame
    start = max(end - int(1.5 * SAMPLE_RATE_HZ) // frame * frame, 0)
    if end - start < 2 * frame:
        return coarse_s
    frames = pcm[start:end].astype(np.float64).reshape(-1, frame)
    level_db = 10 * np.log10(np.mean(frames**2, axis=1) + 1.0)
    floor_db = max(float(np.percentile(level_db, 20)), LEAST_FLOOR_DB)
    loud = level_db > floor_db + LOUDER_DB
    onset = len(loud)
    earliest = max(len(loud) - round(FURTHEST_S / FRAME_S), 0)
    gap = 0
    for place in range(len(loud) - 1, earliest - 1, -1):
        if loud[place]:
            onset, gap = place, 0
        else:
            gap += 1
            if gap > round(LONGEST_GAP_S / FRAME_S):
                break
    return coarse_s - (len(loud) - onset) * FRAME_S
