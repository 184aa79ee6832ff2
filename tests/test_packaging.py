"""What is shipped: the data files, found in a checkout and in the wheel; where each recording is from."""

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

import greenroom
from greenroom.cli import data

ROOT = Path(__file__).parents[1]
RECORDINGS = ROOT / "audio_fixtures"
MANIFEST = json.loads((RECORDINGS / "manifest.json").read_text("utf-8"))["recordings"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built by the project's own backend in a process of its own, which is how pip calls it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    ran = subprocess.run(
        [sys.executable, "-c", build, str(folder)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return zipfile.ZipFile(folder / ran.stdout.split()[-1])


def files_under(folder: Path) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_prompts_and_the_recordings_of_the_demo_are_found_in_a_checkout() -> None:
    assert data.shipped("prompts") == ROOT / "prompts"
    assert data.demo_recordings() == RECORDINGS / "demo"
    assert list(data.demo_recordings().glob("*.flac"))


def test_the_wheel_holds_every_prompt_every_answer_of_the_demo_and_the_mark_of_a_typed_package(
    wheel: zipfile.ZipFile,
) -> None:
    held = set(wheel.namelist())
    wanted = (
        files_under(ROOT / "prompts") | files_under(RECORDINGS / "demo") | {"audio_fixtures/manifest.json"}
    )

    assert {f"greenroom/{file}" for file in wanted} - held == set()
    assert "greenroom/py.typed" in held


def test_the_wheel_holds_the_program_and_its_licence_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    held = wheel.namelist()

    assert {file.split("/")[0] for file in held} == {
        "greenroom",
        f"greenroom-{greenroom.__version__}.dist-info",
    }
    assert any(file.endswith("dist-info/licenses/LICENSE") for file in held)
    assert not [file for file in held if "__pycache__" in file or "/tests/" in file]
    assert {
        f"greenroom/{path.relative_to(ROOT / 'src/greenroom').as_posix()}" for path in source_files()
    } <= {*held}


def source_files() -> list[Path]:
    return sorted((ROOT / "src" / "greenroom").rglob("*.py"))


def test_the_wheel_starts_the_program_by_its_name(wheel: zipfile.ZipFile) -> None:
    entry = next(file for file in wheel.namelist() if file.endswith("entry_points.txt"))

    assert "greenroom = greenroom.cli.main:run" in wheel.read(entry).decode()


def test_the_prompts_of_the_wheel_are_read_from_inside_the_package(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    wheel.extractall(tmp_path)
    program = (
        "from pathlib import Path; from greenroom.cli import data\n"
        "print(data.pack('general', Path('home')).id, data.demo_recordings())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "GREENROOM_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert ran.stdout.split() == ["general", str(tmp_path / "greenroom/audio_fixtures/demo")]


def test_the_version_has_one_source(wheel: zipfile.ZipFile) -> None:
    assert "version" in PROJECT["project"]["dynamic"]
    assert Path(wheel.filename or "").name.startswith(f"greenroom-{greenroom.__version__}-")
    assert version("greenroom") == greenroom.__version__


def test_every_recording_is_in_the_manifest_and_everything_in_the_manifest_is_there() -> None:
    there = {path.relative_to(RECORDINGS).as_posix() for path in RECORDINGS.rglob("*.flac")}
    other = {
        path.suffix for path in RECORDINGS.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }

    assert sorted(row["file"] for row in MANIFEST) == sorted(there)
    assert other == {".flac", ".json", ".toml", ".py", ".md"}


@pytest.mark.parametrize("row", MANIFEST, ids=lambda row: row["file"])
def test_a_recording_says_where_it_is_from_and_what_may_be_done_with_it(row: dict[str, object]) -> None:
    assert str(row["origin"]).strip()
    assert str(row["licence"]).strip()


@pytest.mark.parametrize("row", MANIFEST, ids=lambda row: row["file"])
def test_a_recording_is_as_long_as_its_manifest_says(row: dict[str, object]) -> None:
    import soundfile

    assert soundfile.info(RECORDINGS / str(row["file"])).duration == pytest.approx(row["seconds"], abs=0.02)
