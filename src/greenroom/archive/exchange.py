"""Whole sessions out and in again, as plain data: what an export holds and an import brings back.

The data is that of docs/export.md: every column of every row, JSON columns opened, numbers as stored.
What comes in must have been checked before (`review/export/check.py`); here it is only stored.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from greenroom.archive import rows
from greenroom.archive.coaching import panel_of
from greenroom.archive.database import reading, translated_errors, writing
from greenroom.archive.erasure import no_session
from greenroom.archive.records import to_json

Json: TypeAlias = dict[str, Any]

NUMBERED = ("sessions", "turns", "items", "feedback")
"""The tables whose rows are known by their numbers."""

SESSION = ("id", "kind", "status", "pack", "company", "role", "started_at", "ended_at")
TURN = (
    *("id", "number", "part", "phase", "take", "follow_up_of", "prompt_id", "prompt", "status", "audio"),
    *("audio_removed_at", "question_ended_s", "model", "transcript", "transcript_is", "corrected"),
)
TIMING = ("thinking_s", "answer_s", "speaking_s", "longest_pause_s", "words_per_minute")
OPENED = {
    "words": "words",
    "corrected_words": "corrected_words",
    "fillers": "fillers",
    "voiced": "voiced",
    "left_out": "left_out",
    "reopened_after_s": "reopened_after",
}
"""What is JSON in a column of a turn, by its name in an export."""
ITEM = ("id", "kind", "name", "text", "happy", "starred", "turn", "at_s", "parent")
FEEDBACK = ("id", "at", "who", "topic", "text")
TERM = ("kind", "text", "heard", "at")


class Exchange:
    """What `Archive` does with whole sessions. Errors as there."""

    home: Path
    _db: sqlite3.Connection
    _path: Path

    def session_ids(self) -> list[int]:
        """Every session, the one stored first first."""
        with translated_errors(self._path):
            return [row["id"] for row in self._db.execute("SELECT id FROM sessions ORDER BY id")]

    def whole(self, session_id: int) -> Json:
        """All that is stored of a session.

        Raises:
            GreenroomError: there is none with this id.
        """
        with reading(self._db, self._path):
            session = self._db.execute("SELECT * FROM sessions WHERE id = ?", [session_id]).fetchone()
            if session is None:
                raise no_session(session_id)
            outcome = self._db.execute("SELECT * FROM outcomes WHERE session_id = ?", [session_id]).fetchone()
            grades = {
                row["turn_id"]: {"grade": row["grade"], "own": bool(row["own"]), "at": row["at"]}
                for row in self._db.execute(
                    "SELECT * FROM grades WHERE turn_id IN (SELECT id FROM turns WHERE session_id = ?)",
                    [session_id],
                )
            }
            terms: dict[int, list[Json]] = {}
            for row in self._db.execute(
                """
                SELECT terms.* FROM terms JOIN turns ON turns.id = terms.turn_id
                WHERE turns.session_id = ? ORDER BY terms.id
                """,
                [session_id],
            ):
                terms.setdefault(row["turn_id"], []).append(_picked(row, TERM))
            return {
                **_picked(session, SESSION),
                "turns": [
                    _turn(row) | {"grade": grades.get(row["id"]), "terms": terms.get(row["id"], [])}
                    for row in self._of(session_id, "turns", "number")
                ],
                "items": [_item(row) for row in self._of(session_id, "items", "id")],
                "ratings": [
                    _picked(row, ("phase", "name", "value")) for row in self._of(session_id, "ratings", "id")
                ],
                "outcome": None if outcome is None else {"value": outcome["value"], "on": outcome["on_date"]},
                "feedback": [_picked(row, FEEDBACK) for row in self._of(session_id, "feedback", "id")],
                "log": [
                    {"at": row["at"], "entry": json.loads(row["entry"])}
                    for row in self._of(session_id, "log", "seq")
                ],
            }

    def apart(self) -> Json:
        """What is kept of no session: key messages, points for questions, the person's names and terms."""
        with reading(self._db, self._path):
            messages = self._db.execute("SELECT set_at, text, company, role FROM messages ORDER BY id")
            points = self._db.execute("SELECT prompt_id, set_at, text FROM points ORDER BY id")
            terms = self._db.execute(f"SELECT {', '.join(TERM)} FROM terms WHERE turn_id IS NULL ORDER BY id")
            return {
                "messages": [dict(row) for row in messages],
                "points": [dict(row) for row in points],
                "terms": [dict(row) for row in terms],
            }

    def taken(self, table: str) -> frozenset[int]:
        """The numbers in use in one of `NUMBERED`; of sessions also those with a folder of recordings."""
        assert table in NUMBERED
        with translated_errors(self._path):
            used = {row["id"] for row in self._db.execute(f"SELECT id FROM {table}")}
            if table == "sessions" and (self.home / "audio").is_dir():
                names = [folder.name for folder in (self.home / "audio").iterdir()]
                used |= {int(name) for name in names if name.isascii() and name.isdigit()}
        return frozenset(used)

    def last_number(self, table: str) -> int:
        """The highest number that one of `NUMBERED` has ever given, as far as that is known; 0 for none."""
        assert table in NUMBERED
        with translated_errors(self._path):
            row = self._db.execute(
                f"SELECT max((SELECT coalesce(max(id), 0) FROM {table}),"
                " coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0))",
                [table],
            ).fetchone()
        last: int = row[0]
        return last

    def known_by(self) -> dict[tuple[str, str, str | None], int]:
        """Each session by what makes it likely that another is the same: kind, beginning, first prompt."""
        with translated_errors(self._path):
            found = self._db.execute(
                """
                SELECT id, kind, started_at, (
                    SELECT prompt FROM turns WHERE session_id = sessions.id ORDER BY number LIMIT 1
                ) AS prompt
                FROM sessions ORDER BY id DESC
                """
            )
            return {(row["kind"], row["started_at"], row["prompt"]): row["id"] for row in found}

    def put_whole(self, session: Mapping[str, Any]) -> None:
        """Store a session under the numbers that it has, which must be free."""
        with writing(self._db, self._path):
            rows.insert(self._db, "sessions", {name: session[name] for name in SESSION})
            here = {"session_id": session["id"]}
            for turn in session["turns"]:
                rows.insert(self._db, "turns", here | _turn_columns(turn))
                if turn["grade"] is not None:
                    grade = turn["grade"]
                    rows.insert(
                        self._db,
                        "grades",
                        {
                            "turn_id": turn["id"],
                            "grade": grade["grade"],
                            "own": int(grade["own"]),
                            "at": grade["at"],
                        },
                    )
                self._put_terms(turn["terms"], turn["id"])
            for item in session["items"]:
                rows.insert(self._db, "items", here | {name: item[name] for name in ITEM})
            for rating in session["ratings"]:
                rows.insert(self._db, "ratings", here | dict(rating))
            if (outcome := session["outcome"]) is not None:
                rows.insert(
                    self._db, "outcomes", here | {"value": outcome["value"], "on_date": outcome["on"]}
                )
            for said in session["feedback"]:
                rows.insert(self._db, "feedback", here | {name: said[name] for name in FEEDBACK})
            for seq, entry in enumerate(session["log"], start=1):
                row = {"seq": seq, "at": entry["at"], "entry": to_json(entry["entry"])}
                rows.insert(self._db, "log", here | row)

    def put_apart(self, apart: Mapping[str, Any]) -> list[str]:
        """Store what belongs to no session, where there is nothing of the kind yet.

        A panel that has messages here keeps those, a question its points. A term that is here stays as it is.

        Returns:
            Whose messages and points stayed, as "Acme, Clerk" or the question's id; "" is every panel.
        """
        stayed = []
        with writing(self._db, self._path):
            messages = self._db.execute("SELECT company, role, text FROM messages ORDER BY id").fetchall()
            for (company, role), those in _by(("company", "role"), apart["messages"]).items():
                panel = panel_of(company, role)
                here = [row["text"] for row in messages if panel_of(row["company"], row["role"]) == panel]
                if self._stays("messages", here, those):
                    stayed.append(", ".join(part for part in (company, role) if part))
            for (prompt_id,), those in _by(("prompt_id",), apart["points"]).items():
                points = self._db.execute(
                    "SELECT text FROM points WHERE prompt_id = ? ORDER BY id", [prompt_id]
                )
                if self._stays("points", [row["text"] for row in points], those):
                    stayed.append(prompt_id)
            self._put_terms(apart["terms"], None)
        return stayed

    def _stays(self, table: str, here: Sequence[str], those: Sequence[Json]) -> bool:
        """Store those where there is nothing; whether something else is here, and stays."""
        if not here:
            for one in those:
                rows.insert(self._db, table, one)
        return bool(here) and list(here) != [one["text"] for one in those]

    def _put_terms(self, terms: Iterable[Json], turn_id: int | None) -> None:
        for term in terms:
            self._db.execute(
                """
                INSERT INTO terms (kind, text, heard, at, turn_id) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (kind, text) DO NOTHING
                """,
                [*(term[name] for name in TERM), turn_id],
            )

    def _of(self, session_id: int, table: str, order: str) -> Iterable[sqlite3.Row]:
        return self._db.execute(f"SELECT * FROM {table} WHERE session_id = ? ORDER BY {order}", [session_id])


def _picked(row: sqlite3.Row, names: Sequence[str]) -> Json:
    return {name: row[name] for name in names}


def _turn(row: sqlite3.Row) -> Json:
    timing = _picked(row, TIMING)
    return {
        **_picked(row, TURN),
        "live": bool(row["live"]),
        "timing": timing if any(value is not None for value in timing.values()) else None,
        **{name: None if row[column] is None else json.loads(row[column]) for name, column in OPENED.items()},
    }


def _turn_columns(turn: Mapping[str, Any]) -> Json:
    return {
        **{name: turn[name] for name in TURN},
        "live": int(turn["live"]),
        **(turn["timing"] or {}),
        **{column: None if turn[name] is None else to_json(turn[name]) for name, column in OPENED.items()},
    }


def _item(row: sqlite3.Row) -> Json:
    happy = None if row["happy"] is None else bool(row["happy"])
    return _picked(row, ITEM) | {"happy": happy, "starred": bool(row["starred"])}


def _by(columns: Sequence[str], those: Iterable[Json]) -> dict[tuple[Any, ...], list[Json]]:
    groups: dict[tuple[Any, ...], list[Json]] = {}
    for one in those:
        groups.setdefault(tuple(one[column] for column in columns), []).append(one)
    return groups
