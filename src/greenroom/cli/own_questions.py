"""All questions there are: those of the packs, and those that debriefs left unhappy."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from greenroom.cli import data
from greenroom.dialogue.packs import UNHAPPY_PACK, Pack, Question
from greenroom.dialogue.page import MOST_TEXT
from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.archive import Archive

Complain = Callable[[GreenroomError], None]


def pack(name: str, home: Path) -> Pack:
    """The pack of that name, also the one made from debriefs.

    Raises:
        GreenroomError: there is none, it is broken, or no question is left that somebody was unhappy with.
    """
    if name != UNHAPPY_PACK:
        return data.pack(name, home)
    found = unhappy(home)
    if not found.questions:
        from greenroom.review import words

        raise GreenroomError(*words.UNHAPPY_EMPTY)
    return found


def packs(home: Path, complain: Complain) -> list[Pack]:
    """Every pack that can be read, with the one made from debriefs at the end when there is anything in it.

    Args:
        complain: is told of what cannot be read.
    """
    found = data.packs(home, complain)
    try:
        made = unhappy(home)
    except GreenroomError as error:
        complain(error)
    else:
        found += [made] if made.questions else []
    return found


def unhappy(home: Path) -> Pack:
    """The questions of debriefs to answer again, the latest debrief first; empty when there are none.

    Raises:
        GreenroomError: the archive cannot be read.
    """
    from greenroom.cli.wiring import open_archive

    if not (home / "greenroom.db").is_file():  # reading must not make one
        return _made(())
    with open_archive(recover=False, home=home) as archive:
        return unhappy_in(archive)


def unhappy_in(archive: Archive) -> Pack:
    """The same of an archive that is open."""
    from greenroom.review.asked import to_ask_again

    return _made(to_ask_again(archive.noted("question"), archive.graded()))


def _made(questions: Iterable[tuple[str, str]]) -> Pack:
    from greenroom.review import words

    told = tuple(Question(prompt_id, text, kind="debrief") for prompt_id, text in questions)
    return Pack(UNHAPPY_PACK, words.UNHAPPY_TITLE, "en", told)


def points(home: Path, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What the person wants to say to these questions, by their ids; only where there is something.

    Raises:
        GreenroomError: the archive cannot be read.
    """
    from greenroom.cli.wiring import open_archive

    if not (home / "greenroom.db").is_file():  # reading must not make one
        return {}
    with open_archive(recover=False, home=home) as archive:
        return {one: kept for one in ids if (kept := archive.points(one))}


def find(question_id: str, packs: list[Pack]) -> tuple[Pack, Question]:
    """A question by its id, and the first pack that has it.

    Raises:
        GreenroomError: there is none.
    """
    every = [(one, question) for one in packs for question in one.questions]
    for found in every:
        if found[1].id == question_id:
            return found
    raise no_question(question_id, [question.id for _, question in every])


def no_question(question_id: str, known: Iterable[str]) -> GreenroomError:
    """That none has this id, with the nearest that one has."""
    nearest = get_close_matches(question_id, known, 1)
    hint = f"Did you mean {nearest[0]}? " if nearest else ""
    return GreenroomError(
        f"There is no question “{question_id}”.", f"{hint}`greenroom questions list` shows them all."
    )


def warn(error: GreenroomError) -> None:
    """What is broken and not needed: told, and no more."""
    from greenroom.review.clean import clean

    sys.stderr.write(clean(f"{error.message} {error.remedy}") + "\n")


def every(home: Path) -> list[Pack]:
    """Every pack that can be read; what cannot is told on standard error."""
    return packs(home, warn)


def ids_of(packs: list[Pack]) -> list[str]:
    return [question.id for one in packs for question in one.questions]


def kinds_of(packs: list[Pack]) -> list[str]:
    return list(dict.fromkeys(question.kind for one in packs for question in one.questions))


def check_text(what: str, text: str) -> None:
    """Raises GreenroomError when it is empty, or longer than a field of a pack may be."""
    if not text:
        raise GreenroomError(f"There is no {what} in it.", "Give its words, in quotes.", 2)
    if len(text) > MOST_TEXT:
        raise GreenroomError(
            f"The {what} has {len(text)} characters; {MOST_TEXT} is the most.", "Say it in fewer.", 2
        )
