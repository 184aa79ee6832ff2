"""`delete` and `keep`: what goes for good, and how long recordings stay."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer._click.exceptions import BadParameter
from typer._click.types import ParamType

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import Day
from greenroom.cli.writing import write
from greenroom.errors import GreenroomError, error_of

if TYPE_CHECKING:
    from greenroom.archive import Archive, SessionSummary
    from greenroom.review.look import Look
    from greenroom.review.page import Page

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask first.")]


class TimeKept(ParamType):
    """A time such as 90d, 12w, 6m, 1y; or forever."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        from greenroom.review import keeping_words as words
        from greenroom.settings import days_kept

        said = str(value).strip().lower()
        try:
            days_kept(said)
        except ValueError as error:
            raise BadParameter(words.KEEP_TIME.format(value=value), ctx, param) from error
        return said


def register(app: typer.Typer) -> None:
    """Adds delete and keep to the program."""
    app.command(
        "delete",
        cls=Command,
        epilog=examples("greenroom delete 12", "greenroom delete --before 2026-01-31 --yes"),
    )(delete)
    app.command("keep", cls=Command, epilog=examples("greenroom keep", "greenroom keep --audio 90d"))(keep)


def delete(
    session_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="A session's number, or `last`.")
    ] = None,
    before: Annotated[
        date | None,
        typer.Option(click_type=Day(), metavar="DATE", help="All sessions before this day, as 2026-02-03."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All you ever said or kept here.")] = False,
    yes: Yes = False,
) -> None:
    """Delete a session for good, or several, with their audio.

    It tells you what goes, and asks first. No word of it stays: not in the search index, nor in backups, nor
    in files that you exported into the greenroom folder. Stopped in the middle, the next start finishes it.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review import keeping_words as words

    if [session_id is not None, before is not None, everything].count(True) != 1:
        raise typer.BadParameter(words.DELETE_ONE_OF)
    with open_archive() as archive:
        if session_id is not None:
            _delete_one(archive, archive.resolve(session_id), yes)
            return
        doomed = [one for one in archive.sessions() if before is None or _day_of(one) < before]
        if before is not None and not doomed:
            from greenroom.review.figures import day

            write(words.DELETE_NONE_BEFORE.format(day=day(before.isoformat())) + "\n")
            return
        _delete_several(archive, doomed, yes, everything=everything)


def _day_of(summary: SessionSummary) -> date:
    """The day on which it was held, where the person was."""
    return date.fromisoformat(summary.started_at[:10])


def _delete_one(archive: Archive, session_id: int, yes: bool) -> None:
    from greenroom.review import terminal, words

    session = archive.session(session_id)
    if not yes:
        refusal = error_of(words.DELETE_ASK_FIRST, id=session.id)
        if not _wanted(
            archive,
            [session.id],
            lambda chosen: terminal.what_goes(session, date.today(), chosen),
            words.DELETE_ASK,
            refusal,
        ):
            return
    deleted = archive.delete(session.id)
    if deleted.left:
        raise error_of(words.DELETE_LEFT, id=session.id, files=", ".join(deleted.left))
    write(words.DELETED.format(id=session.id) + "\n")


def _delete_several(archive: Archive, doomed: list[SessionSummary], yes: bool, *, everything: bool) -> None:
    from greenroom.review import keeping
    from greenroom.review import keeping_words as words
    from greenroom.review.figures import counted

    ids = [one.id for one in doomed]
    if not yes and not _wanted(
        archive,
        ids,
        lambda chosen: keeping.what_goes(doomed, chosen, everything=everything),
        words.DELETE_MANY_ASK,
        error_of(words.DELETE_ASK_FIRST_MANY),
    ):
        return
    deleted = archive.delete_all(None if everything else ids)
    if deleted.left:
        raise error_of(words.DELETE_LEFT_MANY, files=", ".join(deleted.left))
    if everything:
        write(words.DELETED_ALL + "\n")
    else:
        write(words.DELETED_MANY.format(sessions=counted(len(deleted.sessions), "session")) + "\n")


def _wanted(
    archive: Archive,
    ids: list[int],
    told: Callable[[Look], Page],
    question: str,
    refusal: GreenroomError,
) -> bool:
    """Tell what goes with these sessions, and ask.

    Raises:
        GreenroomError: the refusal, when there is nobody to ask.
    """
    from greenroom.review import keeping, words
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    if not _can_ask():
        raise refusal
    chosen = look(paged=False)
    files = sorted({file for session_id in ids for file in archive.exports(session_id)})
    show_page([*told(chosen), *keeping.files_that_go(files, chosen)], chosen)
    if typer.confirm(question):
        return True
    write(words.DELETE_KEPT + "\n")
    return False


def keep(
    audio: Annotated[
        str | None,
        typer.Option(
            click_type=TimeKept(), metavar="TIME", help="How long recordings stay: 90d, 12w, 6m, 1y, forever."
        ),
    ] = None,
    yes: Yes = False,
) -> None:
    """Say how long recordings are kept.

    Words are always kept, and the recording of an answer stays until its words are final. What is older goes
    at each start. Without --audio you see how it is now.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review import keeping_words as words
    from greenroom.settings import KEEP_AUDIO, days_kept, read_config, write_setting

    # What is set may be just what is to be changed: nothing goes by it any more.
    with open_archive(let_go=False) as archive:
        now = str(read_config(archive.home).get(KEEP_AUDIO, "forever"))
        if audio is None:
            _show_kept(archive, now)
            return
        days = days_kept(audio)
        if days is None:
            if days_kept(now) is not None:
                write_setting(archive.home, KEEP_AUDIO, audio)
            write(words.KEEP_SET_FOREVER + "\n")
            return
        if not _agreed(archive, audio, days, yes):
            write(words.KEEP_UNCHANGED + "\n")
            return
        write_setting(archive.home, KEEP_AUDIO, audio)
        _let_go(archive, audio, days)


def _show_kept(archive: Archive, setting: str) -> None:
    from greenroom.review import keeping
    from greenroom.review import keeping_words as words
    from greenroom.settings import days_kept

    time = None if days_kept(setting) is None else keeping.time_kept(setting)
    write(keeping.kept_line(archive.kept_audio(), time) + "\n")
    write((words.KEEP_HINT if time is None else words.KEPT_FOR_NEXT) + "\n")


def _agreed(archive: Archive, setting: str, days: int, yes: bool) -> bool:
    """Tell what goes, and ask where something does."""
    from greenroom.review import keeping
    from greenroom.review import keeping_words as words
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    old = archive.old_audio(days)
    chosen = look(paged=False)
    show_page(keeping.what_is_let_go(old, setting, days, chosen), chosen)
    if yes or not old.recordings:
        return True
    if not _can_ask():
        raise error_of(words.KEEP_ASK_FIRST, time=setting)
    return typer.confirm(words.KEEP_ASK.format(time=keeping.time_kept(setting)))


def _let_go(archive: Archive, setting: str, days: int) -> None:
    from greenroom.review import keeping
    from greenroom.review import keeping_words as words
    from greenroom.review.figures import counted

    gone = archive.let_go_of_audio(days)
    write(words.KEEP_SET.format(time=keeping.time_kept(setting)) + "\n")
    if gone.count:
        write(words.KEEP_LET_GO.format(count=counted(gone.count, "recording")) + "\n")
    if gone.left:
        raise error_of(words.KEEP_LEFT, files=", ".join(gone.left[:3]))


def _can_ask() -> bool:
    return sys.stdin.isatty()
