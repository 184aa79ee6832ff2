"""What was worked out of the meaning of everything said: a vector a sentence, kept with its row.

The bytes are the caller's own (review/similar.py); here they only have their places. A row whose words
change loses them by a trigger, and one that is deleted takes them along, so that none is ever of words that
are gone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from greenroom.archive.database import reading, translated_errors, writing
from greenroom.archive.hits import SOURCES, TURNS, Hit, Source, hit, marked
from greenroom.archive.records import to_json
from greenroom.archive.sentences import RULE, sentences
from greenroom.archive.within import EVERYWHERE, Within, session_ids

_OWNERS = {"turns": "turn_id", "items": "item_id", "feedback": "feedback_id"}
_TABLES: dict[str, Source] = {source.table: source for source in SOURCES}

Outline: TypeAlias = tuple[int, int | None, bytes]
"""Of one row: under which number its vectors are kept, which turn it is if it is one, and its signs. A mere
tuple: there are thousands, and a search goes through all of them."""


@dataclass(frozen=True, slots=True)
class Untold:
    """A row of which it is not known yet what it means.

    Attributes:
        table: turns, items or feedback.
        texts: as they are stored: the question first where there is one.
    """

    table: str
    id: int
    texts: tuple[str | None, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to make vectors of, in the order in which they are kept."""
        return tuple(text[start:end] for text, start, end in _pieces(_TABLES[self.table], self.texts))


