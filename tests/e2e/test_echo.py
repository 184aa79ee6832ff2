"""Loudspeakers instead of headphones: the program hears itself, 120 ms late, and takes it for nobody."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from e2e.conftest import PRECISE
from e2e.person import in_order, let_it_close, listening, on_stage, room_stuttered, silent_after, speak, until
from e2e.room import Room
from e2e.stored import show
from e2e.words import plain_words, word_error_rate
from recordings import recorded

pytestmark = [pytest.mark.stage, PRECISE]

PLAN = ("practice", "--no-debrief", "--model", "tiny.en", "--voice", "system", "--patience", "1.5")
TWO = (*PLAN, "--question", "weakness", "--question", "why-you")

FIRST = recorded("answers/half-one")
REST = recorded("answers/half-two")
SHORT = recorded("replies/debrief-05-question-one")
BOTH = f"{FIRST.reference} {REST.reference}"
OF_THE_PROGRAM = {"welcome", "green", "biggest", "weakness", "choose", "seconds", "minute", "thought"}


@pytest.mark.parametrize("level_db", [-20, -10])
def test_its_own_voice_is_nobody_and_going_on_over_it_is_heard(
    room: Room, home: Path, level_db: float
) -> None:
    """No answer out of its questions, none of its words in a transcript, and a false end is gone on with."""
    room.echo(level_db=level_db, delay_ms=120)
    with on_stage(room, home, *TWO) as scene:
        listening(scene, 1)
        time.sleep(2.5)  # the question, its echo, and longer than the patience
        assert not in_order(scene, 1, "speech_started", "answer_closed")
        first = speak(scene, FIRST)
        scene.program.wait_event("answer_closed", turn=1, timeout_s=20)
        # It sums up and asks the next question, into the microphone.
        asked = scene.program.wait_event("question_started", turn=2, timeout_s=20)
        begun_s = scene.speaker.wait_for_sound(5, after_s=scene.program.moment(asked) - 0.05)
        assert not in_order(scene, 1, "answer_reopened")
        until(begun_s + 0.4)
        rest = speak(scene, REST)
        scene.program.wait_event("answer_reopened", turn=1, timeout_s=5)
        assert silent_after(scene, rest.first_s + 0.3) - rest.first_s <= 1.0
        scene.program.wait_event("question_ended", turn=2, timeout_s=60)
        time.sleep(2.0)
        assert not in_order(scene, 2, "speech_started")
        spoken = speak(scene, SHORT)
        spoken.wait_until_said()
        scene.program.press("enter")
        room_stuttered(scene, spoken)
        let_it_close(scene)
    one, two = show(home)["turns"]
    assert one["status"] == two["status"] == "answered"
    assert word_error_rate(BOTH, one["transcript"]) <= 0.3
    assert word_error_rate(SHORT.reference, two["transcript"]) <= 0.25
    for turn in (one, two):
        assert not OF_THE_PROGRAM & set(plain_words(turn["transcript"]))
    assert one["timing"]["answer_s"] == pytest.approx(rest.last_s - first.first_s, abs=0.35)
    assert two["timing"]["answer_s"] == pytest.approx(spoken.last_s - spoken.first_s, abs=0.25)


def test_nobody_there_but_its_own_voice(room: Room, home: Path) -> None:
    """It asks, says the question again, sums nothing up: not one word of it is an answer."""
    room.echo(level_db=-10, delay_ms=120)
    with on_stage(room, home, *TWO) as scene:
        for turn in (1, 2):
            scene.program.wait_event("question_ended", turn=turn, timeout_s=60)
            scene.program.press("r")
            scene.speaker.wait_for_sound(5)
            scene.speaker.wait_for_silence(1.5, 15)
            scene.program.press("s")
        assert scene.program.finish(60) == 0
        assert "speech_started" not in [event["event"] for event in scene.program.trace()]
    for turn in show(home)["turns"]:
        assert turn["status"] == "skipped"
        assert not turn["transcript"]
