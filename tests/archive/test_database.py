"""The database opens private, whole and current, or says plainly why not and is left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from greenroom.archive import Archive
from greenroom.archive.database import BUSY_TIMEOUT_S, connect, translated_errors, writing
from greenroom.errors import GreenroomError
from greenroom.types import PauseHistory, Span

FROZEN = Path(__file__).parent / "frozen"


def schema(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        return sorted(sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))


def frozen(home: Path, name: str) -> Path:
    """A database as a program of that time left it."""
    home.mkdir()
    path = home / "greenroom.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript((FROZEN / name).read_text())
    return path


def test_a_blank_home_becomes_a_database(home: Path) -> None:
    with Archive.open(home) as archive:
        assert archive.sessions() == []
        assert archive.integrity() == "ok"
    with closing(connect(home / "greenroom.db")) as db:
        names = [name for (name,) in db.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
        assert names == [
            "m001_sessions",
            "m002_full_text",
            "m003_listening",
            "m004_afterwards",
            "m005_coaching",
            "m006_open",
            "m007_meanings",
        ]
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert not (home / "backups").exists()


def test_every_connection_has_the_archives_settings(home: Path) -> None:
    Archive.open(home).close()
    with closing(connect(home / "greenroom.db")) as db:
        pragmas = ("foreign_keys", "secure_delete", "temp_store", "synchronous", "busy_timeout")
        settings = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert settings == [1, 1, 2, 2, 1000 * BUSY_TIMEOUT_S]


def test_a_database_of_the_first_migration_is_backed_up_and_migrated(home: Path, tmp_path: Path) -> None:
    frozen(home, "m001.sql")
    with Archive.open(home) as archive:
        assert archive.session(1).turns[0].transcript == "I argued about a rollback."
        assert [hit.turn for hit in archive.search("rollback")] == [1]
        assert [hit.kind for hit in archive.search("listened")] == ["item"]
    (backup,) = (home / "backups").iterdir()
    assert backup.name.startswith("greenroom-before-m002_full_text-")
    assert backup.suffix == ".db"
    assert backup.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT transcript FROM turns").fetchall() == [("I argued about a rollback.",)]
        assert copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'turns_fts'").fetchone() == (0,)
    Archive.open(tmp_path / "blank").close()
    assert schema(home) == schema(tmp_path / "blank")


def test_a_database_of_the_second_migration_is_backed_up_and_migrated(home: Path, tmp_path: Path) -> None:
    frozen(home, "m002.sql")
    with Archive.open(home) as archive:
        turn = archive.session(1).turns[0]
        assert (turn.transcript, turn.transcript_is) == ("I, um, argued about a naïve rollback.", "stitched")
        assert archive.voiced(turn.id) == (Span(2.6, 4.1), Span(5.0, 7.5))
        assert archive.left_out(turn.id) == ()
        assert archive.pause_history() == PauseHistory()  # nobody knows who or what gave that answer
        assert [hit.turn for hit in archive.search("naive")] == [1]
        assert len(archive.log(2)) == 8
    (backup,) = (home / "backups").iterdir()
    assert backup.name.startswith("greenroom-before-m003_listening-")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT count(*) FROM turns").fetchone() == (5,)
        assert "live" not in {row[1] for row in copy.execute("PRAGMA table_info(turns)")}
    Archive.open(tmp_path / "blank").close()
    assert schema(home) == schema(tmp_path / "blank")


def test_a_database_of_the_third_migration_is_backed_up_and_migrated(home: Path, tmp_path: Path) -> None:
    frozen(home, "m003.sql")
    with Archive.open(home) as archive:
        assert archive.session(1).turns[0].transcript_is == "final"
        debrief = archive.session(2)
        assert [(item.kind, item.happy, item.parent) for item in debrief.items] == [
            ("feeling", None, None),
            ("question", False, None),
            ("factor", None, 3),
        ]
        assert (debrief.ratings, debrief.outcome, debrief.feedback) == ((), None, ())
        assert archive.pause_history().reopened_after_s == (2.6,)
        archive.rate(2, "first", "gut", 6)
        assert archive.session(2).ratings == ({"phase": "first", "name": "gut", "value": 6},)
        assert len(archive.log(2)) == 3
    (backup,) = (home / "backups").iterdir()
    assert backup.name.startswith("greenroom-before-m004_afterwards-")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT count(*) FROM items").fetchone() == (4,)
        assert copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'ratings'").fetchone() == (0,)
    Archive.open(tmp_path / "blank").close()
    assert schema(home) == schema(tmp_path / "blank")


def test_a_database_of_the_fourth_migration_is_backed_up_and_migrated(home: Path, tmp_path: Path) -> None:
    frozen(home, "m004.sql")
    with Archive.open(home) as archive:
        debrief = archive.session(2)
        assert debrief.ratings == (
            {"phase": "first", "name": "gut", "value": 4},
            {"phase": "first", "name": "sleep", "value": 2},
        )
        assert debrief.outcome == {"value": "next-round", "on": "2026-02-06"}
        assert [(one.who, one.text) for one in debrief.feedback] == [("Zoë", "You sounded calm.")]
        assert [hit.kind for hit in archive.search("zoe")] == ["feedback"]
        # What was for every panel is still for every panel.
        assert archive.messages("Acme", "Clerk") == (
            "I ship small things early.",
            "I listen before I decide.",
        )
        assert (archive.graded(), archive.points("conflict")) == ([], ())
        archive.set_messages(["I ask."], "2026-02-08T10:00:00+01:00", company="Acme")
        assert (archive.messages("acme"), len(archive.messages())) == (("I ask.",), 2)
        archive.grade(1, 1, "hard", own=True)
        assert [(one.prompt_id, one.grade, one.own) for one in archive.graded()] == [
            ("conflict", "hard", True)
        ]
        ((session_id, started_at, turn, given),) = archive.answers()
        assert (session_id, started_at[:10], turn.number, given.verbatim) == (1, "2026-02-01", 1, True)
    (backup,) = (home / "backups").iterdir()
    assert backup.name.startswith("greenroom-before-m005_coaching-")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT count(*) FROM messages").fetchone() == (2,)
        assert "company" not in {row[1] for row in copy.execute("PRAGMA table_info(messages)")}
        assert copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'grades'").fetchone() == (0,)
    Archive.open(tmp_path / "blank").close()
    assert schema(home) == schema(tmp_path / "blank")


def test_a_database_of_the_fifth_migration_is_backed_up_and_migrated(home: Path, tmp_path: Path) -> None:
    frozen(home, "m005.sql")
    with Archive.open(home) as archive:
        assert [turn.transcript for turn in archive.session(1).turns] == [
            "I, um, argued about a naïve rollback.",
            "I had, uh, learned what I could.",
        ]
        assert archive.grade_of(1, 1) == ("hard", True, "2026-02-01T18:20:00+01:00")
        assert archive.points("conflict") == ("The rollback plan.",)
        assert archive.messages("acme", "clerk") == ("I ask before I build.",)
        # Not a word of an answer is corrected yet, and what was heard is found as before.
        assert [(hit.session_id, hit.turn) for hit in archive.search("naive")] == [(1, 1)]
    (backup,) = (home / "backups").iterdir()
    assert backup.name.startswith("greenroom-before-m006_open-")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT count(*) FROM turns").fetchone() == (4,)
        assert copy.execute("SELECT count(*) FROM sqlite_master WHERE type = 'view'").fetchone() == (0,)
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        assert db.execute("SELECT moment, grade, fillers FROM answers").fetchall() == [
            ("1.1", "hard", 1),
            ("1.2", "good", 1),
        ]
        assert db.execute("SELECT id, gut_first, outcome, factors FROM debriefs").fetchall() == [
            (2, 4, "next-round", "tired")
        ]
    Archive.open(tmp_path / "blank").close()
    assert schema(home) == schema(tmp_path / "blank")


def test_a_correction_takes_the_place_of_the_words_in_the_index(home: Path) -> None:
    frozen(home, "m005.sql")
    with Archive.open(home) as archive:
        with closing(connect(home / "greenroom.db")) as db:
            db.execute("UPDATE turns SET corrected = 'I argued about a new rollback.' WHERE id = 1")
        assert (archive.search("naive"), len(archive.search("new rollback"))) == ([], 1)
        with closing(connect(home / "greenroom.db")) as db:
            db.execute("UPDATE turns SET corrected = NULL WHERE id = 1")
        assert (len(archive.search("naive")), archive.search("new rollback")) == (1, [])
        archive.delete(1)
        assert archive.search("rollback") == []


def test_what_is_of_no_session_is_backed_up_too(home: Path) -> None:
    path = frozen(home, "m004.sql")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM sessions")
    Archive.open(home).close()
    (backup,) = (home / "backups").iterdir()
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT count(*) FROM messages").fetchone() == (2,)


def test_a_migrated_database_is_not_backed_up_again(home: Path) -> None:
    frozen(home, "m001.sql")
    for _ in range(3):
        Archive.open(home).close()
    assert len(list((home / "backups").iterdir())) == 1


def test_a_failed_migration_leaves_the_database_as_it_was(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = frozen(home, "m001.sql")
    before = schema(home)

    def m002_full_text(db: object) -> None:
        db.execute("CREATE TABLE half_done (id)")  # type: ignore[attr-defined]
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("greenroom.archive.migrations._index", lambda db, *rest: m002_full_text(db))
    with pytest.raises(GreenroomError):
        Archive.open(home)
    assert schema(home) == before
    monkeypatch.undo()
    with Archive.open(home) as archive:
        assert len(archive.search("rollback")) == 1
    assert path.exists()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_folders_are_0700_and_files_0600_whatever_the_umask(home: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with Archive.open(home) as archive:
            session_id = archive.start_session("practice")
            archive.session_audio_dir(session_id)
            modes = {
                path.relative_to(home.parent).as_posix(): oct(path.stat().st_mode & 0o777)
                for path in (home, *home.rglob("*"))
            }
    finally:
        os.umask(before)
    assert modes == {
        "home": "0o700",
        "home/audio": "0o700",
        "home/audio/1": "0o700",
        "home/greenroom.db": "0o600",
        "home/greenroom.db-shm": "0o600",
        "home/greenroom.db-wal": "0o600",
        "home/running": "0o700",
        "home/running/1.lock": "0o600",
        "home/running/migration.lock": "0o600",
    }


def test_a_home_that_stood_open_is_closed(home: Path) -> None:
    frozen(home, "m001.sql").chmod(0o644)
    (home / "config.toml").touch()
    for folder in ("exports", "models"):
        (home / folder).mkdir()
    home.chmod(0o755)
    with Archive.open(home):
        assert home.stat().st_mode & 0o777 == 0o700
        assert (home / "greenroom.db").stat().st_mode & 0o777 == 0o600


def test_a_folder_with_other_things_in_it_keeps_its_mode(home: Path) -> None:
    home.mkdir()
    home.chmod(0o755)
    (home / "thesis.odt").touch()
    for _ in range(2):
        with Archive.open(home):
            assert home.stat().st_mode & 0o777 == 0o755
            assert (home / "greenroom.db").stat().st_mode & 0o777 == 0o600


def test_a_newer_database_is_refused_and_untouched(home: Path) -> None:
    Archive.open(home).close()
    path = home / "greenroom.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO _sqlite_migrations VALUES (99, 'greenroom', 'm099_dreams', '2036-01-01')")
        # Another program's migrations in the same file are none of our business.
        db.execute("INSERT INTO _sqlite_migrations VALUES (98, 'llm', 'm001', '2026-01-01')")
    before = path.read_bytes()
    with pytest.raises(GreenroomError, match=r"written by a newer greenroom \(m099_dreams\)") as caught:
        Archive.open(home)
    assert caught.value.remedy.startswith("Update greenroom")
    assert path.read_bytes() == before


def damage_nothing_like_it(whole: bytes) -> bytes:
    return b"Dear diary,\n" * 500


def damage_short(whole: bytes) -> bytes:
    return b"x"


def damage_zeros(whole: bytes) -> bytes:
    return bytes(4096)


def damage_half(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def damage_schema(whole: bytes) -> bytes:
    return whole[:100] + b"\xff" * 3996 + whole[4096:]


@pytest.mark.parametrize(
    "damage", [damage_nothing_like_it, damage_short, damage_zeros, damage_half, damage_schema]
)
def test_a_damaged_database_is_refused_and_untouched(home: Path, damage: Callable[[bytes], bytes]) -> None:
    with Archive.open(home) as archive:
        archive.start_session("practice")
    path = home / "greenroom.db"
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(GreenroomError, match="is damaged, or is no greenroom database") as caught:
        Archive.open(home)
    assert caught.value.remedy.startswith("Move it aside, delete nothing")
    assert path.read_bytes() == before


def test_an_old_database_damaged_further_in_is_not_migrated(home: Path) -> None:
    path = frozen(home, "m001.sql")
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'log'").fetchone()
    path.write_bytes(whole[: (page - 1) * 4096] + b"\xff" * 4096 + whole[page * 4096 :])
    before = path.read_bytes()
    with pytest.raises(GreenroomError, match="is damaged"):
        Archive.open(home)
    assert path.read_bytes() == before


def test_damage_found_later_is_said_by_integrity_and_not_raised(home: Path) -> None:
    with Archive.open(home) as archive:
        session_id = archive.start_session("practice")
        archive.start_turn(session_id, part="interview", prompt_id="x", prompt="X?")
    path = home / "greenroom.db"
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'turns'").fetchone()
    path.write_bytes(whole[: (page - 1) * 4096] + b"\xff" * 4096 + whole[page * 4096 :])
    with Archive.open(home) as archive:
        assert archive.integrity() != "ok"
        with pytest.raises(GreenroomError, match="is damaged"):
            archive.session(session_id)


@contextmanager
def unprivileged_home() -> Iterator[Path]:
    """A home of an ordinary user, and only that user's rights: root may write anywhere."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        # What is imported lazily may lie where the ordinary user may not read.
        Archive.open(Path(folder) / "warm").close()
        if os.geteuid() != 0:
            yield home
            return
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
        try:
            yield home
        finally:
            os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="POSIX modes")
