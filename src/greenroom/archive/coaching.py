"""What coaching keeps: how takes went, the person's own points for a question, and their key messages."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from greenroom.archive import records, rows
from greenroom.archive.database import translated_errors, writing
from greenroom.archive.records import MessageSet
from greenroom.errors import GreenroomError
from greenroom.types import Answer, Grade, Graded, Turn


class Coached:
    """What `Archive` does with these. Errors as there."""

    _db: sqlite3.Connection
    _path: Path

    # How takes went

    def grade(self, session_id: int, number: int, grade: Grade, *, own: bool, at: str | None = None) -> None:
        """Store how a take went, at this moment unless told otherwise.

        What the person said replaces everything, a proposal only a proposal. Nothing happens when there is
        no such turn.
        """
        with writing(self._db, self._path):
            self._db.execute(
                """
                INSERT INTO grades (turn_id, grade, own, at)
                SELECT id, ?, ?, ? FROM turns WHERE session_id = ? AND number = ?
                ON CONFLICT (turn_id) DO UPDATE
                SET grade = excluded.grade, own = excluded.own, at = excluded.at
                WHERE excluded.own >= own
                """,
                [grade, int(own), at or rows.now(), session_id, number],
            )

    def grade_of(self, session_id: int, number: int) -> tuple[Grade, bool, str] | None:
        """The grade of a turn, whether it is the person's own, and when it was given."""
        with translated_errors(self._path):
            row = self._db.execute(
                """
                SELECT grade, own, grades.at FROM grades JOIN turns ON turns.id = grades.turn_id
                WHERE turns.session_id = ? AND turns.number = ?
                """,
                [session_id, number],
            ).fetchone()
        return None if row is None else (row["grade"], bool(row["own"]), row["at"])

    def ungrade(self, session_id: int, number: int) -> None:
        """Take back the grade of a turn; nothing happens when it has none."""
        with writing(self._db, self._path):
            self._db.execute(
                """
                DELETE FROM grades
                WHERE turn_id IN (SELECT id FROM turns WHERE session_id = ? AND number = ?)
                """,
                [session_id, number],
            )

    def graded(self, session_id: int | None = None) -> list[Graded]:
        """Every grade of a question's takes, in the order in which the takes were stored.

        Not of follow-ups: those are no questions that come back.

        Args:
            session_id: only those of this session.
        """
        within = "" if session_id is None else "AND turns.session_id = :session_id"
        with translated_errors(self._path):
            found = self._db.execute(
                f"""
                SELECT turns.prompt_id, turns.session_id, turns.number, sessions.started_at, grades.*
                FROM grades JOIN turns ON turns.id = grades.turn_id
                    JOIN sessions ON sessions.id = turns.session_id
                WHERE turns.part = 'interview' AND turns.follow_up_of IS NULL {within} ORDER BY turns.id
                """,
                {"session_id": session_id},
            )
            return [
                Graded(
                    row["prompt_id"],
                    row["session_id"],
                    row["turn_id"],
                    row["number"],
                    row["grade"],
                    bool(row["own"]),
                    row["at"],
                    row["started_at"],
                )
                for row in found
            ]

    # Answers, to be measured

    def answers(
        self, since: date | None = None, until: date | None = None
    ) -> list[tuple[int, str, Turn, Answer]]:
        """Every answer given in an interview that has words, with its session's id and when that began; of
        the sessions that began on these days or between them, if days are named.

        The oldest first; without those in which somebody in danger was met: how well it was said is no matter
        there. Measures are not stored: they are made anew from this, so that a better rule holds for all that
        was ever said.
        """
        with translated_errors(self._path):
            found = self._db.execute(
                """
                SELECT turns.*, sessions.started_at
                FROM turns JOIN sessions ON sessions.id = turns.session_id
                WHERE part = 'interview' AND turns.status IN ('answered', 'unfinished')
                    AND transcript IS NOT NULL
                    AND substr(sessions.started_at, 1, 10) BETWEEN ? AND ?
                    AND NOT EXISTS (
                        SELECT 1 FROM turns AS next
                        WHERE next.session_id = turns.session_id AND next.number = turns.number + 1
                            AND next.prompt_id = 'crisis'
                    )
                ORDER BY turns.id
                """,
                [since.isoformat() if since else "", until.isoformat() if until else "~"],
            )
            return [
                (
                    row["session_id"],
                    row["started_at"],
                    records.turn_from_row(row),
                    records.answer_from_row(row),
                )
                for row in found
            ]

    def answer(self, turn_id: int) -> Answer:
        """One answer, to be measured.

        Raises:
            GreenroomError: there is no such turn.
        """
        with translated_errors(self._path):
            row = self._db.execute("SELECT * FROM turns WHERE id = ?", [turn_id]).fetchone()
        if row is None:
            raise GreenroomError(
                f"There is no turn with the id {turn_id}.", "`greenroom list` shows what there is."
            )
        return records.answer_from_row(row)

    # The person's own points for a question

    def set_points(self, prompt_id: str, texts: Sequence[str], at: str) -> None:
        """Store what they want to say to a question; it replaces what was stored before."""
        with writing(self._db, self._path):
            self._db.execute("DELETE FROM points WHERE prompt_id = ?", [prompt_id])
            for text in texts:
                rows.insert(self._db, "points", {"prompt_id": prompt_id, "set_at": at, "text": text})

    def points(self, prompt_id: str) -> tuple[str, ...]:
        """What they want to say to a question, in their own order."""
        with translated_errors(self._path):
            found = self._db.execute("SELECT text FROM points WHERE prompt_id = ? ORDER BY id", [prompt_id])
            return tuple(row["text"] for row in found)

    # What they want to leave with a panel

    def set_messages(
        self, texts: Sequence[str], at: str, company: str | None = None, role: str | None = None
    ) -> None:
        """Store what the person wants to leave with a panel; it replaces what was stored for the same one.

        Capital letters make no other panel.
        """
        with writing(self._db, self._path):
            panel = panel_of(company, role)
            kept = self._db.execute("SELECT id, company, role FROM messages").fetchall()
            old = [row["id"] for row in kept if panel_of(row["company"], row["role"]) == panel]
            self._db.executemany("DELETE FROM messages WHERE id = ?", [[one] for one in old])
            for text in texts:
                rows.insert(
                    self._db, "messages", {"set_at": at, "text": text, "company": company, "role": role}
                )

    def message_sets(self) -> list[MessageSet]:
        """Everything they want to leave with somebody, by whom it is for: every panel first."""
        with translated_errors(self._path):
            found = self._db.execute("SELECT text, company, role FROM messages ORDER BY id").fetchall()
        sets: dict[tuple[str | None, str | None], list[str]] = {}
        for row in found:
            sets.setdefault((row["company"], row["role"]), []).append(row["text"])
        order = sorted(sets, key=lambda key: (key != (None, None), *(name or "" for name in panel_of(*key))))
        return [MessageSet(*key, tuple(sets[key])) for key in order]

    def messages(self, company: str | None = None, role: str | None = None) -> tuple[str, ...]:
        """What they want to leave with this panel, in their own order.

        Those for the company and the role if there are any, else for the company, else for the role, else
        for every panel. Capital letters make no difference.
        """
        with translated_errors(self._path):
            found = self._db.execute("SELECT text, company, role FROM messages ORDER BY id").fetchall()
        here = panel_of(company, role)
        for wanted in dict.fromkeys((here, (here[0], None), (None, here[1]), (None, None))):
            texts = [row["text"] for row in found if panel_of(row["company"], row["role"]) == wanted]
            if texts:
                return tuple(texts)
        return ()


def panel_of(company: str | None, role: str | None) -> tuple[str | None, str | None]:
    """Both as panels are told apart: capital letters and spaces make no other one."""
    return _plain(company), _plain(role)


def _plain(name: str | None) -> str | None:
    return " ".join(name.casefold().split()) if name else None
