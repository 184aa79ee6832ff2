"""Whether there is a voice behind words that the model itself is not sure of.

Silence and noise make Whisper invent "you", "Thank you." and the like. Of 14 loud noises three pass the
turn-taking as speech; all three come out with the model's own doubt (`is_doubtful`) and less than
LEAST_VOICE_S of steady voice. Of 105 clips of speech at three levels none that was made out rightly did.
"""

from __future__ import annotations

import numpy as np

from greenroom.hearing.endpoint import BLOCK_SAMPLES, VOICE_ON
from greenroom.hearing.vad import Vad, in_blocks
from greenroom.types import SAMPLE_RATE_HZ, Pcm

NO_SPEECH = 0.5
"""The model's own probability that nobody speaks, from which on its words are doubtful: 0.57 to 0.94 on the
noises, at most 0.37 on a short "yes" or "no"."""
UNSURE = -0.7
"""Mean log probability of the words below which they are doubtful: -0.80 to -1.06 on the noises."""
LEAST_VOICE_S = 0.3
"""The shortest "no" lasts 0.35 s; the noises came to 0.22 s at most."""
PEAK = 32_768 * 10 ** (-12 / 20)
"""Quiet sound is raised to -12 dBFS before Silero looks at it: at -45 dBFS it misses every fourth reply."""


def is_doubtful(no_speech: float, log_probability: float) -> bool:
    """Whether the model doubts its own words: what it gives for a segment."""
    return no_speech >= NO_SPEECH and log_probability < UNSURE


def is_voiced(pcm: Pcm, vad: Vad) -> bool:
    """Whether somebody speaks for LEAST_VOICE_S on end in a stretch. Looks no further once that is clear."""
    peak = int(np.max(np.abs(pcm.astype(np.int32)), initial=0))
    raised = np.round(pcm * (PEAK / peak)).astype(np.int16) if 0 < peak < PEAK else pcm
    vad.reset()
    steady_s = 0.0
    for block in in_blocks([raised]):
        steady_s = steady_s + BLOCK_SAMPLES / SAMPLE_RATE_HZ if vad(block) >= VOICE_ON else 0.0
        if steady_s >= LEAST_VOICE_S:
            return True
    return False
