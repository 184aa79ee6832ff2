"""Whether there is a voice behind words that the model itself is not sure of.

Silence and noise make Whisper invent "you", "Thank you." and whole sentences. Turn-taking keeps nearly all
noise from it; what passes comes with the model's own doubt and no steady voice: three of eleven noises (six
recorded, five computed) made loud, five of 19 more decoded by force. Of 105 clips of speech at three levels
four had no steady voice, two of them whispered, and of those the model was sure (NO_SPEECH at most 0.34).
The limits below were set on these same sounds.
"""

from __future__ import annotations

from greenroom.hearing.endpoint import BLOCK_SAMPLES, VOICE_ON
from greenroom.hearing.loudness import raised
from greenroom.hearing.vad import Vad, in_blocks
from greenroom.types import SAMPLE_RATE_HZ, Pcm

NO_SPEECH = 0.5
"""The model's own probability that nobody speaks, from which on its words are doubtful: 0.57 to 0.94 on the
noises, at most 0.37 on a short "yes" or "no", but 0.57 on one "pause": hence a second witness, the voice."""
LEAST_VOICE_S = 0.25
"""The shortest "no" is voiced for 0.35 s on end, "pause" for 0.29 s; the noises came to 0.22 s at most."""


def is_voiced(pcm: Pcm, vad: Vad) -> bool:
    """Whether somebody speaks for LEAST_VOICE_S on end in a stretch. Looks no further once that is clear."""
    vad.reset()
    steady_s = 0.0
    for block in in_blocks([raised(pcm)]):
        steady_s = steady_s + BLOCK_SAMPLES / SAMPLE_RATE_HZ if vad(block) >= VOICE_ON else 0.0
        if steady_s >= LEAST_VOICE_S:
            return True
    return False
