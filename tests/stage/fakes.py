"""Stand-ins at the stage's protocols: a screen that notes, a voice without sound, a model that writes, an ear
that tells what the test has it tell."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dialogue.shipped import WORDS
from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Heard
from greenroom.errors import TranscriptionError, VoiceError
from greenroom.hearing.endpoint import Event, EventKind
from greenroom.hearing.events import Answered, Happened, ListenerEvent, Told
from greenroom.hearing.models import FinalRule
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.transcription_thread import TranscriptionThread
from greenroom.hearing.utterance import Hints
from greenroom.stage.captions import Captions
from greenroom.stage.crew import Crew
from greenroom.stage.following import Progress
from greenroom.stage.keys import Key, Keys
from greenroom.stage.screen import Listening
from greenroom.stage.turns import Reopened
from greenroom.stage.voicing import Voicing
from greenroom.types import Pcm, Span, Transcript, Turn, Word


class NotedScreen:
    """What was shown, one line each."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.states: list[str] = []
        self.captions: list[str] = []

    def say(self, text: str) -> None:
        self.lines.append(f"say {text}")

    def aside(self, text: str) -> None:
        self.lines.append(f"show {text}")

    def ask(self, text: str, hint: str | None) -> None:
        self.lines.append(f"ask {text}")

    def heard(self, text: str) -> None:
        self.lines.append(f"heard {text}")

    def note(self, text: str) -> None:
        self.lines.append(f"note {text}")

    def listening(self, now: Listening | None) -> None:
        if now is not None and now.state not in self.states[-1:]:
            self.states.append(now.state)
        if now is not None and now.caption not in self.captions[-1:]:
            self.captions.append(now.caption)


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
        self.chimes = 0
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

    def chime(self) -> None:
        self.chimes += 1

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.said]


class FakeRecogniser:
    """The same words for every stretch, or a failure; its second look finds the same."""

    name = "fake"
    rule = StretchRule()
    final = FinalRule(whole=False)

    def __init__(self, words: str = "So, um, yes.", *, fails: bool = False) -> None:
        self.words = words
        self.fails = fails
        self.decoded = 0

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        self.decoded += 1
        if self.fails:
            raise TranscriptionError("The model is broken.", "Install it anew.")
        return tuple(Word(word, 0.3 + n, 0.6 + n, 0.9) for n, word in enumerate(self.words.split()))

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        yield self.decode(pcm)


class ReadTurns:
    """Answers from a list, stored as a typed turn is; an exception in it is raised.

    A Reopened in the list goes on with an answer of this list: see `going_on`.
    """

    def __init__(self, archive: Archive, replies: Sequence[str | Heard | BaseException]) -> None:
        self._archive = archive
        self.replies = list(replies)
        self.asked: list[tuple[str, bool]] = []
        self.turns: list[Turn] = []
        self.settled: list[BaseException] = []
        """What `settle` raises, the first first."""
        self.spoken_over: dict[str, BaseException] = {}
        """What is raised while a sentence is said, once."""

    def hear(self, ask: Ask, turn: Turn, *, aloud: bool) -> Heard:
        self.asked.append((ask.prompt_id, aloud))
        self.turns.append(turn)
        return self._answer(turn)

    def settle(self) -> None:
        if self.settled:
            raise self.settled.pop(0)

    def going_on(self, place: int, *replies: str | Heard | BaseException) -> Reopened:
        """The answer to the question asked at this place goes on, and becomes the next of these replies."""
        waiting = list(replies)

        def go_on() -> Heard:
            self.replies.insert(0, waiting.pop(0))
            return self._answer(self.turns[place])

        return Later(self, place, go_on)

    def voicing(self, screen: NotedScreen) -> Voicing:
        """A voice that is cut short by what is in `spoken_over`."""
        keys = Keys(listen=False)
        speaker = FakeSpeaker(seconds=0.0)

        class Watched(Voicing):
            def say_aside(inner, text: str, *, fixed: bool) -> None:  # noqa: N805
                if text in self.spoken_over:
                    raise self.spoken_over.pop(text)

        return Watched(speaker, keys, (), screen.note)

    def _answer(self, turn: Turn) -> Heard:
        reply = self.replies.pop(0)
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


class Later(Reopened):
    """A Reopened whose turn is known only once its question has been asked."""

    def __init__(self, turns: ReadTurns, place: int, go_on: Callable[[], Heard]) -> None:
        Exception.__init__(self, place)
        self._turns, self._place = turns, place
        self.go_on = go_on

    @property
    def turn(self) -> Turn:  # type: ignore[override]
        return self._turns.turns[self._place]


