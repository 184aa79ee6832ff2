"""Answers on their way to being final, in idle time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future

import numpy as np
import pytest

from greenroom.archive import Archive
from greenroom.errors import TranscriptionError
from greenroom.hearing.recorder import Recorder
from greenroom.hearing.transcription_thread import TranscriptionThread
from greenroom.stage.finishing import Finisher
from greenroom.types import Span, Transcript, Turn, Word
from hearing.fakes import eventually
from stage.fakes import FakeRecogniser, Staged


@pytest.fixture
def transcriber() -> Iterator[TranscriptionThread]:
    thread = TranscriptionThread(FakeRecogniser)
    yield thread
    thread.close()


@pytest.fixture
def staged(archive: Archive, transcriber: TranscriptionThread) -> Staged:
    return Staged(archive, recogniser=transcriber)


def answer(staged: Staged, *, words: bool = True) -> Turn:
    """An answer of a second, stored as it is when its file has just been closed."""
    turn = staged.progress.turn
    folder = staged.archive.session_audio_dir(staged.session_id)
    recorder = Recorder(folder / "01.wav")
    recorder.write(np.full(3 * 16_000, 900, np.int16))
    recorder.close()
    staged.archive.question_ended(turn.id, 0.0, "audio/1/01.wav")
    voiced = (Span(0.5, 1.5),) if words else ()
    staged.archive.store_recording(
        turn.id, audio="audio/1/01.wav", timing=None, voiced=voiced, status="skipped"
    )
    if words:
        said = Transcript("Yes.", (Word("Yes.", 0.5, 1.5, 0.9),), "fake", "stitched")
        staged.archive.store_transcript(turn.id, said, timing=None, fillers=None, status="answered")
    return turn


def files(staged: Staged) -> list[str]:
    return sorted(path.name for path in staged.archive.session_audio_dir(staged.session_id).iterdir())


def until(finisher: Finisher, condition: Callable[[], bool]) -> None:
    def polled() -> bool:
        finisher.poll()
        return condition()

    eventually(polled)


def test_words_and_sound_become_final_and_the_open_file_goes(staged: Staged) -> None:
    turn = answer(staged)
    finisher = Finisher(staged.crew)
    finisher.begin(turn)
    until(finisher, lambda: "transcript_final" in staged.trace.names)
    assert (staged.stored().transcript_is, staged.stored().audio) == ("final", "audio/1/01.flac")
    assert (staged.stored().transcript, staged.stored().status) == ("Yes.", "answered")
    assert files(staged) == ["01.flac"]
    assert staged.trace.events == [("transcript_final", 1)]


def test_nothing_is_stored_before_somebody_looks(staged: Staged) -> None:
    finisher = Finisher(staged.crew)
    finisher.begin(answer(staged))
    eventually(lambda: (staged.archive.home / "audio/1/01.flac").exists())
    assert staged.stored().transcript_is == "stitched"


def test_of_a_question_without_an_answer_only_the_sound_is_closed(staged: Staged) -> None:
    finisher = Finisher(staged.crew)
    finisher.begin(answer(staged, words=False))
    until(finisher, lambda: staged.stored().audio == "audio/1/01.flac")
    assert (staged.stored().status, staged.stored().transcript) == ("skipped", None)
    assert (files(staged), staged.trace.events) == (["01.flac"], [])


def test_it_waits_for_who_speaks(staged: Staged, transcriber: TranscriptionThread) -> None:
    transcriber.hold(True)
    finisher = Finisher(staged.crew)
    finisher.begin(answer(staged))
    transcriber.submit(np.zeros(1_600, np.int16), 0.0).result(20)  # stretches are decoded all the same
    finisher.poll()
    assert files(staged) == ["01.wav"]
    transcriber.hold(False)
    until(finisher, lambda: "transcript_final" in staged.trace.names)


def test_draining_waits_for_all_of_it(staged: Staged) -> None:
    finisher = Finisher(staged.crew)
    finisher.begin(answer(staged))
    finisher.drain(lambda: None)
    assert staged.stored().transcript_is == "final"
    finisher.drain(lambda: pytest.fail("there is nothing to wait for"))


def test_who_leaves_is_not_held_up_and_the_next_start_takes_it_up(
    staged: Staged, transcriber: TranscriptionThread
) -> None:
    transcriber.hold(True)
    finisher = Finisher(staged.crew)
    finisher.begin(answer(staged))
    staged.keys._note(2, None)
    with pytest.raises(KeyboardInterrupt):
        finisher.drain(lambda: None)
    assert staged.stored().transcript_is == "stitched"
    transcriber.hold(False)
    staged.archive.end_session(staged.session_id, "interrupted")
    later = Staged(staged.archive, recogniser=transcriber)
    again = Finisher(later.crew)
    again.take_up()
    until(again, lambda: staged.stored().transcript_is == "final")
    assert later.trace.events == []  # it is none of this session's answers


def test_a_second_look_that_fails_leaves_the_first_words(
    staged: Staged, monkeypatch: pytest.MonkeyPatch, transcriber: TranscriptionThread
) -> None:
    def fails(work: object) -> Future[None]:
        failed: Future[None] = Future()
        failed.set_exception(TranscriptionError("The model is broken.", "Install it anew."))
        return failed

    monkeypatch.setattr(transcriber, "later", fails)
    finisher = Finisher(staged.crew)
    finisher.begin(answer(staged))
    finisher.drain(lambda: None)
    assert (staged.stored().transcript_is, staged.stored().audio) == ("stitched", "audio/1/01.wav")
    assert files(staged) == ["01.wav"]
