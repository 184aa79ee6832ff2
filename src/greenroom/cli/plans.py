"""The plans of sessions: which script, with which words, and what it may know."""

from __future__ import annotations

from pathlib import Path

from greenroom.cli import data
from greenroom.dialogue.history import History
from greenroom.dialogue.packs import DebriefScript, Question
from greenroom.dialogue.plan import Plan
from greenroom.settings import MINUTES


def practice_plan(
    home: Path, questions: tuple[Question, ...], script: DebriefScript | None, history: History
) -> Plan:
    """A rehearsal of these questions, with the look back at its end if `script` is given."""
    return Plan(
        script="practice",
        words=data.interview_words(),
        phrases=data.phrase_book(),
        questions=questions,
        debrief=script,
        history=history,
        factors=data.factors(home),
        help=data.help_lines(),
    )


def debrief_plan(
    home: Path,
    history: History,
    *,
    minutes: int = MINUTES,
    company: str | None = None,
    role: str | None = None,
) -> Plan:
    """The debrief of a real interview: the second look when the history holds a first, else the first."""
    again = history.again is not None
    return Plan(
        script="debrief",
        words=data.interview_words(),
        phrases=data.phrase_book(),
        debrief=data.debrief_script("second" if again else "first"),
        phase="second" if again else "first",
        minutes=minutes,
        history=history,
        company=company,
        role=role,
        factors=data.factors(home),
        help=data.help_lines(),
    )
