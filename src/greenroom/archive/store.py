"""The archive: every session, turn, item and log entry goes in and out here."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from greenroom.archive import records, rows
from greenroom.archive.afterwards import Afterwards
from greenroom.archive.coaching import Coached
from greenroom.archive.corrections import Corrections
from greenroom.archive.database import (
    DATABASE_NAME,
    open_database,
    reading,
    translated_errors,
    writing,
)
from greenroom.archive.erasure import Erasure, no_session
from greenroom.archive.exchange import Exchange
from greenroom.archive.habits import pause_history
from greenroom.archive.hits import Hit
from greenroom.archive.locks import SessionLocks
from greenroom.archive.meanings import Meanings
from greenroom.archive.private import private_folder
from greenroom.archive.records import OpenTurn, SessionSummary
from greenroom.archive.reference import parse_reference
from greenroom.archive.retention import Retention
from greenroom.archive.search import search
from greenroom.archive.turns import TurnStore
from greenroom.archive.within import EVERYWHERE, Within
from greenroom.errors import GreenroomError
from greenroom.types import Item, PauseHistory, Session, SessionKind, SessionStatus


class Archive(TurnStore, Afterwards, Coached, Exchange, Meanings, Corrections, Retention, Erasure):
    """One home folder: `greenroom.db`, `audio/`, and who is at work on which session.

    Belongs to the thread that opened it. Every method raises GreenroomError when the database is
    read-only, damaged, busy or the disk is full; then nothing of that call is stored.
    """

    def __init__(self, home: Path, db: sqlite3.Connection) -> None:
        self.home = home
        self._db = db
        self._path = home / DATABASE_NAME
        self._locks = SessionLocks(home / "running")

    @classmethod
    def open(cls, home: Path) -> Archive:
        """Open the archive in `home`, made if it is missing and migrated if it is old.

        Raises:
            GreenroomError: read-only, newer, damaged, busy, or the disk is full.
        """
        home = home.expanduser().absolute()
        return cls(home, open_database(home))

    def close(self) -> None:
        """Close the database and let go of every session; one that was not ended stays "running"."""
        self._locks.release_all()
        self._db.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is stored inside is stored all at once, or, when anything in it fails, not at all."""
        with writing(self._db, self._path):
            yield

    # Where the audio lies

    @property
    def audio_dir(self) -> Path:
        """The folder of all recordings, made if it is missing, 0700."""
        with translated_errors(self._path):
            return private_folder(self.home / "audio")

    def session_audio_dir(self, session_id: int) -> Path:
        """The folder of one session's recordings, made if it is missing, 0700."""
        folder = self.audio_dir / str(session_id)
        with translated_errors(self._path):
            return private_folder(folder)

    # Sessions

    def start_session(
        self,
        kind: SessionKind,
        *,
        pack: str | None = None,
        company: str | None = None,
        role: str | None = None,
        started_at: str | None = None,
    ) -> int:
        """A new session, running, and ours until it is ended.

        Args:
            started_at: ISO 8601 with its offset; now unless given.
        """
        row = {
            "kind": kind,
            "status": "running",
            "pack": pack,
            "company": company,
            "role": role,
            "started_at": started_at or rows.now(),
        }
        session_id = 0
        try:
            with writing(self._db, self._path):
                session_id = rows.insert(self._db, "sessions", row)
                # Before the commit: nobody ever sees it running and without its owner.
                self._claim_or_refuse(session_id)
        except BaseException:
            self._locks.release(session_id)
            raise
        return session_id

    def end_session(self, session_id: int, status: SessionStatus) -> None:
        """Mark the session "finished" or "interrupted", now, and let go of it."""
        self._end(session_id, status, rows.now())

    def reopen_session(self, session_id: int) -> None:
        """Make a session running and ours again, to go on with it.

        Raises:
            GreenroomError: there is none, or another living process is at work on it.
        """
        self._claim_or_refuse(session_id)
        try:
            with writing(self._db, self._path):
                self._update_session(session_id, {"status": "running", "ended_at": None})
        except BaseException:
            self._locks.release(session_id)
            raise

    def finish_recovery(self, session_id: int) -> None:
        """Let go of a session found by `recovery.interrupted`, marking it interrupted if it still ran.

        It ended when its program last wrote to its log, not when it was found days later.
        """
        if session_id not in self.running_ids():
            self.release(session_id)
            return
        with translated_errors(self._path):
            last = self._db.execute(
                """
                SELECT coalesce((SELECT at FROM log WHERE session_id = sessions.id ORDER BY seq DESC LIMIT 1),
                                started_at)
                FROM sessions WHERE id = ?
                """,
                [session_id],
            ).fetchone()
        self._end(session_id, "interrupted", last[0] if last else None)

    def session(self, session_id: int) -> Session:
        """The whole session, with its turns, items, ratings, outcome and what others said, in order.

        Raises:
            GreenroomError: there is none with this id.
        """
        with reading(self._db, self._path):
            row = self._db.execute("SELECT * FROM sessions WHERE id = ?", [session_id]).fetchone()
            if row is None:
                raise no_session(session_id)
            turns = self._db.execute("SELECT * FROM turns WHERE session_id = ? ORDER BY number", [session_id])
            items = self._db.execute("SELECT * FROM items WHERE session_id = ? ORDER BY id", [session_id])
            ratings = self._db.execute("SELECT * FROM ratings WHERE session_id = ? ORDER BY id", [session_id])
            outcome = self._db.execute("SELECT * FROM outcomes WHERE session_id = ?", [session_id]).fetchone()
            return records.session_from_rows(row, turns, items, ratings, outcome, self.feedback(session_id))

    def sessions(self, *, limit: int | None = None) -> list[SessionSummary]:
        """One line a session, the one stored last first."""
        with translated_errors(self._path):
            rows = self._db.execute(
                """
                SELECT listed.*, count(turns.id) AS turns, total(turns.speaking_s) AS speaking_s,
                       count(turns.id) FILTER (WHERE turns.status = 'answered') AS answered
                FROM (SELECT * FROM sessions ORDER BY id DESC LIMIT ?) AS listed
                LEFT JOIN turns ON turns.session_id = listed.id
                GROUP BY listed.id ORDER BY listed.id DESC
                """,
                [-1 if limit is None else min(limit, sys.maxsize)],
            )
            return [SessionSummary(**{name: row[name] for name in SessionSummary.__slots__}) for row in rows]

    def running_ids(self) -> list[int]:
        """The sessions marked as running, their owner alive or dead, oldest first."""
        with translated_errors(self._path):
            rows = self._db.execute("SELECT id FROM sessions WHERE status = 'running' ORDER BY id")
            return [row["id"] for row in rows]

    def unmended_ids(self) -> list[int]:
        """The sessions, ended ones too, with a recording that is not in words or not closed, oldest first."""
        with translated_errors(self._path):
            rows = self._db.execute(
                """
                SELECT DISTINCT session_id FROM turns
                WHERE audio IS NOT NULL AND (status IN ('asked', 'recorded') OR audio LIKE '%.wav')
                ORDER BY session_id
                """
            )
            return [row["session_id"] for row in rows]

    def open_turns(self, session_id: int) -> list[OpenTurn]:
        """The turns of a session that name a recording, which may not be there, in order."""
        with translated_errors(self._path):
            rows = self._db.execute(
                "SELECT * FROM turns WHERE session_id = ? AND audio IS NOT NULL ORDER BY number", [session_id]
            )
            return [records.open_turn_from_row(row, self.home) for row in rows]

    def open_turn(self, turn_id: int) -> OpenTurn | None:
        """One turn, with what is left to do about its recording; None when it names none."""
        with translated_errors(self._path):
            row = self._turn_row(turn_id)
            return None if row["audio"] is None else records.open_turn_from_row(row, self.home)

    def unfinal_turns(self, session_id: int | None = None) -> list[OpenTurn]:
        """Answers whose words are not final or whose recording is not closed, oldest first.

        Args:
            session_id: only those of this session; else of all but those that another process runs.
        """
        with translated_errors(self._path):
            rows = self._db.execute(
                """
                SELECT turns.*, sessions.status AS session_status FROM turns
                JOIN sessions ON sessions.id = turns.session_id
                WHERE audio IS NOT NULL AND turns.status IN ('answered', 'unfinished')
                    AND (transcript_is = 'stitched' AND corrected IS NULL OR audio LIKE '%.wav')
                    AND session_id = coalesce(?, session_id)
                ORDER BY session_id, number
                """,
                [session_id],
            ).fetchall()
        return [
            records.open_turn_from_row(row, self.home)
            for row in rows
            if row["session_status"] != "running" or self.holds(row["session_id"])
        ]

    def pause_history(self) -> PauseHistory:
        """How somebody pauses inside answers given into a microphone (`habits`)."""
        with translated_errors(self._path):
            return pause_history(self._db)

    def last_session_id(
        self, *, kind: SessionKind | None = None, status: SessionStatus | None = None
    ) -> int | None:
        """The session stored last, of this kind and status if given; None when there is none."""
        with translated_errors(self._path):
            row = self._db.execute(
                """
                SELECT max(id) FROM sessions
                WHERE kind = coalesce(:kind, kind) AND status = coalesce(:status, status)
                """,
                {"kind": kind, "status": status},
            ).fetchone()
        last: int | None = row[0]
        return last

    # Items and the log

    def keep_item(self, session_id: int, item: Item) -> int:
        """Store one thing told; its id comes back, whatever `item.id` says.

        Raises:
            GreenroomError: there is no such session.
        """
        with writing(self._db, self._path):
            rows.check_session(self._db, session_id)
            return rows.insert(
                self._db, "items", {"session_id": session_id} | dict(records.item_columns(item))
            )

    def drop_items(self, ids: Sequence[int]) -> None:
        """Take out items kept from an answer that went on after all."""
        marks = ", ".join("?" for _ in ids)
        with writing(self._db, self._path):
            self._db.execute(f"DELETE FROM items WHERE id IN ({marks})", list(ids))

    def append_log(self, session_id: int, entry: Mapping[str, Any]) -> int:
        """Store the next entry of the session's log and return its number, counted from 1.

        Raises:
            GreenroomError: there is no such session.
        """
        with writing(self._db, self._path):
            rows.check_session(self._db, session_id)
            seq = rows.next_number(self._db, "log", "seq", session_id)
            row = {
                "session_id": session_id,
                "seq": seq,
                "at": rows.now(),
                "entry": records.to_json(dict(entry)),
            }
            rows.insert(self._db, "log", row)
            return seq

    def log(self, session_id: int) -> list[dict[str, Any]]:
        """The session's log, in order."""
        with translated_errors(self._path):
            rows = self._db.execute("SELECT entry FROM log WHERE session_id = ? ORDER BY seq", [session_id])
            return [json.loads(row["entry"]) for row in rows]

    # What a person asks for

    def resolve(self, text: str) -> int:
        """The session meant by "12" or "last".

        Raises:
            GreenroomError: it names no session, or more than a session, or there is none.
        """
        session_id, turn, _ = self.resolve_turn(text)
        if turn is not None:
            raise GreenroomError(f"{text.strip()} is a turn, a session is wanted.", f"Write {session_id}.")
        return session_id

    def resolve_turn(self, text: str) -> tuple[int, int | None, float | None]:
        """The session, turn number and moment in seconds meant by "12", "12.3", "last.3" or "12.3@1:23".

        Raises:
            GreenroomError: it names none of these, or there is no such session or turn.
        """
        reference = parse_reference(text)
        session_id = reference.session if reference.session is not None else self.last_session_id()
        if session_id is None:
            raise GreenroomError(
                "There is no session yet.", "greenroom demo or greenroom practice makes one."
            )
        with reading(self._db, self._path):
            rows.check_session(self._db, session_id)
            if reference.turn is not None:
                self._check_turn(session_id, reference.turn)
        return session_id, reference.turn, reference.at_s

    def search(self, words: str, *, limit: int = 20, within: Within = EVERYWHERE) -> list[Hit]:
        """The best places that hold all of `words`; `search.search` says how they are read.

        Raises:
            GreenroomError: there is no word in it, there are too many, or no session is with that company.
        """
        with reading(self._db, self._path):
            return search(self._db, words, limit=limit, within=within)

    def integrity(self) -> str:
        """ "ok", or what SQLite finds wrong with the database."""
        try:
            return "\n".join(row[0] for row in self._db.execute("PRAGMA quick_check"))
        except sqlite3.DatabaseError as error:
            return str(error)

    # What several of the above share

    def _end(self, session_id: int, status: SessionStatus, ended_at: str | None) -> None:
        with writing(self._db, self._path):
            self._update_session(session_id, {"status": status, "ended_at": ended_at})
        self._locks.release(session_id)

    def _update_session(self, session_id: int, values: Mapping[str, Any]) -> None:
        if rows.update(self._db, "sessions", session_id, values) == 0:
            raise no_session(session_id)

    def _check_turn(self, session_id: int, number: int) -> None:
        turns = rows.next_number(self._db, "turns", "number", session_id) - 1
        if not 1 <= number <= turns:
            has = {0: "no turns", 1: "one turn"}.get(turns, f"{turns} turns")
            raise GreenroomError(
                f"There is no turn {session_id}.{number}; session {session_id} has {has}.",
                f"greenroom show {session_id} shows them.",
            )
