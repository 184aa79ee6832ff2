"""Weeks beside each other, and when that is called a direction."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.coaching.trends import (
    Course,
    Name,
    Sample,
    Week,
    by_kind,
    chance_of,
    course,
    latest_weeks,
    line,
    together,
    values_of,
)
from greenroom.types import Answer, Fillers, Timing

MONDAY = date(2026, 11, 2)


def thought(day: date, *seconds: float, kind: str = "behavioural") -> list[Sample]:
    return [Sample(day, kind, {"thinking_s": value}) for value in seconds]


def weekly(*weeks: tuple[float, ...], name: Name = "thinking_s") -> Course:
    """The course of one measure; an empty week is one in which there was nothing."""
    samples = [
        Sample(MONDAY + timedelta(weeks=place, days=2), "behavioural", {name: value})
        for place, values in enumerate(weeks)
        for value in values
    ]
    return course(samples, name)


def test_answers_of_a_week_from_monday_to_sunday_come_to_one_mean() -> None:
    sunday, monday = date(2026, 11, 8), date(2026, 11, 9)
    found = course([*thought(sunday, 4.0), *thought(MONDAY, 1.0), *thought(monday, 9.0)], "thinking_s")
    assert found.weeks == (Week(MONDAY, 2, 2.5), Week(monday, 1, 9.0))
    assert (found.count, found.mean) == (3, pytest.approx(14 / 3))
    assert found.points == ((MONDAY, 1.0), (sunday, 4.0), (monday, 9.0))


def test_two_weeks_claim_nothing_however_clear_they_look() -> None:
    found = weekly((9.0, 9.1, 9.0), (2.0, 2.1, 2.0))
    assert (found.direction, found.change) == (None, None)


def test_two_weeks_with_a_gap_between_are_still_two() -> None:
    assert weekly((9.0, 9.1), (), (), (), (2.0,)).direction is None


def test_three_weeks_that_agree_with_themselves_have_a_direction() -> None:
    found = weekly((6.0, 6.4), (4.0, 4.2), (2.1, 2.3))
    assert found.direction == "down"
    assert found.change == pytest.approx(-4.0)
    assert weekly((2.1, 2.3), (4.0, 4.2), (6.0, 6.4)).direction == "up"


def test_the_same_change_inside_a_wide_scatter_is_none() -> None:
    assert weekly((6.0, 6.4), (4.0, 4.2), (2.1, 2.3)).direction == "down"
    scattered = weekly((1.2, 11.2), (0.1, 8.1), (0.2, 4.2))
    assert scattered.change == pytest.approx(-4.0)
    assert scattered.direction == "steady"


def test_one_answer_a_week_needs_to_lie_near_a_line() -> None:
    assert weekly((12.0,), (8.4,), (5.1,), (2.0,)).direction == "down"
    assert weekly((12.0,), (3.0,), (9.0,), (2.0,)).direction == "steady"
    assert weekly((3.0,), (2.0,), (1.0,)).direction == "down"
    assert weekly((3.0,), (1.2,), (1.0,)).direction == "steady"


def test_a_jump_by_a_single_odd_answer_is_no_direction() -> None:
    assert weekly((3.0, 3.2, 2.9), (3.1, 3.0, 3.2), (3.0, 3.1, 30.0)).direction == "steady"


def test_what_stays_the_same_is_steady() -> None:
    assert weekly((2.1, 2.1), (2.1, 2.1), (2.1, 2.1)).direction == "steady"


def test_a_change_too_small_to_notice_is_steady_however_regular() -> None:
    assert (
        weekly((140.0, 140.1), (142.0, 142.1), (144.0, 144.1), name="words_per_minute").direction == "steady"
    )
    assert weekly((140.0, 140.1), (143.0, 143.1), (146.0, 146.1), name="words_per_minute").direction == "up"


def test_a_change_is_told_no_larger_than_the_weeks_differ() -> None:
    found = weekly((0.5, 0.5), (0.5, 0.5), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0), name="messages_share")
    assert (found.direction, found.change) == ("up", 0.5)


def test_a_gap_counts_as_the_weeks_it_lasted() -> None:
    found = weekly((8.0, 8.2), (), (), (5.0, 5.2), (4.0, 4.2))
    assert found.direction == "down"
    assert found.change == pytest.approx(-4.0)


@pytest.mark.parametrize(
    ("t", "free", "chance"),
    [  # from printed tables of Student's t
        (12.706, 1, 0.05),
        (4.303, 2, 0.05),
        (3.182, 3, 0.05),
        (9.925, 2, 0.01),
        (2.228, 10, 0.05),
        (2.704, 40, 0.01),
        (0.0, 7, 1.0),
    ],
)
def test_how_often_chance_does_that(t: float, free: int, chance: float) -> None:
    assert chance_of(t, free) == pytest.approx(chance, rel=2e-3)
    assert chance_of(-t, free) == chance_of(t, free)


def test_the_line_through_points() -> None:
    slope, chance = line([(0, 1.0), (1, 2.0), (2, 4.0), (3, 5.0)])
    assert slope == pytest.approx(1.4)
    # 0.1, -0.3, 0.3 and -0.1 are left, their squares 0.2; the error is sqrt(0.2 / 2 / 5), so t is 9.8995.
    assert chance == pytest.approx(chance_of(9.8995, 2), rel=1e-3)
    assert line([(0, 1.0), (1, 2.0), (2, 3.0)]) == (1.0, 0.0)
    assert line([(0, 2.0), (1, 2.0), (2, 2.0)]) == (0.0, 1.0)


@given(
    st.lists(st.lists(st.floats(0, 1e4), min_size=1, max_size=6), min_size=3, max_size=8),
    st.floats(-100, 100),
)
def test_a_direction_does_not_hang_on_where_the_zero_is_and_turns_with_the_sign(
    weeks: list[list[float]], moved: float
) -> None:
    found = weekly(*map(tuple, weeks))
    assert found.change is not None
    turned = weekly(*(tuple(-value for value in values) for values in weeks))
    assert turned.change == pytest.approx(-found.change)
    assert turned.direction == {"up": "down", "down": "up", "steady": "steady"}[found.direction or ""]
    shifted = weekly(*(tuple(value + moved for value in values) for values in weeks))
    assert shifted.change == pytest.approx(found.change, abs=1e-6)


def test_the_latest_weeks_count_back_from_the_last_answer_and_not_from_today() -> None:
    samples = [*thought(date(2020, 1, 1), 1.0), *thought(date(2020, 1, 8), 2.0), *thought(MONDAY, 3.0)]
    assert [one.values["thinking_s"] for one in latest_weeks(samples, 1)] == [3.0]
    assert [one.values["thinking_s"] for one in latest_weeks(samples[:2], 2)] == [1.0, 2.0]
    assert latest_weeks([], 4) == []


def test_kinds_of_question_are_followed_apart_and_rehearsals_of_no_kind_only_in_the_whole() -> None:
    samples = [
        *thought(MONDAY, 5.0, 6.0),
        *thought(MONDAY, 1.0, kind="opening"),
        Sample(MONDAY + timedelta(weeks=1), None, {"messages_share": 0.5}),
    ]
    whole = together(samples)
    assert whole.weeks == {MONDAY: 3, MONDAY + timedelta(weeks=1): 0}
    assert list(whole.courses) == ["thinking_s", "messages_share"]
    assert (whole.answers, whole.courses["thinking_s"].mean) == (3, 4.0)
    behavioural, opening = by_kind(samples)
    assert (behavioural.kind, behavioural.answers, behavioural.courses["thinking_s"].mean) == (
        "behavioural",
        2,
        5.5,
    )
    assert (opening.kind, opening.weeks) == ("opening", {MONDAY: 1})


def test_fillers_count_only_where_all_of_them_are_written() -> None:
    timing, fillers = Timing(1.0, 60.0, 50.0, 2.0, None), Fillers(3, 3.0, {"um": 3})
    stitched = Answer("Why us?", "Um.", timing=timing, fillers=fillers)
    assert values_of(stitched) == {"thinking_s": 1.0, "answer_s": 60.0}
    final = Answer("Why us?", "Um.", timing=timing, fillers=fillers, verbatim=True)
    assert values_of(final)["fillers_per_minute"] == 3.0
    assert values_of(Answer("Why us?", "Typed.", verbatim=True)) == {}
