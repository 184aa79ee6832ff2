"""What is deleted is gone: no word of it stays in any byte of the home."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from greenroom.archive import Archive, DeletedSession
from greenroom.archive.database import back_up, connect
from greenroom.errors import GreenroomError
from greenroom.types import Item, Transcript, Word


def bytes_of(home: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()).lower()


def invented(chance: random.Random) -> str:
    """A word nobody else has. Its last nine letters are looked for: an index may share beginnings."""
    return "".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(12))


def nine_letters_in(home: Path) -> set[bytes]:
    """Every nine letters in a row that an invented word could end on, in one pass."""
    runs = re.findall(rb"[bcdfghjklmnpqrstvwxz]{9,}", bytes_of(home))
    return {run[start : start + 9] for run in runs for start in range(len(run) - 8)}


def fill(archive: Archive, words: list[str]) -> int:
    """A session that has `words` in every place a word can be in, written as a real one is, step by step."""
    company, role, prompt, entry, item, voice, who, topic, feedback, rating, *said = words
    session_id = archive.start_session("practice", company=company, role=role)
    for take in (1, 2):
        turn = archive.start_turn(
            session_id, part="interview", prompt_id="x", prompt=f"About {prompt}?", take=take
        )
        archive.append_log(session_id, {"ask": entry})
        audio = archive.session_audio_dir(session_id) / f"0{take}.flac"
        audio.write_text(voice)
        archive.store_recording(turn.id, audio=f"audio/{session_id}/0{take}.flac", timing=None, voiced=[])
        for model in ("tiny.en", "base"):
            timed = tuple(Word(word, at, at + 1, 0.5) for at, word in enumerate(said))
            transcript = Transcript(" ".join(said), timed, model, "final")
            archive.store_transcript(turn.id, transcript, timing=None, fillers=None, status="answered")
            random.Random(take).shuffle(said)
    archive.keep_item(session_id, Item("question", f"What of {item}?", turn=1))
    archive.rate(session_id, "first", rating, 6)
    archive.set_outcome(session_id, "silence", date(2026, 2, 3))
    archive.add_feedback(session_id, who, f"They said {feedback}.", topic, "2026-02-03T10:00:00+01:00")
    archive.end_session(session_id, "finished")
    return session_id


def test_no_word_of_a_deleted_session_stays_in_any_byte(home: Path) -> None:
    chance = random.Random(7)
    words = {number: [invented(chance) for _ in range(60)] for number in range(1, 31)}
    doomed = [number for number in words if number % 3 == 0]
    with Archive.open(home) as archive:
        for number in words:
            assert fill(archive, words[number]) == number
        before = bytes_of(home)
        assert all(word[3:].encode() in before for number in doomed for word in words[number])
        for number in doomed:
            assert archive.delete(number) == DeletedSession(
                number, 2, 1, (f"audio/{number}/01.flac", f"audio/{number}/02.flac"), ()
            )
        # Looked at while the database is open: the write-ahead log is one of the files.
        after = bytes_of(home)
        assert [word for number in doomed for word in words[number] if word[3:].encode() in after] == []
        kept = [number for number in words if number not in doomed]
        assert [session.id for session in archive.sessions()] == kept[::-1]
        assert all(len(archive.search(words[number][12])) == 2 for number in kept)
        assert all(word.encode() in after for number in kept for word in words[number])
        assert archive.integrity() == "ok"


def test_no_word_stays_in_pages_that_were_rearranged(home: Path) -> None:
    """Rows that grow and shrink move between pages. SQLite's secure_delete alone left 52 of these words."""
    chance = random.Random(1)
    said: dict[int, set[str]] = {}
    with Archive.open(home) as archive:
        sessions = [archive.start_session("practice") for _ in range(10)]
        asked = [
            (session_id, archive.start_turn(session_id, part="interview", prompt_id="x", prompt="X?").id)
            for session_id in sessions * 40
        ]
        for _ in range(800):
            session_id, turn_id = chance.choice(asked)
            words = [invented(chance) for _ in range(chance.choice([3, 10, 30, 100, 400]))]
            said.setdefault(session_id, set()).update(words)
            transcript = Transcript(" ".join(words), (), "tiny.en", "final")
            archive.store_transcript(turn_id, transcript, timing=None, fillers=None, status="answered")
        for session_id in sessions[::2]:
            assert archive.delete(session_id).left == ()
        there = nine_letters_in(home)
    assert [word for number in sessions[::2] for word in said[number] if word[3:].encode() in there] == []
    assert any(word[3:].encode() in there for number in sessions[1::2] for word in said[number])


def test_a_backup_forgets_the_session_too(home: Path) -> None:
    chance = random.Random(8)
    doomed, kept = [invented(chance) for _ in range(60)], [invented(chance) for _ in range(60)]
    with Archive.open(home) as archive:
        fill(archive, doomed)
        fill(archive, kept)
        with closing(connect(home / "greenroom.db")) as db:
            backup = back_up(db, home, "m003_later")
        assert archive.delete(1).left == ()
        after = bytes_of(home)
    assert [word for word in doomed if word[3:].encode() in after] == []
    with closing(sqlite3.connect(backup)) as db:
        assert db.execute("SELECT id FROM sessions").fetchall() == [(2,)]
        assert db.execute(
            "SELECT count(*) FROM turns_fts WHERE turns_fts MATCH ?", [kept[12]]
        ).fetchone() == (2,)
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_what_could_not_be_cleaned_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader in another window keeps the write-ahead log; a damaged backup cannot be searched."""
    monkeypatch.setattr("greenroom.archive.database.BUSY_TIMEOUT_S", 0.05)
    with Archive.open(home) as archive, closing(connect(home / "greenroom.db")) as reader:
        archive.start_session("practice")
        (home / "backups").mkdir()
        (home / "backups" / "old.db").write_bytes(b"no database" * 100)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM sessions").fetchall()
        deleted = archive.delete(1)
        assert deleted.left == ("greenroom.db-wal", "backups/old.db")
        assert archive.sessions() == []


def test_a_session_without_audio_or_turns_can_be_deleted(archive: Archive) -> None:
    assert archive.delete(archive.start_session("debrief")) == DeletedSession(1, 0, 0, (), ())


def test_a_link_in_the_audio_folder_is_removed_and_not_followed(archive: Archive, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "thesis.odt").touch()
    folder = archive.session_audio_dir(archive.start_session("practice"))
    (folder / "link").symlink_to(elsewhere)
    assert archive.delete(1).left == ()
    assert not folder.exists()
    assert (elsewhere / "thesis.odt").exists()


def test_a_session_at_work_elsewhere_is_not_deleted(archive: Archive, home: Path) -> None:
    with Archive.open(home) as other:
        other.start_session("practice", company="Acme")
        with pytest.raises(GreenroomError, match="Session 1 is being worked on by another greenroom"):
            archive.delete(1)
        assert archive.session(1).company == "Acme"


def test_what_was_worked_out_from_the_words_goes_with_any_session(archive: Archive, home: Path) -> None:
    vectors = home / "cache" / "models" / "meaning-53aa5117.vectors"
    vectors.parent.mkdir(parents=True)
    vectors.write_bytes(b"numbers")
    session = archive.start_session("practice")
    archive.end_session(session, "finished")
    assert archive.delete(session).left == ()
    assert not vectors.exists()
