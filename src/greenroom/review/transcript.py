"""A transcript with its fillers and long pauses marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from greenroom.coaching.fillers import fillers_in
from greenroom.review import figures, words
from greenroom.review.clean import clean
from greenroom.review.page import Piece, glued
from greenroom.types import Turn, Word

LONG_PAUSE_S = 1.5
"""Pauses from here on are marked: nine in ten inside a spoken turn are shorter."""

LONG_ANSWER_S = 120.0
"""Answers this long are set in paragraphs."""
PARAGRAPH_S = 60.0
"""A paragraph ends at the first end of a sentence from here on, or at twice that where there is none."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_CORE = re.compile(r"\w(?:.*\w)?")


def marked(turn: Turn, plain: bool) -> list[Piece]:
    """The turn's transcript in pieces, fillers and long pauses with a meaning of their own.

    A pause is written out, "(pause 2.1 s)". A filler carries its meaning, which a terminal underlines; in
    plain output it stands in brackets instead.
    """
    return [piece for _, paragraph in paragraphs(turn, plain, whole=True) for piece in paragraph]


def paragraphs(turn: Turn, plain: bool, *, whole: bool = False) -> list[tuple[float | None, list[Piece]]]:
    """The same, a long answer in paragraphs of a minute and more, each with the moment it begins at.

    Args:
        whole: it is one, however long; so is one whose words are not timed.
    """
    tokens = clean(turn.transcript or "").split()
    if not tokens:
        return [(None, [Piece(words.NO_WORDS, "quiet")])]
    breaks = {} if whole else _breaks(tokens, token_spans(tokens, turn.words))
    pauses_s = pauses_before(tokens, turn)
    pieces: list[Piece] = []
    found: list[tuple[float | None, list[Piece]]] = [(None, pieces)]
    for place, (token, fillers) in enumerate(zip(tokens, fillers_in(tokens), strict=True)):
        if place in breaks:
            pieces = []
            found.append((breaks[place], pieces))
        if (pause_s := pauses_s.get(place)) is not None:
            pieces += [Piece(glued(words.pause(figures.seconds(pause_s))), "pause"), Piece(" ")]
        core = _CORE.search(token)
        if fillers and core is not None:
            filler = f"({core[0]})" if plain else core[0]
            pieces += [
                Piece(token[: core.start()]),
                Piece(filler, "filler"),
                Piece(token[core.end() :] + " "),
            ]
        else:
            pieces.append(Piece(token + " "))
    return found


def ends_a_sentence(token: str) -> bool:
    return _SENTENCE_END.search(token) is not None


def _breaks(tokens: Sequence[str], spans: Sequence[tuple[float, float]]) -> dict[int, float]:
    """Where paragraphs begin, but for the first: the place of a token, and its moment."""
    found: dict[int, float] = {}
    if not spans or spans[-1][1] - spans[0][0] < LONG_ANSWER_S:
        return found
    since_s = spans[0][0]
    for place in range(1, len(tokens)):
        length_s = spans[place][0] - since_s
        ended = ends_a_sentence(tokens[place - 1])
        if length_s >= (PARAGRAPH_S if ended else 2 * PARAGRAPH_S):
            since_s = found[place] = spans[place][0]
    return found


def pauses_before(tokens: Sequence[str], turn: Turn) -> dict[int, float]:
    """How long the silence before a token is, for the tokens that come after a long one."""
    spans = token_spans(tokens, turn.words)
    # Words are timed less surely than the voice itself, so no pause is shown longer than the longest.
    longest_s = turn.timing.longest_pause_s if turn.timing else float("inf")
    gaps_s = {
        place: min(longest_s, after[0] - before[1])
        for place, (before, after) in enumerate(pairwise(spans), 1)
    }
    return {place: gap_s for place, gap_s in gaps_s.items() if gap_s >= LONG_PAUSE_S}


def token_spans(tokens: Sequence[str], timed: Sequence[Word]) -> list[tuple[float, float]]:
    """When each token begins and ends; nothing when the words are not those of the text.

    They need not break where the text does ("Mm", "-hmm"), so the two are laid side by side letter by letter.
    """
    owners: list[Word] = []
    letters = ""
    for word in timed:
        text = clean(word.text).replace(" ", "")
        letters += text
        owners += [word] * len(text)
    if letters != "".join(tokens):
        return []
    spans: list[tuple[float, float]] = []
    at = 0
    for token in tokens:
        spans.append((owners[at].start_s, owners[at + len(token) - 1].end_s))
        at += len(token)
    return spans
