"""A session with its answers as they were heard, whatever the person corrected since."""

from __future__ import annotations

from dataclasses import replace

from greenroom.archive import Archive
from greenroom.coaching.fillers import count_fillers
from greenroom.coaching.timing import count_words, timing_of_spans
from greenroom.types import Session, Turn


def as_heard(archive: Archive, session: Session) -> Session:
    """The same session; each corrected turn has the words, the fillers and the pace that were heard.

    Such a turn has its `original` for its transcript, by which the page tells what it shows.
    """
    return replace(session, turns=tuple(_turn_as_heard(archive, turn) for turn in session.turns))


def _turn_as_heard(archive: Archive, turn: Turn) -> Turn:
    heard = archive.heard(turn.id) if turn.original is not None else None
    if heard is None:
        return turn
    timing = timing_of_spans(
        heard.voiced, heard.question_ended_s or 0.0, count_words(heard.words), heard.left_out
    )
    fillers = count_fillers(heard.words, timing.answer_s) if timing else None
    return replace(
        turn, transcript=heard.text, words=heard.words, timing=timing or turn.timing, fillers=fillers
    )
