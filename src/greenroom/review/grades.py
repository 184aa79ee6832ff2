"""How a take went: in the person's own word, and by its measures; and when its question comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenroom.coaching.schedule import DueQuestion
from greenroom.dialogue.spoken import listed
from greenroom.review import figures, words
from greenroom.review.as_json import Json
from greenroom.review.clean import clean
from greenroom.review.look import Look
from greenroom.review.page import Page, Piece, wrapped
from greenroom.types import Advice, Graded, Turn


@dataclass(frozen=True, slots=True)
class Take:
    """A take, with all that is known of how it went.

    Attributes:
        graded: as it is stored.
        advice: what its measures come to now.
        reasons: of the grade that they propose, each as part of a sentence.
        scheduled: when its question comes back; None when it never does by itself.
    """

    session_id: int
    turn: Turn
    graded: Graded | None
    advice: Advice
    reasons: tuple[str, ...]
    scheduled: DueQuestion | None

    @property
    def moment(self) -> str:
        return figures.moment(self.session_id, self.turn.number)


def take_page(take: Take, look: Look) -> Page:
    page = wrapped([Piece(f"{take.moment} ", "place"), Piece(clean(take.turn.prompt))], look.columns, 2, 0)
    lines = [_stored(take), _proposed(take), _back(take), words.GRADE_HINT.format(moment=take.moment)]
    for text in filter(None, lines):
        page += wrapped([Piece(text)], look.columns, 2, first=0)
    return page


def stored_line(take: Take) -> str:
    """What is said when a grade was kept."""
    assert take.graded is not None
    kept = words.GRADE_KEPT.format(moment=take.moment, went=words.WENT[take.graded.grade])
    return " ".join(filter(None, (kept, _back(take))))


def _stored(take: Take) -> str:
    if take.graded is None:
        return words.GRADE_NONE
    said = words.GRADE_OWN if take.graded.own else words.GRADE_PROPOSED
    return said.format(grade=words.GRADES[take.graded.grade], day=figures.day(take.graded.at))


def _proposed(take: Take) -> str:
    grade = take.advice.grade
    if grade is None:
        return words.GRADE_TOO_LITTLE
    if not take.reasons:
        return words.GRADE_ADVICE.format(grade=words.GRADES[grade])
    return words.GRADE_ADVICE_WHY.format(grade=words.GRADES[grade], reasons=listed(take.reasons))


def _back(take: Take, today: date | None = None) -> str:
    if take.scheduled is None:
        return ""
    late = take.scheduled.late_days(today or date.today())
    if late >= 0:
        return words.GRADE_BACK_NOW
    return words.GRADE_BACK.format(day=figures.day(take.scheduled.due_on.isoformat()))


def take_json(take: Take) -> Json:
    """`grade ID.N --json`."""
    graded, advice = take.graded, take.advice
    return {
        "moment": take.moment,
        "session": take.session_id,
        "turn": take.turn.number,
        "prompt_id": take.turn.prompt_id,
        "prompt": take.turn.prompt,
        "grade": graded.grade if graded else None,
        "own": graded.own if graded else None,
        "graded_at": graded.at if graded else None,
        "proposed": {"grade": advice.grade, "because": list(advice.because), "reasons": list(take.reasons)},
        "due_on": take.scheduled.due_on.isoformat() if take.scheduled else None,
    }
