"""`transcribe`: has answers written down anew by another model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli.completing import models_here as names_here
from greenroom.cli.helping import Command, examples
from greenroom.cli.review import Plain
from greenroom.cli.writing import write
from greenroom.errors import error_of

if TYPE_CHECKING:
    from greenroom.archive import Archive
    from greenroom.archive.corrections import KeptAnswer
    from greenroom.hearing.transcriber import Recogniser
    from greenroom.stage.retranscribing import Rewritten, Step, Work

MOST_NAMED = 5
"""Answers named in one line; the rest is counted."""


def register(app: typer.Typer) -> None:
    """Adds transcribe to the program."""
    app.command(
        "transcribe",
        cls=Command,
        epilog=examples(
            "greenroom transcribe last",
            "greenroom transcribe --all --model base",
        ),
    )(transcribe)


def transcribe(
    what: Annotated[
        str | None, typer.Argument(metavar="ID", help="A session (12, last) or an answer (12.3).")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every answer there is.")] = False,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who writes down; the best one here.", autocompletion=names_here),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Also over what you corrected.")] = False,
    plain: Plain = False,
) -> None:
    """Write answers down anew, by a better model.

    The old words stay until the new ones are whole. Stop it whenever you like: the same command goes on from
    there. What you corrected is left alone.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review import keeping_words as words
    from greenroom.settings import home_folder
    from greenroom.stage.retranscribing import work_for, write_anew

    if (what is not None) == everything:
        raise typer.BadParameter(words.TRANSCRIBE_ONE_OF)
    name, load = _model(model, home_folder())
    with open_archive() as archive:
        kept = _kept(archive, what)
        work = work_for(kept, name, force=force)
        _tell_left(work, name)
        if not work.answers:
            return
        _tell_work(work, name)
        try:
            with _shown(work, plain) as show:
                done = write_anew(archive, work, load, show, force=force)
        except KeyboardInterrupt:
            write(words.TRANSCRIBE_STOPPED + "\n")
            raise
    _tell(done)


def _model(name: str | None, home: Path) -> tuple[str, Callable[[], Recogniser]]:
    """The model's name, and what loads it, once.

    Raises:
        GreenroomError: there is no such model here.
    """
    from greenroom.cli.wiring import model_loader
    from greenroom.hearing.model_store import downloads_in
    from greenroom.hearing.models import models_here
    from greenroom.review import keeping_words as words

    if name is None or name == "auto":
        here = models_here(downloads_in(home))
        if not here:
            raise error_of(words.NO_MODEL)
        name = here[-1]  # nobody waits, so it need not keep up with anybody
    load = model_loader(name, home)
    loaded: list[Recogniser] = []

    def once() -> Recogniser:
        if not loaded:
            loaded.append(load())
        return loaded[0]

    return name, once


def _kept(archive: Archive, what: str | None) -> list[KeptAnswer]:
    """The answers that are meant.

    Raises:
        GreenroomError: there is none of that name, or it has no recording.
    """
    from greenroom.review import keeping_words as words

    if what is None:
        return archive.kept_answers()
    session_id, number, _ = archive.resolve_turn(what)
    kept = archive.kept_answers(session_id)
    if number is None:
        return kept
    found = [answer for answer in kept if answer.number == number]
    if not found:
        raise error_of(words.NO_AUDIO, id=session_id, moment=f"{session_id}.{number}")
    return found


@contextmanager
def _shown(work: Work, plain: bool) -> Iterator[Callable[[Step], None]]:
    """A bar on a terminal; a line an answer, and at each tenth of a long one, in a pipe."""
    from itertools import accumulate

    from greenroom.review import keeping_words as words
    from greenroom.review.look import look

    count = len(work.answers)
    if look(plain, paged=False).plain:
        said: dict[int, int] = {}

        def in_lines(step: Step) -> None:
            tenth = int(step.share * 10)
            if said.get(step.number, 0) < tenth:
                said[step.number] = tenth
                state = words.STEP_DONE if step.is_new else words.STEP_LEFT
                if step.share < 1:
                    state = words.STEP_SHARE.format(share=tenth * 10)
                line = words.STEP.format(
                    moment=_moment(step.answer), number=step.number, count=count, state=state
                )
                write(line + "\n")

        yield in_lines
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    before_s = list(accumulate((one.speaking_s for one in work.answers), initial=0.0))
    with Progress(*columns) as progress:
        task = progress.add_task(_moment(work.answers[0]), total=work.speaking_s or 1.0)

        def in_a_bar(step: Step) -> None:
            done_s = before_s[step.number - 1] + step.answer.speaking_s * step.share
            progress.update(
                task, completed=done_s, description=f"{_moment(step.answer)} ({step.number} of {count})"
            )

        yield in_a_bar


def _tell_left(work: Work, model: str) -> None:
    """What is not done, and why."""
    from greenroom.review import keeping_words as words

    if work.done:
        write(words.DONE_ALREADY.format(count=_counted(work.done), model=model) + "\n")
    if work.short:
        write(words.TOO_SHORT.format(count=_counted(work.short)) + "\n")
    if work.corrected:
        count, moments = _counted(len(work.corrected)), _named(work.corrected)
        write(words.LEFT_CORRECTED.format(count=count, moments=moments) + "\n")
    if not work.answers:
        write(words.NOTHING_TO_DO + "\n")


def _tell_work(work: Work, model: str) -> None:
    from greenroom.review import keeping_words as words
    from greenroom.review.figures import seconds

    count = _counted(len(work.answers))
    write(words.WORK.format(count=count, length=seconds(work.speaking_s), model=model) + "\n")


def _tell(done: Rewritten) -> None:
    """What came of it.

    Raises:
        GreenroomError: an answer could not be written down.
    """
    from greenroom.review import keeping_words as words

    rows = (
        (words.TRANSCRIBED, done.stored),
        (words.AS_BEFORE, done.as_before),
        (words.CHANGED, done.changed),
        (words.BUSY, done.busy),
        (words.LOST, done.lost),
    )
    for line, answers in rows:
        if answers:
            write(line.format(count=_counted(len(answers)), moments=_named(answers)) + "\n")
    if done.failed:
        answers = [answer for answer, _ in done.failed]
        raise error_of(
            words.FAILED,
            count=_counted(len(answers)),
            moments=_named(answers),
            reason=done.failed[0][1].message,
        )


def _counted(count: int) -> str:
    from greenroom.review.figures import counted

    return counted(count, "answer")


def _named(answers: Sequence[KeptAnswer]) -> str:
    named = ", ".join(_moment(answer) for answer in answers[:MOST_NAMED])
    return named if len(answers) <= MOST_NAMED else f"{named}, …"


def _moment(answer: KeptAnswer) -> str:
    return f"{answer.session_id}.{answer.number}"
