"""The page of trends: what answers were like week by week, and how the gut compares."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from greenroom.coaching import yardsticks
from greenroom.coaching.gut import LEAST_FOR_A_CLAIM, Drift, OutcomeMean
from greenroom.coaching.trends import (
    LEAST_CHANCE,
    LEAST_CHANGE,
    LEAST_WEEKS,
    NAMES,
    OF_ANSWERS,
    Course,
    Group,
    Name,
)
from greenroom.review import figures, words
from greenroom.review import progress_words as progress
from greenroom.review.as_json import Json, rounded
from greenroom.review.clean import plainly
from greenroom.review.look import Look
from greenroom.review.page import BLANK, Page, Piece, cells, glued, wrapped
from greenroom.review.terminal import heading

ABOUT_RIGHT = 0.5
"""Points of ten by which the two means may differ before it is worth a sentence: half of the least step."""

BLOCKS = "▁▂▃▄▅▆▇█"
LEAST_DRAWN = 4
"""Times the least change worth a word, that the whole height of the blocks stands for at least."""

YARDSTICKS: Mapping[Name, yardsticks.Yardstick] = {
    "thinking_s": yardsticks.THINKING_S,
    "answer_s": yardsticks.ANSWER_S,
    "words_per_minute": yardsticks.PACE_WORDS_PER_MINUTE,
    "fillers_per_minute": yardsticks.FILLERS_PER_MINUTE,
}


@dataclass(frozen=True, slots=True)
class Trends:
    """What `trends` tells.

    Attributes:
        whole: of the weeks looked at; of one kind of question when only that was asked for.
        kinds: the kinds of question in it.
        drift, outcomes: of the gut, over all interviews.
    """

    whole: Group
    kinds: tuple[Group, ...]
    drift: Drift
    outcomes: tuple[OutcomeMean, ...]


# For people


def trends_page(trends: Trends, look: Look) -> Page:
    parts: list[Page] = []
    kind = trends.whole.kind
    if trends.whole.courses:
        parts += [_by_week(trends.whole, look), _lines(trends.whole, look)]
        if len(trends.kinds) > 1:
            parts.append(_by_kind(trends, look))
    else:
        nothing = f"{progress.TRENDS_EMPTY} {progress.TRENDS_BEGIN}"
        if sum(trends.whole.weeks.values()):
            nothing = progress.TRENDS_TYPED
        parts.append(wrapped([Piece(nothing)], look.columns))
    if kind is None:  # an interview is of no kind
        parts += [_gut_part(trends.drift, look), _outcomes_part(trends.outcomes, look)]
    return [line for part in parts for line in (*part, BLANK)][:-1]


def _by_week(whole: Group, look: Look) -> Page:
    title = progress.TRENDS_WEEKS
    if whole.kind is not None:
        title = progress.TRENDS_KIND.format(kind=kind_named(whole.kind))
    page = heading(title, look)
    means = {name: {week.monday: week.mean for week in one.weeks} for name, one in whole.courses.items()}
    years = len({week.year for week in whole.weeks}) > 1
    rows = [(*progress.TRENDS_HEAD, *(progress.TREND_NAMES[name] for name in means))]
    for week, answers in whole.weeks.items():
        cells_of = (short(name, by_week[week]) if week in by_week else "" for name, by_week in means.items())
        rows.append((_named(week, years), str(answers), *cells_of))
    table = None if look.plain else _table(rows, look)
    if table is not None:
        return page + table
    for week, answers in whole.weeks.items():
        facts = [progress.TRENDS_WEEK.format(day=figures.day(week.isoformat()))]
        facts += [figures.counted(answers, "answer")] if answers else []
        facts += [_said(name, by_week[week]) for name, by_week in means.items() if week in by_week]
        page += wrapped([Piece(", ".join(facts))], look.columns, 2, first=0)
    return page


def _lines(whole: Group, look: Look) -> Page:
    page = heading(progress.TRENDS_LINES, look)
    first, last = min(whole.weeks), max(whole.weeks)
    wide = max(cells(progress.TREND_NAMES[name]) for name in whole.courses)
    for name, one in whole.courses.items():
        label = progress.TREND_NAMES[name]
        if look.plain:
            pieces = [Piece(f"{label}: {_between(one)}; {verdict(one)}.")]
            page += wrapped(pieces, look.columns, 2, first=0)
            continue
        drawn = spark(one, first, last)[-max(8, look.columns // 3) :]
        pieces = [Piece(glued(f"{label.ljust(wide)}  {drawn}  "))]
        pieces += [Piece(glued(_between(one)), "quiet"), Piece(f" · {verdict(one)}")]
        page += wrapped(pieces, look.columns, wide + 2, first=0)
    rule = progress.TREND_RULE.format(least=LEAST_WEEKS, once=round(1 / LEAST_CHANCE))
    page += wrapped([Piece(rule, "quiet")], look.columns)
    if held := [yardstick(name) for name in whole.courses if name in YARDSTICKS]:
        against = progress.TREND_YARDSTICKS.format(listed="; ".join(held))
        page += wrapped([Piece(against, "quiet")], look.columns)
    if "fillers_per_minute" in whole.courses:
        page += wrapped([Piece(progress.TREND_FILLERS, "quiet")], look.columns)
    return page


def _between(one: Course) -> str:
    """The lowest and the highest week, with the unit."""
    low, high = (short(one.name, find(week.mean for week in one.weeks)) for find in (min, max))
    between = high if low == high else progress.TREND_BETWEEN.format(low=low, high=high)
    return between + progress.TREND_UNITS.get(one.name, "")


def _by_kind(trends: Trends, look: Look) -> Page:
    page = heading(progress.TRENDS_KINDS, look)
    names = [name for name in OF_ANSWERS if name in trends.whole.courses]
    rows = [(*progress.TRENDS_HEAD_KIND, *(progress.TREND_NAMES[name] for name in names))]
    for one in trends.kinds:
        means = (_mean_with_arrow(one.courses[name]) if name in one.courses else "" for name in names)
        rows.append((kind_named(one.kind or ""), str(one.answers), *means))
    table = None if look.plain else _table(rows, look)
    if table is not None:
        return page + table + wrapped([Piece(progress.TREND_ARROWS_MEAN, "quiet")], look.columns)
    for one in trends.kinds:
        facts = [f"{kind_named(one.kind or '')}: {figures.counted(one.answers, 'answer')}"]
        facts += [_mean_said(each) for each in one.courses.values()]
        page += wrapped([Piece(f"- {', '.join(facts)}")], look.columns, 2, first=0)
    return page


def _mean_said(one: Course) -> str:
    said = _said(one.name, one.mean or 0.0)
    return f"{said} ({_changed(one)})" if one.direction in ("up", "down") else said


def _mean_with_arrow(one: Course) -> str:
    return short(one.name, one.mean or 0.0) + progress.TREND_ARROWS.get(one.direction or "", "  ")


def _table(rows: Sequence[Sequence[str]], look: Look) -> Page | None:
    """The first column to the left, figures to the right; None where it does not fit."""
    widths = [max(cells(row[place]) for row in rows) for place in range(len(rows[0]))]
    if sum(widths) + 2 * (len(widths) - 1) > look.columns:
        return None
    page: Page = []
    for place, row in enumerate(rows):
        texts = [row[0] + " " * (widths[0] - cells(row[0]))]
        texts += [" " * (width - cells(text)) + text for text, width in zip(row[1:], widths[1:], strict=True)]
        page.append((Piece("  ".join(texts), "" if place else "quiet"),))
    return page


def spark(one: Course, first: date, last: date) -> str:
    """One block a week from the first Monday to the last, a space where there was nothing.

    The lowest week is the lowest block, the highest the highest; but weeks hardly apart stay near the
    middle, for a staircase of nothing would look like one.
    """
    means = {week.monday: week.mean for week in one.weeks}
    low, high = min(means.values()), max(means.values())
    room = max(0.0, LEAST_DRAWN * LEAST_CHANGE[one.name] - (high - low))
    low, high = low - room / 2, high + room / 2
    drawn = ""
    for place in range((last - first).days // 7 + 1):
        mean = means.get(first + timedelta(weeks=place))
        drawn += " " if mean is None else BLOCKS[round((mean - low) / (high - low) * (len(BLOCKS) - 1))]
    return drawn


def verdict(one: Course) -> str:
    """What is said of its direction."""
    if one.direction is None:
        return progress.TREND_FEW.format(least=LEAST_WEEKS)
    return progress.TREND_STEADY if one.direction == "steady" else _changed(one)


def _changed(one: Course) -> str:
    change = one.change or 0.0
    down, up = progress.TREND_CHANGES[one.name]
    figure = glued(short(one.name, abs(change))) + progress.TREND_UNITS_OF_CHANGE.get(one.name, "")
    return progress.TREND_CHANGED.format(change=up if change > 0 else down, figure=figure)


def short(name: Name, value: float) -> str:
    """A figure as a table has it."""
    if name in ("thinking_s", "answer_s"):
        return figures.seconds(value)
    if name == "words_per_minute":
        return str(round(value))
    if name == "messages_share":
        return f"{round(100 * value)} %"
    return f"{value:.1f}"


def _said(name: Name, value: float) -> str:
    """A figure with what it is, for a line of words."""
    return progress.TREND_SAID[name].format(figure=short(name, value))


def yardstick(name: Name) -> str:
    """What others hold it against, with where that comes from."""
    one = YARDSTICKS[name]
    return progress.TREND_YARDSTICK[name].format(low=one.low, high=one.high, source=one.source)


def kind_named(kind: str) -> str:
    return progress.QUESTION_KINDS.get(kind) or plainly(kind)


def _named(day: date, year: bool) -> str:
    """`26 Oct`, with the year where there are several."""
    number, month = figures.day(day.isoformat(), day).split(" ")
    return f"{number} {month[:3]} {day.year}" if year else f"{number} {month[:3]}"


def _gut_part(drift: Drift, look: Look) -> Page:
    page = heading(words.GUT, look)
    return page + [line for text in _gut(drift) for line in wrapped([Piece(text)], look.columns)]


def _gut(drift: Drift) -> list[str]:
    difference = drift.difference
    if difference is None:
        return [words.GUT_EMPTY]
    means = words.GUT_MEANS.format(first=drift.mean_first, second=drift.mean_second, count=drift.count)
    if not drift.enough:
        return [means, words.GUT_FEW.format(least=LEAST_FOR_A_CLAIM)]
    if abs(difference) < ABOUT_RIGHT:
        return [means, words.GUT_SAME]
    claim = words.GUT_HIGHER if difference > 0 else words.GUT_LOWER
    return [means, claim.format(difference=abs(difference))]


def _outcomes_part(outcomes: Sequence[OutcomeMean], look: Look) -> Page:
    page = heading(words.GUT_OUTCOMES, look)
    for mean in outcomes:
        page += wrapped([Piece(f"- {_outcome(mean)}")], look.columns, 2, first=0)
    if not outcomes:
        page += wrapped([Piece(words.GUT_OUTCOMES_EMPTY)], look.columns)
    elif not all(mean.enough for mean in outcomes):
        few = words.GUT_FEW.format(least=LEAST_FOR_A_CLAIM)
        page += wrapped([Piece(few, "quiet")], look.columns)
    return page


def _outcome(mean: OutcomeMean) -> str:
    outcome = plainly(mean.outcome)
    if mean.mean_gut is None:
        return words.GUT_OUTCOME_UNRATED.format(outcome=outcome)
    count = figures.counted(mean.count, "interview")
    return words.GUT_OUTCOME.format(outcome=outcome, mean=mean.mean_gut, count=count)


# For programs


def trends_json(trends: Trends) -> Json:
    """`trends --json`; `enough` says whether a claim may be made of it."""
    drift = trends.drift
    return {
        "rule": progress.TREND_RULE.format(least=LEAST_WEEKS, once=round(1 / LEAST_CHANCE)),
        "kind": trends.whole.kind,
        **_group_json(trends.whole, NAMES),
        "kinds": {one.kind: _group_json(one, OF_ANSWERS) for one in trends.kinds},
        "gut": {
            "count": drift.count,
            "mean_first": rounded(drift.mean_first),
            "mean_second": rounded(drift.mean_second),
            "difference": rounded(drift.difference),
            "enough": drift.enough,
        },
        "outcomes": [
            {
                "outcome": mean.outcome,
                "count": mean.count,
                "mean_gut": rounded(mean.mean_gut),
                "enough": mean.enough,
            }
            for mean in trends.outcomes
        ],
    }


def trends_csv(trends: Trends) -> str:
    """`trends --csv`: a row a week for all answers together, then for each kind of question."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["week", "kind", "answers", *NAMES])
    groups = [trends.whole] if trends.whole.kind else [trends.whole, *trends.kinds]
    for one in groups:
        for row in _weeks_json(one, NAMES):
            table.writerow([row["week"], one.kind or "all", row["answers"], *(row[name] for name in NAMES)])
    return text.getvalue()


def _group_json(one: Group, names: Sequence[Name]) -> Json:
    return {
        "answers": one.answers,
        "weeks": _weeks_json(one, names),
        "measures": {name: _course_json(one.courses.get(name)) for name in names},
    }


def _weeks_json(one: Group, names: Iterable[Name]) -> list[Json]:
    means = {
        name: {week.monday: week.mean for week in one.courses[name].weeks} if name in one.courses else {}
        for name in names
    }
    return [
        {
            "week": week.isoformat(),
            "answers": answers,
            **{name: rounded(by_week.get(week)) for name, by_week in means.items()},
        }
        for week, answers in one.weeks.items()
    ]


def _course_json(one: Course | None) -> Json:
    if one is None:
        return {"count": 0, "weeks": 0, "mean": None, "direction": None, "change": None}
    return {
        "count": one.count,
        "weeks": len(one.weeks),
        "mean": rounded(one.mean),
        "direction": one.direction,
        "change": rounded(one.change),
    }
