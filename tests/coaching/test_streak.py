"""The streak counts weeks in which somebody came back."""

from __future__ import annotations

from datetime import date

from greenroom.coaching.streak import weeks_in_a_row

WEDNESDAY = date(2026, 2, 4)


def test_weeks_without_a_gap_are_counted() -> None:
    days = [date(2026, 1, 20), date(2026, 1, 26), date(2026, 2, 1), date(2026, 2, 2)]
    assert weeks_in_a_row(days, WEDNESDAY) == 3


def test_a_week_that_has_only_begun_ends_nothing() -> None:
    assert weeks_in_a_row([date(2026, 1, 31)], WEDNESDAY) == 1


def test_a_gap_begins_anew() -> None:
    assert weeks_in_a_row([date(2026, 1, 6), date(2026, 2, 3)], WEDNESDAY) == 1
    assert weeks_in_a_row([date(2026, 1, 6)], WEDNESDAY) == 0
    assert weeks_in_a_row([], WEDNESDAY) == 0
