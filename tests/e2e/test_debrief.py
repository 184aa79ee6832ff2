"""The debrief after a real interview: by voice, taken up again after a kill, and discreet."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from e2e.person import answer, on_stage
from e2e.program import Program
from e2e.room import Room
from e2e.stored import command, show
from e2e.words import word_error_rate
from recordings import Recorded, recorded

pytestmark = pytest.mark.stage

QUICK = ("debrief", "--model", "tiny.en", "--voice", "system")
REPLIES = [
    recorded(f"replies/debrief-{name}")
    for name in (
        *("01-feeling-before", "02-feeling-during", "03-feeling-after", "04-turning-point"),
        *("05-question-one", "06-question-one-happy-no", "07-question-two", "08-question-two-happy-yes"),
        *("09-thats-all", "10-went-well"),
    )
]
PROMPTS = [
    *("feeling-before", "feeling-during", "feeling-after", "turning-point"),
    *("question", "happy", "question", "happy", "question", "went-well"),
]


def microphones(recordings: list[Recorded]) -> list[str]:
    """`--mic FILE` for each."""
    return [word for one in recordings for word in ("--mic", str(one.path))]


def check_items(items: list[dict[str, Any]]) -> None:
    """What the ten replies say, kept as what it is."""
    assert [(item["kind"], item["name"]) for item in items] == [
        *(("feeling", "before"), ("feeling", "during"), ("feeling", "after"), ("turning_point", None)),
        *(("question", None), ("question", None), ("success", None)),
    ]
    told = [REPLIES[place] for place in (0, 1, 2, 3, 4, 6, 9)]
    for item, reply in zip(items, told, strict=True):
        assert word_error_rate(reply.reference, item["text"]) <= 0.4, item  # some have eight words
    assert [item["happy"] for item in items] == [None, None, None, None, False, True, None]


def test_a_debrief_by_voice(room: Room, home: Path) -> None:
    """Ten replies, two of them left to the program's patience: every item is stored with its moment."""
    with on_stage(room, home, *QUICK, "--company", "Acme", "--role", "Cartographer") as scene:
        for turn, reply in enumerate(REPLIES, 1):
            answer(scene, turn, reply, press=None if turn in (1, 6) else "enter")
        assert scene.program.finish(60) == 0
    whole = show(home)
    session = whole["session"]
    assert (session["kind"], session["status"]) == ("debrief", "finished")
    assert (session["company"], session["role"]) == ("Acme", "Cartographer")
    assert [turn["prompt_id"] for turn in whole["turns"]] == PROMPTS
    assert {(turn["part"], turn["phase"]) for turn in whole["turns"]} == {("debrief", "first")}
    check_items(whole["items"])
    assert [item["turn"] for item in whole["items"]] == [1, 2, 3, 4, 5, 7, 10]
    for item in whole["items"]:
        turn = whole["turns"][item["turn"] - 1]
        assert item["at_s"] == pytest.approx(turn["words"][0]["start_s"], abs=0.05)


def test_resume_goes_on_where_a_killed_one_stopped(home: Path, tmp_path: Path) -> None:
    """Killed in the middle of the fifth reply, it asks that prompt again and holds the rest."""
    arguments = [*QUICK, "--speaker", "none"]
    with Program(
        *arguments,
        *microphones([*REPLIES[:4], recorded("answers/human-lj-printing")]),
        *("--mic-pace", "real"),
        home=home,
        trace_file=tmp_path / "trace",
    ) as program:
        began_s = program.moment(program.wait_event("question_ended", turn=5, timeout_s=90))
        time.sleep(max(began_s + 4 - time.monotonic(), 0))
        program.kill()
    resumed = command(home, *arguments, "--resume", *microphones(REPLIES[4:]))
    whole = show(home, "1")
    assert whole["session"]["status"] == "finished"
    told = resumed.stdout + resumed.stderr
    assert told.count("cut off") == 1
    assert "How did you feel walking in?" not in told
    assert [turn["prompt_id"] for turn in whole["turns"]] == [*PROMPTS[:5], *PROMPTS[4:]]
    assert [turn["status"] for turn in whole["turns"]] == ["answered"] * 4 + ["unfinished"] + ["answered"] * 6
    assert whole["turns"][4]["transcript"].lower().startswith("printing")
    check_items(whole["items"])
    assert [item["turn"] for item in whole["items"]] == [1, 2, 3, 4, 6, 8, 11]


def test_resume_goes_on_after_q_and_once_only(home: Path, tmp_path: Path) -> None:
    """What was stopped with a key is taken up in the same way; a finished one is not."""
    arguments = [*QUICK, "--speaker", "none"]
    with Program(
        *arguments, *microphones(REPLIES[:3]), "--mic-pace", "real", home=home, trace_file=tmp_path / "trace"
    ) as program:
        program.wait_event("question_ended", turn=3, timeout_s=60)
        program.press("q")  # before a word was said
        assert program.finish(30) == 0
    command(home, *arguments, "--resume", *microphones(REPLIES[2:]))
    whole = show(home, "1")
    assert whole["session"]["status"] == "finished"
    check_items(whole["items"])
    again = command(home, *arguments, "--resume", *microphones(REPLIES[2:]), check=False)
    assert again.returncode == 1
    assert "no interrupted debrief" in again.stderr


def test_nothing_private_is_said_aloud(room: Room, home: Path) -> None:
    """--discreet: the four prompts about feelings stand on the screen, and the next one is heard."""
    with on_stage(room, home, *QUICK, "--discreet") as scene:
        for turn in (1, 2, 3, 4):
            scene.program.wait_event("question_ended", turn=turn, timeout_s=60)
            if turn == 1:
                scene.speaker.wait_for_silence(1.0, 10)
                begun_s = time.monotonic()
                scene.program.wait_text("walking in", 5)
            answer(scene, turn, REPLIES[turn - 1], press="enter")
        asked = scene.program.wait_event("question_started", turn=5, timeout_s=60)
        heard_s = scene.speaker.wait_for_sound(5, after_s=begun_s)
        assert heard_s >= scene.program.moment(asked) - 0.1
        scene.program.press("q")
        assert scene.program.finish(30) == 0
    kept = show(home)["items"]
    assert [item["name"] for item in kept] == ["before", "during", "after", None]
