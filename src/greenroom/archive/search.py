"""Full-text search over questions, answers, what was told in debriefs and what others said."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from greenroom.archive.records import words_from_json
from greenroom.errors import GreenroomError
from greenroom.types import Word

MARK_START = "⟦"
MARK_END = "⟧"
"""Around each matched word of a snippet. Printable, and nobody says them."""

SNIPPET_WORDS = 24
MAX_WORDS = 64
"""More is no search any more, and FTS5 has a limit of its own further up."""

# Words spoken count four times a word of the question: the same question stands in every session.
_RANK = "bm25(1.0, 4.0)"

_PIECES = re.compile(r'"(?P<phrase>[^"]*)"(?P<star>\*?)|(?P<word>[^\s"]+)')
_WORD = re.compile(r"[^\W_]+")

HitKind: TypeAlias = Literal["question", "answer", "item", "feedback"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words were found.

    Attributes:
        turn: the number of the turn; None for feedback, and for an item that belongs to none.
        at_s: the moment of the first matching word in that turn's recording, where it can be told.
        snippet: the text around, each match between MARK_START and MARK_END.
        started_at: when the session began, ISO 8601.
        prompt: the question of that turn.
    """

    session_id: int
    turn: int | None
    at_s: float | None
    kind: HitKind
    snippet: str
    started_at: str
    prompt: str | None


def search(db: sqlite3.Connection, words: str, *, limit: int = 20) -> list[Hit]:
    """The best `limit` places that hold all of `words`, best first, newer before older.

    Raises:
        GreenroomError: there is no word in it, or there are too many.
        sqlite3.Error: the database could not be read.
    """
    query = fts_query(words)
    turns = _turns(db, query, limit)
    said = {(hit.session_id, hit.turn, _plain(hit.snippet)) for _, hit in turns}
    # What was noted word for word as it was said is found once, where it was said.
    items = [
        (rank, hit)
        for rank, hit in _items(db, query, limit)
        if (hit.session_id, hit.turn, _plain(hit.snippet)) not in said
    ]
    found = [*turns, *items, *_feedback(db, query, limit)]
    found.sort(key=lambda ranked: (ranked[0], -ranked[1].session_id))
    return [hit for _, hit in found[: max(limit, 0)]]


def fts_query(words: str) -> str:
    """What a person typed, as an FTS5 query that is always well formed.

    `"two words"` is a phrase, `migrat*` a beginning; all must be there. Everything goes in quotes, so that
    AND, NEAR, brackets, colons and dashes are looked for as they are and never obeyed.

    Raises:
        GreenroomError: there is no word in it, or there are more than MAX_WORDS.
    """
    pieces, count = [], 0
    for match in _PIECES.finditer(_clean(words)):
        text = match["phrase"] if match["phrase"] is not None else match["word"]
        star = match["star"] or (match["word"] or "").endswith("*")
        # Split as FTS5 will split it, so that the count is right.
        tokens = _WORD.findall(text)
        if tokens:
            count += len(tokens)
            pieces.append(f'"{text.rstrip("*")}"{"*" if star else ""}')
    if not pieces:
        raise GreenroomError(
            "There is no word to search for.",
            'Give one or more words: greenroom search deadline, "my first job", or migrat*.',
        )
    if count > MAX_WORDS:
        raise GreenroomError(
            f"That is {count} words; a search takes at most {MAX_WORDS}.", "Search for fewer words."
        )
    return " ".join(pieces)