@pytest.mark.parametrize("what", ["greenroom.db", "."])
def test_a_read_only_database_or_folder_is_said_plainly(what: str) -> None:
    with unprivileged_home() as home:
        Archive.open(home).close()
        mode = (home / what).stat().st_mode & 0o777
        (home / what).chmod(mode & 0o555)
        try:
            with pytest.raises(GreenroomError, match=r"greenroom\.db is read-only") as caught:
                Archive.open(home)
        finally:
            (home / what).chmod(mode)
        assert "GREENROOM_HOME" in caught.value.remedy
        Archive.open(home).close()


def test_a_home_that_is_a_file_is_said_plainly(home: Path) -> None:
    home.touch()
    with pytest.raises(GreenroomError, match="cannot be used"):
        Archive.open(home)


def test_a_full_disk_is_said_plainly_and_what_was_stored_is_whole(home: Path) -> None:
    Archive.open(home).close()
    path = home / "greenroom.db"
    insert = "INSERT INTO sessions (kind, status, started_at, company) VALUES ('practice', 'finished', '', ?)"
    with closing(connect(path)) as db:
        with writing(db, path):
            db.execute(insert, ["Acme"])
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(GreenroomError, match="The disk is full"), writing(db, path):
            db.execute(insert, ["small"])
            db.execute(insert, ["x" * 100_000])
        assert not db.in_transaction
        assert [company for (company,) in db.execute("SELECT company FROM sessions")] == ["Acme"]
    with Archive.open(home) as archive:
        assert archive.integrity() == "ok"


