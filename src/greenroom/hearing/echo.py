"""Takes the program's own voice out of what the microphone hears, by WebRTC's echo cancelling.

The loudspeaker tells what it plays and when that is heard; the microphone's samples carry their moments on
the same clock. Both are cut into frames of 10 ms side by side. WebRTC finds the rest of the delay itself, as
long as a sound comes to it from the loudspeaker before it comes from the microphone: so the played signal
goes in LEAD_S early. It is waited for by nobody; what has not been told is taken for silence.

WebRTC takes much of a person's voice away together with an echo that is weak or not there at all, as with
headphones. So a frame that is far louder than the echo can be is left as it is.
"""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from greenroom.hearing.coupling import Coupling, CouplingMeter
from greenroom.hearing.vad import Vad
from greenroom.types import SAMPLE_RATE_HZ, Pcm

FRAME_SAMPLES = 160
"""10 ms at 16 kHz: what WebRTC takes at a time."""
FRAME_S = FRAME_SAMPLES / SAMPLE_RATE_HZ
LEAD_S = 0.05
"""How much earlier than told the played signal goes in, where it is known so early. Devices tell their
latency wrongly by some tens of milliseconds either way; WebRTC looks for delays from 0 to 0.5 s. On the
virtual card 0.07 to 0.12 s are known. A lead that changes costs WebRTC a moment to find the delay again."""
KNOWN_BLOCKS = 500
"""How early the played signal is known is told by so many blocks, about ten seconds of them: a tenth of them
may be later. With ten processes on two cores one in a hundred was, and many of them within a second: enough
to change the lead by the latest two seconds, and then to hear the next 0.3 s of the program's voice."""
HOLD_S = 0.6
"""The cleaned signal is used up to so long after the last sound was played: room for a latency of 0.3 s that
nobody told of, and for the room's own echo."""
ALIGN_S = 0.03
"""A played signal further than this from its place is moved there at once, a nearer one in the next silence:
every move costs WebRTC a moment to find the delay again. Two clocks 100 ppm apart need 5 minutes for it."""
LOUDER_DB = 12.0
"""A frame so much louder than the echo can be is somebody's voice."""
LOUDER_HOLD_S = 0.2
"""And so is what follows it for so long: the soft end of a word."""
KEPT_S = 10.0
"""How much of the played signal is kept: longer than the microphone's queue ever grows."""
JUMP_S = 0.03
"""When the loudspeaker ran out of sound its clock jumps by the silence that was heard instead."""
JUMP_BLOCKS = 3
"""A jump shows in each block from there on; a single block that seems to be late was only told of late."""
CLOCK_BLOCKS = 40
"""The time of one block jitters by some milliseconds; the median over the latest second does not."""

PlayedBlock: TypeAlias = tuple[int, float, NDArray[np.float32]]
"""Place of its first sample on the loudspeaker's own count, when that is heard on time.monotonic(), and the
samples, -1 to 1."""


class Played(Protocol):
    """What `greenroom.speaking.player.Player` is to the ear."""

    @property
    def sample_rate_hz(self) -> int: ...

    def take(self) -> Sequence[PlayedBlock]:
        """All that was handed to the loudspeaker since the last call, silence too. Never waits."""
        ...


