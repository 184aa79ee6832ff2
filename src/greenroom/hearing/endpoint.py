"""Turn-taking inside one answer: speech probabilities in, events out. Pure, on the sample clock.

Every state and every transition stands in TRANSITIONS. A step that is not in the table does not happen.

    WAITING ──voice──▶ SPEAKING ──pause──▶ PAUSED ──patience──▶ CLOSED
       │                   ▲                  │                   │
    give up                └──────voice───────┴───────voice───────┘  (going on after a close reopens it)
       ▼
    GIVEN_UP
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from greenroom.types import SAMPLE_RATE_HZ, Span

BLOCK_SAMPLES = 512
"""What Silero takes at a time at 16 kHz: 32 ms."""

VOICE_ON = 0.5
"""Probability at which speech begins: Silero's own threshold."""
VOICE_OFF = 0.35
"""Probability below which it ends: Silero's own hysteresis of 0.15."""
LEAST_VOICE_S = 0.19
"""A shorter run is a click or a breath. "No" said quickly is voiced for about 0.25 s."""
REOPENING_VOICE_S = 0.25
"""The same for going on after a close, when the program itself may be speaking: what was left of its voice in
the microphone (-20 dB) has been voiced for 0.2 s, a café for 0.22 s."""
LEAST_GAP_S = 0.25
"""A shorter gap is part of the flow of speech (plosives, commas), not a pause worth counting."""
RELEASE_S = 0.1
"""Silero's last block at VOICE_OFF is late by this much (measured against labelled recordings)."""
ECHO_S = 0.35
"""A voiced run that began before the question ended must outlast it by this much to be an answer:
the room's echo of the question, and Silero's own release, are over by then."""


RESUMING_S = 6.0
"""Silence that closes an answer in whose middle the program spoke, or was paused, until it goes on: nobody
begins again within a breath of "go on whenever you like"."""
EARLIEST_S = 1.5
"""Nobody cuts into a question by more than this; sound before it is the question itself."""


class State(Enum):
    WAITING = auto()
    SPEAKING = auto()
    PAUSED = auto()
    CLOSED = auto()
    GIVEN_UP = auto()


class Cue(Enum):
    VOICE = auto()
    PAUSE = auto()
    PATIENCE = auto()
    GIVE_UP = auto()


class EventKind(Enum):
    """Named as in the trace; `gave_up` is an answer_closed without any speech."""

    SPEECH_STARTED = "speech_started"
    SPEECH_PAUSED = "speech_paused"
    SPEECH_RESUMED = "speech_resumed"
    ANSWER_CLOSED = "answer_closed"
    ANSWER_REOPENED = "answer_reopened"
    GAVE_UP = "gave_up"


TRANSITIONS: dict[tuple[State, Cue], tuple[State, EventKind]] = {
    (State.WAITING, Cue.VOICE): (State.SPEAKING, EventKind.SPEECH_STARTED),
    (State.WAITING, Cue.GIVE_UP): (State.GIVEN_UP, EventKind.GAVE_UP),
    (State.SPEAKING, Cue.PAUSE): (State.PAUSED, EventKind.SPEECH_PAUSED),
    (State.PAUSED, Cue.VOICE): (State.SPEAKING, EventKind.SPEECH_RESUMED),
    (State.PAUSED, Cue.PATIENCE): (State.CLOSED, EventKind.ANSWER_CLOSED),
    (State.CLOSED, Cue.VOICE): (State.SPEAKING, EventKind.ANSWER_REOPENED),
    (State.GIVEN_UP, Cue.VOICE): (State.SPEAKING, EventKind.ANSWER_REOPENED),
}


