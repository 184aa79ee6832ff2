"""Durations as they are said aloud."""

from __future__ import annotations

import pytest

from greenroom.dialogue.spoken import spoken_duration


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-0.4, "0 seconds"),
        (0.0, "0 seconds"),
        (0.6, "1 second"),
        (42.4, "42 seconds"),
        (59.6, "1 minute"),
        (60.0, "1 minute"),
        (61.0, "1 minute 1 second"),
        (84.0, "1 minute 24 seconds"),
        (120.0, "2 minutes"),
        (3_599.0, "59 minutes 59 seconds"),
    ],
)
def test_a_duration_is_said_in_whole_seconds(seconds: float, said: str) -> None:
    assert spoken_duration(seconds) == said
