"""One typed turn: `--text`, for a train, a library, or no microphone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Literal, TextIO

from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Command, Expects, Heard
from greenroom.dialogue.packs import SpokenCommand
from greenroom.stage import words
from greenroom.stage.coach import Coach
from greenroom.stage.keys import Keys
from greenroom.stage.trace import Trace
from greenroom.stage.voicing import Voicing
from greenroom.types import Answer, Transcript, Turn

WISHES: Mapping[SpokenCommand | None, Command] = {"stop": "stop", "again": "again"}
"""What a line can ask of the script."""
OBEYED = ("repeat", "skip", *WISHES)
"""The others are about sound, and nobody types them."""


class TypedTurns:
    """Reads answers from the keyboard (or a pipe), one line each. There is nothing to time in them.

    Args:
        command: the command that a whole line gives, by what the prompt expects.
        show: shows a prompt once more.
        coach: looks at answers; None where nobody wants to hear of it.
    """

    MODEL = "typed"

    def __init__(
        self,
        archive: Archive,
        voicing: Voicing,
        keys: Keys,
        trace: Trace,
        command: Callable[[str, Expects | None], SpokenCommand | None],
        show: Callable[[str, str | None], None],
        source: TextIO | None = None,
        out: TextIO | None = None,
        *,
        coach: Coach | None = None,
    ) -> None:
        self._archive = archive
        self._voicing = voicing
        self._keys = keys
        self._trace = trace
        self._command = command
        self._show = show
        self._coach = coach
        self._in = source or sys.stdin
        self._out = out or sys.stdout

    def settle(self) -> None:
        """What was typed is whole."""

    def hear(self, ask: Ask, turn: Turn, *, aloud: bool) -> Heard:
        """Ask it and bring back the line that was typed.

        An empty line skips, and so does "skip"; "say that again" asks once more, "let me start again" leads
        to a new take; "stop the debrief", or the end of the input, stops the session, all kept.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        self._trace("question_started", turn=turn.number)
        self._say(ask, aloud=aloud)
        self._trace("question_ended", turn=turn.number)
        while (command := self._told(line := self._read(), ask, turn)) in ("repeat", "not today"):
            if command == "repeat":
                self._show(ask.text, ask.hint)
                self._say(ask, aloud=aloud)
            else:
                self._out.write(f"{words.NOT_TODAY}\n")
        text = line.strip()
        if not text or command is not None:
            self._archive.set_turn_status(turn.id, "skipped")
            self._trace("turn_stored", turn=turn.number)
            return Heard(turn.number, "skipped", command=_wish(command) if line else "stop")
        transcript = Transcript(text, (), self.MODEL, "final")
        self._archive.store_transcript(turn.id, transcript, timing=None, fillers=None, status="answered")
        self._trace("turn_stored", turn=turn.number)
        advice = self._coach.look(turn.prompt_id, Answer(turn.prompt, text)) if self._coach else None
        return Heard(turn.number, "answered", text, advice=advice)

    def _say(self, ask: Ask, *, aloud: bool) -> None:
        if aloud:
            self._voicing.say(ask.text, fixed=ask.fixed)

    def _told(self, line: str, ask: Ask, turn: Turn) -> SpokenCommand | Literal["not today"] | None:
        """The command in a line, if it is one that is obeyed here; "not today" in a dress rehearsal."""
        command = self._command(line.strip(), ask.expects)
        if command not in OBEYED:
            return None
        if ask.strict and command in ("repeat", "again"):
            return "not today"
        self._trace("command_heard", turn=turn.number, command=command)
        return command

    def _read(self) -> str:
        """The next line with its end; "" at the end of the input. Raises KeyboardInterrupt."""
        self._out.write(words.TYPE_HERE)
        self._out.flush()
        try:
            with self._keys.at_once():
                line = self._in.readline()
        except KeyboardInterrupt:
            self._out.write("\n")
            raise
        if not line:
            self._out.write("\n")
        return line


def _wish(command: SpokenCommand | Literal["not today"] | None) -> Command | None:
    return None if command == "not today" else WISHES.get(command)
