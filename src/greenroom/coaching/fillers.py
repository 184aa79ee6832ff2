"""Hesitations in a transcript: um, uh, er, erm, hmm, mm, ah, however they are spelled.

What counts as many is in `yardsticks` (FILLERS_PER_MINUTE, with its source). "Like", "you know" and the
rest of that family are left alone: only their place in a sentence tells a filler from a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from greenroom.types import Fillers, Word

_BASE_FORMS = tuple(
    (base, re.compile(pattern))
    for base, pattern in (
        ("um", r"u+h*m+"),  # um, umm, uhm
        ("uh", r"u+h+"),
        ("erm", r"e+[rh]+m+"),  # erm, errm, ehm
        ("er", r"e+r+"),
        ("hmm", r"h+m+"),
        ("mm", r"m{2,}"),
        ("ah", r"a+h+"),
    )
)

# Whole words that are agreement, refusal or surprise. They are written with a hyphen, or as two words
# ("uh huh"); "uh uh" as two words is left out, for that is how a stutter is written as well.
_ANSWERS = re.compile(
    r"m+h+m+"
    r"|(?:u+h*m*|m+|h+m+|a+h+)-(?:h+u+[hm]*|h+m+|m{2,}|h+a+|o+h+)"
    r"|u+h+-u+h+"
)
_ANSWERS_APART = re.compile(r"(?:u+h+|u+m+|m{2,}) (?:h+u+[hm]*|h+m+)")

_CORE = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_JOINTS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d\W*$")


def count_fillers(said: str | Sequence[Word], answer_s: float) -> Fillers:
    """Counts the fillers in a text or in its words.

    Args:
        said: a transcript, or its words in order.
        answer_s: the answer's length in seconds, for `per_minute`; 0 gives 0 a minute.

    Returns:
        `by_word` under the base forms ("umm" and "uhm" are "um"), the most frequent first.
    """
    text = said if isinstance(said, str) else " ".join(word.text.strip() for word in said)
    # A recogniser's words may break at a hyphen: "Mm", "-hmm" is one answer, not two fillers.
    tokens = re.sub(r"\s+-(?=\w)", "-", text).split()
    counts = Counter(base for found in fillers_in(tokens) for base in found)
    count = counts.total()
    return Fillers(
        count=count,
        per_minute=count * 60 / answer_s if answer_s > 0 else 0.0,
        by_word=dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
    )


def is_filler(token: str) -> bool:
    """Whether a word of a transcript is, or holds, a filler."""
    return bool(fillers_in([token])[0])


def fillers_in(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """For each token (a word with its punctuation) the base forms of the fillers in it, mostly none.

    "Um-uh" holds two. The neighbours matter: "uh huh" is an answer, and "5 mm" a measure.
    """
    found: list[tuple[str, ...]] = [_in_token(token) for token in tokens]
    for place, (before, after) in enumerate(pairwise(tokens)):
        if _ANSWERS_APART.fullmatch(f"{before} {_core(after)}".lower()):
            found[place] = found[place + 1] = ()
        elif found[place + 1] == ("mm",) and _NUMBER.search(before):
            found[place + 1] = ()
    return found


@lru_cache(maxsize=20_000)  # people say the same words over and over
def _in_token(token: str) -> tuple[str, ...]:
    word = _core(token).lower()
    if _ANSWERS.fullmatch(word):
        return ()
    # "um-well", "um…well": the recogniser joins a filler to the word it broke off at.
    return tuple(base for part in _JOINTS.split(word) if (base := _base_form(part)) is not None)


def _core(token: str) -> str:
    """The token without the punctuation around it."""
    found = _CORE.search(token)
    return found[0] if found else ""


def _base_form(word: str) -> str | None:
    return next((base for base, pattern in _BASE_FORMS if pattern.fullmatch(word)), None)
