"""Words that say much the same: by their stems, and by the rows of prompts/synonyms.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TypeAlias

from greenroom.errors import GreenroomError

Synonyms: TypeAlias = Mapping[str, str]
"""Stems, up to `LONGEST` joined by spaces -> what they are taken as: the first word of their row, or
the plain form's stem."""

LONGEST = 4
"""Words of the longest phrase in a row."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@cache
def stem(word: str) -> str:
    """A word in lower case without its endings; British and American spellings come to the same."""
    found = _stemmer()(word.replace("’", "'"))
    found = re.sub(r"(?<=[a-z]{3})is$", "iz", found)  # organis, organiz
    return re.sub(r"(?<=[a-z]{2})our", "or", found).replace("lyz", "lys").replace("judgement", "judgment")


def stems_of(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in _WORD.findall(text.lower())]


def concepts(stems: Sequence[str], synonyms: Synonyms) -> list[tuple[int, int, str]]:
    """Words taken together where a row has them together: from, to before which stem, and what they are."""
    found, at = [], 0
    while at < len(stems):
        for size in range(min(LONGEST, len(stems) - at), 0, -1):
            phrase = " ".join(stems[at : at + size])
            if size == 1 or phrase in synonyms:
                found.append((at, at + size, synonyms.get(phrase, phrase)))
                at += size
                break
    return found


def read_synonyms(text: str, file: str) -> Synonyms:
    """The rows of a synonyms file.

    Raises:
        GreenroomError: it is not well-formed, or a word stands in two rows.
    """

    def complaint(what: str) -> GreenroomError:
        return GreenroomError(f"{file}: {what}.", "Mend that line, or remove the file.")

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise complaint(f"it is not well-formed: {error}") from error
    groups, forms = values.get("groups", []), values.get("forms", {})
    if not isinstance(groups, list) or not all(_are_texts(group) and group for group in groups):
        raise complaint("“groups” must be lists of words")
    if not isinstance(forms, dict) or not _are_texts([*forms.values()]):
        raise complaint("[forms] must be words, each with its plain form")
    found: dict[str, str] = {}
    for group in groups:
        name = " ".join(stems_of(group[0]))
        for words in group:
            stems = stems_of(words)
            if not 0 < len(stems) <= LONGEST:
                raise complaint(f"“{words}” must be 1 to {LONGEST} words")
            if found.setdefault(" ".join(stems), name) != name:
                raise complaint(f"“{words}” stands in two rows")
    for form, plain in forms.items():
        base = stem(plain.lower())
        found.setdefault(stem(form.lower()), found.get(base, base))
    return MappingProxyType(found)


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) for one in values)


@cache
def _stemmer() -> Callable[[str], str]:
    from snowballstemmer import stemmer  # all its languages come with it: 20 ms

    english = stemmer("english")

    def one(word: str) -> str:
        found: str = english.stemWord(word)
        return found

    return one
