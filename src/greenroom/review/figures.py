"""Figures as the program says them, on the screen and aloud alike."""

from __future__ import annotations

from datetime import date, datetime

from greenroom.archive.reference import Reference
from greenroom.archive.reference import moment as clock
from greenroom.review.clean import clean

__all__ = ["clock", "counted", "day", "day_and_time", "file_size", "moment", "pace", "roughly", "seconds"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def seconds(value_s: float) -> str:
    """A stretch of time: `2.1 s`, `24 s`, `1 min 24 s`, `1 h 5 min`. Tenths only below ten seconds."""
    value_s = max(0.0, value_s)
    tenths = round(value_s, 1)
    if tenths < 10:
        return f"{tenths:g} s"
    whole = round(value_s)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(round(value_s / 60), 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def roughly(value_s: float) -> str:
    """A stretch of time to the minute: `5 min`, `1 h 5 min`, `under a minute`."""
    return seconds(round(value_s / 60) * 60) if value_s >= 60 else "under a minute"


def moment(session: int, turn: int | None = None, at_s: float | None = None) -> str:
    """How a moment is named on the command line: `12`, `12.3`, `12.3@1:23`."""
    return str(Reference(session, turn, at_s))


def pace(words_per_minute: float) -> str:
    """`142 words a minute`."""
    return f"{counted(round(words_per_minute), 'word')} a minute"


def counted(count: int, noun: str) -> str:
    """`1 answer`, `4 answers`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def file_size(count_bytes: int) -> str:
    """`84 kB`, `3.4 MB`, `45 MB`, `1.2 GB`; never less than one, unless there is nothing."""
    if count_bytes < 1e6:
        return f"{max(1, round(count_bytes / 1e3)) if count_bytes else 0} kB"
    if count_bytes >= 1e9:
        return f"{count_bytes / 1e9:.1f} GB"
    megabytes = count_bytes / 1e6
    return f"{megabytes:.1f} MB" if megabytes < 10 else f"{megabytes:.0f} MB"


def day(timestamp: str, today: date | None = None) -> str:
    """`31 January 2026`; without the year when `today` lies in the same one.

    The day is the one where and when the person was, whatever the time zone of this machine. A timestamp
    that is none comes back as it is, cleaned.
    """
    when = _parsed(timestamp)
    if when is None:
        return clean(timestamp)
    named = f"{when.day} {_MONTHS[when.month - 1]}"
    return named if today is not None and today.year == when.year else f"{named} {when.year}"


def day_and_time(timestamp: str, short: bool = False) -> str:
    """`31 January 2026, 18:04`, as the clock stood where the person was; short is `31 Jan 2026, 18:04`."""
    when = _parsed(timestamp)
    if when is None:
        return clean(timestamp)
    if short:
        return f"{when.day:2} {_MONTHS[when.month - 1][:3]} {when:%Y, %H:%M}"
    return f"{day(timestamp)}, {when:%H:%M}"


def _parsed(timestamp: str) -> datetime | None:
    try:
        return datetime.fromisoformat(timestamp)
    except ValueError:
        return None
