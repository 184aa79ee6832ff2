"""Does somebody speak of themselves, or of a group?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenroom.coaching.lexicon import Lexicon
from greenroom.coaching.parts import Voices
from greenroom.coaching.tokens import Token


def voices_of(tokens: Sequence[Token], lexicon: Lexicon, idle: Iterable[int]) -> Voices:
    """How often "I", "my", "me" is said, and how often "we", "our", "us".

    The "I" of an aside ("I mean", "I remember") took no part in anything, and is not counted.

    Args:
        idle: tokens that say nothing: hedges, what is said twice by accident, what is broken off.
    """
    aside = {at for match in lexicon.asides.find(tokens) for at in range(match.begin, match.end)}
    aside.update(idle)
    telling = [token.norm for at, token in enumerate(tokens) if at not in aside]
    return Voices(
        i=sum(norm in lexicon.i for norm in telling), we=sum(norm in lexicon.we for norm in telling)
    )
