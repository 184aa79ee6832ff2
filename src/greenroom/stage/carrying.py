"""Recordings on their way out of the archive and back in: copied whole, each with its digest."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from greenroom.archive import Archive
from greenroom.archive.database import translated_errors
from greenroom.archive.erasure import INCOMING
from greenroom.errors import GreenroomError

_PIECE_BYTES = 1 << 20
_BEGINNINGS = {".flac": b"fLaC", ".wav": b"RIFF"}
"""What a recording begins with, by its name's end."""


@contextmanager
def room_beside(folder: Path) -> Iterator[None]:
    """A new folder for the recordings of an export, 0700. It goes again when something fails, or when there
    were none.

    Raises:
        GreenroomError: it is there already, or cannot be made.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError as error:
        raise GreenroomError(
            f"{folder} is there already.", "Give another name, or remove it first."
        ) from error
    except OSError as error:
        raise GreenroomError(
            f"{folder} cannot be made: {error.strerror}.", "Give another place with --output."
        ) from error
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    with suppress(OSError):  # not empty
        folder.rmdir()


def carry_out(home: Path, audio: str, folder: Path) -> dict[str, Any] | None:
    """Copy a recording into an export's folder, as `12/03.flac`.

    Args:
        audio: its name in the archive, relative to the home.

    Returns:
        {"bytes", "sha256"}; None when it is not there any more.

    Raises:
        GreenroomError: it cannot be copied.
    """
    source, target = home / audio, folder / beside(audio)
    if not source.is_file():
        return None
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        size, digest = _copied(source, target)
    except OSError as error:
        raise _not_copied(target, error) from error
    return {"bytes": size, "sha256": digest}


def beside(audio: str) -> str:
    """Where a recording lies in an export's folder: `12/03.flac` for `audio/12/03.flac`."""
    return "/".join(PurePosixPath(audio).parts[-2:])


@contextmanager
def carried_in(
    archive: Archive, sessions: Iterable[Mapping[str, Any]], folder: Path
) -> Iterator[dict[str, Path]]:
    """The recordings of an export, copied into the home but not yet in their places.

    What is still there at the end is removed: so is all of it when something fails.

    Args:
        sessions: of a checked export; their `audio` names are plain names in their session's own folder.
        folder: where the export's recordings lie. One that is missing there is left out.

    Yields:
        Where each lies now, by its name in the export.

    Raises:
        GreenroomError: one of them is not what was exported, or cannot be copied.
    """
    with translated_errors(archive.home):
        waiting = Path(tempfile.mkdtemp(prefix=INCOMING, dir=archive.audio_dir))
    try:
        found: dict[str, Path] = {}
        for session in sessions:
            for turn in session["turns"]:
                if turn["sound"] is None:
                    continue
                source = folder / beside(turn["audio"])
                if _is_plain_file(source):
                    target = waiting / beside(turn["audio"])
                    _carry_in(source, target, turn["sound"])
                    found[turn["audio"]] = target
        yield found
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _carry_in(source: Path, target: Path, sound: Mapping[str, Any]) -> None:
    try:
        # The size first: nobody waits for a terabyte to be told that it is the wrong file.
        if source.stat().st_size != sound["bytes"]:
            raise _not_the_same(source)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        _, digest = _copied(source, target)
        with target.open("rb") as copied:
            start = copied.read(4)
    except OSError as error:
        raise _not_copied(target, error) from error
    if digest != sound["sha256"] or start != _BEGINNINGS[source.suffix]:
        raise _not_the_same(source)


def _is_plain_file(path: Path) -> bool:
    """Whether it is a file, and neither it nor its folder a link: that may lead to anything."""
    try:
        return stat.S_ISDIR(path.parent.lstat().st_mode) and stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _copied(source: Path, target: Path) -> tuple[int, str]:
    """Copy into a new file, 0600; its size and digest."""
    digest = hashlib.sha256()
    size = 0
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as copy, source.open("rb") as original:
        while piece := original.read(_PIECE_BYTES):
            digest.update(piece)
            size += len(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    return size, digest.hexdigest()


def _not_copied(target: Path, error: OSError) -> GreenroomError:
    return GreenroomError(
        f"A recording cannot be copied to {target}: {error.strerror or error}.",
        "Make room, or choose another place.",
    )


def _not_the_same(source: Path) -> GreenroomError:
    return GreenroomError(
        f"{source} is not the recording that was exported.",
        "Nothing was stored. Copy the export anew, or take that file away: its words can do without it.",
    )
