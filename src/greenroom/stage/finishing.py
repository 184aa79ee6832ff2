"""Makes answers final in idle time: their words once more from the whole, their sound into a FLAC file.

The work is done on the transcriber's thread, when nobody speaks; the main thread stores what is done.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass

from greenroom.archive import OpenTurn
from greenroom.errors import GreenroomError
from greenroom.hearing.transcriber import GiveWay, Recogniser
from greenroom.stage.crew import Crew
from greenroom.stage.keeping import audio_name, close_sound, final_transcript, forget_sound, keep_final
from greenroom.stage.waiting import wait_all
from greenroom.types import Transcript, Turn


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An answer on its way to being final. The transcript is None when there are no words in it."""

    turn: OpenTurn
    transcript: Future[Transcript | None]


class Finisher:
    """The answers of one session on their way to being final, and those an earlier one had no time for."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._waiting: list[_Waiting] = []

    def begin(self, turn: Turn) -> None:
        """This answer cannot go on any more, and its file is closed."""
        found = self._crew.archive.open_turn(turn.id)
        if found is not None:
            self._begin(found)

    def take_up(self) -> None:
        """Answers of earlier sessions that nobody has made final yet."""
        for found in self._crew.archive.unfinal_turns():
            if found.audio.exists() and self._crew.archive.claim(found.session_id):
                self._begin(found)

    def poll(self) -> None:
        """Store what is done by now."""
        done = [one for one in self._waiting if one.transcript.done()]
        if done:
            self._waiting = [one for one in self._waiting if one not in done]
        for one in done:
            self._store(one)

    def drain(self, show: Callable[[], None]) -> None:
        """Wait for this session's. What is not done when the person leaves is done another time.

        Args:
            show: called once it has taken long enough to be noticed.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        ours = [one for one in self._waiting if one.turn.session_id == self._crew.session_id]
        for one in ours:
            try:
                wait_all([one.transcript], self._crew.keys, show)
            except GreenroomError:
                continue  # the recording is kept, and is looked at again another time
        self.poll()

    def _begin(self, turn: OpenTurn) -> None:
        work = self._crew.transcriber.later(lambda recogniser, give_way: _finish(turn, recogniser, give_way))
        self._waiting.append(_Waiting(turn, work))

    def _store(self, one: _Waiting) -> None:
        turn, archive = one.turn, self._crew.archive
        try:
            transcript = one.transcript.result()
        except (GreenroomError, CancelledError):
            return
        if transcript is None:
            archive.store_audio(turn.turn.id, audio_name(turn))
            forget_sound(turn)
        else:
            keep_final(archive, turn, transcript)
        if turn.session_id != self._crew.session_id:
            if all(other.turn.session_id != turn.session_id for other in self._waiting):
                archive.release(turn.session_id)
        elif transcript is not None:
            self._crew.trace("transcript_final", turn=turn.turn.number)


def _finish(turn: OpenTurn, recogniser: Recogniser, give_way: GiveWay) -> Transcript | None:
    """On the transcriber's thread."""
    close_sound(turn)
    if turn.turn.transcript is None or turn.turn.original is not None:  # what was corrected is final as it is
        return None
    return final_transcript(turn, recogniser, give_way)
