"""Whole sessions go out and come in again, every column of every row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from greenroom.archive import Archive
from greenroom.archive.exchange import FEEDBACK, ITEM, OPENED, SESSION, TIMING, TURN
from well_filled import AT, SPOKEN, fill


def columns(home: Path, table: str) -> set[str]:
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        return {row[1] for row in db.execute(f"PRAGMA table_info({table})")}


def test_what_goes_out_comes_in_again_in_another_home(archive: Archive, tmp_path: Path) -> None:
    ids = fill(archive)
    whole = [archive.whole(one) for one in ids]
    with Archive.open(tmp_path / "other") as other:
        for one in whole:
            other.put_whole(one)
        assert [other.whole(one) for one in ids] == whole
        assert [other.session(one) for one in ids] == [archive.session(one) for one in ids]
        assert [other.log(one) for one in ids] == [archive.log(one) for one in ids]
        assert other.put_apart(archive.apart()) == []
        assert (other.apart(), other.terms()) == (archive.apart(), archive.terms())
        # The index knows what came in.
        assert [(hit.session_id, hit.turn) for hit in other.search("kubernetes")] == [(2, 1)]


def test_a_session_is_told_with_all_that_is_known_of_it(archive: Archive) -> None:
    _, practice, _ = fill(archive)
    whole = archive.whole(practice)
    (spoken, skipped) = whole["turns"]
    assert (spoken["transcript"], spoken["corrected"]) == (
        SPOKEN,
        "So, um, we tried Kubernetes and it worked.",
    )
    assert spoken["voiced"] == [{"start_s": 1.0, "end_s": 2.5}, {"start_s": 3.0, "end_s": 5.0}]
    assert (spoken["left_out"], spoken["reopened_after_s"]) == ([{"start_s": 5.5, "end_s": 6.0}], [2.6])
    assert (spoken["live"], spoken["question_ended_s"]) == (True, -0.5)
    assert spoken["timing"] == {
        "thinking_s": 1.5,
        "answer_s": 4.0,
        "speaking_s": 3.5,
        "longest_pause_s": 0.5,
        "words_per_minute": 130.25,
    }
    assert spoken["grade"] == {"grade": "hard", "own": True, "at": AT}
    assert spoken["terms"] == [{"kind": "term", "text": "Kubernetes", "heard": "it", "at": AT}]
    assert (skipped["status"], skipped["timing"], skipped["words"], skipped["grade"]) == (
        "skipped",
        None,
        None,
        None,
    )
    assert [one["entry"]["entry"] for one in whole["log"]] == ["plan", "ask", "heard", "keep"]


def test_no_column_is_forgotten(archive: Archive) -> None:
    """A column that a migration adds must be carried too, or its session comes back without it."""
    home = archive.home
    assert columns(home, "sessions") == set(SESSION)
    assert columns(home, "turns") == {*TURN, *TIMING, *OPENED.values(), "session_id", "live"}
    assert columns(home, "items") == {*ITEM, "session_id"}
    assert columns(home, "feedback") == {*FEEDBACK, "session_id"}
    assert columns(home, "ratings") == {"id", "session_id", "phase", "name", "value"}
    assert columns(home, "outcomes") == {"session_id", "value", "on_date"}
    assert columns(home, "grades") == {"turn_id", "grade", "own", "at"}
    assert columns(home, "log") == {"id", "session_id", "seq", "at", "entry"}
    assert columns(home, "messages") == {"id", "set_at", "text", "company", "role"}
    assert columns(home, "points") == {"id", "prompt_id", "set_at", "text"}
    assert columns(home, "terms") == {"id", "kind", "text", "heard", "turn_id", "at"}
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    own = {name for name in tables if "_fts" not in name and not name.startswith(("sqlite_", "_sqlite_"))}
    carried = {"sessions", "turns", "items", "feedback", "ratings", "outcomes", "grades", "log"}
    apart = {"messages", "points", "terms"}
    made_again = {"drafts", "exports", "meanings"}
    assert own == carried | apart | made_again


def test_what_is_here_apart_from_sessions_stays(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    with Archive.open(tmp_path / "other") as other:
        other.set_messages(["I listen."], AT, company="acme", role="CLERK")
        other.set_points("conflict", ["The rollback plan."], AT)
        assert other.put_apart(archive.apart()) == ["Acme, Clerk"]
        assert other.messages("acme", "clerk") == ("I listen.",)
        assert other.messages() == ("I ship small things early.",)
        # What was learned from an answer goes with that.
        assert [term.text for term in other.terms()] == ["Zoë"]


def test_a_number_is_taken_by_a_row_or_by_a_folder_of_recordings(archive: Archive) -> None:
    assert (archive.taken("sessions"), archive.last_number("sessions")) == (frozenset(), 0)
    archive.end_session(archive.start_session("practice"), "finished")
    archive.end_session(archive.start_session("practice"), "finished")
    archive.delete(2)
    (archive.audio_dir / "9").mkdir()
    (archive.audio_dir / "incoming-x").mkdir()
    assert archive.taken("sessions") == {1, 9}
    assert archive.last_number("sessions") == 2
    assert (archive.taken("items"), archive.last_number("items")) == (frozenset(), 0)


def test_a_term_that_is_known_here_stays_as_it_is(archive: Archive, tmp_path: Path) -> None:
    _, practice, _ = fill(archive)
    whole = archive.whole(practice)
    with Archive.open(tmp_path / "other") as other:
        other.put_apart(
            {
                "messages": [],
                "points": [],
                "terms": [{"kind": "term", "text": "Kubernetes", "heard": None, "at": AT}],
            }
        )
        other.put_whole(whole)
        assert [(term.text, term.heard, term.turn_id) for term in other.terms()] == [
            ("Kubernetes", None, None)
        ]
