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
from greenroom.stage.waiting import STEP_S, so_far

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
        told: Told | None = None
        began_s = time.monotonic()
        try:
            self._follower.show(progress)
            self._crew.voicing.prepare(self._crew.says.go_on)
            said = self._crew.voicing.say(self._crew.says.paused if says is None else says, fixed=True)
            pressed = Key.DONE if said.cut and said.key is None else said.key
            while pressed is None and told is None:
                told = self._told_to_go_on(progress, closed)
                pressed = self._crew.keys.poll()
                self._follower.show(progress)
            if pressed not in (None, Key.PAUSE, Key.DONE):  # skip, stop, repeat: go on, and then do that
                self._crew.keys.put_back(pressed)
        finally:
            progress.state = before
            progress.since_s += time.monotonic() - began_s
            self._crew.listener.go_on(as_of_s=told.moment_s if told else None)
            for answer in closed:
                self._crew.listener.events.put(answer)
        if told is not None and told.command == "continue":
            self._crew.screen.listening(None)
            self._say_until_spoken(self._crew.says.go_on, progress)
        elif told is not None:
            self._crew.keys.put_back(_COMMANDS[told.command])

    def offer(self, progress: Progress, *, aloud: bool) -> None:
        """Offer the question once more when nothing has been said for long; silent as soon as it is."""
        waited_s = time.monotonic() - progress.since_s
        if progress.spoken or progress.offered or waited_s < OFFER_S or self._follower.lost:
            return
        progress.offered = True
        self._crew.screen.listening(None)
        self._crew.screen.say(self._crew.says.offer_repeat)
        if aloud:
            self._say_until_spoken(self._crew.says.offer_repeat, progress)

    def _say_until_spoken(self, text: str, progress: Progress) -> None:
        """Say something while the answer is heard on, and fall silent as soon as the person speaks."""
        speeches = progress.speeches

        def watch() -> None:
            for event in so_far(self._crew.listener.events):
                if isinstance(event, Answered | Told):
                    self._crew.listener.events.put(event)  # whoever listens next gets it
                    raise _Over
                self._follower.follow(event, progress)
                if progress.speeches != speeches:
                    raise _Over

        with suppress(_Over), self._crew.patiently(), self._crew.voicing.watched_by(watch):
            self._crew.voicing.say_aside(text, fixed=True)

    def _told_to_go_on(self, progress: Progress, closed: list[Answered]) -> Told | None:
        """The command that ends the pause, if one has come. An answer that was closed just before the pause
        goes into `closed`."""
        try:
            event = self._crew.listener.events.get(timeout=STEP_S)
        except queue.Empty:
            return None
        if isinstance(event, Answered):
            closed.append(event)
        elif isinstance(event, Told):
            self._crew.trace(
                "command_heard", turn=progress.turn.number, moment_s=event.moment_s, command=event.command
            )
            return event if event.command in ("continue", "skip", "stop", "repeat") else None
        else:
            self._follower.follow(event, progress)
        return None

    def _repeat(self, progress: Progress) -> None:
        """Say it again. What is heard meanwhile is in no answer and no timing."""
        ask = progress.ask
        if self._crew.discreet and ask.private:
            self._crew.screen.ask(ask.text, None)
            return
        self._crew.listener.pause()
        ended_s: float | None = None
        try:
            self._crew.screen.listening(None)
            self._crew.screen.ask(ask.text, None)
            said = self._crew.voicing.say(ask.text, fixed=ask.fixed)
            ended_s = said.voiced_until_stream_s
            if said.key is not None:
                self._crew.keys.put_back(said.key)
        finally:
            self._crew.listener.go_on(as_of_s=ended_s)
