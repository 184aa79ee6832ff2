"""Keeps a spoken answer: the recording first, its words when they are there, each stored as it comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from greenroom.coaching.timing import timing_of_spans
from greenroom.dialogue.acts import Command, Heard
from greenroom.errors import GreenroomError
from greenroom.hearing.events import Answered
from greenroom.hearing.stitching import stitched
from greenroom.hearing.taking import remove_recording
from greenroom.stage import words
from greenroom.stage.crew import Crew
from greenroom.stage.keeping import measured
from greenroom.stage.screen import Listening
from greenroom.stage.waiting import wait_all
from greenroom.types import Advice, Answer, Fillers, Timing, Transcript, Turn, Word

Wish: TypeAlias = Literal["skip", "stop", "again"]
"""What the person asked for instead of, or after, answering."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was stored.

    `sound` tells whether its recording is worth keeping.
    """

    turn: Turn
    answer: Answered
    heard: Heard
    sound: bool = True


class AnswerKeeper:
    """Stores the answers of one session."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew

    def skip(self, turn: Turn, wish: Wish | None) -> Heard:
        """Nothing was said, and nothing is kept but that."""
        self._crew.archive.store_recording(turn.id, audio=None, timing=None, voiced=(), status="skipped")
        self._crew.trace("turn_stored", turn=turn.number)
        return Heard(turn.number, "skipped", command=_command(wish))

    def keep(
        self,
        turn: Turn,
        answer: Answered,
        wish: Wish | None,
        *,
        cut_off: bool = False,
        watch: Callable[[], None] = lambda: None,
    ) -> Kept:
        """Store the recording, wait for its words, store them.

        Args:
            cut_off: the person did not mean to end here.
            watch: called all the time while words are waited for; what it raises goes through.

        Raises:
            GreenroomError: the microphone gave pure silence for the whole time, or the disk is full.
            KeyboardInterrupt: Ctrl-C; the recording is stored, its words follow at the next start.
        """
        if answer.voiced:
            return self._keep_sound(turn, answer, wish, cut_off=cut_off, watch=watch)
        if answer.closed_by == "silence":
            self._crew.screen.note(words.SKIPPED)
            if answer.digital_silence:
                self.skip(turn, wish)
                remove_recording(answer.wav)
                raise GreenroomError(words.MICROPHONE_SILENT, words.MICROPHONE_SILENT_REMEDY)
        if wish is not None or answer.digital_silence:
            return Kept(turn, answer, self.skip(turn, wish), sound=False)
        # Somebody may have whispered: the sound stays.
        name = self._crew.audio_name(turn)
        self._crew.archive.question_ended(turn.id, answer.question_ended_s, name)
        self._crew.archive.store_recording(turn.id, audio=name, timing=None, voiced=(), status="skipped")
        self._crew.trace("turn_stored", turn=turn.number)
        return Kept(turn, answer, Heard(turn.number, "skipped"))

    def _keep_sound(
        self, turn: Turn, answer: Answered, wish: Wish | None, *, cut_off: bool, watch: Callable[[], None]
    ) -> Kept:
        voiced, question_ended_s = answer.voiced, answer.question_ended_s
        timing = timing_of_spans(voiced, question_ended_s, 0, answer.left_out)
        name = self._crew.audio_name(turn)
        with self._crew.archive.together():
            self._crew.archive.question_ended(turn.id, question_ended_s, name)
            self._crew.archive.store_recording(
                turn.id,
                audio=name,
                timing=timing,
                voiced=voiced,
                status="recorded",
                live=self._crew.listener.live,
                reopened_after=answer.reopened_after_s,
                left_out=answer.left_out,
            )
        self._crew.trace("turn_stored", turn=turn.number)
        try:
            stretches = wait_all(answer.stretches, self._crew.keys, self._show_waiting, watch)
        except GreenroomError as error:
            self._crew.screen.listening(None)
            self._crew.screen.note(words.NOT_TRANSCRIBED.format(reason=error.message))
            return Kept(turn, answer, Heard(turn.number, "recorded", timing=timing, command=_command(wish)))
        finally:
            self._crew.screen.listening(None)
        recogniser = self._crew.transcriber.recogniser.result()
        transcript = stitched(
            self._best(answer, stretches),
            # What the quick ear knows best is not decoded again.
            recogniser.final.made_by(recogniser.name, hurried=answer.hurried and not answer.short_text),
            first_s=voiced[0].start_s,
            last_s=voiced[-1].end_s,
        )
        status: Literal["answered", "skipped", "unfinished"] = "answered"
        if wish == "skip" or not transcript.words:  # a cough, a door: nothing that could be written down
            status = "skipped"
        elif wish in ("stop", "again") or cut_off:
            status = "unfinished"
        timing, fillers = measured(transcript.words, voiced, question_ended_s, answer.left_out)
        self._crew.archive.store_transcript(
            turn.id, transcript, timing=timing, fillers=fillers, status=status
        )
        self._crew.trace("transcript_ready", turn=turn.number)
        self._crew.screen.heard(transcript.text)
        heard = Heard(
            turn.number,
            status,
            "" if status == "skipped" else transcript.text,
            timing,
            transcript.words[0].start_s if transcript.words else None,
            _command(wish),
            advice=self._advice(turn, transcript, answer, timing, fillers) if status == "answered" else None,
        )
        return Kept(turn, answer, heard)

    def _advice(
        self,
        turn: Turn,
        transcript: Transcript,
        answer: Answered,
        timing: Timing | None,
        fillers: Fillers,
    ) -> Advice | None:
        if self._crew.coach is None:
            return None
        return self._crew.coach.look(
            turn.prompt_id,
            Answer(
                turn.prompt,
                transcript.text,
                transcript.words,
                answer.voiced,
                answer.left_out,
                timing,
                fillers,
            ),
        )

    def _best(self, answer: Answered, stretches: Sequence[Sequence[Word]]) -> Sequence[Sequence[Word]]:
        """The words of the stretches; or of the quick ear, when that heard a phrase it knows."""
        text = answer.short_text
        if text is None or not text.split():
            return stretches
        first_s, last_s = answer.voiced[0].start_s, answer.voiced[-1].end_s
        pieces = text.split()
        each_s = (last_s - first_s) / len(pieces)
        found = [word.probability for stretch in stretches for word in stretch]
        probability = min(found, default=0.0)
        return [
            [
                Word(piece, first_s + n * each_s, first_s + (n + 1) * each_s, probability)
                for n, piece in enumerate(pieces)
            ]
        ]

    def _show_waiting(self) -> None:
        self._crew.screen.listening(Listening(words.TRANSCRIBING, keys=False))


def _command(wish: Wish | None) -> Command | None:
    return None if wish == "skip" else wish
