"""What a program that died while an answer might still go on left behind; and words made final afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

from greenroom.archive import Archive, orphans
from greenroom.errors import GreenroomError, TranscriptionError
from greenroom.hearing.load import load_whole
from greenroom.hearing.models import FinalRule
from greenroom.hearing.recorder import Recorder
from greenroom.hearing.transcriber import Recogniser
from greenroom.stage.mending import Mended, finalise, mend, told
from greenroom.types import Pcm, Span, Transcript, TurnStatus, Word
from recordings import FOLDER, recorded
from stage.fakes import FakeRecogniser

YES = recorded("replies/yes")
STORED = (Word("Yes,", 0.4, 0.6, 0.9), Word("sir.", 0.7, 1.0, 0.9))


class Thorough(FakeRecogniser):
    """Hears an "um" at the second look, half a second after the answer began."""

    final = FinalRule(whole=False)

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        self.decoded += 1
        if self.fails:
            raise TranscriptionError("The model is broken.", "Install it anew.")
        yield (Word("um,", 0.5, 0.7, 0.6),) if primed else ()


class Helped(Thorough):
    """Leaves the last stretch to another model when somebody waits, and hears it better itself."""

    final = FinalRule(whole=False, helped_by="quick")

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        return (Word("Yes,", 0.25, 0.45, 0.9), Word("ma'am.", 0.55, 0.85, 0.9))


def sound_of(*pieces: str | float) -> Pcm:
    """Fixtures by name, and seconds of silence, one after the other."""
    parts = [
        load_whole(FOLDER / f"{piece}.flac") if isinstance(piece, str) else np.zeros(round(16_000 * piece))
        for piece in pieces
    ]
    return np.concatenate(parts).astype(np.int16)


def write(path: Path, sound: Pcm) -> None:
    recorder = Recorder(path)
    recorder.write(sound)
    recorder.close()


def left_behind(
    home: Path,
    sound: Pcm | None,
    status: TurnStatus,
    *,
    cleaned: Pcm | None = None,
    voiced: Sequence[Span] = (),
    left_out: Sequence[Span] = (),
    words: Sequence[Word] = (),
    reopened: bool = False,
    ended: bool = False,
) -> Path:
    """A session whose program died with one turn as it stands; its recording is a WAV."""
    with Archive.open(home) as archive:
        session_id = archive.start_session("practice", started_at="2026-01-31T18:04:05+01:00")
        turn = archive.start_turn(session_id, part="interview", prompt_id="why", prompt="Why?")
        wav = archive.session_audio_dir(session_id) / "01.wav"
        archive.question_ended(turn.id, 0.0, "audio/1/01.wav")
        if sound is not None:
            write(wav, sound)
        if cleaned is not None:
            write(wav.with_suffix(".heard.wav"), cleaned)
        if voiced:
            archive.store_recording(
                turn.id, audio="audio/1/01.wav", timing=None, voiced=voiced, left_out=left_out
            )
        archive.leave_out(turn.id, left_out)
        if words:
            text = " ".join(word.text for word in words)
            said = Transcript(text, tuple(words), "tiny.en", "stitched")
            archive.store_transcript(turn.id, said, timing=None, fillers=None, status=status)
        archive.set_turn_status(turn.id, status)
        if reopened:
            archive.reopen_turn(turn.id)
        if ended:
            archive.end_session(session_id, "finished")
    return wav


def mended(home: Path, load_model: Callable[[], Recogniser]) -> Mended:
    with Archive.open(home) as archive:
        [found] = mend(archive, load_model)
        assert archive.unmended_ids() == []
        return found


def files(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "audio" / "1").iterdir())


def seconds_kept(home: Path) -> float:
    return soundfile.info(home / "audio" / "1" / "01.flac").frames / 16_000


def no_model() -> Recogniser:
    raise AssertionError("its words are there: no model is needed")


@pytest.mark.parametrize("ended", [False, True])
def test_an_answer_that_might_still_have_gone_on_keeps_its_words_and_ends_after_its_last_one(
    home: Path, ended: bool
) -> None:
    sound = sound_of("replies/yes", 1.0, "demo/practice-again")  # the next question, out of the loudspeaker
    left_behind(home, sound, "answered", cleaned=sound, voiced=[Span(0.4, 1.0)], words=STORED, ended=ended)
    found = mended(home, no_model)
    assert (found.cut_off, found.answers, found.problem) == (not ended, 0, None)
    assert told(found) == (
        []
        if ended
        else [
            "Found a rehearsal of 31 January 2026, 18:04 that was cut off. It is kept as session 1; "
            "no answer was open."
        ]
    )
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert (turn.status, turn.audio, turn.transcript) == ("answered", "audio/1/01.flac", "Yes, sir.")
        assert turn.transcript_is == "stitched"
        assert orphans(archive) == []
    assert files(home) == ["01.flac"]
    assert seconds_kept(home) == pytest.approx(1.5, abs=0.001)


@pytest.mark.parametrize("status", ["answered", "unfinished", "skipped"])
def test_a_recording_that_is_gone_takes_no_words_with_it(home: Path, status: TurnStatus) -> None:
    left_behind(home, None, status, voiced=[Span(0.4, 1.0)], words=STORED)
    mended(home, no_model)
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert (turn.status, turn.audio, turn.transcript) == (status, None, "Yes, sir.")


def test_a_program_that_died_between_its_flac_and_the_archive_leaves_nothing_twice(home: Path) -> None:
    wav = left_behind(home, None, "answered", voiced=[Span(0.4, 1.0)], words=STORED)
    soundfile.write(wav.with_suffix(".flac"), sound_of("replies/yes"), 16_000)
    mended(home, no_model)
    with Archive.open(home) as archive:
        assert archive.session(1).turns[0].audio == "audio/1/01.flac"


def test_a_program_that_died_just_before_it_removed_the_wav_leaves_none(home: Path) -> None:
    wav = left_behind(home, sound_of("replies/yes"), "answered", voiced=[Span(0.4, 1.0)], words=STORED)
    soundfile.write(wav.with_suffix(".flac"), sound_of("replies/yes"), 16_000)
    write(wav.with_suffix(".heard.wav"), sound_of("replies/yes"))
    with Archive.open(home) as archive:
        archive.store_audio(1, "audio/1/01.flac")
    mended(home, no_model)
    assert files(home) == ["01.flac"]


def test_an_answer_that_was_going_on_is_heard_anew_from_its_beginning(home: Path) -> None:
    sound = sound_of("replies/yes", 2.0, "replies/no")
    left_behind(home, sound, "answered", voiced=[Span(0.4, 1.0)], words=STORED, reopened=True)
    found = mended(home, FakeRecogniser)
    assert (found.answers, found.words) == (1, 3)
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert (turn.status, turn.transcript) == ("unfinished", "So, um, yes.")
        assert len(archive.voiced(turn.id)) == 2
    assert seconds_kept(home) == pytest.approx(len(sound) / 16_000, abs=0.001)


def test_stored_words_are_never_exchanged_for_none(home: Path) -> None:
    left_behind(home, sound_of(2.0), "answered", voiced=[Span(0.4, 1.0)], words=STORED, reopened=True)
    found = mended(home, no_model)
    assert (found.answers, found.words) == (1, 2)
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert (turn.status, turn.transcript, turn.audio) == ("unfinished", "Yes, sir.", "audio/1/01.flac")


@pytest.mark.parametrize("cleaned", [True, False])
def test_what_sounds_after_a_closed_answer_is_not_written_down_with_it(home: Path, cleaned: bool) -> None:
    sound = sound_of("replies/yes", 1.5, "demo/practice-again")
    end_s = YES.last_voiced_s
    left_behind(
        home, sound, "recorded", cleaned=sound if cleaned else None, voiced=[Span(YES.first_voiced_s, end_s)]
    )
    found = mended(home, FakeRecogniser)
    assert (found.answers, found.words) == (1, 3)
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert turn.status == "answered"
        [span] = archive.voiced(turn.id)
        assert span.end_s == pytest.approx(end_s, abs=0.2)
    assert files(home) == ["01.flac"]
    assert seconds_kept(home) == pytest.approx(end_s + 0.5, abs=0.001)


def test_the_program_s_own_voice_is_nobody_s_answer_where_it_was_taken_out(home: Path) -> None:
    raw = sound_of("demo/practice-again")
    left_behind(home, raw, "asked", cleaned=np.zeros_like(raw))
    found = mended(home, no_model)
    assert (found.answers, found.problem) == (0, None)
    with Archive.open(home) as archive:
        assert archive.session(1).turns[0].status == "skipped"
    assert files(home) == ["01.flac"]
    assert np.array_equal(load_whole(home / "audio" / "1" / "01.flac"), raw)  # what is kept is raw


def test_a_twin_without_a_sample_is_not_taken_for_silence(home: Path) -> None:
    left_behind(home, sound_of("replies/yes"), "asked", cleaned=np.zeros(0, np.int16))
    assert mended(home, FakeRecogniser).answers == 1


@pytest.mark.parametrize("with_twin", [True, False])
def test_a_spoken_command_is_not_written_down(home: Path, with_twin: bool) -> None:
    sound = sound_of("replies/yes", 1.0, "replies/no")
    command_s = YES.seconds + 0.9
    left_behind(
        home,
        sound,
        "asked",
        cleaned=sound if with_twin else None,
        left_out=[Span(command_s, len(sound) / 16_000)],
    )
    assert mended(home, FakeRecogniser).answers == 1
    with Archive.open(home) as archive:
        [span] = archive.voiced(1)
        assert span.end_s < command_s
    assert files(home) == ["01.flac"]
    assert np.array_equal(load_whole(home / "audio" / "1" / "01.flac"), sound)


def test_nothing_but_a_spoken_command_is_no_answer(home: Path) -> None:
    left_behind(home, sound_of("replies/no"), "asked", left_out=[Span(0.0, 10.0)])
    assert mended(home, no_model).answers == 0


def test_what_cannot_be_written_down_now_is_heard_the_same_way_at_the_next_start(home: Path) -> None:
    raw = sound_of("demo/practice-again", "replies/yes")
    cleaned = np.concatenate(
        [np.zeros(len(sound_of("demo/practice-again")), np.int16), sound_of("replies/yes")]
    )
    left_behind(home, raw, "asked", cleaned=cleaned, left_out=[Span(0.0, 0.1)])
    with Archive.open(home) as archive:
        [found] = mend(archive, lambda: FakeRecogniser(fails=True))
        assert isinstance(found.problem, TranscriptionError)
    assert files(home) == ["01.flac", "01.heard.wav"]
    assert mended(home, FakeRecogniser).answers == 1
    assert files(home) == ["01.flac"]


def stitched(home: Path, *, seconds: float = 4.0, made_by: str = "tiny.en") -> int:
    """A finished session with one answer whose words are not final; returns the session."""
    with Archive.open(home) as archive:
        session_id = archive.start_session("practice")
        turn = archive.start_turn(session_id, part="interview", prompt_id="why", prompt="Why?")
        wav = archive.session_audio_dir(session_id) / "01.wav"
        write(wav, sound_of("replies/yes", 10.0))
        archive.question_ended(turn.id, 0.2, f"audio/{session_id}/01.wav")
        archive.store_recording(
            turn.id, audio=f"audio/{session_id}/01.wav", timing=None, voiced=[Span(0.4, 0.4 + seconds)]
        )
        said = Transcript("Yes, sir.", STORED, made_by, "stitched")
        archive.store_transcript(turn.id, said, timing=None, fillers=None, status="answered")
        archive.end_session(session_id, "finished")
        return session_id


def finalised(home: Path, model: FakeRecogniser, session_id: int | None = None) -> list[int]:
    with Archive.open(home) as archive:
        return [one.session_id for one in finalise(archive, lambda: model, session_id)]


def test_words_become_final_with_their_fillers_and_the_recording_is_closed(home: Path) -> None:
    stitched(home)
    assert finalised(home, Thorough()) == [1]
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert (turn.transcript, turn.transcript_is) == ("Yes, um, sir.", "final")
        assert (turn.model, turn.audio, turn.status) == ("fake", "audio/1/01.flac", "answered")
        assert turn.fillers is not None
        assert turn.fillers.by_word == {"um": 1}
        assert turn.timing is not None
        assert (turn.timing.thinking_s, turn.timing.answer_s) == pytest.approx((0.2, 4.0))
        assert turn.timing.words_per_minute == pytest.approx(45.0)
    assert files(home) == ["01.flac"]
    assert seconds_kept(home) == pytest.approx(4.9, abs=0.001)
    assert finalised(home, Thorough(fails=True)) == []


@pytest.mark.parametrize("seconds", [4.0, 2.0])
def test_what_was_decoded_in_a_hurry_is_decoded_again_by_the_model_itself(home: Path, seconds: float) -> None:
    stitched(home, seconds=seconds, made_by="fake+quick")
    assert finalised(home, Helped()) == [1]
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert (turn.transcript_is, turn.model) == ("final", "fake")
        assert turn.transcript == ("Yes, um, ma'am." if seconds == 4.0 else "Yes, ma'am.")


def test_a_short_answer_is_final_as_it_is(home: Path) -> None:
    stitched(home, seconds=2.9)
    model = Thorough()
    assert finalised(home, model) == [1]
    assert model.decoded == 0
    with Archive.open(home) as archive:
        [turn] = archive.session(1).turns
        assert (turn.transcript, turn.transcript_is, turn.model) == ("Yes, sir.", "final", "tiny.en")


def test_words_that_cannot_be_made_final_now_stay_as_they_are(home: Path) -> None:
    stitched(home)
    stitched(home)
    assert finalised(home, Thorough(fails=True)) == []
    with Archive.open(home) as archive:
        assert [one.session_id for one in archive.unfinal_turns()] == [1, 2]
        assert archive.session(1).turns[0].transcript == "Yes, sir."
    assert finalised(home, Thorough()) == [1, 2]


def test_only_what_nobody_else_is_at_work_on_is_made_final(home: Path) -> None:
    for _ in range(3):
        stitched(home)
    with Archive.open(home) as other:
        assert other.claim(1)
        assert finalised(home, Thorough(), 2) == [2]
        assert finalised(home, Thorough()) == [3]
    with Archive.open(home) as ours:
        ours.reopen_session(1)
        assert [one.session_id for one in finalise(ours, Thorough, 1)] == [1]
        assert ours.holds(1)


def test_nothing_to_make_final_loads_no_model(home: Path) -> None:
    session_id = stitched(home)
    (home / "audio" / "1" / "01.wav").unlink()
    with Archive.open(home) as archive:
        assert finalise(archive, no_model, session_id) == []


def test_a_model_that_cannot_be_loaded_is_said(home: Path) -> None:
    stitched(home)

    def broken() -> Recogniser:
        raise GreenroomError("No model.", "Install it.")

    with Archive.open(home) as archive:
        with pytest.raises(GreenroomError, match="No model"):
            finalise(archive, broken)
        assert not archive.holds(1)
