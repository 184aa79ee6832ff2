"""Names taken out of sound: a soft tone in their place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from greenroom.review.share.bleep_times import without
from greenroom.types import SAMPLE_RATE_HZ, Span

if TYPE_CHECKING:  # `greenroom share --help` must not pay for numpy
    from greenroom.types import Pcm

TONE_HZ = 500.0
"""High enough for a telephone's loudspeaker, low enough to be no whistle."""
UNDER_SPEECH_DB = 6.0
"""A steady tone sounds louder than speech of the same energy: so much softer it does not startle."""
SOFTEST_RMS, LOUDEST_RMS = 150.0, 3_300.0
"""-47 and -20 dBFS: the tone is to be heard after the quietest voice, and not to hurt after the loudest."""
FADE_S = 0.02
"""The tone rises and falls in this time, the speech around it falls and rises in half of it: no click."""
LEAD_S = 0.5
"""Sound kept before the first and after the last word."""


def bleeped(pcm: Pcm, spans: Sequence[Span], voiced: Sequence[Span]) -> Pcm:
    """The sound with a tone in place of some spans; not a sample of what was there is left in them.

    Args:
        pcm: 16 kHz.
        spans: in order, not overlapping, in seconds from its first sample.
        voiced: where somebody speaks: the tone is as loud as what is left of that, less UNDER_SPEECH_DB.
    """
    sound = pcm.copy()
    wanted = _speech_rms(pcm, without(voiced, spans)) * 10 ** (-UNDER_SPEECH_DB / 20)
    rms = min(max(wanted, SOFTEST_RMS), LOUDEST_RMS)
    for span in spans:
        first, last = _samples(span, len(sound))
        if last <= first:
            continue
        _fade_around(sound, first, last)
        sound[first:last] = _tone(last - first, rms)
    return sound


def _samples(span: Span, length: int) -> tuple[int, int]:
    first, last = (round(at_s * SAMPLE_RATE_HZ) for at_s in (span.start_s, span.end_s))
    return min(max(first, 0), length), min(max(last, 0), length)


def _speech_rms(sound: Pcm, spoken: Sequence[Span]) -> float:
    """Of some spans of a recording, one at a time: an hour of speech as floats would take half a gigabyte."""
    energy, samples = 0.0, 0
    for span in spoken:
        first, last = _samples(span, len(sound))
        piece = sound[first:last].astype("float64")
        energy += float(piece @ piece)
        samples += len(piece)
    return math.sqrt(energy / samples) if samples else 0.0


def _tone(samples: int, rms: float) -> Pcm:
    import numpy as np

    tone = np.sin(2 * np.pi * TONE_HZ * np.arange(samples) / SAMPLE_RATE_HZ) * rms * np.sqrt(2)
    fade = min(round(FADE_S * SAMPLE_RATE_HZ), samples // 2)
    rise = (1 - np.cos(np.pi * np.arange(fade) / max(fade, 1))) / 2
    tone[:fade] *= rise
    tone[samples - fade :] *= rise[::-1]
    rounded: Pcm = np.round(tone).astype(np.int16)
    return rounded


def _fade_around(sound: Pcm, first: int, last: int) -> None:
    """The speech before and after a bleep goes out and comes back, outside of it."""
    import numpy as np

    length = round(FADE_S / 2 * SAMPLE_RATE_HZ)
    before, after = sound[max(first - length, 0) : first], sound[last : last + length]
    before[:] = np.round(before * np.linspace(1, 0, len(before)))
    after[:] = np.round(after * np.linspace(0, 1, len(after)))


def answer_span(voiced: Sequence[Span], question_ended_s: float | None, length_s: float) -> Span:
    """What is kept of a recording: the answer with LEAD_S around it, and nothing of the question before."""
    first_s, last_s = voiced[0].start_s, voiced[-1].end_s
    start_s = max(first_s - LEAD_S, 0.0)
    if question_ended_s is not None:
        # One who spoke into the question loses nothing but the lead.
        start_s = min(max(start_s, question_ended_s + FADE_S), max(first_s - FADE_S, 0.0))
    return Span(start_s, min(last_s + LEAD_S, length_s))
