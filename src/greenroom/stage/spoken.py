"""One spoken turn: ask it, listen, and look at the keys meanwhile."""

from __future__ import annotations

import queue
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Heard
from greenroom.hearing.endpoint import EventKind
from greenroom.hearing.listener import (
    Answered,
    Fault,
    Happened,
    Level,
    Listener,
    ListenerEvent,
    Overflow,
    QuestionEnded,
)
from greenroom.hearing.transcriber import TranscriptionThread
from greenroom.stage import words
from greenroom.stage.answers import AnswerKeeper, Wish
from greenroom.stage.keys import Key, Keys
from greenroom.stage.screen import Listening, Screen
from greenroom.stage.trace import Trace
from greenroom.stage.voicing import Voicing
from greenroom.stage.waiting import STEP_S, wait_key
from greenroom.types import Turn

PURE_SILENCE_S = 8.0
"""Digital silence for so long is told: no room is that quiet."""

CLOSING_S = 1.5
"""After Ctrl-C: the half second after the last word, and the sound still on its way from the device."""

_STATES = {
    EventKind.SPEECH_STARTED: words.HEARING,
    EventKind.SPEECH_RESUMED: words.HEARING,
    EventKind.ANSWER_REOPENED: words.HEARING,
    EventKind.SPEECH_PAUSED: words.PAUSE,
}

_WISHES: Mapping[Key, Wish] = {Key.SKIP: "skip", Key.STOP: "stop"}


@dataclass(slots=True)
class _Progress:
    """What the screen needs to know of the turn in progress."""

    state: str = words.WAITING
    since_s: float = 0.0
    peak_dbfs: float | None = None
    silent_since_s: float | None = None
    told_silence: bool = False
    told_overflow: bool = False
    closed: bool = False


