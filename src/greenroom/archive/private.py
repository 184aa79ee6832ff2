"""Folders 0700 and files 0600, whatever the umask."""

from __future__ import annotations

import os
import stat
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def private_folder(path: Path) -> Path:
    """Make the folder, and those above it that are missing; take the others' rights away if it is there.

    Raises:
        OSError: it cannot be made or changed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=FOLDER_MODE)
    except FileExistsError:
        _take_away_rights(path, FOLDER_MODE)
    else:
        path.chmod(FOLDER_MODE)
    return path


def private_file(path: Path) -> Path:
    """Make the file if it is missing; take the others' rights away if it is there. Its bytes stay.

    Raises:
        OSError: it cannot be made or changed.
    """
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE)
    except FileExistsError:
        _take_away_rights(path, FILE_MODE)
    else:
        os.close(descriptor)
        path.chmod(FILE_MODE)
    return path


def _take_away_rights(path: Path, mode: int) -> None:
    # Never given: what somebody made read-only stays so.
    now = stat.S_IMODE(path.stat().st_mode)
    if now & ~mode:
        path.chmod(now & mode)


def may_write(path: Path) -> bool:
    """Whether this process may write to the file or folder; a read-only file system counts too."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
