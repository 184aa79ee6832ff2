"""Killed as suddenly as by a power cut: what was said is there at the next start, which says so once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from e2e.conftest import BUSY
from e2e.person import BRIEF, answer, on_stage, speak
from e2e.program import Program
from e2e.room import Room
from e2e.stored import command, is_whole, show, sound
from e2e.words import plain_words, word_error_rate
from recordings import Recorded, recorded

PLAN = ("practice", "--no-debrief", "--model", "tiny.en", "--voice", "system", "--plain")
TWO = (*PLAN, "--question", "weakness", "--question", "why-you")

SHORT = recorded("replies/debrief-05-question-one")
LONG = recorded("answers/human-lj-printing")


def found_at_the_next_start(home: Path) -> str:
    """What `greenroom list` says of it: the first time only, and on standard error only."""
    told = command(home, "list", env={"GREENROOM_MODEL": "tiny.en"}).stderr
    assert command(home, "list").stderr == ""
    assert is_whole(home)
    return told


def begins_like(recording: Recorded, transcript: str) -> bool:
    """Whether a transcript is the beginning of what was said."""
    words = plain_words(transcript)
    reference = plain_words(recording.reference)[: len(words)]
    return len(words) >= 5 and word_error_rate(" ".join(reference), " ".join(words)) <= 0.25


def recorded_s(home: Path, turn: dict[str, Any]) -> float:
    """Seconds from the first loud sample of a recording to its end."""
    samples = sound(home, turn["audio"]).astype(int)
    return float(len(samples) - np.flatnonzero(np.abs(samples) > 200)[0]) / 16_000


def test_killed_in_the_middle_of_an_answer(room: Room, home: Path) -> None:
    """At most the last half second of what had sounded is missing."""
    with on_stage(room, home, *TWO, *BRIEF) as scene:
        answer(scene, 1, SHORT, press="enter")
        scene.program.wait_event("question_ended", turn=2, timeout_s=30)
        spoken = speak(scene, LONG)
        spoken.wait_until_said(6.0)
        killed_s = time.monotonic()
        scene.program.kill()
    told = found_at_the_next_start(home)
    assert told.count("cut off") == 1
    assert "1 answer recovered" in told

    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    first, second = whole["turns"]
    assert first["status"] == "answered"
    assert word_error_rate(SHORT.reference, first["transcript"]) <= 0.25
    assert second["status"] == "unfinished"
    assert begins_like(LONG, second["transcript"])
    assert second["words"]
    assert recorded_s(home, second) > killed_s - spoken.first_s - 0.5


@pytest.mark.stage
def test_killed_while_the_question_is_asked(room: Room, home: Path) -> None:
    """Nothing was said yet: the answer before is whole, and no answer is made up."""
    with on_stage(room, home, *TWO, *BRIEF) as scene:
        answer(scene, 1, SHORT, press="enter")
        scene.program.wait_event("question_started", turn=2, timeout_s=30)
        scene.speaker.wait_for_sound(5)
        scene.program.kill()
    assert found_at_the_next_start(home).count("cut off") == 1
    first, second = show(home)["turns"]
    assert word_error_rate(SHORT.reference, first["transcript"]) <= 0.25
    assert not second["transcript"]


@pytest.mark.stage
@BUSY
def test_killed_while_it_writes_the_words_down(home: Path, tmp_path: Path) -> None:
    """The recording was closed, so the answer is a whole one: answered, with all its words."""
    answered = recorded("demo/weakness")
    arguments = [*TWO, "--speaker", "none", "--mic", str(answered.path), "--mic", str(SHORT.path)]
    with Program(*arguments, home=home, trace_file=tmp_path / "trace") as program:
        program.wait_event("turn_stored", turn=1, timeout_s=60)
        program.kill()
        assert "transcript_ready" not in [event["event"] for event in program.trace()]
    assert found_at_the_next_start(home).count("cut off") == 1
    (turn,) = show(home)["turns"]
    assert turn["status"] == "answered"
    assert word_error_rate(answered.reference, turn["transcript"]) <= 0.25
    said_s = answered.last_voiced_s - answered.first_voiced_s
    assert turn["timing"]["answer_s"] == pytest.approx(said_s, abs=0.2)


@pytest.mark.stage
def test_killed_during_the_debrief(home: Path, tmp_path: Path) -> None:
    """Files at real pace: the rehearsal is whole, the reply as far as it went, and what was kept is kept."""
    feeling, again = recorded("replies/nerves-joe"), recorded("demo/practice-again")
    arguments = ["practice", "--question", "weakness", "--model", "tiny.en", "--speaker", "none"]
    for file in (SHORT, feeling, again):
        arguments += ["--mic", str(file.path)]
    with Program(*arguments, "--mic-pace", "real", home=home, trace_file=tmp_path / "trace") as program:
        began = program.moment(program.wait_event("question_ended", turn=3, timeout_s=60))
        time.sleep(max(began + 4.5 - time.monotonic(), 0))
        killed_s = time.monotonic()
        program.kill()
    told = found_at_the_next_start(home)
    assert told.count("cut off") == 1
    whole = show(home)
    first, second, third = whole["turns"]
    assert [turn["status"] for turn in (first, second)] == ["answered", "answered"]
    assert word_error_rate(SHORT.reference, first["transcript"]) <= 0.25
    assert third["status"] == "unfinished"
    assert "second one" in third["transcript"].lower()
    assert len(sound(home, third["audio"])) / 16_000 > killed_s - began - 0.5
    (item,) = whole["items"]
    assert (item["kind"], item["name"]) == ("feeling", "after")


@pytest.mark.stage
def test_killed_again_and_again(home: Path, tmp_path: Path) -> None:
    """Files at real pace, killed before a word was said and at two moments more: every start finds the one
    before, all are whole, and no answer is made up."""
    arguments = [*PLAN, "--question", "weakness", "--speaker", "none", "--mic", str(LONG.path)]
    arguments += ["--mic-pace", "real"]
    for number, said_s in enumerate((-0.7, 3.0, 5.5), 1):
        with Program(*arguments, home=home, trace_file=tmp_path / f"trace-{number}") as program:
            began = program.moment(program.wait_event("question_ended", turn=1, timeout_s=60))
            if number > 1:
                assert "cut off" in program.plain()
            time.sleep(max(began + LONG.first_voiced_s + said_s - time.monotonic(), 0))
            killed_s = time.monotonic()
            program.kill()
        length_s = killed_s - began
        # Not to be touched by the next start, and found by it.
        (wav,) = (home / "audio" / str(number)).iterdir()
        assert len(sound(home, str(wav.relative_to(home)))) / 16_000 > length_s - 0.5
    assert found_at_the_next_start(home).count("cut off") == 1
    for number in (1, 2, 3):
        whole = show(home, str(number))
        assert whole["session"]["status"] == "interrupted"
        assert len(whole["turns"]) == 1
    assert not show(home, "1")["turns"][0]["transcript"]
    assert begins_like(LONG, show(home, "3")["turns"][0]["transcript"])
