"""Crash-safe recording: a WAV file that is whole after every block, made into FLAC once it is closed."""

from __future__ import annotations

import os
import time
import wave
from pathlib import Path

import numpy as np

from greenroom.errors import GreenroomError
from greenroom.types import SAMPLE_RATE_HZ, Pcm

SYNC_EVERY_S = 0.5
"""How much sound a power cut may cost. A killed process costs nothing: the system has every block."""


class _WaveWriter(wave.Wave_write):
    """Closed by its owner alone: after a full disk the usual clean-up prints a traceback."""

    def __del__(self) -> None:
        pass


class Recorder:
    """Writes blocks to a WAV file, its header corrected at each block. Mode 0600.

    Raises:
        GreenroomError: the disk is full or the folder cannot be written; everything before is kept.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.samples = 0
        self._synced_at_s = time.monotonic()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Opened before a single sample is there, so that no opening word waits for the disk.
            self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
        except OSError as error:
            raise _cannot_record(path, error) from error
        self._wave = _WaveWriter(self._file)
        self._wave.setnchannels(1)
        self._wave.setsampwidth(2)
        self._wave.setframerate(SAMPLE_RATE_HZ)
        self.write(np.empty(0, np.int16))  # a header at once: whenever the program dies, this is a WAV file

    def write(self, pcm: Pcm) -> None:
        try:
            self._wave.writeframes(pcm.tobytes())
            self._file.flush()
            self.samples += len(pcm)
            if time.monotonic() - self._synced_at_s >= SYNC_EVERY_S:
                os.fsync(self._file.fileno())
                self._synced_at_s = time.monotonic()
        except OSError as error:
            raise _cannot_record(self.path, error) from error

    def close(self) -> None:
        try:
            try:
                self._wave.close()
                self._file.flush()
                os.fsync(self._file.fileno())
            finally:
                self._file.close()  # fails as well when what it still holds finds no room
        except OSError as error:
            raise _cannot_record(self.path, error) from error


def keep_as_flac(wav: Path, flac: Path, start_s: float = 0.0, end_s: float | None = None) -> float:
    """Write part of a closed WAV file as FLAC. The WAV stays, until the archive knows of the FLAC.

    Returns:
        The length of what was kept, in seconds.

    Raises:
        GreenroomError: there is no room; the WAV stays untouched.
    """
    import soundfile

    start = max(round(start_s * SAMPLE_RATE_HZ), 0)
    partial = flac.with_suffix(".flac.part")
    try:
        with soundfile.SoundFile(wav) as source:
            end = len(source) if end_s is None else min(round(end_s * SAMPLE_RATE_HZ), len(source))
            start = min(start, end)
            source.seek(start)
            descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w+b") as file:
                with soundfile.SoundFile(file, "w", SAMPLE_RATE_HZ, 1, "PCM_16", format="FLAC") as target:
                    left = end - start
                    while left > 0:
                        pcm = source.read(min(left, 1 << 18), dtype="int16")
                        if not len(pcm):
                            break
                        target.write(pcm)
                        left -= len(pcm)
                file.flush()
                os.fsync(file.fileno())
        with soundfile.SoundFile(partial) as written:
            if len(written) != end - start:
                raise OSError(f"{len(written)} of {end - start} samples written")
        partial.replace(flac)
    except (OSError, soundfile.SoundFileError) as error:
        partial.unlink(missing_ok=True)
        raise _cannot_record(flac, error) from error
    return (end - start) / SAMPLE_RATE_HZ


def _cannot_record(path: Path, error: Exception) -> GreenroomError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return GreenroomError(
        f"Cannot record to {path}: {reason}.",
        "Make room on the disk or choose another GREENROOM_HOME. What was recorded before is safe.",
    )
