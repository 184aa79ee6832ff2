"""What an interrupted session left behind is made whole at the next start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import soundfile

from greenroom.archive import Archive
from greenroom.archive.recovery import anything_to_mend
from greenroom.errors import TranscriptionError
from greenroom.hearing.load import load_whole
from greenroom.hearing.recorder import Recorder, keep_as_flac
from greenroom.hearing.transcriber import FasterWhisper, Recogniser
from greenroom.stage.mending import Mended, mend, told
from greenroom.types import Span
from recordings import FOLDER, recorded
from stage.fakes import FakeRecogniser


def left_behind(
    home: Path,
    sound: Path | None,
    *,
    question_ended_s: float | None = 0.0,
    cut_bytes: int = 0,
    ended: bool = False,
    closed: bool = False,
) -> Path:
    """A session whose program died: one turn, its sound as the recorder wrote it so far."""
    with Archive.open(home) as archive:
        session_id = archive.start_session("practice", started_at="2026-01-31T18:04:05+01:00")
        turn = archive.start_turn(
            session_id, part="interview", prompt_id="conflict", prompt="Tell me about a conflict."
        )
        wav = archive.session_audio_dir(session_id) / "01.wav"
        archive.question_ended(turn.id, question_ended_s, "audio/1/01.wav")
        recorder = Recorder(wav)
        if sound is not None:
            recorder.write(load_whole(sound))
        recorder.close()
        if closed:
            keep_as_flac(wav, wav.with_suffix(".flac"))
            wav.unlink()
            archive.store_recording(
                turn.id, audio="audio/1/01.flac", timing=None, voiced=[Span(0.8, 1.2)], status="recorded"
            )
        if ended:
            archive.end_session(session_id, "finished")
    if cut_bytes:
        with wav.open("r+b") as file:
            file.truncate(wav.stat().st_size - cut_bytes)
    return wav


def mended(home: Path, load_model: Callable[[], Recogniser]) -> list[Mended]:
    with Archive.open(home) as archive:
        return mend(archive, load_model)


def no_model() -> Recogniser:
    raise AssertionError("nobody speaks: no model is needed")


@pytest.mark.parametrize("cut_bytes", [0, 1, 2, 4_321])
def test_a_half_written_answer_keeps_every_whole_sample(home: Path, cut_bytes: int) -> None:
    """Cut anywhere, also in the middle of a sample."""
    one = recorded("replies/yes")
    left_behind(home, one.path, cut_bytes=cut_bytes)
    [found] = mended(home, FakeRecogniser)
    assert (found.answers, found.words, found.problem) == (1, 3, None)
    frames = soundfile.info(home / "audio" / "1" / "01.flac").frames
    assert frames == round(one.seconds * 16_000) - (cut_bytes + 1) // 2


def test_a_half_written_answer_is_saved_with_its_words(home: Path, tiny: FasterWhisper) -> None:
    one = recorded("replies/debrief-05-question-one")
    wav = left_behind(home, one.path, cut_bytes=4_321)
    [found] = mended(home, lambda: tiny)
    assert (found.session_id, found.cut_off, found.answers, found.problem) == (1, True, 1, None)
    assert found.words >= 7
    assert found.sound_s == pytest.approx(1.9, abs=0.3)
    with Archive.open(home) as archive:
        session = archive.session(1)
        assert session.status == "interrupted"
        [turn] = session.turns
        assert (turn.status, turn.audio, turn.model) == ("unfinished", "audio/1/01.flac", "tiny.en")
        assert "gap in my career" in str(turn.transcript)
        assert turn.timing is not None
        assert turn.timing.thinking_s == pytest.approx(one.first_voiced_s, abs=0.1)
        assert not anything_to_mend(archive)
    assert not wav.exists()
    assert mended(home, no_model) == []


def test_a_question_out_of_the_loudspeaker_is_nobody_s_answer(home: Path) -> None:
    """Killed while it was being asked: what the microphone heard is kept, and told as nothing said."""
    left_behind(home, recorded("demo/practice-again").path, question_ended_s=None)
    [found] = mended(home, no_model)
    assert (found.cut_off, found.answers, found.problem) == (True, 0, None)
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert (turn.status, turn.audio, turn.transcript) == ("skipped", "audio/1/01.flac", None)
        assert not anything_to_mend(archive)


def test_what_comes_before_the_question_ended_is_the_question(home: Path) -> None:
    one = recorded("demo/practice-again")
    left_behind(home, one.path, question_ended_s=3.7)  # in the pause between its two sentences
    mended(home, FakeRecogniser)
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert turn.timing is not None
        assert turn.timing.thinking_s == pytest.approx(0.5, abs=0.15)
        assert archive.voiced(turn.id)[0].start_s == pytest.approx(4.2, abs=0.15)


@pytest.mark.parametrize(
    "name",
    [
        "noise/room_tone",
        None,
    ],
)
def test_an_answer_not_begun_is_skipped_and_not_told_as_saved(home: Path, name: str | None) -> None:
    left_behind(home, FOLDER / f"{name}.flac" if name else None)
    [found] = mended(home, no_model)
    assert (found.cut_off, found.answers, found.words) == (True, 0, 0)
    with Archive.open(home) as archive:
        assert archive.session(1).status == "interrupted"
    assert told(found)[0] == (
        "Found a rehearsal of 31 January 2026, 18:04 that was cut off. It is kept as session 1; "
        "no answer was open."
    )


def test_a_closed_answer_without_words_gets_them_and_counts_as_answered(home: Path) -> None:
    left_behind(home, recorded("replies/yes").path, closed=True)
    [found] = mended(home, FakeRecogniser)
    assert (found.answers, found.words) == (1, 3)
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert (turn.status, turn.transcript) == ("answered", "So, um, yes.")
        assert turn.fillers is not None
        assert turn.fillers.by_word == {"um": 1}


def test_a_finished_session_whose_transcription_had_failed_gets_its_words_and_stays_finished(
    home: Path,
) -> None:
    left_behind(home, recorded("replies/yes").path, closed=True, ended=True)
    [found] = mended(home, FakeRecogniser)
    assert (found.cut_off, found.answers) == (False, 1)
    assert told(found) == ["1 answer of session 1 that had waited for its words has them now."]
    with Archive.open(home) as archive:
        assert archive.session(1).status == "finished"
        assert archive.session(1).turns[0].status == "answered"
    assert mended(home, no_model) == []


def test_what_cannot_be_written_down_now_is_kept_and_tried_again(home: Path) -> None:
    left_behind(home, recorded("replies/yes").path, closed=True, ended=True)
    [found] = mended(home, lambda: FakeRecogniser(fails=True))
    assert isinstance(found.problem, TranscriptionError)
    assert told(found) == [
        "An answer of session 1 is safe, but could not be written down: The model is broken.",
        "Install it anew.",
    ]
    assert (home / "audio" / "1" / "01.flac").is_file()
    [again] = mended(home, FakeRecogniser)
    assert (again.problem, again.words) == (None, 3)


def test_a_cut_off_answer_that_cannot_be_written_down_now_is_tried_again(home: Path) -> None:
    left_behind(home, recorded("replies/yes").path)
    [found] = mended(home, lambda: FakeRecogniser(fails=True))
    assert found.problem is not None
    [again] = mended(home, FakeRecogniser)
    assert (again.problem, again.answers, again.words) == (None, 1, 3)


def test_a_session_that_another_program_is_at_work_on_is_left_alone(home: Path) -> None:
    left_behind(home, recorded("replies/yes").path)
    with Archive.open(home) as owner, Archive.open(home) as other:
        assert owner.claim(1)
        assert mend(other, no_model) == []
        assert owner.session(1).status == "running"


def test_the_model_is_loaded_once_for_all_sessions(home: Path) -> None:
    loads: list[FakeRecogniser] = []

    def load() -> Recogniser:
        loads.append(FakeRecogniser())
        return loads[-1]

    with Archive.open(home) as archive:
        for number in (1, 2):
            session_id = archive.start_session("debrief")
            turn = archive.start_turn(session_id, part="debrief", prompt_id="x", prompt="How?")
            wav = archive.session_audio_dir(session_id) / "01.wav"
            archive.question_ended(turn.id, 0.0, f"audio/{session_id}/01.wav")
            recorder = Recorder(wav)
            recorder.write(load_whole(recorded("replies/yes").path))
            recorder.close()
            assert session_id == number
    assert [found.session_id for found in mended(home, load)] == [1, 2]
    assert len(loads) == 1
