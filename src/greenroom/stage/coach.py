"""Has an answer measured as soon as it is in words, for what is said to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from greenroom.dialogue.packs import Question
from greenroom.types import Advice, Answer, Landed


class Measured(Protocol):
    """What looks at an answer to a question (coaching, wired by the command line)."""

    def __call__(self, answer: Answer, question: Question, landed: tuple[Landed, ...]) -> Advice: ...


@dataclass(frozen=True, slots=True)
class Coach:
    """Knows the questions of a session.

    Attributes:
        questions: by their ids; other prompts are not looked at.
        advise: what the measures of an answer come to.
        land: the key messages in an answer.
    """

    questions: Mapping[str, Question]
    advise: Measured
    land: Callable[[Answer], tuple[Landed, ...]]

    def look(self, prompt_id: str, answer: Answer) -> Advice | None:
        """What there is to say about an answer; None when nothing is, or it could not be looked at.

        An answer is stored before; whatever fails in looking at it must not stop the rehearsal.
        """
        base, _, follow_up = prompt_id.partition("/")
        question = self.questions.get(base)
        if question is None:
            return None
        try:
            if follow_up:  # a sentence or two, to which no measure of a whole answer applies
                return Advice(landed=self.land(answer))
            return self.advise(answer, question, self.land(answer))
        except Exception:
            return None