@pytest.mark.parametrize(("free", "said"), [(8_192, "The disk is full"), (10**9, "disk I/O error")])
def test_a_disk_with_no_room_for_a_helper_file_is_full(
    home: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    usage = shutil.disk_usage(home.parent)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(GreenroomError, match=said), translated_errors(home / "greenroom.db"):
        raise error


def test_a_busy_database_is_said_plainly(home: Path) -> None:
    Archive.open(home).close()
    path = home / "greenroom.db"
    with closing(connect(path)) as one, closing(connect(path)) as other:
        other.execute("PRAGMA busy_timeout = 10")
        with (
            writing(one, path),
            pytest.raises(GreenroomError, match="another greenroom has been writing"),
            writing(other, path),
        ):
            pytest.fail("two wrote at once")


def test_other_errors_of_sqlite_are_said_and_our_own_mistakes_are_not_hidden(home: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        with pytest.raises(GreenroomError, match="no such table: nowhere"), translated_errors(home):
            db.execute("SELECT * FROM nowhere")
        with pytest.raises(sqlite3.ProgrammingError), translated_errors(home):
            db.execute("SELECT ?", [])


def test_an_interrupt_in_the_middle_of_a_transaction_stores_nothing_of_it(home: Path) -> None:
    Archive.open(home).close()
    path = home / "greenroom.db"
    with closing(connect(path)) as db:
        with pytest.raises(KeyboardInterrupt), writing(db, path):
            db.execute("INSERT INTO sessions (kind, status, started_at) VALUES ('practice', 'running', '')")
            raise KeyboardInterrupt
        assert db.execute("SELECT count(*) FROM sessions").fetchone()[0] == 0
