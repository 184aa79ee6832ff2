"""Rows into nouns and back. JSON columns name the nouns' own fields, so that they read well in Datasette."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from greenroom.types import (
    CLEANED_SUFFIX,
    Answer,
    Feedback,
    Fillers,
    Item,
    Noted,
    Session,
    SessionKind,
    SessionStatus,
    Span,
    Timing,
    Turn,
    Word,
)


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One line of the list of sessions.

    Attributes:
        turns: how many prompts were put, the debrief's included.
        answered: how many of them have an answer with its words.
        speaking_s: voiced time of all answers together.
    """

    id: int
    kind: SessionKind
    status: SessionStatus
    pack: str | None
    company: str | None
    role: str | None
    started_at: str
    ended_at: str | None
    turns: int
    answered: int
    speaking_s: float


@dataclass(frozen=True, slots=True)
class MessageSet:
    """What the person wants to leave with one panel; with every panel when neither is named."""

    company: str | None
    role: str | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenTurn:
    """A turn whose answer is on disk, with something left to do about it.

    Attributes:
        audio: the file it names, absolute.
        question_ended_s, voiced, left_out: as stored, in seconds on the recording's clock.
    """

    session_id: int
    turn: Turn
    audio: Path
    question_ended_s: float | None
    voiced: tuple[Span, ...]
    left_out: tuple[Span, ...]

    @property
    def cut_off(self) -> bool:
        """Whether the recording itself was: the turn is still "asked"."""
        return self.turn.status == "asked"

    @property
    def flac(self) -> Path:
        """The file that keeps the answer in the end."""
        return self.audio.with_suffix(".flac")

    @property
    def cleaned(self) -> Path:
        """The same sound without the program's own voice, if it is there: only until the words are final."""
        return self.audio.with_suffix(CLEANED_SUFFIX)


def to_json(value: Any) -> str:
    """As it is stored: compact, and readable in any language."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def spans_to_json(spans: Iterable[Span]) -> str:
    return to_json([{"start_s": span.start_s, "end_s": span.end_s} for span in spans])


def spans_from_json(text: str | None) -> tuple[Span, ...]:
    return tuple(Span(**span) for span in json.loads(text or "[]"))


def words_to_json(words: Iterable[Word]) -> str:
    # By hand, as the spans are: asdict takes as long as all the rest of storing an answer.
    return to_json(
        [
            {
                "text": word.text,
                "start_s": word.start_s,
                "end_s": word.end_s,
                "probability": word.probability,
            }
            for word in words
        ]
    )


def words_from_json(text: str | None) -> tuple[Word, ...]:
    return tuple(Word(**word) for word in json.loads(text or "[]"))


def fillers_to_json(fillers: Fillers | None) -> str | None:
    if fillers is None:
        return None
    by_word = dict(fillers.by_word)
    return to_json({"count": fillers.count, "per_minute": fillers.per_minute, "by_word": by_word})


def timing_columns(timing: Timing | None) -> dict[str, float | None]:
    """The columns of `timing`; none at all when there is none, so that nothing stored is overwritten."""
    return {} if timing is None else asdict(timing)


def turn_from_row(row: sqlite3.Row) -> Turn:
    corrected = row["corrected"] is not None
    timing = None
    if row["answer_s"] is not None:
        timing = Timing(
            row["thinking_s"],
            row["answer_s"],
            row["speaking_s"],
            row["longest_pause_s"],
            row["words_per_minute"],
        )
    return Turn(
        id=row["id"],
        number=row["number"],
        part=row["part"],
        prompt_id=row["prompt_id"],
        prompt=row["prompt"],
        status=row["status"],
        phase=row["phase"],
        take=row["take"],
        follow_up_of=row["follow_up_of"],
        audio=row["audio"],
        model=row["model"],
        transcript=row["corrected" if corrected else "transcript"],
        transcript_is=row["transcript_is"],
        words=words_from_json(row["corrected_words" if corrected else "words"]),
        timing=timing,
        fillers=Fillers(**json.loads(row["fillers"])) if row["fillers"] else None,
        original=row["transcript"] if corrected else None,
        audio_removed_at=row["audio_removed_at"],
    )


def answer_from_row(row: sqlite3.Row) -> Answer:
    """Of a row whose answer is in words, or on its way there."""
    turn = turn_from_row(row)
    return Answer(
        question=turn.prompt,
        text=turn.transcript or "",
        words=turn.words,
        voiced=spans_from_json(row["voiced"]),
        left_out=spans_from_json(row["left_out"]),
        timing=turn.timing,
        fillers=turn.fillers,
        verbatim=turn.transcript_is == "final" and bool(turn.words),
    )


def open_turn_from_row(row: sqlite3.Row, home: Path) -> OpenTurn:
    """Of a row that names its audio."""
    return OpenTurn(
        session_id=row["session_id"],
        turn=turn_from_row(row),
        audio=home / row["audio"],
        question_ended_s=row["question_ended_s"],
        voiced=spans_from_json(row["voiced"]),
        left_out=spans_from_json(row["left_out"]),
    )


def item_from_row(row: sqlite3.Row) -> Item:
    return Item(
        kind=row["kind"],
        text=row["text"],
        name=row["name"],
        happy=None if row["happy"] is None else bool(row["happy"]),
        starred=bool(row["starred"]),
        turn=row["turn"],
        at_s=row["at_s"],
        parent=row["parent"],
        id=row["id"],
    )


def item_columns(item: Item) -> Mapping[str, Any]:
    """The columns of a new row; its id is the database's to give."""
    columns = asdict(item)
    del columns["id"]
    return columns


def noted_from_row(row: sqlite3.Row) -> Noted:
    """Of a row that has the session's kind, start and company beside the item's columns."""
    return Noted(
        item_from_row(row), row["session_id"], row["session_kind"], row["started_at"], row["company"]
    )


def session_from_rows(
    session: sqlite3.Row,
    turns: Iterable[sqlite3.Row],
    items: Iterable[sqlite3.Row],
    ratings: Iterable[sqlite3.Row],
    outcome: sqlite3.Row | None,
    feedback: Iterable[Feedback],
) -> Session:
    return Session(
        **{name: session[name] for name in session.keys()},  # noqa: SIM118 - a Row iterates over its values
        turns=tuple(map(turn_from_row, turns)),
        items=tuple(map(item_from_row, items)),
        ratings=tuple({name: row[name] for name in ("phase", "name", "value")} for row in ratings),
        outcome=None if outcome is None else {"value": outcome["value"], "on": outcome["on_date"]},
        feedback=tuple(feedback),
    )
