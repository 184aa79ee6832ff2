"""Which sessions are looked at: since a day, of one kind, with one company."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from greenroom.errors import GreenroomError
from greenroom.types import SessionKind


@dataclass(frozen=True, slots=True)
class Within:
    """Every session, unless told otherwise.

    Attributes:
        since: the first day, as the calendar stood where the person was.
        company: a name or a part of it; capital letters make no difference.
    """

    since: date | None = None
    kind: SessionKind | None = None
    company: str | None = None


EVERYWHERE = Within()


def session_ids(db: sqlite3.Connection, within: Within) -> list[int] | None:
    """The sessions meant, oldest first; None when all are.

    Raises:
        GreenroomError: no session at all is with that company.
        sqlite3.Error: the database could not be read.
    """
    if within == EVERYWHERE:
        return None
    rows = db.execute("SELECT id, kind, company, substr(started_at, 1, 10) AS day FROM sessions ORDER BY id")
    found = rows.fetchall()
    if within.company is not None:
        wanted = _plain(within.company)
        names = {row["company"] for row in found if row["company"]}
        meant = {name for name in names if wanted and wanted in _plain(name)}
        if not meant:
            raise _no_company(within.company, names)
        found = [row for row in found if row["company"] in meant]
    since = within.since.isoformat() if within.since else ""
    return [row["id"] for row in found if row["day"] >= since and row["kind"] == (within.kind or row["kind"])]


def _no_company(wanted: str, names: set[str]) -> GreenroomError:
    from difflib import get_close_matches

    by_plain = {_plain(name): name for name in sorted(names)}
    nearest = get_close_matches(_plain(wanted), by_plain, 1)
    remedy = "greenroom list shows whom each session is with."
    return GreenroomError(
        f"No session is with “{wanted[:40]}”.", f"Did you mean {by_plain[nearest[0]]}?" if nearest else remedy
    )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
