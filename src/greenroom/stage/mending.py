"""What an interrupted session left behind is made whole: audio closed, transcribed, stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from greenroom.archive import Archive
from greenroom.archive.recovery import Interrupted, OpenTurn, interrupted
from greenroom.errors import GreenroomError
from greenroom.hearing.recorded import hear_in_words
from greenroom.hearing.recorder import keep_as_flac
from greenroom.hearing.transcriber import Recogniser
from greenroom.hearing.vad import SileroVad
from greenroom.review.figures import counted, day_and_time, seconds
from greenroom.stage import words
from greenroom.stage.keeping import keep_heard
from greenroom.types import SessionKind, TurnStatus


@dataclass(frozen=True, slots=True)
class Mended:
    """What was found and saved of one session. `cut_off`: it had been interrupted, not only left without
    words. `problem`: why something could not be done now; it is tried again at the next start."""

    session_id: int
    kind: SessionKind
    started_at: str
    cut_off: bool
    answers: int
    sound_s: float
    words: int
    problem: GreenroomError | None


def mend(archive: Archive, load_model: Callable[[], Recogniser]) -> list[Mended]:
    """Find and mend every interrupted session. The model is loaded only if there is speech to transcribe."""
    model: list[Recogniser] = []

    def recogniser() -> Recogniser:
        if not model:
            model.append(load_model())
        return model[0]

    return [_mend_session(archive, found, recogniser) for found in interrupted(archive)]


def _mend_session(archive: Archive, found: Interrupted, recogniser: Callable[[], Recogniser]) -> Mended:
    answers, sound_s, word_count = 0, 0.0, 0
    problem: GreenroomError | None = None
    for silent in found.silent_turns:
        archive.store_recording(silent.id, audio=None, timing=None, voiced=(), status="skipped")
    for turn in found.open_turns:
        try:
            length_s, count = _mend_turn(archive, found, turn, recogniser)
        except GreenroomError as error:
            problem = error
            continue
        if length_s:
            answers, sound_s, word_count = answers + 1, sound_s + length_s, word_count + count
    archive.finish_recovery(found.session_id)
    return Mended(
        found.session_id, found.kind, found.started_at, found.cut_off, answers, sound_s, word_count, problem
    )


def _mend_turn(
    archive: Archive, found: Interrupted, turn: OpenTurn, recogniser: Callable[[], Recogniser]
) -> tuple[float, int]:
    """Returns the seconds of speech and the number of words saved; zeros when nobody had spoken."""
    wav, audio = turn.audio.with_suffix(".wav"), turn.audio.with_suffix(".flac")
    name = f"audio/{found.session_id}/{audio.name}"
    if turn.audio == wav:
        keep_as_flac(wav, audio)  # all of it: nobody knows yet where the first word is
        archive.question_ended(turn.turn.id, turn.question_ended_s, name)
    wav.unlink(missing_ok=True)  # also one whose program died just after its FLAC was stored
    question_ended_s = turn.question_ended_s
    if question_ended_s is None:
        # It was still being asked: what sounds in there may be the question, out of the loudspeaker.
        return keep_heard(archive, turn.turn.id, name, 0.0, None, "skipped")
    heard = hear_in_words(audio, question_ended_s, SileroVad(), recogniser)
    status: TurnStatus = "answered" if turn.closed else "unfinished"
    return keep_heard(archive, turn.turn.id, name, question_ended_s, heard, status)


def told(mended: Mended) -> list[str]:
    """What was found, in a line or two."""
    lines = []
    if mended.cut_off:
        what = "" if mended.problem else words.FOUND_NOTHING_SAID
        if mended.answers:
            what = words.FOUND_ANSWERS.format(
                count=counted(mended.answers, "answer"), length=seconds(mended.sound_s), words=mended.words
            )
        lines.append(
            words.FOUND.format(
                kind=words.KINDS[mended.kind],
                when=day_and_time(mended.started_at),
                session=mended.session_id,
                what=what,
            )
        )
    elif mended.answers:
        lines.append(
            words.WRITTEN_DOWN.format(count=counted(mended.answers, "answer"), session=mended.session_id)
        )
    if mended.problem is not None:
        lines.append(words.NOT_YET.format(session=mended.session_id, reason=mended.problem.message))
        lines.append(mended.problem.remedy)
    return lines
