"""Does an answer take up the words of its question?"""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.coaching.lexicon import Lexicon
from greenroom.coaching.parts import Relevance
from greenroom.coaching.synonyms import stem
from greenroom.coaching.tokens import Token, tokens_of
from greenroom.types import Answer

SHORTEST_WORD = 3
"""Shorter words tell nothing, whether they are in a list or not."""


def relevance_of(question: str, tokens: Sequence[Token], lexicon: Lexicon) -> Relevance | None:
    """The telling words of the question, and which of them the answer takes up.

    A word is met by one of the same stem ("disagreed": "disagreement" has another one), or by one that says
    the same (`Lexicon.alike`). None when the question has no telling words, or nothing was said.
    """
    words = (token.norm.removesuffix("'s") for token in tokens_of(Answer(question=question, text=question)))
    asked = dict.fromkeys(
        word
        for word in words
        if len(word) >= SHORTEST_WORD and word not in lexicon.ignored and not word[0].isdigit()
    )
    if not asked or not tokens:
        return None
    said = {stem(norm) for norm in {token.norm for token in tokens}}
    met = tuple(word for word in asked if not said.isdisjoint(_same(word, lexicon)))
    return Relevance(tuple(asked), met)


def _same(word: str, lexicon: Lexicon) -> set[str]:
    """The stem of a word, and those of all that say the same."""
    own = stem(word)
    found = {own}
    for row in lexicon.alike:
        stems = {stem(each) for each in row}
        if own in stems:
            found |= stems
    return found
