"""Keeps a spoken answer: the recording first, its words when they are there, each stored as it comes."""

from __future__ import annotations

from typing import Literal, TypeAlias

from greenroom.archive import Archive
from greenroom.coaching.fillers import count_fillers
from greenroom.coaching.timing import count_words, timing_of_spans
from greenroom.dialogue.acts import Command, Heard
from greenroom.errors import GreenroomError
from greenroom.hearing.listener import Answered
from greenroom.hearing.recorder import keep_as_flac
from greenroom.hearing.transcriber import TranscriptionThread, stitched
from greenroom.stage import words
from greenroom.stage.keys import Keys
from greenroom.stage.screen import Listening, Screen
from greenroom.stage.trace import Trace
from greenroom.stage.waiting import wait_all
from greenroom.types import Turn

Wish: TypeAlias = Literal["skip", "stop"]
"""What the person asked for instead of, or after, answering."""


class AnswerKeeper:
    """Stores the answers of one session."""

    def __init__(
        self,
        archive: Archive,
        session_id: int,
        transcriber: TranscriptionThread,
        screen: Screen,
        keys: Keys,
        trace: Trace,
    ) -> None:
        self._archive = archive
        self._session_id = session_id
        self._transcriber = transcriber
        self._screen = screen
        self._keys = keys
        self._trace = trace

    def audio_name(self, turn: Turn, suffix: str) -> str:
        """The turn's audio as the archive names it: relative to the home."""
        return f"audio/{self._session_id}/{turn.number:02d}.{suffix}"

    def skip(self, turn: Turn, wish: Wish | None) -> Heard:
        """Nothing was said, and nothing is kept but that."""
        self._archive.store_recording(turn.id, audio=None, timing=None, voiced=(), status="skipped")
        self._trace("turn_stored", turn=turn.number)
        return Heard(turn.number, "skipped", command=_command(wish))

    def keep(self, turn: Turn, answer: Answered, wish: Wish | None, *, cut_off: bool = False) -> Heard:
        """Store the recording, wait for its words, store them.

        Args:
            cut_off: the person did not mean to end here.

        Raises:
            GreenroomError: the microphone gave pure silence for the whole time, or the disk is full.
            KeyboardInterrupt: Ctrl-C; the recording is stored, its words follow at the next start.
        """
        nobody_spoke = not answer.voiced
        if nobody_spoke and (wish is not None or answer.digital_silence):
            answer.wav.unlink(missing_ok=True)
            heard = self.skip(turn, wish)
        else:
            heard = self._keep_sound(turn, answer, wish, cut_off=cut_off)
        if nobody_spoke and answer.closed_by == "silence":
            self._screen.note(words.SKIPPED)
            if answer.digital_silence:
                raise GreenroomError(words.MICROPHONE_SILENT, words.MICROPHONE_SILENT_REMEDY)
        return heard

    def _keep_sound(self, turn: Turn, answer: Answered, wish: Wish | None, *, cut_off: bool) -> Heard:
        # From here on seconds count from the first sample that is kept.
        moved_s = -answer.keep.start_s
        voiced = tuple(span.shifted(moved_s) for span in answer.voiced)
        question_ended_s = answer.question_ended_s + moved_s
        timing = timing_of_spans(voiced, question_ended_s, 0)
        keep_as_flac(answer.wav, answer.wav.with_suffix(".flac"), answer.keep.start_s, answer.keep.end_s)
        name = self.audio_name(turn, "flac")
        with self._archive.together():
            self._archive.question_ended(turn.id, question_ended_s, name)
            self._archive.store_recording(
                turn.id,
                audio=name,
                timing=timing,
                voiced=voiced,
                status="recorded" if voiced else "skipped",
            )
        answer.wav.unlink(missing_ok=True)
        self._trace("turn_stored", turn=turn.number)
        if not voiced:
            return Heard(turn.number, "skipped", command=_command(wish))
        try:
            stretches = wait_all(answer.stretches, self._keys, self._show_waiting)
        except GreenroomError as error:
            self._screen.listening(None)
            self._screen.note(words.NOT_TRANSCRIBED.format(reason=error.message))
            return Heard(turn.number, "recorded", timing=timing, command=_command(wish))
        finally:
            self._screen.listening(None)
        transcript = stitched(
            [[word.shifted(moved_s) for word in stretch] for stretch in stretches],
            self._transcriber.recogniser.result().name,
            first_s=voiced[0].start_s,
            last_s=voiced[-1].end_s,
        )
        status: Literal["answered", "skipped", "unfinished"] = "answered"
        if wish == "skip" or not transcript.words:  # a cough, a door: nothing that could be written down
            status = "skipped"
        elif wish == "stop" or cut_off:
            status = "unfinished"
        timing = timing_of_spans(voiced, question_ended_s, count_words(transcript.words))
        fillers = count_fillers(transcript.words, timing.answer_s if timing else 0.0)
        self._archive.store_transcript(turn.id, transcript, timing=timing, fillers=fillers, status=status)
        self._trace("transcript_ready", turn=turn.number)
        self._screen.heard(transcript.text)
        return Heard(
            turn.number,
            status,
            "" if status == "skipped" else transcript.text,
            timing,
            transcript.words[0].start_s if transcript.words else None,
            _command(wish),
        )

    def _show_waiting(self) -> None:
        self._screen.listening(Listening(words.TRANSCRIBING, keys=False))


def _command(wish: Wish | None) -> Command | None:
    return "stop" if wish == "stop" else None
