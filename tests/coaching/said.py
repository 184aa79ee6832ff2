"""The shipped words, and answers made of plain text, for the tests of the measures."""

from __future__ import annotations

from functools import cache

from greenroom.cli import data
from greenroom.coaching.lexicon import Lexicon
from greenroom.coaching.measures import Measures, measure
from greenroom.coaching.timing import timing_of_spans
from greenroom.types import Answer, Span, Word


@cache
def lexicon() -> Lexicon:
    return data.lexicon()


def typed(text: str, question: str = "Tell me about a time.") -> Measures:
    return measure(Answer(question=question, text=text), lexicon())


def spoken(text: str, *, word_s: float = 0.4, question: str = "Tell me about a time.") -> Measures:
    """Each word takes `word_s`, one right after the other, from the first second of the recording on."""
    return measure(spoken_answer(text, word_s=word_s, question=question), lexicon())


def spoken_answer(text: str, *, word_s: float = 0.4, question: str = "Tell me about a time.") -> Answer:
    words = tuple(
        Word(word, 1 + place * word_s, 1 + (place + 1) * word_s, 0.9)
        for place, word in enumerate(text.split())
    )
    voiced = (Span(1, 1 + len(words) * word_s),)
    return Answer(
        question=question,
        text=text,
        words=words,
        voiced=voiced,
        timing=timing_of_spans(voiced, -1, len(words)),
        verbatim=True,
    )
