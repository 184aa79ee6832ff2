"""The words of every answer are looked at once more in idle time, also after a restart; nobody waits."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from e2e.conftest import PRECISE
from e2e.person import BRIEF, answer, in_order, on_stage, speak
from e2e.room import Room
from e2e.stored import command, is_whole, show
from e2e.words import word_error_rate
from recordings import recorded

pytestmark = pytest.mark.stage

PLAN = ("practice", "--no-debrief", "--model", "tiny.en", "--voice", "system")
TWO = (*PLAN, "--question", "failure", "--question", "why-you")

LONG = recorded("answers/failure")
SHORT = recorded("replies/debrief-05-question-one")


@PRECISE
def test_every_answer_becomes_final(room: Room, home: Path) -> None:
    """Stitched words at once, final ones later; the next question does not wait for them."""
    with on_stage(room, home, *TWO, *BRIEF) as scene:
        answer(scene, 1, LONG, press="enter")
        ready = scene.program.wait_event("transcript_ready", turn=1, timeout_s=10)
        next_one = scene.program.wait_event("question_started", turn=2, timeout_s=20)
        assert next_one["at_s"] - ready["at_s"] < 6  # "thank you" and a breath
        answer(scene, 2, SHORT, press="enter")
        assert scene.program.finish(60) == 0
        for turn in (1, 2):
            order = in_order(scene, turn, "turn_stored", "transcript_ready", "transcript_final")
            assert order == ["turn_stored", "transcript_ready", "transcript_final"]
        assert scene.program.trace()[-1]["event"] == "session_stored"
    turns = show(home)["turns"]
    for turn, recording in zip(turns, (LONG, SHORT), strict=True):
        assert turn["transcript_is"] == "final"
        assert word_error_rate(recording.reference, turn["transcript"]) <= 0.2
        assert turn["audio"].endswith(".flac")
        assert (home / turn["audio"]).is_file()
    heard = [word["text"].lower().strip(".,") for word in turns[0]["words"]]
    assert "um" in heard
    assert "uh" in heard
    assert turns[0]["fillers"]["count"] >= 2


def test_final_after_a_restart(room: Room, home: Path) -> None:
    """Killed as soon as the words are stored: the next rehearsal makes them final."""
    with on_stage(room, home, *TWO, *BRIEF) as scene:
        answer(scene, 1, LONG, press="enter")
        scene.program.wait_event("transcript_ready", turn=1, timeout_s=10)
        scene.program.kill()
        assert "transcript_final" not in [event["event"] for event in scene.program.trace()]
    command(home, "list")
    (turn, *_) = show(home, "1")["turns"]
    assert turn["status"] == "answered"
    assert word_error_rate(LONG.reference, turn["transcript"]) <= 0.2
    assert (home / turn["audio"]).is_file()
    command(home, *PLAN[:-2], "--speaker", "none", "--question", "why-you", "--mic", str(SHORT.path))
    (turn, *_) = show(home, "1")["turns"]
    assert turn["transcript_is"] == "final"
    assert turn["audio"].endswith(".flac")
    assert sorted(path.suffix for path in (home / "audio" / "1").iterdir()) == [".flac"]
    assert word_error_rate(LONG.reference, turn["transcript"]) <= 0.2
    assert is_whole(home)


def test_killed_while_the_answer_may_still_go_on(room: Room, home: Path) -> None:
    """Closed by silence, during the sum-up: the answer is a whole one, with all its words."""
    with on_stage(room, home, *TWO, "--patience", "1.5") as scene:
        scene.program.wait_event("question_ended", turn=1, timeout_s=60)
        spoken = speak(scene, SHORT)
        closed = scene.program.wait_event("answer_closed", turn=1, timeout_s=20)
        scene.speaker.wait_for_sound(10, after_s=scene.program.moment(closed))
        time.sleep(0.3)
        scene.program.kill()
    command(home, "list", env={"GREENROOM_MODEL": "tiny.en"})
    turn = show(home)["turns"][0]
    assert turn["status"] == "answered"
    assert word_error_rate(SHORT.reference, turn["transcript"]) <= 0.25
    assert turn["timing"]["answer_s"] == pytest.approx(spoken.last_s - spoken.first_s, abs=0.25)
    assert is_whole(home)
