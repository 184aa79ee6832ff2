"""Spoken control, hands free: every command once, and none where its words are part of an answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile

from e2e.conftest import Transcribe
from e2e.person import (
    Scene,
    Utterance,
    answer,
    listening,
    on_stage,
    question_before,
    room_stuttered,
    sounds_after,
    speak,
)
from e2e.room import Room
from e2e.stored import show
from e2e.words import plain_words, word_error_rate
from recordings import Recorded, recorded

PLAN = ("practice", "--no-debrief", "--model", "tiny.en", "--voice", "system")
ONE = (*PLAN, "--question", "weakness")
TWO = (*ONE, "--question", "why-you")

FIRST = recorded("answers/half-one")
REST = recorded("answers/half-two")
SHORT = recorded("replies/debrief-05-question-one")
BOTH = f"{FIRST.reference} {REST.reference}"
A_PAUSE_S = 0.8
A_LOOK_S = 0.3
"""What it takes to make out a command on a machine with a core to spare."""


def tell(scene: Scene, name: str, turn: int, *, voice: str = "joe", count: int = 1) -> Utterance:
    """Give a command, and wait until it was understood."""
    told = speak(scene, recorded(f"commands/{name}-{voice}"))
    told.wait_until_said()
    room_stuttered(scene, told)
    heard = scene.program.wait_event("command_heard", turn=turn, timeout_s=6, count=count)
    assert heard["command"] == name
    return told


def say_and_pause(scene: Scene, recording: Recorded) -> Utterance:
    """Say something, and then nothing for a moment."""
    spoken = speak(scene, recording)
    spoken.wait_until_said()
    room_stuttered(scene, spoken)
    time.sleep(A_PAUSE_S)
    return spoken


@pytest.fixture
def busy_s(transcribe: Transcribe) -> Callable[[], float]:
    """How much longer than A_LOOK_S it takes at the moment: other tests may run beside this one."""
    samples, _ = soundfile.read(recorded("commands/done-joe").path, dtype="int16")

    def measure() -> float:
        began_s = time.monotonic()
        transcribe(samples)
        return max(time.monotonic() - began_s - A_LOOK_S, 0.0)

    measure()  # the first one warms up
    return measure


def closed_after_s(scene: Scene, done: Utterance) -> float:
    """From the last word of "that's my answer" to the close."""
    closed = scene.program.wait_event("answer_closed", turn=1, timeout_s=10)
    return scene.program.moment(closed) - done.last_s


def commands(scene: Scene) -> list[str]:
    return [event["command"] for event in scene.program.trace() if event["event"] == "command_heard"]


def check_only_the_answer(turn: dict[str, Any], reference: str, spoken_s: float) -> None:
    """Every word of the answer, none of the command, in the transcript and in the timing."""
    assert turn["status"] == "answered"
    assert word_error_rate(reference, turn["transcript"]) <= 0.25
    for word in ("repeat", "skip", "start", "again", "continue", "interview", "pause"):
        assert word in plain_words(reference) or word not in plain_words(turn["transcript"])
    assert turn["timing"]["answer_s"] == pytest.approx(spoken_s, abs=0.25)


def test_repeat_the_question_and_thats_my_answer(room: Room, home: Path, busy_s: Callable[[], float]) -> None:
    """The question is heard again, and the answer closes within a second of the command's last word."""
    with on_stage(room, home, *ONE) as scene:
        listening(scene, 1)
        once = question_before(scene.speaker, time.monotonic())
        told = tell(scene, "repeat", 1)
        again_s = scene.speaker.wait_for_sound(5, after_s=told.last_s)
        over_s = scene.speaker.wait_for_silence(0.5, 10)
        assert over_s - again_s == pytest.approx(once.length_s, abs=0.2)
        time.sleep(0.5)
        spoken = say_and_pause(scene, FIRST)
        done = tell(scene, "done", 1, count=2)
        assert closed_after_s(scene, done) < 1.0 + 2 * busy_s()
        assert scene.program.finish(30) == 0
        assert commands(scene) == ["repeat", "done"]
    (turn,) = show(home)["turns"]
    check_only_the_answer(turn, FIRST.reference, spoken.last_s - spoken.first_s)
    assert turn["timing"]["thinking_s"] < 10


@pytest.mark.stage
@pytest.mark.parametrize("voice", ["high", "us", "gb"])
def test_skip_this_one(room: Room, home: Path, voice: str) -> None:
    """The question is left without an answer, and the next one comes."""
    with on_stage(room, home, *TWO) as scene:
        listening(scene, 1)
        time.sleep(0.5)
        tell(scene, "skip", 1, voice=voice)
        answer(scene, 2, SHORT, press="enter")
        assert scene.program.finish(30) == 0
        assert commands(scene) == ["skip"]
    first, second = show(home)["turns"]
    assert first["status"] == "skipped"
    assert not first["transcript"]
    assert not first["words"]
    assert second["status"] == "answered"
    assert word_error_rate(SHORT.reference, second["transcript"]) <= 0.25


@pytest.mark.stage
def test_let_me_start_again(room: Room, home: Path) -> None:
    """The question is not read again; the first take and the second are both kept."""
    with on_stage(room, home, *ONE) as scene:
        listening(scene, 1)
        first = say_and_pause(scene, FIRST)
        tell(scene, "again", 1, voice="gb")
        scene.program.wait_event("question_ended", turn=2, timeout_s=20)
        time.sleep(0.5)
        second = say_and_pause(scene, REST)
        scene.program.press("enter")
        assert scene.program.finish(30) == 0
        assert commands(scene) == ["again"]
    one, two = show(home)["turns"]
    assert [(turn["prompt_id"], turn["take"]) for turn in (one, two)] == [("weakness", 1), ("weakness", 2)]
    for turn, recording, spoken in ((one, FIRST, first), (two, REST, second)):
        assert word_error_rate(recording.reference, turn["transcript"]) <= 0.25
        assert turn["timing"]["answer_s"] == pytest.approx(spoken.last_s - spoken.first_s, abs=0.25)
        assert (home / turn["audio"]).is_file()
    assert two["status"] == "answered"


