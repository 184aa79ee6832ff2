"""Interviewer manners: other wording, other pauses; a warm-up."""

import json
import re
from dataclasses import asdict

import pytest

from dialogue.shipped import PROMPTS
from dialogue.shipped import WORDS as BASE
from greenroom.dialogue.manners import (
    acknowledged,
    in_manner,
    manner_from_data,
    onwards,
    read_manners,
    warm_up,
)
from greenroom.errors import GreenroomError

TEXT = (PROMPTS / "manners.toml").read_text("utf-8")
MANNERS = read_manners(TEXT, "manners.toml")


def test_a_brisk_interviewer_leaves_less_silence_than_a_friendly_one() -> None:
    assert {name: manner.breath_s for name, manner in MANNERS.manners.items()} == {
        "friendly": 0.8,
        "neutral": 0.5,
        "brisk": 0.2,
    }


def test_a_manner_says_some_things_its_own_way_and_the_rest_as_ever() -> None:
    brisk = in_manner(BASE, MANNERS.manners["brisk"])

    assert brisk.noted == "Noted."
    assert brisk.welcome.format(count=3) == "Good day. I have 3 questions. Let us start."
    assert brisk.device_lost == BASE.device_lost
    assert brisk.crisis == BASE.crisis
    assert in_manner(BASE, MANNERS.manners["neutral"]) == BASE


def test_what_is_said_in_between_changes_from_answer_to_answer() -> None:
    friendly = MANNERS.manners["friendly"]

    assert acknowledged(friendly, 0) != acknowledged(friendly, 1)
    assert acknowledged(friendly, 4) == acknowledged(friendly, 0)
    assert onwards(friendly, 1) == "Let me ask you something else."
    assert onwards(MANNERS.manners["brisk"], 1) is None


def test_the_next_session_has_another_warm_up_under_the_same_id() -> None:
    assert warm_up(MANNERS, 12).text != warm_up(MANNERS, 13).text
    assert warm_up(MANNERS, 12).id == warm_up(MANNERS, 13).id == "warm-up"


def test_a_manner_comes_back_from_the_log_as_it_was() -> None:
    for manner in MANNERS.manners.values():
        assert manner_from_data(json.loads(json.dumps(asdict(manner)))) == manner


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("breath_s = 0.2", "breath_s = 30", "“breath_s” must be a number of seconds from 0 to 3"),
        ("{count} questions. Let us start", "{number} questions. Let us start", "“welcome” holds {number}"),
        ('noted = "Noted."', 'notd = "Noted."', "“notd” is no sentence that a manner has"),
        ('noted = "Noted."', 'crisis = "Noted."', "“crisis” is no sentence that a manner has"),
        ("[manners.neutral]", "[manners.calm]", "there is no [neutral] in it"),
    ],
)
def test_a_broken_file_is_told_with_what_is_broken(old: str, new: str, complaint: str) -> None:
    assert old in TEXT
    with pytest.raises(GreenroomError, match=rf"^manners.toml, line \d+: .*{re.escape(complaint)}"):
        read_manners(TEXT.replace(old, new), "manners.toml")
