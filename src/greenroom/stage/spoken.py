"""One spoken turn: ask it, listen, and keep what was said.

An answer closed by silence stays open behind what is said next; `watch`, called all that time, notices when
the person goes on, and raises Reopened.
"""

from __future__ import annotations

import queue
import time
from contextlib import suppress
from pathlib import Path

from greenroom.dialogue.acts import Ask, Heard
from greenroom.hearing.endpoint import EventKind
from greenroom.hearing.events import Answered, Fault, Happened, ListenerEvent, Settled, Told
from greenroom.hearing.taking import remove_recording
from greenroom.stage import words
from greenroom.stage.answers import AnswerKeeper, Kept
from greenroom.stage.crew import Crew
from greenroom.stage.finishing import Finisher
from greenroom.stage.following import Follower, Progress
from greenroom.stage.keys import Key
from greenroom.stage.screen import Listening
from greenroom.stage.steering import Steering
from greenroom.stage.turns import Reopened
from greenroom.stage.waiting import STEP_S, so_far
from greenroom.types import Turn

CLOSING_S = 1.5
"""After Ctrl-C: the half second after the last word, and the sound still on its way from the device."""
REOPENS_S = 1.5
"""So far into the next question an answer may still go on; later it is an answer to that question."""
CLEAR_SILENCE_S = 1.2
"""Left before the next question where an answer can only be reopened while the program is silent."""
SETTLING_S = 2.0
"""The ear answers within a tenth of a second; by then it has died."""
QUIET_PROMPTS = 2
"""So many prompts in a row without a sound, and nobody is there: the session waits."""