@dataclass(frozen=True, slots=True)
class Meaning:
    """The vectors of one row, one for each of its sentences."""

    table: str
    id: int
    vectors: bytes


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence near to what was asked for: its place among those of its row, and how near, 0 to 1."""

    table: str
    id: int
    place: int
    likeness: float


class Meanings:
    """What `Archive` does with these. Errors as there."""

    _db: sqlite3.Connection
    _path: Path

    def check_within(self, within: Within) -> None:
        """Raises GreenroomError when no session at all is with that company."""
        with translated_errors(self._path):
            session_ids(self._db, within)

    def count_untold(self, made_by: str) -> int:
        """How many rows have no vectors by this model.

        Those of another model or another rule for sentences are removed first: two cannot be compared.
        """
        maker = _maker(made_by)
        with translated_errors(self._path):
            others = "made_by < :maker OR made_by > :maker"  # not <>, which no index helps with
            if self._db.execute(
                f"SELECT 1 FROM meanings WHERE {others} LIMIT 1", {"maker": maker}
            ).fetchone():
                with writing(self._db, self._path):
                    self._db.execute(f"DELETE FROM meanings WHERE {others}", {"maker": maker})
            counts = (
                self._db.execute(f"SELECT count(*) FROM {source.table} WHERE {_untold(source)}").fetchone()[0]
                for source in SOURCES
            )
            return sum(counts)

    def untold(self, limit: int) -> list[Untold]:
        """Some of them, the newest first."""
        found: list[Untold] = []
        with translated_errors(self._path):
            for source in SOURCES:
                rows = self._db.execute(
                    f"""
                    SELECT id, {", ".join(source.texts)} FROM {source.table}
                    WHERE {_untold(source)} ORDER BY id DESC LIMIT ?
                    """,
                    [max(limit - len(found), 0)],
                )
                found += [Untold(source.table, row[0], tuple(row)[1:]) for row in rows]
        return found

    def keep_meanings(self, made_by: str, told: Iterable[tuple[Untold, bytes, bytes]]) -> None:
        """Store the vectors of some rows, and their signs, one after the other as the row's sentences are.

        Of a row whose words changed meanwhile, or that is gone, nothing is stored.
        """
        with writing(self._db, self._path):
            for one, vectors, signs in told:
                source = _TABLES[one.table]
                same = " AND ".join(f"{column} IS ?" for column in source.texts)
                self._db.execute(
                    f"""
                    INSERT OR REPLACE INTO meanings ({_OWNERS[one.table]}, made_by, signs, vectors)
                    SELECT id, ?, ?, ? FROM {one.table} WHERE id = ? AND {same}
                    """,
                    [_maker(made_by), signs, vectors, one.id, *one.texts],
                )

    def outlines(self, within: Within = EVERYWHERE) -> list[Outline]:
        """The signs of every row that has a sentence; turns in the order in which they were asked.

        Raises:
            GreenroomError: no session is with that company.
        """
        with reading(self._db, self._path):
            sessions = session_ids(self._db, within)
            inside = "true" if sessions is None else f"({' OR '.join(map(_inside, SOURCES))})"
            cursor = self._db.cursor()
            cursor.row_factory = None
            # The index holds all that is asked for, and is a tenth of the table.
            return cursor.execute(
                f"""
                SELECT id, turn_id, signs FROM meanings INDEXED BY meanings_signs
                WHERE signs <> x'' AND {inside} ORDER BY turn_id
                """,
                {"sessions": to_json(sessions)},
            ).fetchall()

    def meanings(self, ids: Sequence[int]) -> list[Meaning]:
        """The vectors kept under these numbers, those that are still there; turns as in `outlines`."""
        with translated_errors(self._path):
            rows = self._db.execute(
                f"""
                SELECT {", ".join(_OWNERS.values())}, vectors FROM meanings
                WHERE id IN (SELECT value FROM json_each(?)) ORDER BY turn_id
                """,
                [to_json(list(ids))],
            )
            return [
                Meaning(table, owner, row["vectors"])
                for row in rows
                for table, owner in zip(_OWNERS, row, strict=False)
                if owner is not None
            ]

    def near(self, places: Sequence[Near]) -> list[Hit]:
        """The hits at these places, in their order; without those whose row is gone."""
        found: dict[Near, Hit] = {}
        with reading(self._db, self._path):
            for source in SOURCES:
                wanted = {one.id: one for one in places if one.table == source.table}
                texts = ", ".join(
                    f"{source.table}.{text} AS text_{at}" for at, text in enumerate(source.texts)
                )
                rows = self._db.execute(
                    f"""
                    SELECT {source.head}, {texts} FROM {source.table} {source.around}
                    WHERE {source.table}.id IN (SELECT value FROM json_each(?))
                    """,
                    [to_json(list(wanted))],
                )
                for row in rows:
                    one = wanted[row["id"]]
                    shown = _marked(source, [row[f"text_{at}"] for at in range(len(source.texts))], one.place)
                    if shown is not None:
                        found[one] = hit(source, row, shown, one.likeness)
        return [found[one] for one in places if one in found]


def _maker(made_by: str) -> str:
    return f"{made_by}, {RULE}"


def _untold(source: Source) -> str:
    owner = _OWNERS[source.table]
    return f"NOT EXISTS (SELECT 1 FROM meanings WHERE {owner} = {source.table}.id)"


def _inside(source: Source) -> str:
    """Whether a row of `meanings` is of this source and of one of the sessions."""
    return (
        f"{_OWNERS[source.table]} IN (SELECT id FROM {source.table} "
        "WHERE session_id IN (SELECT value FROM json_each(:sessions)))"
    )


def _pieces(source: Source, texts: Sequence[str | None]) -> list[tuple[str, int, int]]:
    """The sentences of a row: the question as a whole, then what was said."""
    said = texts[source.said] or ""
    question = texts[0] if source is TURNS else None
    asked = [(question, 0, len(question))] if question else []
    return [*asked, *((said, start, end) for start, end in sentences(said))]


def _marked(source: Source, texts: list[str | None], place: int) -> list[str | None] | None:
    """The texts with the sentence at this place marked; None when there is no such sentence any more."""
    pieces = _pieces(source, texts)
    if place >= len(pieces):
        return None
    text, start, end = pieces[place]
    at = 0 if source is TURNS and texts[0] and place == 0 else source.said
    return [marked(text, start, end) if column == at else one for column, one in enumerate(texts)]
