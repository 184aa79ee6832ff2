"""Figures as they are said aloud."""

from __future__ import annotations


def spoken_duration(seconds: float) -> str:
    """ "1 second", "42 seconds", "1 minute 24 seconds", "2 minutes": rounded to whole seconds."""
    whole = max(round(seconds), 0)
    minutes, rest = divmod(whole, 60)
    parts = []
    if minutes:
        parts.append(_counted(minutes, "minute"))
    if rest or not minutes:
        parts.append(_counted(rest, "second"))
    return " ".join(parts)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
