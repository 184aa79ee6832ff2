"""What an interrupted session left behind is made whole: audio closed, transcribed, stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from greenroom.archive import Archive
from greenroom.archive.recovery import Interrupted, OpenTurn, interrupted
from greenroom.coaching.fillers import count_fillers
from greenroom.coaching.timing import timing_of_spans
from greenroom.errors import GreenroomError
from greenroom.hearing.recorded import hear_in_words
from greenroom.hearing.recorder import keep_as_flac
from greenroom.hearing.transcriber import Recogniser
from greenroom.hearing.vad import SileroVad
from greenroom.review.figures import counted, day_and_time, seconds
from greenroom.stage import words
from greenroom.types import SessionKind


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
    audio = turn.audio
    question_ended_s = turn.question_ended_s or 0.0
    if not turn.closed and audio.suffix == ".wav":
        audio = audio.with_suffix(".flac")
        keep_as_flac(turn.audio, audio)
    name = f"audio/{found.session_id}/{audio.name}"
    heard = hear_in_words(audio, question_ended_s, SileroVad(), recogniser)
    if heard is None:
        archive.store_recording(turn.turn.id, audio=name, timing=None, voiced=(), status="skipped")
        return 0.0, 0
    voiced, transcript = heard
    timing = timing_of_spans(voiced, question_ended_s, len(transcript.words))
    # In one go: a kill between the two would leave a cut-off answer that looks like a whole one.
    with archive.together():
        archive.store_recording(turn.turn.id, audio=name, timing=timing, voiced=voiced)
        archive.store_transcript(
            turn.turn.id,
            transcript,
            timing=timing,
            fillers=count_fillers(transcript.words, timing.answer_s if timing else 0.0),
            status="answered" if turn.closed else "unfinished",
        )
    return sum(span.duration_s for span in voiced), len(transcript.words)


def told(mended: Mended) -> list[str]:
    """What was found, in a line or two."""
    lines = []
    if mended.cut_off:
        what = words.FOUND_NOTHING_SAID
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
