"""What is known of an interview besides its turns: ratings, outcome, what others said; and what is open."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from greenroom.archive import records, rows
from greenroom.archive.database import translated_errors, writing
from greenroom.archive.records import SessionSummary
from greenroom.types import Feedback, Judged, Noted, OutcomeValue, Turn


class Afterwards:
    """What `Archive` does with these. Errors as there."""

    _db: sqlite3.Connection
    _path: Path

    # Told in a debrief

    def rate(self, session_id: int, phase: str | None, name: str, value: int) -> int | None:
        """Store a rating; one given again in the same phase replaces the one before, whose value comes back.

        Raises:
            GreenroomError: there is no such session.
        """
        with writing(self._db, self._path):
            rows.check_session(self._db, session_id)
            before = self._db.execute(
                "SELECT value FROM ratings WHERE session_id = ? AND phase IS ? AND name = ?",
                [session_id, phase, name],
            ).fetchone()
            self._db.execute(
                """
                INSERT INTO ratings (session_id, phase, name, value) VALUES (?, ?, ?, ?)
                ON CONFLICT (session_id, coalesce(phase, ''), name) DO UPDATE SET value = excluded.value
                """,
                [session_id, phase, name, value],
            )
            return None if before is None else int(before["value"])

    def unrate(self, session_id: int, phase: str | None, name: str) -> None:
        """Take back a rating; nothing happens when there is none."""
        with writing(self._db, self._path):
            self._db.execute(
                "DELETE FROM ratings WHERE session_id = ? AND phase IS ? AND name = ?",
                [session_id, phase, name],
            )

    def star_item(self, item_id: int, starred: bool = True) -> None:
        """Mark an item as one that mattered; nothing happens when there is none with this id."""
        with writing(self._db, self._path):
            rows.update(self._db, "items", item_id, {"starred": int(starred)})

    # Learned later

    def set_outcome(self, session_id: int, value: OutcomeValue, on: date) -> None:
        """Store what became of an interview; it replaces what was stored before.

        Raises:
            GreenroomError: there is no such session.
        """
        with writing(self._db, self._path):
            rows.check_session(self._db, session_id)
            self._db.execute(
                """
                INSERT INTO outcomes (session_id, value, on_date) VALUES (?, ?, ?)
                ON CONFLICT (session_id) DO UPDATE SET value = excluded.value, on_date = excluded.on_date
                """,
                [session_id, value, on.isoformat()],
            )

    def add_feedback(self, session_id: int, who: str | None, text: str, topic: str | None, at: str) -> int:
        """Store what somebody said back; its id comes back.

        Raises:
            GreenroomError: there is no such session.
        """
        with writing(self._db, self._path):
            rows.check_session(self._db, session_id)
            return rows.insert(
                self._db,
                "feedback",
                {"session_id": session_id, "at": at, "who": who, "topic": topic, "text": text},
            )

    def feedback(self, session_id: int) -> tuple[Feedback, ...]:
        """What others said about a session, in the order in which it was stored."""
        with translated_errors(self._path):
            found = self._db.execute("SELECT * FROM feedback WHERE session_id = ? ORDER BY id", [session_id])
            return tuple(
                Feedback(row["who"], row["text"], row["at"], row["topic"], row["id"]) for row in found
            )

    # Over all sessions

    def noted(self, *kinds: str) -> list[Noted]:
        """The items of these kinds in every session, the one told first before the others.

        Not session by session: a second look tells in an old session what is new.
        """
        marks = ", ".join("?" for _ in kinds)
        with translated_errors(self._path):
            found = self._db.execute(
                f"""
                SELECT items.*, sessions.kind AS session_kind, sessions.started_at, sessions.company
                FROM items JOIN sessions ON sessions.id = items.session_id
                WHERE items.kind IN ({marks}) ORDER BY items.id
                """,
                kinds,
            )
            return [records.noted_from_row(row) for row in found]

    def judged(self) -> list[Judged]:
        """The debriefs of real interviews that have a gut rating or an outcome, the oldest first."""
        with translated_errors(self._path):
            found = self._db.execute(
                """
                SELECT sessions.id AS session_id, sessions.started_at, first.value AS gut_first,
                       second.value AS gut_second, outcomes.value AS outcome
                FROM sessions
                LEFT JOIN ratings AS first
                    ON first.session_id = sessions.id AND first.name = 'gut' AND first.phase = 'first'
                LEFT JOIN ratings AS second
                    ON second.session_id = sessions.id AND second.name = 'gut' AND second.phase = 'second'
                LEFT JOIN outcomes ON outcomes.session_id = sessions.id
                WHERE sessions.kind = 'debrief'
                    AND coalesce(first.value, second.value, outcomes.value) IS NOT NULL
                ORDER BY sessions.id
                """
            )
            return [Judged(**{name: row[name] for name in Judged.__slots__}) for row in found]

    def second_looks_due(self, today: date) -> list[SessionSummary]:
        """The debriefs of earlier days that nobody looked at again, oldest first.

        Not those that are not over: a second look would cut off the first for good.
        """
        with translated_errors(self._path):
            found = self._db.execute(
                """
                SELECT sessions.*, count(turns.id) AS turns, total(turns.speaking_s) AS speaking_s,
                       count(turns.id) FILTER (WHERE turns.status = 'answered') AS answered
                FROM sessions JOIN turns ON turns.session_id = sessions.id
                WHERE kind = 'debrief' AND sessions.status = 'finished' AND substr(started_at, 1, 10) < ?
                GROUP BY sessions.id
                HAVING answered > 0
                    AND count(turns.id) FILTER (WHERE phase = 'second' AND turns.status = 'answered') = 0
                ORDER BY sessions.id
                """,
                [today.isoformat()],
            )
            return [SessionSummary(**{name: row[name] for name in SessionSummary.__slots__}) for row in found]

    def take_ids(self, prompt_ids: Sequence[str]) -> list[tuple[str, int]]:
        """The prompt and the turn's id of each answer given to these in an interview, the oldest first."""
        marks = ", ".join("?" for _ in prompt_ids)
        with translated_errors(self._path):
            found = self._db.execute(
                f"""
                SELECT prompt_id, id FROM turns
                WHERE prompt_id IN ({marks}) AND part = 'interview' AND status IN ('answered', 'unfinished')
                ORDER BY id
                """,
                list(prompt_ids),
            )
            return [(row["prompt_id"], row["id"]) for row in found]

    def takes(self, prompt_ids: Sequence[str]) -> list[tuple[int, str, Turn]]:
        """The answers given to these prompts, the oldest first: session, when that began, and the turn."""
        marks = ", ".join("?" for _ in prompt_ids)
        with translated_errors(self._path):
            found = self._db.execute(
                f"""
                SELECT turns.*, sessions.started_at
                FROM turns JOIN sessions ON sessions.id = turns.session_id
                WHERE prompt_id IN ({marks}) AND turns.status IN ('answered', 'unfinished')
                ORDER BY turns.id
                """,
                list(prompt_ids),
            )
            return [(row["session_id"], row["started_at"], records.turn_from_row(row)) for row in found]
