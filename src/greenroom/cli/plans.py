"""The plans of sessions: which script, with which words, and what it may know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from greenroom.cli import data
from greenroom.dialogue.history import History
from greenroom.dialogue.manners import MannerName, in_manner
from greenroom.dialogue.manners import warm_up as warm_up_of
from greenroom.dialogue.packs import DebriefScript, Question
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.setting import FeedbackWhen, FollowUps, Setting, WarmUp
from greenroom.settings import MINUTES


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the person wants a rehearsal to be held; see `dialogue.setting.Setting`."""

    manner: MannerName = "neutral"
    feedback: FeedbackWhen = "each"
    follow_ups: FollowUps = "needed"
    grading: bool = False
    strict: bool = False
    warm_up: bool = False
    minutes: int | None = None
    focus: str | None = None
    why: str | None = None


def setting_of(wishes: Wishes, nth: int = 0) -> Setting:
    """The setting that was wished for. `nth`: of the sessions, so that each has another warm-up."""
    manners = data.manners()
    warm_up = WarmUp(warm_up_of(manners, nth), manners.warm_up_line, manners.warm_up_after)
    return Setting(
        data.feedback_words(),
        manners.manners[wishes.manner],
        feedback=wishes.feedback,
        follow_ups=wishes.follow_ups,
        grading=wishes.grading,
        strict=wishes.strict,
        strict_line=manners.dress_rehearsal,
        warm_up=warm_up if wishes.warm_up else None,
        minutes=wishes.minutes,
        focus=wishes.focus,
        why=wishes.why,
    )


def practice_plan(
    home: Path,
    questions: tuple[Question, ...],
    script: DebriefScript | None,
    history: History,
    setting: Setting,
) -> Plan:
    """A rehearsal of these questions, with the look back at its end if `script` is given."""
    grades = tuple(phrase for grade in setting.words.grades.values() for phrase in grade.heard)
    return Plan(
        script="practice",
        words=in_manner(data.interview_words(), setting.manner),
        phrases=replace(data.phrase_book(), grades=grades),
        setting=setting,
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
