"""`share`: a pack for a friend or a coach. Parse, wire, ask, print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.review import SessionId
from greenroom.cli.writing import write
from greenroom.errors import GreenroomError, error_of

if TYPE_CHECKING:
    from greenroom.archive import Archive
    from greenroom.review.share.names import Finder, Name, NameWords
    from greenroom.review.share.sharing import Hear, Material
    from greenroom.types import Word


def register(app: typer.Typer) -> None:
    """Adds share to the program."""
    app.command(
        "share",
        cls=Command,
        epilog=examples("greenroom share 12", "greenroom share last --output for-peter --mask Initech --yes"),
    )(share)


def share(
    session_id: SessionId,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FOLDER", help="Where the pack goes; greenroom-share-ID unless given."
        ),
    ] = None,
    with_feelings: Annotated[
        bool, typer.Option("--with-feelings", help="How it felt, too, and what you told freely.")
    ] = False,
    mask: Annotated[
        list[str] | None, typer.Option("--mask", metavar="NAME", help="Mask this, too. Repeatable.")
    ] = None,
    keep: Annotated[
        list[str] | None, typer.Option("--keep", metavar="NAME", help="Do not mask this. Repeatable.")
    ] = None,
    no_audio: Annotated[
        bool, typer.Option("--no-audio", help="The words alone, without recordings.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Make a pack for a friend or a coach, without names.

    People and employers are masked in the text and bleeped in the recordings. What will be masked is listed
    first, and the recordings are listened to once more before anything is written.
    """
    from greenroom.cli import data
    from greenroom.cli.wiring import open_archive
    from greenroom.review.clean import clean
    from greenroom.review.share import listing as share_list
    from greenroom.review.share import sharing
    from greenroom.review.share import words as said
    from greenroom.review.share.entities import finder
    from greenroom.review.share.staging import refuse_if_there

    words = data.name_words()
    _check(mask or [], keep or [])
    with open_archive() as archive:
        session = archive.session(archive.resolve(session_id))
        material = sharing.material(archive, session, with_feelings=with_feelings, sound=not no_audio)
        if not material.turns and not material.items:
            raise error_of(said.NOTHING_TO_SHARE, id=session.id)
        folder = (output or Path(f"greenroom-share-{session.id}")).expanduser()
        refuse_if_there(folder)
        find = finder(words)
        agreed = _agreed(archive, material, find, words, mask or [], keep or [], yes)
        if agreed is None:
            write(said.NOT_WRITTEN + "\n")
            return
        names, kept = agreed
        masked = sharing.Names(names, kept, words)
        hear = _ears(archive.home) if material.sounds else None
        files = sharing.make_pack(material, masked, archive.home, folder, hear, find, _note)
        archive.note_export([session.id], [file.absolute() for file in files])
    if masked.heard:
        write(said.HEARD_TOO.format(names=", ".join(clean(name.text) for name in masked.heard)) + "\n")
    write(said.WRITTEN.format(folder=folder, content=share_list.content(material)) + "\n")
    if material.sounds:
        write(said.LISTEN_FIRST + "\n")


def _agreed(
    archive: Archive,
    material: Material,
    find: Finder,
    words: NameWords,
    mask: list[str],
    keep: list[str],
    yes: bool,
) -> tuple[list[Name], tuple[str, ...]] | None:
    """The names to be masked and those to be kept, once the person has seen the list; None when they stop."""
    from greenroom.review.look import look
    from greenroom.review.printing import show_page
    from greenroom.review.share import listing as share_list
    from greenroom.review.share import words as said
    from greenroom.review.share.names import gathered, of_list, of_session

    known = [*of_session(material.session), *of_list(archive.terms())]
    found = list(find(material.texts()))  # a model looks at them once, whatever is changed afterwards
    kept, asked = tuple(keep), tuple(mask)
    chosen = look(paged=False)
    while True:
        every = gathered([*known, *found], asked, kept)
        listing = share_list.listing(every, material, words, kept)
        show_page(share_list.listed(listing, material, words, chosen), chosen)
        if yes:
            return list(listing.names), kept
        if not sys.stdin.isatty():
            raise error_of(said.ASK_FIRST)
        reply = str(typer.prompt(said.ASK, default="", show_default=False, prompt_suffix=": ")).strip()
        if not reply:
            return list(listing.names), kept
        if reply.lower() in ("q", "quit"):
            return None
        change = share_list.changed(reply, listing, kept, asked)
        kept, asked = change.keep, change.mask
        if change.complaint is not None:
            write(change.complaint + "\n")


def _ears(home: Path) -> Hear:
    """The best recogniser on this machine, loaded when it is first asked."""
    from greenroom.hearing.model_store import downloads_in
    from greenroom.hearing.models import models_here
    from greenroom.hearing.recorded import hear_in_words
    from greenroom.hearing.transcriber import FasterWhisper, open_model
    from greenroom.hearing.vad import SileroVad
    from greenroom.hearing.word_times import placed
    from greenroom.review import keeping_words

    loaded: list[FasterWhisper] = []
    downloads = downloads_in(home)

    def model() -> FasterWhisper:
        if not loaded:
            here = models_here(downloads)
            if not here:
                raise GreenroomError(*keeping_words.NO_MODEL)
            loaded.append(open_model(here[-1], home / "cache" / "models", downloads))
        return loaded[0]

    def hear(file: Path) -> tuple[Word, ...]:
        heard = hear_in_words(file, 0.0, SileroVad(), model)
        return placed(heard[1].words, heard[0]) if heard else ()

    return hear


def _check(mask: list[str], keep: list[str]) -> None:
    """Raises GreenroomError, for wrong usage: a name that cannot be looked for, or is wanted both ways."""
    from greenroom.review.share import words as said
    from greenroom.review.share.names import can_be_sought

    for name in mask:
        if not can_be_sought(name):
            raise error_of(said.TOO_SHORT, 2, name=name)
    both = {one.strip().lower() for one in mask} & {one.strip().lower() for one in keep}
    if both:
        raise error_of(said.KEPT_AND_MASKED, 2, name=min(both))


def _note(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
