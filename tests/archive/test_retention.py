"""After its time only the audio goes, and never before the words are final."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archive.homes import WORDS, fill, invented, parts_in
from greenroom.archive import Archive, orphans
from greenroom.archive.retention import KeptAudio, LetGo
from greenroom.types import Span, Timing, Transcript, TranscriptKind, TurnStatus, Word

NOW = datetime.fromisoformat("2026-04-30T12:00:00+02:00")


def days_ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat(timespec="seconds")


def held(
    archive: Archive,
    days: float,
    *,
    kind: TranscriptKind = "final",
    status: TurnStatus = "answered",
    suffix: str = "flac",
    end: bool = True,
) -> int:
    """A session of so many days ago with one recorded answer."""
    session = archive.start_session("practice", started_at=days_ago(days))
    turn = archive.start_turn(session, part="interview", prompt_id="why", prompt="Why?")
    name = f"audio/{session}/01.{suffix}"
    (archive.session_audio_dir(session) / f"01.{suffix}").write_bytes(b"sound" * 100)
    archive.store_recording(
        turn.id, audio=name, timing=Timing(2.0, 28.0, 25.0, 1.0, 120.0), voiced=[Span(2.0, 30.0)]
    )
    said = Transcript("Because.", (Word("Because.", 2.0, 30.0, 0.9),), "tiny.en", kind)
    archive.store_transcript(turn.id, said, timing=None, fillers=None, status=status)
    if end:
        archive.end_session(session, "finished")
        over(archive, session, days)
    return session


def over(archive: Archive, session: int, days: float) -> None:
    archive._db.execute("UPDATE sessions SET ended_at = ? WHERE id = ?", [days_ago(days), session])


def audio_of(archive: Archive, session: int) -> str | None:
    return archive.session(session).turns[0].audio


def test_only_the_recording_of_an_old_answer_goes_and_its_words_stay(archive: Archive, home: Path) -> None:
    old, young = held(archive, 91), held(archive, 89)
    assert archive.let_go_of_audio(90, NOW) == LetGo(1)
    [turn] = archive.session(old).turns
    assert (turn.audio, turn.transcript, turn.status) == (None, "Because.", "answered")
    assert turn.audio_removed_at is not None
    assert turn.timing == Timing(2.0, 28.0, 25.0, 1.0, 120.0)
    assert turn.words == (Word("Because.", 2.0, 30.0, 0.9),)
    assert audio_of(archive, young) == "audio/2/01.flac"
    assert sorted(path.name for path in (home / "audio").iterdir()) == ["2"]
    assert orphans(archive) == []
    assert archive.let_go_of_audio(90, NOW) == LetGo(0)


def test_what_would_go_is_told_beforehand_and_nothing_is_changed(archive: Archive) -> None:
    held(archive, 91)
    held(archive, 120)
    held(archive, 120, kind="stitched")
    held(archive, 10)
    old = archive.old_audio(90, NOW)
    assert [one.audio for one in old.recordings] == ["audio/1/01.flac", "audio/2/01.flac"]
    assert (old.length_s, old.size_bytes, old.waiting) == (60.0, 1000, 1)
    assert archive.kept_audio() == KeptAudio(4, 2000, 0)


@pytest.mark.parametrize("status", ["answered", "unfinished"])
def test_an_answer_whose_words_are_not_final_keeps_its_recording_however_old(
    archive: Archive, status: TurnStatus
) -> None:
    session = held(archive, 4000, kind="stitched", status=status)
    assert archive.let_go_of_audio(1, NOW) == LetGo(0)
    assert audio_of(archive, session) == "audio/1/01.flac"


@pytest.mark.parametrize("status", ["asked", "recorded"])
def test_nor_does_one_that_is_not_in_words_or_not_closed_lose_it(
    archive: Archive, status: TurnStatus
) -> None:
    first, second = held(archive, 4000, status=status), held(archive, 4000, suffix="wav")
    assert archive.let_go_of_audio(1, NOW) == LetGo(0)
    assert audio_of(archive, first) == "audio/1/01.flac"
    assert audio_of(archive, second) == "audio/2/01.wav"


def test_what_the_person_corrected_is_final(archive: Archive) -> None:
    session = held(archive, 91, kind="stitched")
    [turn] = archive.session(session).turns
    archive.correct(turn.id, "Because of that.", (), timing=None, fillers=None)
    assert archive.let_go_of_audio(90, NOW) == LetGo(1)


def test_a_question_that_was_skipped_loses_its_silence(archive: Archive) -> None:
    session = held(archive, 91, kind="stitched", status="skipped")
    assert archive.let_go_of_audio(90, NOW) == LetGo(1)
    assert audio_of(archive, session) is None


def test_a_second_look_days_later_makes_the_session_younger(archive: Archive) -> None:
    session = held(archive, 100)
    over(archive, session, 5)
    assert archive.old_audio(90, NOW).recordings == ()


def test_a_session_at_work_elsewhere_waits(archive: Archive, home: Path) -> None:
    session = held(archive, 91)
    with Archive.open(home) as other:
        assert other.claim(session)
        assert archive.let_go_of_audio(90, NOW) == LetGo(0)
    assert archive.let_go_of_audio(90, NOW) == LetGo(1)


def test_a_session_that_runs_is_left_alone(archive: Archive) -> None:
    session = held(archive, 91, end=False)
    assert archive.let_go_of_audio(90, NOW) == LetGo(0)
    assert audio_of(archive, session) == "audio/1/01.flac"


def test_a_crash_between_file_and_row_is_finished_by_the_next_start(archive: Archive, home: Path) -> None:
    session = held(archive, 91)
    (home / "audio" / "1" / "01.flac").unlink()
    assert archive.let_go_of_audio(90, NOW) == LetGo(1)
    assert audio_of(archive, session) is None


def test_a_file_that_will_not_go_keeps_its_name_and_is_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(archive, 91)

    def refused(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        # The lock file of the session stays too, and does no harm.
        assert archive.let_go_of_audio(90, NOW) == LetGo(0, ("audio/1/01.flac",))
    assert audio_of(archive, 1) == "audio/1/01.flac"


def test_no_byte_of_the_sound_stays_and_every_word_does(archive: Archive, home: Path) -> None:
    chance = random.Random(4)
    words = [invented(chance) for _ in range(WORDS)]
    session = fill(archive, words, days_ago(91))
    over(archive, session, 91)
    sound, rest = words[5], [*words[:5], *words[6:]]
    twin = home / "audio" / str(session) / "01.heard.wav"
    twin.write_text(sound)
    assert parts_in(home, words) == words
    assert archive.let_go_of_audio(90, NOW) == LetGo(2)
    assert parts_in(home, [sound]) == []
    assert parts_in(home, rest) == rest
    assert not twin.exists()
