"""A recording made small: Opus in an Ogg container, which every current browser plays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from greenroom.errors import GreenroomError
from greenroom.hearing.load import load, ogg_opus
from greenroom.types import SAMPLE_RATE_HZ, Pcm

BITS_PER_SECOND = 24_000
"""Speech of 16 kHz is hard to tell from the original from here on (RFC 6716 calls 16 to 20 kbit/s the sweet
spot for wideband speech): 3 kB a second, 11 MB an hour."""


@dataclass(frozen=True, slots=True)
class Opus:
    """A recording as an Ogg file; its clock is that of the recording."""

    content: bytes
    duration_s: float


def as_opus(path: Path) -> Opus:
    """The sound of a file as mono Opus.

    Raises:
        GreenroomError: it cannot be read, as `load`; or it cannot be made into Opus here.
    """
    samples = 0

    def counted() -> Iterator[Pcm]:
        nonlocal samples
        for pcm in load(path):
            samples += len(pcm)
            yield pcm

    try:
        content = ogg_opus(counted(), BITS_PER_SECOND)
    except ValueError as error:
        raise GreenroomError(
            f"The recording {path.name} cannot be made into Opus: {error}.",
            "Leave the sound out, or take it in another format.",
        ) from error
    return Opus(content, samples / SAMPLE_RATE_HZ)
