"""`list`, `show`, `search` and `play`: parse, ask the archive, print.

Nothing heavier than typer is imported until a command needs it, so that `greenroom list` stays quick.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, cast

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson, Day, OneOf
from greenroom.cli.writing import dump
from greenroom.errors import error_of

if TYPE_CHECKING:
    from greenroom.archive import Archive
    from greenroom.review.coached import Coaching
    from greenroom.types import Session, SessionKind

Plain = Annotated[bool, typer.Option("--plain", help="Line by line, no colour, no drawing.")]
SessionId = Annotated[str, typer.Argument(metavar="ID", help="A session's number, or `last`.")]


def register(app: typer.Typer) -> None:
    """Adds the review's commands to the program."""
    app.command("list", cls=Command, epilog=examples("greenroom list", "greenroom list --limit 5 --json"))(
        list_sessions
    )
    app.command("show", cls=Command, epilog=examples("greenroom show last", "greenroom show 12 --json"))(show)
    app.command(
        "search",
        cls=Command,
        epilog=examples(
            'greenroom search "migration rollback"', "greenroom search deadline --since 2026-01-31"
        ),
    )(search)
    app.command("play", cls=Command, epilog=examples("greenroom play 12.3", "greenroom play 12.3@1:23"))(play)


def list_sessions(
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, metavar="NUMBER", help="How many sessions at most.")] = 20,
    plain: Plain = False,
) -> None:
    """List your sessions, the latest first."""
    from greenroom.cli.wiring import open_archive

    with open_archive() as archive:
        # One more than is shown tells whether there are older ones.
        found = archive.sessions(limit=limit + 1)
    summaries = found[:limit]
    if as_json:
        from greenroom.review import as_json as json

        dump(json.sessions(summaries))
        return
    from greenroom.review import terminal
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    chosen = look(plain)
    show_page(terminal.sessions(summaries, chosen, more=len(found) > limit), chosen)


def show(
    session_id: SessionId,
    original: Annotated[
        bool, typer.Option("--original", help="What had been heard, where you corrected it.")
    ] = False,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Read a session back: questions, answers, timing, notes."""
    if not as_json:
        print_session(session_id, plain, original=original)
        return
    from greenroom.cli.wiring import open_archive
    from greenroom.review import as_json as json
    from greenroom.review.coached_json import with_coaching

    with open_archive() as archive:
        session = archive.session(archive.resolve(session_id))
        if original:
            from greenroom.review.originals import as_heard

            session = as_heard(archive, session)
        found = _coaching(archive, session)
    dump(with_coaching(json.session(session), found))


def print_session(
    session_id: str, plain: bool = False, paged: bool = True, *, original: bool = False
) -> None:
    """`show` for other commands too; those that say more after it want it unpaged."""
    from greenroom.cli import data
    from greenroom.cli.wiring import open_archive
    from greenroom.review import beside, coached_page, terminal
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    with open_archive() as archive:
        session = archive.session(archive.resolve(session_id))
        if original:
            from greenroom.review.originals import as_heard

            session = as_heard(archive, session)
        coached = _coaching(archive, session)
        retaken = beside.retaken(archive, session, data.said_to_the_program())
        factors = data.factors(archive.home)
    chosen = look(plain, paged=paged)
    below = coached_page.below(coached, data.feedback_words(), session.id, chosen)
    page = terminal.show(session, chosen, {factor.id: factor.name for factor in factors}, below)
    page += coached_page.messages_page(coached, session.id, chosen)
    page += beside.taken_again(retaken, chosen) + beside.others_said(session, chosen)
    show_page(page, chosen)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="What was said, asked or noted.")],
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, metavar="NUMBER", help="How many moments at most.")] = 20,
    since: Annotated[
        date | None,
        typer.Option(click_type=Day(), metavar="DATE", help="Only from this day on, as 2026-02-03."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            click_type=OneOf("kind", "practice", "debrief", "import"),
            metavar="practice|debrief|import",
            help="Only in sessions of this kind.",
        ),
    ] = None,
    company: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only in sessions with this company.")
    ] = None,
    similar: Annotated[
        bool, typer.Option("--similar", help="By meaning, in whatever words it was said.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Find where something was said, asked or noted.

    The best match comes first. A word may end in *, for all that begins with it; "two words" in quotes are a
    phrase, for which the quotes go inside others: '"my first job"'.
    """
    from greenroom.archive import Within
    from greenroom.cli.wiring import open_archive
    from greenroom.review import search_words

    asked = " ".join(words)
    within = Within(since, cast("SessionKind | None", kind), company)
    if similar:
        from greenroom.cli.similar import find

        found = find(asked, within, limit + 1)
    else:
        with open_archive() as archive:
            # One more than is shown tells whether there are others.
            found = archive.search(asked, limit=limit + 1, within=within)
    hits = found[:limit]
    if as_json:
        from greenroom.review import as_json as json

        dump(json.hits(hits))
        return
    from greenroom.review import terminal
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    chosen = look(plain)
    empty = search_words.EMPTY if within == Within() else search_words.EMPTY_WITHIN
    if similar:
        empty = search_words.EMPTY_SIMILAR
    show_page(terminal.hits(hits, asked, chosen, empty, more=len(found) > limit), chosen)


def play(
    moment: Annotated[
        str, typer.Argument(metavar="ID", help="A session (12), a turn (12.3) or a moment (12.3@1:23).")
    ],
) -> None:
    """Play an answer, or all the answers of a session.

    From a moment on, if you name one. Ctrl-C stops it.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review import words

    with open_archive() as archive:
        session_id, number, at_s = archive.resolve_turn(moment)
        session, home = archive.session(session_id), archive.home
    if number is None:
        turns = [turn for turn in session.turns if turn.audio]
        if not turns:
            raise error_of(words.PLAY_SESSION_SILENT, id=session.id)
    else:
        turns = [turn for turn in session.turns if turn.number == number]
    from greenroom.cli.playback import play_turn

    for turn in turns:
        play_turn(session.id, turn, home, at_s or 0.0)


def _coaching(archive: Archive, session: Session) -> Coaching:
    from greenroom.cli.measuring import means
    from greenroom.review.coached import coaching

    return coaching(archive, session, lambda: means(archive.home))
