"""Writes the packs in the person's own folder: whole or not at all, and never more than was asked for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from greenroom.cli import data
from greenroom.dialogue.pack_text import appended, head, new_id, template
from greenroom.dialogue.packs import UNHAPPY_PACK, Question, read_pack
from greenroom.dialogue.page import ID_PATTERN
from greenroom.errors import GreenroomError

DEFAULT_PACK = "mine"
DEFAULT_TITLE = "My own questions"
_WAIT_S = 10.0
"""Longer than adding takes; another one that holds on for so long is stuck."""


def own_file(name: str, home: Path) -> Path:
    """Where a pack of one's own of that name lies or is to lie.

    Raises:
        GreenroomError: no pack of one's own may have this name.
    """
    if not ID_PATTERN.fullmatch(name):
        raise GreenroomError(
            f"“{name}” cannot be the name of a pack: lower-case letters, digits and hyphens can.",
            f"Call it {new_id(name, ())}, for example.",
        )
    if name == UNHAPPY_PACK:
        raise GreenroomError(
            f"“{name}” is the pack of the questions your debriefs were unhappy with.",
            "Give your own pack another name.",
        )
    file = home / "prompts" / "packs" / f"{name}.toml"
    if not file.exists() and (data.shipped("prompts") / "packs" / file.name).is_file():
        raise GreenroomError(
            f"“{name}” comes with greenroom; a pack of your own with that name would hide it.",
            f"Choose another name, my-{name} for example.",
        )
    return file


def add(questions: Sequence[Question], name: str, home: Path) -> Path:
    """Puts questions at the end of a pack of one's own, made when it is missing. Its file comes back.

    What stood in the file stays as it was, comments and all.

    Raises:
        GreenroomError: the name cannot be, what is there is broken, or it cannot be written.
    """
    file = own_file(name, home)
    with _alone(home), _told(file):
        before = file.read_bytes().decode("utf-8") if file.exists() else ""
        mark, text = ("\ufeff", before[1:]) if before.startswith("\ufeff") else ("", before)
        there = read_pack(text, str(file)).questions if text else ()
        title = DEFAULT_TITLE if name == DEFAULT_PACK else _title(name)
        after = appended(text or head(name, title), questions)
        _check(after, (*there, *questions), file)
        _replace(file, mark + after)
    return file


def create(name: str, title: str | None, home: Path, taken: Sequence[str]) -> Path:
    """Makes a pack with one example and notes on what may stand in it. Its file comes back.

    Raises:
        GreenroomError: the name cannot be, there is one already, or it cannot be written.
    """
    file = own_file(name, home)
    text = template(name, title or _title(name), new_id(f"{name} example", taken))
    read_pack(text, str(file))
    with _told(file):
        _folder(home)
        try:
            descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError as error:
            raise GreenroomError(
                f"{file} is there already.", "Open it in an editor, or choose another name."
            ) from error
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as opened:
            opened.write(text)
    return file


def _check(text: str, wanted: tuple[Question, ...], file: Path) -> None:
    """Whether the new text reads back as what it should be.

    Raises:
        GreenroomError: it does not.
    """
    try:
        same = read_pack(text, str(file)).questions == wanted
    except GreenroomError:
        same = False
    if not same:
        raise GreenroomError(
            f"{file} does not begin its questions with [[questions]], so none can be put at its end.",
            "Write each as a [[questions]] table (`greenroom questions new-pack` shows how), or name "
            "another pack with --pack.",
        )


def _replace(file: Path, text: str) -> None:
    """Write a file in one step, for its owner alone; a link keeps pointing to it."""
    whole = file.resolve()
    if whole.exists() and not os.access(whole, os.W_OK):
        raise PermissionError(13, os.strerror(13))
    descriptor, made = tempfile.mkstemp(prefix=f".{whole.name}.", suffix=".part", dir=whole.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        Path(made).replace(whole)
    except BaseException:
        with suppress(OSError):
            Path(made).unlink()
        raise


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One at a time: two that add at once would each write what the other has not seen."""
    from filelock import FileLock, Timeout

    from greenroom.archive.private import FILE_MODE, private_folder

    with _told(home):
        _folder(home)
        lock = FileLock(private_folder(home / "cache") / "packs.lock", mode=FILE_MODE)
        try:
            lock.acquire(timeout=_WAIT_S)
        except Timeout as error:
            raise GreenroomError(
                "Another greenroom is writing to your packs.", "Wait until it is done, and try again."
            ) from error
    try:
        yield
    finally:
        lock.release()


def _folder(home: Path) -> None:
    from greenroom.archive.private import private_folder

    for folder in (home, home / "prompts", home / "prompts" / "packs"):
        private_folder(folder)


@contextmanager
def _told(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise GreenroomError(
            f"{place} cannot be written: {error.strerror or error}.", "Check who owns it, and the space left."
        ) from error
    except UnicodeDecodeError as error:
        raise GreenroomError(f"{place} cannot be read: {error}.", "Save it as UTF-8.") from error


def _title(name: str) -> str:
    return name.replace("-", " ").strip().capitalize() or name
