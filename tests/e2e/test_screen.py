"""What stands on the screen while a session runs, state by state, in a wide and in a narrow terminal."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from e2e.person import BRIEF, Scene, let_it_close, on_stage, speak
from e2e.room import Room
from e2e.words import word_error_rate
from recordings import recorded

pytestmark = pytest.mark.stage

PLAN = ("practice", "--no-debrief", "--model", "tiny.en", "--voice", "system")
TWO = (*PLAN, "--question", "weakness", "--question", "why-you")
SHORT = recorded("replies/debrief-05-question-one")
LIVE = re.compile(r"take your time|listening|paused: |writing down|Enter (?:done )?·|▮|▯")
TIMED = r"\s+\d:\d\d\s+[▮▯]{4,}"


def last_row(scene: Scene) -> str:
    """The row with the live line: the last one that is not empty."""
    return scene.program.screen_text().splitlines()[-1]


def wait_for_row(scene: Scene, pattern: str, timeout_s: float = 5) -> str:
    """Wait until the live line is as it should be; only it moves, so nothing is printed that could be met."""
    deadline_s = time.monotonic() + timeout_s
    while not re.search(pattern, row := last_row(scene)):
        assert time.monotonic() < deadline_s, f"no {pattern!r} in\n{scene.program.screen_text()}"
        time.sleep(0.02)
    return row


@pytest.mark.parametrize(("rows", "columns"), [(30, 100), (24, 60)])
def test_every_state_in_one_live_line(room: Room, home: Path, rows: int, columns: int) -> None:
    """One line moves, at the bottom; what stays is what was said, and nothing of the live line."""
    with on_stage(room, home, *TWO, rows=rows, columns=columns) as scene:
        program = scene.program
        program.wait_event("question_started", turn=1, timeout_s=60)
        scene.speaker.wait_for_sound(5)
        assert "biggest weakness?" in " ".join(program.screen_text().split())
        assert "Enter" not in program.screen_text()

        for turn in (1, 2):
            program.wait_event("question_ended", turn=turn, timeout_s=30)
            row = wait_for_row(scene, rf"^  take your time{TIMED}")
            assert re.search(r"Enter.*r.*s.*p.*q", row)  # every key, in the narrow one too
            assert len(LIVE.findall(program.screen_text().replace("▯", ""))) <= 3  # one row only
            if turn == 1:
                program.press("p")
                wait_for_row(scene, r"paused: ", 12)
                program.press("p")
                wait_for_row(scene, rf"^  take your time{TIMED}")
            spoken = speak(scene, SHORT)
            wait_for_row(scene, r"^  listening\s+\d:\d\d\s+▮[▮▯]{3,}")
            spoken.wait_until_said()
            wait_for_row(scene, "still listening")
            program.press("enter")
            program.wait_event("transcript_ready", turn=turn, timeout_s=20)
        let_it_close(scene)
        stays = f"{program.scrollback()}\n{program.screen_text()}"
    assert not LIVE.search(stays)
    flat = " ".join(stays.split())
    for text in ("biggest weakness?", "Why should we choose you?", "session 1"):
        assert flat.count(text) == 1, text
    assert flat.lower().count("gap in my career") == 2
    assert all(len(row) <= columns for row in stays.splitlines())


def test_plain_is_plain(room: Room, home: Path) -> None:
    """Not one escape sequence, no carriage return but at the end of a line, every state in words."""
    arguments = [*PLAN, *BRIEF, "--question", "weakness", "--plain"]
    with on_stage(room, home, *arguments) as scene:
        scene.program.wait_event("question_ended", turn=1, timeout_s=60)
        scene.program.wait_text("take your time", 5)
        speak(scene, SHORT).wait_until_said()
        scene.program.press("enter")
        assert scene.program.finish(60) == 0
        raw = scene.program.raw
    assert b"\x1b" not in raw
    assert re.search(rb"\r(?!\r*\n)", raw) is None
    text = raw.decode().replace("\r", "")
    assert "Question: What would you say is your biggest weakness?" in text
    said = re.search(r"^You: (.*)$", text, re.MULTILINE)
    assert said is not None
    assert word_error_rate(SHORT.reference, said.group(1)) <= 0.25
    states = [line for line in text.splitlines() if LIVE.search(line)]
    assert states[0].strip() == "take your time"
    assert len(states) <= 5  # said when it changes, not ten times a second
