"""`edit`: corrects what a recogniser misheard."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.writing import write
from greenroom.errors import GreenroomError, error_of

if TYPE_CHECKING:
    from greenroom.archive import Archive
    from greenroom.types import Session, Turn

COLUMNS = 90
"""Of the text in the editor; line breaks mean nothing in it."""
_EDITORS = ("sensible-editor", "nano", "vi", "notepad")


def register(app: typer.Typer) -> None:
    """Adds edit to the program."""
    app.command(
        "edit",
        cls=Command,
        epilog=examples(
            "greenroom edit 12.3",
            'greenroom edit last.1 --text "I joined Initech in 2019."',
        ),
    )(edit)


def edit(
    answer: Annotated[str, typer.Argument(metavar="ID.N", help="An answer: 12.3, or last.3.")],
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The words as they were said; an editor opens without.")
    ] = None,
    restore: Annotated[
        bool, typer.Option("--restore", help="Take the correction back: the words as they were heard.")
    ] = False,
    no_terms: Annotated[
        bool, typer.Option("--no-terms", help="Learn no names from it, and forget those learned before.")
    ] = False,
) -> None:
    """Correct the words of an answer.

    Your editor opens with them (EDITOR); or give them with --text, or through a pipe. What had been heard is
    kept, and names and terms that you put right are learned for next time.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review import keeping_words as words

    if restore and text is not None:
        raise typer.BadParameter("give either --text or --restore.")
    with open_archive() as archive:
        session, turn = _answer(archive, answer)
        about: dict[str, object] = {"id": session.id, "moment": f"{session.id}.{turn.number}"}
        # Ours from the beginning: what somebody has typed for ten minutes must not be refused then.
        with archive.at_work([session.id]):
            if restore:
                from greenroom.stage.correcting import restore as take_back

                back = take_back(archive, session.id, turn)
                write((words.RESTORED if back else words.NOTHING_TO_RESTORE).format(**about) + "\n")
                return
            if text is None and not sys.stdin.isatty():
                text = sys.stdin.read()
            if no_terms and (text is None or not text.strip()):
                _forget(archive, turn, about)
            elif text is not None:
                _store(archive, session.id, turn, _told(text, about), about, learn=not no_terms)
            else:
                with _edited(turn, archive.home / "cache", about) as given:
                    _store(archive, session.id, turn, given, about, learn=not no_terms)


def _answer(archive: Archive, text: str) -> tuple[Session, Turn]:
    """The answer that is meant.

    Raises:
        GreenroomError: there is none of that name, or it has no words.
    """
    from greenroom.review import keeping_words as words
    from greenroom.review.words import TURN_STATUS

    session_id, number, _ = archive.resolve_turn(text)
    session = archive.session(session_id)
    if number is None:
        first = next((turn.number for turn in session.turns if turn.transcript), 1)
        raise error_of(words.EDIT_WHOLE_SESSION, id=session_id, number=first)
    turn = next(one for one in session.turns if one.number == number)
    if turn.status not in ("answered", "unfinished") or not turn.transcript:
        moment = f"{session_id}.{number}"
        raise error_of(
            words.EDIT_NO_WORDS,
            id=session_id,
            moment=moment,
            status=TURN_STATUS.get(turn.status, turn.status),
        )
    return session, turn


def _told(text: str, about: dict[str, object]) -> str:
    """What was given, as it is stored.

    Raises:
        GreenroomError: there is no word in it.
    """
    from greenroom.review import keeping_words as words
    from greenroom.review.clean import clean

    if not any(map(str.isalnum, text)):
        raise error_of(words.EDIT_EMPTY, **about)
    return clean(text).strip()


def _store(
    archive: Archive, session_id: int, turn: Turn, text: str, about: dict[str, object], *, learn: bool
) -> None:
    """Correct the answer, and say what came of it."""
    from greenroom.hearing.everyday import everyday_words
    from greenroom.review import keeping_words as words
    from greenroom.review.clean import clean
    from greenroom.stage.correcting import correct

    done = correct(archive, session_id, turn, text, everyday_words() if learn else (), learn=learn)
    line = words.RESTORED if done.restored else words.CORRECTED
    if not done.changed:
        line = words.UNCHANGED
    write(line.format(**about) + "\n")
    if done.terms:
        write(words.LEARNED.format(terms=", ".join(clean(term.text) for term in done.terms)) + "\n")
        write(words.LEARNED_HINT.format(**about) + "\n")


