"""A correction changes all that hangs on the words, and nothing that hangs on the sound."""

from __future__ import annotations

import pytest

from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.stage.correcting import Corrected, correct, restore
from greenroom.types import Fillers, Span, Term, Timing, Transcript, Turn, Word

EVERYDAY = frozenset({"i", "joined", "in", "it", "tech", "um", "and", "stayed"})
HEARD = (
    Word("Um,", 1.0, 1.5, 0.9),
    Word("I", 1.5, 1.7, 0.9),
    Word("joined", 1.7, 2.2, 0.9),
    Word("in", 2.2, 2.4, 0.4),
    Word("it", 2.4, 2.6, 0.4),
    Word("tech.", 2.6, 3.0, 0.4),
)


def answered(archive: Archive, words: tuple[Word, ...] = HEARD) -> Turn:
    """Turn 1 of session 1: 12 s of speech, of which two were a command."""
    session = archive.start_session("practice")
    turn = archive.start_turn(session, part="interview", prompt_id="why", prompt="Why?")
    voiced = [Span(1.0, 7.0), Span(9.0, 13.0)] if words else []
    archive.store_recording(turn.id, audio=None, timing=None, voiced=voiced, left_out=[])
    text = " ".join(word.text for word in words) or "I joined in it tech."
    archive.store_transcript(
        turn.id,
        Transcript(text, words, "tiny.en" if words else "typed", "final"),
        timing=Timing(1.0, 12.0, 10.0, 2.0, 30.0) if words else None,
        fillers=Fillers(1, 5.0, {"um": 1}) if words else None,
        status="answered",
    )
    archive.end_session(session, "finished")
    return stored(archive)


def stored(archive: Archive) -> Turn:
    [turn] = archive.session(1).turns
    return turn


def test_words_fillers_and_pace_change_and_times_of_the_voice_stay(archive: Archive) -> None:
    turn = answered(archive)
    done = correct(archive, 1, turn, "I joined\nInitech.", EVERYDAY)
    assert done == Corrected(True, terms=(Term("Initech", "name", "in it tech"),))
    after = stored(archive)
    assert after.transcript == "I joined Initech."
    assert [(word.text, word.start_s, word.end_s) for word in after.words] == [
        ("I", 1.5, 1.7),
        ("joined", 1.7, 2.2),
        ("Initech.", 2.2, 3.0),
    ]
    assert after.fillers == Fillers(0, 0.0, {})
    assert after.timing == Timing(1.0, 12.0, 10.0, 2.0, 15.0)


def test_taken_back_everything_is_as_it_was(archive: Archive) -> None:
    turn = answered(archive)
    correct(archive, 1, turn, "I joined Initech.", EVERYDAY)
    assert restore(archive, 1, stored(archive))
    assert stored(archive) == turn
    assert archive.terms() == []
    assert not restore(archive, 1, stored(archive))


def test_typing_what_had_been_heard_takes_it_back_too(archive: Archive) -> None:
    turn = answered(archive)
    correct(archive, 1, turn, "I joined Initech.", EVERYDAY)
    assert correct(archive, 1, stored(archive), "Um, I joined in it tech.", EVERYDAY) == Corrected(
        True, restored=True
    )
    assert stored(archive) == turn


def test_the_same_words_in_other_lines_are_no_correction(archive: Archive) -> None:
    turn = answered(archive)
    assert correct(archive, 1, turn, "Um, I joined\n in it tech.\n", EVERYDAY) == Corrected(False)
    assert stored(archive).original is None


def test_a_second_correction_is_laid_on_what_was_heard(archive: Archive) -> None:
    turn = answered(archive)
    correct(archive, 1, turn, "I joined Inittech and stayed.", EVERYDAY)
    correct(archive, 1, stored(archive), "Um, I joined in IT tech.", EVERYDAY)
    after = stored(archive)
    assert [word.start_s for word in after.words] == [1.0, 1.5, 1.7, 2.2, 2.4, 2.6]
    assert after.original == "Um, I joined in it tech."
    assert archive.terms() == []


def test_nothing_is_learned_where_that_is_not_wanted(archive: Archive) -> None:
    assert correct(archive, 1, answered(archive), "I joined Initech.", (), learn=False).terms == ()
    assert archive.terms() == []


def test_what_was_typed_is_corrected_without_times(archive: Archive) -> None:
    turn = answered(archive, ())
    correct(archive, 1, turn, "I joined Initech.", EVERYDAY)
    after = stored(archive)
    assert (after.transcript, after.words, after.timing, after.fillers) == (
        "I joined Initech.",
        (),
        None,
        None,
    )
    restore(archive, 1, after)
    assert stored(archive) == turn


def test_a_session_at_work_elsewhere_is_not_corrected(archive: Archive) -> None:
    turn = answered(archive)
    with Archive.open(archive.home) as other:
        other.claim(1)
        with pytest.raises(GreenroomError, match="being worked on by another greenroom"):
            correct(archive, 1, turn, "I joined Initech.", EVERYDAY)
    assert stored(archive) == turn
