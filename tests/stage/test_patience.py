"""How long the program waits, told with its reason."""

from __future__ import annotations

import pytest

from greenroom.hearing.patience import learned
from greenroom.stage.patience import patience_line
from greenroom.types import PauseHistory


@pytest.mark.parametrize(
    ("history", "line"),
    [
        (PauseHistory(), "2.5 s of silence end an answer; how you pause is not known yet."),
        (
            PauseHistory((1.0,), 1),
            "2.5 s of silence end an answer; 1 pause in 1 session heard so far, and it may become shorter "
            "from 40 in 3 on.",
        ),
        (
            PauseHistory((1.0,) * 142, 5),
            "1.6 s of silence end an answer: of your 142 pauses in 5 sessions, 95 in 100 took no more "
            "than 1.0 s.",
        ),
        (
            PauseHistory((1.0,) * 142, 5, (3.63,)),
            "4.1 s of silence end an answer: you once went on after 3.6 s.",
        ),
    ],
    ids=["nothing yet", "some", "enough", "raised"],
)
def test_the_patience_is_told_with_its_reason(history: PauseHistory, line: str) -> None:
    assert patience_line(learned(history)) == line
