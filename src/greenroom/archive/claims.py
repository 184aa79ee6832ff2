"""Whose session it is: what `Archive` does with the locks of sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from greenroom.archive.database import translated_errors
from greenroom.archive.locks import SessionLocks
from greenroom.errors import GreenroomError

MOST_LOCKS = 100
"""At one go: each is an open file, of which macOS gives a process 256."""


class Claims:
    """Errors as of `Archive`."""

    _path: Path
    _locks: SessionLocks

    def claim(self, session_id: int) -> bool:
        """Take the session's lock; False when another living process has it."""
        with translated_errors(self._path):
            return self._locks.claim(session_id)

    def holds(self, session_id: int) -> bool:
        """Whether this archive has the session's lock."""
        return self._locks.holds(session_id)

    def release(self, session_id: int) -> None:
        """Let go of the session's lock."""
        self._locks.release(session_id)

    @contextmanager
    def at_work(self, ids: Sequence[int]) -> Iterator[None]:
        """Inside, these sessions are ours: nobody else goes on with them, changes or deletes them.

        Of more than MOST_LOCKS only those are taken that anybody may be at work on.

        Raises:
            GreenroomError: another living process is at work on one of them; then none is ours.
        """
        if len(ids) > MOST_LOCKS:
            with translated_errors(self._path):
                marked = self._locks.marked()
            ids = [session_id for session_id in ids if session_id in marked]
        taken: list[int] = []
        try:
            for session_id in ids:
                if not self.holds(session_id):
                    self._claim_or_refuse(session_id)
                    taken.append(session_id)
            yield
        finally:
            for session_id in taken:
                self._locks.release(session_id)

    def _claim_or_refuse(self, session_id: int) -> None:
        if not self.claim(session_id):
            raise elsewhere(session_id)


def elsewhere(session_id: int) -> GreenroomError:
    """That another living process is at work on the session."""
    return GreenroomError(
        f"Session {session_id} is being worked on by another greenroom.",
        "Finish it there, or close that window, and try again.",
    )
