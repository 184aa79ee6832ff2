"""Microphones and loudspeakers. The one importer of sounddevice.

Concurrent activities: PortAudio calls back on a thread of its own for each stream; those two callbacks
only copy, and may never block. Everything else here is called by the main thread.

Moments are given on time.monotonic(): PortAudio's own clock is the wall clock on ALSA, which can be set.
Each callback tells how far from now its samples are heard, and that is added to the monotonic clock.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from greenroom.errors import GreenroomError
from greenroom.types import Pcm

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LATENCY_S = 0.1
"""Asked of PortAudio for both streams, with the block size left to it: times were right within 0.015 s and
not a sample was lost with all processors busy, while 0.035 and 0.05 s lost some."""
CLOSING_S = 2.0
"""A sound server that hangs makes closing hang as well: it is given so long, then left behind."""

_quiet = threading.Event()


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A microphone or loudspeaker as the system lists it."""

    index: int
    name: str
    sample_rate_hz: int
    default: bool


def list_devices(kind: Literal["input", "output"]) -> list[DeviceInfo]:
    """All microphones or all loudspeakers, the default one marked.

    Raises:
        GreenroomError: PortAudio is not installed.
    """
    sounddevice = _sounddevice()
    default = _default_index(sounddevice, kind)
    return [
        DeviceInfo(index, str(device["name"]), int(device["default_samplerate"]), index == default)
        for index, device in enumerate(sounddevice.query_devices())
        if device[f"max_{kind}_channels"] > 0
    ]


class Microphone:
    """An open microphone. Opened once a session: headsets change their profile each time.

    Args:
        wanted: a device's number, part of its name, or None for the system's default.

    Raises:
        GreenroomError: no PortAudio, no such microphone, or it cannot be opened.
    """

    def __init__(self, wanted: str | None = None) -> None:
        self._sounddevice = _sounddevice()
        device = _choose("input", wanted)
        self.name = device.name
        self.sample_rate_hz = device.sample_rate_hz
        self._index = device.index
        self._stream: Any = None

    def start(self, on_block: Callable[[Pcm, float, bool], None]) -> None:
        """Begin to listen. `on_block` gets mono samples, when the first was heard, and whether samples
        were lost before them; it is called on PortAudio's thread."""

        def callback(indata: Any, frames: int, clock: Any, status: Any) -> None:
            heard_at_s = time.monotonic() + clock.inputBufferAdcTime - clock.currentTime
            on_block(indata[:, 0].copy(), heard_at_s, bool(status.input_overflow))

        try:
            with quiet_libraries():
                self._stream = self._sounddevice.InputStream(
                    samplerate=self.sample_rate_hz,
                    device=self._index,
                    channels=1,
                    dtype="int16",
                    latency=LATENCY_S,
                    callback=callback,
                )
                self._stream.start()
        except self._sounddevice.PortAudioError as error:
            raise GreenroomError(
                f"The microphone “{self.name}” cannot be opened: {error.args[0]}.",
                "Close other programs that use it, or choose another with --mic.",
            ) from error

    def close(self) -> None:
        _close(self._stream)
        self._stream = None


def microphone_opener(wanted: str | None = None) -> Callable[[], Microphone]:
    """Finds a microphone each time it is called.

    The first time it is the one that is wanted, as `Microphone` has it. Later, in place of one that has gone,
    it is by turns the same one again, if it is there, and the system's default. PortAudio looks for devices
    only once: one that was plugged in since is found only where the system's default leads to it.
    """
    calls = itertools.count()

    def find() -> Microphone:
        call = next(calls)
        if call % 2:
            with contextlib.suppress(GreenroomError):
                return Microphone(wanted)
        return Microphone(None if call else wanted)

    return find


