"""A data file read as TOML, whose complaints name file, line and field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from greenroom.errors import GreenroomError

ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
MOST_TEXT = 2_000
"""Longest text of one field, in characters: far beyond any question, short enough to be spoken."""


@dataclass(frozen=True, slots=True)
class Page:
    """A table of a TOML file that remembers where it stands, so that complaints can say so.

    `name` is its [[name]] or [name], `place` counts those of the same name from 0, and `inner` is the
    rest of the name of a table inside it.
    """

    values: Mapping[str, Any]
    source: str
    file: str
    name: str = ""
    place: int = 0
    inner: str = ""

    @classmethod
    def parse(cls, text: str, file: str) -> Page:
        try:
            return cls(tomllib.loads(text), text, file)
        except tomllib.TOMLDecodeError as error:
            raise GreenroomError(
                f"{file} is not well-formed: {error}.", "Mend that line, or remove the file."
            ) from error

    def tables(self, name: str) -> list[Page]:
        rows = self.values.get(name)
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            raise self.complaint(f"there is no [[{name}]] in it")
        return [Page(row, self.source, self.file, name, place) for place, row in enumerate(rows)]

    def table(self, name: str) -> Page:
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise self.complaint(f"there is no [{name}] in it")
        inner = name if self.name else ""
        return Page(value, self.source, self.file, self.name or name, self.place, inner)

    def check_known(self, known: Sequence[str]) -> None:
        """Refuse a field that means nothing here, and name the nearest that does.

        Raises:
            GreenroomError: there is one; with its line.
        """
        for key in self.values:
            if key not in known:
                nearest = get_close_matches(key, known, 1)
                hint = f"Did you mean {nearest[0]}?" if nearest else f"There are: {', '.join(known)}."
                raise self.complaint(f"there is no field “{key}”", key, hint)

    def check_unique(self, name: str, ids: Sequence[str]) -> None:
        for place, one in enumerate(ids):
            if one in ids[:place]:
                row = Page({}, self.source, self.file, name, place)
                raise row.complaint(f"the id “{one}” is used twice", "id")

    def text(self, key: str, *, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value.strip() or len(value) > MOST_TEXT:
            raise self.wrong(key, f"a text of 1 to {MOST_TEXT} characters")
        return value.strip()

    def optional(self, key: str) -> str | None:
        return self.text(key) if key in self.values else None

    def texts(self, key: str, *, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.values.get(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise self.wrong(key, "a list of texts")
        return tuple(value)

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def identifier(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not ID_PATTERN.fullmatch(value):
            raise self.wrong(key, "an id: lower-case letters, digits and hyphens")
        return value

    def wrong(self, key: str, wanted: str) -> GreenroomError:
        return self.complaint(f"“{key}” must be {wanted}", key)

    def complaint(
        self, what: str, key: str = "", remedy: str = "Mend that line, or remove the file."
    ) -> GreenroomError:
        line = _line_of(self.source, self.name, self.place, self.inner, key)
        return GreenroomError(f"{self.file}, line {line}: {what}.", remedy)


def _line_of(source: str, name: str, place: int, inner: str, key: str) -> int:
    """The line of a field: of its key where it stands, else of the head of its table, else 1.

    A field of the whole file may be a table itself.
    """
    lines = source.split("\n")  # as editors count them; splitlines would also break at U+2028
    start = 0
    if name:
        heads = [n for n, line in enumerate(lines) if _is_head(line, name)]
        if place < len(heads):
            start = heads[place]
        after = heads[place + 1] if place + 1 < len(heads) else len(lines)
        if inner:
            inside = (n for n in range(start, after) if _is_head(lines[n], f"{name}.{inner}"))
            start = next(inside, start)
    wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=") if key else None
    for number, line in enumerate(lines[start:], start):
        if wanted and wanted.match(line):
            return number + 1
        if number > start and _is_head(line):
            break
    if key and not name:
        return next((n for n, line in enumerate(lines, 1) if _is_head(line, key)), 1)
    return start + 1


def _is_head(line: str, name: str | None = None) -> bool:
    """Whether a line is the head of a table: of that name, or of any."""
    title = re.escape(name) if name else r"[\w.-]+"
    return bool(re.match(rf"\s*\[\[?\s*{title}\s*\]", line))
