"""What a command prints that is no page: a line, a letter, JSON; and a new file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.archive import Archive


def write(text: str) -> None:
    """Text to standard output, at once: what is said beside it comes after it."""
    from greenroom.review import printing

    printing.write(text)
    sys.stdout.flush()


def dump(value: object) -> None:
    """A value as JSON to standard output."""
    from greenroom.review.as_json import dumped

    write(dumped(value))


def new_file(path: Path, content: bytes | Iterable[bytes], option: str) -> None:
    """Write a file that only its owner may read, whole or not at all; one that is there is left alone.

    Args:
        content: all of it, or its pieces as they come.
        option: where its name was given.

    Raises:
        GreenroomError: it is there already, or cannot be written.
    """
    path = path.expanduser()
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        raise _unwritten(path, error, option) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines((content,) if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritten(path, error, option) from error
        raise


def noted(archive: Archive, ids: Sequence[int], path: Path, content: Iterable[bytes]) -> Iterator[bytes]:
    """What `new_file` is to write of these sessions: it goes when one of them is deleted.

    When the first piece is wanted the file is there, empty and known to be ours. It is noted then, before it
    holds a word, so that nothing that is killed in between leaves one of which nobody knows.
    """
    archive.note_export(ids, [path])
    yield from content


def _unwritten(path: Path, error: OSError, option: str) -> GreenroomError:
    if isinstance(error, FileExistsError):
        return GreenroomError(f"{path} is there already.", "Give another name, or remove it first.")
    return GreenroomError(
        f"{path} cannot be written: {error.strerror}.", f"Give another place with {option}."
    )
