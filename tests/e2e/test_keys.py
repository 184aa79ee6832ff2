"""Every key of a session in the live screen, and Ctrl-C at every moment."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from e2e.person import answer, listening, on_stage, question_before, silent_after, speak
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


def only_turn(home: Path) -> dict[str, Any]:
    (turn,) = show(home)["turns"]
    assert isinstance(turn, dict)
    return turn


def test_enter_at_the_last_word_loses_nothing(room: Room, home: Path) -> None:
    """Every word is there, and the recording ends after the last one."""
    with on_stage(room, home, *ONE) as scene:
        truth = answer(scene, 1, LONGER, press="enter")
        assert scene.program.finish(30) == 0
        assert scene.program.left_terminal_sane
    turn = only_turn(home)
    assert word_error_rate(LONGER.reference, turn["transcript"]) <= 0.25
    assert turn["timing"]["answer_s"] == pytest.approx(truth.answer_s, abs=0.2)
    loud = np.flatnonzero(np.abs(sound(home, turn["audio"]).astype(int)) > 200)
    assert (loud[-1] - loud[0]) / 16_000 == pytest.approx(truth.answer_s, abs=0.2)


def test_r_says_the_question_again(room: Room, home: Path) -> None:
    """It is heard twice; neither the answer nor the thinking time holds anything of it."""
    with on_stage(room, home, *ONE) as scene:
        listening(scene, 1)
        once = question_before(scene.speaker, time.monotonic())
        time.sleep(0.5)  # thinking
        pressed_s = time.monotonic()
        scene.program.press("r")
        again_s = scene.speaker.wait_for_sound(5, after_s=pressed_s)
        over_s = scene.speaker.wait_for_silence(0.5, 10)
        assert over_s - again_s == pytest.approx(once.length_s, abs=0.2)
        spoken = speak(scene, LONGER)
        spoken.wait_until_said()
        scene.program.press("enter")
        assert scene.program.finish(30) == 0
    turn = only_turn(home)
    assert word_error_rate(LONGER.reference, turn["transcript"]) <= 0.25
    assert turn["timing"]["answer_s"] == pytest.approx(spoken.last_s - spoken.first_s, abs=0.2)
    thought_s = (pressed_s - once.end_at_s) + (spoken.first_s - over_s)
    assert turn["timing"]["thinking_s"] == pytest.approx(thought_s, abs=0.6)


def test_r_in_the_middle_of_the_question_begins_it_anew(room: Room, home: Path) -> None:
    """The thinking time counts from the end of the second time."""
    with on_stage(room, home, *ONE) as scene:
        scene.program.wait_event("question_started", turn=1, timeout_s=60)
        begun_s = scene.speaker.wait_for_sound(5)
        time.sleep(0.8)
        scene.program.press("r")
        truth = answer(scene, 1, LONGER, think_s=1.0, press="enter")
        assert scene.program.finish(30) == 0
        assert truth.question_ended_s - begun_s > 2.5  # 0.8 s and the whole of it
    turn = only_turn(home)
    assert turn["timing"]["thinking_s"] == pytest.approx(truth.thinking_s, abs=0.15)


def test_s_skips_while_it_listens_and_while_it_asks(room: Room, home: Path) -> None:
    """Both are skipped, the second one's voice falls silent at once."""
    with on_stage(room, home, *TWO) as scene:
        listening(scene, 1)
        scene.program.press("s")
        scene.program.wait_event("question_started", turn=2, timeout_s=30)
        scene.speaker.wait_for_sound(5)
        time.sleep(0.6)
        pressed_s = time.monotonic()
        scene.program.press("s")
        assert silent_after(scene, pressed_s) - pressed_s < 0.3
        assert scene.program.finish(30) == 0
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    assert [turn["status"] for turn in whole["turns"]] == ["skipped", "skipped"]
    assert not any(turn["transcript"] for turn in whole["turns"])


def test_p_pauses_and_what_sounds_meanwhile_is_in_no_recording(room: Room, home: Path) -> None:
    """Before, a pause full of talk, after: one answer without the middle."""
    with on_stage(room, home, *ONE) as scene:
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
        assert scene.program.finish(30) == 0
    turn = only_turn(home)
    assert word_error_rate(f"{SHORT.reference} {LONGER.reference}", turn["transcript"]) <= 0.25
    assert "country" not in turn["transcript"]
    recording_s = len(sound(home, turn["audio"])) / 16_000
    spoken_s = (first.last_s - first.first_s) + (second.last_s - second.first_s)
    assert recording_s < spoken_s + 8.0  # pre-roll, thinking, the gaps, "go on"; the talk would make it 13
    assert turn["timing"]["answer_s"] == pytest.approx(spoken_s, abs=0.5)


