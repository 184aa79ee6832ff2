"""`questions`: what there is to rehearse, and your own. And `voices`: who can ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli import adding
from greenroom.cli.completing import pack_names, question_ids
from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson
from greenroom.cli.writing import dump, write
from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.dialogue.packs import Pack
    from greenroom.review.page import Page

_EXAMPLES: dict[str, tuple[str, str]] = {
    "list": ("greenroom questions list", "greenroom questions list --pack general --json"),
    "show": ("greenroom questions show conflict", "greenroom questions show weakness --json"),
    "script": (
        'greenroom questions script conflict "the rota" "I asked both"',
        "greenroom questions script conflict",
    ),
}


def register(app: typer.Typer) -> None:
    """Adds the questions family and voices to the program."""
    family = typer.Typer(
        help="Browse the questions there are, and add your own.",
        epilog=examples("greenroom questions list", "greenroom questions show conflict"),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    commands: dict[str, Callable[..., None]] = {
        "list": list_questions,
        "show": show_question,
        "script": script,
    }
    for name, command in commands.items():
        family.command(name, cls=Command, epilog=examples(*_EXAMPLES[name]))(command)
    adding.register(family)
    app.add_typer(family, name="questions")
    app.command(
        "voices", cls=Command, epilog=examples("greenroom voices", "greenroom practice --voice system")
    )(voices)


QuestionId = Annotated[
    str, typer.Argument(metavar="ID", help="A question's id.", autocompletion=question_ids)
]


def list_questions(
    pack: Annotated[
        str | None,
        typer.Option("--pack", metavar="NAME", help="Only this pack.", autocompletion=pack_names),
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only of this kind.")] = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="NAME", help="Only the packs that fit this role.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the questions, of all packs or of one.

    Packs of your own show up here, and so does the pack unhappy: what your debriefs were unhappy with.
    """
    from dataclasses import replace

    from greenroom.cli import own_questions
    from greenroom.dialogue.drawing import packs_for
    from greenroom.dialogue.packs import UNHAPPY_PACK
    from greenroom.review import questions, words
    from greenroom.settings import home_folder

    home = home_folder()
    if pack is not None and role is not None:
        raise GreenroomError("--pack and --role are two things.", "Give one: a pack, or a role.", 2)
    if pack == UNHAPPY_PACK:
        chosen = [own_questions.unhappy(home)]
    elif pack is not None:
        chosen = [own_questions.pack(pack, home)]
    else:
        chosen = own_questions.packs(home, own_questions.warn)
    if role is not None:
        chosen = list(packs_for(role, chosen))
    nothing = words.UNHAPPY_EMPTY if pack == UNHAPPY_PACK else (words.QUESTIONS_NONE,)
    if kind is not None:
        _check_kind(kind, chosen)
        chosen = [
            replace(one, questions=tuple(each for each in one.questions if each.kind == kind))
            for one in chosen
        ]
    if as_json:
        dump(questions.questions_json(chosen, own_questions.points(home, own_questions.ids_of(chosen))))
        return
    from greenroom.review.look import look

    chosen_look = look()
    page = questions.questions_page(chosen, chosen_look)
    _show(page) if page else write("\n".join(nothing) + "\n")


def show_question(question: QuestionId, as_json: AsJson = False) -> None:
    """Show a question, and what a good answer to it covers.

    With what you want to say yourself, if you keep a script for it.
    """
    from greenroom.cli import own_questions
    from greenroom.review import questions
    from greenroom.review.look import look
    from greenroom.settings import home_folder

    home = home_folder()
    pack, found = own_questions.find(question, own_questions.every(home))
    points = own_questions.points(home, [found.id])
    if as_json:
        dump(questions.question_json(pack, found, points))
        return
    _show(questions.question_page(pack, found, points.get(found.id, ()), look()))


def script(
    question: QuestionId,
    points: Annotated[
        list[str] | None,
        typer.Argument(metavar="POINT...", help="What you want to say, each point in quotes."),
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="Keep none any more.")] = False,
    as_json: AsJson = False,
) -> None:
    """Keep what you want to say to a question, point by point.

    They replace those kept before; without any you see what is kept. Each take shows which were said.
    """
    from datetime import datetime

    from greenroom.cli import own_questions
    from greenroom.cli.wiring import open_archive
    from greenroom.dialogue.pack_text import encodable
    from greenroom.review import questions, words
    from greenroom.review.clean import clean
    from greenroom.review.look import look
    from greenroom.settings import home_folder

    home = home_folder()
    kept = [point for one in points or () if (point := encodable(one).strip())]
    if points and (none or not kept):
        said = "Points and --none are two things." if none else "There is no point in it."
        raise GreenroomError(said, "Give each point in quotes, or --none for no more.", 2)
    for point in kept:
        own_questions.check_text("point", point)
    stored = list(own_questions.points(home, [question]).get(question, ()))
    if not stored:  # what is kept for a question that is gone can still be read and cleared
        question = own_questions.find(question, own_questions.every(home))[1].id
    if kept or none:
        with open_archive(recover=False, home=home) as archive:
            archive.set_points(question, kept, datetime.now().astimezone().isoformat(timespec="seconds"))
        stored = kept
    if as_json:
        dump(stored)
    elif none:
        write(clean(words.POINTS_CLEARED.format(id=question)) + "\n")
    elif kept:
        write(words.POINTS_STORED + "\n")
    elif stored:
        _show(questions.points_page(stored, look()))
    else:
        write(clean(words.POINTS_EMPTY.format(id=question)) + "\n")


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


def _check_kind(kind: str, packs: list[Pack]) -> None:
    from difflib import get_close_matches

    from greenroom.cli import own_questions

    known = own_questions.kinds_of(packs)
    if known and kind not in known:
        nearest = get_close_matches(kind, known, 1)
        raise GreenroomError(
            f"There is no question of the kind “{kind}” here.",
            f"Did you mean {nearest[0]}?" if nearest else f"There are: {', '.join(known)}.",
        )


def _show(page: Page) -> None:
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    show_page(page, look())
