"""The data files: the shipped ones, the user's own beside them, and what the locale picks."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.cli import data
from greenroom.errors import GreenroomError

OWN = """
[[factors]]
id = "nerves"
name = "stage fright"
phrases = ["stage fright"]
tip = "Sing on the way."

[[factors]]
id = "the-dog"
name = "the dog"
phrases = ["dog"]
tip = "Close the door."
"""


def test_factors_of_ones_own_come_first_and_win(tmp_path: Path) -> None:
    shipped = data.factors(tmp_path)
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "factors.toml").write_text(OWN)
    found = {factor.id: factor for factor in data.factors(tmp_path)}
    assert list(found)[:2] == ["nerves", "the-dog"]
    assert found["nerves"].name == "stage fright"
    assert set(found) == {factor.id for factor in shipped} | {"the-dog"}


def test_a_mistake_in_factors_of_ones_own_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "factors.toml").write_text(OWN.replace('id = "the-dog"', "id = 7"))
    with pytest.raises(GreenroomError, match=r"factors.toml, line 9: “id” must be"):
        data.factors(tmp_path)


@pytest.mark.parametrize("locale", ["C.UTF-8", "", "en", "xx_QQ.UTF-8"])
def test_without_a_known_country_no_helpline_is_named(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert data.help_lines() == ()


def test_the_locale_names_the_country_of_the_helplines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert {line.country for line in data.help_lines()} == {"GB"}
