"""Nobody speaks: noises make no words, and nobody is waited for for ever."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from e2e.conftest import Transcribe
from e2e.mouth import say
from e2e.person import on_stage
from e2e.room import Room
from e2e.stored import show
from recordings import FOLDER

pytestmark = pytest.mark.stage

PLAN = ("practice", "--no-debrief", "--model", "tiny.en", "--speaker", "none")
QUESTIONS = ("weakness", "why-you", "conflict")
SILENT_S = 60.0


def asking(count: int) -> list[str]:
    return [word for name in QUESTIONS[:count] for word in ("--question", name)]


@pytest.mark.parametrize("noises", [("room_tone", "keyboard", "door"), ("dishes", "cafe")])
def test_noises_are_no_answers(room: Room, home: Path, noises: tuple[str, ...]) -> None:
    """A quiet room, typing, a door, dishes, a café: no word is made up, and Enter leaves each skipped."""
    with on_stage(room, home, *PLAN, *asking(len(noises))) as scene:
        for turn, noise in enumerate(noises, 1):
            scene.program.wait_event("question_ended", turn=turn, timeout_s=30)
            say(room, FOLDER / "noise" / f"{noise}.flac").wait()
            time.sleep(0.3)  # on its way from the microphone
            scene.program.press("enter")
            scene.program.wait_event("turn_stored", turn=turn, timeout_s=10)
        assert scene.program.finish(60) == 0
        assert "speech_started" not in [event["event"] for event in scene.program.trace()]
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    for turn in whole["turns"]:
        assert turn["status"] == "skipped"
        assert not turn["transcript"]
        assert not turn["words"]


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """Two minutes of a quiet room: digital silence would be a muted microphone."""
    tone, rate_hz = soundfile.read(FOLDER / "noise" / "room_tone.flac", dtype="int16")
    long = tmp_path / "room_tone.wav"
    soundfile.write(long, np.tile(tone, 20), rate_hz)
    return long


def test_nobody_answers(room: Room, home: Path, quiet: Path, transcribe: Transcribe) -> None:
    """After 15 s it offers to say the question again, once; after a minute the question is left."""
    with on_stage(room, home, *PLAN[:-2], "--voice", "system", *asking(2)) as scene:
        saying = say(room, quiet)
        ended = scene.program.wait_event("question_ended", turn=1, timeout_s=60)
        stored = scene.program.wait_event("turn_stored", turn=1, timeout_s=80)
        # A minute, and then it looks for somebody very quiet before it gives up.
        assert SILENT_S - 1 < stored["at_s"] - ended["at_s"] < SILENT_S + 15
        ended_s, stored_s = scene.program.moment(ended), scene.program.moment(stored)
        told = [one for one in scene.speaker.segments(1.0) if ended_s + 1 < one.start_at_s < stored_s]
        offers = [one for one in told if one.length_s > 1.0]  # and the chime when the time is over
        assert len(offers) == 1
        assert offers[0].start_at_s - ended_s == pytest.approx(15, abs=1.5)
        said = transcribe(scene.speaker.audio(offers[0].start_at_s - 0.2, offers[0].end_at_s + 0.2))
        assert "question again" in said.lower()
        saying.stop()
        scene.program.wait_event("question_ended", turn=2, timeout_s=20)
        scene.program.press("q")
        assert scene.program.finish(60) == 0
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    assert [turn["status"] for turn in whole["turns"]] == ["skipped"] * 2
    assert not any(turn["transcript"] for turn in whole["turns"])
