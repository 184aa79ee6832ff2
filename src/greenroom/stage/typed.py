"""One typed turn: `--text`, for a train, a library, or no microphone."""

from __future__ import annotations

import sys
from typing import TextIO

from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Heard
from greenroom.stage import words
from greenroom.stage.keys import Keys
from greenroom.stage.trace import Trace
from greenroom.stage.voicing import Voicing
from greenroom.types import Transcript, Turn


class TypedTurns:
    """Reads answers from the keyboard (or a pipe), one line each. There is nothing to time in them."""

    MODEL = "typed"

    def __init__(
        self,
        archive: Archive,
        voicing: Voicing,
        keys: Keys,
        trace: Trace,
        source: TextIO | None = None,
        out: TextIO | None = None,
    ) -> None:
        self._archive = archive
        self._voicing = voicing
        self._keys = keys
        self._trace = trace
        self._in = source or sys.stdin
        self._out = out or sys.stdout

    def settle(self) -> None:
        """What was typed is whole."""

    def hear(self, ask: Ask, turn: Turn, *, aloud: bool) -> Heard:
        """Ask it and bring back the line that was typed.

        An empty line skips; the end of the input stops the session, all kept.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        self._trace("question_started", turn=turn.number)
        if aloud:
            self._voicing.say(ask.text, fixed=ask.fixed)
        self._trace("question_ended", turn=turn.number)
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
        text = line.strip()
        if not text:
            self._archive.set_turn_status(turn.id, "skipped")
            self._trace("turn_stored", turn=turn.number)
            return Heard(turn.number, "skipped", command=None if line else "stop")
        transcript = Transcript(text, (), self.MODEL, "final")
        self._archive.store_transcript(turn.id, transcript, timing=None, fillers=None, status="answered")
        self._trace("turn_stored", turn=turn.number)
        return Heard(turn.number, "answered", text)
