"""Answers as a table, a row an answer, for spreadsheets and other programs. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from greenroom.review import figures
from greenroom.review.as_json import rounded
from greenroom.review.clean import clean
from greenroom.review.export.markdown import Exported

COLUMNS = (
    *("moment", "session_id", "turn", "started_at", "session_kind", "company", "role", "question_id"),
    *("question", "take", "follow_up_of", "status", "answer", "thinking_s", "answer_s", "speaking_s"),
    *("longest_pause_s", "words_per_minute", "fillers", "fillers_per_minute", "grade", "grade_is_own"),
    *("is_corrected", "model", "audio"),
)
"""Named as in the view `answers` (docs/database.md)."""

_FORMULA = re.compile(r"(?:(?<=;)|^)(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a spreadsheet would begin a formula: at a cell's start, and after a semicolon, at which many of them
would split a line that was written with commas."""


def answers_csv(sessions: Iterable[Exported]) -> str:
    """The answers of interviews that have words, the oldest first.

    Text that a spreadsheet would run is led in by an apostrophe, and stands on one line.
    """
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in sessions:
        rows.writerows(_rows(one))
    return table.getvalue()


def _rows(one: Exported) -> Iterable[list[object]]:
    session = one.session
    for turn in session.turns:
        if turn.part != "interview" or turn.status not in ("answered", "unfinished") or not turn.transcript:
            continue
        timing, fillers, grade = turn.timing, turn.fillers, one.grades.get(turn.number)
        pace = timing.words_per_minute if timing else None
        yield [
            figures.moment(session.id, turn.number),
            session.id,
            turn.number,
            _cell(session.started_at),
            session.kind,
            _cell(session.company),
            _cell(session.role),
            _cell(turn.prompt_id),
            _cell(turn.prompt),
            turn.take,
            turn.follow_up_of,
            turn.status,
            _cell(turn.transcript),
            *(
                rounded(value)
                for value in (
                    (timing.thinking_s, timing.answer_s, timing.speaking_s, timing.longest_pause_s)
                    if timing
                    else (None,) * 4
                )
            ),
            None if pace is None else round(pace),
            fillers.count if fillers else None,
            rounded(fillers.per_minute) if fillers else None,
            grade.grade if grade else None,
            int(grade.own) if grade else None,
            int(turn.original is not None),
            _cell(turn.model),
            _cell(turn.audio),
        ]


def _cell(text: str | None) -> str | None:
    """A text that is a text in every spreadsheet."""
    return None if text is None else _FORMULA.sub("'", clean(text).strip())
