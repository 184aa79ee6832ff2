"""Figures as they are said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)


def spoken_duration(seconds: float) -> str:
    """ "1 second", "42 seconds", "1 minute 24 seconds", "2 minutes": rounded to whole seconds."""
    whole = max(round(seconds), 0)
    minutes, rest = divmod(whole, 60)
    parts = []
    if minutes:
        parts.append(counted(minutes, "minute"))
    if rest or not minutes:
        parts.append(counted(rest, "second"))
    return " ".join(parts)


def spoken_date(iso: str) -> str:
    """ "2026-03-05" or a time of that day -> "5 March"."""
    day = date.fromisoformat(iso[:10])
    return f"{day.day} {MONTHS[day.month - 1]}"


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def counted(number: int, noun: str) -> str:
    """ "1 question", "3 questions"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
