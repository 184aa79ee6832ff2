"""The turns of the archive: stored when asked, when recorded, and when written down."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from greenroom.archive import records, rows
from greenroom.archive.database import translated_errors, writing
from greenroom.errors import GreenroomError
from greenroom.types import CLEANED_SUFFIX, Fillers, Part, Span, Timing, Transcript, Turn, TurnStatus


class TurnStore:
    """What `Archive` does with turns. Errors as there."""

    _db: sqlite3.Connection
    _path: Path

    def start_turn(
        self,
        session_id: int,
        *,
        part: Part,
        prompt_id: str,
        prompt: str,
        phase: str | None = None,
        take: int = 1,
        follow_up_of: int | None = None,
    ) -> Turn:
        """Store that a question is asked; its number is the next in the session.

        Raises:
            GreenroomError: there is no such session.
        """
        with writing(self._db, self._path):
            rows.check_session(self._db, session_id)
            turn_id = rows.insert(
                self._db,
                "turns",
                {
                    "session_id": session_id,
                    "number": rows.next_number(self._db, "turns", "number", session_id),
                    "part": part,
                    "phase": phase,
                    "take": take,
                    "follow_up_of": follow_up_of,
                    "prompt_id": prompt_id,
                    "prompt": prompt,
                    "status": "asked",
                },
            )
            return records.turn_from_row(self._turn_row(turn_id))

    def question_ended(self, turn_id: int, at_s: float | None, raw_audio: str) -> None:
        """Store when the question ended, and which file is being written, so that recovery finds it.

        Args:
            at_s: seconds on the recording's clock, negative when it ended before the recording began; None
                while it is still being asked.
            raw_audio: relative to the home, "audio/12/03.wav".
        """
        with writing(self._db, self._path):
            self._check_audio(turn_id, raw_audio)
            self._update_turn(turn_id, {"question_ended_s": at_s, "audio": raw_audio})

    def store_recording(
        self,
        turn_id: int,
        *,
        audio: str | None,
        timing: Timing | None,
        voiced: Sequence[Span],
        status: TurnStatus = "recorded",
        live: bool | None = None,
        reopened_after: Sequence[float] | None = None,
        left_out: Sequence[Span] | None = None,
    ) -> None:
        """Store that the answer is on disk, before anybody tries to make out its words.

        Args:
            audio: its file, relative to the home, "audio/12/03.flac", or "03.wav" for as long as the answer
                may still go on; None when nothing was kept.
            timing: what can be told without words; None leaves what is stored, as it does below.
            voiced: in seconds on the recording's clock.
            live: a person gave it into a microphone: not a file, not a demo, not an import.
            reopened_after: the silences after which it went on although it had been closed.
            left_out: spoken commands, which are no part of it.
        """
        row: dict[str, Any] = {
            "audio": audio,
            "voiced": records.spans_to_json(voiced),
            "status": status,
            **records.timing_columns(timing),
        }
        if live is not None:
            row["live"] = int(live)
        if reopened_after is not None:
            row["reopened_after"] = records.to_json(list(reopened_after))
        with writing(self._db, self._path):
            self._check_audio(turn_id, audio)
            self._update_turn(turn_id, row)
            if left_out is not None:
                self.leave_out(turn_id, left_out)

    def leave_out(self, turn_id: int, spans: Sequence[Span]) -> None:
        """Store the spans of spoken commands in the turn's recording, all there are up to now.

        As soon as one is known: a recording heard anew after a crash must not take it for an answer.
        """
        with writing(self._db, self._path):
            self._update_turn(turn_id, {"left_out": records.spans_to_json(spans)})

    def store_transcript(
        self,
        turn_id: int,
        transcript: Transcript,
        *,
        timing: Timing | None,
        fillers: Fillers | None,
        status: TurnStatus,
    ) -> None:
        """Store the words and what was measured on them, all in one transaction.

        Args:
            timing: None leaves what is stored, it belongs to the recording.
            fillers: replaced in any case, also by None, they belong to the words.
        """
        with writing(self._db, self._path):
            self._update_turn(
                turn_id,
                {
                    "model": transcript.model,
                    "transcript": transcript.text,
                    "transcript_is": transcript.kind,
                    "words": records.words_to_json(transcript.words),
                    "fillers": records.fillers_to_json(fillers),
                    "status": status,
                }
                | records.timing_columns(timing),
            )

    def store_final(
        self,
        turn_id: int,
        *,
        audio: str,
        transcript: Transcript,
        timing: Timing | None,
        fillers: Fillers | None,
    ) -> None:
        """Store the closed file and the last version of the words, all in one transaction.

        Whether the turn counts as answered does not change by it.
        """
        with writing(self._db, self._path):
            self._check_audio(turn_id, audio)
            self._update_turn(turn_id, {"audio": audio})
            status = self._turn_row(turn_id)["status"]
            self.store_transcript(turn_id, transcript, timing=timing, fillers=fillers, status=status)

    def store_audio(self, turn_id: int, audio: str | None) -> None:
        """Store which file holds the answer from now on: the closed one, or none. Its words stay."""
        with writing(self._db, self._path):
            self._check_audio(turn_id, audio)
            self._update_turn(turn_id, {"audio": audio})

    def reopen_turn(self, turn_id: int) -> None:
        """An answer taken for finished goes on: it is being given again, and what is stored of it stays.

        A crash from here on finds it as an answer in progress.
        """
        self.set_turn_status(turn_id, "asked")

    def drop_turn(self, turn_id: int) -> None:
        """Take out a turn that was asked and not answered, with its sound; its number is free again.

        Raises:
            ValueError: there is an answer to it, or at least the recording of one.
        """
        with writing(self._db, self._path):
            row = self._turn_row(turn_id)
            if row["status"] != "asked":
                raise ValueError(f"turn {row['number']} is {row['status']}: an answer is not dropped")
            self._db.execute("DELETE FROM turns WHERE id = ?", [turn_id])
            if row["audio"] is not None:
                sound = self._path.parent / row["audio"]
                sound.unlink(missing_ok=True)
                sound.with_suffix(CLEANED_SUFFIX).unlink(missing_ok=True)

    def set_turn_status(self, turn_id: int, status: TurnStatus) -> None:
        with writing(self._db, self._path):
            self._update_turn(turn_id, {"status": status})

    def voiced(self, turn_id: int) -> tuple[Span, ...]:
        """The stretches of speech in the turn's recording, in seconds on its clock."""
        with translated_errors(self._path):
            return records.spans_from_json(self._turn_row(turn_id)["voiced"])

    def left_out(self, turn_id: int) -> tuple[Span, ...]:
        """The spans of spoken commands in the turn's recording, in seconds on its clock."""
        with translated_errors(self._path):
            return records.spans_from_json(self._turn_row(turn_id)["left_out"])

    def question_ended_s(self, turn_id: int) -> float | None:
        """Where the turn's question ended, in seconds on its recording's clock; None when it is not known."""
        with translated_errors(self._path):
            ended_s: float | None = self._turn_row(turn_id)["question_ended_s"]
        return ended_s

    def named_audio(self) -> set[str]:
        """Every audio file that a turn names, relative to the home."""
        with translated_errors(self._path):
            rows = self._db.execute("SELECT audio FROM turns WHERE audio IS NOT NULL")
            return {row["audio"] for row in rows}

    def _update_turn(self, turn_id: int, values: Mapping[str, Any]) -> None:
        if rows.update(self._db, "turns", turn_id, values) == 0:
            raise _no_turn()

    def _turn_row(self, turn_id: int) -> sqlite3.Row:
        row: sqlite3.Row | None = self._db.execute("SELECT * FROM turns WHERE id = ?", [turn_id]).fetchone()
        if row is None:
            raise _no_turn()
        return row

    def _check_audio(self, turn_id: int, audio: str | None) -> None:
        """Let no name out of the session's own folder: deleting the session deletes that folder."""
        if audio is None:
            return
        folder = f"audio/{self._turn_row(turn_id)['session_id']}"
        path = PurePosixPath(audio)
        if str(path.parent) != folder or path.name in ("", "..") or "\\" in audio:
            raise GreenroomError(
                f"An audio file of this session lies in {folder}/, not at {audio!r}.",
                "Import the recording again.",
            )


def _no_turn() -> GreenroomError:
    return GreenroomError(
        "This turn is not in the archive any more.", "Its session was deleted meanwhile; start a new one."
    )
