"""How somebody pauses, read from the answers they gave into a microphone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import pairwise

from greenroom.archive.records import spans_from_json
from greenroom.types import PauseHistory, Span

LEAST_PAUSE_S = 0.5
"""A shorter silence is part of the flow of speech; answers are not closed by it at any patience."""

LATEST_ANSWERS = 200
"""Older ones tell of somebody who has practised since; and a start reads no more than these."""

LATEST_REOPENED = 20
"""How many answers back a false end still counts: about four sessions."""


def pause_history(db: sqlite3.Connection) -> PauseHistory:
    """The pauses in the latest live answers, oldest first.

    Raises:
        sqlite3.Error: the database could not be read.
    """
    rows = db.execute(
        """
        SELECT session_id, voiced, left_out, reopened_after FROM turns
        WHERE live = 1 AND status IN ('answered', 'unfinished')
        ORDER BY id DESC LIMIT ?
        """,
        [LATEST_ANSWERS],
    ).fetchall()
    pauses_s: list[float] = []
    reopened_after_s: list[float] = []
    sessions = set()
    for place, row in enumerate(reversed(rows)):
        pauses = list(_pauses_s(spans_from_json(row["voiced"]), spans_from_json(row["left_out"])))
        pauses_s += pauses
        if pauses:
            sessions.add(row["session_id"])
        if place >= len(rows) - LATEST_REOPENED:
            reopened_after_s += json.loads(row["reopened_after"] or "[]")
    return PauseHistory(tuple(pauses_s), len(sessions), tuple(reopened_after_s))


def _pauses_s(voiced: tuple[Span, ...], left_out: tuple[Span, ...]) -> Iterator[float]:
    """The silences between the spans; one in which a command was spoken is none."""
    for before, after in pairwise(voiced):
        gap = Span(before.end_s, after.start_s)
        commanded = any(span.overlaps(gap) for span in left_out)
        if gap.duration_s >= LEAST_PAUSE_S and not commanded:
            yield gap.duration_s
