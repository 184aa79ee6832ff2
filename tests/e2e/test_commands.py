"""Spoken control, hands free: every command once, and none where its words are part of an answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile

from e2e.conftest import PRECISE, Transcribe
from e2e.person import (
    BRIEF,
    Scene,
    Utterance,
    answer,
    let_it_close,
    listening,
    on_stage,
    question_before,
    room_stuttered,
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
    heard = scene.program.wait_event("command_heard", turn=turn, timeout_s=10, count=count)
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
    with on_stage(room, home, *ONE, "--quiet") as scene:
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
        let_it_close(scene)
        assert commands(scene) == ["repeat", "done"]
    (turn,) = show(home)["turns"]
    check_only_the_answer(turn, FIRST.reference, spoken.last_s - spoken.first_s)
    assert turn["timing"]["thinking_s"] < 10


@pytest.mark.stage
@PRECISE
def test_skip_this_one_and_the_words_of_commands_inside_an_answer(room: Room, home: Path) -> None:
    """The question is left without an answer, and the next one comes; to that, "we decided to skip this one
    feature" skips nothing."""
    words = recorded("answers/command-words")
    with on_stage(room, home, *TWO, *BRIEF) as scene:
        listening(scene, 1)
        time.sleep(0.5)
        tell(scene, "skip", 1, voice="high")
        truth = answer(scene, 2, words)
        assert scene.program.finish(60) == 0
        assert commands(scene) == ["skip"]
    first, second = show(home)["turns"]
    assert first["status"] == "skipped"
    assert not first["transcript"]
    assert not first["words"]
    assert (second["status"], second["take"]) == ("answered", 1)
    assert word_error_rate(words.reference, second["transcript"]) <= 0.25
    assert second["timing"]["answer_s"] == pytest.approx(truth.answer_s, abs=0.25)


@pytest.mark.stage
@PRECISE
def test_let_me_start_again_in_an_answer_and_when_it_seemed_to_be_over(room: Room, home: Path) -> None:
    """The question is not read again, and every take is kept; also when patience has run out, and it is said
    during the sum-up."""
    with on_stage(room, home, *ONE, "--patience", "1.5") as scene:
        listening(scene, 1)
        first = say_and_pause(scene, FIRST)
        tell(scene, "again", 1, voice="gb")
        scene.program.wait_event("question_ended", turn=2, timeout_s=20)
        time.sleep(0.5)
        second = speak(scene, REST)
        second.wait_until_said()
        room_stuttered(scene, second)
        closed = scene.program.wait_event("answer_closed", turn=2, timeout_s=20)
        scene.speaker.wait_for_sound(10, after_s=scene.program.moment(closed))
        tell(scene, "again", 2, voice="high")
        scene.program.wait_event("question_ended", turn=3, timeout_s=20)
        time.sleep(0.5)
        third = speak(scene, SHORT)
        third.wait_until_said()
        room_stuttered(scene, third)
        scene.program.press("enter")
        let_it_close(scene)
        assert commands(scene) == ["again", "again"]
    turns = show(home)["turns"]
    assert [(turn["prompt_id"], turn["take"]) for turn in turns] == [("weakness", take) for take in (1, 2, 3)]
    for turn, recording, spoken in zip(turns, (FIRST, REST, SHORT), (first, second, third), strict=True):
        assert word_error_rate(recording.reference, turn["transcript"]) <= 0.25
        assert turn["timing"]["answer_s"] == pytest.approx(spoken.last_s - spoken.first_s, abs=0.25)
        assert (home / turn["audio"]).is_file()
    assert turns[2]["status"] == "answered"


@pytest.mark.stage
@PRECISE
def test_pause_and_continue_and_stop_the_interview(room: Room, home: Path) -> None:
    """What is said while it is paused is in no recording; afterwards the same answer goes on. Who stops has
    exit code 0, an interrupted session, and all that was answered."""
    between = recorded("answers/short-high")
    with on_stage(room, home, *TWO, *BRIEF) as scene:
        listening(scene, 1)
        first = say_and_pause(scene, FIRST)
        told = tell(scene, "pause", 1, voice="us")
        assert scene.speaker.wait_for_sound(5, after_s=told.last_s)
        scene.speaker.wait_for_silence(0.8, 10)
        said = speak(scene, between)
        said.wait_until_said()
        time.sleep(3.0)  # longer than any patience
        assert "answer_closed" not in [event["event"] for event in scene.program.trace()]
        told = tell(scene, "continue", 1, count=2)
        assert scene.speaker.wait_for_sound(5, after_s=told.last_s)
        scene.speaker.wait_for_silence(0.8, 10)
        rest = say_and_pause(scene, REST)
        scene.program.press("enter")
        scene.program.wait_event("question_ended", turn=2, timeout_s=30)
        time.sleep(0.5)
        short = say_and_pause(scene, SHORT)
        tell(scene, "stop", 2, voice="gb")
        assert scene.program.finish(60) == 0
        assert scene.program.left_terminal_sane
        assert commands(scene) == ["pause", "continue", "stop"]
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    one, two = whole["turns"]
    assert one["status"] == "answered"
    assert word_error_rate(BOTH, one["transcript"]) <= 0.25
    assert not {"manager", "deadline", "pause", "continue"} & set(plain_words(one["transcript"]))
    spoken_s = first.last_s - first.first_s + rest.last_s - rest.first_s
    assert one["timing"]["answer_s"] == pytest.approx(spoken_s, abs=0.6)
    assert two["status"] in ("answered", "unfinished")
    assert word_error_rate(SHORT.reference, two["transcript"]) <= 0.25
    assert two["timing"]["answer_s"] == pytest.approx(short.last_s - short.first_s, abs=0.25)


@pytest.mark.stage
@PRECISE
def test_thats_my_answer_does_not_wait_for_the_decoder(
    room: Room, home: Path, busy_s: Callable[[], float]
) -> None:
    """With the larger model a long answer is still being decoded; it closes within a second all the same."""
    long = recorded("answers/failure")
    arguments = [*PLAN[:3], "base", *PLAN[4:], "--question", "failure"]
    with on_stage(room, home, *arguments, *BRIEF) as scene:
        listening(scene, 1)
        spoken = say_and_pause(scene, long)
        done = tell(scene, "done", 1)
        assert closed_after_s(scene, done) < 1.5 + 3 * busy_s()
        assert scene.program.finish(90) == 0
    (turn,) = show(home)["turns"]
    check_only_the_answer(turn, long.reference, spoken.last_s - spoken.first_s)
