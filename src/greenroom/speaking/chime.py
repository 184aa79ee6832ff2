"""A quiet sound for "I have heard you": two soft notes, a third apart."""

from __future__ import annotations

from functools import cache

import numpy as np

from greenroom.speaking.speech import Speech

SAMPLE_RATE_HZ = 22_050
NOTES_HZ = (523.25, 659.25)
"""C and E: a major third upwards sounds like a beginning rather than an end."""
NOTE_S = 0.12
DECAY_S = 0.05
ATTACK_S = 0.01
PEAK = 0.06
"""-24 dBFS: ten decibels below the voice."""


@cache
def chime() -> Speech:
    """The same samples each time."""
    at_s = np.arange(round(NOTE_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    shape = np.minimum(at_s / ATTACK_S, 1.0) * np.exp(-at_s / DECAY_S)
    notes = np.concatenate([PEAK * shape * np.sin(2 * np.pi * hertz * at_s) for hertz in NOTES_HZ])
    pcm = np.round(notes * 32_767).astype(np.int16)
    return Speech(pcm, SAMPLE_RATE_HZ, len(pcm) / SAMPLE_RATE_HZ)
