"""One answer while it is being heard: blocks in, turn-taking events and stretches to decode out.

Knows no file and no thread, so that a live answer, an imported recording and one recovered after a
crash are all heard by the same code.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np

from greenroom.hearing.endpoint import Endpointer, Event, EventKind, Patience, State
from greenroom.hearing.patience import extended
from greenroom.hearing.stretches import StretchPlanner, StretchRule
from greenroom.hearing.utterance import LEAD_S, TAIL_S, Hints, Utterance, Verdict
from greenroom.hearing.vad import Reblocker, Vad
from greenroom.types import SAMPLE_RATE_HZ, Pcm, Span, Word

Words: TypeAlias = Future[tuple[Word, ...]]


class Submit(Protocol):
    """Takes a stretch and its offset in seconds, gives the words to come (`TranscriptionThread.submit`)."""

    def __call__(self, pcm: Pcm, offset_s: float, /, *, hurried: bool = False) -> Words:
        """`hurried`: somebody waits for them."""
        ...


KEPT_S = LEAD_S + TAIL_S + 0.75
"""Sound held in memory in any case: what an utterance is made out from, and an onset confirmed late."""
GUESS_S = 0.6
"""Silence after which the open stretch is decoded on the guess that nothing more comes: most answers are
in words before patience has run out."""

WHOLE_S = 0.7
"""Silence that closes a reply which is whole as it stands: less than the shortest patience, and more than a
comma takes. Who goes on after it reopens the answer."""

_SPEECH = (EventKind.SPEECH_STARTED, EventKind.SPEECH_RESUMED, EventKind.ANSWER_REOPENED)


@dataclass(frozen=True, slots=True)
class Commanded:
    """A spoken command, and where it lies; it is no part of the answer."""

    command: str
    span: Span

    @property
    def at_s(self) -> float:
        """Its last voiced sample."""
        return self.span.end_s


@dataclass(frozen=True, slots=True)
class _Guess:
    """An open stretch, decoded before it is known to be over: its sound up to `end_s`."""

    start_s: float
    voiced_until_s: float
    end_s: float
    words: Words
    hurried: bool

    def covers(self, start_s: float, voiced_until_s: float) -> bool:
        """Whether its words are those of this stretch. Where a voice ends is known a moment after it did."""
        return self.start_s == start_s and self.voiced_until_s <= voiced_until_s <= self.end_s


class AnswerInProgress:
    """Push sound into it; `stretches` are the words to come, in order.

    Memory is bounded by one stretch, however long the answer.

    Args:
        hints: how commands and open sentences are found; None looks for neither.
        guesses: decode the open stretch in longer pauses, so that it is in words when patience runs out.
        hurries: close after WHOLE_S when all that was said is one short reply, whole as it stands.
    """

    def __init__(
        self,
        vad: Vad,
        submit: Submit,
        rule: StretchRule,
        patience: Patience,
        *,
        hints: Hints | None = None,
        guesses: bool = False,
        hurries: bool = False,
    ) -> None:
        vad.reset()
        self.endpointer = Endpointer(patience)
        self.stretches: list[Words] = []
        self.left_out: list[Span] = []
        """The commands in it."""
        self._vad = vad
        self._submit = submit
        self._patience = patience
        self._hints = hints
        self._guesses = guesses
        self._hurries = hurries
        self._planner = StretchPlanner(rule)
        self._reblocker = Reblocker()
        self._kept = bytearray()
        self._kept_from = 0
        self._guess: _Guess | None = None
        self._hurried: Span | None = None
        self._utterance: Utterance | None = None
        self._utterances_said = 0
        self._pause_s: float | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.endpointer.spans

    @property
    def hurried(self) -> bool:
        """Whether the words of the last stretch were decoded while somebody waited for them."""
        return self._hurried is not None

    @property
    def short_text(self) -> str | None:
        """The words of an answer that was one short utterance, when the quick ear knows them best."""
        return self._utterance.text if self._utterance and self._utterances_said == 1 else None

    def push(self, pcm: Pcm) -> list[Event | Commanded]:
        """Look at the next samples. Returns what happened, oldest first."""
        events: list[Event | Commanded] = []
        for block in self._reblocker.push(pcm):
            events += self._look(block)
        return events

    def set_patience(self, patience: Patience) -> None:
        self._patience = patience
        self.endpointer.patience_s = patience.patience_s

    def guess(self, *, hurried: bool = False) -> None:
        """Have the open stretch decoded now, on the guess that nothing more will be said.

        Args:
            hurried: a key was pressed, and somebody waits for the words.
        """
        latest, start_s = self.endpointer.latest, self._planner.begins_s
        if latest is None or start_s is None or latest.end_s <= start_s:
            return
        if self._guess is not None:
            if self._guess.covers(start_s, latest.end_s):
                return
            self._guess.words.cancel()
        end_s = min(latest.end_s + LEAD_S, self.endpointer.position_s)
        words = self._decoded(Span(start_s, end_s), hurried=hurried)
        self._guess = _Guess(start_s, latest.end_s, end_s, words, hurried)

    def close(self) -> None:
        """It may be over: have the last stretch decoded. More can still be pushed."""
        self._cut_at_pause()
        latest = self.endpointer.latest
        span = self._planner.close(latest.end_s) if latest else None
        if latest is None or span is None:
            return
        self._add_words_of(span, latest.end_s)

    def finish(self) -> list[Event | Commanded]:
        """No more sound will come: look at the rest, and have the last stretch decoded."""
        events: list[Event | Commanded] = []
        for block in self._reblocker.flush():
            events += self._look(block)
        self.close()
        return events

    def _look(self, block: Pcm) -> list[Event | Commanded]:
        self._kept += block.tobytes()
        probability = self._vad(block)
        events: list[Event | Commanded] = []
        for event in self.endpointer.feed(probability):
            events.append(event)
            if event.kind in _SPEECH:
                self._cut_at_pause()
                self.endpointer.patience_s = self._patience.patience_s
                self._planner.speech(event.at_s)
                if self._hints is not None:
                    if self._utterance is not None:
                        self._utterance.forget()
                    self._utterance = Utterance(event.at_s, self._hints)
                    self._utterances_said += 1
            elif event.kind is EventKind.SPEECH_PAUSED:
                self._pause_s = event.at_s
        command = self._listen_in()
        if command is not None:
            events.append(command)
        span = self._planner.block(self.endpointer.position_s, probability)
        if span is not None:
            self._add(self._decoded(span))
        if self.endpointer.state is State.PAUSED and not (self._utterance and self._utterance.pending):
            self._cut_at_pause()
            if self._guesses and self.endpointer.silence_s >= GUESS_S:
                self.guess()
        self._forget()
        return events

    def _listen_in(self) -> Commanded | None:
        """Have the latest utterance made out; the command it was, if it was one."""
        latest = self.endpointer.latest
        utterance, position_s = self._utterance, self.endpointer.position_s
        if utterance is None or latest is None:
            return None
        utterance.quiet(latest, position_s, self._sound)
        self.endpointer.held = utterance.holds(position_s)
        if self.endpointer.state is not State.PAUSED:
            return None
        if (verdict := utterance.verdict()) is None:
            return None
        if verdict.command is None or (self._hints and verdict.command in self._hints.only_paused):
            self._fit_patience(verdict)
            return None
        return self._leave_out(Span(utterance.start_s, latest.end_s), verdict.command)

    def _fit_patience(self, verdict: Verdict) -> None:
        """More of it while a sentence is open, less when all is said. How long was fixed stays so."""
        patience_s = self._patience.patience_s
        if self._patience.fixed:
            return
        if verdict.open_ended:
            self.endpointer.patience_s = extended(patience_s, open_ended=True)
        elif verdict.whole and self._hurries and self._utterances_said == 1:
            self.endpointer.patience_s = min(patience_s, WHOLE_S)

    def _leave_out(self, span: Span, command: str) -> Commanded:
        self._utterance = None
        self._utterances_said -= 1
        self._pause_s = None
        self.left_out.append(span)
        self.endpointer.leave_out(span)
        before = self.endpointer.latest
        left = self._planner.leave_out(before.end_s if before else 0.0, span.end_s)
        if before is not None and left is not None:
            self._add_words_of(left, before.end_s)
        return Commanded(command, span)

    def _cut_at_pause(self) -> None:
        """Have the stretch before the pause decoded, if it is long enough and was not a command."""
        pause_s, self._pause_s = self._pause_s, None
        if pause_s is not None and (span := self._planner.pause(pause_s)) is not None:
            self._add_words_of(span, pause_s)

    def _add_words_of(self, span: Span, voiced_until_s: float) -> None:
        """A stretch is over; it is decoded already when the guess was right."""
        guess, self._guess = self._guess, None
        if guess is not None and guess.covers(span.start_s, voiced_until_s):
            self._add(guess.words, Span(guess.start_s, guess.end_s) if guess.hurried else None)
            return
        if guess is not None:
            guess.words.cancel()  # nobody needs it any more
        self._add(self._decoded(span))

    def _add(self, words: Words, hurried: Span | None = None) -> None:
        """One more stretch. If the answer went on after one decoded in a hurry, there is time for it now."""
        if self._hurried is not None:
            self.stretches[-1] = self._decoded(self._hurried)
        self.stretches.append(words)
        self._hurried = hurried

    def _decoded(self, span: Span, *, hurried: bool = False) -> Words:
        start_s = max(span.start_s, self._kept_from / SAMPLE_RATE_HZ)
        return self._submit(self._sound(start_s, span.end_s), start_s, hurried=hurried)

    def _sound(self, from_s: float, until_s: float) -> Pcm:
        start = max(round(from_s * SAMPLE_RATE_HZ), self._kept_from)
        end = round(until_s * SAMPLE_RATE_HZ)
        kept = self._kept[2 * (start - self._kept_from) : 2 * (end - self._kept_from)]
        return np.frombuffer(bytes(kept), np.int16)

    def _forget(self) -> None:
        """Drop the sound that nobody can need any more, a good piece at a time."""
        needed_s = self.endpointer.position_s - KEPT_S
        if self._planner.begins_s is not None:
            needed_s = min(needed_s, self._planner.begins_s)
        if self._hurried is not None:
            needed_s = min(needed_s, self._hurried.start_s)
        drop = round(needed_s * SAMPLE_RATE_HZ) - self._kept_from
        if drop > SAMPLE_RATE_HZ:
            del self._kept[: 2 * drop]
            self._kept_from += drop


def hear_recording(
    sound: Iterable[Pcm], vad: Vad, submit: Submit, rule: StretchRule, *, from_s: float = 0.0
) -> tuple[tuple[Span, ...], list[Words], float]:
    """Hear a finished recording as one answer, which begins at `from_s`.

    Returns:
        Its voiced spans, the words to come, and its length in seconds.
    """
    answer = AnswerInProgress(vad, submit, rule, Patience())
    answer.endpointer.arm(from_s)
    samples = 0
    for pcm in sound:
        answer.push(pcm)
        samples += len(pcm)
    answer.finish()
    return answer.spans, answer.stretches, samples / SAMPLE_RATE_HZ
