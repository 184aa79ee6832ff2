"""Weeks beside each other: what answers were like, and whether that has a direction.

A line is drawn through all the answers, each at its week (least squares), and its change is held against
their scatter about it (t-test of the slope). So ten answers a week weigh more than one, and a jump that a
single odd answer makes is none. What is called a direction by chance, in made-up weeks that had none: 2 or 3
in a hundred; up to 8 where the answers of one day are a little alike (a fifth of the scatter is the day's),
and 16 where they are very much so (two fifths).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Literal, TypeAlias, get_args

from greenroom.coaching.streak import monday
from greenroom.types import Answer

Name: TypeAlias = Literal[
    "thinking_s",
    "answer_s",
    "words_per_minute",
    "fillers_per_minute",
    "messages_share",
    "gut_first",
    "gut_second",
]
"""What is followed: four measures of an answer; the share of the key messages that landed, 0 to 1; the gut
rating of an interview right after it, and when calm."""

NAMES: tuple[Name, ...] = get_args(Name)
OF_ANSWERS: tuple[Name, ...] = NAMES[:4]

Direction: TypeAlias = Literal["up", "down", "steady"]

LEAST_WEEKS = 3
"""Weeks with something in them, below which nothing is said: two points always lie on a line."""

LEAST_CHANCE = 1 / 40
"""How often chance may show so large a change at the most, for it to be called a direction."""

LEAST_CHANGE: Mapping[Name, float] = {
    "thinking_s": 0.2,
    "answer_s": 2.0,
    "words_per_minute": 5.0,
    "fillers_per_minute": 0.5,
    "messages_share": 0.05,
    "gut_first": 0.5,
    "gut_second": 0.5,
}
"""In the unit of each, ours: what is less is nothing that anybody would notice, however steady it is."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer, one rehearsal or one debrief, with what it was like.

    Attributes:
        kind: of the question; None when it is no answer.
        values: by name, those that are known.
    """

    day: date
    kind: str | None
    values: Mapping[Name, float]


@dataclass(frozen=True, slots=True)
class Week:
    """A week in which there was something.

    Attributes:
        monday: its first day.
        count: how many the mean is of.
    """

    monday: date
    count: int
    mean: float


@dataclass(frozen=True, slots=True)
class Course:
    """How one measure went, week by week.

    Attributes:
        weeks: those that have it, in order.
        mean: over all; None when there is nothing.
        direction: None when there is too little to tell.
        change: along the line, from the first week to the last, but no more than the weeks' means differ;
            None with the direction.
        points: every single one, with its day.
    """

    name: Name
    weeks: tuple[Week, ...]
    count: int
    mean: float | None
    direction: Direction | None
    change: float | None
    points: tuple[tuple[date, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that are looked at together.

    Attributes:
        kind: of question; None for all of them, with rehearsals and debriefs.
        weeks: the Mondays of the weeks in which there was anything, in order, each with its answers.
        courses: those of which there is anything.
    """

    kind: str | None
    weeks: Mapping[date, int]
    courses: Mapping[Name, Course]

    @property
    def answers(self) -> int:
        return sum(self.weeks.values())


def values_of(answer: Answer) -> dict[Name, float]:
    """What is followed of an answer. Its fillers only where they can be relied on to be all in the words:
    else a week of words not looked at twice would look like a week of fewer."""
    values: dict[Name, float] = {}
    if timing := answer.timing:
        values["thinking_s"] = timing.thinking_s
        values["answer_s"] = timing.answer_s
        if timing.words_per_minute is not None:
            values["words_per_minute"] = timing.words_per_minute
    if answer.fillers is not None and answer.verbatim:
        values["fillers_per_minute"] = answer.fillers.per_minute
    return values


def latest_weeks(samples: Sequence[Sample], weeks: int) -> list[Sample]:
    """Those of the latest weeks, counted back from the last in which there is anything."""
    if not samples:
        return []
    last = max(monday(sample.day) for sample in samples)
    return [sample for sample in samples if (last - monday(sample.day)).days < 7 * weeks]


def together(samples: Sequence[Sample], kind: str | None = None) -> Group:
    """All samples, or those of one kind of question."""
    chosen = [sample for sample in samples if kind is None or sample.kind == kind]
    answers = Counter(monday(sample.day) for sample in chosen if sample.kind is not None)
    courses = {name: course(chosen, name) for name in NAMES}
    return Group(
        kind,
        {week: answers[week] for week in sorted({monday(sample.day) for sample in chosen})},
        {name: one for name, one in courses.items() if one.count},
    )


def by_kind(samples: Sequence[Sample]) -> tuple[Group, ...]:
    """A group for each kind of question, the most frequent first."""
    counts = Counter(sample.kind for sample in samples if sample.kind is not None)
    kinds = sorted(counts, key=lambda kind: (-counts[kind], kind))
    return tuple(together(samples, kind) for kind in kinds)


def course(samples: Iterable[Sample], name: Name) -> Course:
    """One measure, week by week, with its direction."""
    points = sorted((sample.day, sample.values[name]) for sample in samples if name in sample.values)
    if not points:
        return Course(name, (), 0, None, None, None)
    by_week: dict[date, list[float]] = {}
    for day, value in points:
        by_week.setdefault(monday(day), []).append(value)
    weeks = tuple(Week(first, len(values), fmean(values)) for first, values in by_week.items())
    direction, change = _direction(by_week, LEAST_CHANGE[name])
    mean = fmean(value for _, value in points)
    return Course(name, weeks, len(points), mean, direction, change, tuple(points))


def _direction(
    by_week: Mapping[date, Sequence[float]], least_change: float
) -> tuple[Direction | None, float | None]:
    if len(by_week) < LEAST_WEEKS:
        return None, None
    first = min(by_week)
    points = [((week - first).days / 7, value) for week, values in by_week.items() for value in values]
    slope, chance = line(points)
    means = [fmean(values) for values in by_week.values()]
    along = slope * max(place for place, _ in points)
    change = math.copysign(min(abs(along), max(means) - min(means)), along)
    if chance > LEAST_CHANCE or abs(change) < least_change:
        return "steady", change
    return ("up" if change > 0 else "down"), change


def line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The slope of the straight line through points, and how often chance would make it as steep.

    Args:
        points: three or more, not all at one place.

    Returns:
        The slope, and the two-sided probability of a t-test of it.
    """
    mean_x, mean_y = fmean(x for x, _ in points), fmean(y for _, y in points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    left = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    free = len(points) - 2
    error = math.sqrt(left / free / spread)
    if error == 0:
        return slope, 0.0 if slope else 1.0
    return slope, chance_of(slope / error, free)


def chance_of(t: float, free: int) -> float:
    """The two-sided probability of Student's t with so many degrees of freedom (a whole number).

    By the finite series for whole degrees: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3
    and 26.7.4.
    """
    angle = math.atan(abs(t) / math.sqrt(free))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = free % 2
    term = cosine if odd else 1.0
    total = 0.0
    for k in range(1, free // 2 + 1):
        total += term
        term *= cosine**2 * (2 * k / (2 * k + 1) if odd else (2 * k - 1) / (2 * k))
    within = 2 / math.pi * (angle + sine * total) if odd else sine * total
    return min(1.0, max(0.0, 1.0 - within))
