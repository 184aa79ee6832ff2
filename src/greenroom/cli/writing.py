"""What a command prints that is no page: a line, a letter, JSON."""

from __future__ import annotations

import sys


def write(text: str) -> None:
    """Text to standard output, at once: what is said beside it comes after it."""
    from greenroom.review import printing

    printing.write(text)
    sys.stdout.flush()


def dump(value: object) -> None:
    """A value as JSON to standard output."""
    from greenroom.review.as_json import dumped

    write(dumped(value))
