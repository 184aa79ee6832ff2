"""How many weeks in a row somebody came back. Nothing is ever said of weeks in which nobody did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

_WEEK = timedelta(days=7)


def weeks_in_a_row(days: Iterable[date], today: date) -> int:
    """Weeks, Monday to Sunday, without a gap up to this one, or to the last while this one is young.

    Weeks and not days: nobody has an interview every day, and a day off must cost nothing.
    """
    kept = {monday(day) for day in days}
    week = monday(today)
    if week not in kept:
        week -= _WEEK
    count = 0
    while week in kept:
        count, week = count + 1, week - _WEEK
    return count


def monday(day: date) -> date:
    """The first day of its week, as ISO 8601 counts weeks."""
    return day - timedelta(days=day.weekday())
