"""`questions`: what there is to rehearse. And `voices`: who can ask."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from greenroom.errors import GreenroomError


def register(app: typer.Typer) -> None:
    """Adds the questions family and voices to the program."""
    family = typer.Typer(help="The question packs.", no_args_is_help=True, rich_markup_mode=None)
    family.command(
        "list", epilog="Examples: greenroom questions list; greenroom questions list --pack general --json"
    )(list_questions)
    family.command(
        "show", epilog="Examples: greenroom questions show conflict; greenroom questions show weakness --json"
    )(show_question)
    app.add_typer(family, name="questions")
    app.command("voices", epilog="Examples: greenroom voices; greenroom practice --voice system")(voices)


Pack = Annotated[str | None, typer.Option("--pack", help="Only this pack.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def list_questions(pack: Pack = None, as_json: AsJson = False) -> None:
    """List the questions of all packs, or of one."""
    from greenroom.review.clean import clean

    rows = _rows(pack)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(len(str(row["id"])) for row in rows)
    for row in rows:
        typer.echo(clean(f"{row['id']:<{width}}") + f"  {clean(str(row['text']))}")


def show_question(
    question: Annotated[str, typer.Argument(metavar="ID", help="A question's id.")], as_json: AsJson = False
) -> None:
    """Show one question: its kind, its usual length, what a good answer covers."""
    from greenroom.review.clean import clean

    found = [row for row in _rows(None) if row["id"] == question]
    if not found:
        raise GreenroomError(
            f"There is no question “{question}”.", "`greenroom questions list` shows them all."
        )
    if as_json:
        typer.echo(json.dumps(found[0], ensure_ascii=False, indent=2))
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
    """List the voices that can ask the questions; `auto` takes the first."""
    from greenroom.speaking.voice import available_voices

    found = available_voices()
    if as_json:
        typer.echo(
            json.dumps([{"name": one.name, "description": one.description} for one in found], indent=2)
        )
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
