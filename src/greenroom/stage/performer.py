"""Performs a script: says, asks, keeps, and writes every act and reply into the log as it happens."""

from __future__ import annotations

from typing import Literal, Protocol

from greenroom.archive import Archive
from greenroom.dialogue.acts import Act, Ask, Heard, Keep, Say, Script
from greenroom.dialogue.log import act_entry, heard_entry
from greenroom.stage.screen import Screen
from greenroom.stage.voicing import Voicing
from greenroom.types import Turn

Ending = Literal["finished", "stopped"]


class Turns(Protocol):
    """How answers are heard: spoken or typed."""

    def hear(self, ask: Ask, turn: Turn, *, aloud: bool) -> Heard: ...


class Performer:
    """Performs one session's script.

    Args:
        discreet: private prompts and sentences are shown, not said.
    """

    def __init__(
        self,
        archive: Archive,
        session_id: int,
        turns: Turns,
        voicing: Voicing,
        screen: Screen,
        *,
        discreet: bool = False,
    ) -> None:
        self._archive = archive
        self._session_id = session_id
        self._turns = turns
        self._voicing = voicing
        self._screen = screen
        self._discreet = discreet

    def perform(self, script: Script, act: Act | None) -> Ending:
        """Go on with a script from an act it has yielded, to its end.

        Raises:
            GreenroomError, KeyboardInterrupt: on the way; everything up to then is stored.
        """
        ending: Ending = "finished"
        while act is not None:
            heard = self._do(act)
            if heard is not None and heard.command == "stop":
                ending = "stopped"
            try:
                act = script.send(heard)
            except StopIteration:
                act = None
        return ending

    def _do(self, act: Act) -> Heard | None:
        if isinstance(act, Say):
            self._screen.say(act.text)
            if not (self._discreet and act.private):
                self._voicing.say_aside(act.text, fixed=act.fixed)
            self._log(act)
            return None
        if isinstance(act, Keep):
            with self._archive.together():
                self._archive.keep_item(self._session_id, act.item)
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
        self._screen.ask(ask.text, ask.hint)
        heard = self._turns.hear(ask, turn, aloud=not (self._discreet and ask.private))
        self._archive.append_log(self._session_id, heard_entry(heard))
        return heard

    def _log(self, act: Act, *, turn: int | None = None) -> None:
        self._archive.append_log(self._session_id, act_entry(act, turn=turn))
