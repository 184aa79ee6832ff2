"""One place where something was found: the sentence with what was looked for marked, and its moment."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from greenroom.archive.records import words_from_json
from greenroom.archive.sentences import is_whole, said_at_s, sentences

MARK_START = "⟦"
MARK_END = "⟧"
"""Around each match of a snippet. Printable, and nobody says them."""

MOST_SENTENCES = 2
"""Shown of one answer: the one that holds most of what was looked for, and one with more of it."""

HitKind: TypeAlias = Literal["question", "answer", "item", "feedback"]

_MARKED = re.compile(f"{MARK_START}|{MARK_END}")


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where something was found.

    Attributes:
        turn: the number of the turn; None for feedback, and for an item that belongs to none.
        at_s: the moment of the first match that is shown, in that turn's recording, where it can be told.
        snippet: the sentence, or two, each match between MARK_START and MARK_END.
        started_at: when the session began, ISO 8601.
        prompt: the question of that turn.
        likeness: how near in meaning it is, 0 to 1; None where words were looked for.
        has_sound: that turn's recording is kept, so that `play` has something to play.
    """

    session_id: int
    turn: int | None
    at_s: float | None
    kind: HitKind
    snippet: str
    started_at: str
    prompt: str | None
    likeness: float | None = None
    has_sound: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A table in which something can be found: its rows belong to sessions, `<table>_fts` indexes them.

    Attributes:
        texts: its columns in the index, in their order there.
        said: which of them holds what was said. The other one, if any, holds the question, or who said it.
        weights: how much a match in each of them counts.
        columns, joins: what a hit needs besides, in SQL: `turn`, `at_s`, `prompt`, `words` and `has_sound`.
    """

    table: str
    kind: HitKind
    texts: tuple[str, ...]
    said: int
    weights: str
    columns: str
    joins: str = ""

    @property
    def head(self) -> str:
        """The columns of a row that `hit` takes, but for the texts."""
        return f"{self.table}.id, {self.table}.session_id, sessions.started_at, {self.columns}"

    @property
    def around(self) -> str:
        """The joins they need."""
        return f"JOIN sessions ON sessions.id = {self.table}.session_id {self.joins}"


# Words spoken count four times a word of the question: the same question stands in every session.
TURNS = Source(
    table="turns",
    kind="answer",
    texts=("prompt", "said"),
    said=1,
    weights="1.0, 4.0",
    columns=(
        "turns.number AS turn, NULL AS at_s, turns.prompt, "
        "coalesce(turns.corrected_words, turns.words) AS words, turns.audio IS NOT NULL AS has_sound"
    ),
)
ITEMS = Source(
    table="items",
    kind="item",
    texts=("text",),
    said=0,
    weights="1.0",
    columns="items.turn, items.at_s, turns.prompt, NULL AS words, turns.audio IS NOT NULL AS has_sound",
    joins="LEFT JOIN turns ON turns.session_id = items.session_id AND turns.number = items.turn",
)
FEEDBACK = Source(
    table="feedback",
    kind="feedback",
    texts=("text", "who"),
    said=0,
    weights="1.0, 1.0",
    columns="NULL AS turn, NULL AS at_s, NULL AS prompt, NULL AS words, 0 AS has_sound",
)
SOURCES = (TURNS, ITEMS, FEEDBACK)


def hit(source: Source, row: sqlite3.Row, texts: Sequence[str | None], likeness: float | None = None) -> Hit:
    """The hit in one row.

    Args:
        row: with the columns of `Source.head`.
        texts: those of `Source.texts`, whole, with the matches marked.
    """
    said = texts[source.said] or ""
    other = next((text for place, text in enumerate(texts) if place != source.said), None)
    kind, at_s = source.kind, row["at_s"]
    if kind == "feedback":
        said = ": ".join(filter(None, (other, said)))
    elif kind == "answer" and MARK_START not in said:
        kind, said = "question", other or ""
    found = _read(said)
    pieces = list(_shown(found))
    if kind == "answer":
        first = next((start for start, _ in found.matches if start >= pieces[0][0]), 0)
        at_s = said_at_s(found.text, first, words_from_json(row["words"]))
    return Hit(
        session_id=row["session_id"],
        turn=row["turn"],
        at_s=at_s,
        kind=kind,
        snippet=_snippet(found, pieces),
        started_at=row["started_at"],
        prompt=row["prompt"],
        likeness=likeness,
        has_sound=bool(row["has_sound"]),
    )


def marked(text: str, start: int, end: int) -> str:
    """The text with that much of it marked."""
    return f"{text[:start]}{MARK_START}{text[start:end]}{MARK_END}{text[end:]}"


def without_echoes(hits: Sequence[Hit]) -> list[Hit]:
    """What was noted word for word as it was said is found once, where it was said."""
    said = {_place(hit) for hit in hits if hit.kind in ("question", "answer")}
    return [hit for hit in hits if hit.kind != "item" or _place(hit) not in said]


def _place(hit: Hit) -> tuple[int, int | None, str]:
    return hit.session_id, hit.turn, _MARKED.sub("", hit.snippet).strip(" .!?…")


@dataclass(frozen=True, slots=True)
class _Found:
    """A text without its marks, and where they stood: (start, end) in characters, in order."""

    text: str
    matches: Sequence[tuple[int, int]]


def _read(text: str) -> _Found:
    plain, matches, begun, at = "", [], None, 0
    for mark in _MARKED.finditer(text):
        plain += text[at : mark.start()]
        at = mark.end()
        if mark[0] == MARK_START:
            begun = len(plain)
        elif begun is not None:
            matches.append((begun, len(plain)))
            begun = None
    return _Found(plain + text[at:], matches)


def _shown(found: _Found) -> Iterator[tuple[int, int]]:
    """The sentences to show, in order: the first of those that hold most, then one with more of the rest."""
    spans = _with_whole_phrases(sentences(found.text), found.matches) or [(0, len(found.text))]
    words = [_words_in(found, span) for span in spans]
    chosen: list[tuple[int, int]] = []
    known: set[str] = set()
    for _ in range(MOST_SENTENCES):
        best = max(range(len(spans)), key=lambda place: len(words[place] - known))
        if chosen and not words[best] - known:
            break
        chosen.append(spans[best])
        known |= words[best]
    yield from _apart(sorted(chosen))


def _apart(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those that share some words as one."""
    start, end = spans[0]
    for span in spans[1:]:
        if span[0] >= end:
            yield start, end
            start = span[0]
        end = max(end, span[1])
    yield start, end


