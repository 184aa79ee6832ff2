"""Sessions go out as files, and what went out as JSON comes back."""

from __future__ import annotations

import csv
import errno
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import soundfile

from cli.program import Run, run_apart
from greenroom.archive import Archive
from greenroom.types import Transcript, Word
from recordings import recorded
from well_filled import fill


@pytest.fixture
def filled(at: Path) -> Path:
    with Archive.open(at) as archive:
        fill(archive)
    return at


def stored(home: Path) -> list[Any]:
    """Every row of every table that a person's words are in."""
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        return [
            db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("sessions", "turns", "items", "ratings", "outcomes", "feedback", "grades", "log")
        ] + [db.execute("SELECT kind, text, heard, at, turn_id FROM terms ORDER BY text").fetchall()]


def test_export_and_import_are_each_others_inverse(
    greenroom: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.json"
    ran = greenroom("export", "--all", "--format", "json", "--output", str(file))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"3 sessions stored in {file}, and 1 recording beside it in {tmp_path / 'backup-audio'}: "
        "keep the two together.\n"
    )
    shown = [greenroom("show", one, "--json").out for one in "123"]
    assert (file.stat().st_mode & 0o777, (tmp_path / "backup-audio").stat().st_mode & 0o777) == (0o600, 0o700)

    other = tmp_path / "other"
    monkeypatch.setenv("GREENROOM_HOME", str(other))
    ran = greenroom("import", "--json", str(file))
    assert (ran.code, ran.out, ran.err) == (
        0,
        "Session 1 is back.\nSession 2 is back.\nSession 3 is back.\n",
        "",
    )
    assert stored(other) == stored(filled)
    assert [greenroom("show", one, "--json").out for one in "123"] == shown
    assert (other / "audio/2/01.flac").read_bytes() == recorded("demo/practice-real").path.read_bytes()

    again = tmp_path / "again.json"
    greenroom("export", "--all", "--format", "json", "--output", str(again))
    first, second = (json.loads(one.read_text()) for one in (file, again))
    assert first | {"exported_at": ""} == second | {"exported_at": ""}


def test_one_session_comes_back_after_it_was_deleted(greenroom: Run, filled: Path, tmp_path: Path) -> None:
    before = stored(filled)
    file = tmp_path / "two.json"
    greenroom("export", "2", "--format", "json", "--output", str(file))
    assert json.loads(file.read_text())["apart"] is None
    greenroom("delete", "2", "--yes")
    assert greenroom("import", "--json", str(file)).out == "Session 2 is back.\n"
    assert stored(filled) == before


def test_brought_in_twice_it_is_there_twice_and_told(greenroom: Run, filled: Path, tmp_path: Path) -> None:
    file = tmp_path / "two.json"
    greenroom("export", "2", "--format", "json", "--no-audio", "--output", str(file))
    assert not (tmp_path / "two-audio").exists()
    assert greenroom("import", "--json", str(file)).out == (
        "Session 2 of the export is session 4 here.\n"
        "Session 4 looks like session 2, which was here before: greenroom delete 4 takes it away.\n"
        "1 recording did not come with the export; what was in words is here.\n"
    )


def test_json_on_standard_output_is_the_same_document(greenroom: Run, filled: Path) -> None:
    document = json.loads(greenroom("export", "2", "--format", "json").out)
    assert [one["id"] for one in document["sessions"]] == [2]
    assert document["sessions"][0]["turns"][0]["sound"] is None


def test_markdown_is_what_comes_unless_told(greenroom: Run, filled: Path, tmp_path: Path) -> None:
    page = greenroom("export", "1").out
    assert page.startswith("# Session 1: debrief of 3 January 2026, 18:04\n")
    assert "## What others said\n\n- Zoë, 8 February 2026 (about nerves): You sounded calm.\n" in page
    ran = greenroom("export", "--all", "--output", str(tmp_path / "all.md"))
    assert ran.out == f"1 file stored in {tmp_path / 'all.md'}.\n"
    assert (tmp_path / "all.md").read_text().count("\n# Session") == 2


