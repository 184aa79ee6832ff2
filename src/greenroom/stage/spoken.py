"""One spoken turn: ask, listen, keep the recording, wait for its words, store each as it comes."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass
from typing import Literal

from greenroom.archive import Archive
from greenroom.coaching.fillers import count_fillers
from greenroom.coaching.timing import timing_of_spans
from greenroom.dialogue.acts import Ask, Heard
from greenroom.errors import GreenroomError
from greenroom.hearing.endpoint import EventKind
from greenroom.hearing.listener import (
    Answered,
    Fault,
    Happened,
    Level,
    Listener,
    Overflow,
    QuestionEnded,
)
from greenroom.hearing.recorder import keep_as_flac
from greenroom.hearing.transcriber import TranscriptionThread, stitched
from greenroom.stage import words
from greenroom.stage.keys import Key, Keys
from greenroom.stage.screen import Listening, Screen
from greenroom.stage.trace import Trace
from greenroom.stage.voicing import Voicing
from greenroom.stage.waiting import STEP_S, wait_all, wait_key
from greenroom.types import Turn

PURE_SILENCE_S = 8.0
"""Digital silence for so long is told: no room is that quiet."""

_STATES = {
    EventKind.SPEECH_STARTED: words.HEARING,
    EventKind.SPEECH_RESUMED: words.HEARING,
    EventKind.ANSWER_REOPENED: words.HEARING,
    EventKind.SPEECH_PAUSED: words.PAUSE,
}

Wish = Literal["skip", "stop"]


@dataclass(slots=True)
class _Progress:
    """What the screen needs to know of the turn in progress."""

    state: str = words.WAITING
    since_s: float = 0.0
    peak_dbfs: float | None = None
    silent_since_s: float | None = None
    told_silence: bool = False


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
        if not self._listener.ready():
            self._screen.note(words.NO_MORE_FILES)
            return self._skipped(turn, None)
        wav = self._archive.session_audio_dir(self._session_id) / f"{turn.number:02d}.wav"
        self._archive.question_ended(turn.id, 0.0, self._audio_name(turn, "wav"))
        self._listener.begin(turn.number, wav)
        try:
            wish = self._ask(ask, turn, aloud=aloud)
            self._voicing.prepare_after(ask.text)
            answer, wish = self._listen(ask, turn, wish)
        except KeyboardInterrupt:
            self._save_what_is_there(turn)
            raise
        return self._store(turn, answer, wish)

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
            if said_key is Key.SKIP:
                wish = "skip"
            elif said_key is Key.STOP:
                wish = "stop"
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
                    wish = {Key.SKIP: "skip", Key.STOP: "stop"}.get(pressed, wish)  # type: ignore[assignment]
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
            return event
        if isinstance(event, Fault):
            if event.answer is not None:
                self._store(turn, event.answer, None, unfinished=True)
            self._trace("error", turn=turn.number)
            raise event.error
        if isinstance(event, Happened):
            if event.event.kind is not EventKind.GAVE_UP:
                self._trace(event.event.kind.value, turn=event.turn, ago_s=event.ago_s)
            progress.state = _STATES.get(event.event.kind, progress.state)
            if event.event.kind is EventKind.SPEECH_STARTED:
                progress.since_s = time.monotonic() - event.ago_s
        elif isinstance(event, QuestionEnded):
            self._archive.question_ended(turn.id, event.at_s, self._audio_name(turn, "wav"))
        elif isinstance(event, Overflow):
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
        if self._listener.live:
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
            wait_key(self._keys, (Key.PAUSE, Key.DONE), lambda: self._show(progress))
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
            self._voicing.say(ask.text, fixed=ask.fixed)
        finally:
            self._listener.go_on()

    def _save_what_is_there(self, turn: Turn) -> None:
        """Ctrl-C: close the recording and store it. Its words follow if they come within a moment."""
        self._screen.listening(None)
        self._listener.close()
        while True:
            try:
                event = self._listener.events.get_nowait()
            except queue.Empty:
                return
            answer = event.answer if isinstance(event, Fault) else event
            if isinstance(answer, Answered) and answer.turn == turn.number:
                self._store(turn, answer, None, unfinished=True)

    def _store(self, turn: Turn, answer: Answered, wish: Wish | None, *, unfinished: bool = False) -> Heard:
        """The recording first, its words when they are there, each stored as it comes."""
        nobody_spoke = not answer.voiced
        if nobody_spoke and (wish is not None or answer.digital_silence):
            answer.wav.unlink(missing_ok=True)
            heard = self._skipped(turn, wish)
        else:
            heard = self._store_sound(turn, answer, wish, unfinished=unfinished)
        if nobody_spoke and answer.closed_by == "silence":
            self._screen.note(words.SKIPPED)
            if answer.digital_silence:
                raise GreenroomError(words.MICROPHONE_SILENT, words.MICROPHONE_SILENT_REMEDY)
        return heard

    def _store_sound(self, turn: Turn, answer: Answered, wish: Wish | None, *, unfinished: bool) -> Heard:
        flac = answer.wav.with_suffix(".flac")
        keep_as_flac(answer.wav, flac, answer.keep.start_s, answer.keep.end_s)
        moved_s = -answer.keep.start_s
        voiced = tuple(span.shifted(moved_s) for span in answer.voiced)
        ended_s = answer.question_ended_s + moved_s
        timing = timing_of_spans(voiced, ended_s, 0)
        name = self._audio_name(turn, "flac")
        with self._archive.together():
            self._archive.question_ended(turn.id, ended_s, name)
            self._archive.store_recording(
                turn.id,
                audio=name,
                timing=timing,
                voiced=voiced,
                status="recorded" if voiced else "skipped",
            )
        answer.wav.unlink(missing_ok=True)
        self._trace("turn_stored", turn=turn.number)
        if not voiced:
            return Heard(turn.number, "skipped", command="stop" if wish == "stop" else None)
        status: Literal["answered", "skipped", "unfinished"] = "answered"
        if wish == "skip":
            status = "skipped"
        elif unfinished or wish == "stop":
            status = "unfinished"
        try:
            said = wait_all(answer.stretches, self._keys, self._show_transcribing)
        except GreenroomError as error:
            self._screen.listening(None)
            self._screen.note(words.NOT_TRANSCRIBED.format(reason=error.message))
            return Heard(turn.number, "recorded", timing=timing, command="stop" if wish == "stop" else None)
        finally:
            self._screen.listening(None)
        transcript = stitched(
            [[word.shifted(moved_s) for word in stretch] for stretch in said],
            self._transcriber.recogniser.result().name,
            first_s=voiced[0].start_s,
            last_s=voiced[-1].end_s,
        )
        if not transcript.words and status == "answered":
            status = "skipped"  # a cough, a door: nothing that could be written down
        timing = timing_of_spans(voiced, ended_s, len(transcript.words))
        fillers = count_fillers(transcript.words, timing.answer_s if timing else 0.0)
        self._archive.store_transcript(turn.id, transcript, timing=timing, fillers=fillers, status=status)
        self._trace("transcript_ready", turn=turn.number)
        self._screen.heard(transcript.text)
        return Heard(
            turn.number,
            status,
            "" if status == "skipped" else transcript.text,
            timing,
            transcript.words[0].start_s if transcript.words else None,
            "stop" if wish == "stop" else None,
        )

    def _audio_name(self, turn: Turn, suffix: str) -> str:
        """The turn's audio as the archive names it: relative to the home."""
        return f"audio/{self._session_id}/{turn.number:02d}.{suffix}"

    def _show_transcribing(self) -> None:
        if self._listener.live:
            self._screen.listening(Listening(words.TRANSCRIBING, 0.0, keys=False))

    def _skipped(self, turn: Turn, wish: Wish | None) -> Heard:
        self._archive.store_recording(turn.id, audio=None, timing=None, voiced=(), status="skipped")
        self._trace("turn_stored", turn=turn.number)
        return Heard(turn.number, "skipped", command="stop" if wish == "stop" else None)
