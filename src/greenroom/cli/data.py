"""Reads the data files: prompts/ and the demo's recordings, shipped with the program or the user's own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import greenroom
from greenroom.dialogue.crisis import HelpLine, read_help
from greenroom.dialogue.factors import Factor, read_factors
from greenroom.dialogue.feedback import FeedbackWords, read_feedback
from greenroom.dialogue.manners import Manners, read_manners
from greenroom.dialogue.packs import (
    UNHAPPY_PACK,
    DebriefScript,
    InterviewWords,
    Pack,
    PhraseBook,
    read_debrief,
    read_interview_words,
    read_pack,
    read_phrases,
)
from greenroom.dialogue.phrases import command_of, goes_back
from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.coaching.lexicon import Lexicon
    from greenroom.coaching.vocabulary import Vocabulary
    from greenroom.review.letters import Templates
    from greenroom.review.share.names import NameWords


def shipped(name: str) -> Path:
    """A data folder of the program: inside the package once built, beside src/ in a checkout."""
    package = Path(greenroom.__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parents[1] / name


def pack_files(home: Path) -> Iterator[Path]:
    """All question packs; the user's own come first and win."""
    for folder in (home / "prompts" / "packs", shipped("prompts") / "packs"):
        yield from sorted(folder.glob("*.toml"))


def packs(home: Path, complain: Callable[[GreenroomError], None] | None = None) -> list[Pack]:
    """Every pack, each id once.

    Args:
        complain: is told of a broken pack, which is left out then.

    Raises:
        GreenroomError: the first broken one, when nobody is to be told.
    """
    found: dict[str, Pack | None] = {}
    for file in pack_files(home):
        if file.stem in found:
            continue
        try:
            found[file.stem] = _pack(file)
        except GreenroomError as error:
            if complain is None:
                raise
            complain(error)
            found[file.stem] = None  # the shipped one of that name would come as a surprise
    return [pack for pack in found.values() if pack is not None]


def pack(name: str, home: Path) -> Pack:
    """The pack of that name: its file's name without .toml. The one made from debriefs has none
    (`own_questions.pack`).

    Raises:
        GreenroomError: there is none, or it is broken.
    """
    files = {file.stem: file for file in reversed(list(pack_files(home)))}
    if name not in files:
        there = sorted({*files, UNHAPPY_PACK})
        nearest = get_close_matches(name, there, 1)
        raise GreenroomError(
            f"There is no pack “{name}”.",
            f"Did you mean {nearest[0]}?" if nearest else f"There are: {', '.join(there)}.",
        )
    return _pack(files[name])


def debrief_script(name: str) -> DebriefScript:
    file = shipped("prompts") / "debriefs" / f"{name}.toml"
    return read_debrief(_text(file), str(file))


def interview_words() -> InterviewWords:
    file = shipped("prompts") / "interview.toml"
    return read_interview_words(_text(file), str(file))


def feedback_words() -> FeedbackWords:
    file = shipped("prompts") / "feedback.toml"
    return read_feedback(_text(file), str(file))


def manners() -> Manners:
    file = shipped("prompts") / "manners.toml"
    return read_manners(_text(file), str(file))


def lexicon() -> Lexicon:
    """The words that the measures of an answer rest on."""
    import tomllib

    from greenroom.coaching.lexicon import lexicon_of

    file = shipped("prompts") / "measures.toml"
    try:
        return lexicon_of(tomllib.loads(_text(file)), str(file))
    except tomllib.TOMLDecodeError as error:
        raise GreenroomError(f"{file} is not well-formed: {error}.", "Mend that line.") from error


def vocabulary() -> Vocabulary:
    """What finding key messages in an answer rests on."""
    from greenroom.coaching.synonyms import read_synonyms
    from greenroom.coaching.vocabulary import Vocabulary, read_qualities

    synonyms, shown = (shipped("prompts") / name for name in ("synonyms.toml", "shown.toml"))
    return Vocabulary(read_synonyms(_text(synonyms), str(synonyms)), read_qualities(_text(shown), str(shown)))


def phrase_book() -> PhraseBook:
    file = shipped("prompts") / "phrases.toml"
    return read_phrases(_text(file), str(file))


def said_to_the_program() -> Callable[[str], bool]:
    """Tells whether a whole reply is a command or "go back", and no answer to anything."""
    book: list[PhraseBook] = []

    def is_said(text: str) -> bool:
        book[:] = book or [phrase_book()]  # read only when there is a reply to look at
        return goes_back(text, book[0]) or command_of(text, book[0]) is not None

    return is_said


def factors(home: Path) -> tuple[Factor, ...]:
    """What a debrief can name; the user's own in prompts/factors.toml come first and win."""
    found: dict[str, Factor] = {}
    for file in (home / "prompts" / "factors.toml", shipped("prompts") / "factors.toml"):
        if file.is_file():
            for factor in read_factors(_text(file), str(file)):
                found.setdefault(factor.id, factor)
    return tuple(found.values())


def help_lines() -> tuple[HelpLine, ...]:
    """The helplines of the country that the locale names; none when it names none or we know of none."""
    given = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    country = re.search(r"_([A-Z]{2})\b", next(filter(None, given), "").split(".")[0])
    file = shipped("prompts") / "help.toml"
    return tuple(line for line in read_help(_text(file), str(file)) if country and line.country == country[1])


def letter_templates() -> Templates:
    from greenroom.review.letters import read_letters

    file = shipped("prompts") / "letters.toml"
    return read_letters(_text(file), str(file))


def name_words() -> NameWords:
    """What tells names from other words where no model of names does."""
    from dataclasses import replace

    from greenroom.hearing.everyday import everyday_words
    from greenroom.review.share.names import read_name_words

    file = shipped("prompts") / "names.toml"
    return replace(read_name_words(_text(file), str(file)), everyday=everyday_words())


def demo_recordings() -> Path:
    """The folder of the demo's recorded answers, one file a prompt, named by the prompt's id."""
    return shipped("audio_fixtures") / "demo"


def short_reply() -> Path:
    """Some seconds of speech: whether a model keeps up is measured on them."""
    return demo_recordings() / "practice-feeling.flac"


def long_answer() -> Path:
    """Half a minute of speech: what a model costs is measured on it."""
    return demo_recordings() / "conflict.flac"


def _pack(file: Path) -> Pack:
    if file.stem == UNHAPPY_PACK:
        raise GreenroomError(
            f"{file}: “{UNHAPPY_PACK}” is the pack of the questions your debriefs were unhappy with.",
            "Give the file, and the id in it, another name.",
        )
    text = _text(file)
    pack = read_pack(text, str(file))
    if pack.id != file.stem:  # else it would be listed under one name and asked for by another
        heads = (row.split("=")[0].strip(" \t\"'") for row in text.splitlines())
        line = next((at for at, head in enumerate(heads, 1) if head == "id"), 1)
        raise GreenroomError(
            f"{file}, line {line}: “id” is “{pack.id}”, but the file is called {file.name}.",
            f'Write id = "{file.stem}", or call the file {pack.id}.toml.',
        )
    return pack


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")  # some editors put a mark at the beginning
    except (OSError, UnicodeDecodeError) as error:
        raise GreenroomError(f"{file} cannot be read: {error}.", "Mend it, or remove it.") from error
