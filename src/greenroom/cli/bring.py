"""`import`: recordings made elsewhere become sessions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from greenroom.cli.helping import ConfiguredCommand, examples
from greenroom.cli.options import Company, ModelName, Role


def register(app: typer.Typer) -> None:
    """Adds import to the program."""
    app.command(
        "import",
        cls=ConfiguredCommand,
        epilog=examples("greenroom import memo.m4a", "greenroom import first.wav second.mp3 --company Acme"),
    )(import_files)


def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Recordings: wav, flac, mp3, m4a, ogg.")
    ],
    model: ModelName = "auto",
    company: Company = None,
    role: Role = None,
) -> None:
    """Bring in recordings made elsewhere.

    Each becomes a session of its own, with its words and timing, in the order given. If one of them cannot
    be read, none is brought in. Your files stay as they are.
    """
    from greenroom.cli.wiring import model_loader, open_archive
    from greenroom.hearing.load import load
    from greenroom.review.clean import clean
    from greenroom.settings import home_folder
    from greenroom.stage.importing import Importer, told

    home = home_folder()
    load_model = model_loader(model, home)
    for file in files:
        next(load(file))  # a name mistyped in the middle should not leave half of them imported
    with open_archive(home=home, model=model) as archive:
        importer = Importer(archive, load_model)
        for file in files:
            typer.echo(clean(told(importer.bring(file, company=company, role=role))))
