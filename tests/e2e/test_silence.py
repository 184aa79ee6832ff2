"""Nobody speaks: noises make no words, and nobody is waited for for ever."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from e2e.mouth import say
from e2e.person import on_stage
from e2e.room import Room
from e2e.stored import show
from recordings import FOLDER

pytestmark = pytest.mark.stage

PLAN = ("practice", "--no-debrief", "--model", "tiny.en", "--speaker", "none")
NOISES = ("room_tone", "keyboard", "door")


def test_noises_are_no_answers(room: Room, home: Path) -> None:
    """A quiet room, typing, a door: no word is made up, and Enter leaves each question skipped."""
    questions = [word for name in ("weakness", "why-you", "conflict") for word in ("--question", name)]
    with on_stage(room, home, *PLAN, *questions) as scene:
        for turn, noise in enumerate(NOISES, 1):
            scene.program.wait_event("question_ended", turn=turn, timeout_s=30)
            say(room, FOLDER / "noise" / f"{noise}.flac").wait()
            time.sleep(0.3)  # on its way from the microphone
            scene.program.press("enter")
            scene.program.wait_event("turn_stored", turn=turn, timeout_s=10)
        assert scene.program.finish(30) == 0
        assert "speech_started" not in [event["event"] for event in scene.program.trace()]
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    for turn in whole["turns"]:
        assert turn["status"] == "skipped"
        assert not turn["transcript"]
        assert not turn["words"]


def test_nobody_answers(room: Room, home: Path, tmp_path: Path) -> None:
    """After a minute in a quiet room the question is left, with a line that says so."""
    tone, rate_hz = soundfile.read(FOLDER / "noise" / "room_tone.flac", dtype="int16")
    long = tmp_path / "room_tone.wav"
    soundfile.write(long, np.tile(tone, 15), rate_hz)
    with on_stage(room, home, *PLAN, "--question", "weakness") as scene:
        saying = say(room, long)
        ended = scene.program.wait_event("question_ended", turn=1, timeout_s=30)
        stored = scene.program.wait_event("turn_stored", turn=1, timeout_s=80)
        # A minute, and then it looks for somebody very quiet before it gives up.
        assert 59 < stored["at_s"] - ended["at_s"] < 75
        assert scene.program.finish(30) == 0
        assert "Nothing was said" in scene.program.plain()
        saying.stop()
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    (turn,) = whole["turns"]
    assert turn["status"] == "skipped"
    assert not turn["transcript"]
