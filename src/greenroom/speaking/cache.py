"""Sound of fixed wording, kept from one session to the next. A person's own words never come here."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

import soundfile

from greenroom.errors import VoiceError
from greenroom.speaking.speech import Speech

LIMIT_BYTES = 200_000_000
"""About two thousand questions: 22 kHz FLAC takes 25 kB a second."""


def key_of(voice: str, rate_wpm: int, text: str) -> str:
    """What the sound depends on: engine and voice (both in the voice's name), rate and text."""
    return hashlib.sha256(json.dumps([voice, rate_wpm, text]).encode()).hexdigest()


class SpeechCache:
    """FLAC files, mode 0600, in a folder of mode 0700, named by key; the least recently used go first.

    It saves time and is never needed: what the disk refuses is simply not cached. Used by one thread;
    several programs may share the folder.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes

    def get(self, key: str) -> Speech | None:
        """The speech, or None when it is not there. A broken file is dropped."""
        file = self._file(key)
        try:
            with soundfile.SoundFile(file) as sound:
                pcm = sound.read(dtype="int16")
                if len(pcm) != sound.frames:
                    raise VoiceError("The file is cut short.", "Render it anew.")
                speech = Speech.of(pcm, sound.samplerate)
            os.utime(file)  # its modification time says when it was last used
        except (OSError, soundfile.SoundFileError, VoiceError):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
            return None
        return speech

    def put(self, key: str, speech: Speech, *, fixed: bool) -> None:
        """Keep it, if its wording is `fixed`: from a pack or script, nobody's own words in it."""
        if not fixed:
            return
        with contextlib.suppress(OSError, soundfile.SoundFileError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            handle, name = tempfile.mkstemp(suffix=".tmp", dir=self._folder)  # made with mode 0600
            temporary = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    soundfile.write(file, speech.pcm, speech.sample_rate_hz, format="FLAC", subtype="PCM_16")
                temporary.replace(self._file(key))
            finally:
                temporary.unlink(missing_ok=True)
            self._keep_within_limit()

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.flac"

    def _keep_within_limit(self) -> None:
        files = []
        for file in self._folder.iterdir():
            with contextlib.suppress(OSError):  # another program may have dropped it just now
                status = file.stat()
                files.append((status.st_mtime_ns, status.st_size, file))
        total = sum(size for _, size, _ in files)
        for _, size, file in sorted(files, key=lambda entry: entry[0]):
            if total <= self._limit_bytes:
                break
            file.unlink(missing_ok=True)
            total -= size
