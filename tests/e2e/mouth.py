"""A mouth at the microphone: plays a recording into the room as if somebody spoke there."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import soundfile

from e2e.room import MOUTH, Room

# As much is asked for ahead of time. More makes a stop late, less stutters while a speech model is busy.
_LATENCY_MS = 200
_FULL_VOLUME = 65_536
_READ_BY_PAPLAY = {".wav", ".flac", ".ogg", ".aiff"}


class Saying:
    """One recording being played."""

    def __init__(self, player: subprocess.Popen[bytes], length_s: float) -> None:
        self.called_at_s = time.monotonic()  # the sound comes out about 0.05 s later; an ear on MOUTH knows
        self.length_s = length_s
        self._player = player

    @property
    def is_over(self) -> bool:
        """Whether everything was played, or it was stopped."""
        return self._player.poll() is not None

    def wait(self, timeout_s: float | None = None) -> None:
        """Until everything was played; without a limit, until 10 s after it should have been."""
        limit_s = self.length_s + 10 if timeout_s is None else timeout_s
        code = self._player.wait(timeout=limit_s)
        if code:
            raise RuntimeError(f"paplay ended with {code}")

    def stop(self) -> None:
        """Fall silent at once, in the middle of a word."""
        if not self.is_over:
            self._player.kill()
        self._player.wait(timeout=5)


def say(room: Room, path: Path, *, volume: float = 1.0, sink: str = MOUTH) -> Saying:
    """Start to play `path` into the microphone, `volume` times as loud, and return at once.

    With `sink=SPEAKER` it is heard as if another program played it.
    """
    path = path if path.suffix.lower() in _READ_BY_PAPLAY else _as_wav(path, room.folder)
    about = soundfile.info(path)
    command = ["paplay", f"--device={sink}", f"--latency-msec={_LATENCY_MS}"]
    # paplay's volume is on PulseAudio's cubic scale
    command += [f"--volume={round(_FULL_VOLUME * volume ** (1 / 3))}", str(path)]
    player = subprocess.Popen(command, env=room.host_env(), stdin=subprocess.DEVNULL)
    return Saying(player, about.frames / about.samplerate)


def _as_wav(path: Path, folder: Path) -> Path:
    samples, rate_hz = soundfile.read(path, dtype="int16")
    wav = folder / f"{path.stem}-{time.monotonic_ns()}.wav"
    soundfile.write(wav, samples, rate_hz)
    return wav
