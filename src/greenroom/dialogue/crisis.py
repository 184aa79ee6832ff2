"""Where somebody who wants to harm themselves finds a person to talk to, by country."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.dialogue.page import Page


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A telephone line to talk to a person.

    Attributes:
        country: ISO 3166 code, "GB".
        who: with its country in words, for the system's locale may name another than the person is in.
        number, hours: as they are said.
        source: the address of the page that gives the number; `seen`: the day it was read, ISO 8601.
    """

    country: str
    who: str
    number: str
    hours: str
    source: str
    seen: str


def read_help(text: str, file: str) -> tuple[HelpLine, ...]:
    """Check a file of helplines. Raises GreenroomError naming file, line and field."""
    keys = ("country", "who", "number", "hours", "source", "seen")
    return tuple(
        HelpLine(**{key: row.text(key) for key in keys}) for row in Page.parse(text, file).tables("lines")
    )
