"""Where sound comes from: a microphone that stays open for the session, or one file for each prompt.

Both give blocks at 16 kHz on one sample clock, and both can say which sample belongs to a moment.
"""

from __future__ import annotations

import contextlib
import queue
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from greenroom.hearing.coupling import Coupling
from greenroom.hearing.echo import FRAME_SAMPLES, EchoCanceller, Played
from greenroom.hearing.load import load
from greenroom.hearing.vad import SileroVad
from greenroom.types import SAMPLE_RATE_HZ, Block, Pcm

WAIT_S = 0.1
"""Longest that `read` waits for the microphone."""
STALLED_S = 1.5
"""A microphone that has not called back for so long is not silent but gone: with the waits themselves this is
told within 2 s of the last sound."""
AGAIN_S = 1.0
"""How often another microphone is tried while there is none."""
POLL_S = 0.02
"""How often a new microphone's first sound is looked for."""
CLOCK_BLOCKS = 40
"""The time of one block jitters by some milliseconds; the median over the latest second does not."""


class EndOfSound(Exception):
    """The file that answers this prompt has been read to its end."""


class Source(Protocol):
    live: bool
    """True when sound comes whether one wants it or not."""
    real_time: bool
    """True when a second of sound takes a second."""
    trouble: str | None
    """The name of the microphone that has stopped sending sound, for as long as there is none."""

    @property
    def device_name(self) -> str:
        """What is listened to."""
        ...

    @property
    def coupling(self) -> Coupling | None:
        """How the program's own voice comes back; None while that is not known, or cannot be."""
        ...

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
    """An open microphone, resampled to 16 kHz by soxr.

    When it stops sending sound, `trouble` is set and `read` gives None until there is a microphone again:
    the same one or another, looked for on a thread of its own for as long as it takes. The samples go on
    where they ended, what was said meanwhile is missing, and the next block is marked as overflowed.

    Args:
        open_device: finds a microphone, the best there is; called again when it has gone. The first time
            its errors are passed on.
        played: what the program itself says. With it the blocks are multiples of 10 ms, and `cleaned` is
            the sound without the program's voice.

    Attributes:
        trouble: the name of the microphone that has gone, None while all is well.

    Raises:
        GreenroomError: there is no microphone to begin with, or it cannot be opened.
    """

    live = True
    real_time = True

    def __init__(self, open_device: Callable[[], InputDevice], played: Played | None = None) -> None:
        self.trouble: str | None = None
        self._open_device = open_device
        self._canceller = EchoCanceller(played, SileroVad()) if played is not None else None
        self._samples = 0
        self._rest: Pcm = np.zeros(0, np.int16)
        self._new = False
        self._waits = 0
        self._closed = threading.Event()
        self._found: queue.SimpleQueue[_Line] = queue.SimpleQueue()
        self._use(_Line(open_device()))

    @property
    def device_name(self) -> str:
        """The microphone in use, or the one that has gone."""
        return self._line.device.name

    @property
    def coupling(self) -> Coupling | None:
        """How the program's voice comes back; None without `played` and before its first sentence is over."""
        return self._canceller.coupling if self._canceller is not None else None

    def ready(self) -> bool:
        return True

    def begin(self) -> None:
        pass

    def read(self) -> Block | None:
        if self.trouble is not None and not self._is_back():
            return None
        try:
            pcm, heard_at_s, lost = self._line.sound.get(timeout=WAIT_S)
        except queue.Empty:
            # Counted in waits, not on the clock: a laptop that slept has not lost its microphone.
            self._waits += 1
            if self._waits * WAIT_S >= STALLED_S:
                self._look_for_another()
            return None
        self._waits = 0
        if lost:
            self._starts_s.clear()  # the samples before the gap would pull the clock away by its length
        self._starts_s.append(heard_at_s - self._heard_s)
        del self._starts_s[:-CLOCK_BLOCKS]
        self._heard_s += len(pcm) / self._line.device.sample_rate_hz
        # In floats: soxr dithers 16-bit output, and a muted microphone would no longer be silent.
        floats = self._resampler.resample_chunk(pcm.astype(np.float32))
        return self._block(np.clip(np.rint(floats), -32_768, 32_767).astype(np.int16), lost)

    def sample_at(self, moment_s: float) -> int:
        # The resampler gives its output late but in place: sample n of it is still n / 16000 s in.
        return round((moment_s - self._start_s(moment_s)) * SAMPLE_RATE_HZ)

    def close(self) -> None:
        self._closed.set()
        if self.trouble is None:  # the other one is closed where another is looked for
            self._line.device.close()
        while not self._found.empty():
            self._found.get().device.close()

    def _block(self, pcm: Pcm, lost: bool) -> Block:
        overflowed, self._new = lost or self._new, False
        cleaned = None
        if self._canceller is not None:
            pcm = np.concatenate([self._rest, pcm])
            whole = len(pcm) - len(pcm) % FRAME_SAMPLES
            pcm, self._rest = pcm[:whole], pcm[whole:]
            heard_at_s = self._start_s(0.0) + self._samples / SAMPLE_RATE_HZ
            cleaned = self._canceller.clean(pcm, heard_at_s)
        block = Block(self._samples, pcm, overflowed, cleaned)
        self._samples += len(pcm)
        return block

    def _start_s(self, otherwise_s: float) -> float:
        return statistics.median(self._starts_s or [otherwise_s])

    def _use(self, line: _Line) -> None:
        import soxr

        self._line = line
        self._resampler = soxr.ResampleStream(
            line.device.sample_rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ"
        )
        self._starts_s: list[float] = []
        self._heard_s = (self._samples + len(self._rest)) / SAMPLE_RATE_HZ
        self._new = self._samples > 0
        self._waits = 0

    def _look_for_another(self) -> None:
        self.trouble = self._line.device.name
        gone = self._line.device
        threading.Thread(target=self._find, args=(gone,), name="microphone", daemon=True).start()

    def _find(self, gone: InputDevice) -> None:
        """On a thread of its own, since a sound server that hangs makes every call hang."""
        gone.close()
        while not self._closed.is_set():
            line = None
            with contextlib.suppress(Exception):  # whatever it is, there may be one in a second
                line = _Line(self._open_device())
            if line is not None and line.sends(STALLED_S) and not self._closed.is_set():
                self._found.put(line)
                return
            if line is not None:
                line.device.close()
            self._closed.wait(AGAIN_S)

    def _is_back(self) -> bool:
        try:
            line = self._found.get(timeout=WAIT_S)
        except queue.Empty:
            return False
        self._use(line)
        if self._canceller is not None:
            self._canceller.reset()
        self.trouble = None
        return True


class _Line:
    """A microphone that has been started, and what it sends."""

    def __init__(self, device: InputDevice) -> None:
        self.device = device
        self.sound: queue.SimpleQueue[tuple[Pcm, float, bool]] = queue.SimpleQueue()
        device.start(lambda pcm, heard_at_s, lost: self.sound.put((pcm, heard_at_s, lost)))

    def sends(self, within_s: float) -> bool:
        """Whether its first sound comes in time. Looked at now and then: the callback may only queue."""
        for _ in range(round(within_s / POLL_S)):
            if not self.sound.empty():
                return True
            time.sleep(POLL_S)
        return False


class FileSource:
    """Recorded answers, one file for each prompt, in order.

    The first sample of a file is the moment the question ended.
    """

    live = False
    trouble: str | None = None
    BLOCK_S = 0.1

    device_name = "file"
    coupling: Coupling | None = None

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
