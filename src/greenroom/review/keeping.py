"""What goes when sessions are deleted or recordings let go, told before it does. Lines for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from greenroom.archive import SessionSummary
from greenroom.archive.retention import KeptAudio, OldAudio
from greenroom.review import figures
from greenroom.review import keeping_words as words
from greenroom.review.clean import clean
from greenroom.review.look import Look
from greenroom.review.page import Page, Piece, wrapped
from greenroom.review.words import of_audio
from greenroom.review.words import spoken as spoken_of

FILES_NAMED = 5
"""Of those that go; the rest is counted."""


def what_goes(summaries: Sequence[SessionSummary], look: Look, *, everything: bool = False) -> Page:
    """What goes with several sessions.

    Args:
        everything: all there is is deleted, and not only sessions.
    """
    content = [figures.counted(sum(one.answered for one in summaries), "answer")]
    spoken_s = sum(one.speaking_s for one in summaries)
    if spoken_s:
        content.append(spoken_of(figures.roughly(spoken_s)))
    sessions = figures.counted(len(summaries), "session")
    if everything:
        text = words.DELETE_ALL_WHAT.format(content=", ".join((sessions, *content)))
    else:
        text = words.DELETE_MANY_WHAT.format(
            sessions=sessions, span=_span(summaries), content=", ".join(content)
        )
    return wrapped([Piece(text)], look.columns)


def files_that_go(files: Sequence[str], look: Look) -> Page:
    """Which exports inside the home go too; nothing when there are none.

    Args:
        files: relative to the home, in order.
    """
    if not files:
        return []
    named = ", ".join(clean(file) for file in files[:FILES_NAMED])
    if len(files) > FILES_NAMED:
        named = words.AND_MORE.format(named=named, count=len(files) - FILES_NAMED)
    return wrapped([Piece(words.DELETE_FILES.format(files=named))], look.columns)


def _span(summaries: Sequence[SessionSummary]) -> str:
    days = [figures.day(one.started_at) for one in sorted(summaries, key=lambda one: one.started_at)]
    return days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"


def what_is_let_go(old: OldAudio, time: str, days: int, look: Look, today: date | None = None) -> Page:
    """What a time for recordings would remove now, and what stays."""
    lines = []
    if old.recordings:
        before = (today or datetime.now().date()) - timedelta(days=days)
        lines.append(
            words.KEEP_GOES.format(
                count=figures.counted(len(old.recordings), "recording"),
                length=of_audio(figures.roughly(old.length_s)),
                size=size(old.size_bytes),
                day=figures.day(before.isoformat()),
            )
        )
        lines.append(words.KEEP_WORDS_STAY)
    else:
        lines.append(words.KEEP_GOES_NONE)
    if old.waiting:
        lines.append(words.KEEP_WAITING.format(count=figures.counted(old.waiting, "recording")))
    return [line for text in lines for line in wrapped([Piece(text)], look.columns)]


def kept_line(kept: KeptAudio, time: str | None) -> str:
    """How long recordings are kept, and how many there are. `time` is None for ever."""
    now = words.KEPT_NOW.format(count=figures.counted(kept.count, "recording"), size=size(kept.size_bytes))
    there = [now]
    if kept.let_go:
        there.append(words.LET_GO_SO_FAR.format(count=kept.let_go))
    line = words.KEPT_FOREVER if time is None else words.KEPT_FOR
    return line.format(time=time, kept=", ".join(there))


def time_kept(setting: str) -> str:
    """ "90d" as it is said: "90 days"."""
    said = setting.strip().lower().replace(" ", "")
    count = int("".join(letter for letter in said if letter.isdigit()))
    unit = next(letter for letter in said if letter.isalpha())
    return figures.counted(count, {"d": "day", "w": "week", "m": "month", "y": "year"}[unit])


def size(count_bytes: int) -> str:
    """`45 MB`, `1.2 GB`; never less than one."""
    if count_bytes >= 1e9:
        return f"{count_bytes / 1e9:.1f} GB"
    return f"{max(1, round(count_bytes / 1e6)) if count_bytes else 0} MB"
