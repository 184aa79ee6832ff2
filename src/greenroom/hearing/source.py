"""Where sound comes from: a microphone that stays open for the session, or one file for each prompt.

Both give blocks at 16 kHz on one sample clock, and both can say which sample belongs to a moment.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from greenroom.errors import GreenroomError
from greenroom.hearing.load import load
from greenroom.types import SAMPLE_RATE_HZ, Block, Pcm

WAIT_S = 0.1
"""Longest that `read` waits for the microphone."""
STALLED_S = 2.0
"""A microphone that has not called back for so long is not silent but gone."""
CLOCK_BLOCKS = 40
"""The time of one block jitters by some milliseconds; the median over the latest second does not."""


class EndOfSound(Exception):
    """The file that answers this prompt has been read to its end."""


class Source(Protocol):
    live: bool
    """True when sound comes whether one wants it or not."""
    real_time: bool
    """True when a second of sound takes a second."""

    def ready(self) -> bool:
        """Whether there is anything (more) to hear for a next prompt."""
        ...

    def begin(self) -> None:
        """A prompt is being asked: what is read from now on belongs to it."""
        ...

    def read(self) -> Block | None:
        """The next block, or None when none came within WAIT_S.

        Raises:
            EndOfSound: the sound for this prompt is over.
            GreenroomError: the device has gone.
        """
        ...

    def sample_at(self, moment_s: float) -> int:
        """Which sample of the source belongs to a moment on time.monotonic()."""
        ...

    def close(self) -> None: ...


class InputDevice(Protocol):
    """A microphone as the devices module opens it.

    `on_block` gets mono samples at the device's own rate, when the first of them was heard on
    time.monotonic(), and whether samples were lost before; it is called on the device's thread and must
    only queue.
    """

    name: str
    sample_rate_hz: int

    def start(self, on_block: Callable[[Pcm, float, bool], None]) -> None: ...

    def close(self) -> None: ...


class MicrophoneSource:
    """An open microphone, resampled to 16 kHz by soxr."""

    live = True
    real_time = True

    def __init__(self, device: InputDevice) -> None:
        import soxr

        self._device = device
        self._queue: queue.SimpleQueue[tuple[Pcm, float, bool]] = queue.SimpleQueue()
        self._resampler = soxr.ResampleStream(
            device.sample_rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ"
        )
        self._device_samples = 0
        self._samples = 0
        self._starts_s: list[float] = []
        self._waits = 0
        device.start(lambda pcm, heard_at_s, lost: self._queue.put((pcm, heard_at_s, lost)))

    def ready(self) -> bool:
        return True

    def begin(self) -> None:
        pass

    def read(self) -> Block | None:
        try:
            pcm, heard_at_s, lost = self._queue.get(timeout=WAIT_S)
        except queue.Empty:
            # Counted in waits, not on the clock: a laptop that slept has not lost its microphone.
            self._waits += 1
            if self._waits * WAIT_S > STALLED_S:
                raise GreenroomError(
                    f"The microphone “{self._device.name}” has stopped sending sound.",
                    "Check that it is plugged in, then start again; all that was said is kept.",
                ) from None
            return None
        self._waits = 0
        if lost:
            self._starts_s.clear()  # the samples before the gap would pull the clock away by its length
        self._starts_s.append(heard_at_s - self._device_samples / self._device.sample_rate_hz)
        del self._starts_s[:-CLOCK_BLOCKS]
        self._device_samples += len(pcm)
        # In floats: soxr dithers 16-bit output, and a muted microphone would no longer be silent.
        floats = self._resampler.resample_chunk(pcm.astype(np.float32))
        resampled = np.clip(np.rint(floats), -32_768, 32_767).astype(np.int16)
        block = Block(self._samples, resampled, lost)
        self._samples += len(resampled)
        return block

    def sample_at(self, moment_s: float) -> int:
        # The resampler gives its output late but in place: sample n of it is still n / 16000 s in.
        return round((moment_s - float(np.median(self._starts_s or [moment_s]))) * SAMPLE_RATE_HZ)

    def close(self) -> None:
        self._device.close()


class FileSource:
    """Recorded answers, one file for each prompt, in order.

    The first sample of a file is the moment the question ended.
    """

    live = False
    BLOCK_S = 0.1

    def __init__(self, files: Sequence[Path], *, real_pace: bool = False) -> None:
        self._files = list(files)
        self.real_time = real_pace
        self._pieces: Iterator[Pcm] = iter(())
        self._samples = 0
        self._began_at = 0.0

    def ready(self) -> bool:
        return bool(self._files)

    def begin(self) -> None:
        self._pieces = _even(load(self._files.pop(0)), int(self.BLOCK_S * SAMPLE_RATE_HZ))
        self._samples = 0
        self._began_at = time.monotonic()

    def read(self) -> Block | None:
        pcm = next(self._pieces, None)
        if pcm is None:
            raise EndOfSound
        block = Block(self._samples, pcm)
        self._samples += len(pcm)
        if self.real_time:
            ahead_s = self._samples / SAMPLE_RATE_HZ - (time.monotonic() - self._began_at)
            time.sleep(max(ahead_s, 0.0))
        return block

    def sample_at(self, moment_s: float) -> int:
        return 0

    def close(self) -> None:
        pass


def _even(pieces: Iterator[Pcm], samples: int) -> Iterator[Pcm]:
    """Cut pieces of any length (a file can come as one) into pieces of at most `samples`."""
    for piece in pieces:
        for start in range(0, len(piece), samples):
            yield piece[start : start + samples]
