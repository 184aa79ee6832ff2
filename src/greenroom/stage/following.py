"""Follows what the ear tells: writes it into the trace, the archive and the screen."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from greenroom.dialogue.acts import Ask
from greenroom.hearing.endpoint import EventKind
from greenroom.hearing.events import (
    DeviceBack,
    DeviceLost,
    Fault,
    Happened,
    Level,
    ListenerEvent,
    Overflow,
    QuestionEnded,
    Told,
)
from greenroom.stage import words
from greenroom.stage.answers import Wish
from greenroom.stage.crew import Crew
from greenroom.stage.screen import Listening
from greenroom.types import Span, Turn

PURE_SILENCE_S = 8.0
"""Digital silence for so long is told: no room is that quiet."""

_STATES = {
    EventKind.SPEECH_STARTED: words.HEARING,
    EventKind.SPEECH_RESUMED: words.HEARING,
    EventKind.ANSWER_REOPENED: words.HEARING,
    EventKind.SPEECH_PAUSED: words.PAUSE,
}
_SPEAKS = (EventKind.SPEECH_STARTED, EventKind.SPEECH_RESUMED, EventKind.ANSWER_REOPENED)
_CLOSES = (EventKind.ANSWER_CLOSED, EventKind.GAVE_UP)


@dataclass(slots=True)
class Progress:
    """What the stage needs to know of the turn in progress."""

    ask: Ask
    turn: Turn
    wish: Wish | None = None
    state: str = words.WAITING
    since_s: float = 0.0
    peak_dbfs: float | None = None
    silent_since_s: float | None = None
    speeches: int = 0
    """How many times the voice has begun or gone on."""
    offered: bool = False
    commands: list[Span] = field(default_factory=list)
    """Where in the recording something was said that is no part of the answer."""
    told_silence: bool = False
    told_overflow: bool = False
    closed: bool = False
    reopened: bool = False

    @property
    def spoken(self) -> bool:
        """Whether anything has been said yet."""
        return self.speeches > 0


class Follower:
    """Knows nothing of what comes next; it only takes note."""

    def __init__(self, crew: Crew) -> None:
        self.lost = False
        """Whether there is no microphone at the moment."""
        self._crew = crew

    def follow(self, event: ListenerEvent, progress: Progress) -> None:
        """Take note of one event. Raises GreenroomError when the ear has failed; what was said is stored."""
        if isinstance(event, Fault):
            self._crew.trace("error", turn=progress.turn.number)
            raise event.error
        if isinstance(event, Happened):
            self._follow_speech(event, progress)
        elif isinstance(event, QuestionEnded):
            self._crew.archive.question_ended(
                progress.turn.id, event.at_s, self._crew.audio_name(progress.turn)
            )
        elif isinstance(event, Told) and event.span is not None:
            progress.commands.append(event.span)
            self._crew.archive.leave_out(progress.turn.id, progress.commands)
        elif isinstance(event, DeviceLost | DeviceBack):
            self._follow_device(event, progress)
        elif isinstance(event, Overflow):
            if not progress.told_overflow:
                progress.told_overflow = True
                self._crew.screen.note(words.OVERFLOWED)
        elif isinstance(event, Level):
            self._follow_level(event, progress)

    def _follow_speech(self, event: Happened, progress: Progress) -> None:
        kind = event.event.kind
        if kind is not EventKind.GAVE_UP:
            self._crew.trace(kind.value, turn=event.turn, moment_s=event.moment_s)
        progress.closed = kind is EventKind.ANSWER_CLOSED
        progress.state = _STATES.get(kind, progress.state)
        progress.reopened = progress.reopened or kind is EventKind.ANSWER_REOPENED
        if kind in _SPEAKS:
            progress.speeches += 1
            self._crew.transcriber.hold(True)
        if kind is EventKind.SPEECH_STARTED:
            progress.since_s = event.moment_s
        elif kind in _CLOSES and self._crew.listener.live:
            self._crew.voicing.chime()

    def _follow_device(self, event: DeviceLost | DeviceBack, progress: Progress) -> None:
        self.lost = isinstance(event, DeviceLost)
        self._crew.screen.listening(None)
        if self.lost:
            self._crew.trace("error", turn=progress.turn.number)
        note, says = (
            (words.DEVICE_LOST, self._crew.says.device_lost)
            if self.lost
            else (words.DEVICE_BACK, self._crew.says.device_back)
        )
        self._crew.screen.note(note.format(device=event.device))
        if self.lost:
            self._crew.voicing.prepare(self._crew.says.device_back)
        if not self._crew.voicing.speaking:
            with self._crew.patiently():
                self._crew.voicing.say_aside(says, fixed=True)

    def _follow_level(self, level: Level, progress: Progress) -> None:
        progress.peak_dbfs = level.peak_dbfs
        now_s = time.monotonic()
        if level.peak_dbfs > -96:
            progress.silent_since_s = None
        elif progress.silent_since_s is None:
            progress.silent_since_s = now_s
        elif now_s - progress.silent_since_s > PURE_SILENCE_S and not progress.told_silence:
            progress.told_silence = True
            self._crew.screen.listening(None)
            self._crew.screen.note(words.PURE_SILENCE)

    def show(self, progress: Progress) -> None:
        """Show how listening goes."""
        if self._crew.listener.real_time:
            self._crew.screen.listening(
                Listening(
                    words.LOST if self.lost else progress.state,
                    time.monotonic() - progress.since_s,
                    progress.peak_dbfs,
                    keys=self._crew.keys.active,
                    caption=self._crew.captions.text(),
                )
            )
