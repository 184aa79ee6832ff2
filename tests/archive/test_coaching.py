"""How takes went, answers to be measured, the person's own points, and messages for one panel."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archive.conftest import Answer
from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.types import Graded, Span, Transcript, Turn

AT = "2026-02-03T18:30:00+01:00"
LATER = "2026-02-09T08:00:00+01:00"
STARTED = "2026-02-03T18:00:00+01:00"


def practice(archive: Archive, started_at: str = STARTED) -> int:
    return archive.start_session("practice", started_at=started_at)


def asked(archive: Archive, session: int, prompt_id: str, part: str = "interview", **more: int) -> Turn:
    return archive.start_turn(session, part=part, prompt_id=prompt_id, prompt=f"{prompt_id}?", **more)  # type: ignore[arg-type]


def grades(archive: Archive) -> list[tuple[str, bool]]:
    return [(one.grade, one.own) for one in archive.graded()]


def test_a_grade_comes_back_with_its_take(archive: Archive) -> None:
    session = practice(archive)
    asked(archive, session, "conflict")
    turn = asked(archive, session, "weakness")
    archive.grade(session, turn.number, "hard", own=True, at=AT)
    assert archive.graded() == [Graded("weakness", session, turn.id, 2, "hard", True, AT, STARTED)]


def test_grades_come_in_the_order_of_their_takes_not_of_the_grading(archive: Archive) -> None:
    session = practice(archive)
    asked(archive, session, "conflict")
    asked(archive, session, "weakness")
    archive.grade(session, 2, "easy", own=False, at=AT)
    archive.grade(session, 1, "again", own=False, at=LATER)
    assert [(one.prompt_id, one.grade) for one in archive.graded()] == [
        ("conflict", "again"),
        ("weakness", "easy"),
    ]


def test_a_grade_without_a_moment_is_of_this_one(archive: Archive) -> None:
    session = practice(archive)
    asked(archive, session, "conflict")
    archive.grade(session, 1, "good", own=True)
    (graded,) = archive.graded()
    at = datetime.fromisoformat(graded.at)
    assert at.tzinfo is not None
    assert abs(datetime.now().astimezone() - at) < timedelta(minutes=5)


def test_what_the_person_said_stands_against_every_proposal(archive: Archive) -> None:
    session = practice(archive)
    asked(archive, session, "conflict")
    archive.grade(session, 1, "hard", own=False)
    assert grades(archive) == [("hard", False)]
    archive.grade(session, 1, "good", own=False)
    assert grades(archive) == [("good", False)]
    archive.grade(session, 1, "again", own=True, at=AT)
    archive.grade(session, 1, "easy", own=False, at=LATER)
    assert grades(archive) == [("again", True)]
    assert archive.graded()[0].at == AT
    archive.grade(session, 1, "easy", own=True, at=LATER)
    assert grades(archive) == [("easy", True)]


def test_a_grade_taken_back_leaves_room_for_a_proposal(archive: Archive) -> None:
    session = practice(archive)
    asked(archive, session, "conflict")
    asked(archive, session, "weakness")
    archive.grade(session, 1, "again", own=True)
    archive.grade(session, 2, "good", own=True)
    archive.ungrade(session, 1)
    archive.ungrade(session, 1)
    archive.ungrade(99, 1)
    assert grades(archive) == [("good", True)]
    archive.grade(session, 1, "hard", own=False)
    assert grades(archive) == [("hard", False), ("good", True)]


def test_a_turn_that_is_not_there_is_not_graded(archive: Archive) -> None:
    session = practice(archive)
    asked(archive, session, "conflict")
    archive.grade(session, 2, "good", own=True)
    archive.grade(session + 1, 1, "good", own=True)
    assert archive.graded() == []


def test_what_a_debrief_asks_and_what_follows_a_question_up_never_comes_back(archive: Archive) -> None:
    session = practice(archive)
    asked(archive, session, "conflict")
    asked(archive, session, "conflict", follow_up_of=1)
    asked(archive, session, "feeling", part="debrief")
    for number in (1, 2, 3):
        archive.grade(session, number, "good", own=True)
    assert [one.number for one in archive.graded()] == [1]


def test_grades_go_with_their_session(archive: Archive, home: Path) -> None:
    first, second = practice(archive), practice(archive)
    for session in (first, second):
        asked(archive, session, "conflict")
        archive.grade(session, 1, "good", own=True)
        archive.end_session(session, "finished")
    archive.delete(first)
    assert [one.session_id for one in archive.graded()] == [second]
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        assert db.execute("SELECT count(*) FROM grades").fetchone() == (1,)


def test_answers_are_those_of_interviews_that_have_words(archive: Archive, answer: Answer) -> None:
    first, second = practice(archive), practice(archive, LATER)
    told = answer(first, "I, um, asked them.", "What did you do?")
    asked(archive, first, "conflict")
    archive.set_turn_status(asked(archive, first, "weakness").id, "skipped")
    later = answer(second, "I listened.")
    feeling = asked(archive, second, "feeling", part="debrief")
    archive.store_transcript(
        feeling.id, Transcript("Calm.", (), "typed", "final"), timing=None, fillers=None, status="answered"
    )
    found = archive.answers()
    assert [(session, at, turn.id) for session, at, turn, _ in found] == [
        (first, STARTED, told.id),
        (second, LATER, later.id),
    ]
    given = found[0][3]
    assert (given.question, given.text) == ("What did you do?", "I, um, asked them.")
    assert [word.text for word in given.words] == ["I,", "um,", "asked", "them."]
    assert given.timing is not None
    assert given.timing.answer_s == 30.0
    assert given.fillers is not None
    assert given.fillers.count == 1
    assert not given.verbatim


def test_an_answer_is_verbatim_once_its_words_are_final(archive: Archive, answer: Answer) -> None:
    turn = answer(practice(archive), "I, um, asked.")
    assert not archive.answer(turn.id).verbatim
    words = archive.answer(turn.id).words
    archive.store_transcript(
        turn.id,
        Transcript("I, um, asked.", words, "base", "final"),
        timing=None,
        fillers=None,
        status="answered",
    )
    assert archive.answer(turn.id).verbatim


def test_a_typed_answer_has_no_words_to_time_and_is_not_verbatim(archive: Archive) -> None:
    turn = asked(archive, practice(archive), "conflict")
    archive.store_transcript(
        turn.id, Transcript("I asked.", (), "typed", "final"), timing=None, fillers=None, status="answered"
    )
    given = archive.answer(turn.id)
    assert (given.text, given.words, given.timing, given.voiced) == ("I asked.", (), None, ())
    assert not given.verbatim


def test_an_answer_has_its_voiced_stretches_and_what_was_left_out(home: Path) -> None:
    frozen = Path(__file__).parent / "frozen" / "m004.sql"
    home.mkdir()
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        db.executescript(frozen.read_text())
    with Archive.open(home) as archive:
        given = archive.answer(1)
    assert given.voiced == (Span(2.6, 4.1), Span(5.0, 7.5))
    assert given.left_out == (Span(8.0, 9.1),)


def test_an_answer_that_is_not_there_is_said(archive: Archive) -> None:
    with pytest.raises(GreenroomError, match="no turn with the id 7"):
        archive.answer(7)


def test_points_are_kept_in_order_and_replaced_question_by_question(archive: Archive) -> None:
    archive.set_points("conflict", ["The rollback.", "What I learned."], AT)
    archive.set_points("weakness", ["Patience."], AT)
    assert archive.points("conflict") == ("The rollback.", "What I learned.")
    archive.set_points("conflict", ["Only the rollback."], LATER)
    assert archive.points("conflict") == ("Only the rollback.",)
    assert archive.points("weakness") == ("Patience.",)
    archive.set_points("conflict", [], LATER)
    assert archive.points("conflict") == ()


def test_points_stay_when_every_take_of_the_question_is_deleted(archive: Archive) -> None:
    session = practice(archive)
    asked(archive, session, "conflict")
    archive.set_points("conflict", ["The rollback."], AT)
    archive.end_session(session, "finished")
    archive.delete(session)
    assert archive.points("conflict") == ("The rollback.",)


@pytest.mark.parametrize(
    ("company", "role", "heard"),
    [
        (None, None, "every"),
        ("Initech", "Baker", "every"),
        ("Acme", None, "acme"),
        ("Acme", "Baker", "acme"),
        ("  aCME ", "baker", "acme"),
        (None, "Clerk", "clerk"),
        ("Initech", "clerk", "clerk"),
        ("Acme", "Clerk", "both"),
        ("acme", "CLERK", "both"),
        ("", "", "every"),
    ],
)
def test_a_panel_hears_the_messages_that_fit_it_best(
    archive: Archive, company: str | None, role: str | None, heard: str
) -> None:
    archive.set_messages(["every"], AT)
    archive.set_messages(["acme"], AT, company="Acme")
    archive.set_messages(["clerk"], AT, role="Clerk")
    archive.set_messages(["both"], AT, company="Acme", role="Clerk")
    assert archive.messages(company, role) == (heard,)


def test_a_companys_messages_come_before_a_roles(archive: Archive) -> None:
    archive.set_messages(["clerk"], AT, role="Clerk")
    archive.set_messages(["acme"], AT, company="Acme")
    assert archive.messages("Acme", "Clerk") == ("acme",)


def test_messages_are_replaced_for_their_own_panel_only(archive: Archive) -> None:
    archive.set_messages(["I ship early.", "I listen."], AT)
    archive.set_messages(["I know your product."], AT, company="Acme")
    archive.set_messages(["I ask."], LATER, company=" ACME")
    assert archive.messages("Acme") == ("I ask.",)
    assert archive.messages() == ("I ship early.", "I listen.")
    archive.set_messages([], LATER, company="Acme")
    assert archive.messages("Acme") == ("I ship early.", "I listen.")


def test_messages_for_a_role_alone_are_nothing_for_a_company_alone(archive: Archive) -> None:
    archive.set_messages(["clerk"], AT, role="Clerk")
    assert archive.messages("Acme") == ()
    assert archive.messages() == ()
