"""Rows in and out: the few statements that sessions, turns, items and the log share."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from greenroom.archive.erasure import no_session


def insert(db: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> int:
    """A new row; its id comes back. Table and columns are ours, never a person's."""
    marks = ", ".join("?" for _ in row)
    cursor = db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(db: sqlite3.Connection, table: str, row_id: int, values: Mapping[str, Any]) -> int:
    """Change a row; how many there were (0 or 1) comes back."""
    columns = ", ".join(f"{name} = ?" for name in values)
    return db.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*values.values(), row_id)).rowcount


def next_number(db: sqlite3.Connection, table: str, column: str, session_id: int) -> int:
    """The next number in the session; 1 for its first row."""
    row = db.execute(
        f"SELECT coalesce(max({column}), 0) + 1 FROM {table} WHERE session_id = ?", [session_id]
    ).fetchone()
    number: int = row[0]
    return number


def check_session(db: sqlite3.Connection, session_id: int) -> None:
    """Raises GreenroomError when there is no such session."""
    if db.execute("SELECT 1 FROM sessions WHERE id = ?", [session_id]).fetchone() is None:
        raise no_session(session_id)


def now() -> str:
    """This moment, as every time is stored: ISO 8601 with its offset, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
