"""Which questions a rehearsal asks: those that are due, or those in which one measure was weakest.

Questions are told by their ids here. Who is in the pool, and in which order, is the caller's to say: from a
pool in an order of chance the rest is drawn by chance.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """The questions to ask, in order.

    Attributes:
        wanted: those chosen because they are due, or were weakest.
        filled: those that only make up the number, after them.
    """

    wanted: tuple[str, ...]
    filled: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return self.wanted + self.filled


def by_due(due: Sequence[str], pool: Sequence[str], tried: Collection[str], count: int) -> Choice:
    """The first `count` of those due; made up from the pool when they are fewer.

    Args:
        due: the most urgent first.
        pool: what may make up the number, in the order to take it in.
        tried: which questions were ever answered; the others of the pool come first, those may wait.
    """
    wanted = tuple(dict.fromkeys(due))[:count]
    return Choice(wanted, _filled(wanted, pool, tried, count))


def by_focus(
    weakness: Mapping[str, float], pool: Sequence[str], tried: Collection[str], count: int
) -> Choice:
    """The questions of the pool whose latest takes were weakest, the weakest first.

    After them come those of the pool that were never tried, then those in which nothing is weak.

    Args:
        weakness: of the latest take of a question, in the measure in question; the more, the weaker, and 0 or
            less is none. A question without one was not tried, or not measured.
        pool, tried: as for `by_due`.
    """
    weak = [one for one in dict.fromkeys(pool) if weakness.get(one, 0.0) > 0]
    # Sorting keeps the pool's order among equals.
    wanted = tuple(sorted(weak, key=lambda one: -weakness[one])[:count])
    return Choice(wanted, _filled(wanted, pool, tried, count))


def _filled(
    wanted: Sequence[str], pool: Sequence[str], tried: Collection[str], count: int
) -> tuple[str, ...]:
    rest = [one for one in dict.fromkeys(pool) if one not in wanted]
    rest.sort(key=lambda one: one in tried)
    return tuple(rest[: max(0, count - len(wanted))])
