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

_CORE = re.compile(r"\w(?:.*\w)?")


def marked(turn: Turn, plain: bool) -> list[Piece]:
    """The turn's transcript in pieces, fillers and long pauses with a meaning of their own.

    A pause is written out, "(pause 2.1 s)". A filler carries its meaning, which a terminal underlines; in
    plain output it stands in brackets instead.
    """
    tokens = clean(turn.transcript or "").split()
    if not tokens:
        return [Piece(words.NO_WORDS, "quiet")]
    pauses_s = _pauses_s(tokens, turn)
    pieces: list[Piece] = []
    for place, (token, fillers) in enumerate(zip(tokens, fillers_in(tokens), strict=True)):
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
    return pieces


def _pauses_s(tokens: Sequence[str], turn: Turn) -> dict[int, float]:
    """How long the silence before a token is, for the tokens that come after a long one."""
    spans = _spoken(tokens, turn.words)
    # Words are timed less surely than the voice itself, so no pause is shown longer than the longest.
    longest_s = turn.timing.longest_pause_s if turn.timing else float("inf")
    gaps_s = {
        place: min(longest_s, after[0] - before[1])
        for place, (before, after) in enumerate(pairwise(spans), 1)
    }
    return {place: gap_s for place, gap_s in gaps_s.items() if gap_s >= LONG_PAUSE_S}


def _spoken(tokens: Sequence[str], timed: Sequence[Word]) -> list[tuple[float, float]]:
    """When each token begins and ends; nothing when the words are not those of the text.

    They are not after a correction by hand. They also need not break where the text does ("Mm", "-hmm"),
    so the two are laid side by side letter by letter.
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
