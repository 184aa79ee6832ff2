"""The file of qualities: how they are named, shown, and what the contrary sounds like."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.coaching.vocabulary import Quality, read_qualities
from greenroom.errors import GreenroomError

PROMPTS = Path(__file__).parents[2] / "prompts"


def test_qualities_are_read_in_their_order() -> None:
    text = """
    [[qualities]]
    says = "I am calm"
    shows = ["I breathed.", "I went on."]
    contrary = ["I shouted."]
    """
    assert read_qualities(text, "q.toml") == (
        Quality("I am calm", ("I breathed.", "I went on."), ("I shouted.",)),
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x = [", "q.toml: it is not well-formed"),
        ("", "q.toml: there is no [[qualities]] in it"),
        ("[[qualities]]\nsays = 'a'\nshows = ['b']", "q.toml: [[qualities]] number 1"),
        ("[[qualities]]\nsays = 'a'\nshows = []\ncontrary = ['c']", "q.toml: [[qualities]] number 1"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(text: str, complaint: str) -> None:
    with pytest.raises(GreenroomError) as raised:
        read_qualities(text, "q.toml")
    assert raised.value.message.startswith(complaint)


def test_no_sentence_of_the_shipped_file_stands_twice() -> None:
    found = read_qualities((PROMPTS / "shown.toml").read_text("utf-8"), "shown.toml")
    sentences = [text for one in found for text in (one.says, *one.shows, *one.contrary)]
    assert len(found) >= 30
    assert len(sentences) == len(set(sentences))
