"""Words that take weight from what is said, and words to begin with that say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from greenroom.coaching.lexicon import Lexicon
from greenroom.coaching.tokens import Token, sentences_of

Range: TypeAlias = tuple[int, int]
"""The first token, and the one after the last."""


def hedgings(tokens: Sequence[Token], lexicon: Lexicon, opened: Sequence[Range]) -> list[Range]:
    """Hedges, where they are not meant by the letter: "kind of", but not "what kind of".

    Args:
        opened: the openers. One is no hedge: "I mean" at the beginning of a sentence.
    """
    opening = {at for begin, end in opened for at in range(begin, end)}
    return [(match.begin, match.end) for match in lexicon.hedges.find(tokens) if match.begin not in opening]


def openings(tokens: Sequence[Token], lexicon: Lexicon) -> list[Range]:
    """The first words of the answer and of its sentences, where they say nothing: "so", "okay", "basically".

    Without punctuation the answer is one sentence, and only its own first words count.
    """
    found = []
    for sentence in sentences_of(tokens):
        at = sentence.start
        # One may follow the other: "Okay, so basically" has three.
        while at < sentence.stop and (match := lexicon.openers.at(tokens, at)) is not None:
            if tokens[match.end - 1].joined:
                break
            found.append((match.begin, match.end))
            at = match.end
    return found
