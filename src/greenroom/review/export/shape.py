"""What plain data must look like: small checks, put together, each of which names the place it does not fit.

A check takes a value and gives nothing back, or raises `Misfit`. Checks of lists and records tell at which
place of them: `sessions[0].turns[2].words[5].start_s`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

Check: TypeAlias = Callable[[Any], None]

MOST_ENTRIES = 1_000_000
"""Of a list. An hour of fast speech has 15,000 words."""

MOST_LETTERS = 10_000_000
"""Of a text: a thousand hours of speech."""

DEEPEST = 40
"""How deep lists and records may lie within each other. The program's own go to nine."""

SHOWN_LETTERS = 40
"""How much of a field's name is shown that is none of ours."""

_YEARS = range(1970, 2200)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", re.ASCII)


class Misfit(Exception):
    """Some data is not as it must be. `place` is where, "" for all of it; `problem` goes on from there."""

    def __init__(self, problem: str, place: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.place = place

    def inside(self, outer: str) -> Misfit:
        """The same, told from one level further out."""
        inner = self.place
        return Misfit(self.problem, outer + (inner if inner.startswith("[") or not inner else f".{inner}"))


def text(value: Any) -> None:
    if not isinstance(value, str):
        raise Misfit("must be text")
    if len(value) > MOST_LETTERS:
        raise Misfit(f"is longer than {MOST_LETTERS:,} letters")
    if _SURROGATE.search(value):
        raise Misfit("holds half a character")


def one_of(*values: str) -> Check:
    def check(value: Any) -> None:
        if not isinstance(value, str) or value not in values:
            raise Misfit(f"must be one of {', '.join(values)}")

    return check


def matching(pattern: str, what: str) -> Check:
    """A text of which all fits a regular expression."""
    found = re.compile(pattern)

    def check(value: Any) -> None:
        text(value)
        if not found.fullmatch(value):
            raise Misfit(f"must be {what}")

    return check


def flag(value: Any) -> None:
    if not isinstance(value, bool):
        raise Misfit("must be true or false")


def whole(least: int, most: int) -> Check:
    def check(value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Misfit(f"must be a whole number from {least} to {most}")

    return check


def number(least: float, most: float) -> Check:
    def check(value: Any) -> None:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        if not fits or not least <= value <= most:  # what is no number lies nowhere
            raise Misfit(f"must be a number from {least:.10g} to {most:.10g}")

    return check


def moment(value: Any) -> None:
    """A time as the archive stores it: ISO 8601 with its offset."""
    text(value)
    try:
        # Python reads other ways to write it as well, by whose beginning nobody could tell the day.
        when = datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else None
    except ValueError:
        when = None
    if when is None or when.tzinfo is None or when.year not in _YEARS:
        raise Misfit("must be a time such as 2026-01-31T18:04:05+01:00")


def day(value: Any) -> None:
    text(value)
    try:
        fits = (when := date.fromisoformat(value)).year in _YEARS and when.isoformat() == value
    except ValueError:
        fits = False
    if not fits:
        raise Misfit("must be a day such as 2026-01-31")


def maybe(check: Check) -> Check:
    """That, or null."""

    def maybe_check(value: Any) -> None:
        if value is not None:
            check(value)

    return maybe_check


def each(check: Check, least: int = 0) -> Check:
    """A list of those."""

    def check_each(value: Any) -> None:
        if not isinstance(value, list):
            raise Misfit("must be a list")
        if not least <= len(value) <= MOST_ENTRIES:
            raise Misfit(f"must have {least} to {MOST_ENTRIES:,} entries")
        for place, one in enumerate(value):
            try:
                check(one)
            except Misfit as misfit:
                raise misfit.inside(f"[{place}]") from None

    return check_each


def fields(
    wanted: Mapping[str, Check], possible: Mapping[str, Check] | None = None, *, others: bool = False
) -> Check:
    """A record with all of `wanted`, any of `possible`, and, unless `others`, nothing else."""
    known = {**(possible or {}), **wanted}

    def check(value: Any) -> None:
        if not isinstance(value, dict):
            raise Misfit("must be a record, in braces")
        for name in wanted:
            if name not in value:
                raise Misfit("is missing", name)
        for name, one in value.items():
            if name not in known:
                if others:
                    continue
                raise Misfit("is no field of this version", name[:SHOWN_LETTERS])
            try:
                known[name](one)
            except Misfit as misfit:
                raise misfit.inside(name) from None

    return check


def counts(value: Any) -> None:
    """A record of whole numbers, by any name."""
    if not isinstance(value, dict):
        raise Misfit("must be a record, in braces")
    for name, one in value.items():
        try:
            text(name)
            whole(0, MOST_ENTRIES)(one)
        except Misfit as misfit:
            raise misfit.inside(name[:SHOWN_LETTERS]) from None


def plain(value: Any) -> None:
    """Anything, but not too deep, and with numbers and texts that can be stored. Without recursion."""
    waiting = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST:
            raise Misfit(f"lies deeper than {DEEPEST} levels")
        if isinstance(one, str):
            text(one)
        elif isinstance(one, int | float) and not isinstance(one, bool):
            number(-(2**53), 2**53)(one)
        elif isinstance(one, dict):
            waiting += [(name, depth + 1) for name in one] + [(inner, depth + 1) for inner in one.values()]
        elif isinstance(one, list):
            waiting += [(inner, depth + 1) for inner in one]
