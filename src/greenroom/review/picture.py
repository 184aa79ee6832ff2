"""Trends as a picture: a panel a measure, drawn by matplotlib, of which this is the sole importer.

Readable in grey print: nothing rests on a colour. Nothing is written but matplotlib's own cache of fonts, and
that where it is told.
"""

from __future__ import annotations

import io
import logging
import os
import warnings
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from greenroom.coaching.streak import monday
from greenroom.coaching.trends import OF_ANSWERS, Course, Group, Name
from greenroom.errors import GreenroomError
from greenroom.review import figures
from greenroom.review import progress_words as progress
from greenroom.review.trends import YARDSTICKS, kind_named, verdict, yardstick

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOTS_PER_INCH = 150
WIDE_IN, PANEL_IN = 10.0, 2.7
"""Inches: of the picture, and how high each row of panels is."""

MOST_TICKS = 7
"""Days named below a panel; more run into each other."""

REACH = 1.5
"""A yardstick is drawn where it begins within so many times the highest value: else it would push the weeks
themselves into a corner."""

PANELS: tuple[tuple[Name, ...], ...] = (
    *((name,) for name in OF_ANSWERS),
    ("messages_share",),
    ("gut_first", "gut_second"),
)
"""What stands in each; both ratings share one."""

_BLACK, _DARK, _LIGHT, _BAND = "black", "0.35", "0.6", "0.9"


def drawn(whole: Group, cache: Path) -> bytes:
    """The trends as a PNG.

    Args:
        cache: a folder for what matplotlib remembers of the fonts here.

    Raises:
        GreenroomError: there is nothing to draw, or matplotlib is not installed.
    """
    if not whole.courses:
        nothing = progress.TRENDS_TYPED if sum(whole.weeks.values()) else progress.TRENDS_EMPTY
        raise GreenroomError(nothing, progress.TRENDS_BEGIN)
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["MPLCONFIGDIR"] = str(cache)  # before the import: it looks for its folder then
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells on standard error of what it builds
    try:
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
    except ImportError as error:
        raise GreenroomError(*progress.PICTURE_MISSING) from error
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()  # whatever lies in the folder we were started in
        warnings.simplefilter("ignore")
        figure = _figure(whole)
        png = io.BytesIO()
        told = "; ".join(f"{progress.TREND_NAMES[name]}: {_said(one)}" for name, one in whole.courses.items())
        metadata = {"Title": _title(whole), "Description": told, "Software": None}
        FigureCanvasAgg(figure)  # takes the figure over: nothing looks for a screen
        figure.savefig(png, format="png", metadata=metadata)
    return png.getvalue()


def _figure(whole: Group) -> Figure:
    from matplotlib.figure import Figure

    there = [[whole.courses[name] for name in names if name in whole.courses] for names in PANELS]
    panels = [courses for courses in there if courses]
    columns = min(2, len(panels))
    rows = -(-len(panels) // columns)
    size = (WIDE_IN if columns > 1 else WIDE_IN * 0.65, PANEL_IN * rows + 1.1)
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, layout="constrained")
    figure.suptitle(_title(whole), x=0.01, ha="left", fontsize=13, fontweight="bold")
    axes = list(figure.subplots(rows, columns, squeeze=False, sharex=True).flat)
    weeks = list(whole.weeks)
    banded = [
        panel[0].name
        for panel, one in zip(panels, axes, strict=False)
        if _panel(one, panel, weeks[0], weeks[-1])
    ]
    for one in axes[len(panels) :]:
        one.set_visible(False)
    figure.supxlabel(_caption(banded), x=0.01, ha="left", fontsize=8, color=_DARK)
    return figure


def _panel(axes: Axes, courses: Sequence[Course], first: date, last: date) -> bool:
    """One panel; whether a yardstick is in it."""
    name = courses[0].name
    title, unit = progress.PICTURE_PANELS["gut_first" if name == "gut_second" else name]
    scale = 100 if name == "messages_share" else 1
    axes.set_title(title, loc="left", fontsize=10.5, fontweight="bold")
    axes.set_ylabel(unit, fontsize=9)
    said = _said(courses[0])
    if name.startswith("gut"):
        said = "\n".join(f"{progress.PICTURE_GUTS[one.name]}: {_said(one)}" for one in courses)
    axes.text(
        0.99,
        0.97,
        said,
        transform=axes.transAxes,
        ha="right",
        va="top",
        fontsize=8.5,
        color=_BLACK,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5},
        zorder=6,
    )
    for place, one in enumerate(courses):
        _draw(axes, one, first, last, scale, place)
    banded = _yardstick(axes, courses[0])
    _limits(axes, courses, scale, banded)
    _ticks(axes, first, last)
    if name.startswith("gut"):
        axes.legend(loc="lower left", fontsize=8, frameon=False, ncols=2)
    return banded


