"""`import`: recordings made elsewhere become sessions, and an export becomes what it was made of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from greenroom.cli.helping import ConfiguredCommand, examples
from greenroom.cli.options import Company, Minutes, ModelName, OneOf, Role
from greenroom.errors import GreenroomError
from greenroom.settings import MINUTES

MOST_BYTES = 500_000_000
"""Of an export, which is read as a whole: ten answers a day for ten years are less."""


def register(app: typer.Typer) -> None:
    """Adds import to the program."""
    app.command(
        "import",
        cls=ConfiguredCommand,
        epilog=examples(
            "greenroom import memo.m4a --as debrief",
            "greenroom import --json backup.json",
        ),
    )(import_files)


def import_files(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Recordings: wav, flac, mp3, m4a, ogg.")
    ] = None,
    as_what: Annotated[
        str | None,
        typer.Option(
            "--as",
            click_type=OneOf("kind of import", "debrief"),
            metavar="debrief",
            help="A memo told after an interview.",
        ),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="What export --format json made: all or nothing of it."),
    ] = None,
    model: ModelName = "auto",
    company: Company = None,
    role: Role = None,
    minutes: Minutes = MINUTES,
) -> None:
    """Bring in recordings made elsewhere.

    Each becomes a session of its own, with its words and timing, in the order given. If one of them cannot
    be read, none is brought in. Your files stay as they are.

    A memo you spoke after an interview becomes the beginning of its debrief: --resume asks for the rest.
    """
    from greenroom.review.export import words as export_words

    if export is not None:
        _only_the_export(context)
        bring_back(export)
        return
    if not files:
        raise typer.BadParameter(export_words.IMPORT_WHAT)
    from greenroom.cli.history import history_of
    from greenroom.cli.plans import debrief_plan
    from greenroom.cli.wiring import model_loader, open_archive
    from greenroom.hearing.load import load
    from greenroom.review.clean import clean
    from greenroom.settings import home_folder
    from greenroom.stage.importing import Importer, told
    from greenroom.stage.words import MEMO_GOES_ON

    home = home_folder()
    load_model = model_loader(model, home)
    for file in files:
        next(load(file))  # a name mistyped in the middle should not leave half of them imported
    with open_archive(home=home, model=model) as archive:
        importer = Importer(archive, load_model)
        for file in files:
            plan = None
            if as_what is not None:
                plan = debrief_plan(home, history_of(archive), minutes=minutes, company=company, role=role)
            imported = importer.bring(file, company=company, role=role, debrief=plan)
            typer.echo(clean(told(imported)))
    if as_what is not None:
        typer.echo(MEMO_GOES_ON)


def bring_back(file: Path) -> None:
    """Store what an export holds, and tell under which numbers.

    Raises:
        GreenroomError: it is no export, does not fit, or cannot be stored. Nothing of it is stored then.
    """
    from greenroom.cli.export import SOUND_FOLDER
    from greenroom.cli.wiring import open_archive
    from greenroom.review.clean import clean
    from greenroom.review.export.check import checked
    from greenroom.stage.restoring import restore, told

    file = file.expanduser()
    document = checked(_read(file), clean(str(file)))
    with open_archive() as archive:
        restored = restore(archive, document, file.parent / SOUND_FOLDER.format(stem=file.stem))
    for line in told(restored):
        typer.echo(clean(line))


def _only_the_export(context: typer.Context) -> None:
    """An export is brought in as it is: what else is typed beside it would not be heeded."""
    from typer._click.core import ParameterSource

    from greenroom.review.export import words as export_words

    names = {"files": "FILE", "as_what": "--as"}
    beside = [
        names.get(name, f"--{name}")
        for name in context.params
        if name != "export" and context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if beside:
        raise typer.BadParameter(export_words.IMPORT_ALONE.format(options=", ".join(beside)))


def _read(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise GreenroomError(f"There is no file {file}.", "Check the name, or give another file.")
        if file.stat().st_size > MOST_BYTES:
            raise GreenroomError(
                f"{file} is larger than any export that can be brought in.",
                "Export single sessions, and bring in one after the other.",
            )
        return file.read_bytes()
    except OSError as error:
        raise GreenroomError(
            f"{file} cannot be read: {error.strerror}.", "Check that you may read it."
        ) from error
