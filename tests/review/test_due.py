"""What waits for the person, with the reasons."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from greenroom.archive import SessionSummary
from greenroom.coaching.patterns import actions
from greenroom.coaching.schedule import DueQuestion
from greenroom.review.due import Due, due_json, due_page
from greenroom.review.look import Look
from greenroom.review.page import text_of
from greenroom.types import Grade, Item, Noted

PLAIN = Look(plain=True, columns=80)
DRAWN = Look(plain=False, columns=40)
AT = "2026-01-30T18:04:05+01:00"
TODAY = date(2026, 2, 5)


def noted(kind: str, text: str, name: str | None = None) -> Noted:
    return Noted(Item(kind, text, name=name, turn=3, at_s=61.5), 12, "debrief", AT)


def debrief(session: int, company: str | None = None) -> SessionSummary:
    return SessionSummary(session, "debrief", "interrupted", None, company, None, AT, None, 3, 3, 0.0)


def question(prompt_id: str, late: int, grade: Grade = "hard", own: bool = True) -> DueQuestion:
    return DueQuestion(prompt_id, TODAY - timedelta(days=late), grade, own, AT, 2, 7, 3)


def told(due: Due, look: Look = PLAIN) -> list[str]:
    return [text_of(line) for line in due_page(due, look)]


@pytest.mark.parametrize(
    ("late", "grade", "own", "reason"),
    [
        (0, "good", True, "went well on 30 January 2026, due today"),
        (1, "easy", True, "went easily on 30 January 2026, due since yesterday"),
        (2, "hard", True, "was hard on 30 January 2026, due for 2 days"),
        (5, "again", False, "was not there yet on 30 January 2026 by its measures, due for 5 days"),
    ],
)
def test_a_question_is_told_with_its_reason(late: int, grade: Grade, own: bool, reason: str) -> None:
    due = Due(TODAY, questions=(question("conflict", late, grade, own),), texts={"conflict": "A quarrel?"})
    assert told(due, Look(plain=True, columns=200)) == [
        "To rehearse again:",
        f"- A quarrel? (7.3, {reason})",
        "greenroom practice --due asks them, the first one first.",
    ]
    (row,) = due_json(due)
    assert row == {
        "kind": "question",
        "command": "greenroom practice --question conflict",
        "reason": reason,
        "company": None,
        "moment": "7.3",
        "session": 7,
        "turn": 3,
        "at_s": None,
        "started_at": AT,
        "text": "A quarrel?",
        "prompt_id": "conflict",
        "due_on": (TODAY - timedelta(days=late)).isoformat(),
        "grade": grade,
        "own": own,
        "takes": 2,
    }


def test_a_long_list_of_questions_is_cut_for_people_and_whole_for_programs() -> None:
    due = Due(TODAY, questions=tuple(question(f"q{one}", 1) for one in range(10)))
    page = told(due)
    assert sum(line.startswith("- q") for line in page) == 8
    assert page[-1] == "And 2 more questions. greenroom practice --due asks them, the first one first."
    assert [row["prompt_id"] for row in due_json(due)] == [f"q{one}" for one in range(10)]


def test_every_unfinished_debrief_is_told_with_the_command_that_goes_on_with_it() -> None:
    due = Due(TODAY, cut_off=(debrief(9, "Acme"), debrief(4), debrief(2, "Initech")))
    assert told(due, Look(plain=True, columns=200)) == [
        "To look at again:",
        "- The debrief of the interview with Acme of 30 January 2026 is not finished: "
        "greenroom debrief --resume",
        "- The debrief of the interview of 30 January 2026 is not finished: greenroom debrief --again 4",
        "- The debrief of the interview with Initech of 30 January 2026 is not finished: "
        "greenroom debrief --again 2",
    ]
    assert [(row["kind"], row["command"], row["reason"]) for row in due_json(due)] == [
        ("resume", "greenroom debrief --resume", "stopped before its end"),
        ("resume", "greenroom debrief --again 4", "stopped before its end"),
        ("resume", "greenroom debrief --again 2", "stopped before its end"),
    ]


def test_everything_has_a_reason_and_the_same_keys() -> None:
    wished = [
        noted("action", "Leave earlier."),
        noted("action", "Sleep."),
        noted("action", "Sleep.", "not-done"),
        noted("action", "Thank them.", "thank-you"),
    ]
    due = Due(
        TODAY,
        looks=(debrief(3),),
        cut_off=(debrief(9),),
        actions=actions(wished),
        questions=(question("conflict", 0),),
        next_one=noted("next", "On Friday."),
    )
    rows = due_json(due)
    assert [(row["kind"], row["reason"]) for row in rows] == [
        ("second-look", "not looked at again yet"),
        ("resume", "stopped before its end"),
        ("action", "open since 30 January 2026"),
        ("action", "not done yet, from 30 January 2026"),
        ("action", "on your list for two weeks"),
        ("question", "was hard on 30 January 2026, due today"),
        ("next", "said on 30 January 2026"),
    ]
    assert len({tuple(row) for row in rows}) == 1


def test_what_is_due_fits_a_narrow_screen_and_steers_no_terminal() -> None:
    due = Due(
        TODAY,
        looks=(debrief(12, "A\x07cme" * 9),),
        cut_off=(debrief(12, "A\x07cme" * 9),),
        actions=actions([noted("action", "Leave " * 20)]),
        questions=(question("conflict", 3),),
        texts={"conflict": "Why\x1b[2J " * 12},
        next_one=noted("next", "Friday."),
        streak_weeks=3,
    )
    page = told(due, DRAWN)
    assert max(map(len, page)) <= 40
    assert all(line.isprintable() for line in page)
    assert page[-1] == "You have come back 3 weeks in a row."


def test_nothing_due_is_said() -> None:
    assert told(Due(TODAY)) == ["Nothing is due. Whenever you like: greenroom practice"]
    assert due_json(Due(TODAY)) == []
