"""What a person types to search, as a query that the full-text index always understands."""

from __future__ import annotations

import re

from greenroom.errors import GreenroomError

MAX_WORDS = 64
"""More is no search any more, and FTS5 has a limit of its own further up."""

_QUOTES = str.maketrans("“”„‟«»", '""""""')
"""Quotes as a phone or an editor sets them are meant as quotes."""

_PIECES = re.compile(r'"(?P<phrase>[^"]*)"(?P<star>\*?)|(?P<word>[^\s"]+)')
_WORD = re.compile(r"[^\W_]+")


def fts_query(words: str) -> str:
    """What a person typed, as an FTS5 query that is always well formed.

    `"two words"` is a phrase, `migrat*` a beginning (a phrase may end in one); all must be there. Everything
    goes in quotes, so that AND, NEAR, brackets, colons and dashes are looked for and never obeyed.

    Raises:
        GreenroomError: there is no word in it, or there are more than MAX_WORDS.
    """
    pieces, count = [], 0
    for match in _PIECES.finditer(cleaned(words).translate(_QUOTES)):
        text = match["phrase"] if match["phrase"] is not None else match["word"]
        star = match["star"] or text.endswith("*")
        # Split as FTS5 will split it, so that the count is right.
        tokens = _WORD.findall(text)
        if tokens:
            count += len(tokens)
            pieces.append(f'"{text.rstrip("*")}"{"*" if star else ""}')
    check_count(count)
    return " ".join(pieces)


def cleaned(words: str) -> str:
    """Without what no text can hold: a NUL would end the query in SQLite's eyes; half a surrogate pair (bytes
    of a terminal that is not UTF-8) is no character at all.
    """
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def count_words(words: str) -> int:
    """How many words there are to search for."""
    return len(_WORD.findall(words))


def check_count(count: int) -> None:
    """Raises GreenroomError when there is no word, or there are too many."""
    if not count:
        raise GreenroomError(
            "There is no word to search for.",
            'Give one or more words: greenroom search deadline, "my first job", or migrat*.',
        )
    if count > MAX_WORDS:
        raise GreenroomError(
            f"That is {count} words; a search takes at most {MAX_WORDS}.", "Search for fewer words."
        )
