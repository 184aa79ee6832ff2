"""One turn after the other, put together from source, recorder, detector and transcriber.

One thread, the ear, does it all: it reads the source, writes every block to disk, and only then looks at
it. The stage talks to it through `begin`, `question_ended`, `finish`, `pause` and `go_on`, which queue a
wish and return at once, and is told what happens through `events`.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from greenroom.errors import GreenroomError
from greenroom.hearing.answer import AnswerInProgress, Submit, Words
from greenroom.hearing.edges import refined_onset
from greenroom.hearing.endpoint import ECHO_S, Event, EventKind, Patience
from greenroom.hearing.quiet import hear_quiet_speech
from greenroom.hearing.recorder import Recorder
from greenroom.hearing.source import EndOfSound, Source
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.vad import Vad
from greenroom.types import SAMPLE_RATE_HZ, Pcm, Span

PRE_ROLL_S = 0.5
"""Sound kept before the question's end or the first word, whichever is earlier."""
POST_ROLL_S = 0.5
"""Sound kept after the last word, also when Enter is pressed on it: 0.35 s lost last words elsewhere."""

ClosedBy: TypeAlias = Literal["patience", "silence", "key", "end"]
"""Patience after speech, nobody spoke, a key or command, the end of the file."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A turn-taking event of the turn in progress. `ago_s`: how long before now it was true, live."""

    turn: int
    event: Event
    ago_s: float = 0.0


@dataclass(frozen=True, slots=True)
class QuestionEnded:
    """Where in the recording, in seconds, the question's last voiced sample falls."""

    turn: int
    at_s: float


@dataclass(frozen=True, slots=True)
class Level:
    """How loud it is right now: the peak of the latest block in dBFS (-96 for digital silence)."""

    peak_dbfs: float


