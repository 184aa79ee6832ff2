"""When a question comes back.

The intervals expected here were worked out from the published formulae and default parameters of FSRS-6, by a
program of its own: 2.31 days after a first "good", 10.96 after a second on the day it was due, and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.coaching.schedule import LONGEST_DAYS, DueQuestion, due_questions, scheduled
from greenroom.types import Grade, Graded

FIRST = date(2026, 2, 2)
GRADES: tuple[Grade, ...] = ("again", "hard", "good", "easy")


def takes(
    *told: tuple[int, Grade], prompt_id: str = "conflict", session: int = 1, own: bool = True
) -> list[Graded]:
    """The takes of a question, each so many days after the first of February's second, and graded then."""
    return [
        Graded(
            prompt_id,
            session + place,
            100 * session + place,
            1,
            grade,
            own,
            at=f"{FIRST + timedelta(days=day)}T21:00:00+01:00",
            taken_at=f"{FIRST + timedelta(days=day)}T20:00:00+01:00",
        )
        for place, (day, grade) in enumerate(told)
    ]


def the_one(graded: Sequence[Graded]) -> DueQuestion:
    (question,) = scheduled(graded)
    return question


def days_off(*told: tuple[int, Grade]) -> int:
    """Days from the last take until the question is due."""
    question = the_one(takes(*told))
    return (question.due_on - question.taken_on).days


@pytest.mark.parametrize(("grade", "days"), [("again", 1), ("hard", 1), ("good", 2), ("easy", 8)])
def test_after_one_take_a_question_comes_back_by_its_grade(grade: Grade, days: int) -> None:
    assert days_off((0, grade)) == days


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ([(0, "good"), (2, "good")], 11),
        ([(0, "good"), (2, "good"), (13, "good")], 46),
        ([(0, "again"), (1, "good")], 2),
        ([(0, "again"), (1, "good"), (3, "good")], 6),
        ([(0, "hard"), (1, "hard"), (3, "good")], 8),
        ([(0, "good"), (9, "good")], 24),  # who remembers it after a week too many remembers it for longer
        ([(0, "easy"), (8, "hard")], 27),
    ],
)
def test_later_takes_make_it_longer(told: list[tuple[int, Grade]], days: int) -> None:
    assert days_off(*told) == days


def test_what_went_wrong_is_due_the_next_day_and_takes_its_time_again_after() -> None:
    assert days_off((0, "good"), (2, "good")) == 11
    assert days_off((0, "good"), (2, "good"), (13, "again")) == 1
    assert days_off((0, "good"), (2, "good"), (13, "again"), (14, "good")) == 4


def test_nothing_stays_away_for_longer_than_two_months() -> None:
    assert days_off((0, "good"), (2, "good"), (13, "good"), (59, "good")) == 60


def test_of_several_takes_on_one_day_the_last_counts_once() -> None:
    assert days_off((0, "again"), (0, "hard"), (0, "good")) == days_off((0, "good")) == 2
    question = the_one(takes((0, "again"), (0, "good"), (2, "hard"), (2, "good")))
    assert (question.due_on - question.taken_on).days == 11
    assert (question.grade, question.takes, question.session_id) == ("good", 4, 4)


def test_the_day_is_that_of_the_take_not_of_the_grading() -> None:
    graded = Graded(
        "conflict", 1, 1, 1, "good", True, "2026-02-20T09:00:00+01:00", "2026-02-02T20:00:00+01:00"
    )
    assert the_one([graded]).due_on == date(2026, 2, 4)
    untold = Graded("conflict", 1, 1, 1, "good", True, "2026-02-20T09:00:00+01:00")
    assert the_one([untold]).due_on == date(2026, 2, 22)


def test_the_day_is_the_one_where_the_person_was() -> None:
    late = Graded("conflict", 1, 1, 1, "good", True, "", "2026-02-02T23:50:00-08:00")
    early = Graded("conflict", 2, 2, 1, "good", True, "", "2026-02-04T00:10:00+13:00")
    assert the_one([late]).due_on == date(2026, 2, 4)
    assert the_one([late, early]).due_on == date(2026, 2, 15)