def _with_whole_phrases(
    spans: Sequence[tuple[int, int]], matches: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """A phrase may go on in the next sentence: then so does what is shown."""
    found = []
    for begin, stop in spans:
        last = bisect_left(matches, (stop, 0)) - 1
        if last >= 0 and begin <= matches[last][0] and stop < matches[last][1]:
            stop = spans[bisect_left(spans, (matches[last][1], 0)) - 1][1]
        found.append((begin, stop))
    return found


def _words_in(found: _Found, span: tuple[int, int]) -> set[str]:
    first, after = (bisect_left(found.matches, (edge, 0)) for edge in span)
    return {found.text[start:end].casefold() for start, end in found.matches[first:after]}


def _snippet(found: _Found, pieces: Sequence[tuple[int, int]]) -> str:
    text = "" if is_whole(found.text, *pieces[0])[0] else "…"
    before = pieces[0][0]
    for start, end in pieces:
        if start > before:
            text += " … " if found.text[before:start].strip() else " "
        at = start
        for first, last in found.matches:
            if start <= first and last <= end:
                text += found.text[at:first] + MARK_START + found.text[first:last] + MARK_END
                at = last
        text += found.text[at:end]
        before = end
    return text if is_whole(found.text, *pieces[-1])[1] else f"{text}…"
