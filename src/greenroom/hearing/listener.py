"""One turn after the other, put together from source, recorder, detector and transcriber.

One thread, the ear, does it all: it reads the source, writes every block to disk, and only then looks at
it. The stage talks to it through methods that queue a wish and return at once, and is told what happens
through `events`.

An answer that was closed by silence stays open behind the next question, until the stage has it settled:
who speaks on before that goes on with the same answer, and the next question is dropped.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from greenroom.errors import GreenroomError
from greenroom.hearing.answer import AnswerInProgress, Commanded, Submit, Words
from greenroom.hearing.endpoint import Event, EventKind, Patience
from greenroom.hearing.events import (
    Answered,
    ClosedBy,
    DeviceBack,
    DeviceLost,
    Fault,
    Happened,
    Level,
    ListenerEvent,
    Overflow,
    QuestionEnded,
    Settled,
    Told,
)
from greenroom.hearing.loudness import peak
from greenroom.hearing.patience import raised
from greenroom.hearing.source import EndOfSound, Source
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.taking import HELD_S, Taking
from greenroom.hearing.utterance import Hints
from greenroom.hearing.vad import Vad
from greenroom.types import SAMPLE_RATE_HZ, Block, Pcm

_CLOSES: dict[EventKind, ClosedBy] = {EventKind.ANSWER_CLOSED: "patience", EventKind.GAVE_UP: "silence"}


class Listener:
    """The ear. Open it once a session.

    Args:
        rule: how stretches are cut; asked for at each turn, since the model may still be loading.
        hints: how spoken commands and open sentences are found; None looks for neither.
    """

    def __init__(
        self,
        source: Source,
        vad: Vad,
        submit: Submit,
        rule: Callable[[], StretchRule],
        patience: Patience,
        hints: Hints | None = None,
    ) -> None:
        self.events: queue.SimpleQueue[ListenerEvent] = queue.SimpleQueue()
        self._source = source
        self._vad = vad
        self._submit = submit
        self._rule = rule
        self._patience = patience
        self._hints = hints
        self._wishes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._turn: Taking | None = None
        self._lingering: Taking | None = None
        self._aside: AnswerInProgress | None = None
        self._lost: str | None = None
        self._deaf = False
        self._patient = False
        self._from_sample = 0
        self._held: deque[Block] = deque()
        self._open = True
        self._thread = threading.Thread(target=self._run, name="ear", daemon=True)
        self._thread.start()

    @property
    def live(self) -> bool:
        """Whether somebody is there, who can go on after a close."""
        return self._source.live

    @property
    def real_time(self) -> bool:
        """Whether a second of sound takes a second, so that there is something to watch."""
        return self._source.real_time

    def ready(self) -> bool:
        """Whether anything is left to hear: False once every file has answered its prompt."""
        return self._source.ready()

    def begin(self, turn: int, wav: Path, hints: Hints | None = None) -> None:
        """A question begins: hold what is heard, until it is known when it has ended.

        Args:
            hints: for answers to this question, in place of those for all.
        """
        self._wishes.put(lambda: self._begin(turn, wav, hints or self._hints))

    def question_ended(self, turn: int, moment_s: float | None) -> None:
        """The last voiced sample of the question is heard at this moment, on time.monotonic().

        None: it made no sound, and ends now.
        """
        ended_at_s = time.monotonic() if moment_s is None else moment_s
        self._wishes.put(lambda: self._arm(turn, ended_at_s))

    def finish(self, turn: int, *, as_of_s: float | None = None) -> None:
        """Close the answer for good, as of a moment on time.monotonic(): sound on its way is waited for."""
        asked_at_s = time.monotonic() if as_of_s is None else as_of_s
        self._wishes.put(lambda: self._finish(turn, asked_at_s))

    def settle(self) -> None:
        """An answer still open cannot go on any more: `Settled` comes, unless it has just done so."""
        self._wishes.put(self._settle)

    def deafen(self, deaf: bool) -> None:
        """While True an answer that is still open is recorded on, but nothing reopens it."""
        self._wishes.put(lambda: self._set_deaf(deaf))

    def set_patience(self, patience: Patience) -> None:
        """From now on, also for the answer in progress."""
        self._wishes.put(lambda: self._set_patience(patience))

    def be_patient(self, patient: bool) -> None:
        """While True no silence closes the answer: the program itself speaks in the middle of it."""
        self._wishes.put(lambda: self._set_patient(patient))

    def pause(self) -> None:
        """Record nothing until `go_on`, the recording's clock stands still; commands are still heard."""
        self._wishes.put(lambda: self._set_paused(True))

    def go_on(self, *, as_of_s: float | None = None) -> None:
        """Record what is heard from a moment on time.monotonic() on, or from now on.

        It may lie HELD_S back: who goes on while the program is still busy loses nothing.
        """
        moment_s = time.monotonic() if as_of_s is None else as_of_s
        self._wishes.put(lambda: self._go_on(moment_s))

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
        idle = not self._source.live and (self._turn is None or not self._turn.armed or self._paused)
        while self._open:
            try:
                wish = self._wishes.get(block=idle)
            except queue.Empty:
                return
            wish()
            idle = False

    @property
    def _paused(self) -> bool:
        return self._aside is not None

    def _hear(self) -> None:
        if not self._source.live and (self._turn is None or not self._turn.armed or self._paused):
            return  # a file stands still: what is read of it now would be lost
        block = self._source.read()
        self._tell_trouble()
        if block is None:
            return
        if self._source.live:
            self.events.put(Level(_peak_dbfs(block.pcm)))
        if self._aside is not None:
            self._overhear(self._aside, block)
            return
        self._take(block)

    def _take(self, block: Block) -> None:
        if self._from_sample > block.start_sample:  # on its way when the pause was over
            self._skip(min(self._from_sample - block.start_sample, len(block.pcm)))
            block = block.since(self._from_sample)
            if not len(block.pcm):
                return
        if self._lingering is not None:
            self._linger(self._lingering, block)
        elif self._turn is not None:
            self._listen(self._turn, block)

    def _listen(self, turn: Taking, block: Block) -> None:
        if self._patient:
            turn.be_patient()
        events = turn.take(block)
        if turn.question_ended_moment_s is not None:
            events += self._armed(turn, turn.question_ended_moment_s)
        self._tell_overflow(turn, block)
        closed_by = self._tell(turn, events)
        if turn.finished:
            self._close_turn("key")
        elif closed_by and self._source.live:  # a file goes on to its end: it may hold more speech
            self._close_softly(turn, closed_by)

    def _linger(self, turn: Taking, block: Block) -> None:
        """Behind an answer that seemed to be over the next question is being asked."""
        events = turn.take(block, deaf=self._deaf)
        self._tell_overflow(turn, block)
        if not any(_is(event, EventKind.ANSWER_REOPENED) for event in events):
            if self._turn is not None:
                self._turn.take(block)
            self._tell(turn, events)
            return
        dropped, self._turn, self._lingering = self._turn, turn, None
        if dropped is not None:
            dropped.discard()
        if not self._patience.fixed and turn.reopened_after_s:
            self._set_patience(raised(self._patience, turn.reopened_after_s[-1]))
        self._tell(turn, events)

    def _tell_overflow(self, turn: Taking, block: Block) -> None:
        if block.overflowed:
            turn.overflows += 1
            self.events.put(Overflow(turn.number))

    def _tell(self, turn: Taking, events: Sequence[Event | Commanded]) -> ClosedBy | None:
        """Pass on what happened. Returns what closed the answer, if anything did."""
        closed_by: ClosedBy | None = None
        for event in events:
            moment_s = time.monotonic() - (turn.position_s - event.at_s if self._source.live else 0.0)
            if isinstance(event, Commanded):
                self.events.put(Told(turn.number, event.command, moment_s, event.span))
            else:
                self.events.put(Happened(turn.number, event, moment_s))
                closed_by = _CLOSES.get(event.kind)
        return closed_by

    def _overhear(self, aside: AnswerInProgress, block: Block) -> None:
        """While it is paused only commands count, and nothing is recorded."""
        self._held.append(block)
        while self._held[-1].start_sample - self._held[0].start_sample > HELD_S * SAMPLE_RATE_HZ:
            self._skip(len(self._held.popleft().pcm))
        number = self._turn.number if self._turn else 0
        for event in aside.push(block.pcm if block.cleaned is None else block.cleaned):
            if isinstance(event, Commanded):
                moment_s = time.monotonic() - (aside.endpointer.position_s - event.at_s)
                self.events.put(Told(number, event.command, moment_s))

    def _skip(self, samples: int) -> None:
        for turn in (self._turn, self._lingering):
            if turn is not None:
                turn.skip(samples)

    def _tell_trouble(self) -> None:
        lost = self._source.trouble
        if lost == self._lost:
            return
        self.events.put(DeviceBack(self._source.device_name) if lost is None else DeviceLost(lost))
        self._lost = lost

    def _answer(self, hints: Hints | None) -> AnswerInProgress:
        return AnswerInProgress(
            self._vad,
            self._submit,
            self._rule(),
            self._patience,
            hints=hints,
            guesses=self._source.live,
            hurries=self._source.live,
        )

    def _begin(self, number: int, wav: Path, hints: Hints | None) -> None:
        if self._turn is not None:  # the answer before it has just been reopened
            return
        self._source.begin()
        self._turn = Taking(number, wav, lambda: self._answer(hints))

    def _arm(self, number: int, ended_at_s: float) -> None:
        turn = self._turn
        if turn is None or turn.number != number or turn.armed:
            return
        self._settle()
        if self._source.live and not turn.holds_sound:
            turn.question_ended_moment_s = ended_at_s  # only the first block tells where in the sound that is
        else:
            self._tell(turn, self._armed(turn, ended_at_s))

    def _armed(self, turn: Taking, ended_at_s: float) -> list[Event | Commanded]:
        events = turn.arm(self._source.sample_at(ended_at_s))
        self.events.put(QuestionEnded(turn.number, turn.question_ended_s or 0.0))
        return events

    def _finish(self, number: int, asked_at_s: float) -> None:
        turn = self._turn
        if turn is None or turn.number != number:
            return
        self._go_on(asked_at_s)
        if not turn.armed:
            self._arm(number, asked_at_s)
        if self._lost is not None:  # nothing more will come
            self._close_turn("key")
            return
        # With a file every moment is where it has been read to.
        live = self._source.live
        turn.finish(turn.recorded_at_s(self._source.sample_at(asked_at_s)) if live else turn.position_s)
        if turn.finished:  # a command, made out when the silence after it was long enough already
            self._close_turn("key")

    def _set_patient(self, patient: bool) -> None:
        self._patient = patient

    def _set_deaf(self, deaf: bool) -> None:
        self._deaf = deaf

    def _set_patience(self, patience: Patience) -> None:
        self._patience = patience
        if self._turn is not None:
            self._turn.set_patience(patience)

    def _go_on(self, moment_s: float) -> None:
        if self._paused and self._source.live:
            self._from_sample = self._source.sample_at(moment_s)
        self._set_paused(False)

    def _set_paused(self, paused: bool) -> None:
        if not paused:
            self._aside = None
            while self._held:
                self._take(self._held.popleft())
        elif self._aside is None:
            if self._turn is not None:
                self._turn.paused()
            hints = self._hints and replace(self._hints, only_paused=frozenset())
            self._aside = AnswerInProgress(
                self._vad, _nobody_decodes, StretchRule(), self._patience, hints=hints
            )
            self._aside.endpointer.arm(0.0)

    def _settle(self) -> None:
        turn, self._lingering = self._lingering, None
        if turn is not None:
            turn.close()
            self.events.put(Settled(turn.number))

    def _quit(self) -> None:
        self._settle()
        self._close_turn("key")
        self._open = False

    def _close_softly(self, turn: Taking, closed_by: ClosedBy) -> None:
        self._settle()
        self._turn, self._lingering = None, turn
        self.events.put(self._answered(turn, closed_by, open_=True))

    def _close_turn(self, closed_by: ClosedBy) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            self._tell(turn, turn.rest())
            turn.close()
            self.events.put(self._answered(turn, closed_by, open_=False))

    def _answered(self, turn: Taking, closed_by: ClosedBy, *, open_: bool) -> Answered:
        return turn.answered(
            closed_by,
            open_=open_,
            live=self._source.live,
            vad=self._vad,
            submit=self._submit,
            rule=self._rule(),
        )

    def _fail(self, error: GreenroomError) -> None:
        turn, self._turn = self._turn, None
        answer = None
        with suppress(Exception):
            self._settle()
        try:
            if turn is not None:
                self._tell(turn, turn.rest())
                turn.close()
                answer = self._answered(turn, "end", open_=False)
        except Exception:  # the fault itself must be told in any case
            answer = None  # the file is as whole as it can be, and recovery finds it
        self.events.put(Fault(error, answer))
        self._open = False


def _is(event: Event | Commanded, kind: EventKind) -> bool:
    return isinstance(event, Event) and event.kind is kind


def _nobody_decodes(pcm: Pcm, offset_s: float, *, hurried: bool = False) -> Words:
    return Words()


def _peak_dbfs(pcm: Pcm) -> float:
    return 20 * float(np.log10(max(peak(pcm), 0.5) / 32_768))
