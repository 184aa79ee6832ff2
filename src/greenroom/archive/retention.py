"""How long recordings are kept: after that only the audio goes, and the words stay.

An answer whose words are not final keeps its recording, however old it is: there is nothing else of it. The
file goes first and then its name, so that a crash in between leaves nothing the next start would not finish.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from greenroom.archive import rows
from greenroom.archive.claims import Claims
from greenroom.archive.database import translated_errors, writing
from greenroom.types import CLEANED_SUFFIX

_OLD = "julianday(coalesce(sessions.ended_at, sessions.started_at)) < julianday(?)"
"""A second look goes on in its session days later, so the session's end counts."""
_DONE = """
    (turns.status = 'skipped' OR turns.status IN ('answered', 'unfinished')
        AND (transcript_is IS 'final' OR corrected IS NOT NULL)) AND audio NOT LIKE '%.wav'
"""


@dataclass(frozen=True, slots=True)
class OldRecording:
    """A recording that may go. `audio` is relative to the home, `length_s` what is known of its length."""

    turn_id: int
    session_id: int
    audio: str
    length_s: float


@dataclass(frozen=True, slots=True)
class OldAudio:
    """What lies beyond the time for which recordings are kept.

    Attributes:
        recordings: those that go.
        size_bytes: of their files.
        waiting: how many as old stay, because their words are not final.
    """

    recordings: tuple[OldRecording, ...]
    size_bytes: int
    waiting: int

    @property
    def length_s(self) -> float:
        return sum(one.length_s for one in self.recordings)


@dataclass(frozen=True, slots=True)
class KeptAudio:
    """Recordings there are, how large they are, and how many have been let go."""

    count: int
    size_bytes: int
    let_go: int


@dataclass(frozen=True, slots=True)
class LetGo:
    """How many recordings went, and those that would not, relative to the home."""

    count: int
    left: tuple[str, ...] = ()


class Retention(Claims):
    """What `Archive` does about it. Errors as there."""

    home: Path
    _db: sqlite3.Connection

    def old_audio(self, days: int, now: datetime | None = None) -> OldAudio:
        """The recordings of sessions that were over more than `days` ago; nothing is changed."""
        found = self._old(days, now)
        before = _before(days, now)
        with translated_errors(self._path):
            waiting = self._db.execute(
                f"""
                SELECT count(*) FROM turns JOIN sessions ON sessions.id = turns.session_id
                WHERE audio IS NOT NULL AND {_OLD} AND NOT ({_DONE})
                """,
                [before],
            ).fetchone()[0]
        return OldAudio(tuple(found), _size_of(self.home / one.audio for one in found), waiting)

    def kept_audio(self) -> KeptAudio:
        """What there is now."""
        with translated_errors(self._path):
            names = self._db.execute("SELECT audio FROM turns WHERE audio IS NOT NULL").fetchall()
            gone = self._db.execute(
                "SELECT count(*) FROM turns WHERE audio_removed_at IS NOT NULL"
            ).fetchone()[0]
        return KeptAudio(len(names), _size_of(self.home / row["audio"] for row in names), gone)

    def let_go_of_audio(self, days: int, now: datetime | None = None) -> LetGo:
        """Remove those recordings; sessions that another greenroom is at work on wait for the next start."""
        count = 0
        left: list[OldRecording] = []
        for session_id, found in groupby(self._old(days, now), key=lambda one: one.session_id):
            ours = self.holds(session_id)
            if not self.claim(session_id):
                continue
            try:
                # Asked anew: it may have been gone on with before it was ours.
                still = {one.turn_id for one in self._old(days, now, session_id)}
                gone: list[OldRecording] = []
                for one in found:
                    if one.turn_id in still:
                        (gone if _removed(self.home / one.audio) else left).append(one)
                self._forget(gone)
                count += len(gone)
            finally:
                if not ours:
                    self.release(session_id)
            with suppress(OSError):  # not empty
                (self.home / "audio" / str(session_id)).rmdir()
        return LetGo(count, tuple(one.audio for one in left))

    def _old(
        self, days: int, now: datetime | None = None, session_id: int | None = None
    ) -> list[OldRecording]:
        with translated_errors(self._path):
            found = self._db.execute(
                f"""
                SELECT turns.id, session_id, audio, coalesce(thinking_s, 0) + coalesce(answer_s, 0)
                FROM turns JOIN sessions ON sessions.id = turns.session_id
                WHERE audio IS NOT NULL AND sessions.status <> 'running' AND {_OLD} AND {_DONE}
                    AND session_id = coalesce(?, session_id)
                ORDER BY session_id, number
                """,
                [_before(days, now), session_id],
            )
            return [OldRecording(*row) for row in found]

    def _forget(self, gone: Sequence[OldRecording]) -> None:
        with writing(self._db, self._path):
            for one in gone:
                rows.update(self._db, "turns", one.turn_id, {"audio": None, "audio_removed_at": rows.now()})
                self._db.execute("DELETE FROM drafts WHERE turn_id = ?", [one.turn_id])


def _before(days: int, now: datetime | None) -> str:
    return ((now or datetime.now()).astimezone() - timedelta(days=days)).isoformat(timespec="seconds")


def _removed(audio: Path) -> bool:
    """Whether the recording is gone, with what may lie beside it."""
    try:
        audio.unlink(missing_ok=True)
        audio.with_suffix(CLEANED_SUFFIX).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _size_of(files: Iterable[Path]) -> int:
    total = 0
    for file in files:
        with suppress(OSError):
            total += file.stat().st_size
    return total
