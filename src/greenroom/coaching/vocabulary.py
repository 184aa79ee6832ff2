"""What finding key messages knows beforehand: synonyms, and how people show a quality without naming it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field

from greenroom.coaching.synonyms import Synonyms
from greenroom.errors import GreenroomError


@dataclass(frozen=True, slots=True)
class Quality:
    """One that people claim in interviews.

    Attributes:
        says: how a key message names it.
        shows: how it sounds when somebody shows it.
        contrary: how the contrary sounds.
    """

    says: str
    shows: tuple[str, ...]
    contrary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`prompts/synonyms.toml` and `prompts/shown.toml`; empty, only the same stems match."""

    synonyms: Synonyms = field(default_factory=dict)
    qualities: tuple[Quality, ...] = ()


def read_qualities(text: str, file: str) -> tuple[Quality, ...]:
    """The qualities of a file.

    Raises:
        GreenroomError: it is not well-formed, or one of them lacks something.
    """
    try:
        rows = tomllib.loads(text).get("qualities", [])
    except tomllib.TOMLDecodeError as error:
        raise _complaint(file, f"it is not well-formed: {error}") from error
    if not isinstance(rows, list) or not rows:
        raise _complaint(file, "there is no [[qualities]] in it")
    found = []
    for number, row in enumerate(rows, 1):
        says, shows, contrary = (row.get(key) for key in ("says", "shows", "contrary"))
        if not isinstance(says, str) or not _are_texts(shows) or not _are_texts(contrary):
            what = "“says” must be a text, “shows” and “contrary” lists of texts"
            raise _complaint(file, f"[[qualities]] number {number}: {what}")
        found.append(Quality(says, tuple(shows), tuple(contrary)))
    return tuple(found)


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(one, str) and one for one in values)


def _complaint(file: str, what: str) -> GreenroomError:
    return GreenroomError(f"{file}: {what}.", "Mend that line, or remove the file.")
