"""Sound in formats that are not our own, by PyAV: whatever it reads becomes 16 kHz mono, piece by piece, and
such pieces become Opus."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from greenroom.errors import GreenroomError
from greenroom.types import SAMPLE_RATE_HZ, Pcm

AUDIO_SUFFIXES = frozenset(
    {".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".aac", ".webm", ".mp4", ".aiff", ".wma", ".oga"}
)
"""What tells a file from a device's name, when there is no such file to look at."""


def load(path: Path) -> Iterator[Pcm]:
    """The sound of a file as mono 16 kHz pieces of any length, in order.

    Raises:
        GreenroomError: the file is missing, is not sound, breaks off before its first sample or holds
            no sample at all. A file that is damaged further on gives what comes before the damage.
    """
    import av
    from av.error import FFmpegError

    if not path.is_file():
        raise GreenroomError(f"There is no file {path}.", "Check the name, or give another file.")
    samples = 0
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            if not container.streams.audio:
                raise GreenroomError(f"{path} holds no sound.", "Give a wav, flac, mp3, m4a or ogg file.")
            stream = container.streams.audio[0]
            resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE_HZ)
            for frame in container.decode(stream):
                frame.pts = None  # broken time stamps must not move any sample
                for piece in resampler.resample(frame):
                    samples += piece.samples
                    yield np.ascontiguousarray(piece.to_ndarray()[0], dtype=np.int16)
            for piece in resampler.resample(None):
                samples += piece.samples
                yield np.ascontiguousarray(piece.to_ndarray()[0], dtype=np.int16)
    except (FFmpegError, ValueError, OSError) as error:
        if not samples:
            raise GreenroomError(
                f"{path} cannot be read as sound.",
                "Give a wav, flac, mp3, m4a or ogg file that plays elsewhere.",
            ) from error
    if not samples:
        raise GreenroomError(f"{path} holds no sound.", "Give a recording with something on it.")


def load_whole(path: Path) -> Pcm:
    """All of a file at once; for short ones. Raises as `load` does."""
    return np.concatenate(list(load(path)))


def ogg_opus(pieces: Iterable[Pcm], bits_per_second: int) -> bytes:
    """Mono 16 kHz pieces as one Ogg file.

    Raises:
        ValueError: they cannot be made into one here.
    """
    import av
    from av.error import FFmpegError

    written = io.BytesIO()
    samples = 0
    try:
        with av.open(written, "w", format="ogg") as container:
            stream = container.add_stream("libopus", rate=SAMPLE_RATE_HZ)
            stream.layout = "mono"
            stream.bit_rate = bits_per_second
            for pcm in pieces:
                frame = av.AudioFrame.from_ndarray(pcm[None, :], format="s16", layout="mono")
                frame.sample_rate = SAMPLE_RATE_HZ
                frame.pts = samples
                container.mux(stream.encode(frame))
                samples += len(pcm)
            container.mux(stream.encode(None))
    except FFmpegError as error:
        raise ValueError(error) from error
    return written.getvalue()
