"""What the person put right in an answer, what is learned from it, and new transcripts by a better model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from greenroom.archive import records, rows
from greenroom.archive.database import translated_errors, writing
from greenroom.errors import GreenroomError
from greenroom.types import Fillers, Span, Term, Timing, Transcript, Word


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer's words as a recogniser heard them, whether they were corrected or not.

    Attributes:
        left_out, voiced, question_ended_s: as stored, in seconds on the recording's clock.
    """

    turn_id: int
    text: str
    words: tuple[Word, ...]
    voiced: tuple[Span, ...]
    left_out: tuple[Span, ...]
    question_ended_s: float | None


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer in words with its recording, as far as it matters to a new transcript.

    Attributes:
        is_corrected: the person put its words right.
        length_s: from the first voiced sample to the last.
        speaking_s: how long somebody speaks in it.
    """

    turn_id: int
    session_id: int
    number: int
    model: str | None
    is_final: bool
    is_corrected: bool
    length_s: float
    speaking_s: float


class Corrections:
    """What `Archive` does with these. Errors as there."""

    _db: sqlite3.Connection
    _path: Path

    # What the person put right

    def heard(self, turn_id: int) -> Heard | None:
        """What had been heard; None when there are no words of this turn.

        Raises:
            GreenroomError: there is no such turn.
        """
        with translated_errors(self._path):
            row = self._row(turn_id)
        if not row["transcript"]:
            return None
        return Heard(
            turn_id,
            row["transcript"],
            records.words_from_json(row["words"]),
            records.spans_from_json(row["voiced"]),
            records.spans_from_json(row["left_out"]),
            row["question_ended_s"],
        )

    def correct(
        self,
        turn_id: int,
        text: str,
        words: Sequence[Word],
        *,
        timing: Timing | None,
        fillers: Fillers | None,
        terms: Iterable[Term] = (),
    ) -> tuple[Term, ...]:
        """Store what was really said beside what had been heard, and what is learned from that, all at once.

        Args:
            words: the corrected text on the recording's clock; none when it was typed.
            timing: None leaves what is stored; fillers are replaced in any case.
            terms: replace those that were learned from this turn before.

        Returns:
            The terms that are new; one that is known already stays as it is.
        """
        with writing(self._db, self._path):
            self._db.execute("DELETE FROM terms WHERE turn_id = ?", [turn_id])
            self._change(
                turn_id,
                {"corrected": text, "corrected_words": records.words_to_json(words)},
                timing,
                fillers,
            )
            return tuple(term for term in terms if self._learn(term, turn_id))

    def restore(self, turn_id: int, *, timing: Timing | None, fillers: Fillers | None) -> None:
        """What had been heard counts again, and what was learned from the correction is forgotten."""
        with writing(self._db, self._path):
            self._db.execute("DELETE FROM terms WHERE turn_id = ?", [turn_id])
            self._change(turn_id, {"corrected": None, "corrected_words": None}, timing, fillers)

    def forget_terms(self, turn_id: int) -> int:
        """Forget what was learned from a turn; how many terms that were."""
        with writing(self._db, self._path):
            return self._db.execute("DELETE FROM terms WHERE turn_id = ?", [turn_id]).rowcount

    def terms(self) -> list[Term]:
        """Every name and term that is known, the person's own and the learned ones, the latest first."""
        with translated_errors(self._path):
            found = self._db.execute("SELECT text, kind, heard, turn_id FROM terms ORDER BY at DESC, id DESC")
            return [Term(row["text"], row["kind"], row["heard"], row["turn_id"]) for row in found]

    def _learn(self, term: Term, turn_id: int) -> bool:
        return (
            self._db.execute(
                """
                INSERT INTO terms (kind, text, heard, turn_id, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (kind, text) DO NOTHING
                """,
                [term.kind, term.text, term.heard, turn_id, rows.now()],
            ).rowcount
            == 1
        )

    def _change(
        self,
        turn_id: int,
        values: dict[str, str | None],
        timing: Timing | None,
        fillers: Fillers | None,
    ) -> None:
        row = values | {"fillers": records.fillers_to_json(fillers)} | records.timing_columns(timing)
        if rows.update(self._db, "turns", turn_id, row) == 0:
            raise _no_turn()

    # A new transcript by a better model

    def kept_answers(self, session_id: int | None = None) -> list[KeptAnswer]:
        """Answers in words whose recording is there and closed, oldest first; not of sessions that run.

        Args:
            session_id: only those of this session.
        """
        with translated_errors(self._path):
            found = self._db.execute(
                """
                SELECT turns.id, session_id, number, model, transcript_is, speaking_s,
                       corrected IS NOT NULL AS is_corrected,
                       json_extract(voiced, '$[#-1].end_s') - json_extract(voiced, '$[0].start_s') AS length_s
                FROM turns JOIN sessions ON sessions.id = turns.session_id
                WHERE audio IS NOT NULL AND audio NOT LIKE '%.wav' AND transcript IS NOT NULL
                    AND turns.status IN ('answered', 'unfinished') AND sessions.status <> 'running'
                    AND session_id = coalesce(?, session_id)
                ORDER BY session_id, number
                """,
                [session_id],
            )
            return [
                KeptAnswer(
                    row["id"],
                    row["session_id"],
                    row["number"],
                    row["model"],
                    row["transcript_is"] == "final",
                    bool(row["is_corrected"]),
                    row["length_s"] or 0.0,
                    row["speaking_s"] or 0.0,
                )
                for row in found
            ]

    def drafts(self, turn_id: int, model: str) -> dict[int, tuple[Word, ...]]:
        """The pieces of a new transcript that are done, by the number under which each was kept."""
        with translated_errors(self._path):
            found = self._db.execute(
                "SELECT piece, words FROM drafts WHERE turn_id = ? AND model = ?", [turn_id, model]
            )
            return {row["piece"]: records.words_from_json(row["words"]) for row in found}

    def keep_draft(self, turn_id: int, model: str, piece: int, words: Sequence[Word]) -> None:
        """Keep a piece of a new transcript until it is whole; the old one stays as it is."""
        with writing(self._db, self._path):
            self._db.execute(
                "INSERT OR REPLACE INTO drafts (turn_id, model, piece, words) VALUES (?, ?, ?, ?)",
                [turn_id, model, piece, records.words_to_json(words)],
            )

    def drop_drafts(self, turn_id: int) -> None:
        """Forget the pieces of every new transcript of a turn."""
        with writing(self._db, self._path):
            self._db.execute("DELETE FROM drafts WHERE turn_id = ?", [turn_id])

    def store_again(
        self,
        turn_id: int,
        transcript: Transcript,
        *,
        timing: Timing | None,
        fillers: Fillers | None,
        force: bool = False,
    ) -> bool:
        """Put a new transcript, which is whole, in place of the old one, all in one transaction.

        Args:
            force: a correction goes too.

        Returns:
            False when the turn was corrected and nothing was changed.
        """
        with writing(self._db, self._path):
            if self._row(turn_id)["corrected"] is not None and not force:
                return False
            self._change(
                turn_id,
                {
                    "model": transcript.model,
                    "transcript": transcript.text,
                    "transcript_is": transcript.kind,
                    "words": records.words_to_json(transcript.words),
                    "corrected": None,
                    "corrected_words": None,
                },
                timing,
                fillers,
            )
            self.drop_drafts(turn_id)
            return True

    def _row(self, turn_id: int) -> sqlite3.Row:
        row = self._db.execute("SELECT * FROM turns WHERE id = ?", [turn_id]).fetchone()
        if row is None:
            raise _no_turn()
        return cast(sqlite3.Row, row)


def _no_turn() -> GreenroomError:
    return GreenroomError(
        "This turn is not in the archive any more.",
        "Its session was deleted meanwhile; greenroom list shows the others.",
    )
