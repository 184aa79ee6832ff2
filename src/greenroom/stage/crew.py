"""Everybody who works on a spoken session, handed from room to room as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask
from greenroom.dialogue.packs import InterviewWords
from greenroom.hearing.listener import Listener
from greenroom.hearing.transcription_thread import TranscriptionThread
from greenroom.hearing.utterance import Hints
from greenroom.stage.captions import Captions
from greenroom.stage.coach import Coach
from greenroom.stage.keys import Keys
from greenroom.stage.screen import Screen
from greenroom.stage.trace import Trace
from greenroom.stage.voicing import Voicing
from greenroom.types import Turn


@dataclass(frozen=True, slots=True)
class Crew:
    """The parts of one session.

    Attributes:
        says: what the interviewer says about listening itself.
        hints: how answers to a prompt are made out; None without a quick ear.
        coach: looks at answers; None where nobody wants to hear of it.
        too_loud: whether the loudspeaker drowns who speaks at the same time.
        discreet: private prompts are shown, not said; not even when they are asked for once more.
    """

    archive: Archive
    session_id: int
    listener: Listener
    transcriber: TranscriptionThread
    captions: Captions
    voicing: Voicing
    screen: Screen
    keys: Keys
    trace: Trace
    says: InterviewWords
    hints: Callable[[Ask], Hints | None]
    too_loud: Callable[[], bool]
    coach: Coach | None = None
    discreet: bool = False

    @contextmanager
    def patiently(self) -> Iterator[None]:
        """Inside, the program speaks in the middle of an answer, and no silence closes it."""
        self.listener.be_patient(True)
        try:
            yield
        finally:
            self.listener.be_patient(False)

    def audio_name(self, turn: Turn) -> str:
        """A turn's recording in progress as the archive names it: relative to the home."""
        return f"audio/{self.session_id}/{turn.number:02d}.wav"
