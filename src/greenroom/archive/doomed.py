"""What a delete has begun, written down before the rows go: so the next start brings it to its end."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from greenroom.archive.private import FILE_MODE, private_folder

NAME = "deleting.json"
"""In the folder `running`. While it is there, something of what was deleted may be left in the home."""


@dataclass(frozen=True, slots=True)
class Doomed:
    """What goes besides the rows.

    Attributes:
        sessions: their numbers, which nobody is ever given again.
        folders: of their audio, relative to the home.
        files: exports made of them, relative to the home.
        everything: whatever else the person said or kept goes too, and the backups.
    """

    sessions: tuple[int, ...]
    folders: tuple[str, ...]
    files: tuple[str, ...]
    everything: bool = False


def write(home: Path, doomed: Doomed) -> None:
    """On the disk, whole, before this returns: what follows cannot be taken back.

    Raises:
        OSError: it cannot be written; then it is not there.
    """
    folder = private_folder(home / "running")
    partial = folder / f"{NAME}.part"
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(doomed), file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(folder / NAME)
    finally:
        partial.unlink(missing_ok=True)


def is_there(home: Path) -> bool:
    """Whether a delete is under way, or was stopped in the middle."""
    return (home / "running" / NAME).exists()


def read(home: Path) -> Doomed | None:
    """What was written; None when there is none, or nothing that was written here.

    Raises:
        OSError: it cannot be read.
    """
    try:
        told = json.loads((home / "running" / NAME).read_text("utf-8"))
        return Doomed(
            tuple(map(int, told["sessions"])),
            tuple(map(str, told["folders"])),
            tuple(map(str, told["files"])),
            bool(told["everything"]),
        )
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        return None


def forget(home: Path) -> None:
    """It is done, or was not begun."""
    (home / "running" / NAME).unlink(missing_ok=True)