class SpokenTurns:
    """Hears answers through a listener, and stores them."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._keeper = AnswerKeeper(crew)
        self._finisher = Finisher(crew)
        self._follower = Follower(crew)
        self._steering = Steering(crew, self._follower)
        self._told_too_loud = False
        self._open: tuple[Progress, Kept] | None = None
        self._settle_at_s: float | None = None
        self._quiet_prompts = 0

    def hear(self, ask: Ask, turn: Turn, *, aloud: bool) -> Heard:
        """Ask it and bring back what was heard.

        Raises:
            GreenroomError: the microphone or the disk has failed; what was said is stored.
            KeyboardInterrupt: Ctrl-C; what was said is stored.
            Reopened: the answer before this one goes on.
        """
        model = self._crew.transcriber.recogniser
        if model.done() and (failed := model.exception()) is not None:
            raise failed  # better before a question than after an answer
        if not self._crew.listener.ready():
            self._crew.screen.note(words.NO_MORE_FILES)
            return self._keeper.skip(turn, None)
        progress = Progress(ask, turn)
        self._crew.captions.clear()
        self._crew.keys.strict(ask.strict)
        try:
            self._ask(progress, aloud=aloud)
            self._crew.voicing.prepare_after(ask.text)
            return self._answer(progress)
        except KeyboardInterrupt:
            self._save_what_is_there(turn)
            raise
        finally:
            self._crew.keys.strict(False)

    def settle(self) -> None:
        """No answer can go on any more. Raises Reopened when one just has."""
        self._settle_at_s = time.monotonic()
        self._wait_until_settled()

    def begin(self) -> None:
        """Before the first act: what earlier sessions had no time for is made final in idle moments."""
        self._finisher.take_up()

    def leave(self) -> None:
        """The session is left: who had just gone on with an answer has that much kept as well."""
        if self._open is not None:
            progress, _ = self._open
            self._crew.listener.close()
            self._take_what_came(progress.turn)

    def finish(self) -> None:
        """Make final what is not final yet; what is not done when the person leaves is done another time.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        self._crew.transcriber.hold(False)
        try:
            self._finisher.drain(lambda: self._crew.screen.listening(Listening(words.FINISHING, keys=False)))
        finally:
            self._crew.screen.listening(None)

    def watch(self) -> None:
        """Called all the time while the program speaks or waits.

        Raises:
            Reopened: the person goes on with the answer that seemed to be over.
            GreenroomError: the ear has failed.
        """
        self._finisher.poll()
        if self._settle_at_s is not None and time.monotonic() >= self._settle_at_s:
            self._settle_at_s = None
            self._crew.listener.settle()
        while self._open is not None:
            progress, kept = self._open
            try:
                event = self._crew.listener.events.get_nowait()
            except queue.Empty:
                return
            if isinstance(event, Settled):
                self._settled(kept)
            elif _reopens(event):
                self._open = self._settle_at_s = None
                self._crew.screen.note(words.GOING_ON)
                self._follower.follow(event, progress)
                raise self._reopened(progress)
            else:
                self._follower.follow(event, progress)

    def _reopened(self, progress: Progress) -> Reopened:
        return Reopened(progress.turn, lambda: self._answer(progress))

    # Asking

    def _ask(self, progress: Progress, *, aloud: bool) -> None:
        ask, turn = progress.ask, progress.turn
        if self._open is not None and self._is_too_loud():
            self._leave_clear_silence()
        name = self._crew.audio_name(turn)
        folder = self._crew.archive.session_audio_dir(self._crew.session_id)
        self._crew.archive.question_ended(turn.id, None, name)
        self._crew.listener.begin(turn.number, folder / Path(name).name, self._crew.hints(ask))
        if aloud:
            self._crew.voicing.breathe()
        self._crew.trace("question_started", turn=turn.number)
        if self._open is not None:
            self._settle_at_s = time.monotonic() + REOPENS_S
        ended_s: float | None = None
        while True:
            key: Key | None = None
            if aloud:
                said = self._crew.voicing.say(ask.text, fixed=ask.fixed)
                ended_s, key = said.voiced_until_stream_s, said.key
            if key is Key.PAUSE:
                self.settle()
                self._steering.pause(progress)
            elif key is not Key.REPEAT:
                break
        if ended_s is None:
            ended_s = time.monotonic()
        if key is not None:  # who steers the program does not go on with what was before
            self._settle_at_s = time.monotonic()
        self._wait_until_settled()
        self._crew.listener.question_ended(turn.number, ended_s)
        self._crew.trace("question_ended", turn=turn.number, moment_s=ended_s)
        if key is not None:
            self._steering.do(key, progress)

    def _leave_clear_silence(self) -> None:
        """The loudspeaker drowns who speaks over it: leave time to go on before the question."""
        self._crew.listener.deafen(False)
        until_s = time.monotonic() + CLEAR_SILENCE_S
        while time.monotonic() < until_s:
            self.watch()
            time.sleep(STEP_S / 5)
        self.settle()

    def _wait_until_settled(self) -> None:
        """Wait for the ear's word that the answer before cannot go on. Raises Reopened when it did."""
        until_s = max(self._settle_at_s or 0.0, time.monotonic()) + SETTLING_S
        while self._open is not None and time.monotonic() < until_s:
            self.watch()
            pressed = self._crew.keys.poll()
            if pressed is not None:
                self._settle_at_s = time.monotonic()
                if pressed is not Key.DONE:
                    self._crew.keys.put_back(pressed)
            time.sleep(STEP_S / 5)
        self._settle_at_s = None

    # Listening

    def _answer(self, progress: Progress) -> Heard:
        """Listen until the answer is over, and store it."""
        while True:
            answer = self._listen(progress)
            try:
                kept = self._keep(progress, answer)
            except Reopened:
                self._crew.archive.reopen_turn(progress.turn.id)
                continue
            if answer.open:
                self._open = progress, kept
                self._crew.listener.deafen(self._is_too_loud())
            else:
                self._settled(kept)
            self._wait_if_nobody_is_there(answer, progress)
            return kept.heard

    def _listen(self, progress: Progress) -> Answered:
        progress.since_s = time.monotonic()
        progress.closed = False
        try:
            while True:
                self._finisher.poll()
                answer = self._next_event(progress)
                if answer is None and (pressed := self._crew.keys.poll()) is not None:
                    self._steering.do(pressed, progress)
                if answer is None and self._crew.listener.live and not progress.ask.strict:
                    self._steering.offer(progress, aloud=not self._is_too_loud())
                if answer is not None:
                    if not progress.closed:  # by a key, the end of a file, or because nobody spoke
                        self._crew.trace("answer_closed", turn=progress.turn.number)
                    return answer
                self._follower.show(progress)
        finally:
            self._crew.transcriber.hold(False)
            self._crew.screen.listening(None)

    def _next_event(self, progress: Progress) -> Answered | None:
        try:
            event = self._crew.listener.events.get(timeout=STEP_S)
        except queue.Empty:
            return None
        if isinstance(event, Answered):
            return event
        if isinstance(event, Settled) and self._open is not None:  # late, from an ear that was very busy
            self._settled(self._open[1])
        if isinstance(event, Fault) and event.answer is not None:
            self._keeper.keep(progress.turn, event.answer, None, cut_off=True)
        self._follower.follow(event, progress)
        if isinstance(event, Told):
            self._steering.obey(event, progress)
        return None

    def _keep(self, progress: Progress, answer: Answered) -> Kept:
        def watch() -> None:
            """While its words are waited for, the person may go on."""
            if not answer.open:
                return
            for event in so_far(self._crew.listener.events):
                self._follower.follow(event, progress)
                if _reopens(event):
                    raise self._reopened(progress)

        return self._keeper.keep(progress.turn, answer, progress.wish, watch=watch)

    def _wait_if_nobody_is_there(self, answer: Answered, progress: Progress) -> None:
        self._quiet_prompts = self._quiet_prompts + 1 if answer.closed_by == "silence" else 0
        if self._quiet_prompts == QUIET_PROMPTS and not progress.ask.strict:
            self._quiet_prompts = 0
            self._crew.screen.say(self._crew.says.paused_quiet)
            self._steering.pause(progress, self._crew.says.paused_quiet)

    def _settled(self, kept: Kept) -> None:
        self._open = self._settle_at_s = None
        if kept.sound:
            self._finisher.begin(kept.turn)
        else:
            remove_recording(kept.answer.wav)

    def _is_too_loud(self) -> bool:
        too_loud = self._crew.too_loud()
        if too_loud and not self._told_too_loud:
            self._told_too_loud = True
            self._crew.screen.note(words.TOO_LOUD)
        return too_loud

    def _save_what_is_there(self, turn: Turn) -> None:
        """Ctrl-C: close the recording as on Enter, last syllables included, and store it."""
        self._crew.screen.listening(None)
        self._crew.listener.finish(turn.number)
        deadline_s = time.monotonic() + CLOSING_S
        while time.monotonic() < deadline_s:
            with suppress(queue.Empty):
                if self._stored(turn, self._crew.listener.events.get(timeout=STEP_S)):
                    return
        self._crew.listener.close()  # no more sound comes: take what there is
        self._take_what_came(turn)

    def _take_what_came(self, turn: Turn) -> None:
        for event in so_far(self._crew.listener.events):
            if self._stored(turn, event):
                return

    def _stored(self, turn: Turn, event: ListenerEvent) -> bool:
        """Store the answer of this turn, if this event brings it."""
        answer = event.answer if isinstance(event, Fault) else event
        if not isinstance(answer, Answered):
            return False
        if self._open is not None and answer.turn == self._open[0].turn.number:
            turn = self._open[0].turn  # it had just been reopened
        elif answer.turn != turn.number:
            return False
        self._keeper.keep(turn, answer, None, cut_off=True)
        return True


def _reopens(event: ListenerEvent) -> bool:
    return isinstance(event, Happened) and event.event.kind is EventKind.ANSWER_REOPENED