def test_csv_has_a_row_an_answer(greenroom: Run, filled: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(greenroom("export", "--all", "--format", "csv").out)))
    assert [(row["moment"], row["grade"], row["is_corrected"]) for row in rows] == [
        ("2.1", "hard", "1"),
        ("3.1", "", "0"),
    ]


def test_subtitles_of_one_turn_or_of_a_session(greenroom: Run, filled: Path, tmp_path: Path) -> None:
    assert greenroom("export", "2.1", "--format", "srt").out.startswith("1\n00:00:01,000 --> ")
    ran = greenroom("export", "2", "--format", "vtt", "--output", str(tmp_path / "subtitles"))
    file = tmp_path / "subtitles" / "2.1-conflict.vtt"
    assert ran.out == f"1 file stored in {file}.\n"
    assert file.read_text().startswith("WEBVTT\n\n1\n00:00:01.000 --> ")
    happened, remedy = greenroom("export", "1", "--format", "srt").complaint
    assert "words with times" in happened
    assert "typed" in remedy


@pytest.mark.parametrize(("sound", "kind"), [("flac", "FLAC"), ("wav", "WAV"), ("opus", "OGG")])
def test_recordings_in_the_format_asked_for(
    greenroom: Run, filled: Path, tmp_path: Path, sound: str, kind: str
) -> None:
    folder = tmp_path / "sound"
    ran = greenroom("export", "2", "--format", "audio", "--sound", sound, "--output", str(folder))
    assert ran.code == 0, ran.err
    assert soundfile.info(folder / f"2.1-conflict.{sound}").format == kind
    happened, _ = greenroom("export", "1", "--format", "audio", "--output", str(tmp_path / "none")).complaint
    assert happened == "There is no recording here."


def test_a_recording_that_somebody_deleted_is_missed_and_nothing_else(
    greenroom: Run, filled: Path, tmp_path: Path
) -> None:
    (filled / "audio" / "2" / "01.flac").unlink()
    for which, told in (("2.1", "2.1 has no recording."), ("2", "There is no recording here.")):
        folder = tmp_path / "sound"
        happened, _ = greenroom("export", which, "--format", "audio", "--output", str(folder)).complaint
        assert happened == told
        assert not folder.exists()
    file = tmp_path / "two.json"
    assert (
        greenroom("export", "2", "--format", "json", "--output", str(file)).out
        == f"1 session stored in {file}.\n"
    )
    assert not (tmp_path / "two-audio").exists()
    assert "1 recording did not come with the export" in greenroom("import", "--json", str(file)).out
    assert "Kubernetes" in greenroom("export", "2").out


