"""Only models that are what their maker published are loaded."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from greenroom.errors import GreenroomError
from greenroom.hearing import models
from greenroom.hearing.models import KNOWN_MODELS, FinalRule, KnownModel, find_model, installed_models
from greenroom.hearing.stretches import StretchRule
from hearing.fakes import mode_of

BASE_IS_HERE = all(importlib.util.find_spec(part[0]) for part in KNOWN_MODELS[1].parts)


def package(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> Path:
    """An installed package that carries data; returns its folder."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(folder))
    return folder / name


def known(monkeypatch: pytest.MonkeyPatch, *some: KnownModel) -> None:
    monkeypatch.setattr(models, "KNOWN_MODELS", some)


@pytest.fixture
def in_two_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnownModel:
    """A small model whose two halves lie in two packages."""
    one = package(monkeypatch, tmp_path / "site", "greenroom_test_part_one")
    two = package(monkeypatch, tmp_path / "site", "greenroom_test_part_two")
    (one / "model.bin.part1").write_bytes(b"first half, ")
    (two / "model.bin.part2").write_bytes(b"second half")
    for name in ("config.json", "vocabulary.txt", "README.md"):
        (one / name).write_text(name)
    model = KnownModel(
        name="halves",
        parts=(
            ("greenroom_test_part_one", "model.bin.part1"),
            ("greenroom_test_part_two", "model.bin.part2"),
        ),
        beside=("greenroom_test_part_one", "."),
        sha256=hashlib.sha256(b"first half, second half").hexdigest(),
        extra="base",
        rule=StretchRule(),
    )
    known(monkeypatch, model)
    return model


def test_the_model_that_comes_along_is_as_published(tmp_path: Path) -> None:
    found = find_model("tiny.en", tmp_path)
    assert found.name == "tiny.en"
    assert found.rule == StretchRule(least_s=13.0, most_s=15.0)
    assert found.final == FinalRule(whole=True, least_filler_s=0.0)
    assert (found.path / "model.bin").stat().st_size == 75_537_502
    assert mode_of(tmp_path / "checked.json") == "0600"


def test_no_stretch_is_longer_than_fifteen_seconds() -> None:
    """A stretch in hand is finished before a short one is looked at."""
    assert max(model.rule.most_s for model in KNOWN_MODELS) <= 15.0
    assert StretchRule().most_s <= 15.0


def test_the_known_models_go_from_the_quickest_to_the_best() -> None:
    assert [(model.name, model.sha256[:8]) for model in KNOWN_MODELS] == [
        ("tiny.en", "1a5afae0"),
        ("base", "d01c3014"),
    ]


def test_a_model_with_one_byte_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = find_model("tiny.en", tmp_path / "cache").path / "model.bin"
    site = package(monkeypatch, tmp_path / "site", "greenroom_test_changed")
    data = bytearray(real.read_bytes())
    data[len(data) // 2] ^= 1
    (site / "model.bin").write_bytes(data)
    known(
        monkeypatch,
        replace(
            KNOWN_MODELS[0],
            parts=(("greenroom_test_changed", "model.bin"),),
            beside=("greenroom_test_changed", "."),
        ),
    )
    for _ in range(2):  # a refusal is not remembered as a check that was passed
        with pytest.raises(GreenroomError) as raised:
            find_model("tiny.en", tmp_path / "cache")
        assert raised.value.message == (
            f"The model tiny.en is not what its maker published: its digest is wrong ({site / 'model.bin'})."
        )
        assert raised.value.remedy.startswith("Install its package anew")


def test_a_digest_is_worked_out_once_while_the_file_stays_as_it_is(
    tmp_path: Path, in_two_parts: KnownModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    digest = hashlib.file_digest

    def counting(source: BinaryIO, name: str) -> object:
        counted.append(name)
        return digest(source, name)  # type: ignore[arg-type]

    monkeypatch.setattr(hashlib, "file_digest", counting)
    cache = tmp_path / "cache"
    for _ in range(3):
        find_model("halves", cache)
    assert counted == ["sha256"]
    # The same length, other bytes: looked at again, and refused.
    (cache / "halves" / "model.bin").write_bytes(b"first half, SECOND HALF")
    with pytest.raises(GreenroomError, match="digest is wrong"):
        find_model("halves", cache)
    assert counted == ["sha256", "sha256"]


@pytest.mark.parametrize("memo", ["", "{", "[]", '{"other": "1:2:3"}'])
def test_a_broken_memo_is_only_worked_out_again(tmp_path: Path, in_two_parts: KnownModel, memo: str) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "checked.json").write_text(memo)
    folder = find_model("halves", cache).path
    assert str(folder / "model.bin") in json.loads((cache / "checked.json").read_text())


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("tiny", "Did you mean tiny.en?"),
        ("bas", "Did you mean base?"),
        ("large-v3", "Take one of: auto, tiny.en"),
    ],
)
def test_an_unknown_model_is_told_with_what_there_is(tmp_path: Path, name: str, remedy: str) -> None:
    with pytest.raises(GreenroomError) as raised:
        find_model(name, tmp_path)
    assert raised.value.message == f"There is no model “{name}” here."
    assert raised.value.remedy.startswith(remedy)


def test_a_model_that_is_not_installed_is_told_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = replace(KNOWN_MODELS[1], parts=(("greenroom_test_not_there", "model.bin"),))
    known(monkeypatch, KNOWN_MODELS[0], gone)
    assert [model.name for model in installed_models()] == ["tiny.en"]
    with pytest.raises(GreenroomError) as raised:
        find_model("base", tmp_path)
    assert raised.value.message == "The model base is not installed."
    assert raised.value.remedy == "Install it: pip install 'greenroom[base]'"


def test_a_model_in_two_parts_is_joined_once(tmp_path: Path, in_two_parts: KnownModel) -> None:
    folder = find_model("halves", tmp_path / "cache").path
    assert folder == tmp_path / "cache" / "halves"
    assert (folder / "model.bin").read_bytes() == b"first half, second half"
    assert sorted(path.name for path in folder.iterdir()) == ["config.json", "model.bin", "vocabulary.txt"]
    assert mode_of(folder) == "0700"
    before = (folder / "model.bin").stat().st_mtime_ns
    assert find_model("halves", tmp_path / "cache").path == folder
    assert (folder / "model.bin").stat().st_mtime_ns == before


def test_what_a_killed_program_left_half_joined_does_no_harm(
    tmp_path: Path, in_two_parts: KnownModel
) -> None:
    folder = tmp_path / "cache" / "halves"
    folder.mkdir(parents=True)
    (folder / "model.bin.4711.part").write_bytes(b"first ha")
    (folder / "model.bin").write_bytes(b"first half, sec")  # as an older version may have left it
    assert find_model("halves", tmp_path / "cache").path == folder
    assert (folder / "model.bin").read_bytes() == b"first half, second half"


def test_a_full_disk_while_joining_is_told_in_a_line(
    tmp_path: Path, in_two_parts: KnownModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(GreenroomError) as raised:
        find_model("halves", tmp_path / "cache")
    assert raised.value.message == "The model halves could not be put together: No space left on device."
    assert raised.value.remedy == "Make room on the disk, or take --model tiny.en."
    assert [path for path in (tmp_path / "cache" / "halves").iterdir() if "model.bin" in path.name] == []


@pytest.mark.skipif(not BASE_IS_HERE, reason="the extra “base” is not installed")
def test_the_base_model_is_as_published(tmp_path: Path) -> None:
    found = find_model("base", tmp_path)
    assert found.rule == StretchRule(least_s=8.0, most_s=15.0)
    assert (found.path / "config.json").is_file()
