"""One turn on its way to disk: a little sound is held while the question is asked, then all is recorded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np

from greenroom.hearing.answer import AnswerInProgress, Commanded, Submit
from greenroom.hearing.edges import refined_onset
from greenroom.hearing.endpoint import EARLIEST_S, ECHO_S, Event, EventKind, Patience
from greenroom.hearing.events import Answered, ClosedBy
from greenroom.hearing.loudness import peak
from greenroom.hearing.quiet import hear_quiet_speech
from greenroom.hearing.recorder import Recorder
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.vad import Vad
from greenroom.types import CLEANED_SUFFIX, SAMPLE_RATE_HZ, Block, Pcm, Span

LEAD_S = EARLIEST_S + 0.5
"""A recording begins so long before the end of its question: an answer that cut in is whole in it."""
HELD_S = LEAD_S + 2.0
"""Sound held in memory while the question is asked; its end may become known that much too late."""
POST_ROLL_S = 0.5
"""Sound waited for after the last word, also when Enter is pressed on it: 0.35 s lost words elsewhere."""
ON_ITS_WAY_S = 0.15
"""What was said as a key was pressed has come from the device by then (latency 0.1 s and a block)."""

SAID_S = 0.1
"""Silence after which a key that was pressed has probably met the end of the last word. Each tenth of
a second is one that the person waits; who says more costs a decoding."""


class Taking:
    """The recording of one turn, and the answer in it.

    Args:
        answer: makes the answer in progress, once the question has ended.

    Raises:
        GreenroomError: the disk is full or the folder cannot be written.
    """

    def __init__(self, number: int, wav: Path, answer: Callable[[], AnswerInProgress]) -> None:
        self.number = number
        self.wav = wav
        self.question_ended_s: float | None = None
        self.question_ended_moment_s: float | None = None
        """On time.monotonic(), until the first block tells where in the sound that is."""
        self.overflows = 0
        self.loudest = 0
        self.reopened_after_s: list[float] = []
        self._make_answer = answer
        self._answer: AnswerInProgress | None = None
        self._recorder = Recorder(wav)
        self._heard: Recorder | None = None
        self._held: deque[Block] = deque()
        self._first_sample = 0
        self._skipped = 0
        self._paused: list[Span] = []
        self._finish_asked_s: float | None = None

    @property
    def armed(self) -> bool:
        """Whether the question has ended, and all is recorded."""
        return self._answer is not None

    @property
    def holds_sound(self) -> bool:
        return bool(self._held)

    @property
    def length_s(self) -> float:
        return self._recorder.samples / SAMPLE_RATE_HZ

    @property
    def position_s(self) -> float:
        """How much of the recording has been looked at."""
        return self._answer.endpointer.position_s if self._answer else 0.0

    @property
    def finished(self) -> bool:
        """Whether all sound that was waited for after `finish` has come."""
        if self._finish_asked_s is None or self._answer is None:
            return False
        since_s = self.position_s - self._finish_asked_s
        silence_s = self._answer.endpointer.silence_s
        return since_s >= POST_ROLL_S or (since_s >= ON_ITS_WAY_S and silence_s >= POST_ROLL_S)

    def recorded_at_s(self, source_sample: int) -> float:
        """Where a sample of the source falls in the recording; 0 when it lies before it."""
        if not self.armed:
            return 0.0
        return max(source_sample - self._first_sample - self._skipped, 0) / SAMPLE_RATE_HZ

    def arm(self, ended_sample: int) -> list[Event | Commanded]:
        """The question's last voiced sample was this one of the source: record from just before it."""
        first_held = self._held[0].start_sample if self._held else ended_sample
        self._first_sample = max(ended_sample - round(LEAD_S * SAMPLE_RATE_HZ), first_held)
        self.question_ended_s = max(ended_sample - self._first_sample, 0) / SAMPLE_RATE_HZ
        self.question_ended_moment_s = None
        self._answer = self._make_answer()
        self._answer.endpointer.arm(self.question_ended_s)
        events: list[Event | Commanded] = []
        while self._held:
            block = self._held.popleft()
            events += self._record(block.since(self._first_sample))
        return events

    def take(self, block: Block, *, deaf: bool = False) -> list[Event | Commanded]:
        """The next sound. Returns what happened.

        Args:
            deaf: record it, but let nothing in it count as speech.
        """
        if self._answer is not None:
            return self._record(block, deaf=deaf)
        self._held.append(block)
        held_from = block.start_sample + len(block.pcm) - round(HELD_S * SAMPLE_RATE_HZ)
        while self._held[0].start_sample + len(self._held[0].pcm) <= held_from:
            self._held.popleft()
        return []

    def skip(self, samples: int) -> None:
        """So much sound is not heard, and its time does not count."""
        self._held.clear()
        if self._answer is not None:
            self._skipped += samples
            self._answer.endpointer.wait_anew()

    def paused(self) -> None:
        """By a key: the silence around this moment is no pause of the answer's own."""
        if self._answer is not None:
            at_s = self._answer.endpointer.position_s
            self._paused.append(Span(at_s, at_s))

    def be_patient(self) -> None:
        """Silence before now closes nothing."""
        if self._answer is not None:
            self._answer.endpointer.be_patient_anew()

    def finish(self, asked_s: float) -> None:
        """It is to be closed, as of this moment of the recording."""
        self._finish_asked_s = asked_s

    def reopened(self) -> None:
        """It goes on after a close."""
        spans = self._answer.spans if self._answer else ()
        if len(spans) > 1:
            self.reopened_after_s.append(round(spans[-1].start_s - spans[-2].end_s, 3))
        self._finish_asked_s = None

    def set_patience(self, patience: Patience) -> None:
        if self._answer is not None:
            self._answer.set_patience(patience)

    def close(self) -> None:
        """No more sound comes: the files are closed."""
        for recorder in (self._recorder, self._heard):
            if recorder is not None:
                recorder.close()

    def discard(self) -> None:
        """The question was never asked to its end: nothing of it is kept."""
        self.close()
        remove_recording(self.wav)

    def rest(self) -> list[Event | Commanded]:
        """No more sound comes: look at the last of it."""
        return self._answer.finish() if self._answer else []

    def answered(
        self, closed_by: ClosedBy, *, open_: bool, live: bool, vad: Vad, submit: Submit, rule: StretchRule
    ) -> Answered:
        """What there is up to now."""
        answer = self._answer
        question_ended_s = self.question_ended_s or 0.0
        voiced: tuple[Span, ...] = ()
        left_out: tuple[Span, ...] = ()
        if answer is not None:
            answer.close()
            voiced, left_out = answer.spans, tuple(answer.left_out)
        stretches = tuple(answer.stretches) if answer else ()
        if voiced:
            onset_s = refined_onset(_read_pcm(self.wav, voiced[0].start_s + 0.1), voiced[0].start_s)
            voiced = (Span(onset_s, min(voiced[0].end_s, self.length_s)), *voiced[1:])
        elif self.loudest and answer is not None and not left_out:
            again, words = hear_quiet_speech(
                _read_pcm(self._heard.path if self._heard else self.wav, self.length_s),
                question_ended_s + (ECHO_S if live else 0.0),
                vad,
                submit,
                rule,
            )
            voiced, stretches = again, tuple(words)
        return Answered(
            turn=self.number,
            wav=self.wav,
            question_ended_s=question_ended_s,
            voiced=voiced,
            left_out=tuple(sorted((*left_out, *self._paused), key=lambda span: span.start_s)),
            stretches=stretches,
            end_s=min(voiced[-1].end_s + POST_ROLL_S, self.length_s) if voiced else self.length_s,
            closed_by=closed_by,
            open=open_,
            reopened_after_s=tuple(self.reopened_after_s),
            hurried=answer is not None and answer.hurried,
            short_text=answer.short_text if answer else None,
            overflows=self.overflows,
            digital_silence=self.loudest == 0,
        )

    def _record(self, block: Block, *, deaf: bool = False) -> list[Event | Commanded]:
        """To disk first, before anything looks at it."""
        assert self._answer is not None
        self._recorder.write(block.pcm)
        heard = block.pcm if block.cleaned is None else block.cleaned
        if self._heard is None and block.cleaned is not None:
            self._heard = Recorder(heard_file(self.wav))
            before = self._recorder.samples - len(block.pcm)
            self._heard.write(_read_pcm(self.wav, before / SAMPLE_RATE_HZ))
        if self._heard is not None:
            self._heard.write(heard)
        self.loudest = max(self.loudest, peak(block.pcm))
        events = self._answer.push(np.zeros_like(heard) if deaf else heard)
        if self._finish_asked_s is not None and self._answer.endpointer.silence_s >= SAID_S:
            self._answer.guess(hurried=True)  # while the rest of the sound is still waited for
        if any(isinstance(event, Event) and event.kind is EventKind.ANSWER_REOPENED for event in events):
            self.reopened()
        return events


def heard_file(wav: Path) -> Path:
    """Where the sound without the program's own voice lies, beside the raw recording."""
    return wav.with_suffix(CLEANED_SUFFIX)


def remove_recording(wav: Path) -> None:
    """Nothing of it is worth keeping."""
    for file in (wav, heard_file(wav)):
        file.unlink(missing_ok=True)


def _read_pcm(wav: Path, until_s: float) -> Pcm:
    import soundfile

    with soundfile.SoundFile(wav) as file:
        pcm: Pcm = file.read(round(until_s * SAMPLE_RATE_HZ), dtype="int16")
    return pcm
