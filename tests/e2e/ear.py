"""An ear in the room: what a sink plays, each sample with the moment it was heard.

Chunks come late by varying amounts, never early. So the moment of a sample is taken from the least late
chunk around it: the minimum, over a window, of arrival time minus sample position. A constant is left, the
same for every ear of a room: a sink hands a block to its monitor when it begins to play it, so moments are
early by one block (`CHUNK_LATENCY_MS`). Ears on two sinks share one clock, which `test_harness.py` measures.
Every `*_at_s` is in seconds of `time.monotonic()`; a moment asked for at once may move by some milliseconds
when more was heard.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from types import TracebackType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from e2e.room import SPEAKER, Room

RATE_HZ = 16_000
FRAME_S = 0.01
THRESHOLD_DBFS = -45.0
CLOCK_WINDOW_S = 2.0
CHUNK_LATENCY_MS = 10

_FRAME = round(RATE_HZ * FRAME_S)
_POLL_S = 0.02


class Sound(NamedTuple):
    """One stretch above the threshold: monotonic seconds of its first and last loud sample."""

    start_at_s: float
    end_at_s: float

    @property
    def length_s(self) -> float:
        """From the first loud sample to the last, in seconds."""
        return self.end_at_s - self.start_at_s


class Ear:
    """Records the monitor of one sink for the length of a `with` block."""

    def __init__(self, room: Room, sink: str = SPEAKER, *, threshold_dbfs: float = THRESHOLD_DBFS) -> None:
        self.sink = sink
        self._room = room
        self._threshold = 10 ** (threshold_dbfs / 20) * 32768
        self._lock = threading.Lock()
        self._pcm = bytearray()
        self._ends: list[int] = []  # samples heard up to and with each chunk
        self._arrivals_s: list[float] = []  # monotonic seconds at which it came
        self._loud: list[tuple[int, int]] = []  # first and last loud sample of each loud frame
        self._scanned = 0  # samples already looked through for loud ones
        self._parec: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Ear:
        self._parec = subprocess.Popen(
            [
                "parec",
                f"--device={self.sink}.monitor",
                f"--latency-msec={CHUNK_LATENCY_MS}",
                "--format=s16le",
                f"--rate={RATE_HZ}",
                "--channels=1",
                "--raw",
            ],
            env=self._room.host_env(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self._thread = threading.Thread(target=self._listen, name=f"ear-{self.sink}", daemon=True)
        self._thread.start()
        deadline_s = time.monotonic() + 5
        while self.heard_s < 0.1:  # the first chunks of a stream come in a burst
            if time.monotonic() > deadline_s:
                self.close()
                raise TimeoutError(f"nothing arrives from {self.sink}.monitor")
            time.sleep(_POLL_S)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening; what was heard stays available."""
        if self._parec is not None:
            self._parec.kill()
            self._parec.wait(timeout=5)
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _listen(self) -> None:
        assert self._parec is not None and self._parec.stdout is not None
        with self._parec.stdout as pipe:
            while chunk := os.read(pipe.fileno(), 1 << 16):
                now_s = time.monotonic()
                with self._lock:
                    self._pcm += chunk
                    self._ends.append(len(self._pcm) // 2)
                    self._arrivals_s.append(now_s)

    # What was heard

    @property
    def heard_s(self) -> float:
        """Seconds of sound (or silence) heard so far."""
        with self._lock:
            return len(self._pcm) // 2 / RATE_HZ

    def audio(self, start_at_s: float | None = None, end_at_s: float | None = None) -> npt.NDArray[np.int16]:
        """What was heard so far, or between two moments, at `RATE_HZ`."""
        pcm = self._samples(0)
        first = 0 if start_at_s is None else self.sample_at(start_at_s)
        last = len(pcm) if end_at_s is None else self.sample_at(end_at_s)
        return pcm[max(first, 0) : max(last, 0)]

    def segments(self, min_gap_s: float = 0.3) -> list[Sound]:
        """Every sound so far; two with less than `min_gap_s` of silence between them count as one."""
        spans: list[list[int]] = []
        for first, last in self._loud_frames():
            if spans and first - spans[-1][1] < min_gap_s * RATE_HZ:
                spans[-1][1] = last
            else:
                spans.append([first, last])
        return [Sound(self.time_of(first), self.time_of(last)) for first, last in spans]

    # Waiting

    def wait_for_sound(self, timeout_s: float, *, after_s: float | None = None) -> float:
        """The moment of the first loud sample after `after_s` (monotonic seconds; now, if not given)."""
        after_s = time.monotonic() if after_s is None else after_s
        deadline_s = time.monotonic() + timeout_s
        while True:
            onset_s = self._first_loud(after_s)
            if onset_s is not None:
                return onset_s
            if time.monotonic() > deadline_s:
                raise TimeoutError(f"no sound on {self.sink} within {timeout_s} s")
            time.sleep(_POLL_S)

    def wait_for_silence(self, quiet_s: float, timeout_s: float) -> float:
        """Wait until `quiet_s` went by without a loud sample; the moment of the last loud one before.

        When there was no sound at all, the moment at which this ear began to listen.
        """
        deadline_s = time.monotonic() + timeout_s
        while True:
            loud = self._loud_frames()
            last = loud[-1][1] if loud else 0
            if self._heard_samples() - last >= quiet_s * RATE_HZ:
                return self.time_of(last)
            if time.monotonic() > deadline_s:
                raise TimeoutError(f"no {quiet_s} s of silence on {self.sink} within {timeout_s} s")
            time.sleep(_POLL_S)

    # The clock

    def time_of(self, sample: int) -> float:
        """Monotonic seconds at which `sample` was heard."""
        return sample / RATE_HZ + self._offset_s(sample)

    def sample_at(self, at_s: float) -> int:
        """The sample heard at `at_s` (monotonic seconds)."""
        with self._lock:
            index = int(np.searchsorted(np.asarray(self._arrivals_s), at_s))
            near = self._ends[min(index, len(self._ends) - 1)] if self._ends else 0
        return round((at_s - self._offset_s(near)) * RATE_HZ)

    def _offset_s(self, sample: int) -> float:
        """Least of arrival minus position over the chunks within `CLOCK_WINDOW_S` of a sample."""
        with self._lock:
            ends = np.asarray(self._ends)
            arrivals_s = np.asarray(self._arrivals_s)
        if not len(ends):
            raise RuntimeError("nothing heard yet")
        reach = CLOCK_WINDOW_S * RATE_HZ
        low, high = np.searchsorted(ends, (sample - reach, sample + reach))
        low = min(low, len(ends) - 1)
        chosen = slice(low, max(high, low + 1))
        return float(np.min(arrivals_s[chosen] - ends[chosen] / RATE_HZ))

    # Loud frames, looked for once

    def _heard_samples(self) -> int:
        with self._lock:
            return len(self._pcm) // 2

    def _samples(self, first: int) -> npt.NDArray[np.int16]:
        with self._lock:
            whole = len(self._pcm) // 2 * 2
            return np.frombuffer(bytes(self._pcm[first * 2 : whole]), dtype="<i2")

    def _first_loud(self, after_s: float) -> float | None:
        after = self.sample_at(after_s)
        onsets = [max(first, after) for first, last in self._loud_frames() if last >= after]
        return self.time_of(onsets[0]) if onsets else None

    def _loud_frames(self) -> list[tuple[int, int]]:
        fresh = self._samples(self._scanned)
        count = len(fresh) // _FRAME
        frames = fresh[: count * _FRAME].astype(np.float32).reshape(count, _FRAME)
        loud = np.sqrt(np.mean(frames**2, axis=1)) > self._threshold
        for index in np.flatnonzero(loud):
            above = np.flatnonzero(np.abs(frames[index]) > self._threshold)
            start = self._scanned + int(index) * _FRAME
            self._loud.append((start + int(above[0]), start + int(above[-1])))
        self._scanned += count * _FRAME
        return list(self._loud)
