"""Questions out of a table: comma, semicolon or tab between, a heading for each column.

Every complaint names file, line and column.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from greenroom.dialogue.pack_text import is_reserved, meant_kind, new_id, same_question
from greenroom.dialogue.packs import Question
from greenroom.dialogue.page import ID_PATTERN, MOST_TEXT
from greenroom.errors import GreenroomError

COLUMNS = ("text", "id", "kind", "low", "high", "covers", "follow_up")
"""Any order; only `text` is needed."""
LONGEST_S = 3600
"""Longest answer a table may ask for: what is more was meant otherwise."""

_DELIMITERS = (",", ";", "\t")
_POINTS = re.compile(r"[;|\n]")
_NOTHING_IMPORTED = "Mend that line, and import it again; nothing was imported."


@dataclass(frozen=True, slots=True)
class Row:
    """A question of the table, and the line it begins at; its id is None when the table gives none."""

    line: int
    id: str | None
    question: Question


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question that is there already, under this id in this pack; None for the table itself."""

    line: int
    id: str
    pack: str | None


def read_rows(text: str, file: str) -> tuple[Row, ...]:
    """Every question of the table, in order.

    Raises:
        GreenroomError: it is no such table; with file, line and column.
    """
    delimiter, headings = _headings(text, file)
    rows = []
    for line, cells in _records(text, delimiter, file):
        if headings and line > headings[0] and any(cell.strip() for cell in cells):
            rows.append(_row(file, line, headings[1], cells))
    if not rows:
        raise _wrong(file, max(headings[0], 1), "there is no question below the headings")
    return tuple(rows)


def new_questions(
    rows: Sequence[Row], known: Mapping[str, tuple[str, str]], taken: Collection[str], file: str
) -> tuple[tuple[Question, ...], tuple[Skipped, ...]]:
    """The questions to add, each with an id of its own, and those that are there already.

    Args:
        known: what there is: `same_question` of its text -> its id and its pack.
        taken: the ids there are.

    Raises:
        GreenroomError: an id of the table is taken by another question; with file and line.
    """
    there: dict[str, tuple[str, str | None]] = {**known}
    fresh: list[Row] = []
    skipped: list[Skipped] = []
    ids = set(taken)
    for row in rows:
        same = same_question(row.question.text)
        if same in there:
            skipped.append(Skipped(row.line, *there[same]))
            continue
        if row.id in ids:
            raise _wrong(file, row.line, f"the id “{row.id}” is taken by another question")
        there[same] = (row.id or f"line {row.line}", None)
        ids.update([row.id] if row.id else ())
        fresh.append(row)
    questions = []
    for row in fresh:  # after all that were given one, so that none of these is taken away
        question_id = row.id or new_id(row.question.text, ids)
        ids.add(question_id)
        one = row.question
        questions.append(Question(question_id, one.text, one.kind, one.seconds, one.covers, one.follow_up))
    return tuple(questions), tuple(skipped)


def check_kinds(rows: Sequence[Row], known: Collection[str], file: str) -> None:
    """Refuse a kind that is nearly written like one there is: trends count by it.

    Raises:
        GreenroomError: there is one; with file and line.
    """
    for row in rows:
        if meant := meant_kind(row.question.kind, known):
            raise _wrong(
                file, row.line, f"“kind”: there is no “{row.question.kind}”", f"Did you mean {meant}?"
            )


def _headings(text: str, file: str) -> tuple[str, tuple[int, tuple[str, ...]]]:
    """What stands between the columns, the line of the headings, and their names."""
    tried = []
    broken: GreenroomError | None = None
    for delimiter in _DELIMITERS:
        try:
            for line, cells in _records(text, delimiter, file, only_first=True):
                names = tuple(re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in cells)
                tried.append((sum(name in COLUMNS for name in names), delimiter, line, names))
        except GreenroomError as error:  # quotation marks that make sense with another delimiter only
            broken = error
    if broken is not None and not tried:
        raise broken
    if not tried:
        raise _wrong(file, 1, "it is empty", "Give each question a line, below a line with the word text.")
    _, delimiter, line, names = max(tried, key=lambda one: one[0])
    if "text" not in names:
        raise _wrong(
            file,
            line,
            "there is no column “text” in its first line",
            f"Name the columns there: {', '.join(COLUMNS)}. Only text is needed.",
        )
    for place, name in enumerate(names):
        if name and name not in COLUMNS:
            nearest = get_close_matches(name, COLUMNS, 1)
            hint = f"Did you mean {nearest[0]}?" if nearest else f"There are: {', '.join(COLUMNS)}."
            raise _wrong(file, line, f"there is no column “{name}”", hint)
        if name and name in names[:place]:
            raise _wrong(file, line, f"the column “{name}” is there twice")
    # A single column needs no delimiter: a tab is the one that no question has in it.
    return (delimiter if len(names) > 1 else "\t"), (line, names)


def _records(
    text: str, delimiter: str, file: str, only_first: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins at, from 1; blank ones are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _wrong(file, line, f"it cannot be read as a table: {error}") from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells
            if only_first:
                return


def _row(file: str, line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    if any(cell.strip() for cell in cells[len(names) :]):
        raise _wrong(
            file,
            line,
            f"there are {len(cells)} fields under {len(names)} headings",
            "Put a text that has a comma, semicolon or tab in it into double quotes; nothing was imported.",
        )
    given = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
    for name in ("text", "kind", "follow_up"):
        if len(given.get(name, "")) > MOST_TEXT:
            raise _wrong(file, line, f"“{name}” is longer than {MOST_TEXT} characters")
    if not given.get("text"):
        raise _wrong(file, line, "“text” is empty")
    question_id = given.get("id") or None
    if question_id and (not ID_PATTERN.fullmatch(question_id) or is_reserved(question_id)):
        raise _wrong(file, line, "“id” must be an id: lower-case letters, digits and hyphens")
    default = Question("", "")
    low, high = (
        _seconds(file, line, name, given.get(name, ""), usual)
        for name, usual in zip(("low", "high"), default.seconds, strict=True)
    )
    if low >= high:
        raise _wrong(file, line, f"“low” must be smaller than “high”: {low} and {high}")
    covers = tuple(point.strip() for point in _POINTS.split(given.get("covers", "")) if point.strip())
    return Row(
        line,
        question_id,
        Question(
            "",
            given["text"],
            given.get("kind") or default.kind,
            (low, high),
            covers,
            given.get("follow_up") or None,
        ),
    )


def _seconds(file: str, line: int, name: str, said: str, usual: int) -> int:
    if not said:
        return usual
    if not re.fullmatch(r"[0-9]{1,4}", said) or not 0 < int(said) <= LONGEST_S:
        raise _wrong(file, line, f"“{name}” must be a whole number of seconds, from 1 to {LONGEST_S}")
    return int(said)


def _wrong(file: str, line: int, what: str, remedy: str = _NOTHING_IMPORTED) -> GreenroomError:
    return GreenroomError(f"{file}, line {line}: {what}.", remedy)
