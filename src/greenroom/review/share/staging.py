"""Where a share pack is made before it is handed over: a private folder in the home's cache, one at a time.

It goes whatever happens. Only a process that is killed leaves it behind; the next pack clears it away, and
deleting a session does.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from greenroom.archive.private import FILE_MODE, private_folder
from greenroom.errors import GreenroomError
from greenroom.review.share import words as said

PREFIX = ".greenroom-share-"
"""How the folder begins; deleting (archive/erasure.py) clears these away, too."""


@contextmanager
def staging(home: Path) -> Iterator[Path]:
    """A folder that only its owner may enter, gone afterwards.

    Raises:
        GreenroomError: another pack is being made, or there is no room for one.
    """
    from filelock import FileLock, Timeout

    try:
        cache = private_folder(home / "cache")
        lock = FileLock(cache / "share.lock", mode=FILE_MODE)
        lock.acquire(blocking=False)
    except Timeout as error:
        raise GreenroomError(*said.ANOTHER_IS_MADE) from error
    except OSError as error:
        raise cannot_write(home, error) from error
    try:
        for left in cache.glob(f"{PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = _made(cache)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        lock.release()


def refuse_if_there(folder: Path) -> None:
    """Nothing is ever written over; an empty folder may be filled.

    Raises:
        GreenroomError: something is there.
    """
    try:
        taken = folder.is_symlink() or (
            folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))
        )
    except OSError as error:
        raise cannot_write(folder, error) from error
    if taken:
        message, remedy = said.IS_THERE
        raise GreenroomError(message.format(folder=folder), remedy)


def put_in_place(made: Path, folder: Path) -> None:
    """Hand over what is in the staging folder: all of it at once, or nothing.

    Raises:
        GreenroomError: something has come to be there meanwhile, or it cannot be written.
    """
    refuse_if_there(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.replace(folder)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise cannot_write(folder, error) from error
        _carry_over(made, folder)


def _carry_over(made: Path, folder: Path) -> None:
    """To another disk: copied beside the place first."""
    copy = None
    try:
        copy = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder.parent))  # made with mode 0700
        shutil.copytree(made, copy, dirs_exist_ok=True)
        copy.replace(folder)
    except OSError as error:  # shutil's own error is one, too
        raise cannot_write(folder, error) from error
    finally:
        if copy is not None:
            shutil.rmtree(copy, ignore_errors=True)


def _made(cache: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=PREFIX, dir=cache))  # made with mode 0700
    except OSError as error:
        raise cannot_write(cache, error) from error


def cannot_write(folder: Path, error: Exception) -> GreenroomError:
    message, remedy = said.CANNOT_WRITE
    reason = getattr(error, "strerror", None) or str(error)
    return GreenroomError(message.format(folder=folder, reason=reason), remedy)