@pytest.mark.parametrize("when", ["listening", "answering", "paused", "repeating"])
def test_q_stops_and_keeps_everything(room: Room, home: Path, when: str) -> None:
    """Exit code 0; the first answer is whole, the open one as far as it went."""
    with on_stage(room, home, *TWO) as scene:
        answer(scene, 1, SHORT, press="enter")
        listening(scene, 2)
        if when == "answering":
            speak(scene, LONG).wait_until_said(4.0)
        elif when == "paused":
            scene.program.press("p")
            scene.program.wait_text("paused: ", 12)
        elif when == "repeating":
            scene.program.press("r")
            scene.speaker.wait_for_sound(5)
        scene.program.press("q")
        assert scene.program.finish(30) == 0
        assert scene.program.left_terminal_sane
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    first, second = whole["turns"]
    assert first["status"] == "answered"
    assert word_error_rate(SHORT.reference, first["transcript"]) <= 0.25
    if when == "answering":
        assert second["status"] == "unfinished"
        assert second["transcript"].lower().startswith("printing")
    else:
        assert second["status"] == "skipped"
    assert command(home, "list").stderr == ""


def test_a_key_cuts_the_voice_short(room: Room, home: Path) -> None:
    """Enter in the middle of the question: silence within 0.3 s, and the answer is heard."""
    with on_stage(room, home, *ONE) as scene:
        scene.program.wait_event("question_started", turn=1, timeout_s=60)
        scene.speaker.wait_for_sound(5)
        time.sleep(0.8)
        pressed_s = time.monotonic()
        scene.program.press("enter")
        assert silent_after(scene, pressed_s) - pressed_s < 0.3
        truth = answer(scene, 1, LONGER, press="enter")
        assert scene.program.finish(30) == 0
    turn = only_turn(home)
    assert word_error_rate(LONGER.reference, turn["transcript"]) <= 0.25
    assert turn["timing"]["thinking_s"] == pytest.approx(truth.thinking_s, abs=0.15)


def test_ctrl_c_in_the_middle_of_an_answer_keeps_it(room: Room, home: Path) -> None:
    """Exit code 130, and what was said so far is there with its words, at the latest at the next start."""
    with on_stage(room, home, *ONE) as scene:
        listening(scene, 1)
        spoken = speak(scene, LONG)
        spoken.wait_until_said(5.0)
        pressed_s = time.monotonic()
        scene.program.press("ctrl-c")
        assert scene.program.finish(20) == 130
        assert scene.program.left_terminal_sane
    command(home, "list")
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    (turn,) = whole["turns"]
    assert turn["status"] in ("unfinished", "answered")
    assert turn["transcript"].lower().startswith("printing")
    kept = np.flatnonzero(np.abs(sound(home, turn["audio"]).astype(int)) > 200)
    assert (kept[-1] - kept[0]) / 16_000 > pressed_s - spoken.first_s - 0.5


def test_ctrl_c_twice_loses_nothing_either(room: Room, home: Path) -> None:
    """An impatient second Ctrl-C ends it sooner; the words are there after the next start at the latest."""
    with on_stage(room, home, *ONE) as scene:
        listening(scene, 1)
        speak(scene, LONG).wait_until_said(5.0)
        scene.program.press("ctrl-c")
        time.sleep(0.05)
        scene.program.press("ctrl-c")
        assert scene.program.finish(20) == 130
        assert scene.program.left_terminal_sane
    command(home, "list")
    turn = only_turn(home)
    assert turn["status"] in ("unfinished", "answered")
    assert turn["transcript"].lower().startswith("printing")


def test_ctrl_c_while_the_words_are_written_down(home: Path, tmp_path: Path) -> None:
    """The recording was closed: the next start writes down what is missing, and the answer is whole."""
    arguments = [*TWO, "--speaker", "none", "--mic", str(LONG.path), "--mic", str(LONG.path)]
    with Program(*arguments, home=home, trace_file=tmp_path / "trace") as program:
        program.wait_event("turn_stored", turn=1, timeout_s=60)
        program.press("ctrl-c")
        assert program.finish(20) == 130
        assert program.left_terminal_sane
    command(home, "list")
    turn = show(home)["turns"][0]
    assert turn["status"] == "answered"
    assert word_error_rate(LONG.reference, turn["transcript"]) <= 0.25


def test_ctrl_c_while_the_question_is_asked(room: Room, home: Path) -> None:
    """The voice stops at once, the session is kept, the answer before it as well."""
    with on_stage(room, home, *TWO) as scene:
        answer(scene, 1, SHORT, press="enter")
        scene.program.wait_event("question_started", turn=2, timeout_s=30)
        scene.speaker.wait_for_sound(5)
        time.sleep(0.4)
        pressed_s = time.monotonic()
        scene.program.press("ctrl-c")
        assert silent_after(scene, pressed_s) - pressed_s < 0.3
        assert scene.program.finish(20) == 130
        assert scene.program.left_terminal_sane
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    first, second = whole["turns"]
    assert word_error_rate(SHORT.reference, first["transcript"]) <= 0.25
    assert not second["transcript"]
    assert command(home, "list").stderr == ""
