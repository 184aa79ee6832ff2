"""Charts as places in percent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.coaching.trends import NAMES, Name, Sample, together
from greenroom.review.report.charts import pace_chart, trend_charts, trends_of
from greenroom.review.report.parts import Range
from greenroom.types import Timing
from review.test_coached import ONE

MONDAY = date(2026, 1, 5)


def paced(words_per_minute: float, *thirds: float) -> object:
    timing = Timing(2.0, 60.0, 55.0, 1.0, words_per_minute)
    return replace(ONE, measures=replace(ONE.measures, timing=timing, pace_course=thirds))


def samples(*weeks: tuple[float, ...], name: Name = "words_per_minute") -> list[Sample]:
    return [
        Sample(MONDAY + timedelta(weeks=place), "story", {name: value})
        for place, values in enumerate(weeks)
        for value in values
    ]


def test_a_pace_stands_on_a_scale_with_the_easy_range() -> None:
    chart = pace_chart(3, {1: paced(150.0, 120.0, 150.0, 180.0)})  # type: ignore[dict-item]
    assert chart is not None
    assert (chart.low, chart.high) == ("90", "210")
    (row,) = chart.rows
    assert (row.mean, row.figure, row.course) == (50.0, "150", "120, 150, 180")
    assert row.thirds == Range(25.0, 75.0)
    assert (round(chart.easy.low), round(chart.easy.high)) == (42, 58)
    assert row.at.anchor == "a3-1"


def test_a_pace_off_the_scale_makes_it_longer() -> None:
    chart = pace_chart(3, {1: paced(243.0)})  # type: ignore[dict-item]
    assert chart is not None
    assert chart.high == "250"
    assert chart.rows[0].thirds is None


def test_no_pace_makes_no_chart() -> None:
    typed = replace(ONE, measures=replace(ONE.measures, timing=None))
    assert pace_chart(3, {1: typed}) is None
    follow_up = replace(ONE, turn=replace(ONE.turn, follow_up_of=1))
    assert pace_chart(3, {1: follow_up}) is None


def test_weeks_go_from_left_to_right_and_the_higher_stands_higher() -> None:
    (chart,) = trend_charts(together(samples((120.0, 130.0), (150.0,), (170.0,))), NAMES)
    assert chart.title == "Pace"
    first, second, third = chart.weeks
    assert first.x < second.x < third.x
    assert first.y > second.y > third.y
    assert len(chart.singles) == 4
    assert chart.rows[0] == ("5 Jan", 2, "125")
    assert (chart.first, chart.last) == ("5 Jan", "19 Jan")
    assert chart.band is not None
    assert chart.band.low < chart.band.high
    assert chart.said.startswith("Pace, 5 January 2026 to 25 January 2026: ")


def test_a_gap_between_weeks_stays_a_gap() -> None:
    group = together(
        [*samples((120.0,)), Sample(MONDAY + timedelta(weeks=9), "story", {"words_per_minute": 1})]
    )
    assert trends_of(group) == "10 weeks up to 15 March 2026"


def test_one_week_alone_is_not_drawn() -> None:
    assert trend_charts(together(samples((120.0, 140.0))), NAMES) == ()


def test_fillers_that_do_no_harm_are_the_band_at_the_bottom() -> None:
    (chart,) = trend_charts(together(samples((9.0,), (3.0,), name="fillers_per_minute")), NAMES)
    assert chart.band is not None
    assert chart.band.high == pytest.approx(96.0)


@given(
    st.sampled_from(NAMES),
    st.lists(st.lists(st.floats(0, 1000), min_size=1, max_size=3).map(tuple), min_size=2, max_size=8),
)
def test_nothing_is_ever_drawn_outside(name: Name, weeks: list[tuple[float, ...]]) -> None:
    if name == "messages_share":
        weeks = [tuple(value / 1000 for value in week) for week in weeks]
    (chart,) = trend_charts(together(samples(*weeks, name=name)), NAMES)
    for dot in (*chart.singles, *chart.weeks):
        assert 0 <= dot.x <= 100
        assert 0 <= dot.y <= 100
    if chart.band is not None:
        assert 0 <= chart.band.low < chart.band.high <= 100
