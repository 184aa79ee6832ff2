"""Stand-ins at the stage's protocols: a screen that notes, a voice without sound, a model that writes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Heard
from greenroom.errors import TranscriptionError, VoiceError
from greenroom.hearing.stretches import StretchRule
from greenroom.stage.keys import Key, Keys
from greenroom.stage.screen import Listening
from greenroom.stage.voicing import Voicing
from greenroom.types import Pcm, Transcript, Turn, Word


class NotedScreen:
    """What was shown, one line each."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.states: list[str] = []

    def say(self, text: str) -> None:
        self.lines.append(f"say {text}")

    def ask(self, text: str, hint: str | None) -> None:
        self.lines.append(f"ask {text}")

    def heard(self, text: str) -> None:
        self.lines.append(f"heard {text}")

    def note(self, text: str) -> None:
        self.lines.append(f"note {text}")

    def listening(self, now: Listening | None) -> None:
        if now is not None and now.state not in self.states[-1:]:
            self.states.append(now.state)


class Playing:
    """A sound that lasts `seconds` and can be stopped."""

    def __init__(self, seconds: float) -> None:
        self.began_s = time.monotonic()
        self.seconds = seconds
        self.stopped = False

    @property
    def voiced_until_stream_s(self) -> float | None:
        return self.began_s + self.seconds

    @property
    def finished(self) -> bool:
        return self.stopped or time.monotonic() >= self.began_s + self.seconds

    def stop(self) -> None:
        self.stopped = True


class FakeSpeaker:
    """Says everything in `seconds`, or fails."""

    def __init__(self, seconds: float = 0.03) -> None:
        self.broken: str | None = None
        self.seconds = seconds
        self.said: list[tuple[str, bool]] = []
        self.prepared: list[str] = []
        self.playing: Playing | None = None
        self.failure: VoiceError | None = None

    def prepare(self, text: str, fixed: bool) -> None:
        self.prepared.append(text)

    def say(self, text: str, fixed: bool) -> Playing | None:
        if self.failure is not None:
            raise self.failure
        self.said.append((text, fixed))
        self.playing = Playing(self.seconds)
        return self.playing


class FakeRecogniser:
    """The same words for every stretch, or a failure."""

    name = "fake"
    rule = StretchRule()

    def __init__(self, words: str = "So, um, yes.", *, fails: bool = False) -> None:
        self.words = words
        self.fails = fails
        self.decoded = 0

    def decode(self, pcm: Pcm) -> tuple[Word, ...]:
        self.decoded += 1
        if self.fails:
            raise TranscriptionError("The model is broken.", "Install it anew.")
        return tuple(Word(word, 0.3 + n, 0.6 + n, 0.9) for n, word in enumerate(self.words.split()))


class ReadTurns:
    """Answers from a list, stored as a typed turn is; an exception in it is raised."""

    def __init__(self, archive: Archive, replies: Sequence[str | Heard | BaseException]) -> None:
        self._archive = archive
        self._replies = list(replies)
        self.asked: list[tuple[str, bool]] = []

    def hear(self, ask: Ask, turn: Turn, *, aloud: bool) -> Heard:
        self.asked.append((ask.prompt_id, aloud))
        reply = self._replies.pop(0)
        if isinstance(reply, BaseException):
            raise reply
        if isinstance(reply, Heard):
            return replace(reply, turn=turn.number)
        if not reply:
            self._archive.set_turn_status(turn.id, "skipped")
            return Heard(turn.number, "skipped")
        words = Transcript(reply, (), "typed", "final")
        self._archive.store_transcript(turn.id, words, timing=None, fillers=None, status="answered")
        return Heard(turn.number, "answered", reply)


def silent_voicing(screen: NotedScreen, keys: Keys | None = None) -> Voicing:
    return Voicing(None, keys or Keys(listen=False), (), screen.note)


class Traced:
    """The names of the events, in order."""

    def __init__(self) -> None:
        self.events: list[tuple[str, int | None]] = []

    def __call__(self, event: str, *, turn: int | None = None, ago_s: float = 0.0) -> None:
        self.events.append((event, turn))


def press(keys: Keys, *pressed: Key) -> None:
    for key in pressed:
        keys.put_back(key)
