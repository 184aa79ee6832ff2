"""`import`: recordings made elsewhere become sessions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Adds import to the program."""
    app.command(
        "import", epilog="Examples: greenroom import memo.m4a; greenroom import one.wav two.mp3 --model base"
    )(import_files)


def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Recordings: wav, flac, mp3, m4a, ogg.")
    ],
    model: Annotated[
        str, typer.Option("--model", envvar="GREENROOM_MODEL", help="The speech model.")
    ] = "auto",
    company: Annotated[str | None, typer.Option(help="Whom it was with.")] = None,
    role: Annotated[str | None, typer.Option(help="What it was for.")] = None,
) -> None:
    """Store recordings made elsewhere, one session each, with their words and timing."""
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
