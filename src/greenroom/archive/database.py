"""Opens the database: private, whole, current; and says in plain words what is wrong when it is not."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from greenroom.archive.migrations import MIGRATION_SET, NAMES
from greenroom.archive.private import may_write, private_file, private_folder
from greenroom.errors import GreenroomError

DATABASE_NAME = "greenroom.db"
KEPT_IN_HOME = {
    *(DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm"),
    *("audio", "backups", "cache", "config.toml", "exports", "models", "prompts", "running"),
}
"""What the program or its user puts into a home."""

BUSY_TIMEOUT_S = 10.0
"""How long a statement waits for another greenroom's; then it is an error."""

MIGRATION_TIMEOUT_S = 120.0
"""How long one greenroom waits while another brings the same database up to date."""

LEAST_ROOM_BYTES = 1_000_000
"""With less on the disk an input/output error is the disk's being full."""

_SMALLEST_PAGE = 512

_NOT_WRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NOT_WRITABLE_FILE = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def open_database(home: Path) -> sqlite3.Connection:
    """Open the database of `home`, made if it is missing, migrated if it is old.

    The order matters: nothing is written until the file has shown that it is one of ours, whole, and not
    from a newer program. A file that is damaged or newer stays as it is, byte for byte.

    Raises:
        GreenroomError: read-only, newer, damaged, busy, or the disk is full.
    """
    path = home / DATABASE_NAME
    with translated_errors(path):
        _private_home(home)
        private_file(path)
        if not (may_write(home) and may_write(path)):
            raise _not_writable(path)
        _check_size(path)
        db = connect(path)
        try:
            _bring_up_to_date(db, home)
        except BaseException:
            db.close()
            raise
        return db


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the archive's own settings; writes nothing.

    Transactions are begun by hand (`writing`), so that none is ever open by accident.
    """
    db = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    try:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA foreign_keys = ON")
        # Deleted words are overwritten at once, not left in free pages.
        db.execute("PRAGMA secure_delete = ON")
        # Temporary tables (VACUUM makes one of everything) stay out of the system's temporary folder.
        db.execute("PRAGMA temp_store = MEMORY")
        # A debrief cannot be repeated: every commit reaches the disk, also when the power goes.
        db.execute("PRAGMA synchronous = FULL")
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def writing(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One transaction that writes: all of it is stored, or nothing. Inside another one it is part of that.

    Raises:
        GreenroomError: as `translated_errors` says.
    """
    with _transaction(db, path, "BEGIN IMMEDIATE", "COMMIT"):
        yield


