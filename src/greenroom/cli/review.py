"""`list`, `show`, `search`, `delete` and `play`: parse, ask the archive, print.

Nothing heavier than typer is imported until a command needs it, so that `greenroom list` stays quick.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson
from greenroom.cli.writing import dump, write
from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.archive import Archive
    from greenroom.review.coached import Coaching
    from greenroom.types import Session

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
        epilog=examples('greenroom search "migration rollback"', "greenroom search deadline --limit 3"),
    )(search)
    app.command("play", cls=Command, epilog=examples("greenroom play 12.3", "greenroom play 12.3@1:23"))(play)
    app.command("delete", cls=Command, epilog=examples("greenroom delete 12", "greenroom delete last --yes"))(
        delete
    )


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


def show(session_id: SessionId, as_json: AsJson = False, plain: Plain = False) -> None:
    """Read a session back: questions, answers, timing, notes."""
    if not as_json:
        print_session(session_id, plain)
        return
    from greenroom.cli.wiring import open_archive
    from greenroom.review import as_json as json
    from greenroom.review.coached_json import with_coaching

    with open_archive() as archive:
        session = archive.session(archive.resolve(session_id))
        found = _coaching(archive, session)
    dump(with_coaching(json.session(session), found))


def print_session(session_id: str, plain: bool = False, paged: bool = True) -> None:
    """`show` for other commands too; those that say more after it want it unpaged."""
    from greenroom.cli import data
    from greenroom.cli.wiring import open_archive
    from greenroom.review import beside, coached_page, terminal
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    with open_archive() as archive:
        session = archive.session(archive.resolve(session_id))
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
    plain: Plain = False,
) -> None:
    """Find where something was said, asked or noted.

    The best match comes first. A word may end in *, for all that begins with it.
    """
    from greenroom.cli.wiring import open_archive

    asked = " ".join(words)
    with open_archive() as archive:
        hits = archive.search(asked, limit=limit)
    if as_json:
        from greenroom.review import as_json as json

        dump(json.hits(hits))
        return
    from greenroom.review import terminal
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    chosen = look(plain)
    show_page(terminal.hits(hits, asked, chosen), chosen)


def delete(
    session_id: SessionId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Delete a session for good, with its audio.

    It tells you what goes, and asks first.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review import terminal, words
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    with open_archive() as archive:
        session = archive.session(archive.resolve(session_id))
        if not yes:
            if not _can_ask():
                raise _error(words.DELETE_ASK_FIRST, id=session.id)
            chosen = look()
            show_page(terminal.what_goes(session, date.today(), chosen), chosen)
            if not typer.confirm(words.DELETE_ASK):
                write(words.DELETE_KEPT + "\n")
                return
        deleted = archive.delete(session.id)
    if deleted.left:
        raise _error(words.DELETE_LEFT, id=session.id, files=", ".join(deleted.left))
    write(words.DELETED.format(id=session.id) + "\n")


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
            raise _error(words.PLAY_SESSION_SILENT, id=session.id)
    else:
        turns = [turn for turn in session.turns if turn.number == number]
    from greenroom.cli.playback import play_turn

    for turn in turns:
        play_turn(session.id, turn, home, at_s or 0.0)


def _coaching(archive: Archive, session: Session) -> Coaching:
    from greenroom.cli.measuring import means
    from greenroom.review.coached import coaching

    return coaching(archive, session, lambda: means(archive.home))


def _can_ask() -> bool:
    return sys.stdin.isatty()


def _error(said: tuple[str, str], **figures: object) -> GreenroomError:
    message, remedy = (text.format(**figures) for text in said)
    return GreenroomError(message, remedy)
