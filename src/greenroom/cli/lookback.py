"""`patterns`, `due` and `trends`: what all sessions together tell."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson
from greenroom.cli.review import Plain
from greenroom.cli.writing import dump, write

if TYPE_CHECKING:
    from greenroom.review.page import Page


def register(app: typer.Typer) -> None:
    """Adds patterns, due and trends to the program."""
    app.command("patterns", cls=Command, epilog=examples("greenroom patterns", "greenroom patterns --json"))(
        patterns
    )
    app.command("due", cls=Command, epilog=examples("greenroom due", "greenroom due --json"))(due)
    app.command("trends", cls=Command, epilog=examples("greenroom trends", "greenroom trends --weeks 26"))(
        trends
    )


def patterns(as_json: AsJson = False, plain: Plain = False) -> None:
    """Tell flukes from patterns, over all your debriefs.

    What was behind it, what you wanted to do about it and what went well, each with its source.
    """
    from greenroom.cli import data
    from greenroom.cli.wiring import open_archive
    from greenroom.coaching.patterns import ERRANDS, actions, by_what_they_did, factors, well_done
    from greenroom.review import lookback

    kinds = ("factor", "action", "success", "right")
    with open_archive() as archive:
        noted = archive.noted(*kinds)
        known = data.factors(archive.home)
    helped, hindered = by_what_they_did(noted, {factor.id: factor.helps for factor in known})
    successes = well_done(noted)
    changes = tuple(one for one in actions(noted) if one.source.item.name not in ERRANDS)
    found = lookback.Patterns(
        factors(hindered), factors(helped), changes, successes, {factor.id: factor for factor in known}
    )
    if as_json:
        dump(lookback.patterns_json(found))
        return
    from greenroom.review.look import look

    _show(lookback.patterns_page(found, look(plain)), plain)


def due(as_json: AsJson = False, plain: Plain = False) -> None:
    """Show what waits for you: second looks, actions, questions.

    A second look is due from the day after the interview on, a question as long after its last take as that
    went well. Each is told with its reason.
    """
    from greenroom.cli.choosing import due_now
    from greenroom.cli.history import streak_weeks
    from greenroom.cli.wiring import open_archive
    from greenroom.coaching.patterns import SECOND_LOOK, lapsed, open_actions
    from greenroom.review.due import Due, due_json, due_page

    today = date.today()
    with open_archive() as archive:
        questions, asked = due_now(archive, today)
        found = Due(
            today,
            looks=tuple(archive.second_looks_due(today)),
            cut_off=tuple(
                one for one in archive.sessions() if one.kind == "debrief" and one.status == "interrupted"
            ),
            # A second look is told by itself, with the command for it.
            actions=tuple(
                one
                for one in open_actions(archive.noted("action"))
                if one.source.item.name != SECOND_LOOK and not lapsed(one, today)
            ),
            questions=questions,
            texts={one.id: one.text for one in asked.values()},
            next_one=next(
                (one for one in archive.noted("next")[::-1] if one.session_id == archive.last_session_id()),
                None,
            ),
            streak_weeks=streak_weeks(archive, today),
        )
    if as_json:
        dump(due_json(found))
        return
    from greenroom.review.look import look

    _show(due_page(found, look(plain)), plain)


def trends(
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table, for a spreadsheet.")] = False,
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, max=520, metavar="NUMBER", help="How many weeks back.")
    ] = 12,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="NAME", help="Only this kind of question.")
    ] = None,
    png: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="Draw a picture into a new file.")
    ] = None,
    plain: Plain = False,
) -> None:
    """See how your answers change, week by week.

    And how far your gut runs from the calm look and the outcome. No direction is named from fewer than three
    weeks, nothing of the gut is concluded from fewer than five interviews.
    """
    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv exclude each other.")
    from greenroom.cli import data
    from greenroom.cli.measuring import messages_in
    from greenroom.cli.wiring import open_archive
    from greenroom.coaching.gut import by_outcome, drift
    from greenroom.coaching.trends import by_kind, together
    from greenroom.review import measured, trends

    with open_archive() as archive:
        home = archive.home
        kinds = {
            question.id: question.kind
            for pack in data.packs(home, lambda _: None)
            for question in pack.questions
        }
        is_said = data.said_to_the_program()
        seen = measured.samples(archive, kinds, is_said, messages_in(home), weeks)
        judged = archive.judged()
    if kind is not None:
        kind = measured.kind_meant(kind, seen)
    whole = together(seen, kind)
    kinds_seen = by_kind(seen) if kind is None else (whole,)
    found = trends.Trends(whole, kinds_seen, drift(judged), by_outcome(judged))
    if png is not None:
        from greenroom.cli.writing import new_file
        from greenroom.review import picture
        from greenroom.review import progress_words as progress

        new_file(png, picture.drawn(whole, home / "cache" / "matplotlib"), "--png")
        # Beside a table or JSON, so that a pipe gets that and nothing else.
        (sys.stderr.write if as_csv or as_json else write)(progress.PICTURE_STORED.format(file=png) + "\n")
    if as_csv:
        write(trends.trends_csv(found))
    elif as_json:
        dump(trends.trends_json(found))
    elif png is None:
        from greenroom.review.look import look

        _show(trends.trends_page(found, look(plain)), plain)


def _show(page: Page, plain: bool) -> None:
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    show_page(page, look(plain))
