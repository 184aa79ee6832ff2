"""`questions`: what there is to rehearse. And `voices`: who can ask."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson
from greenroom.errors import GreenroomError


def register(app: typer.Typer) -> None:
    """Adds the questions family and voices to the program."""
    family = typer.Typer(
        help="Browse the questions there are to rehearse.",
        epilog=examples("greenroom questions list", "greenroom questions show conflict"),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command(
        "list",
        cls=Command,
        epilog=examples("greenroom questions list", "greenroom questions list --pack general --json"),
    )(list_questions)
    family.command(
        "show",
        cls=Command,
        epilog=examples("greenroom questions show conflict", "greenroom questions show weakness --json"),
    )(show_question)
    app.add_typer(family, name="questions")
    app.command(
        "voices", cls=Command, epilog=examples("greenroom voices", "greenroom practice --voice system")
    )(voices)


Pack = Annotated[str | None, typer.Option("--pack", metavar="NAME", help="Only this pack.")]


def list_questions(pack: Pack = None, as_json: AsJson = False) -> None:
    """List the questions, of all packs or of one.

    A pack of your own is a file in prompts/packs of your greenroom folder; it shows up here.
    """
    from greenroom.review.as_json import dumped
    from greenroom.review.clean import clean

    rows = _rows(pack)
    if as_json:
        typer.echo(dumped(rows), nl=False)
        return
    width = max(len(str(row["id"])) for row in rows)
    for row in rows:
        typer.echo(clean(f"{row['id']:<{width}}") + f"  {clean(str(row['text']))}")


def show_question(
    question: Annotated[str, typer.Argument(metavar="ID", help="A question's id.")], as_json: AsJson = False
) -> None:
    """Show a question, and what a good answer to it covers."""
    from greenroom.review.as_json import dumped
    from greenroom.review.clean import clean

    rows = _rows(None)
    found = [row for row in rows if row["id"] == question]
    if not found:
        nearest = get_close_matches(question, [row["id"] for row in rows], 1)
        hint = f"Did you mean {nearest[0]}? " if nearest else ""
        raise GreenroomError(
            f"There is no question “{question}”.", f"{hint}`greenroom questions list` shows them all."
        )
    if as_json:
        typer.echo(dumped(found[0]), nl=False)
        return
    row = found[0]
    low, high = row["seconds"]
    typer.echo(clean(str(row["text"])))
    typer.echo(clean(f"{row['kind']}, from the pack {row['pack']}; usually {low} to {high} seconds"))
    for point in row["covers"]:
        typer.echo(clean(f"- {point}"))
    if row["follow_up"]:
        typer.echo(clean(f"Then perhaps: {row['follow_up']}"))


def voices(as_json: AsJson = False) -> None:
    """List the voices that can ask the questions.

    The best comes first; it is the one you get unless you choose another with --voice.
    """
    from greenroom.review.as_json import dumped
    from greenroom.speaking.voice import available_voices

    found = available_voices()
    if as_json:
        typer.echo(dumped([{"name": one.name, "description": one.description} for one in found]), nl=False)
        return
    for one in found:
        typer.echo(f"{one.name}  {one.description}")


def _rows(pack: str | None) -> list[dict[str, Any]]:
    from dataclasses import asdict

    from greenroom.cli import data
    from greenroom.settings import home_folder

    home = home_folder()
    chosen = [data.pack(pack, home)] if pack else data.packs(home)
    return [
        {"id": question.id, "pack": one.id, "text": question.text, **asdict(question)}
        for one in chosen
        for question in one.questions
    ]
