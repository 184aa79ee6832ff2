"""Stores what was heard in a finished recording: an imported one, or an answer saved from a crash."""

from __future__ import annotations

from greenroom.archive import Archive
from greenroom.coaching.fillers import count_fillers
from greenroom.coaching.timing import count_words, timing_of_spans
from greenroom.types import Span, Transcript, TurnStatus


def keep_heard(
    archive: Archive,
    turn_id: int,
    audio: str,
    question_ended_s: float,
    heard: tuple[tuple[Span, ...], Transcript] | None,
    status: TurnStatus,
) -> tuple[float, int]:
    """Store spans, timing and words of a recording whose audio is kept already, all at once.

    Args:
        audio: relative to the home.
        heard: what `hear_in_words` gave; None, when nobody speaks, makes the turn "skipped".
        status: of a turn in which somebody speaks.

    Returns:
        The seconds of speech and the number of words.
    """
    if heard is None:
        archive.store_recording(turn_id, audio=audio, timing=None, voiced=(), status="skipped")
        return 0.0, 0
    voiced, transcript = heard
    timing = timing_of_spans(voiced, question_ended_s, count_words(transcript.words))
    fillers = count_fillers(transcript.words, timing.answer_s if timing else 0.0)
    with archive.together():
        archive.store_recording(turn_id, audio=audio, timing=timing, voiced=voiced)
        archive.store_transcript(turn_id, transcript, timing=timing, fillers=fillers, status=status)
    return sum(span.duration_s for span in voiced), len(transcript.words)
