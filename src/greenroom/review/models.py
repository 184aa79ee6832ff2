"""The speech models there are, what each costs on this machine, and which one a rehearsal takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from greenroom.hearing.model_cost import Cost
from greenroom.review import model_words as words
from greenroom.review.clean import clean
from greenroom.review.figures import seconds
from greenroom.review.look import Look
from greenroom.review.page import BLANK, Page, Piece, wrapped


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model that is here, or could be.

    Attributes:
        here: on this machine, whether or not it can be used.
        fetched: by command, rather than carried by a package.
        megabytes: to fetch; None for one that cannot be fetched.
        cost: as measured here.
        damaged: why it cannot be used, None when it can.
    """

    name: str
    here: bool
    fetched: bool
    megabytes: int | None
    cost: Cost
    damaged: str | None = None


def taken_by_auto(rows: Sequence[ModelRow]) -> str | None:
    """The best that is known to keep up, else the quickest; None when there is none that can be used."""
    usable = [row for row in rows if row.here and row.damaged is None]
    keeping_up = [row for row in usable if row.cost.keeps_up]
    if keeping_up:
        return keeping_up[-1].name
    return usable[0].name if usable else None


def models_json(rows: Sequence[ModelRow], asked: str) -> list[dict[str, Any]]:
    """One object a model, from the quickest to the best."""
    taken = taken_by_auto(rows) if asked == "auto" else asked
    return [
        {
            "name": row.name,
            "here": row.here,
            "fetched": row.here and row.fetched,
            "damaged": row.damaged,
            "megabytes_to_fetch": None if row.here else row.megabytes,
            "speed": row.cost.answer_speed,
            "memory_bytes": row.cost.memory_bytes or None,
            "keeps_up": row.cost.keeps_up if row.cost.reply_speed is not None else None,
            "taken": row.here and row.damaged is None and row.name == taken,
        }
        for row in rows
    ]


def models_page(rows: Sequence[ModelRow], asked: str, look: Look) -> Page:
    """What is here, what could be, and what would be better.

    Args:
        rows: from the quickest to the best.
        asked: what the environment or config.toml asks for; "auto" when neither does.
    """
    here = [row for row in rows if row.here]
    offered = [row for row in rows if not row.here]
    taken = taken_by_auto(rows) if asked == "auto" else asked
    page: Page = []
    if here:
        page += wrapped([Piece(words.HERE, "title")], look.columns)
        for row in here:
            star = "* " if row.name == taken and row.damaged is None else "  "
            page += _line(row, star, _told(row), look)
        page += [BLANK]
    if offered:
        page += wrapped([Piece(words.OFFERED, "title")], look.columns)
        for row in offered:
            page += _line(row, "  ", words.SIZE.format(megabytes=f"{row.megabytes:,}"), look)
        page += [BLANK]
    for line in _conclusions(rows, asked, taken):
        page += wrapped([Piece(clean(line))], look.columns)
    return page


def _line(row: ModelRow, head: str, told: str, look: Look) -> Page:
    start = f"{head}{row.name:<11}"
    if look.plain:  # a line each, for other programs
        return [(Piece(start), Piece(clean(told)))]
    if len(start) > look.columns // 2:  # too little room for the rest beside it
        return [(Piece(start.rstrip(), "place"),), *wrapped([Piece(clean(told))], look.columns, 4)]
    lines = wrapped([Piece(clean(told))], look.columns, len(start))
    return [(Piece(start, "place"), *lines[0][1:]), *lines[1:]]


def _told(row: ModelRow) -> str:
    parts = [words.FETCHED if row.fetched else words.CARRIED]
    if row.damaged is not None:
        parts.append(words.DAMAGED.format(why=row.damaged))
    elif row.cost.answer_speed is None:
        parts.append(words.NOT_KNOWN)
    else:
        parts += [speed_told(row.cost), *([memory_told(row.cost)] if row.cost.memory_bytes else [])]
        parts += [] if row.cost.keeps_up else [words.TOO_SLOW]
    return ", ".join(parts)


def speed_told(cost: Cost) -> str:
    """`a minute of speech in 3.6 s`. Only for a cost whose speed is known."""
    assert cost.answer_speed is not None
    return words.SPEED.format(time=seconds(60 * cost.answer_speed))


def memory_told(cost: Cost) -> str:
    """`180 MB of memory`. Only for a cost whose memory is known."""
    assert cost.memory_bytes is not None
    return words.MEMORY.format(megabytes=f"{round(cost.memory_bytes / 1e6):,}")


def _conclusions(rows: Sequence[ModelRow], asked: str, taken: str | None) -> list[str]:
    if taken is None:
        return [words.NONE]
    row = next((row for row in rows if row.name == taken), None)
    if row is None:
        return [words.NO_SUCH.format(name=taken)]
    if not row.here:
        return [words.NOT_HERE.format(name=taken)]
    if row.damaged is not None:
        return [words.NOT_USABLE.format(name=taken)]
    line = (words.TAKEN_AUTO if asked == "auto" else words.TAKEN).format(name=taken)
    return [line, _better(rows, taken)]


def _better(rows: Sequence[ModelRow], taken: str) -> str:
    """What gets more words right than the one that rehearsals take."""
    usable = [row for row in rows if row.here and row.damaged is None]
    best = usable[-1].name
    if best != taken:
        return words.LATER.format(best=best)
    names = [row.name for row in rows]
    after = [row.name for row in rows[names.index(best) + 1 :] if not row.here]
    return words.BETTER.format(name=after[0], best=best) if after else words.BEST.format(name=best)
