"""What is deleted is gone: no word of it stays in any byte of the home."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.big import made
from archive.homes import bytes_of, care_for, fill, invented, nine_letters_in, parts_in
from greenroom.archive import Archive, DeletedSession, erasure
from greenroom.archive.database import back_up, connect
from greenroom.errors import GreenroomError
from greenroom.types import Transcript


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
        reader.execute("ROLLBACK")
        # The next start does what could not be done; a damaged backup is left to the person.
        assert archive.finish_deleting()
        assert not archive.finish_deleting()


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


def test_corrections_drafts_exports_and_what_an_editor_left_go_as_well(home: Path) -> None:
    chance = random.Random(11)
    said = {number: [invented(chance) for _ in range(60)] for number in range(1, 7)}
    cared = {number: [invented(chance) for _ in range(6)] for number in said}
    with Archive.open(home) as archive:
        for number in said:
            assert fill(archive, said[number]) == number
            care_for(archive, home, number, cared[number])
        (home / "cache" / "voices").mkdir()
        (home / "cache" / "voices" / "asked.flac").write_bytes(b"said aloud")
        (home / "cache" / "models").mkdir()
        (home / "cache" / "models" / "meaning.vectors").write_bytes(b"numbers")
        with closing(connect(home / "greenroom.db")) as db:
            back_up(db, home, "m007_later")
        assert set(parts_in(home, [word for number in cared for word in cared[number]])) == {
            word for number in cared for word in cared[number]
        }
        gone = archive.delete_all([2, 4, 5])
        assert (gone.sessions, gone.turns, gone.items, gone.left) == ((2, 4, 5), 6, 3, ())
        deleted = [word for number in (2, 4, 5) for word in said[number] + cared[number]]
        assert parts_in(home, deleted) == []
        kept = [word for number in (1, 3, 6) for word in cared[number][:5]]
        assert parts_in(home, kept) == kept
        assert [one.id for one in archive.sessions()] == [6, 3, 1]
        assert [path.name for path in sorted((home / "exports").iterdir())] == ["1", "3", "6"]
    assert not (home / "cache" / "voices").exists()
    assert not list((home / "cache").rglob("*.vectors"))


def test_everything_goes_and_only_packs_and_settings_stay(home: Path) -> None:
    chance = random.Random(12)
    words = [[invented(chance) for _ in range(60)] for _ in range(3)]
    message, point, cared = invented(chance), invented(chance), [invented(chance) for _ in range(6)]
    with Archive.open(home) as archive:
        for number, said in enumerate(words, start=1):
            assert fill(archive, said) == number
        care_for(archive, home, 2, cared)
        archive.set_messages([f"I am {message}."], "2026-02-03T10:00:00+01:00")
        archive.set_points("conflict", [f"the {point}"], "2026-02-03T10:00:00+01:00")
        (home / "audio" / "9").mkdir()
        (home / "audio" / "9" / "01.wav").write_text("a recording that no turn names")
        with closing(connect(home / "greenroom.db")) as db:
            back_up(db, home, "m007_later")
        (home / "config.toml").write_text('company = "Acme"\n')
        (home / "prompts").mkdir()
        (home / "prompts" / "mine.toml").write_text("a pack")
        gone = archive.delete_all()
        assert (gone.sessions, gone.turns, gone.items, gone.left) == ((1, 2, 3), 6, 3, ())
        assert parts_in(home, [*(word for said in words for word in said), message, point, *cared]) == []
        assert archive.sessions() == []
        assert archive.message_sets() == []
        assert archive.integrity() == "ok"
        # The numbers are not given again.
        assert archive.start_session("practice") == 4
    left = {path.name for path in home.iterdir() if not path.name.startswith("greenroom.db")}
    assert left == {"cache", "config.toml", "prompts", "running"}


def test_several_are_deleted_all_of_them_or_none(archive: Archive, home: Path) -> None:
    for _ in range(2):
        archive.end_session(archive.start_session("practice"), "finished")
    with pytest.raises(GreenroomError, match="There is no session 7"):
        archive.delete_all([1, 7, 2])
    with Archive.open(home) as other:
        other.claim(2)
        with pytest.raises(GreenroomError, match="Session 2 is being worked on"):
            archive.delete_all([1, 2])
    assert [one.id for one in archive.sessions()] == [2, 1]
    assert archive.claim(1)  # what was taken before the refusal is free again


def test_an_export_elsewhere_and_a_folder_are_the_person_s_own_business(
    archive: Archive, home: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.touch()
    (home / "mine").mkdir()
    (home / "mine" / "thesis.odt").touch()
    archive.end_session(archive.start_session("practice"), "finished")
    (home / "config.toml").touch()
    archive.note_export([1], [elsewhere, home / "mine", home / "config.toml", home / ".." / "elsewhere.md"])
    assert archive.exports(1) == ()
    archive.delete(1)
    assert elsewhere.exists()
    assert (home / "mine" / "thesis.odt").exists()
    assert (home / "config.toml").exists()


def test_an_export_of_two_sessions_goes_with_either(archive: Archive, home: Path) -> None:
    for _ in range(2):
        archive.end_session(archive.start_session("practice"), "finished")
    report = home / "report.html"
    report.write_text("of both")
    archive.note_export([1, 2], [report])
    assert archive.exports(2) == ("report.html",)
    archive.delete(1)
    assert not report.exists()
    assert archive.exports(2) == ()


def test_what_an_editor_has_open_stays_when_another_session_is_deleted(archive: Archive, home: Path) -> None:
    for _ in range(12):
        archive.end_session(archive.start_session("practice"), "finished")
    for folder in ("edit-1-x", "edit-12-x"):
        (home / "cache" / folder).mkdir(parents=True)
        (home / "cache" / folder / "1.1.txt").write_text("being written")
    archive.delete(1)
    assert [path.name for path in (home / "cache").iterdir()] == ["edit-12-x"]


def test_what_a_share_left_behind_that_was_killed_goes_as_well(archive: Archive, home: Path) -> None:
    archive.end_session(archive.start_session("practice"), "finished")
    (home / "packs" / ".greenroom-share-x").mkdir(parents=True)
    (home / "packs" / ".greenroom-share-x" / "text.md").write_text("half a pack")
    assert archive.delete(1).left == ()
    assert [path.name for path in (home / "packs").iterdir()] == []


def test_recordings_that_an_import_left_behind_that_was_killed_go_as_well(
    archive: Archive, home: Path
) -> None:
    """They may be of the very session that is deleted, brought in at last by a second try."""
    session = archive.start_session("practice")
    archive.end_session(session, "finished")
    (archive.audio_dir / "incoming-x" / "1").mkdir(parents=True)
    (archive.audio_dir / "incoming-x" / "1" / "01.flac").write_bytes(b"somebody's voice")
    assert archive.delete(session).left == ()
    assert list((home / "audio").glob("*")) == []


def test_a_session_that_begins_while_everything_is_deleted_is_left_alone(
    archive: Archive, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its recording is made by another process, in a folder of a number that nobody had before."""
    archive.session_audio_dir(archive.start_session("practice"))
    archive.end_session(1, "finished")
    removed = "greenroom.archive.erasure._remove_folder"
    remove = erasure._remove_folder

    def begun_meanwhile(home: Path, name: str) -> tuple[list[str], list[str]]:
        (home / "audio" / "2").mkdir(exist_ok=True)
        (home / "audio" / "2" / "01.wav").write_bytes(b"sound")
        return remove(home, name)

    monkeypatch.setattr(removed, begun_meanwhile)
    assert archive.delete_all().left == ()
    assert [path.name for path in (home / "audio").iterdir()] == ["2"]


@pytest.mark.stage
@pytest.mark.xdist_group("big")
def test_years_of_sessions_go_at_one_go_and_leave_no_word_of_their_own(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    home = tmp_path / "copy"
    shutil.copytree(made(tmp_path_factory), home)
    chance = random.Random(9)
    with Archive.open(home) as archive:
        ids = sorted(one.id for one in archive.sessions())
        words = {fill(archive, one): one for one in ([invented(chance) for _ in range(60)] for _ in range(5))}
        kept = max(words)
        doomed = [*ids[: len(ids) * 9 // 10], *(number for number in words if number != kept)]
        assert len(doomed) > 300  # more than a process may have files open on some systems
        assert archive.delete_all(doomed).left == ()
        assert archive.integrity() == "ok"
        there = nine_letters_in(home)
        left = {number: [word for word in words[number] if word[3:].encode() in there] for number in words}
        assert left == {number: words[number] if number == kept else [] for number in words}
        assert archive.delete_all().left == ()
        assert archive.sessions() == []
