"""Ratings, outcomes, what others said, and what is open afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from archive.conftest import Answer
from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.types import Feedback, Item, Judged

TODAY = date(2026, 2, 4)


def debrief(archive: Archive, day: str, company: str | None = None) -> int:
    return archive.start_session("debrief", company=company, started_at=f"2026-02-{day}T18:00:00+01:00")


def test_a_rating_given_again_in_the_same_phase_replaces_the_one_before(archive: Archive) -> None:
    session = debrief(archive, "01")
    assert archive.rate(session, "first", "gut", 3) is None
    assert archive.rate(session, "first", "sleep", 2) is None
    assert archive.rate(session, "first", "gut", 4) == 3
    assert archive.rate(session, "second", "gut", 7) is None
    assert archive.session(session).ratings == (
        {"phase": "first", "name": "gut", "value": 4},
        {"phase": "first", "name": "sleep", "value": 2},
        {"phase": "second", "name": "gut", "value": 7},
    )


def test_a_rating_of_no_phase_is_replaced_too(archive: Archive) -> None:
    session = archive.start_session("practice")
    assert archive.rate(session, None, "gut", 3) is None
    assert archive.rate(session, None, "gut", 5) == 3
    assert archive.session(session).ratings == ({"phase": None, "name": "gut", "value": 5},)


def test_a_rating_can_be_taken_back(archive: Archive) -> None:
    session = debrief(archive, "01")
    for phase in ("first", None):
        archive.rate(session, phase, "gut", 3)
        archive.rate(session, phase, "sleep", 4)
        archive.unrate(session, phase, "gut")
    archive.unrate(session, "second", "gut")
    assert archive.session(session).ratings == (
        {"phase": "first", "name": "sleep", "value": 4},
        {"phase": None, "name": "sleep", "value": 4},
    )


def test_what_to_leave_with_a_panel_is_kept_in_order_and_replaced_as_a_whole(archive: Archive) -> None:
    assert archive.messages() == ()
    archive.set_messages(["I ship early.", "I listen."], "2026-02-01T10:00:00+01:00")
    assert archive.messages() == ("I ship early.", "I listen.")
    archive.set_messages(["I ask."], "2026-02-02T10:00:00+01:00")
    assert archive.messages() == ("I ask.",)


def test_a_star_is_set_and_taken_back(archive: Archive) -> None:
    session = debrief(archive, "01")
    wrong = archive.keep_item(session, Item("wrong", "I was late."))
    archive.star_item(wrong)
    assert archive.session(session).items[0].starred
    archive.star_item(wrong, False)
    assert not archive.session(session).items[0].starred


def test_an_outcome_is_stored_with_its_day_and_can_change(archive: Archive) -> None:
    session = debrief(archive, "01")
    assert archive.session(session).outcome is None
    archive.set_outcome(session, "silence", date(2026, 2, 10))
    archive.set_outcome(session, "next-round", date(2026, 2, 12))
    assert archive.session(session).outcome == {"value": "next-round", "on": "2026-02-12"}


def test_what_others_said_is_kept_in_order(archive: Archive) -> None:
    session = debrief(archive, "01")
    archive.add_feedback(session, "Peter", "You sounded calm.", "nerves", "2026-02-02T10:00:00+01:00")
    archive.add_feedback(session, None, "Too long.", None, "2026-02-03T10:00:00+01:00")
    assert archive.session(session).feedback == (
        Feedback("Peter", "You sounded calm.", "2026-02-02T10:00:00+01:00", "nerves", 1),
        Feedback(None, "Too long.", "2026-02-03T10:00:00+01:00", None, 2),
    )
    assert archive.feedback(session) == archive.session(session).feedback


def test_nothing_is_stored_about_a_session_that_is_not_there(archive: Archive) -> None:
    for store in (
        lambda: archive.rate(7, "first", "gut", 3),
        lambda: archive.set_outcome(7, "offer", TODAY),
        lambda: archive.add_feedback(7, None, "Fine.", None, "2026-02-03T10:00:00+01:00"),
    ):
        with pytest.raises(GreenroomError, match="There is no session 7"):
            store()


def test_items_of_a_kind_come_in_the_order_in_which_they_were_told_with_where_and_when(
    archive: Archive,
) -> None:
    first, second = debrief(archive, "01", "Acme"), debrief(archive, "02")
    archive.keep_item(second, Item("factor", "Four hours of sleep.", name="tired", turn=3))
    archive.keep_item(first, Item("factor", "I shook.", name="nerves"))
    archive.keep_item(first, Item("action", "Breathe."))
    archive.keep_item(first, Item("feeling", "Fine."))
    assert [
        (noted.session_id, noted.started_at[:10], noted.company, noted.kind, noted.item.text)
        for noted in archive.noted("factor", "action")
    ] == [
        (second, "2026-02-02", None, "debrief", "Four hours of sleep."),
        (first, "2026-02-01", "Acme", "debrief", "I shook."),
        (first, "2026-02-01", "Acme", "debrief", "Breathe."),
    ]


def test_how_it_felt_and_what_became_of_it_stand_in_one_row(archive: Archive) -> None:
    felt, known, silent = (debrief(archive, day) for day in ("01", "02", "03"))
    archive.rate(felt, "first", "gut", 3)
    archive.rate(felt, "second", "gut", 6)
    archive.rate(felt, "first", "sleep", 1)
    archive.set_outcome(known, "offer", TODAY)
    archive.rate(archive.start_session("practice"), None, "gut", 9)
    assert archive.session(silent).ratings == ()
    assert archive.judged() == [
        Judged(felt, "2026-02-01T18:00:00+01:00", 3, 6, None),
        Judged(known, "2026-02-02T18:00:00+01:00", None, None, "offer"),
    ]


def test_a_second_look_is_due_from_the_next_day_on_until_it_was_taken(
    archive: Archive, answer: Answer
) -> None:
    due, empty, seen, left, today, running, cut_off = (
        debrief(archive, day) for day in ("01", "01", "02", "02", "04", "03", "03")
    )
    practice = archive.start_session("practice", started_at="2026-02-01T18:00:00+01:00")
    for session in (due, seen, left, today, running, cut_off, practice):
        answer(session, "It went well.")
    for session in (seen, left):  # the second one was left at its first prompt
        turn = archive.start_turn(session, part="debrief", prompt_id="gut", prompt="And now?", phase="second")
        archive.set_turn_status(turn.id, "answered" if session == seen else "skipped")
    for session in (due, empty, seen, left, today, practice):
        archive.end_session(session, "finished")
    archive.end_session(cut_off, "interrupted")  # its first look goes on before any second
    assert [summary.id for summary in archive.second_looks_due(TODAY)] == [due, left]
    assert [summary.id for summary in archive.second_looks_due(date(2026, 2, 5))] == [due, left, today]
    assert archive.second_looks_due(date(2026, 2, 1)) == []


def test_the_takes_of_a_question_are_found_in_every_session(archive: Archive, answer: Answer) -> None:
    first, second = archive.start_session("practice"), archive.start_session("practice")
    answer(first, "My first try.")
    answer(second, "My second try.")
    answer(first, "Again, in the session of the first.")
    archive.start_turn(second, part="interview", prompt_id="yourself", prompt="Tell me about yourself.")
    assert [(session, turn.transcript) for session, _, turn in archive.takes(["yourself", "other"])] == [
        (first, "My first try."),
        (second, "My second try."),
        (first, "Again, in the session of the first."),
    ]
    assert archive.takes([]) == []
