"""Deletes sessions for good: no word of them stays in any byte of the home.

1. What will go is written down (`doomed`), so that the next start can finish it whatever happens from here.
2. The rows go in one transaction: turns, corrections and what was learned from them, pieces of new
   transcripts, items, the log; by the triggers their entries in the full-text index; and what the logs of
   other sessions carry along of them (`carried`).
3. Their audio folders go, and the files that were made of them inside the home (`note_export`).
4. The index is rebuilt, since FTS5 keeps deleted words until its segments merge; then VACUUM writes the
   database anew, since a page that was rearranged may keep a copy of what it once held; then the
   write-ahead log is emptied into it.
5. What was worked out from anybody's words, or said aloud, to be quicker next time, goes altogether; and what
   an editor, a share or an import that was cut off left behind.
6. Steps 2 and 4 are done in every backup.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from greenroom.archive import doomed
from greenroom.archive.carried import forget_carried
from greenroom.archive.claims import Claims, elsewhere
from greenroom.archive.database import DATABASE_NAME, connect, translated_errors, writing
from greenroom.archive.doomed import Doomed
from greenroom.archive.private import FILE_MODE, private_file, private_folder
from greenroom.errors import GreenroomError

EDITING = "edit-{}-"
"""How the folder in the cache begins in which an answer of this session lies while an editor is open."""
INCOMING = "incoming-"
"""How the folder among the recordings begins in which those of an export wait while it is brought in."""
TIMEOUT_S = 120.0
"""How long one greenroom waits while another deletes."""
_WAL = f"{DATABASE_NAME}-wal"
_NEVER_AN_EXPORT = {DATABASE_NAME, _WAL, f"{DATABASE_NAME}-shm", "config.toml"}


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


@dataclass(frozen=True, slots=True)
class DeletedSessions:
    """What went of several: as of one."""

    sessions: tuple[int, ...]
    turns: int
    items: int
    audio: tuple[str, ...]
    left: tuple[str, ...]


def no_session(session_id: int) -> GreenroomError:
    return GreenroomError(f"There is no session {session_id}.", "greenroom list shows the ones there are.")


class Erasure(Claims):
    """How `Archive` deletes, and what it keeps so that deleting is thorough. Errors as there."""

    home: Path
    _db: sqlite3.Connection

    def delete(self, session_id: int) -> DeletedSession:
        """Delete the session for good, as `erasure` says.

        Raises:
            GreenroomError: there is none, another living process is at work on it, or its rows could not be
                deleted; then nothing changed.
        """
        gone = self.delete_all([session_id])
        return DeletedSession(session_id, gone.turns, gone.items, gone.audio, gone.left)

    def delete_all(self, ids: Sequence[int] | None = None) -> DeletedSessions:
        """Delete several sessions at one go; without `ids` everything the person ever said or kept.

        Raises:
            GreenroomError: as of one; then nothing changed.
        """
        everything = ids is None
        with translated_errors(self._path):
            going = _ids(self._db) if ids is None else list(dict.fromkeys(ids))
        with self._deleting(TIMEOUT_S), self.at_work(going):
            self._finish()
            try:
                with writing(self._db, self._path):
                    turns, items = (_count(self._db, table, going) for table in ("turns", "items"))
                    going_too = _doomed(self._db, self.home, going, everything)
                    doomed.write(self.home, going_too)
                    if everything:
                        _erase_all_rows(self._db)
                    else:
                        _erase_rows(self._db, going)
            except BaseException:
                self._forget_unless_begun(going)
                raise
            audio, left = self._clean_up(going_too)
            for session_id in going:
                self.release(session_id)
        return DeletedSessions(tuple(going), turns, items, tuple(audio), tuple(left))

    def finish_deleting(self) -> bool:
        """Bring a delete to its end that was stopped in the middle; whether there was one.

        One that another process is at work on is left to it.
        """
        if not doomed.is_there(self.home):  # the usual case costs one look at the folder
            return False
        try:
            with self._deleting(0.0):
                return self._finish()
        except _Busy:
            return False

    def note_export(self, session_ids: Iterable[int], files: Iterable[Path]) -> None:
        """Remember files made of these sessions, so that they go when one of these is deleted.

        Only those inside the home count: what lies elsewhere is the person's own business. A folder is not
        taken: it may hold other things.
        """
        home = self.home.resolve()
        inside = []
        for file in files:
            whole = file.expanduser().absolute()
            place = whole.parent.resolve() / whole.name  # a link itself, not what it leads to
            if place.is_relative_to(home) and not place.is_dir():
                name = place.relative_to(home).as_posix()
                if name not in _NEVER_AN_EXPORT:
                    inside.append(name)
        with writing(self._db, self._path):
            self._db.executemany(
                "INSERT INTO exports (session_id, path) VALUES (?, ?)",
                [[session_id, name] for session_id in session_ids for name in inside],
            )

    def exports(self, session_id: int) -> tuple[str, ...]:
        """The files inside the home that were made of a session, relative to the home."""
        with translated_errors(self._path):
            return tuple(sorted(_exports_of(self._db, session_id)))

    @contextmanager
    def _deleting(self, timeout_s: float) -> Iterator[None]:
        """Inside, no other process deletes anything here.

        Raises:
            GreenroomError: another one does, for longer than that.
        """
        from filelock import FileLock, Timeout

        with translated_errors(self._path):
            file = private_folder(self.home / "running") / "deleting.lock"
            lock = FileLock(file, timeout=timeout_s, mode=FILE_MODE)
            try:
                lock.acquire()
            except Timeout as error:
                raise _Busy(
                    "Another greenroom is deleting something.", "Let it finish, then try again."
                ) from error
        try:
            yield
        finally:
            lock.release()

    def _finish(self) -> bool:
        if not doomed.is_there(self.home):
            return False
        with translated_errors(self._path):
            going = doomed.read(self.home)
            if going is None:
                doomed.forget(self.home)
                return False
            if set(going.sessions).intersection(_ids(self._db)):
                doomed.forget(self.home)  # it was stopped before its rows had gone: all of them are there
                return False
        self._clean_up(going, again=True)
        return True

    def _forget_unless_begun(self, ids: Sequence[int]) -> None:
        """Ctrl-C may come just after the rows have gone: the next start tells which it was, if we cannot."""
        with suppress(sqlite3.Error, OSError):
            if not ids or set(ids).intersection(_ids(self._db)):
                doomed.forget(self.home)

    def _clean_up(self, going: Doomed, *, again: bool = False) -> tuple[list[str], list[str]]:
        """Steps 3 to 6; the audio files removed, and what would not go, relative to the home.

        Args:
            again: it was stopped once, perhaps between the two steps of a backup.
        """
        home = self.home
        audio: list[str] = []
        left: list[str] = []
        for folder in going.folders:
            removed, stayed = _remove_folder(home, folder)
            audio += removed
            left += stayed
        if going.everything:
            with suppress(OSError):  # somebody has begun anew meanwhile
                (home / "audio").rmdir()
        left += _remove_exports(home, going.files)
        left += _scrub(self._db, self._path)
        left += _remove_leftovers(home, going, again)
        if going.everything:
            left += _remove_folder(home, "backups")[1]
        else:
            for backup in sorted((home / "backups").glob("*.db")):
                left += [f"backups/{name}" for name in _erase_from_backup(backup, going.sessions, again)]
        if not {DATABASE_NAME, _WAL}.intersection(left):  # else the next start tries once more
            with suppress(OSError):
                doomed.forget(home)
        return audio, left


class _Busy(GreenroomError):
    """Another process deletes."""


def _doomed(db: sqlite3.Connection, home: Path, ids: Sequence[int], everything: bool) -> Doomed:
    """Raises GreenroomError: a session is not there; or of everything, another has begun meanwhile."""
    there = _ids(db)
    for missing in sorted(set(ids).difference(there)):
        raise no_session(missing)
    if everything:
        for begun in sorted(set(there).difference(ids)):
            raise elsewhere(begun)
        folders = [f"audio/{path.name}" for path in sorted((home / "audio").glob("*"))]
        files = {row[0] for row in db.execute("SELECT path FROM exports")}
    else:
        folders = [f"audio/{session_id}" for session_id in ids]
        files = {name for session_id in ids for name in _exports_of(db, session_id)}
    return Doomed(tuple(ids), tuple(folders), tuple(sorted(files)), everything)


def _erase_rows(db: sqlite3.Connection, ids: Sequence[int]) -> None:
    forget_carried(db, ids)
    for session_id in ids:
        # An export of several sessions goes with any of them, and is no longer to be looked for.
        db.executemany("DELETE FROM exports WHERE path = ?", [[name] for name in _exports_of(db, session_id)])
        db.execute("DELETE FROM sessions WHERE id = ?", [session_id])


def _erase_all_rows(db: sqlite3.Connection) -> None:
    # The sessions first: what belongs to them goes with them.
    for table in ("sessions", *_own_tables(db)):
        db.execute(f'DELETE FROM "{table}"')


def _ids(db: sqlite3.Connection) -> list[int]:
    return [row[0] for row in db.execute("SELECT id FROM sessions ORDER BY id")]


def _exports_of(db: sqlite3.Connection, session_id: int) -> set[str]:
    return {row[0] for row in db.execute("SELECT path FROM exports WHERE session_id = ?", [session_id])}


def _count(db: sqlite3.Connection, table: str, ids: Iterable[int]) -> int:
    sql = f"SELECT count(*) FROM {table} WHERE session_id = ?"
    return sum(db.execute(sql, [session_id]).fetchone()[0] for session_id in ids)


def _own_tables(db: sqlite3.Connection) -> list[str]:
    """Every table of rows, but for SQLite's own, those of full-text indexes and the list of migrations."""
    tables = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    indexes = [name for name, sql in tables if (sql or "").startswith("CREATE VIRTUAL TABLE")]
    return [
        name
        for name, _ in tables
        if not name.startswith(("sqlite_", "_sqlite"))
        and not any(name == index or name.startswith(f"{index}_") for index in indexes)
    ]


