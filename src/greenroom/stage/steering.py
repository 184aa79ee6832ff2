"""Keys and spoken commands while an answer is being given: repeat, pause, skip, done, start again, stop."""

from __future__ import annotations

import queue
import time
from collections.abc import Mapping
from contextlib import suppress

from greenroom.hearing.events import Answered, Told
from greenroom.stage import words
from greenroom.stage.answers import Wish
from greenroom.stage.crew import Crew
from greenroom.stage.following import Follower, Progress
from greenroom.stage.keys import Key
from greenroom.stage.waiting import STEP_S

OFFER_S = 15.0
"""Silence after a question, after which it is offered once more."""

WISHES: Mapping[Key, Wish] = {Key.SKIP: "skip", Key.STOP: "stop"}
_COMMANDS: Mapping[str, Key] = {
    "repeat": Key.REPEAT,
    "skip": Key.SKIP,
    "done": Key.DONE,
    "pause": Key.PAUSE,
    "stop": Key.STOP,
}
"""Commands that do what a key does."""


class _Over(Exception):
    """The person speaks, or the answer is over: what is being said aloud is cut short."""


class Steering:
    """What keys and commands do to the turn in progress."""

    def __init__(self, crew: Crew, follower: Follower) -> None:
        self._crew = crew
        self._follower = follower

    def obey(self, told: Told, progress: Progress) -> None:
        """A spoken command."""
        self._crew.trace("command_heard", turn=told.turn, moment_s=told.moment_s, command=told.command)
        if told.command == "again":
            progress.wish = "again"
            self._crew.listener.finish(told.turn, as_of_s=told.moment_s)
        elif told.command in _COMMANDS:
            key = _COMMANDS[told.command]
            # An answer that was whole is not thrown away by who means the question after it.
            key = Key.DONE if key is Key.SKIP and progress.reopened else key
            self.do(key, progress, as_of_s=told.moment_s)

    def do(self, key: Key, progress: Progress, *, as_of_s: float | None = None) -> None:
        """A key, or a command that does the same, as of a moment on time.monotonic()."""
        if key is Key.PAUSE:
            self.pause(progress)
        elif key is Key.REPEAT:
            self._repeat(progress)
        else:
            progress.wish = WISHES.get(key, progress.wish)
            self._crew.listener.finish(progress.turn.number, as_of_s=as_of_s)

    def pause(self, progress: Progress, says: str | None = None) -> None:
        """Hear nothing but commands until one of them, or a key, ends it."""
        self._crew.listener.pause()
        before, progress.state = progress.state, words.PAUSED
        closed: list[Answered] = []
        began_s = time.monotonic()
        try:
            self._crew.screen.listening(None)
            self._crew.voicing.prepare(self._crew.says.go_on)
            said = self._crew.voicing.say(self._crew.says.paused if says is None else says, fixed=True)
            pressed = Key.DONE if said.cut and said.key is None else said.key
            while pressed is None and not self._told_to_go_on(progress, closed):
                pressed = self._crew.keys.poll()
                self._follower.show(progress)
            if pressed not in (None, Key.PAUSE, Key.DONE):  # skip, stop, repeat: go on, and then do that
                self._crew.keys.put_back(pressed)
        finally:
            progress.state = before
            progress.since_s += time.monotonic() - began_s
            self._crew.listener.go_on()
            for answer in closed:
                self._crew.listener.events.put(answer)

    def offer(self, progress: Progress, *, aloud: bool) -> Answered | None:
        """Offer the question once more when nothing has been said for long; silent as soon as it is.

        Returns:
            The answer, if it came to its end meanwhile.
        """
        waited_s = time.monotonic() - progress.since_s
        if progress.spoken or progress.offered or waited_s < OFFER_S or self._follower.lost:
            return None
        progress.offered = True
        self._crew.screen.listening(None)
        self._crew.screen.say(self._crew.says.offer_repeat)
        if not aloud:
            return None
        answers: list[Answered] = []

        def watch() -> None:
            with suppress(queue.Empty):
                while not progress.spoken:
                    event = self._crew.listener.events.get_nowait()
                    if isinstance(event, Answered):
                        answers.append(event)
                        raise _Over
                    self._follower.follow(event, progress)
                raise _Over

        with suppress(_Over), self._crew.voicing.watched_by(watch):
            self._crew.voicing.say_aside(self._crew.says.offer_repeat, fixed=True)
        return answers[0] if answers else None

    def _told_to_go_on(self, progress: Progress, closed: list[Answered]) -> bool:
        """Whether a command ends the pause. An answer that was closed just before it goes into `closed`."""
        try:
            event = self._crew.listener.events.get(timeout=STEP_S)
        except queue.Empty:
            return False
        if isinstance(event, Answered):
            closed.append(event)
            return False
        if not isinstance(event, Told):
            self._follower.follow(event, progress)
            return False
        self._crew.trace(
            "command_heard",
            turn=progress.turn.number,
            moment_s=event.moment_s,
            command=event.command,
        )
        if event.command == "continue":
            self._crew.screen.listening(None)
            self._crew.voicing.say_aside(self._crew.says.go_on, fixed=True)
        elif event.command in ("skip", "stop", "repeat"):
            self._crew.keys.put_back(_COMMANDS[event.command])
        return event.command in ("continue", "skip", "stop", "repeat")

    def _repeat(self, progress: Progress) -> None:
        """Say it again. Nothing is heard meanwhile, so it is in no answer and no timing."""
        ask = progress.ask
        self._crew.listener.pause()
        try:
            self._crew.screen.listening(None)
            self._crew.screen.ask(ask.text, None)
            pressed = self._crew.voicing.say(ask.text, fixed=ask.fixed).key
            if pressed is not None:
                self._crew.keys.put_back(pressed)
        finally:
            self._crew.listener.go_on()