@contextmanager
def reading(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Several reads of one and the same state, whatever others write meanwhile. May stand inside another.

    Raises:
        GreenroomError: as `translated_errors` says.
    """
    with _transaction(db, path, "BEGIN", "ROLLBACK"):
        yield


@contextmanager
def _transaction(db: sqlite3.Connection, path: Path, begin: str, end: str) -> Iterator[None]:
    """Only the outermost one begins and ends anything."""
    with translated_errors(path):
        outermost = not db.in_transaction
        if outermost:
            db.execute(begin)
        try:
            yield
            if outermost:
                db.execute(end)
        except BaseException:
            # On a full disk SQLite has rolled back by itself already.
            if outermost and _in_transaction(db):
                db.execute("ROLLBACK")
            raise


def _in_transaction(db: sqlite3.Connection) -> bool:
    return db.in_transaction  # asked anew: it changes under way


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say about `path` into something the user can mend.

    Misuse of the database module is our own mistake, not the user's, and passes as it is.

    Raises:
        GreenroomError: not writable, damaged, full, busy, text that is no text, or anything else SQLite says.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except sqlite3.Error as error:
        raise _plain(error, path) from error
    except UnicodeEncodeError as error:
        raise GreenroomError(
            "A text holds bytes that are no characters, so it cannot be stored.",
            "Type it again, or set the terminal to UTF-8.",
        ) from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _full(path) from error
        if error.errno in _NOT_WRITABLE_FILE:
            raise _not_writable(path) from error
        raise GreenroomError(
            f"The archive at {path} cannot be used: {error.strerror or error}.",
            "Check the folder, or set GREENROOM_HOME to another one.",
        ) from error


def _plain(error: sqlite3.Error, path: Path) -> GreenroomError:
    # The lowest byte is the primary code; the rest tells apart what needs the same remedy.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _NOT_WRITABLE:
        return _not_writable(path)
    if code in _DAMAGED:
        return damaged(path)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _has_no_room(path)):
        return _full(path)
    if code in _BUSY:
        return GreenroomError(
            f"The archive at {path} is busy: another greenroom has been writing for {BUSY_TIMEOUT_S:g} s.",
            "Let the other one finish, or close it, and try again.",
        )
    return GreenroomError(
        f"The archive at {path} could not do that: {error}.", "Run greenroom doctor to have it checked."
    )


def _has_no_room(path: Path) -> bool:
    """SQLite tells of a full disk as an input/output error where it is its helper files that do not fit."""
    try:
        return shutil.disk_usage(path.parent).free < LEAST_ROOM_BYTES
    except OSError:
        return False


def _not_writable(path: Path) -> GreenroomError:
    return GreenroomError(
        f"The archive at {path} is read-only.",
        "Give yourself the right to write to it and its folder, or set GREENROOM_HOME to another folder.",
    )


def _full(path: Path) -> GreenroomError:
    return GreenroomError(
        f"The disk is full, {path} cannot grow.",
        "Free some space and go on; everything stored before is whole.",
    )


def damaged(path: Path) -> GreenroomError:
    return GreenroomError(
        f"The file {path} is damaged, or is no greenroom database.",
        f"Move it aside, delete nothing, and put a copy from {path.parent / 'backups'} in its place.",
    )


def applied_migrations(db: sqlite3.Connection) -> list[str]:
    """The names of our migrations that ran on this database, in their order."""
    known = db.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    if known is None:
        return []
    rows = db.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", [MIGRATION_SET]
    )
    return [row["name"] for row in rows]


def _private_home(home: Path) -> None:
    """Make `home`, or make it private if there is nothing in it but what belongs there.

    A folder with other things in it (GREENROOM_HOME set to a shared one by mistake) keeps its mode, so that
    nobody is locked out of it; what we put in it is private all the same.
    """
    if not home.is_dir() or all(child.name in KEPT_IN_HOME for child in home.iterdir()):
        private_folder(home)


def _check_size(path: Path) -> None:
    """SQLite checks the file itself, except that it takes one of less than a page for a new database.

    Never open the file to look: closing it would take away every lock that this process has on it, for so the
    system has it (fcntl), and another program would throw away the log that we go on writing into.

    Raises:
        GreenroomError: there is something in the file, and too little of it.
    """
    if 0 < path.stat().st_size < _SMALLEST_PAGE:
        raise damaged(path)


def _bring_up_to_date(db: sqlite3.Connection, home: Path) -> None:
    if _is_current(db, home):
        return
    from filelock import FileLock, Timeout

    # Two first starts at once: one builds the tables, the other waits and finds them built.
    lock = private_folder(home / "running") / "migration.lock"
    try:
        with FileLock(lock, timeout=MIGRATION_TIMEOUT_S, mode=0o600):
            if not _is_current(db, home):
                _migrate(db, home)
    except Timeout as error:
        raise GreenroomError(
            f"Another greenroom has been updating {home / DATABASE_NAME} for {MIGRATION_TIMEOUT_S:g} s.",
            "Let it finish, then try again.",
        ) from error


def _is_current(db: sqlite3.Connection, home: Path) -> bool:
    """Whether there is nothing to do.

    Raises:
        GreenroomError: a newer greenroom has been here.
    """
    applied = applied_migrations(db)
    unknown = [name for name in applied if name not in NAMES]
    if unknown:
        raise GreenroomError(
            f"The archive at {home / DATABASE_NAME} was written by a newer greenroom ({unknown[-1]}).",
            "Update greenroom, or set GREENROOM_HOME to another folder.",
        )
    journal: str = db.execute("PRAGMA journal_mode").fetchone()[0]
    return len(applied) == len(NAMES) and journal == "wal"


def _migrate(db: sqlite3.Connection, home: Path) -> None:
    from sqlite_utils import Database

    from greenroom.archive.migrations import migrations

    applied = applied_migrations(db)
    if applied:
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise damaged(home / DATABASE_NAME)
        pending = [name for name in NAMES if name not in applied]
        if pending:
            back_up(db, home, pending[0])
    db.execute("PRAGMA journal_mode = WAL")
    migrations().apply(Database(db, recursive_triggers=False, execute_plugins=False))


def back_up(db: sqlite3.Connection, home: Path, migration: str) -> Path:
    """Copy the whole database to `backups/greenroom-before-<migration>-<timestamp>.db`; that path comes back.

    Raises:
        sqlite3.Error, OSError: the copy could not be made; nothing of it stays.
    """
    folder = private_folder(home / "backups")
    name = f"greenroom-before-{migration}-{datetime.now():%Y%m%dT%H%M%S}"
    names = (f"{name}{'' if number == 1 else f'-{number}'}.db" for number in count(1))
    path = private_file(next(folder / free for free in names if not (folder / free).exists()))
    try:
        with closing(sqlite3.connect(path)) as copy:
            db.backup(copy)
            # So that the backup is one file, which opens from a read-only folder too.
            copy.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