def test_a_take_brought_in_later_counts_on_its_own_day() -> None:
    in_order = takes((0, "good"), (2, "hard"))
    stored_late = [
        Graded("conflict", 8, 8, 1, "hard", True, "", in_order[1].taken_at),
        Graded("conflict", 9, 9, 1, "good", True, "", in_order[0].taken_at),
    ]
    assert the_one(stored_late).due_on == the_one(in_order).due_on
    assert the_one(stored_late).grade == "hard"


def test_a_question_is_told_with_its_latest_take_and_who_graded_it() -> None:
    graded = takes((0, "good")) + takes((2, "hard"), session=7, own=False)
    assert scheduled(graded) == (
        DueQuestion("conflict", date(2026, 2, 12), "hard", False, "2026-02-04T20:00:00+01:00", 2, 7, 1),
    )


def test_what_is_not_due_yet_is_not_told_and_is_from_its_day_on() -> None:
    graded = takes((0, "good"))
    assert due_questions(graded, date(2026, 2, 3)) == ()
    (question,) = due_questions(graded, date(2026, 2, 4))
    assert question.late_days(date(2026, 2, 4)) == 0
    assert due_questions(graded, date(2026, 2, 9)) == (question,)
    assert question.late_days(date(2026, 2, 9)) == 5


def test_the_least_likely_to_be_at_hand_comes_first() -> None:
    graded = [
        *takes((0, "easy"), prompt_id="at-ease", session=10),
        *takes((0, "again"), prompt_id="not-there", session=20),
        *takes((0, "good"), prompt_id="went-well", session=30),
        *takes((0, "hard"), prompt_id="was-hard", session=40),
        *takes((0, "good"), (2, "good"), prompt_id="not-due", session=50),
    ]
    told = [question.prompt_id for question in due_questions(graded, FIRST + timedelta(days=9))]
    assert told == ["not-there", "was-hard", "went-well", "at-ease"]


def test_of_two_that_went_alike_the_one_due_longer_comes_first() -> None:
    graded = takes((5, "good"), prompt_id="a-later", session=1) + takes((0, "good"), prompt_id="z", session=9)
    assert [one.prompt_id for one in due_questions(graded, date(2026, 3, 1))] == ["z", "a-later"]


def test_all_questions_are_told_by_the_day_they_are_due() -> None:
    graded = [
        *takes((0, "easy"), prompt_id="last", session=10),
        *takes((0, "good"), prompt_id="b", session=20),
        *takes((0, "good"), prompt_id="a", session=30),
    ]
    assert [one.prompt_id for one in scheduled(graded)] == ["a", "b", "last"]


def test_a_take_of_no_day_counts_for_nothing() -> None:
    broken = Graded("conflict", 9, 9, 1, "easy", True, "", "yesterday")
    assert scheduled([broken]) == ()
    assert scheduled([*takes((0, "good")), broken]) == scheduled(takes((0, "good")))


def test_nothing_graded_is_nothing_due() -> None:
    assert due_questions([], FIRST) == scheduled([]) == ()


histories = st.lists(st.tuples(st.integers(0, 400), st.sampled_from(GRADES)), min_size=1, max_size=12)


@given(histories)
def test_whatever_was_graded_it_is_due_within_two_months_and_always_on_the_same_day(
    told: list[tuple[int, Grade]],
) -> None:
    question = the_one(takes(*told))
    assert 1 <= (question.due_on - question.taken_on).days <= LONGEST_DAYS
    assert the_one(takes(*told)) == question
    assert question.taken_on == FIRST + timedelta(days=max(day for day, _ in told))


@given(histories, st.integers(1, 90))
def test_a_better_grade_never_comes_back_sooner(told: list[tuple[int, Grade]], later: int) -> None:
    day = max(day for day, _ in told) + later
    away = [days_off(*told, (day, grade)) for grade in GRADES]
    assert away == sorted(away)
    assert away[0] == 1


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_each_good_take_on_the_day_it_was_due_grows_the_interval(seed: list[int]) -> None:
    told: list[tuple[int, Grade]] = [(0, "good")]
    away = [days_off(*told)]
    for _ in seed:
        told.append((told[-1][0] + away[-1], "good"))
        away.append(days_off(*told))
    assert all(after > before or after == LONGEST_DAYS for before, after in pairwise(away))
