"""`greenroom report`: one file, and what it says about it."""

from __future__ import annotations

import errno
import stat
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.program import Run
from greenroom.archive import Archive
from recordings import recorded
from review import given


@pytest.fixture
def session(at: Path) -> int:
    """A rehearsal with one recorded answer."""
    with Archive.open(at) as archive:
        session = archive.start_session(
            "practice", started_at=f"{date.today() - timedelta(days=2)}T18:30:00+01:00"
        )
        turn = given.answer(
            archive, session, "conflict", "I asked them, um, why. We found a way.", audio=True
        )
        assert turn.number == 1
        file = archive.session_audio_dir(session) / "01.flac"
        file.write_bytes(recorded("demo/practice-real").path.read_bytes())
        archive.end_session(session, "finished")
    return session


def test_a_session_becomes_one_file_with_its_sound(greenroom: Run, session: int, tmp_path: Path) -> None:
    file = tmp_path / "out.html"
    ran = greenroom("report", str(session), "--output", str(file))
    assert ran.code == 0, ran
    assert ran.out.startswith(f"The report is in {file} (")
    assert ran.out.rstrip().endswith("of it sound).")
    page = file.read_text("utf-8")
    assert page.count("data:audio/ogg;base64,") == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_sound_can_be_left_out(greenroom: Run, session: int, tmp_path: Path) -> None:
    file = tmp_path / "out.html"
    ran = greenroom("report", "last", "--no-audio", "--output", str(file))
    assert ran.code == 0, ran
    assert "of it sound" not in ran.out
    page = file.read_text("utf-8")
    assert "<audio" not in page
    assert f"greenroom play {session}.1" in page


def test_a_file_that_is_there_is_left_alone(greenroom: Run, session: int, tmp_path: Path) -> None:
    file = tmp_path / "out.html"
    file.write_text("mine")
    message, _ = greenroom("report", str(session), "--output", str(file)).complaint
    assert "is there already" in message
    assert file.read_text() == "mine"


def test_without_a_name_it_lies_in_the_home_and_goes_with_its_session(
    greenroom: Run, session: int, at: Path
) -> None:
    for _ in range(2):  # the second takes the place of the first
        assert greenroom("report", str(session)).code == 0
    file = at / "exports" / f"greenroom-{session}.html"
    assert "I asked them" not in file.read_text("utf-8")  # each word has a tag of its own
    assert ">asked</span>" in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert greenroom("delete", str(session), "--yes").code == 0
    assert not file.exists()


def test_every_session_since_a_day(greenroom: Run, session: int, at: Path, tmp_path: Path) -> None:
    with Archive.open(at) as archive:
        given.rehearsal(archive, "2025-01-30", ("weakness", "Long ago."))
    file = tmp_path / "since.html"
    since = date.today() - timedelta(days=3)
    ran = greenroom("report", "--since", since.isoformat(), "--output", str(file))
    assert ran.code == 0, ran
    page = file.read_text("utf-8")
    assert "1 session, 1 answer" in page
    assert "Long" not in page


def test_no_session_since_then_is_told(greenroom: Run, at: Path) -> None:
    message, remedy = greenroom("report", "--since", date.today().isoformat()).complaint
    assert message.startswith("There is no session since ")
    assert "greenroom list" in remedy


@pytest.mark.parametrize("args", [(), ("1", "--since", "2026-01-01"), ("--since", "yesterday")])
def test_one_session_or_a_day_is_wanted(greenroom: Run, session: int, args: tuple[str, ...]) -> None:
    assert greenroom("report", *args).code == 2


def test_a_recording_that_cannot_be_read_is_told_and_left_out(
    greenroom: Run, session: int, at: Path, tmp_path: Path
) -> None:
    (at / "audio" / str(session) / "01.flac").write_bytes(b"")
    ran = greenroom("report", str(session), "--output", str(tmp_path / "out.html"))
    assert ran.code == 0, ran
    assert "01.flac" in ran.err
    assert "<audio" not in (tmp_path / "out.html").read_text("utf-8")


def test_it_opens_in_the_browser(
    greenroom: Run, session: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import webbrowser

    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    file = tmp_path / "out.html"
    assert greenroom("report", str(session), "--output", str(file), "--open").code == 0
    assert opened == [file.as_uri()]
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    ran = greenroom("report", str(session), "--open")
    assert (ran.code, ran.err) == (0, "No browser was found to open it in.\n")


def test_what_cannot_be_written_leaves_no_piece_of_itself(
    greenroom: Run, session: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from greenroom.review.report import page

    def breaks_off(report: object) -> Iterator[str]:
        yield "<!DOCTYPE html>"
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(page, "html", breaks_off)
    file = tmp_path / "out.html"
    message, remedy = greenroom("report", str(session), "--output", str(file)).complaint
    assert message == f"{file} cannot be written: No space left on device."
    assert "--output" in remedy
    assert not file.exists()


def test_a_report_in_the_home_is_known_before_it_holds_a_word(
    greenroom: Run, session: int, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from greenroom.review.report import page

    noted: list[tuple[str, ...]] = []

    def looks(report: object) -> Iterator[str]:
        with Archive.open(at) as archive:
            noted.append(archive.exports(session))
        yield "said"

    monkeypatch.setattr(page, "html", looks)
    assert greenroom("report", str(session)).code == 0
    assert noted == [(f"exports/greenroom-{session}.html",)]


def test_a_file_that_was_refused_is_not_taken_for_ours(greenroom: Run, session: int, at: Path) -> None:
    mine = at / "mine.html"
    mine.write_text("mine")
    assert greenroom("report", str(session), "--output", str(mine)).code == 1
    assert greenroom("delete", str(session), "--yes").code == 0
    assert mine.read_text() == "mine"


def test_somebody_who_waits_is_told_why_but_only_on_a_terminal(
    greenroom: Run, session: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from greenroom.cli import measuring

    monkeypatch.setattr(measuring, "PATIENT_S", -1.0)
    assert greenroom("report", str(session), "--output", str(tmp_path / "a.html")).err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ran = greenroom("report", str(session), "--output", str(tmp_path / "b.html"))
    assert ran.err == "The recordings are being made small, which takes a while.\n"
