"""`grade`: how a take went, in one word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson, OneOf
from greenroom.cli.review import Plain
from greenroom.cli.writing import dump, write
from greenroom.errors import error_of
from greenroom.types import Grade

if TYPE_CHECKING:
    from greenroom.archive import Archive
    from greenroom.review.grades import Take
    from greenroom.types import Advice, Session, Turn


class GradeWord(OneOf):
    """A grade; "not yet" is what "again" is called aloud."""

    def __init__(self) -> None:
        super().__init__("grade", *get_args(Grade))

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        said = " ".join(str(value).lower().replace("-", " ").split())
        return "again" if said in ("not yet", "not there yet") else super().convert(value, param, ctx)


def register(app: typer.Typer) -> None:
    """Adds grade to the program."""
    app.command("grade", cls=Command, epilog=examples("greenroom grade 12.3 good", "greenroom grade last.1"))(
        grade
    )


def grade(
    take: Annotated[str, typer.Argument(metavar="ID.N", help="An answer: 12.3, or last.3.")],
    word: Annotated[
        str | None,
        typer.Argument(
            metavar="GRADE", click_type=GradeWord(), help="How it went: again, hard, good or easy."
        ),
    ] = None,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Say in one word how an answer went.

    The better it went, the later its question comes back. Without a word you see what is kept, and what the
    measures of the answer propose, and why.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review import grades

    with open_archive() as archive:
        session, turn = _take(archive, take)
        if word is not None:
            archive.grade(session.id, turn.number, word, own=True)  # type: ignore[arg-type]  # by GradeWord
        # Who only says a word does not wait for measures.
        found = _found(archive, session, turn, measured=word is None or as_json)
    if as_json:
        dump(grades.take_json(found))
        return
    if word is not None:
        write(grades.stored_line(found) + "\n")
        return
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    chosen = look(plain)
    show_page(grades.take_page(found, chosen), chosen)


def _take(archive: Archive, text: str) -> tuple[Session, Turn]:
    """The answer that is meant.

    Raises:
        GreenroomError: there is none of that name, or it is none that is graded.
    """
    from greenroom.dialogue.manners import WARM_UP
    from greenroom.review import words

    session_id, number, _ = archive.resolve_turn(text)
    session = archive.session(session_id)
    if number is None:
        graded = (one.number for one in session.turns if one.part == "interview" and one.status == "answered")
        raise error_of(words.GRADE_WHOLE_SESSION, id=session_id, number=next(graded, 1))
    turn = next(one for one in session.turns if one.number == number)
    about: dict[str, object] = {"id": session_id, "moment": f"{session_id}.{number}"}
    if session.kind == "import":
        raise error_of(words.GRADE_IMPORTED, **about)
    if turn.part == "debrief":
        raise error_of(words.GRADE_DEBRIEF, **about)
    if turn.follow_up_of is not None:
        raise error_of(words.GRADE_FOLLOW_UP, **about, number=turn.follow_up_of)
    if turn.prompt_id == WARM_UP:
        raise error_of(words.GRADE_WARM_UP, **about)
    if turn.status in ("asked", "skipped"):
        status = words.TURN_STATUS[turn.status]
        raise error_of(words.GRADE_UNANSWERED, **about, status=status, prompt_id=turn.prompt_id)
    return session, turn


def _found(archive: Archive, session: Session, turn: Turn, *, measured: bool) -> Take:
    from greenroom.cli.choosing import askable
    from greenroom.cli.data import feedback_words
    from greenroom.coaching.schedule import scheduled
    from greenroom.review.grades import Take
    from greenroom.types import Advice

    graded = archive.graded()
    comes_back = {one.prompt_id: one for one in scheduled(graded)}
    advice = _advice(archive, session, turn) if measured else Advice()
    findings = feedback_words().findings if advice.because else {}
    return Take(
        session.id,
        turn,
        next((one for one in graded if one.turn_id == turn.id), None),
        advice,
        tuple(findings[one].reason for one in advice.because if one in findings),
        comes_back.get(turn.prompt_id) if askable(archive, [turn.prompt_id]) else None,
    )


def _advice(archive: Archive, session: Session, turn: Turn) -> Advice:
    """What the measures of an answer come to, by today's rules; nothing while it has no words."""
    from greenroom.cli.measuring import means
    from greenroom.review.coached import coaching
    from greenroom.types import Advice

    alone = replace(session, turns=(turn,))  # the others are not measured for nothing
    coached = coaching(archive, alone, lambda: means(archive.home)).answers.get(turn.number)
    return coached.advice if coached else Advice()
