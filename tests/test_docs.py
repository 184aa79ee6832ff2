"""The documents say what the program does: every command, option, setting and event, and no others."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main
from typer._click.core import Command
from typer.core import TyperGroup

from greenroom.cli.main import app
from greenroom.hearing.endpoint import EventKind
from greenroom.hearing.model_store import OFFERED_MODELS
from greenroom.settings import CONFIG_KEYS, KEEP_AUDIO

ROOT = Path(__file__).parents[1]
COMMANDS_MD = ROOT / "docs" / "commands.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
HELP = {"-h", "--help"}

Path_ = tuple[str, ...]


def walked(command: Command, path: Path_ = ()) -> Iterator[tuple[Path_, Command]]:
    if isinstance(command, TyperGroup):
        for name, child in command.commands.items():
            yield from walked(child, (*path, name))
    else:
        yield path, command


PROGRAM = typer.main.get_command(app)
COMMANDS: dict[Path_, Command] = dict(walked(PROGRAM))


def options(command: Command) -> set[str]:
    return {
        one
        for param in command.params
        for one in (*param.opts, *param.secondary_opts)
        if one.startswith("--")
    } - HELP


@cache
def text(page: Path) -> str:
    return page.read_text("utf-8")


@cache
def sections() -> dict[Path_, str]:
    """What stands in commands.md under the heading of each command."""
    found = {}
    for part in re.split(r"^##+ ", text(COMMANDS_MD), flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        if named := re.fullmatch(r"`greenroom ([a-z -]+)`", head.strip()):
            found[tuple(named[1].split())] = body
    return found


def examples(page: str) -> list[list[str]]:
    """The words of each line in a code block that runs greenroom."""
    blocks = re.findall(r"^```(?:\w*)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("greenroom ")]


def found_command(words: list[str]) -> tuple[Path_, list[str]]:
    """Splits the words of an example into a command and what it is given."""
    for length in (2, 1):
        if tuple(words[:length]) in COMMANDS:
            return tuple(words[:length]), words[length:]
    raise AssertionError(f"there is no command `greenroom {' '.join(words)}`")


def test_commands_md_has_a_section_for_each_command_and_for_no_other() -> None:
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_section_describes_each_option_and_no_other(path: Path_) -> None:
    described = set(re.findall(r"^\| `(--[a-z-]+)", sections()[path], re.MULTILINE))

    assert described == options(COMMANDS[path])


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_section_has_two_examples_and_tells_the_exit_codes(path: Path_) -> None:
    assert len(examples(sections()[path])) >= 2
    assert "Exit codes: 0" in sections()[path]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_on_a_page_is_one_the_program_takes(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path))
    for words in examples(text(page)):
        if words and not words[0].startswith("-"):
            path, given = found_command(words)
            COMMANDS[path].make_context(" ".join(path), given)


def test_every_option_named_anywhere_in_commands_md_exists() -> None:
    every = {one for command in [PROGRAM, *COMMANDS.values()] for one in options(command)} | HELP

    ours = text(COMMANDS_MD).replace("`code --wait`", "")  # an editor's
    assert set(re.findall(r"--[a-z][a-z-]+", ours)) - every == set()


def test_every_setting_is_told_with_its_variable_and_its_key() -> None:
    rows = re.findall(
        r"^\| `--([a-z-]+)`(?:, `--no-[a-z-]+`)? \| `(GREENROOM_\w+)(?:=1)?`[^|]*\| `(\w+) = ",
        text(COMMANDS_MD),
        re.MULTILINE,
    )
    taken = {
        (param.opts[0].removeprefix("--"), param.envvar, param.name)
        for path in (("practice",), ("debrief",))
        for param in COMMANDS[path].params
        if param.envvar
    }

    assert sorted(rows) == sorted(taken)
    assert {key for _, _, key in rows} | {KEEP_AUDIO} == set(CONFIG_KEYS)


def test_every_setting_shown_for_config_toml_is_one_it_takes() -> None:
    shown = re.findall(r"`(\w+ = (?:\"[^`]*\"|\[[^`]*\]|\w+))`", text(COMMANDS_MD))

    assert len(shown) > len(CONFIG_KEYS)
    for line in shown:
        for key, value in tomllib.loads(line).items():
            assert CONFIG_KEYS[key].allows(value), line


def test_every_variable_the_program_reads_is_told() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src" / "greenroom").rglob("*.py"))
    read = set(re.findall(r"\"(GREENROOM_[A-Z_]+|ACCESSIBLE|NO_COLOR)\"", source))

    assert read - set(re.findall(r"[A-Z_]{5,}", text(COMMANDS_MD))) == set()


def test_the_events_of_a_trace_are_those_that_are_written() -> None:
    told = text(COMMANDS_MD).split("\n## Trace", 1)[1]
    listed = {
        event for row in re.findall(r"^\| (`.*?) \|", told, re.MULTILINE) for event in re.findall(r"\w+", row)
    }
    source = "\n".join(
        path.read_text("utf-8")
        for room in ("stage", "cli")
        for path in (ROOT / "src/greenroom" / room).glob("*.py")
    )
    written = set(re.findall(r"\btrace\(\s*\"(\w+)\"", source.replace("_trace(", "trace(")))
    written |= {kind.value for kind in EventKind if kind is not EventKind.GAVE_UP}

    assert listed == written


@pytest.mark.parametrize("name", sorted({path[0] for path in COMMANDS}))
def test_the_readme_names_every_command(name: str) -> None:
    assert re.search(rf"`(?:greenroom )?{name}(?![\w-])", text(ROOT / "README.md"))


def test_each_direct_dependency_has_a_row() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))
    groups = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    groups += [*project["dependency-groups"].values(), project["build-system"]["requires"]]
    wanted = {re.match(r"[A-Za-z0-9_-]+", one)[0] for group in groups for one in group}  # type: ignore[index]
    rows = {
        row.lower() for row in re.findall(r"^\| ([A-Za-z0-9_-]+)", text(ROOT / "docs/dependencies.md"), re.M)
    }

    assert wanted - {"greenroom"} - rows == set()


def test_each_model_that_can_be_fetched_is_told_with_its_revision() -> None:
    told = text(ROOT / "docs/dependencies.md").split("\n## Weights from third parties\n", 1)[1]
    listed = re.findall(r"^- ([\w.]+): (\S+), revision ([0-9a-f]{40}) \(MIT\)", told, re.MULTILINE)

    assert listed == [(one.name, one.repository, one.revision) for one in OFFERED_MODELS]


def anchors(page: Path) -> set[str]:
    """As GitHub makes them from headings."""
    heads = re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text(page)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        leads = page.parent / file if file else page
        assert leads.exists(), target
        if anchor and leads.suffix == ".md":
            assert anchor in anchors(leads), target


def test_the_picture_of_the_house_names_every_module() -> None:
    picture = text(ROOT / "docs" / "architecture.md").split("```")[1]
    modules = {path.name for path in (ROOT / "src" / "greenroom").rglob("*.py")} - {
        "__init__.py",
        "__main__.py",
    }

    assert modules - set(re.findall(r"[a-z_]+\.py", picture)) == set()
    assert set(re.findall(r"[a-z_]+\.py", picture)) - modules == set()
