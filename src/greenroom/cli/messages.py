"""`messages`: what to leave with a panel, said before each rehearsal, looked for in every answer and asked
about after an interview."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson, Company, Role
from greenroom.cli.review import Plain
from greenroom.cli.writing import dump, write
from greenroom.errors import GreenroomError

AT_MOST = 3
"""Messages kept: what a job coach told the author of one of the articles greenroom is built from."""

EXAMPLE = 'greenroom messages set "I ship small things early"'


def register(app: typer.Typer) -> None:
    """Adds the messages family to the program."""
    family = typer.Typer(
        help="Keep the three things you want a panel to remember.",
        epilog=examples(EXAMPLE, "greenroom messages list"),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command(
        "set", cls=Command, epilog=examples(EXAMPLE, 'greenroom messages set "I explain well" --company Acme')
    )(set_messages)
    family.command(
        "list", cls=Command, epilog=examples("greenroom messages list", "greenroom messages list --json")
    )(list_messages)
    app.add_typer(family, name="messages")


def set_messages(
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="MESSAGE...", help="One to three, each in quotes.")
    ] = None,
    company: Company = None,
    role: Role = None,
    none: Annotated[bool, typer.Option("--none", help="Keep none any more.")] = False,
) -> None:
    """Keep up to three things you want a panel to remember.

    They are said before each rehearsal and looked for in your answers, and a debrief asks whether you got to
    say them. They replace those kept before for the same panel.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review import words

    kept = [text.strip() for text in texts or () if text.strip()]
    if bool(kept) == none:
        said = "Messages and --none are two things." if none else "There is no message in it."
        raise GreenroomError(said, f"Say one in quotes, or --none for no more: {EXAMPLE}", 2)
    if len(kept) > AT_MOST:
        raise GreenroomError(
            f"Those are {len(kept)} messages; a panel keeps {AT_MOST} in mind.",
            f"Give the {AT_MOST} that matter most, each in quotes: {EXAMPLE}",
            2,
        )
    with open_archive() as archive:
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        archive.set_messages(kept, at, (company or "").strip() or None, (role or "").strip() or None)
    write((words.MESSAGES_CLEARED if none else words.MESSAGES_STORED) + "\n")


def list_messages(as_json: AsJson = False, plain: Plain = False) -> None:
    """Show them, and whether they came across.

    In how many answers each did, last where and in which words, and in how many interviews you got to say it.
    """
    from greenroom.cli import data
    from greenroom.cli.wiring import likeness, open_archive
    from greenroom.coaching.landing import landings
    from greenroom.coaching.messages import messages
    from greenroom.review.messages import kept, messages_json, messages_page

    with open_archive() as archive:
        sets = archive.message_sets()
        texts = [text for one in sets for text in one.texts]
        said = messages(texts, archive.noted("message"))
        given = archive.answers() if texts else []
        home = archive.home
    answers = [answer for *_, answer in given]
    told = landings(texts, answers, likeness(home), data.vocabulary()) if texts else ()
    found = kept(sets, said, told, given)
    if as_json:
        dump(messages_json(found))
        return
    from greenroom.review.look import look
    from greenroom.review.printing import show_page

    chosen = look(plain)
    show_page(messages_page(found, len(given), chosen), chosen)
