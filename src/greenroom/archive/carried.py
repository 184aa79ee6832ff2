"""What other sessions carry along of a deleted one, where nobody sees it.

A log begins with all that its script may know, and that is what was named, wanted and told in earlier
debriefs, in the words of those; sentences made of it follow. What a session asked for everybody to see, what
was answered there and noted, is its own, and stays.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from typing import Any

from greenroom.archive.records import to_json
from greenroom.archive.reference import retakes_of

GONE = "…"
"""Stands where the words were."""


def forget_carried(db: sqlite3.Connection, ids: Collection[int]) -> None:
    """Take the words of these sessions out of the logs of all others, and the points for their questions.

    Within the transaction that deletes them, and before: their successes are known by their words alone.
    """
    ids = frozenset(ids)
    successes = _successes_only_of(db, ids)
    found = db.execute("SELECT id, session_id FROM log WHERE instr(entry, '\"plan\"')").fetchall()
    for row_id, session_id in found:
        if session_id in ids:
            continue
        plan = _entry(db, row_id)
        words = list(_taken_out(plan, ids, successes))
        if words:
            db.execute("UPDATE log SET entry = ? WHERE id = ?", [to_json(plan), row_id])
            _take_out_of_sentences(db, session_id, words)
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'points'").fetchone():  # an old backup has none
        db.executemany("DELETE FROM points WHERE prompt_id GLOB ?", [[retakes_of(one)] for one in ids])


def _successes_only_of(db: sqlite3.Connection, ids: Collection[int]) -> set[str]:
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for session_id, text in db.execute("SELECT session_id, text FROM items WHERE kind = 'success'"):
        told[session_id in ids].add(text)
    return told[True] - told[False]


def _taken_out(plan: dict[str, Any], ids: Collection[int], successes: Collection[str]) -> Iterator[str]:
    """Take what came from these sessions out of a plan's history; the words that were there."""
    history = plan.get("history")
    if plan.get("entry") != "plan" or not isinstance(history, dict):
        return
    for name, told in history.items():
        if not isinstance(told, list):
            continue  # the debrief looked at again is its own session
        left = []
        for one in told:
            if isinstance(one, dict) and one.get("session") in ids:
                yield from (one[key] for key in ("words", "text") if isinstance(one.get(key), str))
            elif isinstance(one, str) and name == "successes" and one in successes:
                yield one
            else:
                left.append(one)
        history[name] = left


def _take_out_of_sentences(db: sqlite3.Connection, session_id: int, words: Collection[str]) -> None:
    """They stand in sentences without the full stop at their end."""
    told = sorted({text.rstrip(" .!") for text in words} - {""}, key=len, reverse=True)
    rows = db.execute(
        "SELECT id FROM log WHERE session_id = ? AND instr(entry, '\"say\"')", [session_id]
    ).fetchall()
    for (row_id,) in rows:
        entry = _entry(db, row_id)
        if entry.get("entry") != "say":
            continue
        said = text = str(entry["act"]["text"])
        for one in told:
            text = text.replace(one, GONE)
        if text != said:
            entry["act"]["text"] = text
            db.execute("UPDATE log SET entry = ? WHERE id = ?", [to_json(entry), row_id])


def _entry(db: sqlite3.Connection, row_id: int) -> dict[str, Any]:
    """An entry of a log; empty when it is none, whoever wrote it."""
    text = db.execute("SELECT entry FROM log WHERE id = ?", [row_id]).fetchone()[0]
    try:
        entry = json.loads(text)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}