def _forget(archive: Archive, turn: Turn, about: dict[str, object]) -> None:
    from greenroom.review import keeping_words as words
    from greenroom.review.figures import counted

    count = archive.forget_terms(turn.id)
    line = words.FORGOTTEN if count else words.NOTHING_LEARNED
    write(line.format(count=counted(count, "term"), **about) + "\n")


@contextmanager
def _edited(turn: Turn, cache: Path, about: dict[str, object]) -> Iterator[str]:
    """Have the person correct the words in their editor; as they were when they left it empty.

    The file lies in a folder of its own inside the home, so that whatever copies the editor makes beside it
    are private, and gone afterwards. Only when they wrote something that is not stored it stays there.

    Raises:
        GreenroomError: there is no editor, it ended with an error, or left nothing that is a word.
    """
    import shutil
    import tempfile

    from greenroom.archive.erasure import EDITING
    from greenroom.archive.private import private_folder
    from greenroom.review import keeping_words as words

    editor = _editor(about)
    prefix = EDITING.format(about["id"])
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=private_folder(cache)))  # made with mode 0700
    file = folder / f"{about['moment']}.txt"
    stays = False
    try:
        try:
            yield _through(editor, file, turn, about)
        except BaseException as error:
            stays = _is_new(file, turn)
            if stays and isinstance(error, GreenroomError):
                remedy = words.EDIT_NOT_STORED.format(remedy=error.remedy, file=file)
                raise GreenroomError(error.message, remedy) from error
            if stays:  # Ctrl-C, say: nobody else tells where it is
                sys.stderr.write(words.EDIT_KEPT.format(file=file) + "\n")
            raise
    finally:
        if not stays:
            shutil.rmtree(folder, ignore_errors=True)


def _is_new(file: Path, turn: Turn) -> bool:
    """Whether somebody wrote something into it."""
    from greenroom.hearing.correcting import one_line

    try:
        now = _words_in(file)
    except OSError:
        return True
    return any(map(str.isalnum, now)) and now != one_line(turn.transcript or "")


def _through(editor: list[str], file: Path, turn: Turn, about: dict[str, object]) -> str:
    """The words after the editor has had them.

    Raises:
        GreenroomError: it ended with an error, or left nothing that is a word.
    """
    import subprocess
    import textwrap

    from greenroom.archive.private import private_file
    from greenroom.hearing.correcting import one_line
    from greenroom.review import keeping_words as words
    from greenroom.review.clean import clean

    was = one_line(turn.transcript or "")
    head = [f"# {line}" for line in (clean(turn.prompt), *words.EDIT_HEAD)]
    # A word that is broken in two here would come back as two.
    lines = textwrap.wrap(was, COLUMNS, break_long_words=False, break_on_hyphens=False)
    try:
        private_file(file).write_text("\n".join([*head, "", *lines, ""]), "utf-8")
        with _deaf_to_ctrl_c():
            subprocess.run([*editor, str(file)], check=True)
        now = _words_in(file)
    except (OSError, subprocess.CalledProcessError) as error:
        raise error_of(words.EDITOR_FAILED, editor=clean(editor[0]), **about) from error
    return was if now in ("", was) else _told(now, about)


def _words_in(file: Path) -> str:
    """What stands below the lines that are left out, on one line; nothing when the file is gone."""
    from itertools import dropwhile

    from greenroom.hearing.correcting import one_line

    # Some editors on Windows put a mark before the first letter.
    lines = file.read_text("utf-8-sig", "replace").splitlines() if file.exists() else []
    return one_line(" ".join(dropwhile(lambda line: line.startswith("#"), lines)))


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Inside, Ctrl-C is the editor's: in many it means something other than to leave."""
    import signal

    before = signal.signal(signal.SIGINT, lambda number, frame: None)  # a child does not take over a function
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _editor(about: dict[str, object]) -> list[str]:
    """The command that opens the person's editor.

    Raises:
        GreenroomError: there is none, or what they set is no command.
    """
    import shlex
    import shutil

    from greenroom.review import keeping_words as words
    from greenroom.review.clean import clean

    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(wanted)
    except ValueError as error:
        raise error_of(words.EDITOR_UNCLEAR, editor=clean(wanted), **about) from error
    found = command or next(([path] for name in _EDITORS if (path := shutil.which(name))), [])
    if not found:
        raise error_of(words.EDIT_NO_EDITOR, **about)
    return found