class EchoCanceller:
    """Used by one thread. `vad` is its own: it hears the cleaned signal while the program speaks."""

    def __init__(self, played: Played, vad: Vad) -> None:
        self._played = played
        self._reference = _Reference(played.sample_rate_hz)
        self._meter = CouplingMeter(vad)
        self.reset()

    @property
    def coupling(self) -> Coupling | None:
        """How the program's voice comes back; None before its first sentence is over."""
        return self._meter.coupling

    def reset(self) -> None:
        """Another microphone: the way from the loudspeaker to it has to be learned anew.

        The room is the same, so what is known of the coupling is taken to hold until it is measured again.
        """
        from pywebrtc_audio import EchoCanceller as WebRtc

        self._canceller = WebRtc(SAMPLE_RATE_HZ, 1)
        self._next = 0
        self._lead = 0
        self._known: deque[int] = deque(maxlen=KNOWN_BLOCKS)
        self._played_rms: deque[float] = deque(maxlen=round((HOLD_S + LEAD_S) / FRAME_S))
        self._louder_frames = 0
        self._speaking = False
        self._cleaning = False
        self._meter.drop()

    def clean(self, pcm: Pcm, heard_at_s: float) -> Pcm:
        """The same samples without the program's voice; bit for bit the same where it does not speak.

        Where it does, they are also 8 ms late: WebRTC's own delay.

        Args:
            pcm: microphone samples, a multiple of FRAME_SAMPLES.
            heard_at_s: when the first of them was heard, on time.monotonic(), free of jitter.
        """
        self._reference.extend(self._played.take())
        if not len(pcm):
            return pcm
        self._align(heard_at_s, len(pcm))
        far = self._reference.samples(self._next, len(pcm))
        self._next += len(pcm)
        cleaned = np.asarray(self._canceller.process(pcm, far), np.int16)
        frames = [samples.reshape(-1, FRAME_SAMPLES) for samples in (pcm, far, cleaned)]
        out = [self._frame(*three) for three in zip(*frames, strict=True)]
        return np.concatenate(out)

    def _align(self, heard_at_s: float, count: int) -> None:
        """Find the sample of the played signal that goes in with the microphone's next one."""
        together = self._reference.sample_at(heard_at_s)
        self._known.append(self._reference.end - together - count)
        if not self._speaking:
            known = sorted(self._known)[len(self._known) // 10]
            lead = round(LEAD_S * SAMPLE_RATE_HZ)
            self._lead = lead if known >= lead else 0
        wanted = together + self._lead
        if not self._speaking or abs(wanted - self._next) > ALIGN_S * SAMPLE_RATE_HZ:
            self._next = wanted

    def _frame(self, near: Pcm, far: Pcm, cleaned: Pcm) -> Pcm:
        self._played_rms.append(_rms(far))
        was_speaking, self._speaking = self._speaking, any(self._played_rms)
        if self._speaking:
            self._meter.push(near, far, cleaned)
        elif was_speaking:
            self._meter.end()
        was_cleaning, self._cleaning = self._cleaning, self._speaking and not self._louder(near)
        if was_cleaning == self._cleaning:
            return cleaned if self._cleaning else near
        fade = np.linspace(0.0, 1.0, FRAME_SAMPLES)
        before, after = (near, cleaned) if self._cleaning else (cleaned, near)
        return np.rint(before * (1 - fade) + after * fade).astype(np.int16)

    def _louder(self, near: Pcm) -> bool:
        """Whether somebody speaks who drowns the echo."""
        coupling = self.coupling
        if coupling is None:
            return False
        echo_rms = max(self._played_rms) * 10 ** ((coupling.level_db + LOUDER_DB) / 20)
        loud = _rms(near) > echo_rms
        self._louder_frames = round(LOUDER_HOLD_S / FRAME_S) if loud else max(self._louder_frames - 1, 0)
        return self._louder_frames > 0


class _Reference:
    """The latest KEPT_S of the played signal at 16 kHz as it is heard: where the loudspeaker ran out of sound
    there is silence. Its samples are counted from the loudspeaker's first one."""

    def __init__(self, sample_rate_hz: int) -> None:
        self._rate_hz = sample_rate_hz
        self._starts_s: list[float] = []
        self._ends: deque[int] = deque(maxlen=JUMP_BLOCKS + 1)
        self._silence_s = 0.0
        self._first: int
        self._pcm: Pcm
        self._begin(0)

    def extend(self, blocks: Sequence[PlayedBlock]) -> None:
        for place, heard_at_s, samples in blocks:
            if place != self._place:  # nobody took it in time
                self._begin(place)
            self._place += len(samples)
            self._starts_s.append(heard_at_s - place / self._rate_hz - self._silence_s)
            floats = self._resampler.resample_chunk(samples) * 32_768
            pcm = np.clip(np.rint(floats), -32_768, 32_767).astype(np.int16)
            self._pcm = np.concatenate([self._pcm, pcm])
            self._ends.append(self.end)
            self._mind_jumps()
        del self._starts_s[:-CLOCK_BLOCKS]
        over = max(len(self._pcm) - round(KEPT_S * SAMPLE_RATE_HZ), 0)
        self._pcm, self._first = self._pcm[over:], self._first + over

    def _mind_jumps(self) -> None:
        """Put the silence in its place, before the blocks that tell of it."""
        before, latest = self._starts_s[:-JUMP_BLOCKS], self._starts_s[-JUMP_BLOCKS:]
        if not before:
            return
        by_s = [start_s - statistics.median(before) for start_s in latest]
        if max(by_s) < -JUMP_S:
            self._starts_s = latest
        if min(by_s) > JUMP_S and len(self._ends) > JUMP_BLOCKS:
            silence = round(min(by_s) * SAMPLE_RATE_HZ)
            at = max(self._ends[0] - self._first, 0)
            self._pcm = np.concatenate([self._pcm[:at], np.zeros(silence, np.int16), self._pcm[at:]])
            self._silence_s += silence / SAMPLE_RATE_HZ
            self._starts_s = [*before, *(start_s - silence / SAMPLE_RATE_HZ for start_s in latest)]
            self._ends.clear()

    @property
    def end(self) -> int:
        """The first sample that is not known yet."""
        return self._first + len(self._pcm)

    def sample_at(self, moment_s: float) -> int:
        return round((moment_s - statistics.median(self._starts_s or [moment_s])) * SAMPLE_RATE_HZ)

    def samples(self, first: int, count: int) -> Pcm:
        """Silence where nothing is known."""
        out = np.zeros(count, np.int16)
        start = max(first, self._first)
        end = min(first + count, self.end)
        if start < end:
            out[start - first : end - first] = self._pcm[start - self._first : end - self._first]
        return out

    def _begin(self, place: int) -> None:
        import soxr

        # The resampler gives its output late but in place: sample n of it is still n / 16000 s in.
        self._resampler = soxr.ResampleStream(self._rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ")
        self._place = place
        self._ends.clear()
        self._first = round((place / self._rate_hz + self._silence_s) * SAMPLE_RATE_HZ)
        self._pcm = np.zeros(0, np.int16)


def _rms(pcm: Pcm) -> float:
    return float(np.sqrt(np.mean(pcm.astype(np.float64) ** 2)))
