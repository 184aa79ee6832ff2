"""Plays speech on an output device, can be cut short, and tells when the last voiced sample is heard.

Threads: `_fill` and what it calls run on the device's thread and never block: no locks, no files, no
waiting. Everything else belongs to the caller's thread. What passes between the two is a deque and plain
attributes, each written by one side only.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

import numpy as np
import soxr
from numpy.typing import NDArray

from greenroom.speaking.speech import Speech, frame_samples, voiced_frames

FADE_S = 0.02
"""Length of the fade when speech is cut short: no click, and gone before anybody notices."""

POLL_S = 0.005
"""How often `wait` looks: the device's thread may not notify it, for that would take a lock."""

NOTED_BLOCKS = 1_000
"""Blocks kept for `take`: seconds of even the shortest. When nobody takes them, the oldest go."""


class OutputDevice(Protocol):
    """A loudspeaker. Times are seconds of its stream, the clock that `now_s` shows.

    `start` takes `fill(frames, dac_time_s)`, to be called on the device's own thread for every block:
    `dac_time_s` is when the block's first sample leaves the loudspeaker, latency included; it gives `frames`
    mono samples, float32 within -1 to 1.
    """

    sample_rate_hz: int

    def start(self, fill: Callable[[int, float], NDArray[np.float32]]) -> None: ...

    def now_s(self) -> float: ...

    def close(self) -> None: ...


class Playback:
    """One sentence on its way out of the loudspeaker.

    Attributes:
        voiced_until_stream_s: stream time at which its last voiced sample leaves the loudspeaker. Known as
            soon as that sample was handed to the device, before it is heard; None until then. After `stop`,
            the last voiced sample that was really played; None for good if none was.
    """

    def __init__(self, speech: Speech, device: OutputDevice) -> None:
        self.voiced_until_stream_s: float | None = None
        self._device = device
        self._rate_hz = device.sample_rate_hz
        self._samples = _at_rate(speech, device.sample_rate_hz)
        self._voiced = voiced_frames(speech.pcm, speech.sample_rate_hz).tolist()
        self._frame_s = frame_samples(speech.sample_rate_hz) / speech.sample_rate_hz
        self._fade = np.linspace(1.0, 0.0, round(FADE_S * self._rate_hz), dtype=np.float32)
        # Written by the device's thread from here on, but for `_stopping`.
        self._position = 0
        self._end = len(self._samples)
        self._voiced_until_s: float | None = speech.voiced_until_s
        self._fade_from: int | None = None
        self._ends_at_stream_s: float | None = None
        self._stopping = False

    @property
    def finished(self) -> bool:
        """Whether its last sample has left the loudspeaker."""
        return self._ends_at_stream_s is not None and self._device.now_s() >= self._ends_at_stream_s

    def wait(self, timeout_s: float) -> bool:
        """Block until `finished`. False after `timeout_s` seconds: the device has stopped calling back."""
        deadline_s = time.monotonic() + timeout_s
        while not self.finished:
            left_s = deadline_s - time.monotonic()
            if left_s <= 0:
                return False
            time.sleep(min(POLL_S, left_s))
        return True

    def stop(self) -> None:
        """Cut it short: the device's next block fades it out within `FADE_S`.

        One whose turn has not come yet is passed over when it comes.
        """
        self._stopping = True

    def _give(self, out: NDArray[np.float32], dac_time_s: float) -> int:
        """Write the next samples into `out`, of which the first is heard at `dac_time_s`; say how many."""
        if self._stopping and self._fade_from is None:
            self._cut()
        start = self._position
        count = min(len(out), self._end - start)
        out[:count] = self._samples[start : start + count]
        if self._fade_from is not None:
            out[:count] *= self._fade[start - self._fade_from : start - self._fade_from + count]
        self._position = start + count

        voiced_until_s = self._voiced_until_s
        if self.voiced_until_stream_s is None and voiced_until_s is not None:
            reached_s = self._position / self._rate_hz
            if reached_s >= voiced_until_s or self._position == self._end:
                self.voiced_until_stream_s = dac_time_s + voiced_until_s - start / self._rate_hz
        if self._position == self._end:
            self._ends_at_stream_s = dac_time_s + count / self._rate_hz
        return count

    def _cut(self) -> None:
        """End after a fade, and find the last voiced sample up to there."""
        self._fade_from = self._position
        # What was never begun needs no fade.
        self._end = min(self._end, self._position + len(self._fade)) if self._position else 0
        end_s = self._end / self._rate_hz
        frame = min(int(end_s / self._frame_s), len(self._voiced) - 1)
        while frame >= 0 and not self._voiced[frame]:
            frame -= 1
        self._voiced_until_s = min((frame + 1) * self._frame_s, end_s) if frame >= 0 and self._end else None

    @property
    def _given(self) -> bool:
        return self._ends_at_stream_s is not None


class Player:
    """Sentences, one after the other without a gap, and silence between them.

    The device runs from the start, on silence, because the first sound of a fresh stream comes late.
    """

    audible = True

    def __init__(self, device: OutputDevice) -> None:
        self._device = device
        self._queue: deque[Playback] = deque()
        self._noted: deque[tuple[int, float, NDArray[np.float32]]] = deque(maxlen=NOTED_BLOCKS)
        self._count = 0  # of samples given so far, the device's thread's own
        device.start(self._fill)

    @property
    def sample_rate_hz(self) -> int:
        return self._device.sample_rate_hz

    def take(self) -> list[tuple[int, float, NDArray[np.float32]]]:
        """All blocks given to the device since the last call, silent ones too, for one thread to take.

        For each: how many samples came before it, when its first one is heard, and its samples.
        """
        return [self._noted.popleft() for _ in range(len(self._noted))]

    def play(self, speech: Speech) -> Playback | None:
        """Queue it behind what is playing; comes back at once."""
        playback = Playback(speech, self._device)
        self._queue.append(playback)
        return playback

    def stop(self) -> None:
        """Silence everything, playing or queued."""
        for playback in tuple(self._queue):
            playback.stop()

    def close(self) -> None:
        self._device.close()

    def _fill(self, frames: int, dac_time_s: float) -> NDArray[np.float32]:
        out = np.zeros(frames, dtype=np.float32)
        filled = 0
        while filled < frames and self._queue:
            playback = self._queue[0]
            filled += playback._give(out[filled:], dac_time_s + filled / self._device.sample_rate_hz)
            if playback._given:
                self._queue.popleft()
        self._noted.append((self._count, dac_time_s, out))
        self._count += frames
        return out


class NoPlayer:
    """`--speaker none`: nothing is said aloud, and the speaker renders nothing."""

    audible = False

    def play(self, speech: Speech) -> Playback | None:
        return None

    def stop(self) -> None: ...

    def close(self) -> None: ...


def _at_rate(speech: Speech, sample_rate_hz: int) -> NDArray[np.float32]:
    samples = speech.pcm.astype(np.float32) / 32_768
    if speech.sample_rate_hz != sample_rate_hz:
        # Resampling may overshoot full scale a little.
        samples = np.clip(soxr.resample(samples, speech.sample_rate_hz, sample_rate_hz), -1.0, 1.0)
    return np.asarray(samples, dtype=np.float32)
