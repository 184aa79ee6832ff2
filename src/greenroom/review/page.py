"""A page is a list of lines, a line a row of pieces, a piece a text with a meaning.

Layout happens here, once, for plain and for coloured output; what a meaning looks like is `printing`'s
business. Every text that comes in must be clean (see `clean`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Meaning: TypeAlias = Literal["", "title", "quiet", "filler", "pause", "hit", "place"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one meaning."""

    text: str
    meaning: Meaning = ""


Line: TypeAlias = tuple[Piece, ...]
Page: TypeAlias = list[Line]

BLANK: Line = ()

_GLUE = "\u00a0"
"""Printed as a space at which no line is broken. Clean text has none of its own."""


def text_of(line: Line) -> str:
    """The line as plain text."""
    return "".join(piece.text for piece in line)


def glued(text: str) -> str:
    """The text so that `wrapped` keeps it on one line: a figure and its unit belong together."""
    return text.replace(" ", _GLUE)


def cells(text: str) -> int:
    """How many columns a text takes: none for a combining mark, two for a Chinese character."""
    if text.isascii() or text.replace(_GLUE, "").isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cropped(text: str, columns: int) -> str:
    """The text, cut to so many columns with an ellipsis where it does not fit."""
    if cells(text) <= columns:
        return text
    room = max(1, columns - 1)
    head = next(_folded((Piece(text),), room, room))
    return text_of(head).rstrip() + "…"


def wrapped(pieces: Iterable[Piece], columns: int, indent: int = 0, first: int | None = None) -> Page:
    """Pieces set into lines, broken at spaces; a word longer than a line is folded.

    Args:
        columns: how wide a line may be, indent included.
        indent: spaces before each line.
        first: spaces before the first line instead, when it differs.
    """
    page: Page = []
    line: list[Piece] = [Piece(" " * (indent if first is None else first))]
    used = cells(line[0].text)
    fresh = True
    for word in _words(pieces):
        gap = 0 if fresh else 1
        if not fresh and used + gap + _width(word) > columns:
            page.append(tuple(line))
            line, used, fresh, gap = [Piece(" " * indent)], indent, True, 0
        if gap:
            shared = line[-1].meaning if line[-1].meaning == word[0].meaning else ""
            line.append(Piece(" ", shared))
        *full, rest = _folded(word, max(1, columns - used - gap), max(1, columns - indent))
        for part in full:
            page.append((*line, *part))
            line, used, gap = [Piece(" " * indent)], indent, 0
        line.extend(rest)
        used += gap + _width(rest)
        fresh = False
    if not fresh:
        page.append(tuple(line))
    return [tuple(Piece(piece.text.replace(_GLUE, " "), piece.meaning) for piece in line) for line in page]


def _words(pieces: Iterable[Piece]) -> Iterator[Line]:
    """What must stay together: pieces up to the next space, wherever the pieces' own borders are."""
    word: list[Piece] = []
    for piece in pieces:
        for place, part in enumerate(piece.text.split(" ")):
            if place and word:
                yield tuple(word)
                word = []
            if part:
                word.append(Piece(part, piece.meaning))
    if word:
        yield tuple(word)


def _folded(word: Line, columns: int, then: int) -> Iterator[Line]:
    """The word in parts: the first of at most `columns`, the others of at most `then`."""
    if _width(word) <= columns:
        yield word
        return
    part: list[Piece] = []
    used = 0
    for piece in word:
        start = 0
        for place, character in enumerate(piece.text):
            wide = cells(character)
            if used + wide > columns and used:
                yield (*part, Piece(piece.text[start:place], piece.meaning))
                part, used, start, columns = [], 0, place, then
            used += wide
        part.append(Piece(piece.text[start:], piece.meaning))
    yield tuple(part)


def _width(line: Line) -> int:
    return sum(cells(piece.text) for piece in line)
