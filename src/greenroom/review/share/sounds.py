"""How words sound, as letters: so that a name is found however a recogniser spelled it.

The one importer of jellyfish. Metaphone is made for English, as the recogniser is.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

CLOSE = 0.82
"""Likeness of two spellings (Jaro and Winkler, 0 to 1) from which keys may differ in one sound: "Initek" and
"Initech" are 0.94, "in attack" and "Initech" 0.79."""
ALIKE = 0.7
"""Likeness from which the same key counts: vowels are not in a key, and without this "Tom" would
sound like "time"."""
ALIKE_EVERYDAY = 0.8
"""The same where every word of it is one of every day: most words are meant when they are written."""
LONG_KEY = 4
"""Sounds in a key from which one may differ: in a shorter one that would be another word."""
LEAST_EVERYDAY_KEY = 3
"""Sounds in a key from which words of every day may be meant for it."""

_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
"""Letters that are not made of one and an accent, as a recogniser for English writes them: "Lukasz"."""


@lru_cache(maxsize=65_536)
def letters_of(text: str) -> str:
    """Letters and digits only, small, without accents: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    return "".join(letter for letter in plain if letter.isalnum())


@lru_cache(maxsize=65_536)
def key_of(letters: str) -> str:
    """The sounds of a word, or of several said as one; empty where there are none that are known."""
    if not letters.isascii() or not letters.isalpha():
        return ""
    from jellyfish import metaphone

    return str(metaphone(letters))


@lru_cache(maxsize=65_536)
def neighbours(key: str) -> frozenset[str]:
    """What two keys have in common that `sounds_like` may take for one: the key itself, and, if it is long,
    whatever is left of it without one sound. Names are looked up by these, so that no word has to be compared
    with every name."""
    if len(key) < LONG_KEY:
        return frozenset({key})
    return frozenset({key, *(key[:place] + key[place + 1 :] for place in range(len(key)))})


def sounds_like(heard: str, name: str, *, everyday: bool = False) -> bool:
    """Whether letters may be a spelling of a name that was heard.

    Args:
        everyday: they are words of every day, which need more to be taken for a name.
    """
    if heard == name:
        return True
    key, wanted = key_of(heard), key_of(name)
    if not key or not wanted:
        return False
    if everyday:
        return key == wanted and len(key) >= LEAST_EVERYDAY_KEY and _likeness(heard, name) >= ALIKE_EVERYDAY
    if key == wanted:
        return _likeness(heard, name) >= ALIKE
    long = min(len(key), len(wanted)) >= LONG_KEY
    return long and _one_apart(key, wanted) and _likeness(heard, name) >= CLOSE


def _likeness(one: str, other: str) -> float:
    from jellyfish import jaro_winkler_similarity

    return float(jaro_winkler_similarity(one, other))


def _one_apart(one: str, other: str) -> bool:
    from jellyfish import levenshtein_distance

    return int(levenshtein_distance(one, other)) <= 1
