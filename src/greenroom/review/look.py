"""How output is to look, from where it goes and what the person asked for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass

NARROWEST, WIDEST = 20, 100
"""Columns. Longer lines than `WIDEST` are hard to follow to the next one."""


@dataclass(frozen=True, slots=True)
class Look:
    """The shape of a page.

    Attributes:
        plain: line by line, no colour, no drawing, every state in words, nothing of ours beyond ASCII.
        columns: how wide a line may be.
        rows: how many lines fit before a pager is worth it; None for never.
    """

    plain: bool
    columns: int
    rows: int | None = None


def look(
    plain: bool = False,
    *,
    paged: bool = True,
    environ: Mapping[str, str] | None = None,
    is_terminal: bool | None = None,
    encoding: str | None = None,
) -> Look:
    """What suits standard output, unless told otherwise.

    Plain are: what was asked to be (`--plain`, ACCESSIBLE, NO_COLOR), a pipe or a file, and a terminal
    that can draw neither lines nor colours.

    Args:
        plain: asked for by option.
        paged: a long page may go through a pager; False where more is said after it.
    """
    environ = os.environ if environ is None else environ
    is_terminal = sys.stdout.isatty() if is_terminal is None else is_terminal
    encoding = encoding or getattr(sys.stdout, "encoding", None) or "ascii"
    size = shutil.get_terminal_size((80, 24))
    # A pager takes over the screen and a screen reader loses its place, so these two never get one.
    unpaged = plain or environ.get("ACCESSIBLE", "") not in ("", "0") or environ.get("TERM") == "dumb"
    return Look(
        plain=unpaged or bool(environ.get("NO_COLOR")) or not is_terminal or not _draws(encoding),
        columns=min(WIDEST, max(NARROWEST, size.columns)),
        rows=None if unpaged or not paged or not is_terminal else size.lines - 1,
    )


def _draws(encoding: str) -> bool:
    try:
        "─·…".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
