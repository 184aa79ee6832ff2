"""Answers as a table that no spreadsheet takes for a program."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.review.export.markdown import Exported
from greenroom.review.export.table import COLUMNS, answers_csv
from greenroom.types import Graded
from review.sample import CONFLICT, SESSION


def rows(*exported: Exported) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answers_csv(exported))))


def said(text: str) -> Exported:
    return Exported(replace(SESSION, turns=(replace(CONFLICT, transcript=text),)), {})


def test_a_row_an_answer_with_its_measures() -> None:
    graded = Graded("conflict", 3, 31, 1, "hard", True, "2026-01-31T18:20:00+01:00")
    (row,) = rows(Exported(SESSION, {1: graded}))
    assert row == {
        "moment": "3.1",
        "session_id": "3",
        "turn": "1",
        "started_at": "2026-01-31T18:04:05+01:00",
        "session_kind": "practice",
        "company": "Initech",
        "role": "Platform engineer",
        "question_id": "conflict",
        "question": "Tell me about a conflict with a colleague, and what came of it.",
        "take": "1",
        "follow_up_of": "",
        "status": "answered",
        "answer": "So, um, we disagreed about the migration. Uh, I asked for the rollback plan first.",
        "thinking_s": "2.1",
        "answer_s": "84.04",
        "speaking_s": "71.3",
        "longest_pause_s": "2.4",
        "words_per_minute": "142",
        "fillers": "2",
        "fillers_per_minute": "1.428",
        "grade": "hard",
        "grade_is_own": "1",
        "is_corrected": "0",
        "model": "tiny.en",
        "audio": "audio/3/01.flac",
    }


def test_no_answers_are_a_table_without_rows() -> None:
    assert answers_csv([]) == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r\n=1", "'=1"),
        ("＝1", "'＝1"),
        ("\u200b=1", "'=1"),
        ("well; =1", "well;' =1"),
        ("a = b, and - so - on; fine", "a = b, and - so - on; fine"),
        ("two\nlines", "two lines"),
        ("naïve “yes”", "naïve “yes”"),
    ],
)
def test_what_would_be_a_formula_is_led_in(text: str, cell: str) -> None:
    assert rows(said(text))[0]["answer"] == cell


@given(st.text(min_size=1))
def test_no_text_begins_a_cell_as_a_formula_would(text: str) -> None:
    found = rows(said(text))
    assert all(not value.startswith(tuple("=+-@\t\r\n")) for row in found for value in row.values())
    assert all(set(row) == set(COLUMNS) for row in found)
