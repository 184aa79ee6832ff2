"""What plain data must look like, and where it does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.review.export.shape import (
    Check,
    Misfit,
    counts,
    day,
    each,
    fields,
    flag,
    matching,
    maybe,
    moment,
    number,
    one_of,
    plain,
    text,
    whole,
)

WORDS = fields({"words": each(fields({"text": text, "at_s": maybe(number(0, 10))}))})


def misfit(check: Check, value: Any) -> tuple[str, str]:
    with pytest.raises(Misfit) as caught:
        check(value)
    return caught.value.place, caught.value.problem


@pytest.mark.parametrize(
    ("check", "fitting"),
    [
        (text, ["", "naïve \x00", "🙂"]),
        (flag, [True, False]),
        (whole(1, 3), [1, 3]),
        (number(0, 3), [0, 3, 0.5, 1e-300]),
        (one_of("a", "b"), ["a", "b"]),
        (matching("[a-c]+", "letters"), ["abc"]),
        (moment, ["2026-01-31T18:04:05+01:00", "2026-01-31T18:04:05Z"]),
        (day, ["2026-01-31"]),
        (maybe(flag), [None, True]),
        (counts, [{}, {"um": 2}]),
        (plain, [None, {"a": [1, {"b": "c"}]}, [[[]]]]),
    ],
)
def test_what_fits_passes(check: Check, fitting: list[Any]) -> None:
    for value in fitting:
        check(value)


@pytest.mark.parametrize(
    ("check", "misfits"),
    [
        (text, [None, 1, ["a"], "\ud800"]),
        (flag, [0, 1, "true", None]),
        (whole(1, 3), [0, 4, 1.0, True, "1", 10**400]),
        (number(0, 3), [-0.1, 3.1, float("nan"), float("inf"), True, "1", None, 10**400]),
        (one_of("a", "b"), ["c", "A", 1, None, ["a"], {"a": 1}]),
        (matching("[a-c]+", "letters"), ["", "abcd", "a\n", 5]),
        (moment, ["", "2026-01-31", "2026-01-31T18:04:05", "0001-01-01T00:00:00+00:00", "now", 5]),
        (moment, ["20260131T180405+01:00", "2026-W05-6T18:04:05+01:00", "2026-01-31 18:04:05+01:00"]),
        (day, ["2026-1-31", "20260131", "2026-02-30", "0900-01-01", "2026-W05-6", 20260131]),
        (counts, [[], {"um": -1}, {"um": "1"}, {"um": 0.5}]),
        (plain, [float("inf"), 10**30, {"a": "\ud800"}, {"\ud800": 1}]),
    ],
)
def test_what_does_not_fit_is_refused(check: Check, misfits: list[Any]) -> None:
    for value in misfits:
        misfit(check, value)


@pytest.mark.parametrize(
    ("value", "place", "problem"),
    [
        ({"words": [{"text": "a", "at_s": 1}, {"text": 5, "at_s": 1}]}, "words[1].text", "must be text"),
        ({"words": [{"text": "a"}]}, "words[0].at_s", "is missing"),
        ({"words": [{"text": "a", "at_s": 99}]}, "words[0].at_s", "must be a number from 0 to 10"),
        ({"words": [], "more": 1}, "more", "is no field of this version"),
        ({"words": {}}, "words", "must be a list"),
        ([], "", "must be a record, in braces"),
        ({"words": ["a"]}, "words[0]", "must be a record, in braces"),
    ],
)
def test_a_misfit_is_told_with_its_place(value: Any, place: str, problem: str) -> None:
    assert misfit(WORDS, value) == (place, problem)


def test_a_field_of_any_length_is_told_shortly() -> None:
    place, _ = misfit(WORDS, {"words": [], "x" * 1_000_000: 1})
    assert place == "x" * 40


def test_what_lies_too_deep_is_refused_without_a_crash() -> None:
    value: Any = []
    for _ in range(100_000):
        value = [value]
    assert misfit(plain, value) == ("", "lies deeper than 40 levels")
    while value:  # taken apart level by level: letting go of it whole would go as deep
        value = value[0]


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text() | st.integers(), st.lists))
def test_no_value_brings_a_check_down(value: Any) -> None:
    for check in (text, flag, whole(0, 5), number(0, 5), moment, day, counts, plain, each(text), WORDS):
        try:
            check(value)
        except Misfit as found:
            assert found.problem
