"""What was said between two pauses, made out while the pause lasts.

A spoken command counts only when it is such an utterance as a whole; and the last words of a longer one
tell whether its sentence is still open. One look an utterance, begun as soon as it may be over.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeAlias

from greenroom.types import Pcm, Span

LOOK_S = 0.3
"""Silence after which an utterance is looked at: the words are there when it is known to be a pause."""
SHORT_S = 3.0
"""No command is longer; "could you please repeat the question for me" said slowly takes 2.6 s."""
TAIL_S = 5.0
"""Of a longer utterance its end is enough to see whether the sentence is still open."""
LEAD_S = 0.25
"""Sound before the first voiced sample that goes along."""
GIVEN_UP_S = 4.0
"""Patience waits so long for a look: 0.2 s on a quiet machine, 1.7 s on a very busy one. A command that is
made out later is obeyed all the same, unless the answer has been closed by then."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an utterance means to turn-taking.

    Attributes:
        command: the command that it is, if any.
        open_ended: whether more must come.
        whole: whether, said alone, it is all of a reply to what was asked.
        known: whether it is one of the short phrases that the quick ear knows best.
    """

    command: str | None = None
    open_ended: bool = False
    whole: bool = False
    known: bool = False


MakeOut: TypeAlias = Callable[[Pcm, bool], Future[str]]
"""Makes out the words of some sound, quickly; True when it may be one of the short phrases expected."""
Judge: TypeAlias = Callable[[str, bool], Verdict]
"""Says what words mean; True when they are the whole utterance."""


@dataclass(frozen=True, slots=True)
class Hints:
    """How utterances are made out, and what their words mean (the stage knows the phrases).

    Attributes:
        only_paused: commands that count while it is paused, and are an answer's own words else.
    """

    make_out: MakeOut
    judge: Judge
    only_paused: frozenset[str] = frozenset()


class Utterance:
    """One utterance from its first voiced sample on."""

    def __init__(self, start_s: float, hints: Hints) -> None:
        self.start_s = start_s
        self.text: str | None = None
        """Its words, once they are made out, when the quick ear knows them best."""
        self._hints = hints
        self._looked_at_s = 0.0
        self._until_s: float | None = None
        self._words: Future[str] | None = None
        self._whole = False

    def quiet(self, latest: Span, position_s: float, sound: Callable[[float, float], Pcm]) -> None:
        """It may be over. Has it made out, unless it is already being made out up to here.

        Args:
            sound: the samples between two moments.
        """
        if self._until_s == latest.end_s or position_s - latest.end_s < LOOK_S:
            return
        self._until_s, self._looked_at_s, self.text = latest.end_s, position_s, None
        self._whole = latest.end_s - self.start_s <= SHORT_S
        from_s = max(self.start_s - LEAD_S, latest.end_s - TAIL_S)
        self.forget()
        self._words = self._hints.make_out(sound(from_s, position_s), self._whole)

    @property
    def pending(self) -> bool:
        """Whether its words are still to come."""
        return self._words is not None and not self._words.done()

    def holds(self, position_s: float) -> bool:
        """Whether patience waits for its words."""
        return self.pending and position_s - self._looked_at_s < GIVEN_UP_S

    def forget(self) -> None:
        """Its words do not matter any more."""
        if self._words is not None:
            self._words.cancel()
            self._words = None

    def verdict(self) -> Verdict | None:
        """What it means, once; None while that is not known, or when it was told before."""
        words = self._words
        if words is None or not words.done():
            return None
        self._words = None
        if words.cancelled() or words.exception() is not None:
            return None
        text = words.result()
        verdict = self._hints.judge(text, self._whole)
        self.text = text if verdict.known else None
        return verdict