class Loudspeaker:
    """An open loudspeaker or headphone.

    Args and errors as for `Microphone`.
    """

    def __init__(self, wanted: str | None = None) -> None:
        self._sounddevice = _sounddevice()
        device = _choose("output", wanted)
        self.name = device.name
        self.sample_rate_hz = device.sample_rate_hz
        self._index = device.index
        self._stream: Any = None

    def start(self, fill: Callable[[int, float], NDArray[np.float32]]) -> None:
        """Begin to play what `fill(frames, dac_time_s)` gives: mono, -1 to 1, `dac_time_s` being when
        its first sample is heard. Called on PortAudio's thread."""

        def callback(outdata: Any, frames: int, clock: Any, status: Any) -> None:
            outdata[:, 0] = fill(frames, time.monotonic() + clock.outputBufferDacTime - clock.currentTime)

        try:
            with quiet_libraries():
                self._stream = self._sounddevice.OutputStream(
                    samplerate=self.sample_rate_hz,
                    device=self._index,
                    channels=1,
                    dtype="float32",
                    latency=LATENCY_S,
                    callback=callback,
                )
                self._stream.start()
        except self._sounddevice.PortAudioError as error:
            raise GreenroomError(
                f"The loudspeaker “{self.name}” cannot be opened: {error.args[0]}.",
                "Choose another with --speaker, or read the questions with --speaker none.",
            ) from error

    def now_s(self) -> float:
        """The clock of `fill` and of the microphone."""
        return time.monotonic()

    def close(self) -> None:
        _close(self._stream)
        self._stream = None


def _close(stream: Any) -> None:
    """Close a stream, on a thread of its own: with a stopped sound server that never comes back."""
    if stream is None:
        return

    def close() -> None:
        with contextlib.suppress(Exception):
            stream.abort()
            stream.close()

    thread = threading.Thread(target=close, name="closing", daemon=True)
    thread.start()
    thread.join(CLOSING_S)


def _choose(kind: Literal["input", "output"], wanted: str | None) -> DeviceInfo:
    devices = list_devices(kind)
    noun, option = ("microphone", "--mic") if kind == "input" else ("loudspeaker", "--speaker")
    if not devices:
        raise GreenroomError(
            f"There is no {noun}.",
            "Plug one in, or answer from files with --mic FILE or on the keyboard with --text."
            if kind == "input"
            else "Plug one in, or read the questions with --speaker none.",
        )
    if wanted is None or wanted == "default":
        return next((device for device in devices if device.default), devices[0])
    if wanted.isdigit():
        found = [device for device in devices if device.index == int(wanted)]
    else:
        found = [device for device in devices if wanted.lower() in device.name.lower()]
    if not found:
        names = ", ".join(f"{device.index} {device.name}" for device in devices)
        raise GreenroomError(f"There is no {noun} “{wanted}”.", f"Give {option} one of these: {names}.")
    return found[0]


def _default_index(sounddevice: Any, kind: Literal["input", "output"]) -> int:
    try:
        return int(sounddevice.query_devices(kind=kind)["index"])
    except (sounddevice.PortAudioError, ValueError):
        return -1


def _sounddevice() -> Any:
    try:
        with quiet_libraries():
            import sounddevice
    except OSError as error:
        raise GreenroomError(
            "PortAudio, the library for sound, is not installed.",
            "Install it (Debian: sudo apt-get install libportaudio2), or use --mic FILE or --text.",
        ) from error
    except Exception as error:  # PortAudio's own error, of a module that is not there yet
        raise GreenroomError(
            f"The system's sound cannot be reached: {error}.",
            "Check the sound system, or use --mic FILE or --text.",
        ) from error
    return sounddevice


@contextlib.contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keep ALSA, JACK and PortAudio from writing into the terminal; Python's own stderr still reaches it.

    Inside itself it does nothing: a thread that opens a microphone must not lead the stderr of all elsewhere.
    """
    if _quiet.is_set():
        yield
        return
    try:
        sys.stderr.flush()
        terminal = os.dup(2)
    except (OSError, ValueError, AttributeError):
        yield
        return
    before = sys.stderr
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stderr = os.fdopen(os.dup(terminal), "w", encoding=before.encoding or "utf-8", errors="replace")
    _quiet.set()
    try:
        yield
    finally:
        _quiet.clear()
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.close()
        sys.stderr = before
        os.dup2(terminal, 2)
        os.close(terminal)
