"""`export`: sessions as files for people and other programs."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from greenroom.cli.helping import Command, examples
from greenroom.cli.options import OneOf
from greenroom.cli.writing import new_file, noted, write
from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.archive import Archive
    from greenroom.hearing.converting import SoundFormat
    from greenroom.review.export.subtitles import SubtitleFormat
    from greenroom.types import Graded, Session, Turn

SOUND_FOLDER = "{stem}-audio"
"""Where the recordings of a JSON export lie, beside it."""

LONGEST_SLUG = 40


def register(app: typer.Typer) -> None:
    """Adds export to the program."""
    app.command(
        "export",
        cls=Command,
        epilog=examples(
            "greenroom export last --output evening.md",
            "greenroom export --all --format json --output backup.json",
        ),
    )(export)


def export(
    which: Annotated[
        str | None, typer.Argument(metavar="ID", help="A session (12, last) or one turn of it (12.3).")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every session there is.")] = False,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            click_type=OneOf("format", "markdown", "json", "csv", "srt", "vtt", "audio"),
            metavar="FORMAT",
            help="markdown, json, csv, srt, vtt or audio.",
        ),
    ] = "markdown",
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE|FOLDER", help="A new file, or a folder for several."),
    ] = None,
    sound: Annotated[
        str | None,
        typer.Option(
            "--sound",
            click_type=OneOf("sound format", "flac", "wav", "opus"),
            metavar="flac|wav|opus",
            help="What --format audio makes; flac unless given.",
        ),
    ] = None,
    no_audio: Annotated[
        bool, typer.Option("--no-audio", help="JSON without the recordings beside it.")
    ] = False,
) -> None:
    """Take sessions out, for people and for other programs.

    Markdown is made to be read; JSON holds everything, and import --json brings it back; csv has a row an
    answer; srt and vtt are subtitles; audio is the recordings.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.review.export import words

    if (which is None) != everything:
        raise typer.BadParameter(words.ONE_OF_BOTH if everything else words.ID_OR_ALL)
    if sound is not None and form != "audio":
        raise typer.BadParameter(words.ONLY_SOUND)
    if no_audio and form != "json":
        raise typer.BadParameter(words.ONLY_JSON_SOUND)
    place = None if output is None else output.expanduser()
    with open_archive() as archive:
        if which is None and form != "json" and not archive.session_ids():
            raise GreenroomError(*words.NOTHING_YET)
        if form in ("srt", "vtt", "audio"):
            ids, number = _turn_meant(archive, which)
            sessions = [archive.session(one) for one in ids]
            if number is None:
                from greenroom.review.held_back import without_danger

                turns = [(one, turn) for one in map(without_danger, sessions) for turn in one.turns]
            else:
                turns = [(one, turn) for one in sessions for turn in one.turns if turn.number == number]
            if form == "audio":
                _recordings(archive, turns, cast("SoundFormat", sound or "flac"), place, number)
            else:
                _subtitles(archive, turns, cast("SubtitleFormat", form), place, number)
            return
        ids = archive.session_ids() if which is None else [archive.resolve(which)]
        if form == "json":
            _json(archive, ids, place, apart=everything, with_sound=not no_audio)
        else:
            _page(archive, ids, form, place)


def _page(archive: Archive, ids: Sequence[int], form: str, place: Path | None) -> None:
    from greenroom.cli import data
    from greenroom.review.export.markdown import Exported, markdown
    from greenroom.review.export.table import answers_csv
    from greenroom.review.held_back import without_danger

    graded: dict[int, dict[int, Graded]] = {}
    for grade in archive.graded():
        graded.setdefault(grade.session_id, {})[grade.number] = grade
    found = (Exported(without_danger(archive.session(one)), graded.get(one, {})) for one in ids)
    if form == "csv":
        text = answers_csv(found)
    else:
        factors = {factor.id: factor.name for factor in data.factors(archive.home)}
        text = "\n".join(markdown(one, factors) for one in found)
    if place is None:
        write(text)
        return
    content = [text.encode("utf-8", "replace")]
    new_file(place, noted(archive, ids, place, content), "--output")
    _tell_of([place])


def _json(archive: Archive, ids: Sequence[int], place: Path | None, *, apart: bool, with_sound: bool) -> None:
    from greenroom.review import figures
    from greenroom.review.export import document, words
    from greenroom.stage.carrying import beside, carry_out, room_beside

    folder = None
    if place is not None and with_sound:
        folder = place.parent / SOUND_FOLDER.format(stem=place.stem)
    carried: list[tuple[int, Path]] = []

    def session(one: int) -> dict[str, Any]:
        def sound_of(audio: str) -> dict[str, Any] | None:
            told = None if folder is None else carry_out(archive.home, audio, folder)
            if folder is not None and told is not None:
                carried.append((one, folder / beside(audio)))
            return told

        return document.session(archive.whole(one), sound_of)

    now = datetime.now().astimezone().isoformat(timespec="seconds")
    lines = document.lines(map(session, ids), archive.apart() if apart else None, now)
    if place is None:
        for line in lines:
            write(line)
        return
    with nullcontext() if folder is None else room_beside(folder):
        content = (line.encode("ascii") for line in lines)
        new_file(place, noted(archive, ids, place, content), "--output")
    for one, file in carried:
        archive.note_export([one], [file])
    counted = figures.counted(len(ids), "session")
    if carried:
        recordings = figures.counted(len(carried), "recording")
        told = words.STORED_BESIDE.format(sessions=counted, place=place, recordings=recordings, folder=folder)
    else:
        told = words.STORED.format(sessions=counted, place=place)
    write(told + "\n")