def _clean(words: str) -> str:
    # A NUL would end the query in SQLite's eyes; half a surrogate pair (bytes of a terminal that is not
    # UTF-8) is no character at all.
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def _turns(db: sqlite3.Connection, query: str, limit: int) -> list[tuple[float, Hit]]:
    rows = db.execute(
        """
        SELECT turns_fts.rank AS rank, turns.session_id, turns.number, turns.prompt, turns.words,
               sessions.started_at,
               highlight(turns_fts, 1, :start, :end) AS answer,
               snippet(turns_fts, 0, :start, :end, '…', :length) AS from_question,
               snippet(turns_fts, 1, :start, :end, '…', :length) AS from_answer
        FROM turns_fts
        JOIN turns ON turns.id = turns_fts.rowid
        JOIN sessions ON sessions.id = turns.session_id
        WHERE turns_fts MATCH :query AND turns_fts.rank MATCH :rank
        ORDER BY turns_fts.rank LIMIT :limit
        """,
        _parameters(query, limit) | {"rank": _RANK},
    )
    return [(row["rank"], _turn_hit(row)) for row in rows]


def _turn_hit(row: sqlite3.Row) -> Hit:
    spoken = MARK_START in (row["answer"] or "")
    return Hit(
        session_id=row["session_id"],
        turn=row["number"],
        at_s=first_match_s(row["answer"], words_from_json(row["words"])) if spoken else None,
        kind="answer" if spoken else "question",
        snippet=row["from_answer"] if spoken else row["from_question"],
        started_at=row["started_at"],
        prompt=row["prompt"],
    )


def _items(db: sqlite3.Connection, query: str, limit: int) -> list[tuple[float, Hit]]:
    rows = db.execute(
        """
        SELECT items_fts.rank AS rank, items.session_id, items.turn, items.at_s, turns.prompt,
               sessions.started_at,
               snippet(items_fts, 0, :start, :end, '…', :length) AS snippet
        FROM items_fts
        JOIN items ON items.id = items_fts.rowid
        JOIN sessions ON sessions.id = items.session_id
        LEFT JOIN turns ON turns.session_id = items.session_id AND turns.number = items.turn
        WHERE items_fts MATCH :query
        ORDER BY items_fts.rank LIMIT :limit
        """,
        _parameters(query, limit),
    )
    return [
        (
            row["rank"],
            Hit(
                session_id=row["session_id"],
                turn=row["turn"],
                at_s=row["at_s"],
                kind="item",
                snippet=row["snippet"],
                started_at=row["started_at"],
                prompt=row["prompt"],
            ),
        )
        for row in rows
    ]


def _feedback(db: sqlite3.Connection, query: str, limit: int) -> list[tuple[float, Hit]]:
    rows = db.execute(
        """
        SELECT feedback_fts.rank AS rank, feedback.session_id, sessions.started_at,
               highlight(feedback_fts, 1, :start, :end) AS who,
               snippet(feedback_fts, 0, :start, :end, '…', :length) AS said
        FROM feedback_fts
        JOIN feedback ON feedback.id = feedback_fts.rowid
        JOIN sessions ON sessions.id = feedback.session_id
        WHERE feedback_fts MATCH :query
        ORDER BY feedback_fts.rank LIMIT :limit
        """,
        _parameters(query, limit),
    )
    return [
        (
            row["rank"],
            Hit(
                session_id=row["session_id"],
                turn=None,
                at_s=None,
                kind="feedback",
                snippet=": ".join(filter(None, (row["who"], row["said"]))),
                started_at=row["started_at"],
                prompt=None,
            ),
        )
        for row in rows
    ]


def _plain(snippet: str) -> str:
    return snippet.strip(" .!?")


def _parameters(query: str, limit: int) -> dict[str, str | int]:
    return {
        "query": query,
        "limit": max(limit, 0),
        "start": MARK_START,
        "end": MARK_END,
        "length": SNIPPET_WORDS,
    }


def first_match_s(marked: str, words: Sequence[Word]) -> float | None:
    """When the first marked word of a transcript begins, in seconds on its recording.

    Words are found again one after the other in the transcript, since it may hold spaces and marks that
    they do not. None when there are no words, or none reaches the match.
    """
    place = marked.find(MARK_START)
    transcript = marked.replace(MARK_START, "").replace(MARK_END, "")
    end = 0
    for word in words:
        text = word.text.strip()
        start = transcript.find(text, end)
        if start < 0 or not text:
            continue
        end = start + len(text)
        if place < end:
            return word.start_s
    return None
