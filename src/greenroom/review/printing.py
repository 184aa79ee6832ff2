"""Puts a page on standard output: in plain text, in colour, or through a pager when it is long."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from greenroom.review.look import Look
from greenroom.review.page import Line, Meaning, Page, text_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# No meaning rests on colour alone: what is coloured is also underlined, bold, in its own place or in words.
_STYLES: Mapping[Meaning, str] = {
    "": "",
    "title": "bold",
    "quiet": "dim",
    "filler": "underline yellow",
    "pause": "italic cyan",
    "hit": "bold underline",
    "place": "cyan",
}


def show_page(page: Page, look: Look) -> None:
    """Prints a page the way it is to look."""
    paged = look.rows is not None and len(page) > look.rows
    if look.plain:
        text = "".join(text_of(line).rstrip() + "\n" for line in page)
        _through_pager(text) if paged else write(text)
        return
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if not paged:
        _print(console, page)
        return
    with console.capture() as captured:
        _print(console, page)
    _through_pager(captured.get())


def write(text: str) -> None:
    """Text to standard output; what its encoding lacks becomes a question mark, not a crash."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def _print(console: Console, page: Page) -> None:
    for line in page:
        # The lines are set already: rich only paints them.
        console.print(_painted(line), soft_wrap=True)


def _painted(line: Line) -> Text:
    from rich.text import Text

    return Text.assemble(*((piece.text, _STYLES[piece.meaning]) for piece in line), end="")


def _through_pager(text: str) -> None:
    import pydoc

    # less shows colours only when told to; what the person has set for it is left alone.
    os.environ.setdefault("LESS", "-R")
    pydoc.pager(text)
