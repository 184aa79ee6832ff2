"""The model of meaning: what its makers publish of it, and that it is theirs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from greenroom import meaning
from greenroom.errors import GreenroomError
from greenroom.meaning import DIGESTS, VECTORS, is_here, open_meaning

needs_the_model = pytest.mark.skipif(not is_here(), reason="the extra “meaning” is not installed")


def carrier(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """A package that carries a copy of the model, the only one there is; returns the folder of the files."""
    real = meaning._folder()
    assert real is not None
    package = folder / "greenroom_test_meaning"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "files").mkdir()
    for name in DIGESTS:
        shutil.copyfile(real / name, package / "files" / name)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(meaning, "CARRIERS", (("greenroom_test_meaning", "files"),))
    return package / "files"


@needs_the_model
def test_likenesses_are_those_its_makers_publish(tmp_path: Path) -> None:
    """From the documentation of sentence-transformers, for this model: 0.6660, 0.1046 and 0.1411."""
    model = open_meaning(tmp_path)
    lovely, sunny, drove = (
        "The weather is lovely today.",
        "It's so sunny outside!",
        "He drove to the stadium.",
    )
    (row,) = model.likeness([lovely], [lovely, sunny, drove])
    assert row == pytest.approx([1.0, 0.6660, 0.1046], abs=0.0002)
    assert model.likeness([sunny], [drove]) == [[pytest.approx(0.1411, abs=0.0002)]]


@needs_the_model
def test_neither_company_nor_order_changes_a_text(tmp_path: Path) -> None:
    texts = ["I led it.", "A much longer sentence, of which nothing was ever meant to be understood.", "No."]
    together = open_meaning(tmp_path / "one").vectors(texts)
    model = open_meaning(tmp_path / "two")
    alone = [model.vectors([text])[0] for text in reversed(texts)]
    for one, other in zip(together, reversed(alone), strict=True):
        assert one == pytest.approx(other, abs=1e-5)


@needs_the_model
def test_no_texts_and_very_long_ones_are_no_trouble(tmp_path: Path) -> None:
    model = open_meaning(tmp_path)
    assert model.likeness([], ["one"]) == []
    assert model.likeness(["one", "two"], []) == [[], []]
    assert model.vectors(["word " * 3000, ""]).shape == (2, 384)


@needs_the_model
def test_a_changed_file_is_refused_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = carrier(monkeypatch, tmp_path)
    open_meaning(tmp_path / "cache")
    (files / "tokenizer.json").write_text("{}")
    for _ in range(2):
        with pytest.raises(GreenroomError) as raised:
            open_meaning(tmp_path / "cache")
        assert raised.value.message == (
            "The model MiniLM is not what its maker published: its digest is wrong "
            f"({files / 'tokenizer.json'})."
        )
        assert raised.value.remedy == "Install greenroom[meaning] anew."


@needs_the_model
def test_the_next_one_finds_what_was_worked_out_and_no_word_of_it(tmp_path: Path) -> None:
    text = "I put a padlock on the cupboard."
    first = open_meaning(tmp_path).vectors([text])[0]
    file = tmp_path / VECTORS
    assert file.stat().st_size == 784
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"padlock" not in file.read_bytes()
    second = open_meaning(tmp_path)
    assert second.vectors([text])[0] == pytest.approx(first, abs=0.001)
    assert file.stat().st_size == 784


@needs_the_model
@pytest.mark.parametrize("damage", [b"x" * 10, b"\xff" * 784, b"\0" * 784])
def test_a_damaged_memory_is_only_worked_out_again(tmp_path: Path, damage: bytes) -> None:
    text = "I led a team."
    right = open_meaning(tmp_path / "other").vectors([text])[0]
    open_meaning(tmp_path).vectors([text])
    with (tmp_path / VECTORS).open("ab") as file:
        file.write(damage)
    assert open_meaning(tmp_path).vectors([text])[0] == pytest.approx(right, abs=0.001)
    assert (tmp_path / VECTORS).stat().st_size == 784


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "CARRIERS", (("greenroom_test_not_there", "model"),))
    assert not is_here()
    with pytest.raises(GreenroomError) as raised:
        open_meaning(tmp_path)
    assert raised.value.message == "The model of meaning is not installed."
    assert raised.value.remedy == "Install it: pip install 'greenroom[meaning]'"
