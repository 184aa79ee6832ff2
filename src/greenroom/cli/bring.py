"""`import`: recordings made elsewhere become sessions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from greenroom.cli.helping import ConfiguredCommand, examples
from greenroom.cli.options import Company, Minutes, ModelName, OneOf, Role
from greenroom.settings import MINUTES


def register(app: typer.Typer) -> None:
    """Adds import to the program."""
    app.command(
        "import",
        cls=ConfiguredCommand,
        epilog=examples(
            "greenroom import first.wav second.mp3 --company Acme", "greenroom import memo.m4a --as debrief"
        ),
    )(import_files)


def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Recordings: wav, flac, mp3, m4a, ogg.")
    ],
    as_what: Annotated[
        str | None,
        typer.Option(
            "--as",
            click_type=OneOf("kind of import", "debrief"),
            metavar="debrief",
            help="A memo told after an interview.",
        ),
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
