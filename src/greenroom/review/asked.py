"""A question as somebody told it, as it can be asked again."""

from __future__ import annotations

import re

from greenroom.coaching.fillers import fillers_in
from greenroom.review.clean import clean

_ASKING = re.compile(
    r"(?:what|why|how|who|when|where|which|do|did|does|are|is|was|can|could|would|will|have)\b", re.IGNORECASE
)
"""First words of a question, where nobody wrote its mark."""


def asked(text: str) -> str:
    """The question without fillers and quotation marks, with a capital and its mark at the end."""
    told = without_fillers(text).strip("“”\"' ")
    told = told[:1].upper() + told[1:]
    if not told or told[-1] in ".!?…":
        return told
    return told + ("?" if _ASKING.match(told) else ".")


def without_fillers(text: str) -> str:
    tokens = clean(text).split()
    return " ".join(token for token, filler in zip(tokens, fillers_in(tokens), strict=True) if not filler)
