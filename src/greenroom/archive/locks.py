"""Who is at work on which session: a file lock held for as long as its owner lives.

The system lets go of a lock when the process dies, however it dies. So a session that is "running" and
whose lock can be taken has lost its owner.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from greenroom.archive.private import FILE_MODE, private_folder

if TYPE_CHECKING:
    from filelock import BaseFileLock


class SessionLocks:
    """The locks of one process, in `folder`, one file a session."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[int, BaseFileLock] = {}

    def claim(self, session_id: int) -> bool:
        """Take the session's lock, or keep it when it is ours already; False when another process has it.

        Raises:
            OSError: the lock file cannot be made.
        """
        if session_id in self._held:
            return True
        from filelock import FileLock, Timeout

        # Not thread-local: whichever thread ends the session may let go.
        path = private_folder(self._folder) / f"{session_id}.lock"
        lock = FileLock(path, mode=FILE_MODE, thread_local=False)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return False
        self._held[session_id] = lock
        return True

    def holds(self, session_id: int) -> bool:
        return session_id in self._held

    def marked(self) -> set[int]:
        """The sessions that have a lock file: somebody, alive or dead, has been at work on them."""
        return {int(file.stem) for file in self._folder.glob("*.lock") if file.stem.isdecimal()}

    def release(self, session_id: int) -> None:
        """Let go of the session's lock; nothing happens when it is not ours."""
        lock = self._held.pop(session_id, None)
        if lock is None:
            return
        # Before letting go, so that the file of a lock somebody else just took is never removed. Windows
        # refuses to remove an open file: there it stays, empty and harmless.
        with suppress(OSError):
            Path(lock.lock_file).unlink()
        lock.release()

    def release_all(self) -> None:
        """Let go of every lock of this process."""
        for session_id in list(self._held):
            self.release(session_id)
