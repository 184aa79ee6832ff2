"""Every key of a session in the live screen, and Ctrl-C at every moment."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from e2e.conftest import BUSY, PRECISE
from e2e.person import (
    BRIEF,
    answer,
    let_it_close,
    listening,
    on_stage,
    question_before,
    silent_after,
    speak,
)
from e2e.program import Program
from e2e.room import Room
from e2e.stored import command, show, sound
from e2e.words import word_error_rate
from recordings import recorded

pytestmark = pytest.mark.stage

PLAN = ("practice", "--no-debrief", "--model", "tiny.en", "--voice", "system")
ONE = (*PLAN, "--question", "weakness")
TWO = (*ONE, "--question", "why-you")

SHORT = recorded("replies/debrief-05-question-one")
LONGER = recorded("replies/debrief-10-went-well")
LONG = recorded("answers/human-lj-printing")
TINY = {"GREENROOM_MODEL": "tiny.en"}
SILENT_WITHIN_S = 0.3


def only_turn(home: Path) -> dict[str, Any]:
    (turn,) = show(home)["turns"]
    assert isinstance(turn, dict)
    return turn


def loud_s(home: Path, turn: dict[str, Any]) -> float:
    """Seconds from the first loud sample of a recording to the last."""
    loud = np.flatnonzero(np.abs(sound(home, turn["audio"]).astype(int)) > 200)
    return float(loud[-1] - loud[0]) / 16_000


@PRECISE
def test_keys_in_the_middle_of_a_question_and_enter_at_the_last_word(room: Room, home: Path) -> None:
    """r begins it anew, and Enter cuts it short: the thinking time counts from where it really ended. Of an
    answer that Enter ends at its last word nothing is lost."""
    with on_stage(room, home, *TWO, *BRIEF) as scene:
        scene.program.wait_event("question_started", turn=1, timeout_s=60)
        begun_s = scene.speaker.wait_for_sound(5)
        time.sleep(0.8)
        scene.program.press("r")
        one = answer(scene, 1, LONGER, think_s=1.0, press="enter")
        assert one.question_ended_s - begun_s > 2.5  # 0.8 s and the whole of it
        started = scene.program.wait_event("question_started", turn=2, timeout_s=30)
        scene.speaker.wait_for_sound(5, after_s=scene.program.moment(started) - 0.05)
        time.sleep(0.6)
        pressed_s = time.monotonic()
        scene.program.press("enter")
        assert silent_after(scene, pressed_s) - pressed_s < SILENT_WITHIN_S
        two = answer(scene, 2, SHORT, press="enter")
        assert scene.program.finish(60) == 0
        assert scene.program.left_terminal_sane
    turns = show(home)["turns"]
    for turn, truth, recording in zip(turns, (one, two), (LONGER, SHORT), strict=True):
        assert word_error_rate(recording.reference, turn["transcript"]) <= 0.25
        assert turn["timing"]["thinking_s"] == pytest.approx(truth.thinking_s, abs=0.15)
        assert turn["timing"]["answer_s"] == pytest.approx(truth.answer_s, abs=0.2)
        assert loud_s(home, turn) == pytest.approx(truth.answer_s, abs=0.2)


@PRECISE
def test_r_says_the_question_again_and_s_skips_the_next_one(room: Room, home: Path) -> None:
    """The first is heard twice, and neither the answer nor the thinking time holds anything of it; the second
    one's voice falls silent at once, and it is skipped."""
    with on_stage(room, home, *TWO, "--quiet") as scene:
        listening(scene, 1)
        once = question_before(scene.speaker, time.monotonic())
        time.sleep(0.5)  # thinking
        asked_again_s = time.monotonic()
        scene.program.press("r")
        again_s = scene.speaker.wait_for_sound(5, after_s=asked_again_s)
        over_s = scene.speaker.wait_for_silence(0.5, 10)
        assert over_s - again_s == pytest.approx(once.length_s, abs=0.2)
        spoken = speak(scene, LONGER)
        spoken.wait_until_said()
        scene.program.press("enter")
        started = scene.program.wait_event("question_started", turn=2, timeout_s=30)
        scene.speaker.wait_for_sound(5, after_s=scene.program.moment(started) - 0.05)
        time.sleep(0.6)
        pressed_s = time.monotonic()
        scene.program.press("s")
        assert silent_after(scene, pressed_s) - pressed_s < SILENT_WITHIN_S
        let_it_close(scene)
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    first, second = whole["turns"]
    assert word_error_rate(LONGER.reference, first["transcript"]) <= 0.25
    assert first["timing"]["answer_s"] == pytest.approx(spoken.last_s - spoken.first_s, abs=0.2)
    thought_s = (asked_again_s - once.end_at_s) + (spoken.first_s - over_s)
    assert first["timing"]["thinking_s"] == pytest.approx(thought_s, abs=0.6)
    assert second["status"] == "skipped"
    assert not second["transcript"]