class FakeEar:
    """A listener that tells what the test has put into `events`, and notes what is asked of it."""

    live = True
    real_time = True

    def __init__(self) -> None:
        self.events: queue.SimpleQueue[ListenerEvent] = queue.SimpleQueue()
        self.asked: list[str] = []
        self.on: dict[str, list[ListenerEvent]] = {}
        """What it tells as soon as something is asked of it."""

    def tell(self, *events: ListenerEvent) -> None:
        for event in events:
            self.events.put(event)

    def ready(self) -> bool:
        return True

    def begin(self, turn: int, wav: Path, hints: Hints | None = None) -> None:
        self._note(f"begin {turn}")

    def question_ended(self, turn: int, moment_s: float | None) -> None:
        self._note(f"question_ended {turn}")

    def finish(self, turn: int, *, as_of_s: float | None = None) -> None:
        self._note(f"finish {turn}" + ("" if as_of_s is None else f" as of {as_of_s:.1f}"))

    def settle(self) -> None:
        self._note("settle")

    def deafen(self, deaf: bool) -> None:
        self._note(f"deafen {deaf}")

    def pause(self) -> None:
        self._note("pause")

    def go_on(self, *, as_of_s: float | None = None) -> None:
        self._note("go_on")

    def be_patient(self, patient: bool) -> None:
        pass

    def close(self) -> None:
        self._note("close")

    def _note(self, asked: str) -> None:
        self.asked.append(asked)
        self.tell(*self.on.pop(asked, []))


class NoTranscriber:
    """A transcriber that is only held and let go."""

    def __init__(self) -> None:
        self.held: list[bool] = []

    def hold(self, on: bool) -> None:
        self.held.append(on)


class Traced:
    """The names of the events, in order."""

    def __init__(self) -> None:
        self.events: list[tuple[str, int | None]] = []
        self.moments: list[float | None] = []
        self.commands: list[str] = []

    def __call__(
        self,
        event: str,
        *,
        turn: int | None = None,
        moment_s: float | None = None,
        command: str | None = None,
    ) -> None:
        self.events.append((event, turn))
        self.moments.append(moment_s)
        if command is not None:
            self.commands.append(command)

    @property
    def names(self) -> list[str]:
        return [event for event, _ in self.events]


@dataclass
class Staged:
    """A crew around one turn, with an ear that tells what the test has it tell."""

    archive: Archive
    speaker: FakeSpeaker | None = None
    ear: FakeEar = field(default_factory=FakeEar)
    screen: NotedScreen = field(default_factory=NotedScreen)
    trace: Traced = field(default_factory=Traced)
    transcriber: NoTranscriber = field(default_factory=NoTranscriber)
    loud: bool = False
    recogniser: TranscriptionThread | None = None

    def __post_init__(self) -> None:
        self.keys = Keys(listen=False)
        self.voicing = Voicing(self.speaker, self.keys, (), self.screen.note)
        self.session_id = self.archive.start_session("practice")
        ask = Ask("conflict", "Tell me about a conflict.", part="interview")
        self.progress = Progress(ask, self.new_turn())
        self.captions = Captions(lambda pcm, offset_s: self._never(pcm, offset_s))
        self.crew = Crew(
            archive=self.archive,
            session_id=self.session_id,
            listener=self.ear,  # type: ignore[arg-type]
            transcriber=self.recogniser or self.transcriber,  # type: ignore[arg-type]
            captions=self.captions,
            voicing=self.voicing,
            screen=self.screen,
            keys=self.keys,
            trace=self.trace,
            says=WORDS,
            hints=lambda expects: None,
            too_loud=lambda: self.loud,
        )

    def new_turn(self) -> Turn:
        return self.archive.start_turn(
            self.session_id, part="interview", prompt_id="conflict", prompt="Tell me about a conflict."
        )

    def stored(self) -> Turn:
        return self.archive.session(self.session_id).turns[-1]

    def _never(self, pcm: Pcm, offset_s: float, *, hurried: bool = False):  # type: ignore[no-untyped-def]
        raise AssertionError("nothing is decoded here")


def happened(kind: EventKind, turn: int = 1, *, moment_s: float | None = None) -> Happened:
    return Happened(turn, Event(kind, 1.0), time.monotonic() if moment_s is None else moment_s)


def told(command: str, turn: int = 1, *, moment_s: float | None = None) -> Told:
    return Told(turn, command, time.monotonic() if moment_s is None else moment_s)


def answered(wav: Path, **changed: object) -> Answered:
    """Half a minute of speech, closed by patience, without any words yet."""
    answer = Answered(
        turn=1,
        wav=wav,
        question_ended_s=2.0,
        voiced=(Span(3.0, 33.0),),
        left_out=(),
        stretches=(),
        end_s=33.5,
        closed_by="patience",
        open=True,
        reopened_after_s=(),
        hurried=False,
        short_text=None,
        overflows=0,
        digital_silence=False,
    )
    return replace(answer, **changed)  # type: ignore[arg-type]


def silent_voicing(screen: NotedScreen, keys: Keys | None = None) -> Voicing:
    return Voicing(None, keys or Keys(listen=False), (), screen.note)


def press(keys: Keys, *pressed: Key) -> None:
    for key in pressed:
        keys.put_back(key)
