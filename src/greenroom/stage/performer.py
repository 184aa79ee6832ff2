"""Performs a script: says, asks, keeps, and writes every act and reply into the log as it happens."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from greenroom.archive import Archive
from greenroom.dialogue.acts import Act, Ask, Heard, Keep, Mark, Rate, Say, Script, Star, TakeBack
from greenroom.dialogue.log import (
    Replayed,
    Stored,
    act_entry,
    elapsed_s_of,
    heard_entry,
    of_the_last_plan,
    reopened_entry,
)
from greenroom.stage.screen import Screen
from greenroom.stage.takingback import item_of, stored_in, take_out, take_out_left_behind
from greenroom.stage.turns import Reopened, Turns
from greenroom.stage.voicing import Voicing
from greenroom.types import Grade, Turn

Ending = Literal["finished", "stopped"]

ASKING_AT_MOST_S = 15.0
"""What asking, waiting and closing may add to the time of an answer; what is more was a pause."""
SILENT_AT_MOST_S = 75.0
"""A prompt without an answer is over after 60 s of silence; what is more was a pause."""


class Performer:
    """Performs one session's script.

    Args:
        rewound: a fresh script, brought to where the session's log ends.
        discreet: private prompts and sentences are shown, not said.
        now_s: a monotonic clock.
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
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._archive = archive
        self._session_id = session_id
        self._turns = turns
        self._voicing = voicing
        self._screen = screen
        self._rewound = rewound
        self._discreet = discreet
        self._now_s = now_s
        self._asking: Turn | None = None
        self._fresh: list[Stored] = []
        """Stored since the last reply: taken back when that goes on."""
        self._marked: list[tuple[int, tuple[Grade, bool, str] | None]] = []
        """Turns graded since the last reply, each with the grade before."""
        self._gone: list[Stored] = []
        """What a step back has made untrue; it goes with the next reply, for "go back" may go on too."""
        self._elapsed_s = 0.0
        self._counted_until_s = 0.0

    def perform(self, script: Script, act: Act | None) -> Ending:
        """Go on with a script from an act it has yielded, to its end.

        Raises:
            GreenroomError, KeyboardInterrupt: on the way; everything up to then is stored.
        """
        ending: Ending = "finished"
        self._take_up()
        while True:
            try:
                if act is None:
                    self._turns.settle()
                    self._forget()
                    return ending
                heard = self._do(act)
            except Reopened as reopened:
                script, heard = self._taken_up(reopened)
                ending = "finished"
            if (heard and heard.command == "stop") or (isinstance(act, Say) and act.leaves):
                ending = "stopped"
            try:
                act = script.send(heard)
            except StopIteration:
                act = None

    def _do(self, act: Act) -> Heard | None:
        if isinstance(act, Say):
            self._show(act)
            if not (act.shown_only or (self._discreet and act.private)):
                self._voicing.say_aside(act.text, fixed=act.fixed)
            self._log(act)
            return None
        if isinstance(act, Ask):
            return self._ask(act)
        with self._archive.together():
            self._store(act)
        return None

    def _show(self, act: Say) -> None:
        (self._screen.aside if act.shown_only else self._screen.say)(act.text)

    def _store(self, act: Keep | Rate | Star | Mark | TakeBack) -> None:
        """What leaves a trace in the archive and is not heard. Within one transaction."""
        if isinstance(act, Mark):
            self._marked.append((act.turn, self._archive.grade_of(self._session_id, act.turn)))
            self._archive.grade(self._session_id, act.turn, act.grade, own=act.own)
            self._log(act)
            return
        if isinstance(act, TakeBack):
            stored = stored_in(self._archive, self._session_id)
            self._gone += stored[len(stored) - act.count :]
            self._log(act)
            return
        if isinstance(act, Keep):
            parent = (
                None if act.parent_key is None else item_of(self._archive, self._session_id, act.parent_key)
            )
            item = self._archive.keep_item(self._session_id, replace(act.item, parent=parent))
            self._log(act, item=item)
            self._fresh.append(Stored("keep", act.key, item))
        elif isinstance(act, Rate):
            replaced = self._archive.rate(self._session_id, act.phase, act.name, act.value)
            self._log(act, replaced=replaced)
            self._fresh.append(Stored("rate", phase=act.phase, name=act.name, replaced=replaced))
        else:
            starred = item_of(self._archive, self._session_id, act.key)
            if starred is not None:
                self._archive.star_item(starred)
            self._log(act)
            self._fresh.append(Stored("star", act.key))

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
        began_s = self._now_s()
        self._count(began_s - self._counted_until_s)
        return self._note(self._turns.hear(ask, turn, aloud=aloud), self._now_s() - began_s)

    def _note(self, heard: Heard, took_s: float) -> Heard:
        """Write down a reply; it comes back with the time the session has taken."""
        if heard.timing is not None:
            answer_s = heard.timing.thinking_s + heard.timing.answer_s
            took_s = min(max(took_s, answer_s), answer_s + ASKING_AT_MOST_S)
        elif not heard.text:
            took_s = min(took_s, SILENT_AT_MOST_S)
        self._count(took_s)
        heard = replace(heard, elapsed_s=round(self._elapsed_s, 1))
        with self._archive.together():
            self._forget()
            self._archive.append_log(self._session_id, heard_entry(heard))
        self._asking, self._fresh, self._marked = None, [], []
        return heard

    def _count(self, took_s: float) -> None:
        self._elapsed_s += took_s
        self._counted_until_s = self._now_s()

    def _taken_up(self, reopened: Reopened) -> tuple[Script, Heard]:
        """The script as it stands at an answer that goes on, and what was heard in all."""
        while True:
            script = self._rewind(reopened.turn)
            try:
                heard = reopened.go_on()
            except Reopened as once_more:
                reopened = once_more
                continue
            return script, self._note(heard, self._now_s() - self._counted_until_s)

    def _rewind(self, turn: Turn) -> Script:
        """Bring a fresh script to where this turn's answer is waited for; what came after it was not so."""
        with self._archive.together():
            self._archive.reopen_turn(turn.id)
            self._unmark()
            take_out(self._archive, self._session_id, self._fresh)
            if self._asking is not None:
                self._archive.drop_turn(self._asking.id)
            self._archive.append_log(self._session_id, reopened_entry(turn.number))
        self._asking, self._fresh, self._gone, self._marked = None, [], [], []
        return self._rewound().script

    def _unmark(self) -> None:
        """The grades given since the last reply were not so: what they replaced stands again."""
        for number, before in reversed(self._marked):
            self._archive.ungrade(self._session_id, number)
            if before is not None:
                grade, own, at = before
                self._archive.grade(self._session_id, number, grade, own=own, at=at)

    def _take_up(self) -> None:
        """Go on where the log ends: its time, and what a step back before a crash has left behind."""
        take_out_left_behind(self._archive, self._session_id)
        self._elapsed_s = elapsed_s_of(of_the_last_plan(self._archive.log(self._session_id)))
        self._counted_until_s = self._now_s()

    def _forget(self) -> None:
        """Take what is gone out of the archive."""
        take_out(self._archive, self._session_id, self._gone)
        self._gone = []

    def _log(
        self, act: Act, *, turn: int | None = None, item: int | None = None, replaced: int | None = None
    ) -> None:
        entry = act_entry(act, turn=turn, item=item, replaced=replaced)
        self._archive.append_log(self._session_id, entry)
