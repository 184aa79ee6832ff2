"""Performs a script: says, asks, keeps, and writes every act and reply into the log as it happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from greenroom.archive import Archive
from greenroom.dialogue.acts import Act, Ask, Heard, Keep, Say, Script
from greenroom.dialogue.log import Replayed, act_entry, heard_entry, reopened_entry
from greenroom.stage.screen import Screen
from greenroom.stage.turns import Reopened, Turns
from greenroom.stage.voicing import Voicing
from greenroom.types import Turn

Ending = Literal["finished", "stopped"]


class Performer:
    """Performs one session's script.

    Args:
        rewound: a fresh script, brought to where the session's log ends.
        discreet: private prompts and sentences are shown, not said.
    """

    def __init__(
        self,
        archive: Archive,
        session_id: int,
        turns: Turns,
        voicing: Voicing,
        screen: Screen,
        rewound: Callable[[], Replayed],
        *,
        discreet: bool = False,
    ) -> None:
        self._archive = archive
        self._session_id = session_id
        self._turns = turns
        self._voicing = voicing
        self._screen = screen
        self._rewound = rewound
        self._discreet = discreet
        self._asking: Turn | None = None
        self._kept: list[int] = []

    def perform(self, script: Script, act: Act | None) -> Ending:
        """Go on with a script from an act it has yielded, to its end.

        Raises:
            GreenroomError, KeyboardInterrupt: on the way; everything up to then is stored.
        """
        ending: Ending = "finished"
        while True:
            try:
                if act is None:
                    self._turns.settle()
                    return ending
                heard = self._do(act)
            except Reopened as reopened:
                script, heard = self._taken_up(reopened)
                ending = "finished"
            if heard is not None and heard.command == "stop":
                ending = "stopped"
            try:
                act = script.send(heard)
            except StopIteration:
                act = None

    def _do(self, act: Act) -> Heard | None:
        if isinstance(act, Say):
            self._screen.say(act.text)
            if not (self._discreet and act.private):
                self._voicing.say_aside(act.text, fixed=act.fixed)
            self._log(act)
            return None
        if isinstance(act, Keep):
            with self._archive.together():
                self._kept.append(self._archive.keep_item(self._session_id, act.item))
                self._log(act)
            return None
        return self._ask(act)

    def _ask(self, ask: Ask) -> Heard:
        with self._archive.together():
            turn = self._archive.start_turn(
                self._session_id,
                part=ask.part,
                prompt_id=ask.prompt_id,
                prompt=ask.text,
                phase=ask.phase,
                take=ask.take,
                follow_up_of=ask.follow_up_of,
            )
            self._log(ask, turn=turn.number)
        self._asking = turn
        self._screen.ask(ask.text, ask.hint)
        aloud = not ask.again and not (self._discreet and ask.private)
        heard = self._turns.hear(ask, turn, aloud=aloud)
        self._note(heard)
        return heard

    def _note(self, heard: Heard) -> None:
        self._archive.append_log(self._session_id, heard_entry(heard))
        self._asking = None
        self._kept = []

    def _taken_up(self, reopened: Reopened) -> tuple[Script, Heard]:
        """The script as it stands at an answer that goes on, and what was heard in all."""
        while True:
            script = self._rewind(reopened.turn)
            try:
                heard = reopened.go_on()
            except Reopened as once_more:
                reopened = once_more
                continue
            self._note(heard)
            return script, heard

    def _rewind(self, turn: Turn) -> Script:
        """Bring a fresh script to where this turn's answer is waited for; what came after it was not so."""
        with self._archive.together():
            self._archive.reopen_turn(turn.id)
            self._archive.drop_items(self._kept)
            if self._asking is not None:
                self._archive.drop_turn(self._asking.id)
            self._archive.append_log(self._session_id, reopened_entry(turn.number))
        self._asking, self._kept = None, []
        return self._rewound().script

    def _log(self, act: Act, *, turn: int | None = None) -> None:
        self._archive.append_log(self._session_id, act_entry(act, turn=turn))