class SpokenTurns:
    """Hears answers through a listener, and stores them."""

    def __init__(
        self,
        archive: Archive,
        session_id: int,
        listener: Listener,
        transcriber: TranscriptionThread,
        voicing: Voicing,
        screen: Screen,
        keys: Keys,
        trace: Trace,
    ) -> None:
        self._archive = archive
        self._session_id = session_id
        self._listener = listener
        self._transcriber = transcriber
        self._keeper = AnswerKeeper(archive, session_id, transcriber, screen, keys, trace)
        self._voicing = voicing
        self._screen = screen
        self._keys = keys
        self._trace = trace

    def hear(self, ask: Ask, turn: Turn, *, aloud: bool) -> Heard:
        """Ask it and bring back what was heard.

        Raises:
            GreenroomError: the microphone or the disk has failed; what was said is stored.
            KeyboardInterrupt: Ctrl-C; what was said is stored.
        """
        model = self._transcriber.recogniser
        if model.done() and (failed := model.exception()) is not None:
            raise failed  # better before a question than after an answer
        if not self._listener.ready():
            self._screen.note(words.NO_MORE_FILES)
            return self._keeper.skip(turn, None)
        wav = self._archive.session_audio_dir(self._session_id) / f"{turn.number:02d}.wav"
        self._archive.question_ended(turn.id, None, self._keeper.audio_name(turn, "wav"))
        self._listener.begin(turn.number, wav)
        try:
            wish = self._ask(ask, turn, aloud=aloud)
            self._voicing.prepare_after(ask.text)
            answer, wish = self._listen(ask, turn, wish)
        except KeyboardInterrupt:
            self._save_what_is_there(turn)
            raise
        return self._keeper.keep(turn, answer, wish)

    def _ask(self, ask: Ask, turn: Turn, *, aloud: bool) -> Wish | None:
        if aloud:
            self._voicing.breathe()
        self._trace("question_started", turn=turn.number)
        ended_s: float | None = None
        ago_s = 0.0
        wish: Wish | None = None
        while True:
            said_key: Key | None = None
            if aloud:
                said = self._voicing.say(ask.text, fixed=ask.fixed)
                ended_s, said_key, ago_s = said.voiced_until_stream_s, said.key, said.ago_s
            if said_key is Key.REPEAT:
                continue
            if said_key is Key.PAUSE:
                self._paused(_Progress())
                continue
            wish = _WISHES.get(said_key) if said_key else None
            break
        self._listener.question_ended(ended_s)
        self._trace("question_ended", turn=turn.number, ago_s=ago_s)
        if wish:
            self._listener.finish()
        return wish

    def _listen(self, ask: Ask, turn: Turn, wish: Wish | None) -> tuple[Answered, Wish | None]:
        progress = _Progress(since_s=time.monotonic())
        try:
            while True:
                answer = self._next_event(turn, progress)
                if answer is not None:
                    return answer, wish
                pressed = self._keys.poll()
                if pressed in (Key.DONE, Key.SKIP, Key.STOP):
                    wish = _WISHES.get(pressed, wish)
                    self._listener.finish()
                elif pressed is Key.PAUSE:
                    self._paused(progress)
                elif pressed is Key.REPEAT:
                    self._repeat(ask)
                self._show(progress)
        finally:
            self._screen.listening(None)

    def _next_event(self, turn: Turn, progress: _Progress) -> Answered | None:
        try:
            event = self._listener.events.get(timeout=STEP_S)
        except queue.Empty:
            return None
        if isinstance(event, Answered):
            if not progress.closed:  # by a key, the end of a file, or because nobody spoke
                self._trace("answer_closed", turn=turn.number)
            return event
        if isinstance(event, Fault):
            if event.answer is not None:
                self._keeper.keep(turn, event.answer, None, cut_off=True)
            self._trace("error", turn=turn.number)
            raise event.error
        if isinstance(event, Happened):
            if event.event.kind is not EventKind.GAVE_UP:
                self._trace(event.event.kind.value, turn=event.turn, ago_s=event.ago_s)
            progress.closed = event.event.kind is EventKind.ANSWER_CLOSED
            progress.state = _STATES.get(event.event.kind, progress.state)
            if event.event.kind is EventKind.SPEECH_STARTED:
                progress.since_s = time.monotonic() - event.ago_s
        elif isinstance(event, QuestionEnded):
            self._archive.question_ended(turn.id, event.at_s, self._keeper.audio_name(turn, "wav"))
        elif isinstance(event, Overflow):
            if not progress.told_overflow:
                progress.told_overflow = True
                self._screen.note(words.OVERFLOWED)
        elif isinstance(event, Level):
            self._follow_level(event, progress)
        return None

    def _follow_level(self, level: Level, progress: _Progress) -> None:
        progress.peak_dbfs = level.peak_dbfs
        now_s = time.monotonic()
        if level.peak_dbfs > -96:
            progress.silent_since_s = None
        elif progress.silent_since_s is None:
            progress.silent_since_s = now_s
        elif now_s - progress.silent_since_s > PURE_SILENCE_S and not progress.told_silence:
            progress.told_silence = True
            self._screen.listening(None)
            self._screen.note(words.PURE_SILENCE)

    def _show(self, progress: _Progress) -> None:
        if self._listener.real_time:
            self._screen.listening(
                Listening(
                    progress.state,
                    time.monotonic() - progress.since_s,
                    progress.peak_dbfs,
                    keys=self._keys.active,
                )
            )

    def _paused(self, progress: _Progress) -> None:
        self._listener.pause()
        before, progress.state = progress.state, words.PAUSED
        began_s = time.monotonic()
        try:
            pressed = wait_key(self._keys, lambda: self._show(progress))
            if pressed not in (Key.PAUSE, Key.DONE):  # skip, stop, repeat: go on, and then do that
                self._keys.put_back(pressed)
        finally:
            progress.state = before
            progress.since_s += time.monotonic() - began_s
            self._listener.go_on()

    def _repeat(self, ask: Ask) -> None:
        """Say it again. Nothing is heard meanwhile, so it is in no answer and no timing."""
        self._listener.pause()
        try:
            self._screen.listening(None)
            self._screen.ask(ask.text, None)
            pressed = self._voicing.say(ask.text, fixed=ask.fixed).key
            if pressed is not None:
                self._keys.put_back(pressed)
        finally:
            self._listener.go_on()

    def _save_what_is_there(self, turn: Turn) -> None:
        """Ctrl-C: close the recording as on Enter, last syllables included, and store it."""
        self._screen.listening(None)
        self._listener.finish()
        deadline_s = time.monotonic() + CLOSING_S
        while time.monotonic() < deadline_s:
            with suppress(queue.Empty):
                if self._stored(turn, self._listener.events.get(timeout=STEP_S)):
                    return
        self._listener.close()  # no more sound comes: take what there is
        with suppress(queue.Empty):
            while not self._stored(turn, self._listener.events.get_nowait()):
                pass

    def _stored(self, turn: Turn, event: ListenerEvent) -> bool:
        """Store the answer of this turn, if this event brings it."""
        answer = event.answer if isinstance(event, Fault) else event
        if not isinstance(answer, Answered) or answer.turn != turn.number:
            return False
        self._keeper.keep(turn, answer, None, cut_off=True)
        return True
