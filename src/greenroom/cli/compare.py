"""`compare`: two takes of a question side by side."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson
from greenroom.cli.review import Plain
from greenroom.cli.writing import dump


def register(app: typer.Typer) -> None:
    """Adds compare to the program."""
    app.command(
        "compare",
        cls=Command,
        epilog=examples("greenroom compare conflict", "greenroom compare weakness --takes 2,5"),
    )(compare)


def _two(given: str | None) -> str | None:
    if given is not None and not re.fullmatch(r"\s*[1-9][0-9]{0,5}\s*,\s*[1-9][0-9]{0,5}\s*", given):
        raise typer.BadParameter(f"“{given}” does not name two takes; write it as 2,5.")
    return given


def compare(
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION...", help="A question's id, or words of it.")
    ],
    takes: Annotated[
        str | None,
        typer.Option("--takes", metavar="N,N", callback=_two, help="Which two; the first and the last else."),
    ] = None,
    play: Annotated[bool, typer.Option("--play", help="Play them, one after the other.")] = False,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Set your first and your latest take side by side.

    What you said, and what changed: thinking, length, pace, fillers, the parts of the story, your points.
    """
    from greenroom.cli import data
    from greenroom.cli.measuring import means
    from greenroom.cli.wiring import open_archive
    from greenroom.review import compare as pages

    with open_archive() as archive:
        home = archive.home
        packs = data.packs(home, lambda _: None)
        is_said = data.said_to_the_program()
        asked = {
            turn.prompt_id: turn.prompt
            for _, _, turn, answer in archive.answers()
            if not (turn.follow_up_of or is_said(answer.text))
        }
        known = {one.id: one.text for pack in packs for one in pack.questions}
        prompt_id = pages.question_meant(" ".join(question), asked, known)
        given = pages.takes_of(archive, prompt_id, is_said)
        places = None
        if takes is not None:
            first, second = (int(part) for part in takes.split(","))
            places = (first, second)
        found = pages.compared(archive, given, places, means(home))
    if as_json:
        dump(pages.compare_json(found))
    else:
        from greenroom.review.look import look
        from greenroom.review.printing import show_page

        chosen = look(plain, paged=not play)
        show_page(pages.compare_page(found, chosen), chosen)
    if play:
        from greenroom.cli.playback import play_turn

        for side in found.sides:
            play_turn(side.take.session_id, side.take.turn, home)
