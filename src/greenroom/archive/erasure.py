"""Deletes a session for good: no word of it stays in any byte of the home.

1. Its rows go in one transaction, and by the triggers its entries in the full-text index.
2. Its audio folder goes.
3. The index is rebuilt, since FTS5 keeps deleted words until its segments merge; then VACUUM writes the
   database anew, since a page that was rearranged may keep a copy of what it once held; then the
   write-ahead log is emptied into it.
4. The same is done in every backup that has the session.
5. What was worked out from anybody's words, to be quicker next time, goes altogether.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from greenroom.archive.database import DATABASE_NAME, connect, writing
from greenroom.archive.private import private_file
from greenroom.errors import GreenroomError


@dataclass(frozen=True, slots=True)
class DeletedSession:
    """What went.

    Attributes:
        turns, items: how many rows.
        audio: the files removed, relative to the home.
        left: files, relative to the home, that could not be cleaned and may still hold something of it:
            another greenroom is reading, a backup is damaged, a file is read-only. Empty when all is gone.
    """

    session_id: int
    turns: int
    items: int
    audio: tuple[str, ...]
    left: tuple[str, ...]


def erase_session(db: sqlite3.Connection, home: Path, session_id: int) -> DeletedSession:
    """Delete session `session_id`, which the caller has made sure nobody is at work on.

    Raises:
        GreenroomError: there is no such session, or its rows could not be deleted; then nothing changed.
    """
    path = home / DATABASE_NAME
    with writing(db, path):
        turns, items = (
            db.execute(f"SELECT count(*) FROM {table} WHERE session_id = ?", [session_id]).fetchone()[0]
            for table in ("turns", "items")
        )
        if db.execute("DELETE FROM sessions WHERE id = ?", [session_id]).rowcount == 0:
            raise no_session(session_id)
    audio, left = _remove_folder(home, f"audio/{session_id}")
    left += _scrub(db, path)
    left += _remove_vectors(home)
    for backup in sorted((home / "backups").glob("*.db")):
        left += [f"backups/{name}" for name in _erase_from_backup(backup, session_id)]
    return DeletedSession(session_id, turns, items, tuple(audio), tuple(left))


def no_session(session_id: int) -> GreenroomError:
    return GreenroomError(f"There is no session {session_id}.", "greenroom list shows the ones there are.")


def _remove_folder(home: Path, name: str) -> tuple[list[str], list[str]]:
    """Remove the folder; the files removed and the files that would not go, relative to the home."""

    def files() -> set[str]:
        return {path.relative_to(home).as_posix() for path in (home / name).rglob("*") if not path.is_dir()}

    before = files()
    shutil.rmtree(home / name, ignore_errors=True)
    after = files()
    return sorted(before - after), sorted(after)


def _remove_vectors(home: Path) -> list[str]:
    """Step 5; the files that would not go."""
    left = []
    for file in (home / "cache" / "models").glob("*.vectors"):
        try:
            file.unlink()
        except OSError:
            left.append(file.relative_to(home).as_posix())
    return left


def _scrub(db: sqlite3.Connection, path: Path) -> list[str]:
    """Step 3; the names of the files in which it did not work."""
    left = []
    try:
        indexes = db.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'"
        )
        for (index,) in indexes.fetchall():
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        db.execute("VACUUM")
    except sqlite3.Error:
        left.append(path.name)
    try:
        is_blocked = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error:
        is_blocked = True
    return [*left, f"{path.name}-wal"] if is_blocked else left


def _erase_from_backup(backup: Path, session_id: int) -> list[str]:
    """Step 4 for one backup. Session numbers are never given twice, so its number is its name there too."""
    try:
        private_file(backup)
        with closing(connect(backup)) as db:
            if db.execute("DELETE FROM sessions WHERE id = ?", [session_id]).rowcount == 0:
                return []
            return _scrub(db, backup)
    except (sqlite3.Error, OSError):
        return [backup.name]
