"""A turn that goes on, is taken out again, is made final; and what is learned from all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.types import (
    Fillers,
    Item,
    PauseHistory,
    Span,
    Timing,
    Transcript,
    TranscriptKind,
    Turn,
    TurnStatus,
    Word,
)

TIMING = Timing(1.0, 4.0, 3.0, 1.0, 30.0)


def asked(archive: Archive, session_id: int) -> Turn:
    return archive.start_turn(session_id, part="interview", prompt_id="why", prompt="Why?")


def answered(
    archive: Archive,
    session_id: int,
    *,
    audio: str | None = "flac",
    kind: TranscriptKind = "stitched",
    status: TurnStatus = "answered",
) -> Turn:
    turn = asked(archive, session_id)
    name = f"audio/{session_id}/{turn.number:02d}.{audio}" if audio else None
    archive.store_recording(turn.id, audio=name, timing=TIMING, voiced=[Span(1.0, 2.0), Span(3.0, 5.0)])
    words = (Word("So.", 1.0, 1.5, 0.9),)
    archive.store_transcript(
        turn.id, Transcript("So.", words, "tiny.en", kind), timing=None, fillers=None, status=status
    )
    return turn


def live(
    archive: Archive,
    session_id: int,
    voiced: Sequence[Span],
    *,
    reopened_after: Sequence[float] = (),
    left_out: Sequence[Span] = (),
    is_live: bool = True,
    status: TurnStatus = "answered",
) -> Turn:
    turn = asked(archive, session_id)
    archive.store_recording(
        turn.id,
        audio=None,
        timing=None,
        voiced=voiced,
        status=status,
        live=is_live,
        reopened_after=reopened_after,
        left_out=left_out,
    )
    return turn


def test_an_answer_that_goes_on_is_asked_again_and_loses_nothing(archive: Archive) -> None:
    session_id = archive.start_session("practice")
    turn = answered(archive, session_id, audio="wav")
    archive.reopen_turn(turn.id)
    (stored,) = archive.session(session_id).turns
    assert (stored.status, stored.transcript, stored.timing) == ("asked", "So.", TIMING)
    assert stored.audio == "audio/1/01.wav"
    assert archive.voiced(turn.id) == (Span(1.0, 2.0), Span(3.0, 5.0))
    assert archive.unmended_ids() == [session_id]


def test_a_turn_not_answered_is_taken_out_with_its_sound_and_its_number_is_free_again(
    archive: Archive, home: Path
) -> None:
    session_id = archive.start_session("practice")
    answered(archive, session_id)
    turn = asked(archive, session_id)
    archive.question_ended(turn.id, None, "audio/1/02.wav")
    folder = archive.session_audio_dir(session_id)
    for name in ("01.flac", "02.wav", "02.heard.wav", "03.wav"):
        (folder / name).touch()
    archive.drop_turn(turn.id)
    assert [one.number for one in archive.session(session_id).turns] == [1]
    assert sorted(path.name for path in folder.iterdir()) == ["01.flac", "03.wav"]
    assert asked(archive, session_id).number == 2
    archive.drop_turn(asked(archive, session_id).id)  # never recorded


@pytest.mark.parametrize("status", ["recorded", "answered", "skipped", "unfinished"])
def test_a_turn_with_an_answer_is_never_dropped(archive: Archive, home: Path, status: TurnStatus) -> None:
    session_id = archive.start_session("practice")
    turn = answered(archive, session_id, status=status)
    sound = archive.session_audio_dir(session_id) / "01.flac"
    sound.touch()
    with pytest.raises(ValueError, match=f"turn 1 is {status}"):
        archive.drop_turn(turn.id)
    assert len(archive.session(session_id).turns) == 1
    assert sound.exists()


def test_items_are_dropped_by_their_ids(archive: Archive) -> None:
    session_id = archive.start_session("debrief")
    ids = [archive.keep_item(session_id, Item("right", text)) for text in ("one", "two", "three")]
    archive.drop_items([ids[0], ids[2]])
    archive.drop_items([])
    assert [item.text for item in archive.session(session_id).items] == ["two"]
    assert archive.search("two")
    assert archive.search("three") == []


def test_what_is_not_said_about_a_recording_stays_as_it_is_stored(archive: Archive) -> None:
    session_id = archive.start_session("practice")
    spans = [Span(1.0, 2.0), Span(3.0, 4.0)]
    turn = live(archive, session_id, spans, reopened_after=[3.25], left_out=[Span(6.0, 7.0)])
    archive.store_recording(turn.id, audio=None, timing=None, voiced=spans, status="answered")
    assert archive.left_out(turn.id) == (Span(6.0, 7.0),)
    assert archive.pause_history() == PauseHistory((1.0,), 1, (3.25,))
    archive.leave_out(turn.id, [])
    assert archive.left_out(turn.id) == ()


def test_the_last_version_of_the_words_comes_with_the_closed_file(archive: Archive) -> None:
    session_id = archive.start_session("practice")
    turn = answered(archive, session_id, audio="wav", status="unfinished")
    assert [one.turn.id for one in archive.unfinal_turns(session_id)] == [turn.id]
    final = Transcript("So, um.", (Word("So,", 1.0, 1.5, 0.9), Word("um.", 1.6, 1.8, 0.5)), "base", "final")
    timing, fillers = Timing(1.0, 4.0, 3.0, 1.0, 15.0), Fillers(1, 15.0, {"um": 1})
    archive.store_final(turn.id, audio="audio/1/01.flac", transcript=final, timing=timing, fillers=fillers)
    (stored,) = archive.session(session_id).turns
    assert (stored.audio, stored.status) == ("audio/1/01.flac", "unfinished")
    assert (stored.transcript, stored.words, stored.model) == ("So, um.", final.words, "base")
    assert (stored.transcript_is, stored.timing, stored.fillers) == ("final", timing, fillers)
    assert archive.unfinal_turns() == []


def test_final_words_and_their_file_are_stored_both_or_neither(archive: Archive) -> None:
    turn = answered(archive, archive.start_session("practice"), audio="wav")
    broken = Transcript("\udcff", (), "tiny.en", "final")
    with pytest.raises(GreenroomError, match="no characters"):
        archive.store_final(turn.id, audio="audio/1/01.flac", transcript=broken, timing=None, fillers=None)
    with pytest.raises(GreenroomError, match="lies in audio/1/"):
        archive.store_final(turn.id, audio="audio/2/01.flac", transcript=broken, timing=None, fillers=None)
    (stored,) = archive.session(1).turns
    assert (stored.audio, stored.transcript_is) == ("audio/1/01.wav", "stitched")


def test_a_file_can_be_closed_without_touching_the_words(archive: Archive) -> None:
    turn = answered(archive, archive.start_session("practice"), audio="wav", kind="final")
    archive.store_audio(turn.id, "audio/1/01.flac")
    (stored,) = archive.session(1).turns
    assert (stored.audio, stored.transcript) == ("audio/1/01.flac", "So.")
    archive.store_audio(turn.id, None)
    assert archive.session(1).turns[0].audio is None


def test_what_is_left_to_make_final_is_listed_oldest_first(archive: Archive, home: Path) -> None:
    first = archive.start_session("practice")
    answered(archive, first, kind="final")  # done
    stitched = answered(archive, first)
    answered(archive, first, audio=None)  # typed, or a sound that is not there any more
    answered(archive, first, status="skipped")
    wav = answered(archive, first, audio="wav", kind="final", status="unfinished")
    asked(archive, first)
    archive.end_session(first, "finished")
    second = archive.start_session("import")
    ours = answered(archive, second)
    with Archive.open(home) as other:
        third = other.start_session("practice")
        answered(other, third)  # another program is at work on it
        assert [one.turn.id for one in archive.unfinal_turns()] == [stitched.id, wav.id, ours.id]
        assert [one.turn.id for one in archive.unfinal_turns(first)] == [stitched.id, wav.id]
        assert archive.unfinal_turns(third) == []
        assert [one.session_id for one in other.unfinal_turns()] == [first, first, third]


def test_pauses_are_the_silences_of_half_a_second_and_more_in_the_order_they_were_made(
    archive: Archive,
) -> None:
    first, second = archive.start_session("practice"), archive.start_session("debrief")
    live(archive, first, [Span(0.0, 1.0), Span(1.5, 2.0), Span(2.25, 3.0), Span(4.5, 5.0)])
    live(archive, second, [Span(0.0, 1.0), Span(3.0, 4.0)], status="unfinished")
    live(archive, first, [Span(0.0, 1.0), Span(2.0, 4.0)])
    live(archive, first, [Span(0.0, 1.0)])
    assert archive.pause_history() == PauseHistory((0.5, 1.5, 2.0, 1.0), 2, ())


def test_files_skipped_questions_and_spoken_commands_teach_nothing(archive: Archive) -> None:
    session_id = archive.start_session("practice")
    spans = [Span(0.0, 1.0), Span(9.0, 10.0)]
    live(archive, session_id, spans, is_live=False, reopened_after=[8.0])
    live(archive, session_id, spans, status="skipped")
    live(archive, session_id, [Span(0.0, 1.0), Span(9.0, 10.0), Span(11.0, 12.0)], left_out=[Span(4.0, 5.0)])
    answered(archive, session_id)
    assert archive.pause_history() == PauseHistory((1.0,), 1, ())


def test_a_false_end_counts_for_twenty_answers(archive: Archive) -> None:
    session_id = archive.start_session("practice")
    live(archive, session_id, [], reopened_after=[3.0, 4.0])
    for _ in range(19):
        live(archive, session_id, [])
    assert archive.pause_history() == PauseHistory((), 0, (3.0, 4.0))
    live(archive, session_id, [], reopened_after=[2.0])
    assert archive.pause_history() == PauseHistory((), 0, (2.0,))


def test_only_the_latest_answers_are_read(archive: Archive) -> None:
    session_id = archive.start_session("practice")
    with archive.together():
        for number in range(205):
            live(archive, session_id, [Span(0.0, 1.0), Span(2.0 + number, 3.0 + number)])
    assert archive.pause_history().pauses_s == tuple(1.0 + number for number in range(5, 205))