def _said(one: Course) -> str:
    return verdict(one).replace("\u00a0", " ")


def _draw(axes: Axes, one: Course, first: date, last: date, scale: float, place: int) -> None:
    days = [(day - first).days for day, _ in one.points]
    axes.plot(
        days, [value * scale for _, value in one.points], "o", ms=3, mfc="none", mec=_LIGHT, mew=0.8, zorder=2
    )
    means = {week.monday: week.mean for week in one.weeks}
    weeks = [first + timedelta(weeks=week) for week in range((last - first).days // 7 + 1)]
    middles = [(week - first).days + 3 for week in weeks]
    heights = [means[week] * scale if week in means else float("nan") for week in weeks]
    marker, style, fill = (("o", "-", _BLACK), ("s", "-.", "white"))[place]
    axes.plot(
        middles,
        heights,
        marker + style,
        color=_BLACK,
        mfc=fill,
        ms=6,
        lw=1.6,
        zorder=4,
        label=progress.PICTURE_GUTS.get(one.name),
    )
    if one.direction in ("up", "down") and one.change is not None:
        start, end = one.weeks[0].monday, one.weeks[-1].monday
        across = (end - start).days / 7
        mean_place = sum((monday(day) - start).days / 7 for day, _ in one.points) / one.count
        low = (one.mean or 0.0) - one.change / across * mean_place
        most = {"messages_share": 1.0, "gut_first": 10.0, "gut_second": 10.0}.get(one.name, float("inf"))
        heights = [min(most, max(0.0, height)) * scale for height in (low, low + one.change)]
        ends = [(start - first).days + 3, (end - first).days + 3]
        axes.plot(ends, heights, "--", color=_DARK, lw=1.2, zorder=3)


def _yardstick(axes: Axes, one: Course) -> bool:
    """Draws what others hold it against, where that is near; whether it did."""
    held = YARDSTICKS.get(one.name)
    if held is None:
        return False
    low, high = (0.0, held.low) if one.name == "fillers_per_minute" else (held.low, held.high)
    if low > REACH * max(value for _, value in one.points):
        return False
    axes.axhspan(low, high, color=_BAND, lw=0, zorder=0)
    return True


def _limits(axes: Axes, courses: Sequence[Course], scale: float, banded: bool) -> None:
    values = [value * scale for one in courses for _, value in one.points]
    name = courses[0].name
    if name.startswith("gut"):
        axes.set_ylim(0.5, 10.9)
        axes.set_yticks([2, 4, 6, 8, 10])
    elif name == "messages_share":
        axes.set_ylim(-4, 118)
        axes.set_yticks([0, 25, 50, 75, 100])
    elif name == "words_per_minute":
        held = YARDSTICKS[name]
        low = min([*values, *([held.low] if banded else [])])
        high = max([*values, *([held.high] if banded else [])])
        room = max(10.0, (high - low) * 0.15)
        axes.set_ylim(max(0.0, low - room), high + 2 * room)
    else:
        top = max(max(values) * 1.25, 1.0)
        axes.set_ylim(-top / 40, top)  # so that a dot at nought is whole


def _ticks(axes: Axes, first: date, last: date) -> None:
    weeks = (last - first).days // 7 + 1
    step = -(-weeks // MOST_TICKS)
    mondays = [first + timedelta(weeks=week) for week in range(0, weeks, step)]
    axes.set_xlim(-1, 7 * weeks)
    axes.set_xticks([(day - first).days for day in mondays], [_day(day) for day in mondays], fontsize=8.5)
    axes.tick_params(axis="x", labelbottom=True)
    axes.tick_params(axis="y", labelsize=8.5)
    axes.grid(axis="y", color="0.85", lw=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _day(day: date) -> str:
    """`26 Oct`."""
    number, month = figures.day(day.isoformat(), day).split(" ")
    return f"{number} {month[:3]}"


def _title(whole: Group) -> str:
    first, last = min(whole.weeks), max(whole.weeks) + timedelta(days=6)
    said = {"first": figures.day(first.isoformat(), last), "last": figures.day(last.isoformat())}
    if whole.kind is not None:
        return progress.PICTURE_TITLE_KIND.format(kind=kind_named(whole.kind), **said)
    return progress.PICTURE_TITLE.format(**said)


def _caption(banded: Sequence[Name]) -> str:
    lines = [progress.PICTURE_READ]
    if banded:
        lines.append(progress.PICTURE_BANDS.format(listed="; ".join(map(yardstick, banded))))
    return "\n".join(lines)