@dataclass(frozen=True, slots=True)
class Overflow:
    """The device lost samples."""

    turn: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The recording of a turn is whole on disk.

    Attributes:
        wav: the closed file, still with the question's time at its start.
        keep: the part of it worth keeping; all times below are seconds into the WAV.
        question_ended_s: where the question's last voiced sample falls.
        voiced: the spans of speech, empty when nobody spoke.
        stretches: the words to come, in order.
        digital_silence: not one sample differed from zero: a muted or dead microphone.
    """

    turn: int
    wav: Path
    keep: Span
    question_ended_s: float
    voiced: tuple[Span, ...]
    stretches: tuple[Words, ...]
    closed_by: ClosedBy
    overflows: int
    digital_silence: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """The ear cannot go on; `answer` is what was recorded up to then, if a turn was in progress."""

    error: GreenroomError
    answer: Answered | None


ListenerEvent: TypeAlias = Happened | QuestionEnded | Level | Overflow | Answered | Fault


class Listener:
    """The ear. Open it once a session.

    Args:
        rule: how stretches are cut; asked for at each turn, since the model may still be loading.
    """

    def __init__(
        self, source: Source, vad: Vad, submit: Submit, rule: Callable[[], StretchRule], patience: Patience
    ) -> None:
        self.events: queue.SimpleQueue[ListenerEvent] = queue.SimpleQueue()
        self._source = source
        self._vad = vad
        self._submit = submit
        self._rule = rule
        self._patience = patience
        self._wishes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._turn: _TurnInProgress | None = None
        self._paused = False
        self._open = True
        self._thread = threading.Thread(target=self._run, name="ear", daemon=True)
        self._thread.start()

    @property
    def real_time(self) -> bool:
        """Whether a second of sound takes a second, so that there is something to watch."""
        return self._source.real_time

    def ready(self) -> bool:
        """Whether anything is left to hear: False once every file has answered its prompt."""
        return self._source.ready()

    def begin(self, turn: int, wav: Path) -> None:
        """A question begins: record from now on."""
        self._wishes.put(lambda: self._begin(turn, wav))

    def question_ended(self, moment_s: float | None) -> None:
        """The last voiced sample of the question is heard at this moment, on time.monotonic().

        None: it made no sound, and ends now.
        """
        ended_at_s = time.monotonic() if moment_s is None else moment_s
        self._wishes.put(lambda: self._arm(ended_at_s))

    def finish(self) -> None:
        """Close the answer, POST_ROLL_S from now: sound on its way from the device is waited for."""
        asked_at_s = time.monotonic()
        self._wishes.put(lambda: self._finish(asked_at_s))

    def pause(self) -> None:
        """Hear nothing until `go_on`; the recording's clock stands still."""
        self._wishes.put(lambda: self._set_paused(True))

    def go_on(self) -> None:
        self._wishes.put(lambda: self._set_paused(False))

    def close(self) -> None:
        """Stop for good. A turn in progress is closed as it is, and its `Answered` still comes."""
        self._wishes.put(self._quit)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while self._open:
            try:
                self._obey()
                self._hear()
            except EndOfSound:
                self._close_turn("end")
            except GreenroomError as error:
                self._fail(error)
            except Exception as error:  # the ear must never die in silence
                self._fail(
                    GreenroomError(
                        f"Listening failed: {str(error) or type(error).__name__}.",
                        "Start again; all that was said up to now is kept.",
                    )
                )
        self._source.close()

    def _obey(self) -> None:
        # With a file there is nothing to read between turns: wait for the next wish.
        idle = not self._source.live and (self._turn is None or self._turn.armed_at_s is None or self._paused)
        while self._open:
            try:
                wish = self._wishes.get(block=idle)
            except queue.Empty:
                return
            wish()
            idle = False

    def _hear(self) -> None:
        turn = self._turn
        if not self._source.live and (turn is None or turn.armed_at_s is None or self._paused):
            return  # a file stands still: what is read of it now would be lost
        block = self._source.read()
        if block is None or turn is None or self._paused:
            if turn and block is not None:
                turn.skipped_samples += len(block.pcm)
            self._tell_level(block.pcm if block else None)
            return
        turn.take(block.start_sample, block.pcm)
        if turn.arm_at_s is not None:
            moment_s, turn.arm_at_s = turn.arm_at_s, None
            self._arm(moment_s)
        if block.overflowed:
            turn.overflows += 1
            self.events.put(Overflow(turn.number))
        self._tell_level(block.pcm)
        self._look(turn, block.pcm)

    def _look(self, turn: _TurnInProgress, pcm: Pcm) -> None:
        closed_by: ClosedBy | None = None
        for event in turn.answer.push(pcm):
            ago_s = turn.answer.endpointer.position_s - event.at_s if self._source.live else 0.0
            self.events.put(Happened(turn.number, event, ago_s))
            if event.kind is EventKind.ANSWER_CLOSED:
                closed_by = "patience"
            elif event.kind is EventKind.GAVE_UP:
                closed_by = "silence"
        if turn.finish_at_s is not None and turn.answer.endpointer.position_s >= turn.finish_at_s:
            self._close_turn("key")
        elif closed_by and self._source.live:  # a file goes on to its end: it may hold more speech
            self._close_turn(closed_by)

    def _tell_level(self, pcm: Pcm | None) -> None:
        if self._source.live and pcm is not None and len(pcm):
            peak = int(np.max(np.abs(pcm.astype(np.int32))))
            self.events.put(Level(20 * float(np.log10(max(peak, 0.5) / 32_768))))

    def _begin(self, number: int, wav: Path) -> None:
        self._source.begin()
        answer = AnswerInProgress(self._vad, self._submit, self._rule(), self._patience)
        self._turn = _TurnInProgress(number, Recorder(wav), answer)

    def _arm(self, ended_at_s: float) -> None:
        turn = self._turn
        if turn is None:
            return
        if self._source.live and turn.first_sample is None:
            turn.arm_at_s = ended_at_s  # only the first block tells where the recording begins
            return
        turn.armed_at_s = self._recorded_at_s(turn, ended_at_s)
        turn.answer.endpointer.arm(turn.armed_at_s)
        self.events.put(QuestionEnded(turn.number, turn.armed_at_s))

    def _finish(self, asked_at_s: float) -> None:
        turn = self._turn
        if turn is None:
            return
        self._paused = False
        if turn.armed_at_s is None and turn.arm_at_s is None:
            self._arm(asked_at_s)
        turn.finish_at_s = self._recorded_at_s(turn, asked_at_s) + POST_ROLL_S

    def _recorded_at_s(self, turn: _TurnInProgress, moment_s: float) -> float:
        """Where a moment falls in the recording. With a file every moment is where it has been read to."""
        if self._source.live:
            return turn.recorded_at_s(self._source.sample_at(moment_s))
        return turn.recorder.samples / SAMPLE_RATE_HZ

    def _set_paused(self, paused: bool) -> None:
        self._paused = paused

    def _quit(self) -> None:
        self._close_turn("key")
        self._open = False

    def _close_turn(self, closed_by: ClosedBy) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            self.events.put(self._answered(turn, closed_by))

    def _answered(self, turn: _TurnInProgress, closed_by: ClosedBy) -> Answered:
        turn.recorder.close()
        for event in turn.answer.finish():
            self.events.put(Happened(turn.number, event))
        question_ended_s = turn.armed_at_s or 0.0
        voiced, stretches = turn.answer.spans, tuple(turn.answer.stretches)
        length_s = turn.recorder.samples / SAMPLE_RATE_HZ
        if voiced:
            onset_s = refined_onset(_read_pcm(turn.recorder.path, voiced[0].start_s + 0.1), voiced[0].start_s)
            voiced = (Span(onset_s, min(voiced[0].end_s, length_s)), *voiced[1:])
        elif turn.loudest and turn.armed_at_s is not None:
            again, words = hear_quiet_speech(
                _read_pcm(turn.recorder.path, length_s),
                question_ended_s + (ECHO_S if self._source.live else 0.0),
                self._vad,
                self._submit,
                self._rule(),
            )
            voiced, stretches = again, tuple(words)
        return Answered(
            turn=turn.number,
            wav=turn.recorder.path,
            keep=_worth_keeping(question_ended_s, voiced, length_s),
            question_ended_s=question_ended_s,
            voiced=voiced,
            stretches=stretches,
            closed_by=closed_by,
            overflows=turn.overflows,
            digital_silence=turn.loudest == 0,
        )

    def _fail(self, error: GreenroomError) -> None:
        turn, self._turn = self._turn, None
        answer = None
        if turn is not None:
            try:
                answer = self._answered(turn, "end")
            except Exception:  # the fault itself must be told in any case
                answer = None  # the file is as whole as it can be, and recovery finds it
        self.events.put(Fault(error, answer))
        self._open = False


