"""`report`: sessions as one HTML file that works anywhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import Day
from greenroom.cli.writing import new_file, noted, write
from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.archive import Archive, SessionSummary
    from greenroom.coaching.trends import Group, Name, Sample
    from greenroom.review.measured import Land
    from greenroom.review.report.gather import Listen, Sources
    from greenroom.review.report.parts import Report, Sound
    from greenroom.types import Session

WEEKS = 12
"""Up to a single session, for the charts: as many as `trends` looks at."""

EVERY_WEEK = 520
"""From a day on: ten years of them, which `trends` takes at the most too."""

MAIL_BYTES = 20_000_000
"""What common mail services take as an attachment: 25 MB with the mail's own encoding, which adds a third to
some files."""


def register(app: typer.Typer) -> None:
    """Adds the report to the program."""
    app.command(
        "report",
        cls=Command,
        epilog=examples(
            "greenroom report last --open",
            "greenroom report --since 2026-01-01 --no-audio --output january.html",
        ),
    )(report)


def report(
    session_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A session's number, or `last`.")
    ] = None,
    since: Annotated[
        date | None,
        typer.Option("--since", click_type=Day(), metavar="DATE", help="Every session from this day on."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write it into this new file.")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in your browser.")] = False,
    no_audio: Annotated[bool, typer.Option("--no-audio", help="Leave the recordings out.")] = False,
) -> None:
    """Write a session, or all since a day, into one HTML file.

    It holds the recordings with the words that follow them, timelines, charts, coaching and notes. It
    needs no network and nothing beside it, so it can be mailed.
    """
    from greenroom.review.report import words

    if session_id is None and since is None:
        raise typer.BadParameter(words.NEITHER)
    if session_id is not None and since is not None:
        raise typer.BadParameter(words.BOTH)
    from greenroom.cli.wiring import open_archive

    recordings = None if no_audio else _Recordings()
    with open_archive() as archive:
        if since is None:
            ids = [archive.resolve(session_id or "")]
            name = f"greenroom-{ids[0]}.html"
            made = partial(_of_one, archive, ids[0], recordings)
        else:
            sessions = _sessions_since(archive, since)
            ids = [one.id for one in sessions]
            name = f"greenroom-since-{since}.html"
            made = partial(_of_several, archive, sessions, since, recordings)
        path = output or _place(archive.home, name)
        new_file(path, noted(archive, ids, path, _content(made)), "--output")
    path = path.expanduser()
    _tell(path, path.stat().st_size, recordings.embedded_bytes if recordings else 0)
    if open_it:
        import webbrowser

        if not webbrowser.open(path.absolute().as_uri()):
            sys.stderr.write(words.NOT_OPENED + "\n")


def _content(made: Callable[[], Report]) -> Iterator[bytes]:
    """The file, piece by piece: it is there, and empty, before anything is read or measured."""
    from greenroom.review.report.page import html

    for piece in html(made()):
        yield piece.encode()


def _place(home: Path, name: str) -> Path:
    """Where it goes without a name of the person's own: into the place of the one made before."""
    from greenroom.archive.private import private_folder

    path = home / "exports" / name
    try:
        private_folder(path.parent)
        path.unlink(missing_ok=True)
    except OSError as error:
        raise GreenroomError(
            f"{path} cannot be written: {error.strerror}.", "Give another place with --output."
        ) from error
    return path


def _sessions_since(archive: Archive, since: date) -> list[SessionSummary]:
    """The sessions from that day on, the oldest first.

    Raises:
        GreenroomError: there is none.
    """
    from greenroom.review import figures
    from greenroom.review.report import words

    found = [one for one in archive.sessions() if one.turns and one.started_at[:10] >= since.isoformat()]
    if not found:
        message, remedy = words.NONE_SINCE
        raise GreenroomError(message.format(day=figures.day(since.isoformat())), remedy)
    return sorted(found, key=lambda one: (one.started_at, one.id))


