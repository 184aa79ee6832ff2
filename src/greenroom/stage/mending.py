"""What an interrupted session left behind is made whole: audio closed, transcribed, stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.archive import Archive, OpenTurn
from greenroom.archive.recovery import Interrupted, holds_sound, interrupted
from greenroom.errors import GreenroomError
from greenroom.hearing.final import silenced
from greenroom.hearing.load import load
from greenroom.hearing.recorded import hear_in_words
from greenroom.hearing.recorder import Recorder
from greenroom.hearing.transcriber import Recogniser
from greenroom.hearing.vad import SileroVad
from greenroom.review.figures import counted, day_and_time, seconds
from greenroom.stage import words
from greenroom.stage.keeping import (
    audio_name,
    close_sound,
    final_transcript,
    forget_sound,
    keep_final,
    keep_heard,
    kept_until_s,
)
from greenroom.stage.takingback import take_out_left_behind
from greenroom.types import SAMPLE_RATE_HZ, Pcm, SessionKind, Span, TurnStatus


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
    recogniser = _loaded_once(load_model)
    return [_mend_session(archive, found, recogniser) for found in interrupted(archive)]


def finalise(
    archive: Archive, load_model: Callable[[], Recogniser], session_id: int | None = None
) -> list[OpenTurn]:
    """Make words final that a session had no time for, one answer after the other; those made come back.

    Takes as long as it takes: for commands that are about transcribing. Rehearsals do it in idle time.

    Args:
        session_id: only those of this session, which may be ours; else of all that nobody is at work on.

    Raises:
        GreenroomError: the model cannot be loaded. An answer that cannot be read is left for another day.
    """
    recogniser = _loaded_once(load_model)
    done = []
    for turn in archive.unfinal_turns(session_id):
        ours = archive.holds(turn.session_id)
        if not holds_sound(turn.audio) or not (ours or archive.claim(turn.session_id)):
            continue
        try:
            model = recogniser()
            done += _finalised(archive, turn, model)
        finally:
            if not ours:
                archive.release(turn.session_id)
    return done


def _finalised(archive: Archive, turn: OpenTurn, recogniser: Recogniser) -> list[OpenTurn]:
    try:
        close_sound(turn)
        if turn.turn.original is not None:  # corrected by the person: only its sound was left to be closed
            archive.store_audio(turn.turn.id, audio_name(turn))
            forget_sound(turn)
            return [turn]
        transcript = final_transcript(turn, recogniser, lambda: None)
    except GreenroomError:
        return []
    keep_final(archive, turn, transcript)
    return [turn]


def _loaded_once(load_model: Callable[[], Recogniser]) -> Callable[[], Recogniser]:
    model: list[Recogniser] = []

    def recogniser() -> Recogniser:
        if not model:
            model.append(load_model())
        return model[0]

    return recogniser


def _mend_session(archive: Archive, found: Interrupted, recogniser: Callable[[], Recogniser]) -> Mended:
    answers, sound_s, word_count = 0, 0.0, 0
    problem: GreenroomError | None = None
    for silent in found.silent_turns:
        archive.store_recording(silent.id, audio=None, timing=None, voiced=(), status="skipped")
    for turn in found.open_turns:
        try:
            length_s, count = _mend_turn(archive, turn, recogniser)
        except GreenroomError as error:
            problem = error
            continue
        if length_s:
            answers, sound_s, word_count = answers + 1, sound_s + length_s, word_count + count
    for turn in found.unclosed_turns:
        try:
            _close(archive, turn)
        except GreenroomError as error:
            problem = error
    for turn in archive.open_turns(found.session_id):
        if turn.audio == turn.flac and turn.turn.status not in ("asked", "recorded"):
            forget_sound(turn)  # of a program that died just after its FLAC was stored
    take_out_left_behind(archive, found.session_id)
    archive.finish_recovery(found.session_id)
    return Mended(
        found.session_id, found.kind, found.started_at, found.cut_off, answers, sound_s, word_count, problem
    )


def _close(archive: Archive, turn: OpenTurn) -> None:
    """An answer that has its words, cut off while it might still have gone on."""
    if holds_sound(turn.audio):
        close_sound(turn)
        archive.store_audio(turn.turn.id, audio_name(turn))
        forget_sound(turn)
    elif turn.flac.exists():
        archive.store_audio(turn.turn.id, audio_name(turn))
    else:
        archive.store_audio(turn.turn.id, None)


def _mend_turn(archive: Archive, turn: OpenTurn, recogniser: Callable[[], Recogniser]) -> tuple[float, int]:
    """Returns the seconds of speech and the number of words saved; zeros when nobody had spoken."""
    name = audio_name(turn)
    if turn.audio != turn.flac:
        close_sound(turn)
        archive.question_ended(turn.turn.id, turn.question_ended_s, name)
    forget_sound(turn, cleaned=False)
    question_ended_s = turn.question_ended_s
    if question_ended_s is None:
        # It was still being asked: what sounds in there may be the question, out of the loudspeaker.
        return keep_heard(archive, turn.turn.id, name, 0.0, None, "skipped")
    heard = hear_in_words(_hearable(turn), question_ended_s, SileroVad(), recogniser)
    status: TurnStatus = "unfinished" if turn.cut_off else "answered"
    if heard is None and turn.turn.words:
        # It had been taken for finished and was going on: what is stored of it is all there is.
        archive.set_turn_status(turn.turn.id, status)
        saved = sum(span.duration_s for span in turn.voiced), len(turn.turn.words)
    else:
        saved = keep_heard(archive, turn.turn.id, name, question_ended_s, heard, status, turn.left_out)
    forget_sound(turn)
    return saved


def _hearable(turn: OpenTurn) -> Path:
    """What of a recording is to be heard anew: without the program's own voice where that was taken out,
    without the commands spoken in it, and not beyond the end of an answer that had been closed."""
    sound = turn.cleaned if holds_sound(turn.cleaned) else turn.flac
    end_s = kept_until_s(turn)
    if not turn.left_out and (end_s is None or sound == turn.flac):
        return sound
    part = turn.cleaned.with_suffix(".part")
    part.unlink(missing_ok=True)
    recorder = Recorder(part)
    for pcm in _silenced(load(sound), turn.left_out, end_s):
        recorder.write(pcm)
    recorder.close()
    return part.replace(turn.cleaned)


def _silenced(sound: Iterator[Pcm], left_out: Sequence[Span], end_s: float | None) -> Iterator[Pcm]:
    """The sound up to `end_s`, without a sound in the spans left out."""
    start = 0
    for piece in sound:
        pcm = silenced(piece, start, left_out)
        yield pcm if end_s is None else pcm[: max(round(end_s * SAMPLE_RATE_HZ) - start, 0)]
        start += len(piece)


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
