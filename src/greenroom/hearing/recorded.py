"""A finished recording, heard at one go: what an import, and an answer saved from a crash, need."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from greenroom.hearing.answer import Words, hear_recording
from greenroom.hearing.edges import refined_onset
from greenroom.hearing.load import load, load_whole
from greenroom.hearing.quiet import hear_quiet_speech
from greenroom.hearing.stitching import stitched
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.transcriber import Recogniser
from greenroom.hearing.vad import Vad
from greenroom.types import SAMPLE_RATE_HZ, Pcm, Span, Transcript

RULE = StretchRule(least_s=20.0, most_s=25.0)
"""Nobody waits for the first words here, so every model gets stretches as long as it takes."""


def hear_in_words(
    audio: Path, from_s: float, vad: Vad, recogniser: Callable[[], Recogniser]
) -> tuple[tuple[Span, ...], Transcript] | None:
    """Spans and words of a recording from `from_s` on; None when nobody speaks in it.

    Args:
        recogniser: the model, asked for only once there is speech.

    Raises:
        GreenroomError: the file cannot be read, or the words not be made out.
    """

    def decode(pcm: Pcm, offset_s: float, *, hurried: bool = False) -> Words:
        words = Words()
        words.set_result(tuple(word.shifted(offset_s) for word in recogniser().decode(pcm)))
        return words

    voiced, stretches, _ = hear_recording(load(audio), vad, decode, RULE, from_s=from_s)
    if not voiced:
        voiced, stretches = hear_quiet_speech(load_whole(audio), from_s, vad, decode, RULE)
    if not voiced:
        return None
    voiced = (_refined(audio, voiced[0]), *voiced[1:])
    transcript = stitched(
        [words.result() for words in stretches],
        recogniser().name,
        first_s=voiced[0].start_s,
        last_s=voiced[-1].end_s,
    )
    return voiced, transcript


def _refined(audio: Path, first: Span) -> Span:
    """The first span from where it really begins, as for a live answer."""
    pieces: list[Pcm] = []
    samples = 0
    for pcm in load(audio):
        pieces.append(pcm)
        samples += len(pcm)
        if samples >= (first.start_s + 0.1) * SAMPLE_RATE_HZ:
            break
    return Span(refined_onset(np.concatenate(pieces), first.start_s), first.end_s)