@pytest.mark.stage
@pytest.mark.parametrize("voice", ["joe", "us"])
def test_pause_and_continue(room: Room, home: Path, voice: str) -> None:
    """What is said while it is paused is in no recording; afterwards the same answer goes on."""
    between = recorded("answers/short-high")
    with on_stage(room, home, *ONE) as scene:
        listening(scene, 1)
        first = say_and_pause(scene, FIRST)
        told = tell(scene, "pause", 1, voice=voice)
        assert scene.speaker.wait_for_sound(5, after_s=told.last_s)
        scene.speaker.wait_for_silence(0.8, 10)
        said = speak(scene, between)
        said.wait_until_said()
        time.sleep(3.0)  # longer than any patience
        assert "answer_closed" not in [event["event"] for event in scene.program.trace()]
        told = tell(scene, "continue", 1, voice=voice, count=2)
        assert scene.speaker.wait_for_sound(5, after_s=told.last_s)
        scene.speaker.wait_for_silence(0.8, 10)
        rest = say_and_pause(scene, REST)
        scene.program.press("enter")
        assert scene.program.finish(30) == 0
        assert commands(scene) == ["pause", "continue"]
    (turn,) = show(home)["turns"]
    assert turn["status"] == "answered"
    assert word_error_rate(BOTH, turn["transcript"]) <= 0.25
    assert not {"manager", "deadline", "pause", "continue"} & set(plain_words(turn["transcript"]))
    spoken_s = first.last_s - first.first_s + rest.last_s - rest.first_s
    assert turn["timing"]["answer_s"] == pytest.approx(spoken_s, abs=0.6)


@pytest.mark.stage
@pytest.mark.parametrize("voice", ["high", "gb"])
def test_stop_the_interview(room: Room, home: Path, voice: str) -> None:
    """Exit code 0, the session is interrupted, and what was answered up to then is kept."""
    with on_stage(room, home, *TWO) as scene:
        listening(scene, 1)
        spoken = say_and_pause(scene, FIRST)
        tell(scene, "stop", 1, voice=voice)
        assert scene.program.finish(30) == 0
        assert scene.program.left_terminal_sane
        assert commands(scene) == ["stop"]
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    (turn,) = whole["turns"]
    assert turn["status"] in ("answered", "unfinished")
    assert word_error_rate(FIRST.reference, turn["transcript"]) <= 0.25
    assert turn["timing"]["answer_s"] == pytest.approx(spoken.last_s - spoken.first_s, abs=0.25)


@pytest.mark.stage
def test_thats_my_answer_does_not_wait_for_the_decoder(
    room: Room, home: Path, busy_s: Callable[[], float]
) -> None:
    """With the larger model a long answer is still being decoded; it closes within a second all the same."""
    long = recorded("answers/failure")
    arguments = [*PLAN[:3], "base", *PLAN[4:], "--question", "failure"]
    with on_stage(room, home, *arguments) as scene:
        listening(scene, 1)
        spoken = say_and_pause(scene, long)
        done = tell(scene, "done", 1)
        assert closed_after_s(scene, done) < 1.5 + 3 * busy_s()
        assert scene.program.finish(90) == 0
    (turn,) = show(home)["turns"]
    check_only_the_answer(turn, long.reference, spoken.last_s - spoken.first_s)


@pytest.mark.stage
def test_the_words_of_commands_inside_an_answer_do_nothing(room: Room, home: Path) -> None:
    """ "We decided to skip this one feature" skips nothing."""
    words = recorded("answers/command-words")
    with on_stage(room, home, *TWO) as scene:
        truth = answer(scene, 1, words)
        scene.program.wait_event("question_ended", turn=2, timeout_s=30)
        scene.program.press("s")
        assert scene.program.finish(30) == 0
        assert commands(scene) == []
        assert sounds_after(scene, truth.answer_ended_s)
    first, second = show(home)["turns"]
    assert first["status"] == "answered"
    assert first["take"] == 1
    assert word_error_rate(words.reference, first["transcript"]) <= 0.25
    assert first["timing"]["answer_s"] == pytest.approx(truth.answer_s, abs=0.25)
    assert second["status"] == "skipped"


@pytest.mark.stage
def test_a_command_after_a_soft_close_still_counts(room: Room, home: Path) -> None:
    """Patience has run out, and during the sum-up one says "let me start again": a second take."""
    with on_stage(room, home, *TWO, "--patience", "1.5") as scene:
        listening(scene, 1)
        speak(scene, FIRST)
        closed = scene.program.wait_event("answer_closed", turn=1, timeout_s=20)
        scene.speaker.wait_for_sound(10, after_s=scene.program.moment(closed))
        tell(scene, "again", 1, voice="high")
        scene.program.wait_event("question_ended", turn=2, timeout_s=20)
        time.sleep(0.5)
        say_and_pause(scene, REST)
        scene.program.press("enter")
        scene.program.wait_event("question_ended", turn=3, timeout_s=30)
        scene.program.press("s")
        assert scene.program.finish(30) == 0
    one, two, three = show(home)["turns"]
    assert [turn["take"] for turn in (one, two, three)] == [1, 2, 1]
    assert word_error_rate(FIRST.reference, one["transcript"]) <= 0.25
    assert word_error_rate(REST.reference, two["transcript"]) <= 0.25
    assert three["prompt_id"] == "why-you"