def _of_one(archive: Archive, session_id: int, listen: Listen | None) -> Report:
    """A session, with the weeks up to it.

    It may be meant for other eyes: how interviews at other places felt stays out of it.
    """
    from greenroom.coaching.trends import OF_ANSWERS, together
    from greenroom.review.report.gather import of_one

    started_at = archive.session(session_id).started_at
    try:
        last = date.fromisoformat(started_at[:10])
    except ValueError:  # after a hand in the database
        weeks = together([])
    else:
        first = last - timedelta(days=last.weekday(), weeks=WEEKS - 1)
        found = _samples(archive, lambda _messages, _answer: (), WEEKS, (first, last))
        weeks = together([one for one in found if one.kind is not None])
    return of_one(archive, session_id, _sources(archive, listen, weeks, OF_ANSWERS))


def _of_several(
    archive: Archive, sessions: Sequence[SessionSummary], since: date, listen: Listen | None
) -> Report:
    from greenroom.cli.measuring import messages_in
    from greenroom.coaching.trends import NAMES, together
    from greenroom.review.report.gather import of_several

    weeks = together(_samples(archive, messages_in(archive.home), EVERY_WEEK, (since, date.max)))
    return of_several(archive, sessions, _sources(archive, listen, weeks, NAMES), since)


def _samples(archive: Archive, land: Land, weeks: int, between: tuple[date, date]) -> list[Sample]:
    from greenroom.cli import data
    from greenroom.review import measured

    kinds = {
        question.id: question.kind
        for pack in data.packs(archive.home, lambda _: None)
        for question in pack.questions
    }
    return measured.samples(archive, kinds, data.said_to_the_program(), land, weeks, between)


def _sources(archive: Archive, listen: Listen | None, weeks: Group, followed: Sequence[Name]) -> Sources:
    import greenroom
    from greenroom.cli import data
    from greenroom.cli.measuring import means
    from greenroom.review.coached import Coaching, coaching
    from greenroom.review.report.gather import Sources

    found = means(archive.home)

    def coach(session: Session) -> Coaching:
        return coaching(archive, session, lambda: found)

    return Sources(
        coach=coach,
        feedback=data.feedback_words(),
        factors={factor.id: factor.name for factor in data.factors(archive.home)},
        listen=listen,
        progress=weeks,
        followed=followed,
        today=date.today(),
        version=greenroom.__version__,
    )


class _Recordings:
    """Makes recordings fit to be embedded, and adds up how much of the file they take."""

    def __init__(self) -> None:
        self.embedded_bytes = 0
        self._begun_s = time.monotonic()
        self._told = not sys.stderr.isatty()

    def __call__(self, path: Path) -> Sound | None:
        """None, and a line, when it cannot be read."""
        from greenroom.cli.measuring import PATIENT_S
        from greenroom.hearing.opus import as_opus
        from greenroom.review.clean import clean
        from greenroom.review.report import words
        from greenroom.review.report.parts import Sound

        if not self._told and time.monotonic() - self._begun_s > PATIENT_S:
            self._told = True
            sys.stderr.write(words.TAKES_A_WHILE + "\n")
        try:
            opus = as_opus(path)
        except GreenroomError as error:
            sys.stderr.write(clean(error.message) + "\n")
            return None
        sound = Sound("audio/ogg", opus.content, opus.duration_s)
        self.embedded_bytes += sound.embedded_bytes
        return sound


def _tell(path: Path, size: int, sound: int) -> None:
    from greenroom.review.clean import clean
    from greenroom.review.figures import file_size
    from greenroom.review.report import words

    said = words.WRITTEN_SOUND if sound else words.WRITTEN
    write(said.format(file=clean(str(path)), size=file_size(size), sound=file_size(sound)) + "\n")
    if sound and size > MAIL_BYTES:
        write(words.HEAVY.format(most=file_size(MAIL_BYTES)) + "\n")
