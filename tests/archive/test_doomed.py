"""A delete that is killed at any moment is brought to its end by the next start, or had not begun."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from archive.homes import CARED, WORDS, care_for, fill, invented, parts_in
from greenroom.archive import Archive, doomed
from greenroom.archive.database import back_up, connect
from greenroom.archive.doomed import Doomed

PROGRAM = """
import os, signal, sys
from pathlib import Path
from greenroom.archive import Archive, erasure

home, when, step, ids = sys.argv[1:]
owner, name = (erasure.doomed, step[7:]) if step.startswith("doomed.") else (erasure, step)
does = getattr(owner, name)

def killed(*given, **named):
    if when == "after":
        does(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(owner, name, killed)
with Archive.open(Path(home)) as archive:
    archive.delete_all([int(one) for one in ids.split()] or None)
"""


def killed(home: Path, when: str, step: str, ids: str) -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM, str(home), when, step, ids], timeout=60)
    assert ran.returncode == -signal.SIGKILL


@pytest.fixture
def words(home: Path) -> dict[int, list[str]]:
    """Of three sessions in the home, each with all that hangs on one, and a backup of them."""
    chance = random.Random(5)
    made = {number: [invented(chance) for _ in range(WORDS + CARED)] for number in (1, 2, 3)}
    with Archive.open(home) as archive:
        for number, one in made.items():
            fill(archive, one[:WORDS])
            care_for(archive, home, number, one[WORDS:])
        with closing(connect(home / "greenroom.db")) as db:
            back_up(db, home, "m009_later")
    return made


@pytest.mark.parametrize(
    ("when", "step"), [("after", "_doomed"), ("after", "doomed.write"), ("after", "_erase_rows")]
)
def test_killed_before_the_rows_are_gone_nothing_is(
    when: str, step: str, home: Path, words: dict[int, list[str]]
) -> None:
    killed(home, when, step, "1 3")
    with Archive.open(home) as archive:
        assert not archive.finish_deleting()
        assert [one.id for one in archive.sessions()] == [3, 2, 1]
        assert all(len(archive.search(words[number][12])) == 1 for number in words)  # the other is corrected
    assert parts_in(home, words[3]) == words[3]
    assert not doomed.is_there(home)


@pytest.mark.parametrize(
    ("when", "step"),
    [
        ("before", "_remove_folder"),
        ("after", "_remove_folder"),
        ("before", "_remove_exports"),
        ("before", "_scrub"),
        ("after", "_scrub"),
        ("before", "_remove_leftovers"),
        ("before", "_erase_from_backup"),
        ("after", "_erase_from_backup"),
        ("before", "doomed.forget"),
    ],
)
def test_killed_after_that_the_next_start_brings_it_to_its_end(
    when: str, step: str, home: Path, words: dict[int, list[str]]
) -> None:
    killed(home, when, step, "1 3")
    with Archive.open(home) as archive:
        assert archive.finish_deleting()
        assert [one.id for one in archive.sessions()] == [2]
        assert parts_in(home, words[1] + words[3]) == []
        assert parts_in(home, words[2]) == words[2]
        assert archive.integrity() == "ok"
        assert not archive.finish_deleting()


def test_killed_between_the_two_steps_of_a_backup_that_is_written_anew_too(
    home: Path, words: dict[int, list[str]]
) -> None:
    """Its rows are gone then, and their words may still be in its bytes."""
    killed(home, "after", "_scrub", "1 3")  # of the database
    [backup] = (home / "backups").glob("*.db")
    with closing(connect(backup)) as db:
        db.execute("DELETE FROM sessions WHERE id IN (1, 3)")
    assert parts_in(home, words[1]) != []
    with Archive.open(home) as archive:
        assert archive.finish_deleting()
    assert parts_in(home, words[1] + words[3]) == []


def test_of_everything_too_and_what_was_begun_since_then_stays(
    home: Path, words: dict[int, list[str]]
) -> None:
    killed(home, "before", "_remove_folder", "")
    with Archive.open(home) as archive:
        session = archive.start_session("practice")
        (archive.session_audio_dir(session) / "01.wav").write_bytes(b"sound")
        edited = home / "cache" / f"edit-{session}-x" / f"{session}.1.txt"
        edited.parent.mkdir()
        edited.write_text("being written")
        assert archive.finish_deleting()
        assert parts_in(home, [word for one in words.values() for word in one]) == []
        assert [one.id for one in archive.sessions()] == [session]
        assert (home / "audio" / str(session) / "01.wav").exists()
        assert edited.read_text() == "being written"
        assert not (home / "backups").exists()


def test_one_that_another_process_is_at_work_on_is_left_to_it(archive: Archive, home: Path) -> None:
    doomed.write(home, Doomed((7,), (), ()))
    with Archive.open(home) as other, other._deleting(0.0):
        assert not archive.finish_deleting()
    assert archive.finish_deleting()


def test_what_is_no_note_of_a_delete_deletes_nothing(archive: Archive, home: Path) -> None:
    for text in ("", "[]", '{"sessions": "all"}', '{"sessions": [1], "folders": null}'):
        (home / "running").mkdir(exist_ok=True)
        (home / "running" / "deleting.json").write_text(text)
        assert not archive.finish_deleting()
