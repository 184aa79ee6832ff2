"""What a command prints that is no page: a line, a letter, JSON; and a new file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from greenroom.errors import GreenroomError


def write(text: str) -> None:
    """Text to standard output, at once: what is said beside it comes after it."""
    from greenroom.review import printing

    printing.write(text)
    sys.stdout.flush()


def dump(value: object) -> None:
    """A value as JSON to standard output."""
    from greenroom.review.as_json import dumped

    write(dumped(value))


def new_file(path: Path, content: bytes, option: str) -> None:
    """Write a file that only its owner may read; one that is there already is left alone.

    Args:
        option: where its name was given.

    Raises:
        GreenroomError: it is there already, or cannot be written.
    """
    try:
        descriptor = os.open(path.expanduser(), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except FileExistsError as error:
        raise GreenroomError(f"{path} is there already.", "Give another name, or remove it first.") from error
    except OSError as error:
        raise GreenroomError(
            f"{path} cannot be written: {error.strerror}.", f"Give another place with {option}."
        ) from error