class _TurnInProgress:
    """What the ear holds about the turn it is recording."""

    def __init__(self, number: int, recorder: Recorder, answer: AnswerInProgress) -> None:
        self.number = number
        self.recorder = recorder
        self.answer = answer
        self.armed_at_s: float | None = None
        self.arm_at_s: float | None = None
        self.finish_at_s: float | None = None
        self.first_sample: int | None = None
        self.skipped_samples = 0
        self.overflows = 0
        self.loudest = 0

    def recorded_at_s(self, source_sample: int) -> float:
        """Where a sample of the source falls in this recording; 0 when it lies before it."""
        if self.first_sample is None:
            return 0.0
        return max(source_sample - self.first_sample - self.skipped_samples, 0) / SAMPLE_RATE_HZ

    def take(self, start_sample: int, pcm: Pcm) -> None:
        """To disk first, before anything looks at it."""
        self.recorder.write(pcm)
        if self.first_sample is None:
            self.first_sample = start_sample - self.skipped_samples
        self.loudest = max(self.loudest, int(np.max(np.abs(pcm.astype(np.int32)), initial=0)))


def _worth_keeping(question_ended_s: float, voiced: tuple[Span, ...], length_s: float) -> Span:
    """From just before the question's end (or an earlier first word) to just after the last word."""
    first_s = min(question_ended_s, voiced[0].start_s) if voiced else question_ended_s
    last_s = voiced[-1].end_s + POST_ROLL_S if voiced else length_s
    return Span(max(first_s - PRE_ROLL_S, 0.0), min(last_s, length_s))


def _read_pcm(wav: Path, until_s: float) -> Pcm:
    import soundfile

    with soundfile.SoundFile(wav) as file:
        pcm: Pcm = file.read(round(until_s * SAMPLE_RATE_HZ), dtype="int16")
    return pcm
