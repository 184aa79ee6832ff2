"""`questions add`, `import` and `new-pack`: questions of your own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli.completing import own_pack_names
from greenroom.cli.helping import Command, examples
from greenroom.cli.writing import write
from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.dialogue.packs import Pack

MOST_BYTES = 5_000_000
"""Largest table that is read: more questions than anybody rehearses in a life."""

_EXAMPLES: dict[str, tuple[str, str]] = {
    "add": (
        'greenroom questions add "Why do you want to leave Acme?"',
        'greenroom questions add "Why us?" --seconds 45-90 --covers "what they make"',
    ),
    "import": (
        "greenroom questions import questions.csv",
        "greenroom questions import acme.csv --pack acme",
    ),
    "new-pack": (
        "greenroom questions new-pack acme",
        'greenroom questions new-pack robots --title "Questions about robots"',
    ),
}


def register(family: typer.Typer) -> None:
    """Adds these to the questions family."""
    commands: dict[str, Callable[..., None]] = {
        "add": add_question,
        "import": import_questions,
        "new-pack": new_pack,
    }
    for name, command in commands.items():
        family.command(name, cls=Command, epilog=examples(*_EXAMPLES[name]))(command)


OwnPack = Annotated[
    str, typer.Option("--pack", metavar="NAME", help="A pack of your own.", autocompletion=own_pack_names)
]


def add_question(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The question, in quotes.")],
    pack: OwnPack = "mine",
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="Its kind, such as motivation.")
    ] = "general",
    seconds: Annotated[
        str | None,
        typer.Option("--seconds", metavar="FROM-TO", help="How long a good answer usually is."),
    ] = None,
    covers: Annotated[
        list[str] | None,
        typer.Option("--covers", metavar="TEXT", help="What a good answer holds (repeat it)."),
    ] = None,
    follow_up: Annotated[
        str | None, typer.Option("--follow-up", metavar="TEXT", help="What may be asked next.")
    ] = None,
    own_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id; made from the text unless given.")
    ] = None,
) -> None:
    """Add a question to a pack of your own.

    The pack is made when it is missing. What stands in it stays as it is.
    """
    from greenroom.cli import own_packs, own_questions
    from greenroom.dialogue.pack_text import encodable, new_id
    from greenroom.dialogue.packs import Question
    from greenroom.review import words
    from greenroom.review.clean import clean
    from greenroom.settings import home_folder

    home = home_folder()
    own_packs.own_file(pack, home)
    low, high = _range(seconds) if seconds is not None else Question("", "").seconds
    given = encodable(text).strip()
    every = own_questions.every(home)
    own_questions.check_text("question", given)
    _check_new(given, own_id, every)
    kind = _kind(kind, every)
    follow_up = encodable(follow_up).strip() if follow_up else None
    points = tuple(point for one in covers or () if (point := encodable(one).strip()))
    for one in (kind, follow_up or "-", *points):
        own_questions.check_text("text", one)
    question = Question(
        own_id or new_id(given, own_questions.ids_of(every)),
        given,
        kind,
        (low, high),
        points,
        follow_up or None,
    )
    file = own_packs.add([question], pack, home)
    write(clean(words.QUESTION_ADDED.format(id=question.id, file=file)) + "\n")
    write(words.QUESTION_ADDED_NEXT.format(pack=pack, id=question.id) + "\n")


def import_questions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table: CSV, with headings.")],
    pack: OwnPack = "mine",
) -> None:
    """Add the questions of a table to a pack of your own.

    Its columns: text, id, kind, low, high, covers, follow_up, in any order; only text is needed. All of it is
    added, or nothing.
    """
    from greenroom.cli import own_packs, own_questions
    from greenroom.dialogue.pack_csv import check_kinds, new_questions, read_rows
    from greenroom.dialogue.pack_text import same_question
    from greenroom.review import words
    from greenroom.review.clean import clean
    from greenroom.settings import home_folder

    home = home_folder()
    own_packs.own_file(pack, home)
    rows = read_rows(_table(file), str(file))
    every = own_questions.every(home)
    check_kinds(rows, own_questions.kinds_of(every), str(file))
    known = {
        same_question(question.text): (question.id, one.id)
        for one in reversed(every)
        for question in one.questions
    }
    questions, skipped = new_questions(rows, known, own_questions.ids_of(every), str(file))
    if questions:
        own_packs.add(questions, pack, home)
    for row in skipped:
        write(clean(words.question_there(row.line, row.id, row.pack)) + "\n")
    write(words.questions_added(len(questions), pack) + "\n")
    if questions:
        write(words.PACK_NEXT.format(pack=pack) + "\n")


def new_pack(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name: acme, for example.")],
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What it is about.")] = None,
) -> None:
    """Begin a pack of your own: a file with notes and an example.

    Write your questions into it with any editor.
    """
    from greenroom.cli import own_packs, own_questions
    from greenroom.dialogue.pack_text import encodable
    from greenroom.review import words
    from greenroom.review.clean import clean
    from greenroom.settings import home_folder

    home = home_folder()
    named = encodable(title).strip() if title else ""
    if named:
        own_questions.check_text("title", named)
    file = own_packs.create(name, named or None, home, own_questions.ids_of(own_questions.every(home)))
    write(clean(words.PACK_NEW.format(file=file)) + "\n")
    write(words.PACK_NEXT.format(pack=name) + "\n")


def _range(said: str) -> tuple[int, int]:
    """Raises GreenroomError: it is not as 60-120."""
    found = re.fullmatch(r"\s*([0-9]{1,4})\s*(?:-|–|to)\s*([0-9]{1,4})\s*", said)
    if found is None or not 0 < int(found[1]) < int(found[2]):
        raise GreenroomError(
            f"“{said}” is no range of seconds.", "Write it as 60-120, the smaller one first.", 2
        )
    return int(found[1]), int(found[2])


def _kind(said: str, packs: list[Pack]) -> str:
    from greenroom.cli import own_questions
    from greenroom.dialogue.pack_text import encodable, meant_kind

    kind = encodable(said).strip()
    if meant := meant_kind(kind, own_questions.kinds_of(packs)):
        raise GreenroomError(f"There is no kind “{kind}” yet.", f"Did you mean {meant}?", 2)
    return kind


def _check_new(text: str, own_id: str | None, packs: list[Pack]) -> None:
    """Raises GreenroomError when the question, or another one of this id, is there already."""
    from greenroom.dialogue.pack_text import is_reserved, same_question
    from greenroom.dialogue.page import ID_PATTERN

    if own_id is not None and (not ID_PATTERN.fullmatch(own_id) or is_reserved(own_id)):
        raise GreenroomError(
            f"“{own_id}” cannot be an id: lower-case letters, digits and hyphens can.",
            "Leave --id out, and it is made from the text.",
            2,
        )
    for pack in packs:
        for one in pack.questions:
            if same_question(one.text) == same_question(text):
                raise GreenroomError(
                    f"That question is there already, as {one.id} in the pack {pack.id}.",
                    f"`greenroom questions show {one.id}` shows it.",
                )
            if one.id == own_id:
                raise GreenroomError(
                    f"The id “{own_id}” is taken: {one.text}", "Give another, or leave --id out."
                )


def _table(file: Path) -> str:
    """Raises GreenroomError: it cannot be read, or is no text."""
    try:
        with file.open("rb") as opened:
            held = opened.read(MOST_BYTES + 1)
        text = held.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise GreenroomError(f"There is no file {file}.", "Check the name.") from error
    except OSError as error:
        raise GreenroomError(
            f"{file} cannot be read: {error.strerror or error}.", "Check the name."
        ) from error
    except UnicodeDecodeError as error:
        raise GreenroomError(
            f"{file} is not written in UTF-8.", "Save it as CSV in UTF-8, and import it again."
        ) from error
    if len(held) > MOST_BYTES:
        raise GreenroomError(
            f"{file} is larger than {MOST_BYTES // 1_000_000} MB.", "Give a smaller part of it."
        )
    return text