@dataclass(frozen=True, slots=True)
class Event:
    """`at_s` is when it is true of the sound (the onset, the last voiced sample, the close)."""

    kind: EventKind
    at_s: float


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds.

    Attributes:
        patience_s: silence after speech that closes an answer.
        fixed: the person has said how long; it is never stretched.
        pause_s: silence after speech that counts as a pause; a stretch may be cut there.
        give_up_s: silence after the question that leaves it unanswered.
    """

    patience_s: float = 2.5
    pause_s: float = 0.5
    give_up_s: float = 60.0
    fixed: bool = False


class Endpointer:
    """Feed it one probability a block; it says what that means. One answer each."""

    def __init__(self, patience: Patience) -> None:
        self.state = State.WAITING
        self.patience_s = patience.patience_s
        """Silence after speech that closes the answer; may change at any block."""
        self.held = False
        """While True no silence closes it: the last words are still being made out."""
        self._patience = patience
        self._blocks = 0
        self._armed_at_s: float | None = None
        self._patient_from_s = 0.0
        self._waiting_from_s = 0.0
        self._run_start_s: float | None = None
        self._run_end_s = 0.0
        self._spans: list[Span] = []

    @property
    def position_s(self) -> float:
        """How much sound it has been fed."""
        return self._blocks * BLOCK_SAMPLES / SAMPLE_RATE_HZ

    @property
    def spans(self) -> tuple[Span, ...]:
        """The voiced stretches of the answer so far, gaps under LEAST_GAP_S closed."""
        spans = [*self._spans]
        if self._run_is_speech():
            spans.append(self._run())
        return tuple(self._clipped(span) for span in spans if self._belongs(span))

    @property
    def latest(self) -> Span | None:
        """The last of `spans`, in the same time however long the answer is."""
        if self._run_is_speech() and self._belongs(run := self._run()):
            return self._clipped(run)
        if self._spans and self._belongs(self._spans[-1]):
            return self._clipped(self._spans[-1])
        return None

    @property
    def silence_s(self) -> float:
        """How long ago the last voiced sample was; the whole time when there was none."""
        latest = self.latest
        return self.position_s - (latest.end_s if latest else self._armed_at_s or 0.0)

    def arm(self, question_ended_s: float) -> None:
        """From here on speech is an answer. May lie a little in the past or in the future."""
        self._armed_at_s = self._patient_from_s = self._waiting_from_s = question_ended_s

    def be_patient_anew(self) -> None:
        """The program itself has spoken: silence before now closes no answer that has begun."""
        self._patient_from_s = self.position_s

    def wait_anew(self) -> None:
        """Something else has come in between: silence before now means nothing at all."""
        self._patient_from_s = self._waiting_from_s = self.position_s

    def leave_out(self, span: Span) -> None:
        """What was said in this span was said to the program: it is no part of the answer."""
        if self._run_start_s is not None and self._run_start_s < span.end_s:
            self._run_start_s = None
        self._spans = [one for one in self._spans if one.end_s <= span.start_s or one.start_s >= span.end_s]
        self.state = State.PAUSED if self.latest else State.WAITING
        self.wait_anew()

    def feed(self, probability: float) -> list[Event]:
        """One block's speech probability, 0 to 1. Returns what happened, oldest first."""
        start_s = self.position_s
        self._blocks += 1
        self._follow_run(probability, start_s)
        if self._armed_at_s is None or self.position_s < self._armed_at_s:
            return []
        events = []
        for cue in self._cues():
            step = TRANSITIONS.get((self.state, cue))
            if step is not None:
                self.state, kind = step
                events.append(Event(kind, self._time_of(kind)))
        return events

    def _follow_run(self, probability: float, start_s: float) -> None:
        running = self._run_start_s is not None and start_s <= self._run_end_s + LEAST_GAP_S
        if probability >= VOICE_ON or (running and probability >= VOICE_OFF and start_s <= self._run_end_s):
            if not running:
                self._close_run()
                self._run_start_s = start_s
            self._run_end_s = self.position_s
        elif running and not self._run_is_speech():
            self._run_start_s = None  # a click: over before it was long enough

    def _close_run(self) -> None:
        if self._run_is_speech():
            self._spans.append(self._run())
        self._run_start_s = None

    def _run_is_speech(self) -> bool:
        least_s = REOPENING_VOICE_S if self.state in (State.CLOSED, State.GIVEN_UP) else LEAST_VOICE_S
        return self._run_start_s is not None and self._run_end_s - self._run_start_s >= least_s

    def _run(self) -> Span:
        assert self._run_start_s is not None
        return Span(self._run_start_s, max(self._run_end_s - RELEASE_S, self._run_start_s + RELEASE_S))

    def _clipped(self, span: Span) -> Span:
        """A reply that follows at once runs together with the question, if a loudspeaker is heard."""
        earliest_s = (self._armed_at_s or 0.0) - EARLIEST_S
        return span if span.start_s >= earliest_s else Span(earliest_s, span.end_s)

    def _belongs(self, span: Span) -> bool:
        """Speech before the question ended is the question, unless it goes on well past its end."""
        if self._armed_at_s is None:
            return False
        return span.start_s >= self._armed_at_s or span.end_s + RELEASE_S >= self._armed_at_s + ECHO_S

    def _cues(self) -> list[Cue]:
        latest = self.latest
        patient_s = self.position_s - self._patient_from_s
        # Somebody who begins just as patience ends is not cut off before it is known to be speech.
        voiced_now = self._run_start_s is not None and self.position_s <= self._run_end_s
        if latest is None:
            waited_s = self.position_s - self._waiting_from_s
            return [Cue.GIVE_UP] if waited_s >= self._patience.give_up_s and not voiced_now else []
        if voiced_now and self._run_is_speech():
            return [Cue.VOICE]
        silence_s = self.position_s - latest.end_s
        # A quick "yes" can be over before it is known that the question has ended.
        cues = [Cue.VOICE] if self.state is State.WAITING else []
        if silence_s >= self._patience.pause_s and not voiced_now:
            cues.append(Cue.PAUSE)
        # Nothing was said since the program spoke, or was paused: who was told to take their time has it.
        interrupted = latest.end_s <= self._patient_from_s
        patience_s = max(self.patience_s, RESUMING_S) if interrupted else self.patience_s
        if min(silence_s, patient_s) >= patience_s and not voiced_now and not self.held:
            cues.append(Cue.PATIENCE)
        return cues

    def _time_of(self, kind: EventKind) -> float:
        if kind is EventKind.SPEECH_STARTED:
            return self.spans[0].start_s
        latest = self.latest
        if latest and kind in (EventKind.SPEECH_RESUMED, EventKind.ANSWER_REOPENED):
            return latest.start_s
        if latest and kind is EventKind.SPEECH_PAUSED:
            return latest.end_s
        return self.position_s
