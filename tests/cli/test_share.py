"""`greenroom share`: what is listed, what may be changed, and where a pack may go."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from cli.program import Run, command_line, environment
from greenroom.archive import Archive
from greenroom.cli.share import _ears
from greenroom.errors import GreenroomError
from recordings import recorded
from review.given import typed


@pytest.fixture
def session(at: Path) -> int:
    """One answer, typed, so that there is nothing to be listened to."""
    with Archive.open(at) as archive:
        session = archive.start_session("practice", company="Initech", role="Data Engineer")
        typed(archive, session, "conflict", "At Initech I asked Priya Raman for help. Priya said yes.")
        archive.end_session(session, "finished")
    return session


def pack(folder: Path) -> str:
    return (folder / "pack.md").read_text("utf-8")


def test_with_yes_the_list_is_shown_and_the_pack_written(
    greenroom: Run, session: int, tmp_path: Path
) -> None:
    ran = greenroom("share", "last", "--output", str(tmp_path / "out"), "--yes")

    assert ran.code == 0, ran.err
    assert "1. Initech (an employer, 1 time; it stands with the session)" in ran.out
    assert "Priya Raman (a name, 2 times" in ran.out
    assert "> At [employer 1] I asked [name 1] for help. [name 1] said yes." in pack(tmp_path / "out")


def test_in_a_pipe_nothing_is_written_without_yes(greenroom: Run, session: int, tmp_path: Path) -> None:
    ran = greenroom("share", "last", "--output", str(tmp_path / "out"))

    happened, remedy = ran.complaint
    assert happened == "Nothing was written: nobody is here to say whether the list is right."
    assert "--yes" in remedy
    assert "Priya Raman" in ran.out
    assert not (tmp_path / "out").exists()


def test_names_are_put_on_the_list_and_taken_off_it_by_option(
    greenroom: Run, session: int, tmp_path: Path
) -> None:
    greenroom("share", "1", "--output", str(tmp_path / "out"), "--mask", "help", "--keep", "Initech", "--yes")

    assert "> At Initech I asked [name 2] for [name 1]." in pack(tmp_path / "out")


def test_a_name_both_masked_and_kept_is_wrong_usage(greenroom: Run, session: int) -> None:
    ran = greenroom("share", "1", "--mask", "Initech", "--keep", "initech", "--yes")

    assert ran.code == 2
    assert "“initech” is both to be masked and to be kept." in ran.err


def test_a_folder_with_something_else_in_it_is_left_alone(
    greenroom: Run, session: int, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    ran = greenroom("share", "1", "--output", str(tmp_path / "out"), "--yes")

    assert "is there already" in ran.complaint[0]
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_a_pack_that_is_there_is_left_alone(greenroom: Run, session: int, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    greenroom("share", "1", "--output", out, "--yes")
    again = greenroom("share", "1", "--output", out, "--keep", "Initech", "--yes")

    assert again.complaint == (
        f"{out} is there already.",
        "Give another folder with --output, or remove it first.",
    )
    assert "> At [employer 1]" in pack(tmp_path / "out")


def test_a_name_of_one_letter_is_wrong_usage(greenroom: Run, session: int) -> None:
    ran = greenroom("share", "1", "--mask", "X", "--yes")

    assert ran.code == 2
    assert "“X” is too short to be looked for." in ran.err


def test_what_reaches_somebody_is_masked_in_typed_words_without_capitals(
    greenroom: Run, at: Path, tmp_path: Path
) -> None:
    with Archive.open(at) as archive:
        session = archive.start_session("practice", company="Apple")
        typed(archive, session, "q", "i asked marcus at apple. mail me at ed@mail.example or 020 7946 0958")
        archive.end_session(session, "finished")
    greenroom("share", "last", "--output", str(tmp_path / "out"), "--yes")

    assert "> i asked [name 1] at [employer 1]. mail me at [contact 1] or [contact 2]" in pack(
        tmp_path / "out"
    )


def test_a_session_without_answers_has_nothing_to_share(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        archive.end_session(archive.start_session("practice"), "finished")

    assert greenroom("share", "last", "--yes").complaint[0] == "There is nothing in session 1 to share yet."


def test_a_pack_inside_the_home_goes_with_its_session(greenroom: Run, session: int, at: Path) -> None:
    greenroom("share", "1", "--output", str(at / "for-peter"), "--yes")
    assert (at / "for-peter" / "pack.md").is_file()
    greenroom("delete", "1", "--yes")

    assert not (at / "for-peter" / "pack.md").exists()


def test_in_a_terminal_the_list_is_changed_by_numbers_and_names(
    session: int, at: Path, tmp_path: Path
) -> None:
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        command_line("share", "1", "--output", str(tmp_path / "out")),
        env=environment(at, {"TERM": "dumb"}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, b"1\nhelp\n99\n\n")
    shown = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)

    assert program.wait(30) == 0, shown
    assert b"There is no number 99 on the list." in shown
    assert "> At Initech I asked [name 2] for [name 1]." in pack(tmp_path / "out")


def test_q_stops_it_and_nothing_is_written(session: int, at: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"q\n")
    ran = subprocess.run(
        command_line("share", "1", "--output", str(tmp_path / "out")),
        env=environment(at),
        stdin=theirs,
        capture_output=True,
        text=True,
        timeout=30,
    )
    os.close(ours)
    os.close(theirs)

    assert ran.returncode == 0
    assert "Nothing was written." in ran.stdout
    assert not (tmp_path / "out").exists()


def test_without_any_model_to_listen_with_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenroom.hearing.models.models_here", lambda downloads: ())
    with pytest.raises(GreenroomError, match="No speech model is installed"):
        _ears(tmp_path)(recorded("demo/practice-real").path)
