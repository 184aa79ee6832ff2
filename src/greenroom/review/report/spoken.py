"""A transcript as paragraphs of words, each with its time where that is known."""

from __future__ import annotations

from greenroom.coaching.fillers import fillers_in
from greenroom.review import figures, words
from greenroom.review.clean import clean
from greenroom.review.report.parts import Link, Paragraph, WordPart
from greenroom.review.transcript import ends_a_sentence, pauses_before, token_spans
from greenroom.types import Turn

PARAGRAPH_WORDS = 45
"""A sentence that ends after so many words ends the paragraph too: some six lines on a page, twenty seconds
of speech, so that the time beside it is never far from what one looks for."""

BREATH_WORDS = 12
"""From so many on, a long pause after a sentence begins a new one."""

MOST_WORDS = 150
"""No paragraph is longer, whether a sentence ends there or not: some are written down without any."""


def paragraphs(turn: Turn, anchor: str) -> tuple[Paragraph, ...]:
    """What was said, with fillers and long pauses marked; nothing when there are no words.

    Args:
        anchor: the answer's id on the page.
    """
    tokens = clean(turn.transcript or "").split()
    spans = token_spans(tokens, turn.words)
    pauses_s = pauses_before(tokens, turn)
    found: list[Paragraph] = []
    begun: list[WordPart] = []
    for place, (token, fillers) in enumerate(zip(tokens, fillers_in(tokens), strict=True)):
        pause_s = pauses_s.get(place)
        if begun and len(begun) >= _most(ends_a_sentence(begun[-1].text), pause_s):
            found.append(_paragraph(begun, anchor))
            begun = []
        pause = words.pause(figures.seconds(pause_s)) if pause_s is not None else ""
        begun.append(WordPart(token, spans[place][0] if spans else None, bool(fillers), pause))
    if begun:
        found.append(_paragraph(begun, anchor))
    return tuple(found)


def _most(ended: bool, pause_s: float | None) -> int:
    """From how many words on a paragraph may end here."""
    if not ended:
        return MOST_WORDS
    return PARAGRAPH_WORDS if pause_s is None else BREATH_WORDS


def _paragraph(begun: list[WordPart], anchor: str) -> Paragraph:
    first_s = begun[0].start_s
    at = None if first_s is None else Link(anchor, first_s, figures.clock(first_s))
    return Paragraph(tuple(begun), at)
