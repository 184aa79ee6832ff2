"""The words of every day: those that a recogniser writes in small letters and in one piece.

A tokeniser keeps whole what it has met often. So its vocabulary tells a word ("deadline") from a name
("Priya"), and no list of words has to be shipped for that. A few names are in it all the same ("john"), and
a few rare words are not ("onboarding"): it is evidence, no verdict.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from greenroom.hearing.models import KNOWN_MODELS

_BEFORE_A_WORD = "Ġ"
"""How the tokeniser writes the space before a word."""


@cache
def everyday_words() -> frozenset[str]:
    """About 20,000 words in small letters; none when the model that always comes along is not there."""
    package, folder = KNOWN_MODELS[0].beside
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return frozenset()
    try:
        lines = (Path(spec.origin).parent / folder / "vocabulary.txt").read_text("utf-8").splitlines()
    except OSError:
        return frozenset()
    words = (line.removeprefix(_BEFORE_A_WORD) for line in lines if line.startswith(_BEFORE_A_WORD))
    return frozenset(word for word in words if word.isalpha() and word == word.lower())
