"""Where help is found: every number has its source."""

from __future__ import annotations

import pytest

from dialogue.shipped import PROMPTS
from greenroom.dialogue.crisis import HelpLine, read_help
from greenroom.errors import GreenroomError

COUNTRIES = {
    "US": "the United States",
    "CA": "Canada",
    "GB": "the United Kingdom",
    "IE": "Ireland",
    "AU": "Australia",
    "NZ": "New Zealand",
}


def test_every_shipped_number_names_its_source_and_the_day_it_was_seen() -> None:
    lines = read_help((PROMPTS / "help.toml").read_text("utf-8"), "help.toml")
    assert [line.country for line in lines] == list(COUNTRIES)
    for line in lines:
        assert line.source.startswith("https://")
        assert line.seen == "2026-11-22"


def test_every_shipped_line_says_in_which_country_it_is() -> None:
    lines = read_help((PROMPTS / "help.toml").read_text("utf-8"), "help.toml")
    assert [line.who for line in lines if not line.who.endswith(f"in {COUNTRIES[line.country]}")] == []


def test_a_helpline_without_its_source_is_refused() -> None:
    text = '[[lines]]\ncountry = "GB"\nwho = "W"\nnumber = "1"\nhours = "h"\nseen = "2026-01-01"\n'
    with pytest.raises(GreenroomError, match=r"mine.toml, line 1: “source” must be a text"):
        read_help(text, "mine.toml")
    assert read_help(f'{text}source = "https://a"\n', "mine.toml") == (
        HelpLine("GB", "W", "1", "h", "https://a", "2026-01-01"),
    )
