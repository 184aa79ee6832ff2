"""A fetched model is found when it is whole, and loaded only when it is what was checked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from greenroom.errors import GreenroomError
from greenroom.hearing.model_store import OFFERED_MODELS, RECORD, downloads_in, record_text, stored_models
from greenroom.hearing.models import FETCHED_FINAL, FETCHED_RULE, find_model, models_here
from hearing.local_hub import made_files, sha256


def fetched(downloads: Path, name: str = "small.en") -> Path:
    """A model as `install` leaves it; returns its folder."""
    model = next(one for one in OFFERED_MODELS if one.name == name)
    files = {file: data for file, data in made_files().items() if file != "README.md"}
    folder = downloads / name
    folder.mkdir(parents=True)
    for file, data in files.items():
        (folder / file).write_bytes(data)
    (folder / RECORD).write_text(record_text(model, {file: sha256(data) for file, data in files.items()}))
    return folder


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return downloads_in(tmp_path / "home")


def test_each_model_offered_is_pinned_to_one_revision() -> None:
    assert [(one.name, one.repository, one.revision) for one in OFFERED_MODELS] == [
        ("base", "Systran/faster-whisper-base", "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66"),
        ("base.en", "Systran/faster-whisper-base.en", "3d3d5dee26484f91867d81cb899cfcf72b96be6c"),
        ("small.en", "Systran/faster-whisper-small.en", "d1d751a5f8271d482d14ca55d9e2deeebbae577f"),
        ("medium.en", "Systran/faster-whisper-medium.en", "a29b04bd15381511a9af671baec01072039215e3"),
    ]
    assert all(re.fullmatch(r"[0-9a-f]{40}", one.revision) for one in OFFERED_MODELS)


def test_fetched_models_do_not_lie_in_the_cache(tmp_path: Path) -> None:
    assert downloads_in(tmp_path) == tmp_path / "models"


def test_a_fetched_model_is_found_by_its_name(downloads: Path, tmp_path: Path) -> None:
    folder = fetched(downloads)

    found = find_model("small.en", tmp_path / "cache", downloads)

    assert (found.name, found.path, found.rule, found.final) == (
        "small.en",
        folder,
        FETCHED_RULE,
        FETCHED_FINAL,
    )
    assert models_here(downloads)[-1] == "small.en"
    assert models_here(downloads)[0] == "tiny.en"
    assert "small.en" not in models_here()


def test_a_fetched_base_is_treated_as_the_base_that_a_package_carries(
    downloads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from greenroom.hearing import models

    monkeypatch.setattr(models, "installed_models", lambda: models.KNOWN_MODELS[:1])
    fetched(downloads, "base")

    found = find_model("base", tmp_path / "cache", downloads)

    assert found.path == downloads / "base"
    assert (found.rule, found.final) == (models.KNOWN_MODELS[1].rule, models.KNOWN_MODELS[1].final)
    assert models_here(downloads) == ("tiny.en", "base")


def test_models_stand_from_the_quickest_to_the_best(downloads: Path) -> None:
    for name in ("medium.en", "base.en", "small.en"):
        fetched(downloads, name)

    assert [one.name for one in stored_models(downloads)] == ["base.en", "small.en", "medium.en"]


@pytest.mark.parametrize("file", ["model.bin", "config.json", "tokenizer.json", "vocabulary.txt"])
def test_a_file_changed_since_it_was_checked_keeps_the_model_from_being_loaded(
    downloads: Path, tmp_path: Path, file: str
) -> None:
    folder = fetched(downloads)
    find_model("small.en", tmp_path / "cache", downloads)
    (folder / file).write_bytes((folder / file).read_bytes() + b" ")

    with pytest.raises(GreenroomError) as raised:
        find_model("small.en", tmp_path / "cache", downloads)

    assert "small.en is not what its maker published: its digest is wrong" in raised.value.message
    assert raised.value.remedy == "Fetch it anew: greenroom models install small.en; recordings are safe."


@pytest.mark.parametrize("file", ["model.bin", "config.json", "tokenizer.json", "vocabulary.txt", RECORD])
def test_a_model_that_lacks_a_file_is_not_here(downloads: Path, tmp_path: Path, file: str) -> None:
    (fetched(downloads) / file).unlink()

    assert stored_models(downloads) == ()
    with pytest.raises(GreenroomError) as raised:
        find_model("small.en", tmp_path / "cache", downloads)
    assert raised.value.message == "The model small.en is not installed."
    assert raised.value.remedy == "Install it: greenroom models install small.en"


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"\xff",
        b'{"repository": "a", "revision": "b"}',
        b'{"repository": "a", "revision": "b", "sha256": {}}',
        b'{"repository": "a", "revision": "b", "sha256": {"model.bin": 7}}',
        b'{"repository": "a", "revision": "b", "sha256": {"model.bin": "short"}}',
        b'{"repository": 1, "revision": null, "sha256": {}}',
    ],
)
def test_a_broken_record_vouches_for_nothing(downloads: Path, record: bytes) -> None:
    (fetched(downloads) / RECORD).write_bytes(record)

    assert stored_models(downloads) == ()


def test_a_record_reaches_no_file_outside_the_models_folder(downloads: Path) -> None:
    folder = fetched(downloads)
    record = json.loads((folder / RECORD).read_text())
    record["sha256"]["../../secret"] = "0" * 64
    (folder / RECORD).write_text(json.dumps(record))

    assert set(stored_models(downloads)[0].sha256) == {
        "config.json",
        "tokenizer.json",
        "model.bin",
        "vocabulary.txt",
    }


def test_a_folder_with_the_name_of_a_model_that_is_not_offered_is_left_alone(downloads: Path) -> None:
    (downloads / "huge").mkdir(parents=True)

    assert stored_models(downloads) == ()


def test_an_unknown_name_is_told_with_the_nearest_there_is(tmp_path: Path) -> None:
    with pytest.raises(GreenroomError) as raised:
        find_model("smal.en", tmp_path)
    assert raised.value.remedy == "Did you mean small.en?"


def test_two_models_of_the_same_bytes_are_two(downloads: Path, tmp_path: Path) -> None:
    one, other = fetched(downloads, "base.en"), fetched(downloads, "small.en")
    assert (one / "model.bin").read_bytes() == (other / "model.bin").read_bytes()
    assert find_model("base.en", tmp_path / "cache", downloads).path == one
    (one / "model.bin").write_bytes(b"damaged")

    assert find_model("small.en", tmp_path / "cache", downloads).path == other
    with pytest.raises(GreenroomError, match=r"base\.en is not what its maker published"):
        find_model("base.en", tmp_path / "cache", downloads)
