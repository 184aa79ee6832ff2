"""A program that died is found at the next start, one that lives is left alone. With real processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from greenroom.archive import Archive, Interrupted, OpenTurn, interrupted, orphans
from greenroom.archive.recovery import anything_to_mend
from greenroom.errors import GreenroomError
from greenroom.types import Span, Transcript

OWNER = """
import sys
from pathlib import Path
from greenroom.archive import Archive
from greenroom.types import Span

archive = Archive.open(Path(sys.argv[1]))
session_id = archive.start_session("practice", started_at="2026-01-31T18:04:05+01:00")
folder = archive.session_audio_dir(session_id)

def ask():
    turn = archive.start_turn(session_id, part="interview", prompt_id="why", prompt="Why?")
    archive.append_log(session_id, {"ask": turn.number})
    return turn

stored = ask()
archive.question_ended(stored.id, 0.5, f"audio/{session_id}/01.wav")
(folder / "01.flac").write_bytes(bytes(100))
archive.store_recording(stored.id, audio=f"audio/{session_id}/01.flac", timing=None, voiced=[Span(1.0, 2.0)])
skipped = ask()
archive.set_turn_status(skipped.id, "skipped")
cut_off = ask()
archive.question_ended(cut_off.id, -0.25, f"audio/{session_id}/03.wav")
(folder / "03.wav").write_bytes(bytes(100))
(folder / "stray.wav").write_bytes(bytes(100))
lost = ask()
archive.question_ended(lost.id, 0.5, f"audio/{session_id}/04.wav")
ask()
print("ready", flush=True)
sys.stdin.read()
"""


Owner = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def owner(home: Path) -> Iterator[Owner]:
    """Starts another greenroom that is in the middle of a session, and waits until it is."""
    started = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", OWNER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_living_session_is_left_alone(archive: Archive, owner: Owner) -> None:
    owner()
    assert archive.running_ids() == [1]
    assert not archive.claim(1)
    assert interrupted(archive) == []
    assert orphans(archive) == []
    for attempt in (archive.reopen_session, archive.delete):
        with pytest.raises(
            GreenroomError, match="Session 1 is being worked on by another greenroom"
        ) as caught:
            attempt(1)
        assert caught.value.remedy == "Finish it there, or close that window, and try again."


def test_a_killed_session_is_found_once_with_what_there_is_to_save(home: Path, owner: Owner) -> None:
    process = owner()
    process.kill()
    process.wait()
    with Archive.open(home) as archive:
        assert archive.integrity() == "ok"
        (found,) = interrupted(archive)
        turns = archive.session(1).turns
        assert found == Interrupted(
            session_id=1,
            kind="practice",
            started_at="2026-01-31T18:04:05+01:00",
            cut_off=True,
            open_turns=(
                OpenTurn(1, turns[0], home / "audio/1/01.flac", 0.5, (Span(1.0, 2.0),), ()),
                OpenTurn(1, turns[2], home / "audio/1/03.wav", -0.25, (), ()),
            ),
            unclosed_turns=(),
            silent_turns=(turns[3],),
        )
        with Archive.open(home) as second_start:
            assert interrupted(second_start) == []
        for open_turn in found.open_turns:
            open_turn.audio.replace(open_turn.flac)
            archive.store_audio(open_turn.turn.id, f"audio/1/{open_turn.flac.name}")
            archive.store_transcript(
                open_turn.turn.id,
                Transcript("saved", (), "tiny.en", "final"),
                timing=None,
                fillers=None,
                status="unfinished",
            )
        for silent in found.silent_turns:
            archive.store_recording(silent.id, audio=None, timing=None, voiced=(), status="skipped")
        archive.finish_recovery(1)
        assert interrupted(archive) == []
        session = archive.session(1)
        assert session.status == "interrupted"
        assert [turn.status for turn in session.turns] == [
            "unfinished",
            "skipped",
            "unfinished",
            "skipped",
            "asked",
        ]
        assert orphans(archive) == ["audio/1/stray.wav"]
        assert (home / "audio/1/stray.wav").exists()
    assert [path.name for path in (home / "running").iterdir()] == ["migration.lock"]


def test_a_recovery_that_dies_itself_is_begun_again(home: Path, owner: Owner) -> None:
    owner().kill()
    # The lock is free as soon as the system has buried the process.
    with Archive.open(home) as archive:
        while not archive.claim(1):
            pass
    with Archive.open(home) as archive:
        assert [found.session_id for found in interrupted(archive)] == [1]
    with Archive.open(home) as archive:
        assert [found.session_id for found in interrupted(archive)] == [1]


def test_a_recovered_session_ended_when_its_log_did(home: Path, archive: Archive) -> None:
    with Archive.open(home) as other:
        other.start_session("debrief", started_at="2026-01-31T18:04:05+01:00")
        other.start_session("debrief", started_at="2026-01-31T18:04:05+01:00")
        other.append_log(2, {"say": "hello"})
    assert [found.session_id for found in interrupted(archive)] == [1, 2]
    archive.finish_recovery(1)
    archive.finish_recovery(2)
    assert archive.session(1).ended_at == "2026-01-31T18:04:05+01:00"
    ended_at = archive.session(2).ended_at
    assert ended_at is not None
    assert datetime.fromisoformat(ended_at) > datetime.fromisoformat("2026-01-31T18:04:05+01:00")


def test_an_ended_session_whose_answer_has_no_words_yet_is_found_and_stays_finished(
    home: Path, archive: Archive
) -> None:
    with Archive.open(home) as other:
        session_id = other.start_session("practice")
        turn = other.start_turn(session_id, part="interview", prompt_id="why", prompt="Why?")
        (other.session_audio_dir(session_id) / "01.flac").write_bytes(bytes(100))
        other.store_recording(turn.id, audio="audio/1/01.flac", timing=None, voiced=[Span(1.0, 2.0)])
        other.end_session(session_id, "finished")
    assert anything_to_mend(archive)
    (found,) = interrupted(archive)
    assert not found.cut_off
    assert [open_turn.audio for open_turn in found.open_turns] == [home / "audio/1/01.flac"]
    archive.set_turn_status(turn.id, "answered")
    archive.finish_recovery(1)
    assert archive.session(1).status == "finished"
    assert not archive.holds(1)
    assert not anything_to_mend(archive)


def test_an_ended_session_whose_recording_is_still_a_wav_is_found_to_close_it(
    home: Path, archive: Archive
) -> None:
    with Archive.open(home) as other:
        session_id = other.start_session("practice")
        for number, status in enumerate(("answered", "skipped", "unfinished"), 1):
            turn = other.start_turn(session_id, part="interview", prompt_id="why", prompt="Why?")
            other.store_recording(
                turn.id,
                audio=f"audio/1/{number:02d}.{'flac' if status == 'unfinished' else 'wav'}",
                timing=None,
                voiced=[Span(1.0, 2.0)],
                status=status,  # type: ignore[arg-type]
                left_out=[Span(3.0, 4.0)],
            )
        other.end_session(session_id, "finished")
    assert anything_to_mend(archive)
    (found,) = interrupted(archive)
    assert (found.cut_off, found.open_turns, found.silent_turns) == (False, (), ())
    assert [one.turn.number for one in found.unclosed_turns] == [1, 2]
    first = found.unclosed_turns[0]
    assert (first.audio, first.flac, first.cleaned) == (
        home / "audio/1/01.wav",
        home / "audio/1/01.flac",
        home / "audio/1/01.heard.wav",
    )
    assert (first.voiced, first.left_out, first.cut_off) == ((Span(1.0, 2.0),), (Span(3.0, 4.0),), False)


def test_an_answer_that_was_going_on_is_found_as_one_in_progress(home: Path, archive: Archive) -> None:
    with Archive.open(home) as other:
        session_id = other.start_session("practice")
        turn = other.start_turn(session_id, part="interview", prompt_id="why", prompt="Why?")
        (other.session_audio_dir(session_id) / "01.wav").write_bytes(bytes(100))
        other.store_recording(
            turn.id, audio="audio/1/01.wav", timing=None, voiced=[Span(1.0, 2.0)], status="answered"
        )
        other.reopen_turn(turn.id)
    (found,) = interrupted(archive)
    (going_on,) = found.open_turns
    assert (going_on.cut_off, going_on.voiced) == (True, (Span(1.0, 2.0),))


@pytest.mark.parametrize("name", ["audio/1/01.wav", "audio/1/01.flac"])
def test_the_cleaned_twin_of_a_recording_is_no_orphan_and_one_without_it_is(
    archive: Archive, home: Path, name: str
) -> None:
    session_id = archive.start_session("practice")
    turn = archive.start_turn(session_id, part="interview", prompt_id="why", prompt="Why?")
    folder = archive.session_audio_dir(session_id)
    for file in (home / name, folder / "01.heard.wav", folder / "02.heard.wav"):
        file.write_bytes(bytes(100))
    archive.store_recording(turn.id, audio=name, timing=None, voiced=())
    assert orphans(archive) == []  # it is running
    archive.end_session(session_id, "finished")
    assert orphans(archive) == ["audio/1/02.heard.wav"]


def test_our_own_running_session_is_not_interrupted(archive: Archive) -> None:
    archive.start_session("practice")
    assert interrupted(archive) == []


def test_an_interrupted_session_can_be_gone_on_with(home: Path, archive: Archive) -> None:
    with Archive.open(home) as other:
        other.start_session("debrief")
    (found,) = interrupted(archive)
    archive.reopen_session(found.session_id)
    archive.end_session(found.session_id, "finished")
    assert archive.session(1).status == "finished"


def test_two_first_starts_at_once_build_one_database(home: Path) -> None:
    script = "import sys; from pathlib import Path; from greenroom.archive import Archive;"
    script += "print(Archive.open(Path(sys.argv[1])).start_session('practice'))"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(home)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    said = [process.communicate() for process in processes]
    assert sorted(out for out, _ in said) == ["1\n", "2\n", "3\n", "4\n"], said
