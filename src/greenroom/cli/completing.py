"""What the shell may offer for the names of packs and models, and the ids of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.dialogue.packs import Pack


def pack_names(incomplete: str) -> list[tuple[str, str]]:
    """The names that begin so, each with the pack's title."""
    from greenroom.dialogue.packs import UNHAPPY_PACK
    from greenroom.review import words
    from greenroom.review.clean import clean

    found = [(one.id, clean(one.title)) for one in _packs()] + [(UNHAPPY_PACK, words.UNHAPPY_TITLE)]
    return [row for row in found if row[0].startswith(incomplete)]


def own_pack_names(incomplete: str) -> list[str]:
    """The names of one's own packs that begin so."""
    from greenroom.settings import home_folder

    folder = home_folder() / "prompts" / "packs"
    return sorted(file.stem for file in folder.glob("*.toml") if file.stem.startswith(incomplete))


def question_ids(incomplete: str) -> list[tuple[str, str]]:
    """The ids that begin so, each with the question."""
    from greenroom.review.clean import clean

    return [
        (question.id, clean(question.text))
        for one in _packs()
        for question in one.questions
        if question.id.startswith(incomplete)
    ]


def models_here(incomplete: str) -> list[str]:
    """The names of models on this machine, and auto, that begin so."""
    from greenroom.hearing import models
    from greenroom.hearing.model_store import downloads_in
    from greenroom.settings import home_folder

    names = ("auto", *models.models_here(downloads_in(home_folder())))
    return [name for name in names if name.startswith(incomplete)]


def models_offered(incomplete: str) -> list[str]:
    """The names of models to be had that begin so."""
    from greenroom.hearing.model_store import OFFERED_MODELS

    return [one.name for one in OFFERED_MODELS if one.name.startswith(incomplete)]


def _packs() -> list[Pack]:
    from greenroom.cli import data
    from greenroom.settings import home_folder

    def quiet(error: GreenroomError) -> None:
        """Nobody reads complaints in the middle of a line."""

    return data.packs(home_folder(), quiet)
