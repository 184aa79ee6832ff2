"""What waits for the person, each with the reason why it does, and the command for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from greenroom.archive import SessionSummary
from greenroom.coaching.patterns import Action
from greenroom.coaching.schedule import DueQuestion
from greenroom.review import figures, words
from greenroom.review.as_json import Json
from greenroom.review.clean import clean
from greenroom.review.look import Look
from greenroom.review.noted import noted_json, noted_lines, noted_moment
from greenroom.review.page import BLANK, Page, Piece, wrapped
from greenroom.review.terminal import heading
from greenroom.types import Noted

QUESTIONS_SHOWN = 8
"""On the page; more than two evenings' worth in one list is nothing but a reproach. Programs get them all."""


@dataclass(frozen=True, slots=True)
class Due:
    """What `due` tells.

    Attributes:
        cut_off: the debriefs that are not over, the latest first; `debrief --resume` goes on with that.
        questions: the most urgent first.
        texts: how these are asked, by their ids.
        next_one: what the person said of the next interview or rehearsal; None once something came after.
        streak_weeks: said from two on.
    """

    today: date
    looks: tuple[SessionSummary, ...] = ()
    cut_off: tuple[SessionSummary, ...] = ()
    actions: tuple[Action, ...] = ()
    questions: tuple[DueQuestion, ...] = ()
    texts: Mapping[str, str] | None = None
    next_one: Noted | None = None
    streak_weeks: int = 0

    def text(self, question: DueQuestion) -> str:
        return (self.texts or {}).get(question.prompt_id, question.prompt_id)


# For people


def due_page(due: Due, look: Look) -> Page:
    parts = [
        _list(words.DUE_LOOKS, _looks(due), look),
        _list(words.DUE_ACTIONS, [_action(action) for action in due.actions], look),
        _questions(due, look),
    ]
    page = [line for part in parts if part for line in (*part, BLANK)][:-1]
    if not page:
        page += wrapped([Piece(words.DUE_EMPTY)], look.columns)
    if due.next_one is not None:
        page += [BLANK, *heading(words.DUE_NEXT, look), *noted_lines(due.next_one, look)]
    if due.streak_weeks > 1:
        page += [BLANK, *wrapped([Piece(words.weeks_in_a_row(due.streak_weeks), "quiet")], look.columns)]
    return page


def _list(title: str, texts: Sequence[str], look: Look) -> Page:
    if not texts:
        return []
    lines = [line for text in texts for line in wrapped([Piece(f"- {text}")], look.columns, 2, first=0)]
    return [*heading(title, look), *lines]


def _looks(due: Due) -> list[str]:
    said = [(words.DUE_LOOK, one, _command("second-look", one.id)) for one in due.looks]
    said += [
        (words.DUE_CUT_OFF, one, _command(kind, one.id))
        for one, kind in zip(due.cut_off, _resumes(due), strict=True)
    ]
    return [
        line.format(
            **_about(one.company, one.started_at), reason=words.DUE_REASONS["second-look"], command=command
        )
        for line, one, command in said
    ]


def _resumes(due: Due) -> list[str]:
    """Which command goes on with each of those cut off."""
    return ["resume", *["resume-earlier"] * (len(due.cut_off) - 1)][: len(due.cut_off)]


def _action(action: Action) -> str:
    source = action.source
    if errand := words.DUE_ERRANDS.get(source.item.name or ""):
        about = _about(source.company, source.started_at)
        return errand[0].format(**about, command=_errand_command(source))
    return words.DUE_ACTION.format(
        text=clean(source.item.text), moment=noted_moment(source), reason=_action_reason(action)
    )


def _questions(due: Due, look: Look) -> Page:
    shown = due.questions[:QUESTIONS_SHOWN]
    page = _list(
        words.DUE_QUESTIONS,
        [
            words.DUE_QUESTION.format(
                text=clean(due.text(one)),
                moment=figures.moment(one.session_id, one.number),
                reason=_question_reason(one, due.today),
            )
            for one in shown
        ],
        look,
    )
    if not page:
        return []
    told = [words.DUE_ASKS]
    if more := len(due.questions) - len(shown):
        told.insert(0, words.DUE_MORE.format(more=figures.counted(more, "more question")))
    return [*page, *wrapped([Piece(" ".join(told), "quiet")], look.columns)]


# For programs


def due_json(due: Due) -> list[Json]:
    """`due --json`: one row a thing; `command` does it, where one does."""
    rows = [_look_row("second-look", _command("second-look", one.id), one) for one in due.looks]
    rows += [
        _look_row("resume", _command(kind, one.id), one)
        for one, kind in zip(due.cut_off, _resumes(due), strict=True)
    ]
    for action in due.actions:
        source = action.source
        told = {"company": source.company, **noted_json(source)}
        rows.append(_row("action", _errand_command(source), _action_reason(action), told))
    rows += [_question_row(one, due) for one in due.questions]
    if due.next_one is not None:
        told = {"company": due.next_one.company, **noted_json(due.next_one)}
        reason = words.DUE_REASONS["next"].format(day=figures.day(due.next_one.started_at))
        rows.append(_row("next", None, reason, told))
    return rows


def _look_row(kind: str, command: str, one: SessionSummary) -> Json:
    told = {"company": one.company, "moment": str(one.id), "session": one.id, "started_at": one.started_at}
    return _row(kind, command, words.DUE_REASONS[kind], told)


def _question_row(one: DueQuestion, due: Due) -> Json:
    told = {
        "moment": figures.moment(one.session_id, one.number),
        "session": one.session_id,
        "turn": one.number,
        "started_at": one.taken_at,
        "text": due.text(one),
        "prompt_id": one.prompt_id,
        "due_on": one.due_on.isoformat(),
        "grade": one.grade,
        "own": one.own,
        "takes": one.takes,
    }
    return _row("question", _command("question", one.prompt_id), _question_reason(one, due.today), told)


def _row(kind: str, command: str | None, reason: str, told: Json) -> Json:
    """Every row has every key."""
    return {
        "kind": kind,
        "command": command,
        "reason": reason,
        "company": None,
        "moment": None,
        "session": None,
        "turn": None,
        "at_s": None,
        "started_at": None,
        "text": None,
        "prompt_id": None,
        "due_on": None,
        "grade": None,
        "own": None,
        "takes": None,
        **told,
    }


# For both


def _command(kind: str, what: int | str) -> str:
    return words.DUE_COMMANDS[kind].format(id=what)


def _errand_command(source: Noted) -> str | None:
    """What does an errand; None for what only the person can do."""
    errand = words.DUE_ERRANDS.get(source.item.name or "")
    return errand[1].format(id=source.session_id) if errand else None


def _action_reason(action: Action) -> str:
    errand = action.source.item.name in words.DUE_ERRANDS
    day = figures.day(action.source.started_at)
    return words.DUE_REASONS["errand" if errand else action.state].format(day=day)


def _question_reason(one: DueQuestion, today: date) -> str:
    return words.DUE_REASONS["own" if one.own else "proposed"].format(
        went=words.WENT[one.grade],
        day=figures.day(one.taken_at),
        since=words.due_for(one.late_days(today)),
    )


def _about(company: str | None, started_at: str) -> dict[str, str]:
    interview = words.AN_INTERVIEW.format(company=clean(company)) if company else words.SOME_INTERVIEW
    return {"about": interview, "day": figures.day(started_at)}
