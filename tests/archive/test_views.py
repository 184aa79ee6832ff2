"""The database as other programs see it: two views, foreign keys, and a document that tells every column."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from greenroom.archive import Archive
from greenroom.types import Transcript
from well_filled import fill

DOCUMENT = Path(__file__).parents[2] / "docs" / "database.md"


@pytest.fixture
def db(archive: Archive) -> Database:
    fill(archive)
    return Database(archive.home / "greenroom.db")


def documented() -> dict[str, list[str]]:
    """The columns under each heading of the document, in order."""
    found = {}
    for part in re.split(r"^### ", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        found[name.strip()] = re.findall(r"^\| `(\w+)` \|", body, re.MULTILINE)
    return found


def test_the_document_tells_each_table_and_view_with_each_column(archive: Archive) -> None:
    with closing(sqlite3.connect(archive.home / "greenroom.db")) as plain:
        names = [
            name
            for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
            if "_fts" not in name and not name.startswith(("sqlite_", "_sqlite_"))
        ]
        real = {
            name: [row[1] for row in plain.execute(f"PRAGMA table_xinfo({name})") if row[6] != 1]
            for name in names
        }
    assert documented() == real


def test_the_view_of_answers_reads_like_a_table_of_them(db: Database) -> None:
    rows = list(db["answers"].rows)
    assert [(row["moment"], row["question_id"]) for row in rows] == [
        ("2.1", "conflict"),
        ("3.1", "debrief-1-2"),
    ]
    first = rows[0]
    assert first["answer"] == "So, um, we tried Kubernetes and it worked."
    assert (first["is_corrected"], first["fillers"], first["fillers_per_minute"]) == (1, 1, 15.0)
    assert (first["company"], first["grade"], first["grade_is_own"]) == ("Acme", "hard", 1)
    assert (rows[1]["is_corrected"], rows[1]["grade"], rows[1]["model"]) == (0, None, "typed")


def test_the_view_of_debriefs_sums_each_up(db: Database) -> None:
    (row,) = db["debriefs"].rows
    assert (row["id"], row["company"], row["gut_first"], row["gut_second"]) == (1, "Acme", 4, 6)
    assert (row["outcome"], row["outcome_on"]) == ("next-round", "2026-02-03")
    assert (row["questions"], row["unhappy_questions"], row["factors"]) == (2, 1, "tired")
    assert (row["actions"], row["successes"], row["feedback"], row["has_second_look"]) == (3, 1, 1, 1)


def test_an_answer_after_which_somebody_in_danger_was_met_is_in_no_view(archive: Archive) -> None:
    session = archive.start_session("practice")
    for prompt_id in ("conflict", "crisis-check", "crisis"):
        turn = archive.start_turn(session, part="interview", prompt_id=prompt_id, prompt="?")
        archive.store_transcript(
            turn.id, Transcript("Words.", (), "typed", "final"), timing=None, fillers=None, status="answered"
        )
    assert list(Database(archive.home / "greenroom.db")["answers"].rows) == []


def test_foreign_keys_lead_from_each_table_to_its_session(db: Database) -> None:
    leads = {(table.name, key.column, key.other_table) for table in db.tables for key in table.foreign_keys}
    assert leads == {
        ("turns", "session_id", "sessions"),
        ("items", "session_id", "sessions"),
        ("items", "parent", "items"),
        ("log", "session_id", "sessions"),
        ("ratings", "session_id", "sessions"),
        ("outcomes", "session_id", "sessions"),
        ("feedback", "session_id", "sessions"),
        ("grades", "turn_id", "turns"),
        ("drafts", "turn_id", "turns"),
        ("terms", "turn_id", "turns"),
        ("exports", "session_id", "sessions"),
        ("meanings", "turn_id", "turns"),
        ("meanings", "item_id", "items"),
        ("meanings", "feedback_id", "feedback"),
    }


def test_the_search_that_the_document_shows_finds_something(db: Database) -> None:
    (shown,) = re.findall(r"```sql\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert db.execute(shown.replace("rollback", "kubernetes")).fetchall() == [
        ("2.1", "So, um, we tried Kubernetes and it worked.")
    ]


def test_what_every_start_asks_of_recordings_reads_an_index(archive: Archive) -> None:
    fill(archive)
    asked: list[str] = []
    archive._db.set_trace_callback(asked.append)
    archive.let_go_of_audio(90)
    archive.unmended_ids()
    archive._db.set_trace_callback(None)
    plans = [
        " ".join(row["detail"] for row in archive._db.execute(f"EXPLAIN QUERY PLAN {query}"))
        for query in asked
        if "FROM turns" in query
    ]
    assert ["turns_with_audio" in plan or "turns_unmended" in plan for plan in plans] == [True, True], plans
