"""Corrections stand over what was heard; new transcripts come whole or not at all."""

from __future__ import annotations

import pytest

from archive.conftest import Answer
from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.types import Fillers, Span, Term, Timing, Transcript, Word

PACED = Timing(2.0, 30.0, 25.0, 1.5, 120.0)


def correct(archive: Archive, turn_id: int, text: str, *terms: Term) -> tuple[Term, ...]:
    words = tuple(Word(word, float(at), at + 0.5, 1.0) for at, word in enumerate(text.split(), start=1))
    return archive.correct(turn_id, text, words, timing=PACED, fillers=Fillers(0, 0.0, {}), terms=terms)


def test_a_correction_is_what_counts_and_what_was_heard_is_kept(archive: Archive, answer: Answer) -> None:
    session = archive.start_session("practice")
    turn = answer(session, "um I joined in it tech")
    correct(archive, turn.id, "I joined Initech.")
    [stored] = archive.session(session).turns
    assert (stored.transcript, stored.original) == ("I joined Initech.", "um I joined in it tech")
    assert [word.text for word in stored.words] == ["I", "joined", "Initech."]
    assert (stored.timing, stored.fillers) == (PACED, Fillers(0, 0.0, {}))
    assert stored.transcript_is == "stitched"
    heard = archive.heard(turn.id)
    assert heard is not None
    assert heard.text == "um I joined in it tech"
    assert [word.text for word in heard.words] == ["um", "I", "joined", "in", "it", "tech"]


def test_search_finds_what_was_said_and_no_longer_what_was_misheard(archive: Archive, answer: Answer) -> None:
    session = archive.start_session("practice")
    turn = answer(session, "I joined in it tech")
    correct(archive, turn.id, "I joined Initech.")
    assert archive.search("tech") == []
    [hit] = archive.search("initech")
    assert (hit.turn, hit.at_s) == (1, 3.0)
    archive.restore(turn.id, timing=None, fillers=None)
    assert archive.search("initech") == []
    assert [one.turn for one in archive.search("tech")] == [1]


def test_a_correction_is_taken_back_with_all_that_was_learned_from_it(
    archive: Archive, answer: Answer
) -> None:
    session = archive.start_session("practice")
    turn = answer(session, "I joined in it tech")
    correct(archive, turn.id, "I joined Initech.", Term("Initech", "name", "in it tech"))
    assert archive.terms() == [Term("Initech", "name", "in it tech", turn.id)]
    archive.restore(turn.id, timing=None, fillers=Fillers(1, 2.0, {"um": 1}))
    [stored] = archive.session(session).turns
    assert (stored.transcript, stored.original) == ("I joined in it tech", None)
    assert stored.fillers == Fillers(1, 2.0, {"um": 1})
    assert archive.terms() == []


def test_a_second_correction_replaces_what_the_first_one_taught(archive: Archive, answer: Answer) -> None:
    turn = answer(archive.start_session("practice"), "I joined in it tech")
    correct(archive, turn.id, "I joined Inittech.", Term("Inittech", "name"))
    assert correct(archive, turn.id, "I joined Initech.", Term("Initech", "name")) == (
        Term("Initech", "name"),
    )
    assert [term.text for term in archive.terms()] == ["Initech"]
    heard = archive.heard(turn.id)
    assert heard is not None
    assert heard.text == "I joined in it tech"


def test_a_term_that_is_known_already_is_not_new(archive: Archive, answer: Answer) -> None:
    session = archive.start_session("practice")
    first, second = (answer(session, "in it tech") for _ in range(2))
    correct(archive, first.id, "Initech.", Term("Initech", "name"))
    assert correct(archive, second.id, "Initech!", Term("Initech", "name")) == ()
    assert archive.terms() == [Term("Initech", "name", None, first.id)]
    assert archive.forget_terms(first.id) == 1
    assert archive.terms() == []


def test_what_was_learned_goes_with_its_session(archive: Archive, answer: Answer) -> None:
    session = archive.start_session("practice")
    correct(archive, answer(session, "in it tech").id, "Initech.", Term("Initech", "name"))
    archive.delete(session)
    assert archive.terms() == []


def test_a_corrected_answer_is_not_made_final_over_its_correction(archive: Archive, answer: Answer) -> None:
    session = archive.start_session("practice")
    turn = answer(session, "in it tech")
    archive.question_ended(turn.id, 0.0, f"audio/{session}/01.flac")
    assert [one.turn.id for one in archive.unfinal_turns(session)] == [turn.id]
    correct(archive, turn.id, "Initech.")
    assert archive.unfinal_turns(session) == []
    archive.restore(turn.id, timing=None, fillers=None)
    assert [one.turn.id for one in archive.unfinal_turns(session)] == [turn.id]


def test_a_turn_that_is_gone_cannot_be_corrected(archive: Archive) -> None:
    with pytest.raises(GreenroomError, match="not in the archive any more"):
        correct(archive, 7, "Initech.")
    with pytest.raises(GreenroomError, match="not in the archive any more"):
        archive.heard(7)


def recorded(archive: Archive, answer: Answer, text: str = "in it tech") -> int:
    """A finished session with one answer that has a recording."""
    session = archive.start_session("practice")
    turn = answer(session, text)
    name = f"audio/{session}/01.flac"
    archive.store_recording(turn.id, audio=name, timing=None, voiced=[Span(1.0, 5.0)], status="answered")
    archive.end_session(session, "finished")
    return turn.id


def test_answers_with_a_closed_recording_and_words_can_be_written_down_anew(
    archive: Archive, answer: Answer
) -> None:
    first = recorded(archive, answer)
    correct(archive, recorded(archive, answer), "Initech.")
    open_wav = recorded(archive, answer)
    archive.store_audio(open_wav, "audio/3/01.wav")
    silent = recorded(archive, answer)
    archive.store_audio(silent, None)
    found = archive.kept_answers()
    assert [(one.turn_id, one.is_corrected, one.is_final, one.speaking_s) for one in found] == [
        (first, False, False, 25.0),
        (2, True, False, 25.0),
    ]
    assert [one.session_id for one in archive.kept_answers(2)] == [2]


def test_pieces_of_a_new_transcript_are_kept_by_model_until_it_is_whole(
    archive: Archive, answer: Answer
) -> None:
    turn = recorded(archive, answer)
    piece = (Word("Initech.", 1.0, 2.0, 0.9),)
    archive.keep_draft(turn, "base", 750, piece)
    archive.keep_draft(turn, "small.en", 0, ())
    assert archive.drafts(turn, "base") == {750: piece}
    assert archive.session(1).turns[0].transcript == "in it tech"
    new = Transcript("Initech.", piece, "base", "final")
    assert archive.store_again(turn, new, timing=PACED, fillers=None)
    [stored] = archive.session(1).turns
    assert (stored.transcript, stored.model, stored.transcript_is) == ("Initech.", "base", "final")
    assert (stored.status, stored.audio) == ("answered", "audio/1/01.flac")
    assert archive.drafts(turn, "base") == archive.drafts(turn, "small.en") == {}


def test_a_correction_is_never_written_over_unless_that_is_wanted(archive: Archive, answer: Answer) -> None:
    turn = recorded(archive, answer)
    correct(archive, turn, "Initech.")
    new = Transcript("a niche tech", (), "base", "final")
    assert not archive.store_again(turn, new, timing=None, fillers=None)
    assert archive.session(1).turns[0].transcript == "Initech."
    assert archive.store_again(turn, new, timing=None, fillers=None, force=True)
    [stored] = archive.session(1).turns
    assert (stored.transcript, stored.original) == ("a niche tech", None)
