"""What a session shows while it runs: lines that stay, and one live line while it listens.

`PlainScreen` writes line by line: no cursor movement, no colour, every state in words (`--plain`, a pipe,
`ACCESSIBLE=1`). `LiveScreen` adds the live line; its scrollback reads the same.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TextIO

from greenroom.review.clean import clean
from greenroom.stage import words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

METER_CELLS = 12
METER_CELLS_NARROW = 4
WIDE = 90
"""Columns from which the long meter fits into the line."""
CAPTION_INDENT = "    "
METER_FLOOR_DBFS = -60.0
"""The meter's left end: a quiet room."""


@dataclass(frozen=True, slots=True)
class Listening:
    """What the live line shows.

    Attributes:
        since_s: how long the answer (or the thinking) has been going on.
        caption: the last words said, as far as they are known.
    """

    state: str
    since_s: float | None = None
    peak_dbfs: float | None = None
    keys: bool = True
    caption: str = ""


class Screen(Protocol):
    def say(self, text: str) -> None:
        """A sentence of the interviewer's."""
        ...

    def aside(self, text: str) -> None:
        """Something of the interviewer's that is only shown."""
        ...

    def ask(self, text: str, hint: str | None) -> None:
        """A question or prompt."""
        ...

    def heard(self, text: str) -> None:
        """What the person said, in words."""
        ...

    def note(self, text: str) -> None:
        """Something about the program itself."""
        ...

    def listening(self, now: Listening | None) -> None:
        """How listening goes; None when it is over."""
        ...


class PlainScreen:
    """Line by line."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._state: str | None = None

    def say(self, text: str) -> None:
        self._line(words.GREENROOM, text)

    def aside(self, text: str) -> None:
        self._line("", f"- {text}")

    def ask(self, text: str, hint: str | None) -> None:
        self._out.write("\n")
        self._line(words.QUESTION, text)
        if hint:
            self._line("", hint)

    def heard(self, text: str) -> None:
        self._line(words.YOU, text or words.NO_WORDS)

    def note(self, text: str) -> None:
        self._line(words.NOTE, text)

    def listening(self, now: Listening | None) -> None:
        state = now.state if now else None
        if state and state != self._state:
            self._line("", state)
        self._state = state

    def _line(self, who: str, text: str) -> None:
        width = max(min(shutil.get_terminal_size((100, 24)).columns, 100), 40)
        head = f"{who}: " if who else ""
        self._out.write(textwrap.fill(head + clean(text), width, subsequent_indent="  ") + "\n")
        self._out.flush()


class LiveScreen:
    """The same lines in calm colours, and one line at the bottom that moves while it listens."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live: Live | None = None
        self._shown_at_s = 0.0

    def say(self, text: str) -> None:
        self._print(text, "cyan", indent="  ")

    def aside(self, text: str) -> None:
        self._print(f"- {text}", "dim", indent="    ")

    def ask(self, text: str, hint: str | None) -> None:
        self._console.print()
        self._print(text, "bold", indent="  ")
        if hint:
            self._print(hint, "dim", indent="  ")

    def heard(self, text: str) -> None:
        self._print(text or words.NO_WORDS, "", indent="    ")

    def note(self, text: str) -> None:
        self._print(text, "yellow", indent="  ")

    def listening(self, now: Listening | None) -> None:
        from rich.live import Live

        if now is None:
            if self._live is not None:
                self._live.stop()
                self._live = None
            return
        if self._live is None:
            self._live = Live(
                console=self._console, transient=True, auto_refresh=False, redirect_stdout=False
            )
            self._live.start()
            self._shown_at_s = 0.0
        if time.monotonic() - self._shown_at_s >= 0.1:  # ten times a second is calm and quick enough
            self._live.update(self._live_line(now), refresh=True)
            self._shown_at_s = time.monotonic()

    def _live_line(self, now: Listening) -> Text:
        line = self._state_line(now)
        if now.caption:
            room = self._console.width - len(CAPTION_INDENT) - 2
            line.append("\n" + CAPTION_INDENT + _tail(clean(now.caption), room), "dim")
        return line

    def _state_line(self, now: Listening) -> Text:
        from rich.text import Text

        line = Text(f"  {now.state}  ", style="green", no_wrap=True, overflow="crop")
        if now.since_s is not None:
            minutes, seconds = divmod(int(now.since_s), 60)
            line.append(f"{minutes}:{seconds:02d}  ")
        if now.peak_dbfs is not None:
            share = 1 - min(max(now.peak_dbfs / METER_FLOOR_DBFS, 0.0), 1.0)
            width = METER_CELLS if self._console.width >= WIDE else METER_CELLS_NARROW
            cells = round(share * width)
            line.append("▮" * cells, "green").append("▯" * (width - cells), "dim")
        if now.keys:
            room = self._console.width - line.cell_len - 2
            keys = words.KEYS if len(words.KEYS) <= room else words.KEYS_SHORT
            line.append("  " + keys, "dim")
        return line

    def _print(self, text: str, style: str, *, indent: str) -> None:
        from rich.padding import Padding
        from rich.text import Text

        self._console.print(Padding(Text(clean(text), style), (0, 2, 0, len(indent))))


def _tail(text: str, room: int) -> str:
    """The end of a text, from the beginning of a word."""
    if len(text) <= room:
        return text
    return "…" + text[-(room - 1) :].partition(" ")[2]
