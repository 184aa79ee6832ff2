"""One answer while it is being heard: blocks in, turn-taking events and stretches to decode out.

Knows no file and no thread, so that a live answer, an imported recording and one recovered after a
crash are all heard by the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import TypeAlias

import numpy as np

from greenroom.hearing.endpoint import Endpointer, Event, EventKind, Patience
from greenroom.hearing.stretches import LEAD_S, StretchPlanner, StretchRule
from greenroom.hearing.vad import Reblocker, Vad
from greenroom.types import SAMPLE_RATE_HZ, Pcm, Span, Word

Words: TypeAlias = Future[tuple[Word, ...]]
Submit: TypeAlias = Callable[[Pcm, float], Words]
"""Takes a stretch and its offset in seconds, gives the words to come (`TranscriptionThread.submit`)."""

KEPT_BEFORE_SPEECH_S = LEAD_S + 0.75
"""Sound held in memory while nobody speaks: the lead of a stretch, and an onset confirmed late."""

_SPEECH = (EventKind.SPEECH_STARTED, EventKind.SPEECH_RESUMED, EventKind.ANSWER_REOPENED)


class AnswerInProgress:
    """Push sound into it; `stretches` are the words to come, in order.

    Memory is bounded by one stretch, however long the answer.
    """

    def __init__(self, vad: Vad, submit: Submit, rule: StretchRule, patience: Patience) -> None:
        vad.reset()
        self.endpointer = Endpointer(patience)
        self.stretches: list[Words] = []
        self._vad = vad
        self._submit = submit
        self._planner = StretchPlanner(rule)
        self._reblocker = Reblocker()
        self._kept = bytearray()
        self._kept_from = 0

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.endpointer.spans

    def push(self, pcm: Pcm) -> list[Event]:
        """Look at the next samples. Returns what happened, oldest first."""
        events: list[Event] = []
        for block in self._reblocker.push(pcm):
            events += self._look(block)
        return events

    def finish(self) -> list[Event]:
        """No more sound will come: look at the rest, and have the last stretch decoded."""
        events: list[Event] = []
        for block in self._reblocker.flush():
            events += self._look(block)
        if self.spans:
            self._decode(self._planner.close(self.spans[-1].end_s))
        return events

    def _look(self, block: Pcm) -> list[Event]:
        self._kept += block.tobytes()
        probability = self._vad(block)
        events = self.endpointer.feed(probability)
        for event in events:
            if event.kind in _SPEECH:
                self._planner.speech(event.at_s)
            elif event.kind is EventKind.SPEECH_PAUSED:
                self._decode(self._planner.pause(event.at_s))
        self._decode(self._planner.block(self.endpointer.position_s, probability))
        self._forget()
        return events

    def _decode(self, span: Span | None) -> None:
        if span is None:
            return
        start = max(round(span.start_s * SAMPLE_RATE_HZ), self._kept_from)
        end = round(span.end_s * SAMPLE_RATE_HZ)
        kept = self._kept[2 * (start - self._kept_from) : 2 * (end - self._kept_from)]
        pcm: Pcm = np.frombuffer(bytes(kept), np.int16)
        self.stretches.append(self._submit(pcm, start / SAMPLE_RATE_HZ))

    def _forget(self) -> None:
        """Drop the sound that no stretch can need any more, a good piece at a time."""
        needed_s = self._planner.begins_s
        if needed_s is None:
            needed_s = self.endpointer.position_s - KEPT_BEFORE_SPEECH_S
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