def _remove_folder(home: Path, name: str) -> tuple[list[str], list[str]]:
    """Remove the folder, or the file of that name; the files removed and those that would not go, relative
    to the home."""
    path = home / name

    def files() -> set[str]:
        found = [path, *path.rglob("*")] if path.is_dir() and not path.is_symlink() else [path]
        return {
            one.relative_to(home).as_posix()
            for one in found
            if one.is_symlink() or (one.exists() and not one.is_dir())
        }

    before = files()
    if path.is_symlink() or path.is_file():
        with suppress(OSError):
            path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)
    after = files()
    return sorted(before - after), sorted(after)


def _remove_exports(home: Path, names: Iterable[str]) -> list[str]:
    """The files that would not go. A folder that is empty then goes too."""
    left = []
    for name in names:
        file = home / name
        if ".." in Path(name).parts or file.is_dir():
            continue
        try:
            file.unlink(missing_ok=True)
        except OSError:
            left.append(name)
        for folder in list(file.parents)[: len(Path(name).parts) - 1]:
            try:
                folder.rmdir()
            except OSError:
                break
    return left


def _remove_leftovers(home: Path, going: Doomed, again: bool) -> list[str]:
    """Step 5; the files that would not go.

    What lies in an editor of another session is being written: where everything went, and this is done again,
    of one that began since.
    """
    cache = home / "cache"
    of: Iterable[object] = ["*"] if going.everything and not again else going.sessions
    found = [cache / "voices", *cache.rglob("*.vectors"), *home.rglob(".greenroom-share-*")]
    found += (home / "audio").glob(f"{INCOMING}*")
    for session_id in of:
        found += cache.glob(f"{EDITING.format(session_id)}*")
    return [left for path in found for left in _remove_folder(home, path.relative_to(home).as_posix())[1]]


def _scrub(db: sqlite3.Connection, path: Path) -> list[str]:
    """Step 4; the names of the files in which it did not work."""
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


def _erase_from_backup(backup: Path, ids: Sequence[int], again: bool) -> list[str]:
    """Step 6 for one backup. Session numbers are never given twice, so its number is its name there too."""
    try:
        private_file(backup)
        with closing(connect(backup)) as db:
            there = sorted(set(ids).intersection(_ids(db)))
            if there:
                with writing(db, backup):
                    forget_carried(db, there)
                    db.executemany("DELETE FROM sessions WHERE id = ?", [[one] for one in there])
            return _scrub(db, backup) if there or again else []
    except (sqlite3.Error, OSError, GreenroomError):
        return [backup.name]
