"""The charts of a report, as places in percent: the pace of each answer, and measures over the weeks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from greenroom.coaching.trends import LEAST_CHANGE, Course, Group, Name
from greenroom.coaching.yardsticks import PACE_WORDS_PER_MINUTE
from greenroom.review import figures
from greenroom.review.clean import clean
from greenroom.review.coached import Coached
from greenroom.review.report import words
from greenroom.review.report.answers import anchor_of
from greenroom.review.report.parts import Dot, Link, PaceChart, PaceRow, Range, TrendChart
from greenroom.review.trends import LEAST_DRAWN, YARDSTICKS, short, verdict, yardstick

PACE_SCALE = (90.0, 210.0)
"""Words a minute at the ends, as long as every answer lies within: nearly all speech does."""

PACE_STEP = 10.0
"""A scale that must be longer ends at a multiple of this."""

LEAST_WEEKS_DRAWN = 2
"""One week alone is a dot, and no course of anything."""

MARGIN = 4.0
"""Percent of a chart's height and width that stay free at each edge, so that no dot is cut in half."""

REACH = 1.5
"""A yardstick widens the scale as long as that grows by no more than so many times: else it would press the
weeks flat."""


def pace_chart(session: int, answers: Mapping[int, Coached]) -> PaceChart | None:
    """The pace of each answer; None when there is none. Not of follow-ups, which are too short for one."""
    paced = [
        (one, one.measures.timing.words_per_minute)
        for one in answers.values()
        if one.measures.timing and one.measures.timing.words_per_minute and one.turn.follow_up_of is None
    ]
    if not paced:
        return None
    every = [pace for _, pace in paced] + [third for one, _ in paced for third in one.measures.pace_course]
    low = min(PACE_SCALE[0], math.floor(min(every) / PACE_STEP) * PACE_STEP)
    high = max(PACE_SCALE[1], math.ceil(max(every) / PACE_STEP) * PACE_STEP)

    def place(value: float) -> float:
        return round(100 * (value - low) / (high - low), 2)

    rows = []
    for one, pace in paced:
        course = one.measures.pace_course
        number = one.turn.number
        rows.append(
            PaceRow(
                at=Link(anchor_of(session, number), None, figures.moment(session, number)),
                prompt=clean(one.turn.prompt),
                mean=place(pace),
                figure=str(round(pace)),
                thirds=Range(place(min(course)), place(max(course))) if course else None,
                course=", ".join(str(round(third)) for third in course),
            )
        )
    yard = PACE_WORDS_PER_MINUTE
    return PaceChart(
        rows=tuple(rows),
        easy=Range(place(yard.low), place(yard.high)),
        low=f"{low:g}",
        high=f"{high:g}",
        held_against=words.PACE_BAND.format(low=yard.low, high=yard.high, source=yard.source),
    )


def trend_charts(group: Group, names: Sequence[Name]) -> tuple[TrendChart, ...]:
    """A chart for each of these measures that was taken in two weeks or more."""
    courses = [group.courses[name] for name in names if name in group.courses]
    drawn = [one for one in courses if len(one.weeks) >= LEAST_WEEKS_DRAWN]
    if not drawn:
        return ()
    first, last = min(group.weeks), max(group.weeks)
    return tuple(_trend_chart(one, first, last) for one in drawn)


def trends_of(group: Group) -> str:
    """Which weeks the charts are of, in words."""
    last = max(group.weeks) + timedelta(days=6)
    return words.TRENDS_OF.format(
        weeks=figures.counted((last - min(group.weeks)).days // 7 + 1, "week"),
        day=figures.day(last.isoformat()),
    )


def _trend_chart(one: Course, first: date, last: date) -> TrendChart:
    title, unit = words.CHARTS[one.name]
    low, high = _scale(one)
    days = (last - first).days + 6

    def across(day: date) -> float:
        return _inside((day - first).days / days)

    def down(value: float) -> float:
        return _inside((high - value) / (high - low))

    # The mean of a week stands in its middle.
    weeks = tuple(
        Dot(
            across(week.monday + timedelta(days=3)),
            down(week.mean),
            f"{_week(week.monday)}: {short(one.name, week.mean)}",
        )
        for week in one.weeks
    )
    begin, end = figures.day(first.isoformat()), figures.day((last + timedelta(days=6)).isoformat())
    return TrendChart(
        title=title,
        unit=unit,
        verdict=verdict(one),
        singles=tuple(Dot(across(day), down(min(high, max(low, value)))) for day, value in one.points),
        weeks=weeks,
        band=_band(one.name, low, high),
        top=short(one.name, high),
        bottom=short(one.name, low),
        first=_week(first),
        last=_week(last),
        rows=tuple((_week(week.monday), week.count, short(one.name, week.mean)) for week in one.weeks),
        said=words.TREND_SAID.format(title=title, first=begin, last=end, verdict=verdict(one)),
        held_against=yardstick(one.name) if one.name in YARDSTICKS else "",
    )


def _scale(one: Course) -> tuple[float, float]:
    """The lowest and the highest value that is drawn; the yardstick too, where that costs little."""
    values = [value for _, value in one.points]
    low, high = min(values), max(values)
    # Weeks hardly apart must not look like a mountain.
    room = max(0.0, LEAST_DRAWN * LEAST_CHANGE[one.name] - (high - low))
    low, high = low - room / 2, high + room / 2
    yard = YARDSTICKS.get(one.name)
    if yard is not None:
        wide_low, wide_high = min(low, yard.low), max(high, yard.high)
        if wide_high - wide_low <= REACH * (high - low):
            low, high = wide_low, wide_high
    if one.name == "messages_share":
        high = min(1.0, high)
    return max(0.0, low), high


def _band(name: Name, low: float, high: float) -> Range | None:
    yard = YARDSTICKS.get(name)
    if yard is None:
        return None
    # Of fillers up to the first figure are harmless: the band is what lies below it.
    from_, to = (0.0, yard.low) if name == "fillers_per_minute" else (yard.low, yard.high)
    from_, to = max(low, from_), min(high, to)
    if from_ >= to:
        return None
    return Range(_inside((high - to) / (high - low)), _inside((high - from_) / (high - low)))


def _inside(share: float) -> float:
    return round(MARGIN + (100 - 2 * MARGIN) * share, 2)


def _week(day: date) -> str:
    """`26 Oct`."""
    number, month, *_ = figures.day(day.isoformat()).split(" ")
    return f"{number} {month[:3]}"
