"""An answer as it is stored: the recording first, its words when they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.archive import Archive
from greenroom.dialogue.acts import Heard
from greenroom.errors import GreenroomError, TranscriptionError
from greenroom.hearing.answer import Words
from greenroom.hearing.models import FinalRule
from greenroom.hearing.transcription_thread import TranscriptionThread
from greenroom.stage import words
from greenroom.stage.answers import AnswerKeeper, Wish
from greenroom.stage.turns import Reopened
from greenroom.types import Span, Word
from stage.fakes import FakeRecogniser, Staged, answered


@pytest.fixture
def staged(archive: Archive) -> Staged:
    transcriber = TranscriptionThread(FakeRecogniser)
    transcriber.recogniser.result(20)
    transcriber.close()  # only its model's name is asked for
    return Staged(archive, recogniser=transcriber)


def stretch(text: str, start_s: float) -> Words:
    found = Words()
    found.set_result(
        tuple(Word(one, start_s + n, start_s + n + 0.5, 0.8) for n, one in enumerate(text.split()))
    )
    return found


def test_the_words_of_all_stretches_are_one_transcript(staged: Staged, tmp_path: Path) -> None:
    answer = answered(
        tmp_path / "01.wav",
        voiced=(Span(3.0, 12.0), Span(20.0, 33.0)),
        left_out=(Span(14.0, 15.0),),
        stretches=(stretch("We, um, quarrelled.", 3.0), stretch("And made up.", 20.0)),
        reopened_after_s=(8.0,),
    )
    kept = AnswerKeeper(staged.crew).keep(staged.progress.turn, answer, None)
    turn = staged.stored()
    assert kept.heard == Heard(
        1, "answered", "We, um, quarrelled. And made up.", turn.timing, first_word_s=3.0
    )
    assert kept.sound
    assert (turn.status, turn.audio, turn.transcript_is) == ("answered", "audio/1/01.wav", "stitched")
    assert turn.timing is not None
    assert (turn.timing.thinking_s, turn.timing.answer_s, turn.timing.longest_pause_s) == (1.0, 22.0, 0.0)
    assert turn.fillers is not None
    assert turn.fillers.count == 1
    assert staged.archive.voiced(turn.id) == answer.voiced
    assert staged.archive.left_out(turn.id) == answer.left_out
    assert staged.archive.question_ended_s(turn.id) == 2.0
    assert staged.archive.pause_history().reopened_after_s == (8.0,)
    assert staged.trace.names == ["turn_stored", "transcript_ready"]


@pytest.mark.parametrize(("changed", "made_by"), [({}, "fake"), ({"hurried": True}, "fake+quick")])
def test_what_was_decoded_in_a_hurry_is_told_by_what_it_was_made_with(
    staged: Staged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, bool], made_by: str
) -> None:
    monkeypatch.setattr(FakeRecogniser, "final", FinalRule(whole=False, helped_by="quick"))
    answer = answered(tmp_path / "01.wav", stretches=(stretch("We quarrelled.", 3.0),), **changed)
    AnswerKeeper(staged.crew).keep(staged.progress.turn, answer, None)
    assert staged.stored().model == made_by


def test_a_phrase_that_the_quick_ear_knows_is_not_decoded_again(
    staged: Staged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeRecogniser, "final", FinalRule(whole=False, helped_by="quick"))
    answer = answered(
        tmp_path / "01.wav", stretches=(stretch("Sex.", 3.0),), hurried=True, short_text="A six."
    )
    AnswerKeeper(staged.crew).keep(staged.progress.turn, answer, None)
    assert (staged.stored().transcript, staged.stored().model) == ("A six.", "fake")


def test_a_file_teaches_no_patience(staged: Staged, tmp_path: Path) -> None:
    staged.ear.live = False
    answer = answered(tmp_path / "01.wav", stretches=(stretch("Yes.", 3.0),), reopened_after_s=(8.0,))
    AnswerKeeper(staged.crew).keep(staged.progress.turn, answer, None)
    assert staged.archive.pause_history().reopened_after_s == ()


@pytest.mark.parametrize(
    ("wish", "status", "text", "command"),
    [
        (None, "answered", "We quarrelled.", None),
        ("skip", "skipped", "", None),
        ("stop", "unfinished", "We quarrelled.", "stop"),
        ("again", "unfinished", "We quarrelled.", "again"),
    ],
)
def test_what_the_person_wished_for_decides_what_it_counts_as(
    staged: Staged, tmp_path: Path, wish: Wish | None, status: str, text: str, command: str | None
) -> None:
    answer = answered(tmp_path / "01.wav", stretches=(stretch("We quarrelled.", 3.0),))
    heard = AnswerKeeper(staged.crew).keep(staged.progress.turn, answer, wish).heard
    assert (heard.status, heard.text, heard.command) == (status, text, command)
    assert (staged.stored().status, staged.stored().transcript) == (status, "We quarrelled.")


def test_who_goes_on_while_the_words_are_waited_for_interrupts(staged: Staged, tmp_path: Path) -> None:
    turn = staged.progress.turn

    def watch() -> None:
        raise Reopened(turn, lambda: Heard(1, "skipped"))

    answer = answered(tmp_path / "01.wav", stretches=(Words(),))
    with pytest.raises(Reopened):
        AnswerKeeper(staged.crew).keep(turn, answer, None, watch=watch)
    assert (staged.stored().status, staged.stored().audio) == ("recorded", "audio/1/01.wav")


def test_stored_once_more_it_is_the_longer_answer(staged: Staged, tmp_path: Path) -> None:
    keeper = AnswerKeeper(staged.crew)
    first = stretch("We quarrelled.", 3.0)
    keeper.keep(staged.progress.turn, answered(tmp_path / "01.wav", stretches=(first,)), None)
    longer = answered(
        tmp_path / "01.wav",
        voiced=(Span(3.0, 33.0), Span(37.0, 40.0)),
        stretches=(first, stretch("And made up.", 37.0)),
        reopened_after_s=(4.0,),
    )
    keeper.keep(staged.progress.turn, longer, None)
    turn = staged.stored()
    assert (turn.number, turn.transcript) == (1, "We quarrelled. And made up.")
    assert turn.timing is not None
    assert (turn.timing.answer_s, turn.timing.longest_pause_s) == (37.0, 4.0)


def test_a_short_phrase_that_the_quick_ear_knows_is_taken_from_it(staged: Staged, tmp_path: Path) -> None:
    answer = answered(
        tmp_path / "01.wav", voiced=(Span(3.0, 3.6),), stretches=(stretch("Yet.", 3.0),), short_text="Yes."
    )
    AnswerKeeper(staged.crew).keep(staged.progress.turn, answer, None)
    assert staged.stored().words == (Word("Yes.", 3.0, 3.6, 0.8),)


@pytest.mark.parametrize("short_text", [None, "", " "])
def test_any_other_answer_is_left_to_the_model(
    staged: Staged, tmp_path: Path, short_text: str | None
) -> None:
    answer = answered(tmp_path / "01.wav", stretches=(stretch("A gap year.", 3.0),), short_text=short_text)
    AnswerKeeper(staged.crew).keep(staged.progress.turn, answer, None)
    assert staged.stored().transcript == "A gap year."


def test_words_that_cannot_be_made_out_leave_the_recording(staged: Staged, tmp_path: Path) -> None:
    failed = Words()
    failed.set_exception(TranscriptionError("The model is broken.", "Install it anew."))
    kept = AnswerKeeper(staged.crew).keep(
        staged.progress.turn, answered(tmp_path / "01.wav", stretches=(failed,)), "stop"
    )
    assert (kept.heard.status, kept.heard.command, kept.sound) == ("recorded", "stop", True)
    assert staged.screen.lines == [f"note {words.NOT_TRANSCRIBED.format(reason='The model is broken.')}"]


@pytest.mark.parametrize(("wish", "command"), [("skip", None), ("stop", "stop"), ("again", "again")])
def test_a_wish_without_an_answer_leaves_nothing(
    staged: Staged, tmp_path: Path, wish: Wish | None, command: str | None
) -> None:
    answer = answered(tmp_path / "01.wav", voiced=(), closed_by="key", open=False)
    kept = AnswerKeeper(staged.crew).keep(staged.progress.turn, answer, wish)
    assert (kept.heard, kept.sound) == (Heard(1, "skipped", command=command), False)
    assert staged.stored().audio is None


def test_a_question_that_nobody_answered_is_skipped_and_its_sound_kept(
    staged: Staged, tmp_path: Path
) -> None:
    answer = answered(tmp_path / "01.wav", voiced=(), closed_by="silence")
    kept = AnswerKeeper(staged.crew).keep(staged.progress.turn, answer, None)
    assert (kept.heard, kept.sound) == (Heard(1, "skipped"), True)
    assert (staged.stored().status, staged.stored().audio) == ("skipped", "audio/1/01.wav")
    assert staged.screen.lines == [f"note {words.SKIPPED}"]


def test_a_muted_microphone_is_told(staged: Staged, tmp_path: Path) -> None:
    answer = answered(tmp_path / "01.wav", voiced=(), closed_by="silence", digital_silence=True)
    answer.wav.touch()
    with pytest.raises(GreenroomError) as raised:
        AnswerKeeper(staged.crew).keep(staged.progress.turn, answer, None)
    assert raised.value.message == words.MICROPHONE_SILENT
    assert not answer.wav.exists()