def test_a_session_without_answers_is_exported_all_the_same(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        archive.end_session(
            archive.start_session("practice", started_at="2026-02-07T18:00:00+01:00"), "finished"
        )
    assert greenroom("export", "1").out == "# Session 1: rehearsal of 7 February 2026, 18:00\n"
    assert len(greenroom("export", "1", "--format", "csv").out.splitlines()) == 1
    assert json.loads(greenroom("export", "1", "--format", "json").out)["sessions"][0]["turns"] == []
    assert greenroom("export", "1", "--format", "vtt").complaint[0] == "Nothing here has words with times."


def test_a_conversation_with_somebody_in_danger_is_in_json_alone(
    greenroom: Run, at: Path, tmp_path: Path
) -> None:
    with Archive.open(at) as archive:
        session = archive.start_session("practice")
        for prompt_id, text in (
            ("conflict", "WORDS OF DANGER"),
            ("crisis", "WORDS OF CARE"),
            ("x", "Lunch."),
        ):
            turn = archive.start_turn(session, part="interview", prompt_id=prompt_id, prompt="?")
            archive.store_transcript(
                turn.id, Transcript(text, (), "typed", "final"), timing=None, fillers=None, status="answered"
            )
        archive.end_session(session, "finished")
    for form in ("markdown", "csv"):
        told = greenroom("export", "1", "--format", form).out
        assert "Lunch." in told
        assert "WORDS OF" not in told
    assert "WORDS OF DANGER" in greenroom("export", "1", "--format", "json").out


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["1", "--all"],
        ["1", "--format", "pdf"],
        ["2", "--format", "audio"],
        ["2", "--sound", "wav"],
        ["2", "--no-audio"],
        ["2", "--format", "audio", "--sound", "mp3", "--output", "x"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_and_nothing_is_written(
    greenroom: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert greenroom("export", *args).code == 2
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("form", ["markdown", "json", "csv"])
def test_nothing_that_is_there_is_written_over(
    greenroom: Run, filled: Path, tmp_path: Path, form: str
) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    happened, _ = greenroom("export", "2", "--format", form, "--output", str(mine)).complaint
    assert "is there already" in happened
    assert mine.read_text() == "mine"
    assert not (tmp_path / "mine-audio").exists()


def spoken_twice(at: Path) -> None:
    """A session with two answers whose words have times."""
    with Archive.open(at) as archive:
        session = archive.start_session("practice")
        for text in ("Yes.", "No."):
            turn = archive.start_turn(session, part="interview", prompt_id="x", prompt="?")
            words = Transcript(text, (Word(text, 1.0, 1.5, 0.9),), "tiny.en", "final")
            archive.store_transcript(turn.id, words, timing=None, fillers=None, status="answered")
        archive.end_session(session, "finished")


def test_a_file_s_name_is_a_file_where_there_is_one_and_wrong_where_there_are_several(
    greenroom: Run, at: Path, filled: Path, tmp_path: Path
) -> None:
    file = tmp_path / "answer.srt"
    assert (
        greenroom("export", "2", "--format", "srt", "--output", str(file)).out
        == f"1 file stored in {file}.\n"
    )
    assert file.read_text().startswith("1\n00:00:01,000 --> ")
    spoken_twice(at)
    ran = greenroom("export", "4", "--format", "srt", "--output", str(tmp_path / "both.srt"))
    assert (ran.code, "need a folder" in ran.err) == (2, True)
    assert not (tmp_path / "both.srt").exists()
    ran = greenroom("export", "4", "--format", "srt", "--output", str(tmp_path / "both"))
    assert ran.out == f"2 files stored in {tmp_path / 'both'}.\n"


def test_what_lies_inside_the_home_goes_with_its_own_session_alone(greenroom: Run, filled: Path) -> None:
    folder = filled / "exports"
    folder.mkdir()
    greenroom("export", "--all", "--format", "json", "--output", str(folder / "x.json"))
    greenroom("letter", "1", "thank-you", "--output", str(folder / "note.txt"))
    with Archive.open(filled) as archive:
        assert archive.exports(1) == ("exports/note.txt", "exports/x.json")
        assert archive.exports(2) == ("exports/x-audio/2/01.flac", "exports/x.json")
    assert greenroom("delete", "1", "--yes").code == 0
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["01.flac"]


@pytest.mark.parametrize("form", ["json", "markdown", "csv"])
def test_an_export_in_the_home_is_known_before_it_is_whole(
    form: str, greenroom: Run, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in between, it goes with its session all the same."""
    known: list[tuple[str, ...]] = []

    def looks(descriptor: int) -> None:
        with Archive.open(filled) as archive:
            known.append(archive.exports(3))

    monkeypatch.setattr("greenroom.cli.writing.os.fsync", looks)
    ran = greenroom("export", "3", "--format", form, "--output", str(filled / "mine.txt"))
    assert ran.code == 0
    assert known[-1] == ("mine.txt",)


def test_a_disk_that_is_full_leaves_nothing_of_an_export(
    greenroom: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    for form in ("json", "markdown"):
        file = tmp_path / f"x.{form}"
        happened, _ = greenroom("export", "--all", "--format", form, "--output", str(file)).complaint
        assert "No space left on device" in happened
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("taken", ["x-audio", "x.json"])
def test_a_json_export_takes_nobodys_place(greenroom: Run, filled: Path, tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).mkdir()
    (tmp_path / taken / "mine").touch()
    happened, _ = greenroom("export", "2", "--format", "json", "--output", str(tmp_path / "x.json")).complaint
    assert "is there already" in happened
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["home", taken])
    assert (tmp_path / taken / "mine").exists()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--as", "debrief"], "--as"),
        (["memo.wav"], "FILE"),
        (["--company", "Acme"], "--company"),
    ],
)
def test_an_export_is_brought_in_alone(greenroom: Run, at: Path, args: list[str], told: str) -> None:
    ran = greenroom("import", "--json", "x.json", *args)
    assert (ran.code, told in ran.err) == (2, True)


def test_from_an_empty_archive_there_is_nothing_to_read(greenroom: Run, at: Path) -> None:
    for form in ("markdown", "csv", "srt", "vtt"):
        happened, remedy = greenroom("export", "--all", "--format", form).complaint
        assert happened == "There is no session yet."
        assert "greenroom practice" in remedy
    document = json.loads(greenroom("export", "--all", "--format", "json").out)
    assert (document["sessions"], document["apart"]) == ([], {"messages": [], "points": [], "terms": []})


def test_import_without_anything_is_wrong_usage(greenroom: Run, at: Path) -> None:
    assert greenroom("import").code == 2


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.json", None, "There is no file"),
        ("x.json", b"{", "breaks off in line 1"),
        ("x.json", b"Dear diary", "is no JSON that can be read (line 1, column 1)"),
        ("x.json", b"\xff\xfe", "is no JSON that can be read."),
        ("x.json", b"{}", "format is missing"),
        ("x\x1b[31m.json", b"[]", "must be a record"),
    ],
)
def test_what_is_no_export_is_told_in_two_lines(
    greenroom: Run, at: Path, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    ran = greenroom("import", "--json", str(file))
    happened, _ = ran.complaint
    assert told in happened
    assert "\x1b" not in ran.err


def test_a_file_larger_than_any_export_is_not_even_read(
    greenroom: Run, at: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.cli.bring.MOST_BYTES", 10)
    file = tmp_path / "x.json"
    file.write_bytes(b"{" * 11)
    assert "larger than any export" in greenroom("import", "--json", str(file)).complaint[0]


def test_hostile_words_are_shown_without_harm(greenroom: Run, filled: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    greenroom("export", "2", "--format", "json", "--no-audio", "--output", str(file))
    document = json.loads(file.read_text())
    document["sessions"][0]["company"] = "\x1b]0;owned\x07<script>"
    document["sessions"][0]["turns"][0]["prompt_id"] = "../../../../tmp/x"
    file.write_text(json.dumps(document))
    assert greenroom("import", "--json", str(file)).code == 0
    assert "\x1b" not in greenroom("show", "4").out
    folder = tmp_path / "subtitles"
    greenroom("export", "4", "--format", "srt", "--output", str(folder))
    assert [path.name for path in folder.iterdir()] == ["4.1-tmp-x.srt"]


def test_an_interrupted_debrief_can_be_gone_on_with_where_it_was_brought_to(at: Path, tmp_path: Path) -> None:
    answers = "It went well.\nCalm.\n"
    first = run_apart(at, "debrief", "--text", "--company", "Acme", "--plain", stdin=answers)
    assert first.code in (0, 130), first.err
    file = tmp_path / "debrief.json"
    assert run_apart(at, "export", "1", "--format", "json", "--output", str(file)).code == 0
    other = tmp_path / "other"
    assert run_apart(other, "import", "--json", str(file)).out == "Session 1 is back.\n"
    here, there = (run_apart(home, "debrief", "--resume", "--text", "--plain") for home in (at, other))
    assert (here.code, here.out) == (there.code, there.out)
    assert "It went well." not in there.out.split("\n")[0]
    document = json.loads(file.read_text())
    document["sessions"][0]["log"][-1]["entry"] = {"entry": "heard", "heard": 5}
    file.write_text(json.dumps(document))
    third = tmp_path / "third"
    assert run_apart(third, "import", "--json", str(file)).code == 0
    assert run_apart(third, "debrief", "--resume", "--text", "--plain").complaint[0] == (
        "Session 1 cannot be taken up again: its log cannot be followed."
    )
