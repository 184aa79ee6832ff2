"""Durations, dates, lists and counts as they are said aloud."""

from __future__ import annotations

import pytest

from greenroom.dialogue.spoken import counted, filled, listed, spoken_date, spoken_duration, tidy


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-0.4, "0 seconds"),
        (0.0, "0 seconds"),
        (0.6, "1 second"),
        (42.4, "42 seconds"),
        (59.6, "1 minute"),
        (60.0, "1 minute"),
        (61.0, "1 minute 1 second"),
        (84.0, "1 minute 24 seconds"),
        (120.0, "2 minutes"),
        (3_599.0, "59 minutes 59 seconds"),
    ],
)
def test_a_duration_is_said_in_whole_seconds(seconds: float, said: str) -> None:
    assert spoken_duration(seconds) == said


@pytest.mark.parametrize(
    ("iso", "said"), [("2026-03-05", "5 March"), ("2026-12-31T18:04:05+01:00", "31 December")]
)
def test_a_date_is_said_without_its_year(iso: str, said: str) -> None:
    assert spoken_date(iso) == said


@pytest.mark.parametrize(
    ("parts", "said"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_a_list_is_said_with_an_and(parts: tuple[str, ...], said: str) -> None:
    assert listed(parts) == said


def test_things_are_counted_in_words_that_fit() -> None:
    assert (counted(1, "question"), counted(3, "question")) == ("1 question", "3 questions")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Why did you leave?", "They asked: Why did you leave? And now?"),
        ("About money.", "They asked: About money. And now?"),
        ("About money", "They asked: About money. And now?"),
        ("Stop!", "They asked: Stop! And now?"),
        ("{braces}.", "They asked: {braces}. And now?"),
    ],
)
def test_own_words_bring_no_full_stop_of_their_own(question: str, said: str) -> None:
    assert filled("They asked: {question}. And now?", question=question) == said


def test_no_full_stop_follows_a_question_mark() -> None:
    assert tidy("Why?. Really?! Good. Oh!.") == "Why? Really?! Good. Oh!"
