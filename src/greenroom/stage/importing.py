"""A recording made elsewhere becomes a stored session: copied first, then heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from greenroom.archive import Archive
from greenroom.dialogue.log import plan_entry
from greenroom.dialogue.plan import Plan
from greenroom.hearing.load import load
from greenroom.hearing.recorded import hear_in_words
from greenroom.hearing.recorder import Recorder, keep_as_flac
from greenroom.hearing.transcriber import Recogniser
from greenroom.hearing.vad import SileroVad
from greenroom.review.figures import seconds
from greenroom.stage import words
from greenroom.stage.keeping import keep_heard
from greenroom.stage.memo import RECALL, memo_entry, memo_of
from greenroom.stage.mending import finalise
from greenroom.types import IMPORTED, SAMPLE_RATE_HZ, Turn


@dataclass(frozen=True, slots=True)
class Imported:
    """One file brought in. `word_count` is 0 when nobody speaks in it."""

    file: Path
    session_id: int
    length_s: float
    word_count: int


class Importer:
    """Brings recordings in, one session each. The model is loaded at the first that has speech."""

    def __init__(self, archive: Archive, load_model: Callable[[], Recogniser]) -> None:
        self._archive = archive
        self._load_model = load_model
        self._model: Recogniser | None = None

    def bring(
        self, file: Path, *, company: str | None = None, role: str | None = None, debrief: Plan | None = None
    ) -> Imported:
        """Store one recording with its words and timing.

        Args:
            debrief: the memo is the free recall of this one. It is left interrupted, to be gone on with.

        Raises:
            GreenroomError: it cannot be read or stored. What was copied of it stays, and is transcribed at
                the next start.
        """
        archive = self._archive
        session_id = archive.start_session("debrief" if debrief else "import", company=company, role=role)
        try:
            turn = self._begin_debrief(session_id, debrief) if debrief else self._begin(session_id, file)
            wav = archive.session_audio_dir(session_id) / "01.wav"
            archive.question_ended(turn.id, 0.0, f"audio/{session_id}/{wav.name}")
            recorder = Recorder(wav)
            for pcm in load(file):
                recorder.write(pcm)
            recorder.close()
            flac = wav.with_suffix(".flac")
            keep_as_flac(wav, flac)
            name = f"audio/{session_id}/{flac.name}"
            archive.store_recording(turn.id, audio=name, timing=None, voiced=())
            wav.unlink()
            heard = hear_in_words(flac, 0.0, SileroVad(), self._recogniser)
            keep_heard(archive, turn.id, name, 0.0, heard, "answered")
            finalise(archive, self._recogniser, session_id)
            [stored] = archive.session(session_id).turns
            if debrief and stored.transcript:
                archive.append_log(session_id, memo_entry(memo_of(stored)))
        except BaseException:
            archive.end_session(session_id, "interrupted")
            raise
        archive.end_session(session_id, "interrupted" if debrief else "finished")
        return Imported(file, session_id, recorder.samples / SAMPLE_RATE_HZ, len(stored.words))

    def _begin(self, session_id: int, file: Path) -> Turn:
        return self._archive.start_turn(session_id, part="interview", prompt_id=IMPORTED, prompt=file.name)

    def _begin_debrief(self, session_id: int, plan: Plan) -> Turn:
        assert plan.debrief is not None
        recall = next(step for step in plan.debrief.steps if step.id == RECALL)
        with self._archive.together():
            self._archive.append_log(session_id, plan_entry(plan))
            return self._archive.start_turn(
                session_id, part="debrief", phase=plan.phase, prompt_id=recall.id, prompt=recall.ask
            )

    def _recogniser(self) -> Recogniser:
        if self._model is None:
            self._model = self._load_model()
        return self._model


def told(imported: Imported) -> str:
    """One line about a file brought in."""
    line = words.IMPORTED if imported.word_count else words.IMPORTED_SILENT
    return line.format(
        file=imported.file.name,
        session=imported.session_id,
        length=seconds(imported.length_s),
        words=imported.word_count,
    )
