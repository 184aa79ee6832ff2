"""Full-text search over questions, answers, what was told in debriefs and what others said."""

from __future__ import annotations

import sqlite3
import sys

from greenroom.archive.hits import MARK_END, MARK_START, SOURCES, Hit, Source, hit, without_echoes
from greenroom.archive.query import fts_query
from greenroom.archive.records import to_json
from greenroom.archive.within import EVERYWHERE, Within, session_ids


def search(db: sqlite3.Connection, words: str, *, limit: int = 20, within: Within = EVERYWHERE) -> list[Hit]:
    """The best `limit` places that hold all of `words`, best first, newer before older.

    Raises:
        GreenroomError: there is no word in it, there are too many, or no session is with that company.
        sqlite3.Error: the database could not be read.
    """
    query = fts_query(words)
    sessions = session_ids(db, within)
    most = min(max(limit, 0), sys.maxsize)
    found = [ranked for source in SOURCES for ranked in _found(db, source, query, most, sessions)]
    found.sort(key=lambda ranked: (ranked[0], -ranked[1].session_id))
    return without_echoes([one for _, one in found])[:most]


def _found(
    db: sqlite3.Connection, source: Source, query: str, limit: int, sessions: list[int] | None
) -> list[tuple[float, Hit]]:
    """The best of one table, each with its rank: the less, the better.

    In two steps: thousands of rows are only ranked, and what is shown is read of a few. The plus keeps SQLite
    from looking rows up in the index one at a time.
    """
    table = source.table
    inside = f"""
        AND +{table}_fts.rowid IN (
            SELECT id FROM {table} WHERE session_id IN (SELECT value FROM json_each(:sessions))
        )"""
    ranked = db.execute(
        f"""
        SELECT rowid AS id, bm25({table}_fts, {source.weights}) AS score FROM {table}_fts
        WHERE {table}_fts MATCH :query {inside if sessions is not None else ""}
        ORDER BY score, rowid DESC LIMIT :limit
        """,
        {"query": query, "limit": limit, "sessions": to_json(sessions)},
    )
    scores = {row["id"]: row["score"] for row in ranked}
    if not scores:
        return []
    marked = ", ".join(
        f"highlight({table}_fts, {place}, :start, :end) AS marked_{place}"
        for place in range(len(source.texts))
    )
    rows = db.execute(
        f"""
        SELECT {source.head}, {marked}
        FROM {table}_fts CROSS JOIN {table} ON {table}.id = {table}_fts.rowid {source.around}
        WHERE {table}_fts MATCH :query AND +{table}_fts.rowid IN (SELECT value FROM json_each(:ids))
        """,
        {"query": query, "ids": to_json(list(scores)), "start": MARK_START, "end": MARK_END},
    )
    places = range(len(source.texts))
    hits = {row["id"]: hit(source, row, [row[f"marked_{place}"] for place in places]) for row in rows}
    return [(score, hits[one]) for one, score in scores.items()]
