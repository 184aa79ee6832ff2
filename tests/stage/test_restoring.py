"""An export comes back whole, or not at all."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

from any_sessions import sessions
from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.review.export import document as export_json
from greenroom.review.export.check import checked
from greenroom.stage.carrying import carry_out, room_beside
from greenroom.stage.restoring import Restored, restore, told
from recordings import recorded
from well_filled import AT, fill

FROZEN = Path(__file__).parents[1] / "archive" / "frozen"


def export(archive: Archive, ids: list[int], folder: Path) -> Any:
    with room_beside(folder):
        whole = [
            export_json.session(archive.whole(one), lambda audio: carry_out(archive.home, audio, folder))
            for one in ids
        ]
        return checked("".join(export_json.lines(whole, archive.apart(), AT)).encode(), "x.json")


def files(home: Path) -> set[str]:
    return {path.relative_to(home).as_posix() for path in (home / "audio").rglob("*")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backup-audio"


@pytest.fixture
def document(archive: Archive, folder: Path) -> Any:
    return export(archive, list(fill(archive)), folder)


def test_what_comes_back_can_be_exported_again_and_is_the_same(
    document: Any, folder: Path, tmp_path: Path
) -> None:
    with Archive.open(tmp_path / "other") as other:
        restored = restore(other, document, folder)
        assert restored == Restored(((1, 1), (2, 2), (3, 3)), (), 0, ())
        assert export(other, [1, 2, 3], tmp_path / "again") == document
        assert files(other.home) == {"audio/2", "audio/2/01.flac"}
        kept = other.home / "audio/2/01.flac"
        assert kept.read_bytes() == recorded("demo/practice-real").path.read_bytes()
        assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_where_the_numbers_are_taken_new_ones_are_given_and_it_is_told(
    archive: Archive, document: Any, folder: Path
) -> None:
    restored = restore(archive, document, folder)
    assert restored.sessions == ((1, 4), (2, 5), (3, 6))
    assert restored.twins == ((4, 1), (5, 2), (6, 3))
    assert told(restored)[0] == "Session 1 of the export is session 4 here."
    assert archive.session(6).turns[0].prompt_id == f"debrief-4-{archive.session(4).items[1].id}"
    assert (archive.home / "audio/5/01.flac").is_file()
    assert archive.whole(2) == {**document["sessions"][1], "turns": archive.whole(2)["turns"]}
    # The copy of the debrief finds its own answer given anew, and not that of the first.
    assert [session for session, _, _ in archive.takes([archive.session(6).turns[0].prompt_id])] == [6]


def test_without_the_recordings_the_words_come_all_the_same(document: Any, tmp_path: Path) -> None:
    document["sessions"][1]["turns"][1] |= {"status": "recorded", "audio": "audio/2/02.wav"}
    with Archive.open(tmp_path / "other") as other:
        restored = restore(other, document, tmp_path / "nowhere")
        assert restored.lost == 2
        assert "2 recordings did not come with the export; what was in words is here." in told(restored)
        first, second = other.session(2).turns
        assert (first.audio, first.transcript) == (None, "So, um, we tried Kubernetes and it worked.")
        assert (second.audio, second.status) == (None, "skipped")
        assert files(other.home) == set()


def test_a_session_that_was_being_held_is_interrupted(document: Any, folder: Path, tmp_path: Path) -> None:
    document["sessions"][1] |= {"status": "running", "ended_at": None}
    with Archive.open(tmp_path / "other") as other:
        restore(other, document, folder)
        session = other.session(2)
        assert (session.status, session.ended_at) == ("interrupted", document["sessions"][1]["log"][-1]["at"])
        assert other.running_ids() == []


def test_a_recording_that_is_another_is_refused_and_nothing_is_stored(
    document: Any, folder: Path, tmp_path: Path
) -> None:
    sound = folder / "2" / "01.flac"
    whole = sound.read_bytes()
    for bad in (whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1])):
        sound.write_bytes(bad)
        with Archive.open(tmp_path / "other") as other:
            with pytest.raises(GreenroomError, match="is not the recording that was exported"):
                restore(other, document, folder)
            assert (other.session_ids(), files(other.home)) == ([], set())


def test_what_says_it_is_a_recording_and_is_none_is_refused(
    document: Any, folder: Path, tmp_path: Path
) -> None:
    script = b"#!/bin/sh\n"
    (folder / "2" / "01.flac").write_bytes(script)
    digest = hashlib.sha256(script).hexdigest()
    document["sessions"][1]["turns"][0]["sound"] = {"bytes": len(script), "sha256": digest}
    with Archive.open(tmp_path / "other") as other:
        with pytest.raises(GreenroomError, match="is not the recording"):
            restore(other, document, folder)
        assert files(other.home) == set()


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_is_not_followed(document: Any, folder: Path, tmp_path: Path, what: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (folder / "2").rename(elsewhere)
    if what == "folder":
        (folder / "2").symlink_to(elsewhere)
    else:
        (folder / "2").mkdir()
        (folder / "2" / "01.flac").symlink_to(elsewhere / "01.flac")
    with Archive.open(tmp_path / "other") as other:
        assert restore(other, document, folder).lost == 1
        assert files(other.home) == set()


def test_what_fails_at_the_end_leaves_nothing(
    document: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise GreenroomError("The disk is full.", "Free some space.")

    with Archive.open(tmp_path / "other") as other:
        monkeypatch.setattr(other, "put_apart", full)
        with pytest.raises(GreenroomError, match="The disk is full"):
            restore(other, document, folder)
        assert (other.session_ids(), files(other.home)) == ([], set())
        assert (other.messages(), other.last_number("sessions")) == ((), 0)


def test_what_is_exported_without_sound_tells_of_none(archive: Archive) -> None:
    _, practice, _ = fill(archive)
    silent = export_json.session(archive.whole(practice), lambda _: None)
    assert (silent["turns"][0]["audio"], silent["turns"][0]["sound"]) == (f"audio/{practice}/01.flac", None)
    assert json.dumps(silent)


@pytest.mark.parametrize("name", ["m001.sql", "m002.sql", "m003.sql", "m004.sql", "m005.sql"])
def test_what_any_older_program_kept_comes_back(folder: Path, tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        db.executescript((FROZEN / name).read_text("utf-8"))
    with Archive.open(home) as archive, Archive.open(tmp_path / "other") as other:
        ids = archive.session_ids()
        whole = [archive.whole(one) for one in ids]
        for turn in (turn for one in whole for turn in one["turns"] if turn["audio"]):
            (home / turn["audio"]).parent.mkdir(parents=True, exist_ok=True)
            (home / turn["audio"]).write_bytes(b"fLaC and so on")
        document = export(archive, ids, folder)
        assert restore(other, document, folder).lost == 0
        assert [other.whole(one) for one in ids] == whole
        assert other.apart() == archive.apart()
        # Beside those that are there already it finds room too.
        assert len(restore(archive, document, folder).twins) == len(ids)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with nothing in it: it is quicker copied than made."""
    home = tmp_path_factory.mktemp("blank")
    Archive.open(home).close()
    return (home / "greenroom.db").read_bytes()


