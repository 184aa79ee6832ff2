"""`patterns`, `due` and `trends`: what all sessions together tell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson
from greenroom.cli.review import Plain
from greenroom.cli.writing import dump

if TYPE_CHECKING:
    from greenroom.review.page import Page


def register(app: typer.Typer) -> None:
    """Adds patterns, due and trends to the program."""
    app.command("patterns", cls=Command, epilog=examples("greenroom patterns", "greenroom patterns --json"))(
        patterns
    )
    app.command("due", cls=Command, epilog=examples("greenroom due", "greenroom due --json"))(due)
    app.command("trends", cls=Command, epilog=examples("greenroom trends", "greenroom trends --json"))(trends)


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
    """Show what waits for you: second looks, open actions.

    A second look is due from the day after the interview on.
    """
    from greenroom.cli.history import streak_weeks
    from greenroom.cli.wiring import open_archive
    from greenroom.coaching.patterns import SECOND_LOOK, lapsed, open_actions
    from greenroom.review import lookback

    today = date.today()
    with open_archive() as archive:
        cut_off = archive.last_session_id(kind="debrief", status="interrupted")
        found = lookback.Due(
            looks=tuple(archive.second_looks_due(today)),
            cut_off=next((one for one in archive.sessions() if one.id == cut_off), None),
            # A second look is told by itself, with the command for it.
            actions=tuple(
                one
                for one in open_actions(archive.noted("action"))
                if one.source.item.name != SECOND_LOOK and not lapsed(one, today)
            ),
            next_one=next(
                (one for one in archive.noted("next")[::-1] if one.session_id == archive.last_session_id()),
                None,
            ),
            streak_weeks=streak_weeks(archive, today),
        )
    if as_json:
        dump(lookback.due_json(found))
        return
    from greenroom.review.look import look

    _show(lookback.due_page(found, look(plain)), plain)


def trends(as_json: AsJson = False, plain: Plain = False) -> None:
    """Compare your gut with the calm look and the outcome.

    Nothing is concluded from fewer than five interviews.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.coaching.gut import by_outcome, drift
    from greenroom.review import lookback

    with open_archive() as archive:
        judged = archive.judged()
    found = lookback.Trends(drift(judged), by_outcome(judged))
    if as_json:
        dump(lookback.trends_json(found))
        return
    from greenroom.review.look import look

    _show(lookback.trends_page(found, look(plain)), plain)


def _show(page: Page, plain: bool) -> None:
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    show_page(page, look(plain))