def _subtitles(
    archive: Archive,
    turns: Sequence[tuple[Session, Turn]],
    form: SubtitleFormat,
    place: Path | None,
    number: int | None,
) -> None:
    from greenroom.review.export import words
    from greenroom.review.export.subtitles import cues, written

    timed = [(session, turn) for session, turn in turns if turn.words]
    if not timed:
        raise _nothing(turns, number, words.NO_TIMES, words.NO_SUBTITLES_HERE)
    if place is None:
        if len(timed) > 1:
            raise typer.BadParameter(words.NEEDS_OUTPUT)
        write(written(cues(timed[0][1].words), form))
        return

    def make(turn: Turn, file: Path) -> None:
        new_file(file, written(cues(turn.words), form).encode("utf-8", "replace"), "--output")

    _make_each(archive, timed, _places(timed, place, form, single=number is not None), make)


def _recordings(
    archive: Archive,
    turns: Sequence[tuple[Session, Turn]],
    form: SoundFormat,
    place: Path | None,
    number: int | None,
) -> None:
    from greenroom.hearing.converting import convert
    from greenroom.review.export import words

    if place is None:
        raise typer.BadParameter(words.SOUND_NEEDS_OUTPUT)
    sounding = [
        (session, turn) for session, turn in turns if turn.audio and (archive.home / turn.audio).is_file()
    ]
    if not sounding:
        raise _nothing(turns, number, words.NO_SOUND, words.NO_SOUND_HERE)

    def make(turn: Turn, file: Path) -> None:
        assert turn.audio is not None
        convert(archive.home / turn.audio, file, form)

    _make_each(archive, sounding, _places(sounding, place, form, single=number is not None), make)


def _make_each(
    archive: Archive,
    turns: Sequence[tuple[Session, Turn]],
    files: Sequence[Path],
    make: Callable[[Turn, Path], None],
) -> None:
    """A file for each turn. Each is remembered as soon as it is there, whatever becomes of the next."""
    for file, (session, turn) in zip(files, turns, strict=True):
        make(turn, file)
        archive.note_export([session.id], [file])
    _tell_of(files)


def _tell_of(files: Sequence[Path]) -> None:
    from greenroom.review import figures
    from greenroom.review.export import words

    place = files[0] if len(files) == 1 else files[0].parent
    write(words.STORED_FILES.format(files=figures.counted(len(files), "file"), place=place) + "\n")


def _turn_meant(archive: Archive, which: str | None) -> tuple[list[int], int | None]:
    if which is None:
        return archive.session_ids(), None
    session_id, number, _ = archive.resolve_turn(which)
    return [session_id], number


def _nothing(
    turns: Sequence[tuple[Session, Turn]],
    number: int | None,
    of_one: tuple[str, str],
    of_several: tuple[str, str],
) -> GreenroomError:
    from greenroom.review import figures

    if number is None or not turns:
        return GreenroomError(*of_several)
    session_id = turns[0][0].id
    moment = figures.moment(session_id, number)
    message, remedy = (text.format(moment=moment, id=session_id) for text in of_one)
    return GreenroomError(message, remedy)


def _places(turns: Sequence[tuple[Session, Turn]], place: Path, suffix: str, *, single: bool) -> list[Path]:
    """Where each turn's file goes: into a folder, made if it is missing; one turn's may be a file itself.

    Args:
        single: one turn was asked for. Where a session has but one, the name tells whether it is a file's.

    Raises:
        BadParameter: it is a file's name, and there are several.
        GreenroomError: one of them is there already, or the folder cannot be made. Nothing was written then.
    """
    from greenroom.review import figures
    from greenroom.review.export import words

    if not place.is_dir():
        named = place.suffix.lower() == f".{suffix}"
        if single or (named and len(turns) == 1):
            return [place]
        if named:
            raise typer.BadParameter(words.NEEDS_OUTPUT)
    try:
        place.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise GreenroomError(
            f"{place} cannot be a folder: {error.strerror}.", "Give another place with --output."
        ) from error
    files = [
        place / f"{figures.moment(session.id, turn.number)}-{_slug(turn.prompt_id)}.{suffix}"
        for session, turn in turns
    ]
    for file in files:
        if os.path.lexists(file):
            raise GreenroomError(f"{file} is there already.", "Give another folder, or remove it first.")
    return files


def _slug(prompt_id: str) -> str:
    """A prompt's id as part of a file's name, on any system."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", prompt_id)[:LONGEST_SLUG].strip("-") or "answer"
