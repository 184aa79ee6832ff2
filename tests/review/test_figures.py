"""Figures as the program says them."""

from datetime import date

import pytest

from greenroom.review import figures


@pytest.mark.parametrize(
    ("value_s", "said"),
    [
        (-1.0, "0 s"),
        (0.0, "0 s"),
        (0.04, "0 s"),
        (2.0, "2 s"),
        (2.14, "2.1 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (24.4, "24 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (84.04, "1 min 24 s"),
        (3599.4, "59 min 59 s"),
        (3599.6, "1 h"),
        (3900.0, "1 h 5 min"),
        (7199.0, "2 h"),
    ],
)
def test_a_stretch_of_time_in_words(value_s: float, said: str) -> None:
    assert figures.seconds(value_s) == said


@pytest.mark.parametrize(
    ("value_s", "said"),
    [(20.0, "under a minute"), (60.0, "1 min"), (312.0, "5 min"), (3570.0, "1 h"), (3900.0, "1 h 5 min")],
)
def test_a_stretch_of_time_to_the_minute(value_s: float, said: str) -> None:
    assert figures.roughly(value_s) == said


@pytest.mark.parametrize(
    ("at_s", "shown"), [(0.0, "0:00"), (83.99, "1:23"), (3723.0, "1:02:03"), (-0.2, "0:00")]
)
def test_a_moment_on_the_clock_is_rounded_down(at_s: float, shown: str) -> None:
    assert figures.clock(at_s) == shown


def test_a_moment_is_named_as_the_command_line_takes_it() -> None:
    assert figures.moment(12) == "12"
    assert figures.moment(12, 3) == "12.3"
    assert figures.moment(12, 3, 83.9) == "12.3@1:23"


def test_a_pace_and_a_count_in_words() -> None:
    assert figures.pace(142.4) == "142 words a minute"
    assert figures.pace(1.2) == "1 word a minute"
    assert figures.counted(1, "answer") == "1 answer"
    assert figures.counted(0, "answer") == "0 answers"


@pytest.mark.parametrize(
    ("count_bytes", "said"),
    [
        (0, "0 kB"),
        (12, "1 kB"),
        (84_300, "84 kB"),
        (3_440_000, "3.4 MB"),
        (20_000_000, "20 MB"),
        (1_240_000_000, "1.2 GB"),
    ],
)
def test_a_size_is_said_as_short_as_it_helps(count_bytes: int, said: str) -> None:
    assert figures.file_size(count_bytes) == said


def test_a_day_is_the_one_where_the_person_was() -> None:
    late = "2026-01-31T23:30:00-08:00"

    assert figures.day(late) == "31 January 2026"
    assert figures.day(late, date(2026, 12, 1)) == "31 January"
    assert figures.day(late, date(2027, 1, 1)) == "31 January 2026"
    assert figures.day_and_time(late) == "31 January 2026, 23:30"
    assert figures.day_and_time(late, short=True) == "31 Jan 2026, 23:30"
    assert figures.day_and_time("2026-02-03T09:05:00+01:00", short=True) == " 3 Feb 2026, 09:05"


def test_a_timestamp_that_is_none_is_shown_as_it_is_without_its_escapes() -> None:
    assert figures.day("\x1b[31msoon") == "soon"
    assert figures.day_and_time("soon") == "soon"
