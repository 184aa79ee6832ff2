"""The words of an answer put right by the person, with everything that hangs on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from greenroom.archive import Archive
from greenroom.archive.corrections import Heard
from greenroom.hearing.correcting import one_line, retimed
from greenroom.hearing.terms import learned
from greenroom.stage.keeping import measured
from greenroom.types import Fillers, Term, Timing, Turn, Word


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of it.

    Attributes:
        changed: whether the words are other ones now.
        restored: they are again as they had been heard.
        terms: names and terms that were learned, those not known before.
    """

    changed: bool
    restored: bool = False
    terms: tuple[Term, ...] = ()


def correct(
    archive: Archive, session_id: int, turn: Turn, text: str, everyday: Collection[str], *, learn: bool = True
) -> Corrected:
    """Store what was really said. What had been heard is kept; the same again takes a correction back.

    Args:
        turn: one that has words.
        everyday: words that are neither names nor terms.
        learn: keep the names and terms among the words that were changed.

    Raises:
        GreenroomError: another greenroom is at work on the session.
    """
    text = one_line(text)
    if text == one_line(turn.transcript or ""):
        return Corrected(False)
    with archive.at_work([session_id]):
        heard = archive.heard(turn.id)
        assert heard is not None
        if text == one_line(heard.text):
            _restore(archive, heard)
            return Corrected(True, restored=True)
        words = retimed(heard.words, text, heard.voiced)
        timing, fillers = _measured(heard, words)
        found = learned(heard.text, text, everyday) if learn else ()
        new = archive.correct(turn.id, text, words, timing=timing, fillers=fillers, terms=found)
    return Corrected(True, terms=new)


def restore(archive: Archive, session_id: int, turn: Turn) -> bool:
    """Take a correction back; False when there is none.

    Raises:
        GreenroomError: another greenroom is at work on the session.
    """
    if turn.original is None:
        return False
    with archive.at_work([session_id]):
        heard = archive.heard(turn.id)
        assert heard is not None
        _restore(archive, heard)
    return True


def _restore(archive: Archive, heard: Heard) -> None:
    timing, fillers = _measured(heard, heard.words)
    archive.restore(heard.turn_id, timing=timing, fillers=fillers)


def _measured(heard: Heard, words: tuple[Word, ...]) -> tuple[Timing | None, Fillers | None]:
    """Nothing of what was typed, which has neither sound nor hesitations."""
    if not heard.words:
        return None, None
    return measured(words, heard.voiced, heard.question_ended_s or 0.0, heard.left_out)
