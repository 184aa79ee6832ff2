"""How the help reads: every command, at 80 columns, with two examples that are real."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer._click.core import Command
from typer.core import TyperGroup

from cli.program import Run
from greenroom.archive import Archive
from greenroom.cli.main import app

DOCTOR = ("doctor", "--speaker", "none", "--voice", "system", "--model", "tiny.en")
PROGRAM = typer.main.get_command(app)


def walked(command: Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Command]]:
    yield path, command
    if isinstance(command, TyperGroup):
        for name, child in command.commands.items():
            yield from walked(child, (*path, name))


COMMANDS = dict(walked(PROGRAM))
LEAVES = {path: command for path, command in COMMANDS.items() if not isinstance(command, TyperGroup)}


def examples(text: str) -> list[list[str]]:
    """The words of each example after `greenroom`."""
    lines = text.split("Examples:\n")[1].splitlines()
    return [shlex.split(line)[1:] for line in lines if line.strip()]


HELPS: dict[tuple[str, ...], str] = {}
"""Every help, once one test has asked for it: it takes seconds."""


@pytest.fixture
def read(greenroom: Run) -> dict[tuple[str, ...], str]:
    if not HELPS:
        HELPS.update({path: greenroom(*path, "--help").out for path in COMMANDS})
    return HELPS


def test_every_help_fits_into_80_columns_and_is_plain(read: dict[tuple[str, ...], str]) -> None:
    for path, text in read.items():
        assert text.startswith("Usage: greenroom"), path
        assert max(map(len, text.splitlines())) <= 80, path
        assert text.isascii(), path
        assert not re.search(r"<(str|int|float)|env var|[{}]|[a-z]\.\.\.$", text, re.MULTILINE), path


def test_every_help_has_a_short_first_line_that_the_list_shows_whole(
    read: dict[tuple[str, ...], str],
) -> None:
    for path, text in read.items():
        if path:
            above = read[path[:-1]]
            summary = text.split("\n\n")[1].strip()
            assert re.search(rf"^  {path[-1]} +{re.escape(summary)}$", above, re.MULTILINE), path


def test_every_option_says_what_it_is_for(read: dict[tuple[str, ...], str]) -> None:
    for path, command in COMMANDS.items():
        for param in command.params:
            told = getattr(param, "help", None)
            assert told or param.name in ("help", "install_completion", "show_completion"), (path, param.name)


def test_every_help_ends_with_two_examples_of_its_own(read: dict[tuple[str, ...], str]) -> None:
    for path, text in read.items():
        shown = examples(text)
        assert len(shown) == 2, path
        assert tuple(shown[0][: len(path)]) == path


def test_every_example_is_understood(
    read: dict[tuple[str, ...], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path))
    for text in read.values():
        for words in examples(text):
            length = 2 if tuple(words[:2]) in LEAVES else 1
            path = tuple(words[:length])
            LEAVES[path].make_context(" ".join(path), words[length:])


@pytest.fixture
def twelve(at: Path) -> Path:
    """A home with twelve sessions, each with a turn."""
    with Archive.open(at) as archive:
        for _ in range(12):
            session = archive.start_session("practice", pack="general")
            archive.start_turn(session, part="interview", prompt_id="q", prompt="A deadline, or a migration?")
            archive.end_session(session, "finished")
    return at


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in LEAVES
        if path[0] in ("list", "show", "search", "patterns", "due", "trends", "delete", "questions")
        and path != ("questions", "import")  # reads a file that is not there
    ],
    ids=" ".join,
)
def test_the_examples_that_need_no_sound_do_what_they_say(
    path: tuple[str, ...], read: dict[tuple[str, ...], str], greenroom: Run, twelve: Path
) -> None:
    for words in examples(read[path]):
        ran = greenroom(*words)
        if path == ("delete",) and "--yes" not in words:
            assert "nobody here to ask" in ran.complaint[0]
        else:
            assert (ran.code, ran.err) == (0, "")
            assert ran.out


def test_the_list_of_questions_as_json_has_the_keys_of_the_contract_first(greenroom: Run) -> None:
    rows = json.loads(greenroom("questions", "list", "--pack", "general", "--json").out)

    assert len(rows) >= 20
    for row in rows:
        assert list(row)[:3] == ["id", "pack", "text"]
        assert row["pack"] == "general"
        assert row["text"].strip()
    assert json.loads(greenroom("questions", "show", rows[0]["id"], "--json").out) == rows[0]
    every = json.loads(greenroom("questions", "list", "--json").out)
    assert [row for row in every if row["pack"] == "general"] == rows


def test_the_voices_are_listed_for_people_and_for_programs(greenroom: Run) -> None:
    rows = json.loads(greenroom("voices", "--json").out)

    assert [list(row) for row in rows] == [["name", "description"]] * len(rows)
    assert greenroom("voices").out == "".join(f"{row['name']}  {row['description']}\n" for row in rows)


def test_the_version_is_one_line(greenroom: Run) -> None:
    from greenroom import __version__

    assert greenroom("--version").out == f"greenroom {__version__}\n"


def test_doctor_looks_at_everything_for_people_and_for_programs(greenroom: Run, at: Path) -> None:
    rows = json.loads(greenroom(*DOCTOR, "--json").out)

    assert [row["name"] for row in rows] == [
        "microphone",
        "loudspeaker",
        "voice",
        "model",
        "disk",
        "database",
        "recordings",
        "patience",
    ]
    for row in rows:
        assert list(row) == ["name", "state", "text", "remedy"]
        assert row["state"] in ("ok", "warning", "problem")
        assert (row["remedy"] is None) == (row["state"] == "ok")
