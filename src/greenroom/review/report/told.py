"""What was told in a debrief, and how it was rated: notes with the way back to their moments, ratings side by
side."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from greenroom.review import figures, words
from greenroom.review.clean import clean, plainly
from greenroom.review.notes import Note, notes
from greenroom.review.report.answers import anchor_of
from greenroom.review.report.parts import Entry, Link, RatingRow, Told
from greenroom.types import Session


def told(session: Session, factors: Mapping[str, str]) -> tuple[Told, ...]:
    """The notes below their headings, as `show` has them.

    Args:
        factors: how the factors there are read, by their ids.
    """
    turns = {turn.number for turn in session.turns}
    return tuple(
        Told(title, tuple(_entry(session.id, note, turns) for note in found))
        for title, found in notes(session, factors)
    )


def ratings(session: Session) -> tuple[RatingRow, ...]:
    """Each rating in the phases in which it was given, the first look first."""
    by_name: dict[str, list[tuple[str, int]]] = {}
    for rating in session.ratings:
        phase = words.PHASES.get(str(rating.get("phase")), "")
        by_name.setdefault(plainly(str(rating["name"])), []).append((phase, int(rating["value"])))
    return tuple(RatingRow(name, tuple(values)) for name, values in by_name.items())


def _entry(session: int, note: Note, turns: Collection[int]) -> Entry:
    item = note.item
    at = None
    if item.turn is not None and item.turn in turns:
        moment = figures.moment(session, item.turn, item.at_s)
        at = Link(anchor_of(session, item.turn), item.at_s, moment)
    return Entry(
        text=clean(item.text),
        label=note.label,
        remark=note.remark,
        starred=item.starred,
        at=at,
        children=tuple(_entry(session, child, turns) for child in note.children),
    )
