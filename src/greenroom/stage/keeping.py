"""Stores what was heard in a finished recording: an imported one, or an answer saved from a crash; and the
last version of an answer's words."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.archive import Archive, OpenTurn
from greenroom.coaching.fillers import count_fillers, is_filler
from greenroom.coaching.timing import count_words, timing_of_spans
from greenroom.hearing.final import final_words, unhurried_words
from greenroom.hearing.recorder import keep_as_flac
from greenroom.hearing.stitching import transcript_of
from greenroom.hearing.taking import POST_ROLL_S
from greenroom.hearing.transcriber import GiveWay, Recogniser
from greenroom.types import Fillers, Span, Timing, Transcript, TurnStatus, Word

SHORTEST_S = 3.0
"""A second look at less than that can only make it worse: a prompt swallows words, or invents some."""


def measured(
    words: Sequence[Word], voiced: Sequence[Span], question_ended_s: float, left_out: Sequence[Span] = ()
) -> tuple[Timing | None, Fillers]:
    """What is told of an answer besides its words. All in seconds on its recording's clock."""
    timing = timing_of_spans(voiced, question_ended_s, count_words(words), left_out)
    return timing, count_fillers(words, timing.answer_s if timing else 0.0)


def keep_heard(
    archive: Archive,
    turn_id: int,
    audio: str,
    question_ended_s: float,
    heard: tuple[tuple[Span, ...], Transcript] | None,
    status: TurnStatus,
    left_out: Sequence[Span] = (),
) -> tuple[float, int]:
    """Store spans, timing and words of a recording whose audio is kept already, all at once.

    Args:
        audio: relative to the home.
        heard: what `hear_in_words` gave; None, when nobody speaks, makes the turn "skipped".
        status: of a turn in which somebody speaks.
        left_out: commands spoken in it, and pauses, as far as they are known.

    Returns:
        The seconds of speech and the number of words.
    """
    if heard is None:
        archive.store_recording(turn_id, audio=audio, timing=None, voiced=(), status="skipped")
        return 0.0, 0
    voiced, transcript = heard
    timing, fillers = measured(transcript.words, voiced, question_ended_s, left_out)
    with archive.together():
        archive.store_recording(turn_id, audio=audio, timing=timing, voiced=voiced)
        archive.store_transcript(turn_id, transcript, timing=timing, fillers=fillers, status=status)
    return sum(span.duration_s for span in voiced), len(transcript.words)


def close_sound(turn: OpenTurn) -> None:
    """Make the FLAC of an answer whose recording is still a WAV: up to its last word, or all of it.

    Any thread may do that; the WAV stays until the archive names the other (`forget_sound`).

    Raises:
        GreenroomError: there is no room, or the recording cannot be read.
    """
    if turn.audio == turn.flac:
        return
    keep_as_flac(turn.audio, turn.flac, 0.0, kept_until_s(turn))


def kept_until_s(turn: OpenTurn) -> float | None:
    """Where in its recording an answer is over; None when all of it is to be kept."""
    return turn.voiced[-1].end_s + POST_ROLL_S if turn.voiced and not turn.cut_off else None


def forget_sound(turn: OpenTurn, *, cleaned: bool = True) -> None:
    """What lay beside the FLAC has done its work. `cleaned`: the sound without the program's voice too."""
    if turn.flac.exists():
        turn.flac.with_suffix(".wav").unlink(missing_ok=True)
        if cleaned:
            turn.cleaned.unlink(missing_ok=True)


def audio_name(turn: OpenTurn) -> str:
    """The answer's FLAC as the archive names it: relative to the home."""
    return f"audio/{turn.session_id}/{turn.flac.name}"


def final_transcript(turn: OpenTurn, recogniser: Recogniser, give_way: GiveWay) -> Transcript:
    """The last version of an answer's words. May take a good part of a minute; any thread may do it.

    Raises:
        GreenroomError: the recording cannot be read, or not be decoded.
    """
    words, made_by = turn.turn.words, turn.turn.model or recogniser.name
    sound = turn.cleaned if turn.cleaned.exists() else turn.audio
    if words and made_by == recogniser.final.made_by(recogniser.name, hurried=True) != recogniser.name:
        give_way()
        words = unhurried_words(recogniser, sound, turn.voiced, turn.left_out, words)
        made_by = recogniser.name
    if not words or turn.voiced[-1].end_s - turn.voiced[0].start_s < SHORTEST_S:
        text = " ".join(word.text for word in words) if words else turn.turn.transcript or ""
        return Transcript(text, words, made_by, "final")
    again = final_words(recogniser, sound, turn.voiced, turn.left_out, words, is_filler, give_way)
    return transcript_of(again, recogniser.name, "final")


def keep_final(archive: Archive, turn: OpenTurn, transcript: Transcript) -> None:
    """Store the last version of an answer's words, and its FLAC, which is there (`close_sound`)."""
    timing, fillers = measured(transcript.words, turn.voiced, turn.question_ended_s or 0.0, turn.left_out)
    archive.store_final(
        turn.turn.id, audio=audio_name(turn), transcript=transcript, timing=timing, fillers=fillers
    )
    forget_sound(turn)
