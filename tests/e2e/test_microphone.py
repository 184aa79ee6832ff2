"""The microphone fails in the middle of it all: noticed, told, waited for, and nothing said is lost."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from e2e.conftest import Transcribe
from e2e.person import BRIEF, Scene, answer, listening, on_stage, speak
from e2e.room import Room
from e2e.stored import command, show
from e2e.words import word_error_rate
from recordings import recorded

pytestmark = pytest.mark.stage

PLAN = ("practice", "--no-debrief", "--model", "tiny.en", "--voice", "system", "--plain", *BRIEF)
ONE = (*PLAN, "--question", "weakness")
TWO = (*ONE, "--question", "why-you")

FIRST = recorded("answers/half-one")
REST = recorded("answers/half-two")
SHORT = recorded("replies/debrief-05-question-one")
BOTH = f"{FIRST.reference} {REST.reference}"
LOST = "The microphone .* has stopped"
BACK = "Listening again"

Act = Callable[[Room], None]
FAULTS: dict[str, tuple[Act, Act]] = {
    "stalled": (Room.stall, Room.unstall),
    "unplugged": (Room.unplug, Room.replug),
}


def notice(scene: Scene, failed_s: float) -> None:
    """Wait until the screen says it; not later than two seconds after the last sound."""
    scene.program.wait_text(LOST, 10)
    assert time.monotonic() - failed_s < 2.2  # two seconds, and 0.2 s of sound on its way


@pytest.mark.parametrize("fault", FAULTS)
def test_a_microphone_that_comes_back_in_the_middle_of_an_answer(
    room: Room, home: Path, transcribe: Transcribe, fault: str
) -> None:
    """It is told on the screen and aloud, waited for, and the answer is whole."""
    fail, mend = FAULTS[fault]
    with on_stage(room, home, *ONE) as scene:
        listening(scene, 1)
        first = speak(scene, FIRST)
        first.wait_until_said()
        time.sleep(0.6)
        failed_s = time.monotonic()
        fail(room)
        notice(scene, failed_s)
        time.sleep(4.0)  # longer than any patience: who cannot be heard is not cut off
        assert scene.program.is_running()
        mend(room)
        scene.program.wait_text(BACK, 10)
        time.sleep(1.0)  # until it begins to say so
        scene.speaker.wait_for_silence(1.0, 20)
        time.sleep(0.5)
        rest = speak(scene, REST)
        rest.wait_until_said()
        scene.program.press("enter")
        assert scene.program.finish(60) == 0
        assert [event["event"] for event in scene.program.trace()].count("error") == 1
        said = transcribe(scene.speaker.audio(failed_s, rest.first_s)).lower()
    assert "hear you again" in said
    if fault != "stalled":  # then the loudspeaker stands still as well
        assert "microphone" in said
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    (turn,) = whole["turns"]
    assert turn["status"] == "answered"
    assert word_error_rate(BOTH, turn["transcript"]) <= 0.25


@pytest.mark.parametrize("moving", [False, True], ids=["another", "moved"])
def test_a_microphone_that_changes_in_the_middle_of_an_answer(room: Room, home: Path, moving: bool) -> None:
    """A headset takes its place: found within seconds, or, where the system moves sound along, unnoticed."""
    with on_stage(room, home, *TWO, env={"PULSE_SOURCE": "@DEFAULT_SOURCE@"}) as scene:
        listening(scene, 1)
        speak(scene, FIRST).wait_until_said()
        time.sleep(0.6)
        failed_s = time.monotonic()
        room.change(moving=moving)
        if not moving:
            notice(scene, failed_s)
            scene.program.wait_text(BACK, 10)
            time.sleep(1.0)  # until it begins to say so
            scene.speaker.wait_for_silence(1.0, 20)
        speak(scene, REST).wait_until_said()
        scene.program.press("enter")
        answer(scene, 2, SHORT, press="enter")
        assert scene.program.finish(60) == 0
        assert [event["event"] for event in scene.program.trace()].count("error") == (0 if moving else 1)
    one, two = show(home)["turns"]
    assert (one["status"], two["status"]) == ("answered", "answered")
    assert word_error_rate(BOTH, one["transcript"]) <= 0.25
    assert word_error_rate(SHORT.reference, two["transcript"]) <= 0.25


@pytest.mark.parametrize("key", ["q", "ctrl-c"])
def test_a_microphone_that_does_not_come_back(room: Room, home: Path, key: str) -> None:
    """One can leave at any time, and what was said up to then has its words."""
    with on_stage(room, home, *ONE) as scene:
        listening(scene, 1)
        speak(scene, FIRST).wait_until_said()
        time.sleep(0.6)
        failed_s = time.monotonic()
        room.unplug()
        notice(scene, failed_s)
        scene.program.press(key)
        assert scene.program.finish(60) == (0 if key == "q" else 130)
        assert scene.program.left_terminal_sane
    command(home, "list", env={"GREENROOM_MODEL": "tiny.en"})
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    (turn,) = whole["turns"]
    assert turn["status"] == "unfinished"
    assert word_error_rate(FIRST.reference, turn["transcript"]) <= 0.25


def test_a_microphone_that_fails_while_the_question_is_asked(room: Room, home: Path) -> None:
    """It is told, and the question can be answered when there is a microphone again."""
    with on_stage(room, home, *ONE) as scene:
        scene.program.wait_event("question_started", turn=1, timeout_s=60)
        scene.speaker.wait_for_sound(5)
        room.suspend()
        scene.program.wait_text(LOST, 10)
        room.resume()
        scene.program.wait_text(BACK, 10)
        scene.program.wait_event("question_ended", turn=1, timeout_s=20)
        time.sleep(1.0)  # until it begins to say so
        scene.speaker.wait_for_silence(1.0, 20)
        speak(scene, SHORT).wait_until_said()
        scene.program.press("enter")
        assert scene.program.finish(60) == 0
    (turn,) = show(home)["turns"]
    assert turn["status"] == "answered"
    assert word_error_rate(SHORT.reference, turn["transcript"]) <= 0.25


def test_a_muted_microphone(room: Room, home: Path) -> None:
    """Digital silence is told within ten seconds or so, and ends the session after a minute of it."""
    with on_stage(room, home, *TWO) as scene:
        ended = scene.program.wait_event("question_ended", turn=1, timeout_s=60)
        scene.program.wait_text("Is it muted?", 12)
        told_s = time.monotonic() - scene.program.moment(ended)
        assert told_s < 11
        assert scene.program.finish(80) == 1
        told = " ".join(scene.program.plain().split())
        assert "nothing but pure silence" in told
        assert "Unmute it" in told
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    (turn,) = whole["turns"]
    assert turn["status"] == "skipped"


def test_a_program_that_stood_still_for_a_while_goes_on(room: Room, home: Path) -> None:
    """Ctrl-Z, a lid closed, a machine too busy: the microphone has not gone, only some sound is missing."""
    with on_stage(room, home, *ONE) as scene:
        scene.program.wait_event("question_ended", turn=1, timeout_s=60)
        time.sleep(1.0)
        scene.program.signal(signal.SIGSTOP)
        time.sleep(3.5)
        scene.program.signal(signal.SIGCONT)
        time.sleep(1.0)
        speak(scene, SHORT).wait_until_said()
        scene.program.press("enter")
        assert scene.program.finish(60) == 0
    (turn,) = show(home)["turns"]
    assert turn["status"] == "answered"
    assert word_error_rate(SHORT.reference, turn["transcript"]) <= 0.25
