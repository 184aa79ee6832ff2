"""What goes is told in figures that somebody can take in."""

from __future__ import annotations

from datetime import date

import pytest

from greenroom.archive.retention import KeptAudio, OldAudio, OldRecording
from greenroom.review.keeping import kept_line, size, time_kept, what_goes, what_is_let_go
from greenroom.review.look import Look
from greenroom.review.page import text_of
from review.sample import SUMMARIES

PLAIN = Look(plain=True, columns=200)


def lines(page: list[object]) -> list[str]:
    return [text_of(line) for line in page]  # type: ignore[arg-type]


def test_several_sessions_are_told_with_their_days_and_answers() -> None:
    [line] = lines(list(what_goes(SUMMARIES, PLAIN)))
    answers = sum(one.answered for one in SUMMARIES)
    assert line.startswith(f"{len(SUMMARIES)} sessions of ")
    assert f"{answers} answer" in line


def test_everything_is_told_with_what_belongs_to_no_session() -> None:
    [line] = lines(list(what_goes(SUMMARIES, PLAIN, everything=True)))
    assert line.startswith(f"Everything here goes: {len(SUMMARIES)} sessions, ")
    assert line.endswith("Your settings, packs and models stay.")


def test_what_is_let_go_is_told_with_what_waits() -> None:
    old = OldAudio((OldRecording(1, 1, "audio/1/01.flac", 90.0),) * 2, 45_400_000, 1)
    assert lines(list(what_is_let_go(old, "90d", 90, PLAIN, date(2026, 4, 30)))) == [
        "These go now, and others at each start: 2 recordings, 3 min of audio, 45 MB, of sessions before 30 "
        "January 2026.",
        "Their words, times and notes stay; they cannot be played, or written down anew, any more.",
        "As old, and kept until the words are final: 1 recording.",
    ]


def test_where_nothing_is_old_enough_nothing_goes() -> None:
    assert lines(list(what_is_let_go(OldAudio((), 0, 0), "90d", 90, PLAIN))) == [
        "Nothing is as old as that yet, so nothing goes now."
    ]


@pytest.mark.parametrize(
    ("setting", "said"), [("90d", "90 days"), ("1 w", "1 week"), ("6months", "6 months"), ("2y", "2 years")]
)
def test_a_time_is_said_in_words(setting: str, said: str) -> None:
    assert time_kept(setting) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 MB"), (1, "1 MB"), (45_400_000, "45 MB"), (1_240_000_000, "1.2 GB")]
)
def test_a_size_is_said_to_the_megabyte(count: int, said: str) -> None:
    assert size(count) == said


def test_how_it_is_now_in_a_line() -> None:
    assert kept_line(KeptAudio(3, 4_000_000, 0), None) == (
        "Recordings are kept for as long as you like: 3 recordings now (4 MB)."
    )
    assert kept_line(KeptAudio(1, 4_000_000, 2), "90 days") == (
        "Recordings are kept for 90 days; 1 recording now (4 MB), 2 let go so far."
    )
