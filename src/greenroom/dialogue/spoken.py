"""Figures as they are said aloud."""

from __future__ import annotations

import re
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


def filled(template: str, **words: object) -> str:
    """A sentence with somebody's own words in it: a full stop at their end goes, or after a question mark.

    "They asked: {question}. And now?" and "Why did you leave?" -> "They asked: Why did you leave? And now?"
    """
    return tidy(template.format(**{name: str(one).rstrip(" .") for name, one in words.items()}))


def tidy(sentence: str) -> str:
    """ "Why did you leave?." -> "Why did you leave?"."""
    return re.sub(r"([?!…])\.", r"\1", sentence)


def counted(number: int, noun: str) -> str:
    """ "1 question", "3 questions"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
