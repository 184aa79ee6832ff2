"""`outcome`, `feedback` and `letter`: what comes back from an interview, and what goes out after it."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson, Day, OneOf
from greenroom.cli.review import Plain, SessionId
from greenroom.cli.writing import dump, new_file, noted, write
from greenroom.errors import GreenroomError
from greenroom.types import OutcomeValue

if TYPE_CHECKING:
    from greenroom.archive import Archive

LETTERS = ("thank-you", "feedback", "recruiter", "second-chance", "friend")


def register(app: typer.Typer) -> None:
    """Adds outcome, feedback and letter to the program."""
    app.command(
        "outcome",
        cls=Command,
        epilog=examples("greenroom outcome 12 next-round", "greenroom outcome last offer --on 2026-02-03"),
    )(outcome)
    app.command(
        "feedback",
        cls=Command,
        epilog=examples(
            'greenroom feedback 12 "You sounded calm" --who Peter --topic nerves', "greenroom feedback last"
        ),
    )(feedback)
    app.command(
        "letter",
        cls=Command,
        epilog=examples("greenroom letter 12 thank-you", "greenroom letter last recruiter --output note.txt"),
    )(letter)


def outcome(
    session_id: SessionId,
    value: Annotated[
        str,
        typer.Argument(
            metavar="OUTCOME",
            click_type=OneOf("outcome", *get_args(OutcomeValue)),
            help="What became of it: offer, next-round, rejected or silence.",
        ),
    ],
    on: Annotated[
        date | None,
        typer.Option("--on", click_type=Day(), metavar="DATE", help="When you heard; today unless given."),
    ] = None,
) -> None:
    """Store what became of an interview.

    It replaces what was stored before. Later, the trends show what your gut had said.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review import figures, words

    day = on or date.today()
    with open_archive() as archive:
        found = resolved(archive, session_id)
        told = archive.session(found).started_at[:10]
        if day.isoformat() < told:
            raise GreenroomError(
                f"On {figures.day(str(day))} there was nothing to hear of yet: debrief {found} is of "
                f"{figures.day(told)}.",
                "Give the day you heard with --on, or leave it out for today.",
                2,
            )
        archive.set_outcome(found, value, day)  # type: ignore[arg-type]  # checked by OneOf
    stored = words.OUTCOME_STORED.format(id=found, value=value.replace("-", " "), day=figures.day(str(day)))
    write(stored + "\n")


def feedback(
    session_id: SessionId,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="What they said; without it you see what is kept.")
    ] = None,
    who: Annotated[
        str | None, typer.Option("--who", metavar="NAME", help="Who said it: a friend, the recruiter.")
    ] = None,
    topic: Annotated[
        str | None,
        typer.Option("--topic", metavar="WORD", help="The point it is about, such as nerves or gut."),
    ] = None,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Keep what others say about an interview, beside your own view.

    What you rated and noted about the same point is shown with it.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review import beside, words
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    with open_archive() as archive:
        found = resolved(archive, session_id)
        if text is not None:
            if not text.strip():
                raise GreenroomError(
                    "Nothing was said.", 'Give their words: greenroom feedback 12 "Calm".', 2
                )
            now = datetime.now().astimezone().isoformat(timespec="seconds")
            archive.add_feedback(found, who, text.strip(), topic, now)
        session = archive.session(found)
    if as_json:
        from greenroom.review.as_json import feedback as rows

        dump(rows(session.feedback))
        return
    chosen = look(plain)
    page = beside.others_said(session, chosen)
    if text is not None:
        write(words.FEEDBACK_STORED.format(id=found) + "\n")
    elif not page:
        write(words.FEEDBACK_NONE.format(id=found) + "\n")
    show_page(page if text is not None else page[1:], chosen)


def letter(
    session_id: SessionId,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            click_type=OneOf("letter", *LETTERS),
            help="Which: thank-you, feedback, recruiter, second-chance or friend.",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write it to a new file.")
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="Put it on the clipboard.")] = False,
) -> None:
    """Draft a letter after an interview, from your own words.

    It names the question you stumbled over and what you would answer now, and apologises for nothing.
    """
    from greenroom.cli import data
    from greenroom.cli.wiring import open_archive
    from greenroom.review import beside, letters, words

    templates, is_said = data.letter_templates(), data.said_to_the_program()
    with open_archive() as archive:
        session = archive.session(resolved(archive, session_id))
        takes = [take.turn for row in beside.retaken(archive, session, is_said) for take in row.takes]
        drafted = letters.draft(templates, kind, session, takes)
        if output is not None:
            content = [drafted.text.encode("utf-8", "replace")]
            new_file(output, noted(archive, [session.id], output, content), "--output")
            write(words.LETTER_STORED.format(file=output) + "\n")
        if copy:
            from greenroom.cli.clipboard import copy as to_clipboard

            to_clipboard(drafted.text)
            write(words.LETTER_COPIED + "\n")
        if output is None and not copy:
            write(drafted.text)
        for errand in letters.errands_done(session, kind):
            archive.keep_item(session.id, errand)
    # Beside the letter, so that a pipe gets the letter and nothing else.
    sys.stderr.write(words.LETTER_GAPS + "\n")
    if drafted.stumble is not None and not drafted.answered:
        sys.stderr.write(words.LETTER_UNANSWERED.format(id=session.id) + "\n")


def resolved(archive: Archive, text: str) -> int:
    """The interview's session; `last` is the last debrief of one.

    Raises:
        GreenroomError: there is none, or it is no debrief.
    """
    if text.strip().lower() == "last":
        last = archive.last_session_id(kind="debrief")
        if last is None:
            raise GreenroomError("There is no debrief yet.", "Start one with `greenroom debrief`.")
        return last
    found = archive.resolve(text)
    if archive.session(found).kind != "debrief":
        raise GreenroomError(
            f"Session {found} is no debrief of an interview.", "`greenroom list` shows which ones are."
        )
    return found
