"""`greenroom play`: what was said is heard again, from any moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e.conftest import Transcribe
from e2e.ear import Ear
from e2e.program import Program
from e2e.room import Room
from e2e.stored import command
from e2e.words import word_error_rate
from recordings import recorded

pytestmark = pytest.mark.stage


def test_an_answer_is_played_whole_and_from_a_moment_on_that_is_in_it(
    room: Room, home: Path, transcribe: Transcribe
) -> None:
    one = recorded("replies/debrief-04-turning-point")
    command(home, "import", str(one.path), "--model", "tiny.en")
    with Ear(room) as speaker:
        with Program("play", "1.1", home=home, room_env=room.env) as program:
            assert program.finish(timeout_s=30) == 0
        whole = speaker.audio()
        with Program("play", "last.1@0:05", home=home, room_env=room.env) as program:
            assert program.finish(timeout_s=30) == 0
        rest = speaker.audio()[len(whole) :]
        with Program("play", "1.1@9:00", home=home, room_env=room.env) as program:
            assert program.finish(timeout_s=30) == 1
        assert "The recording is only 10 s long." in program.plain()
        assert "Give an earlier moment." in program.plain()
    assert word_error_rate(one.reference, transcribe(whole)) <= 0.25
    heard = transcribe(rest)
    assert "froze" in heard
    assert "changed" not in heard