@settings(max_examples=60, deadline=None)
@given(sessions())
def test_whatever_is_kept_comes_back_the_same_to_the_last_word(blank: bytes, kept: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        homes = [Path(folder) / name for name in ("one", "other")]
        for home in homes:
            home.mkdir()
            (home / "greenroom.db").write_bytes(blank)
        with Archive.open(homes[0]) as archive, Archive.open(homes[1]) as other:
            for session in kept:
                archive.put_whole(session)
            ids = [session["id"] for session in kept]
            assert [archive.whole(one) for one in ids] == kept
            document = export(archive, ids, Path(folder) / "x-audio")
            assert restore(other, document, Path(folder) / "x-audio").twins == ()
            assert [other.whole(one) for one in ids] == kept


def test_when_all_is_stored_an_interruption_takes_nothing_away(
    document: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "other") as other:
        together = other.together

        @contextmanager
        def interrupted() -> Iterator[None]:
            with together():
                yield
            raise KeyboardInterrupt

        monkeypatch.setattr(other, "together", interrupted)
        with pytest.raises(KeyboardInterrupt):
            restore(other, document, folder)
        assert other.session_ids() == [1, 2, 3]
        assert files(other.home) == {"audio/2", "audio/2/01.flac"}


def test_an_export_leaves_alone_what_lies_in_its_place(tmp_path: Path) -> None:
    theirs = tmp_path / "x-audio"
    theirs.mkdir()
    (theirs / "01.flac").touch()
    with pytest.raises(GreenroomError, match="is there already"), room_beside(theirs):
        pytest.fail("two exports in one folder")
    assert (theirs / "01.flac").exists()


def test_the_room_beside_an_export_goes_when_it_fails_and_when_it_is_empty(folder: Path) -> None:
    with room_beside(folder):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()
    with pytest.raises(KeyboardInterrupt), room_beside(folder):
        (folder / "half.flac").touch()
        raise KeyboardInterrupt
    assert not folder.exists()