def test_p_pauses_and_what_sounds_meanwhile_is_in_no_recording(room: Room, home: Path) -> None:
    """Before, a pause full of talk, after: one answer without the middle."""
    with on_stage(room, home, *ONE, *BRIEF) as scene:
        listening(scene, 1)
        first = speak(scene, SHORT)
        first.wait_until_said()
        first.saying.stop()
        time.sleep(0.6)  # sound on its way from the microphone
        scene.program.press("p")
        scene.program.wait_text("paused: ", 12)
        between = speak(scene, recorded("answers/human-jfk"))
        between.wait_until_said(6.0)  # longer than the patience
        between.saying.stop()
        scene.mouth.wait_for_silence(0.6, 5)
        scene.program.press("p")
        scene.program.wait_text("take your time|listening", 5, fresh=True)
        time.sleep(0.3)
        second = speak(scene, LONGER)
        second.wait_until_said()
        scene.program.press("enter")
        assert scene.program.finish(60) == 0
    turn = only_turn(home)
    assert word_error_rate(f"{SHORT.reference} {LONGER.reference}", turn["transcript"]) <= 0.25
    assert "country" not in turn["transcript"]
    recording_s = len(sound(home, turn["audio"])) / 16_000
    spoken_s = (first.last_s - first.first_s) + (second.last_s - second.first_s)
    assert recording_s < spoken_s + 8.0  # pre-roll, thinking, the gaps, "go on"; the talk would make it 13
    assert turn["timing"]["answer_s"] == pytest.approx(spoken_s, abs=0.5)


def test_q_in_an_answer_stops_and_keeps_everything(room: Room, home: Path) -> None:
    """Exit code 0; the first answer is whole, the open one as far as it went."""
    with on_stage(room, home, *TWO, *BRIEF) as scene:
        answer(scene, 1, SHORT, press="enter")
        listening(scene, 2)
        speak(scene, LONG).wait_until_said(4.0)
        scene.program.press("q")
        assert scene.program.finish(60) == 0
        assert scene.program.left_terminal_sane
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    first, second = whole["turns"]
    assert first["status"] == "answered"
    assert word_error_rate(SHORT.reference, first["transcript"]) <= 0.25
    assert second["status"] == "unfinished"
    assert second["transcript"].lower().startswith("printing")
    assert command(home, "list").stderr == ""


@pytest.mark.parametrize("when", ["paused", "repeating"])
def test_q_in_a_pause_and_while_the_question_is_said_again(room: Room, home: Path, when: str) -> None:
    """Exit code 0, and nothing is left to mend."""
    with on_stage(room, home, *TWO, *BRIEF) as scene:
        listening(scene, 1)
        if when == "paused":
            scene.program.press("p")
            scene.program.wait_text("paused: ", 12)
        else:
            scene.program.press("r")
            scene.speaker.wait_for_sound(5)
        scene.program.press("q")
        assert scene.program.finish(60) == 0
        assert scene.program.left_terminal_sane
    assert show(home)["session"]["status"] == "interrupted"
    assert only_turn(home)["status"] == "skipped"
    assert command(home, "list").stderr == ""


def test_ctrl_c_twice_in_the_middle_of_an_answer_keeps_it(room: Room, home: Path) -> None:
    """Exit code 130; an impatient second one ends it sooner, and what was said so far is there with its words
    after the next start at the latest."""
    with on_stage(room, home, *ONE, *BRIEF) as scene:
        listening(scene, 1)
        spoken = speak(scene, LONG)
        spoken.wait_until_said(5.0)
        pressed_s = time.monotonic()
        scene.program.press("ctrl-c")
        time.sleep(0.05)
        scene.program.press("ctrl-c")
        assert scene.program.finish(20) == 130
        assert scene.program.left_terminal_sane
    command(home, "list", env=TINY)
    assert show(home)["session"]["status"] == "interrupted"
    turn = only_turn(home)
    assert turn["status"] in ("unfinished", "answered")
    assert turn["transcript"].lower().startswith("printing")
    assert loud_s(home, turn) > pressed_s - spoken.first_s - 0.5


@BUSY
def test_ctrl_c_while_the_words_are_written_down(home: Path, tmp_path: Path) -> None:
    """The recording was closed: the next start writes down what is missing, and the answer is whole."""
    said = recorded("demo/weakness")
    arguments = [*TWO, "--speaker", "none", "--mic", str(said.path), "--mic", str(said.path)]
    with Program(*arguments, home=home, trace_file=tmp_path / "trace") as program:
        program.wait_event("turn_stored", turn=1, timeout_s=60)
        program.press("ctrl-c")
        assert program.finish(20) == 130
        assert program.left_terminal_sane
    command(home, "list", env=TINY)
    turn = show(home)["turns"][0]
    assert turn["status"] == "answered"
    assert word_error_rate(said.reference, turn["transcript"]) <= 0.25


@PRECISE
def test_ctrl_c_while_the_question_is_asked(room: Room, home: Path) -> None:
    """The voice stops at once, the session is kept, the answer before it as well."""
    with on_stage(room, home, *TWO, *BRIEF) as scene:
        answer(scene, 1, SHORT, press="enter")
        started = scene.program.wait_event("question_started", turn=2, timeout_s=30)
        scene.speaker.wait_for_sound(5, after_s=scene.program.moment(started) - 0.05)
        time.sleep(0.4)
        pressed_s = time.monotonic()
        scene.program.press("ctrl-c")
        assert silent_after(scene, pressed_s) - pressed_s < SILENT_WITHIN_S
        assert scene.program.finish(20) == 130
        assert scene.program.left_terminal_sane
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    first, second = whole["turns"]
    assert word_error_rate(SHORT.reference, first["transcript"]) <= 0.25
    assert not second["transcript"]
    assert command(home, "list").stderr == ""
