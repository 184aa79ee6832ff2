"""Saying things aloud on the stage: with a voice or without, and cut short by a key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from greenroom.errors import VoiceError
from greenroom.stage.keys import Key, Keys

STEP_S = 0.02
"""A key silences the voice within a tenth of a second; this leaves the rest to the device."""
BREATH_S = 0.5
"""A breath before a question: an interviewer's pacing, and the question stands on its own."""
HUNG_S = 5.0
"""How much longer than its sound a playback may take before the loudspeaker counts as gone."""


class Playing(Protocol):
    """What `greenroom.speaking.player.Playback` is to the stage."""

    voiced_until_stream_s: float | None

    @property
    def finished(self) -> bool: ...

    def stop(self) -> None: ...


class Speaks(Protocol):
    """What `greenroom.speaking.speaker.Speaker` is to the stage."""

    broken: str | None

    def prepare(self, text: str, fixed: bool) -> None: ...

    def say(self, text: str, fixed: bool) -> Playing | None: ...

    def chime(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Said:
    """How a sentence went.

    Attributes:
        voiced_until_stream_s: when its last voiced sample is heard, on time.monotonic(); None when
            it made no sound.
        key: the key other than Enter that cut it short.
        cut: whether any key did.
    """

    voiced_until_stream_s: float | None
    key: Key | None
    cut: bool = False


class Voicing:
    """One sentence at a time.

    Args:
        speaker: None reads nothing aloud.
        upcoming: the fixed sentences of the session in order; the next few are rendered while one is asked.
        note: shows a line about the program itself.
        breath_s: the silence before a question.
    """

    AHEAD = 3

    def __init__(
        self,
        speaker: Speaks | None,
        keys: Keys,
        upcoming: Sequence[str],
        note: Callable[[str], None],
        breath_s: float = BREATH_S,
    ) -> None:
        self._speaker = speaker
        self._keys = keys
        self._upcoming = list(upcoming)
        self._note = note
        self._breath_s = breath_s
        self.speaking = False
        self._watch: Callable[[], None] = _nobody_watches

    @property
    def audible(self) -> bool:
        """Whether anything is said aloud at all."""
        return self._speaker is not None

    def say(self, text: str, *, fixed: bool) -> Said:
        """Say it and wait until it has been heard. Enter goes on at once; other keys end it and are told.

        Raises:
            KeyboardInterrupt: Ctrl-C; the voice is silent.
            Reopened: somebody speaks on; the voice is silent.
        """
        playing = self._begin(text, fixed)
        if playing is None:
            return Said(None, None)
        self.speaking = True
        started_at_s = time.monotonic()
        limit_s = HUNG_S + len(text) / 5  # the slowest voice says more than five letters a second
        pressed: Key | None = None
        try:
            while not playing.finished:
                self._watch()
                pressed = pressed or self._keys.poll()
                if pressed is not None:
                    playing.stop()
                if time.monotonic() - started_at_s > limit_s:
                    playing.stop()
                    self._note("The loudspeaker does not answer; read the questions here.")
                    self._speaker = None
                    break
                time.sleep(STEP_S)
        except BaseException:
            playing.stop()
            raise
        finally:
            self.speaking = False
        key = None if pressed is Key.DONE else pressed
        return Said(playing.voiced_until_stream_s, key, cut=pressed is not None)

    @contextmanager
    def watched_by(self, watch: Callable[[], None]) -> Iterator[None]:
        """Inside, `watch` is called all the time while something is said; what it raises silences it."""
        before, self._watch = self._watch, watch
        try:
            yield
        finally:
            self._watch = before

    def say_aside(self, text: str, *, fixed: bool) -> None:
        """Say what wants no answer. Stopping and pausing are kept for the prompt that follows."""
        said = self.say(text, fixed=fixed)
        if said.key in (Key.STOP, Key.PAUSE):
            self._keys.put_back(said.key)

    def breathe(self) -> None:
        """Pause before a question, where there is a voice to pause."""
        until_s = time.monotonic() + (self._breath_s if self._speaker is not None else 0.0)
        while time.monotonic() < until_s:
            self._watch()
            time.sleep(STEP_S)

    def chime(self) -> None:
        """A quiet sound that says: heard. Comes back at once."""
        if self._speaker is not None:
            self._speaker.chime()

    def prepare(self, text: str) -> None:
        """Render a fixed sentence that will be wanted at once."""
        if self._speaker is not None:
            self._speaker.prepare(text, True)

    def prepare_after(self, text: str) -> None:
        """Render what comes after this sentence, while its answer is being given."""
        if self._speaker is None or text not in self._upcoming:
            return
        place = self._upcoming.index(text) + 1
        for coming in self._upcoming[place : place + self.AHEAD]:
            self._speaker.prepare(coming, True)

    def _begin(self, text: str, fixed: bool) -> Playing | None:
        if self._speaker is None:
            return None
        try:
            with self._keys.at_once():  # it may take seconds until the voice is ready
                return self._speaker.say(text, fixed)
        except VoiceError as error:
            self._note(self._speaker.broken or f"{error.message} {error.remedy}")
            return None


def _nobody_watches() -> None:
    pass
