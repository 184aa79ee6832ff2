"""A question told in a debrief can be asked again as a sentence."""

from __future__ import annotations

import pytest

from greenroom.review.asked import asked


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("why did you leave", "Why did you leave?"),
        ("“Why did you leave?”", "Why did you leave?"),
        ("Um, where do you, uh, see yourself in five years", "Where do you, see yourself in five years?"),
        ("tell me about yourself", "Tell me about yourself."),
        ("Something about my weaknesses…", "Something about my weaknesses…"),
        ("Whatever I was paid", "Whatever I was paid."),
        ("um", ""),
    ],
)
def test_it_is_a_sentence_without_fillers(told: str, said: str) -> None:
    assert asked(told) == said
