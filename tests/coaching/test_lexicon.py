"""The words that the rules rest on, read from a file and checked."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from greenroom.coaching.lexicon import lexicon_of
from greenroom.errors import GreenroomError

FILE = Path(__file__).parents[2] / "prompts" / "measures.toml"
DATA = tomllib.loads(FILE.read_text("utf-8"))


def changed(table: str, key: str, value: object) -> dict[str, Any]:
    data = copy.deepcopy(DATA)
    data[table][key] = value
    return data


def test_the_shipped_words_are_well_formed() -> None:
    assert lexicon_of(DATA, FILE.name).language == "en"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (changed("voices", "i", "I"), "voices.i"),
        (changed("voices", "we", []), "voices.we"),
        (changed("voices", "we", ["two words"]), "voices.we"),
        (changed("phrasing", "hedges", ["... of"]), "phrasing.hedges"),
        (changed("phrasing", "hedges", [3]), "phrasing.hedges"),
        (changed("phrasing", "openers", [{"phrase": "so", "unless": ["far"]}]), "phrasing.openers"),
        (changed("phrasing", "openers", [{"phrase": "so", "unless_before": "far"}]), "phrasing.openers"),
        (changed("phrasing", "openers", [{"phrase": "so", "apart": "yes"}]), "phrasing.openers"),
        (changed("question", "alike", ["boss", "manager"]), "question.alike"),
        ({**DATA, "language": ""}, "language"),
    ],
)
def test_a_wrong_field_is_named_with_its_file(data: dict[str, Any], field: str) -> None:
    with pytest.raises(GreenroomError, match=rf"mine\.toml: “{field}”"):
        lexicon_of(data, "mine.toml")


@pytest.mark.parametrize(
    "table", ["voices", "phrasing", "repeats", "story", "outcomes", "numbers", "question"]
)
def test_a_missing_table_is_named_with_its_file(table: str) -> None:
    data = {name: value for name, value in DATA.items() if name != table}
    with pytest.raises(GreenroomError, match=rf"mine\.toml: there is no \[{table}\]"):
        lexicon_of(data, "mine.toml")
