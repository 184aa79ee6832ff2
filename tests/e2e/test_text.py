"""`--text`: the same sessions on the keyboard, in a terminal and from a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e.person import on_stage
from e2e.program import Program
from e2e.room import Room
from e2e.stored import command, show

TYPED = ("--text", "--speaker", "none")
PRACTICE = ("practice", "--question", "weakness", "--question", "why-you", *TYPED)
SILENT = {"PULSE_SERVER": "unix:/nowhere"}

DEBRIEF = """\
In their office, with two engineers.
It went well until they asked about money.
Calm, I had slept well.
calm
My hands were shaking.
shaky
Disappointed.
a six
When they asked about the budget.
I named a wrong figure.
The gap in my career
no
A small budget
yes, I was
that's all
skip
skip
Well.
skip
skip
skip
skip
skip
They laughed at my story.
that's all
"""
ITEMS = [
    *(("where", None, None), ("recall", None, None)),
    *(("feeling", "before", None), ("word", "before", None)),
    *(("feeling", "during", None), ("word", "during", None)),
    *(("feeling", "after", None), ("word", "after", None)),
    *(("turning_point", None, None), ("turning_point", "before", None)),
    *(("question", None, False), ("question", None, True), ("mindset", "sleep", None)),
    *(("success", None, None), ("action", "thank-you", None), ("action", "second-look", None)),
]


def test_a_rehearsal_typed_in_a_terminal(home: Path) -> None:
    """Answers, an empty line that skips, and the look back; needs no sound server."""
    with Program(*PRACTICE, home=home, env=SILENT) as program:
        for typed in ("I say yes too quickly.", "", "Better than I thought.", "The first one", "A breath."):
            program.wait_text(r"(?m)^> ", 20, fresh=True)
            program.type_line(typed)
        assert program.finish(20) == 0
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    turns = whole["turns"]
    assert [turn["status"] for turn in turns] == ["answered", "skipped", *["answered"] * 3]
    assert turns[0]["transcript"] == "I say yes too quickly."
    assert turns[0]["audio"] is None
    assert [item["kind"] for item in whole["items"]] == ["feeling", "question", "action"]
    assert whole["items"][1]["text"] == "What would you say is your biggest weakness?"


@pytest.mark.parametrize(("key", "code"), [("ctrl-d", 0), ("ctrl-c", 130)])
def test_the_end_of_the_input_and_ctrl_c_keep_what_was_typed(home: Path, key: str, code: int) -> None:
    """Both end it at once, without another key."""
    with Program(*PRACTICE, home=home, env=SILENT) as program:
        program.wait_text(r"(?m)^> ", 20, fresh=True)
        program.type_line("I say yes too quickly.")
        program.wait_text(r"(?m)^> ", 20, fresh=True)
        program.press(key)
        assert program.finish(10) == code
        assert program.left_terminal_sane
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    assert whole["turns"][0]["transcript"] == "I say yes too quickly."


def test_a_debrief_from_a_pipe(home: Path) -> None:
    """Its lines in, its items and the rating kept; no escape sequence comes out."""
    done = command(home, "debrief", *TYPED, typed=DEBRIEF, env=SILENT)
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    assert [(item["kind"], item["name"], item["happy"]) for item in whole["items"]] == ITEMS
    assert whole["ratings"] == [{"phase": "first", "name": "gut", "value": 6}]


def test_a_pipe_that_ends_early_keeps_what_came(home: Path) -> None:
    """Interrupted, exit code 0, and to be resumed from the place where it ended."""
    first, rest = DEBRIEF.splitlines(keepends=True)[:3], DEBRIEF.splitlines(keepends=True)[3:]
    command(home, "debrief", *TYPED, typed="".join(first), env=SILENT)
    whole = show(home)
    assert whole["session"]["status"] == "interrupted"
    assert [item["kind"] for item in whole["items"]] == ["where", "recall", "feeling"]
    command(home, "debrief", "--resume", *TYPED, typed="".join(rest), env=SILENT)
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    assert [(item["kind"], item["name"], item["happy"]) for item in whole["items"]] == ITEMS
    assert "no interrupted" in command(home, "debrief", "--resume", *TYPED, check=False).stderr


@pytest.mark.stage
def test_typed_answers_to_a_voice(room: Room, home: Path) -> None:
    """--text with a loudspeaker: the question is heard before the line may be typed."""
    arguments = ["practice", "--text", "--voice", "system", "--question", "weakness", "--no-debrief"]
    with on_stage(room, home, *arguments) as scene:
        started = scene.program.wait_event("question_started", turn=1, timeout_s=60)
        scene.speaker.wait_for_sound(5, after_s=scene.program.moment(started))
        scene.program.wait_text(r"(?m)^> ", 20)
        over_s = scene.speaker.wait_for_silence(0.5, 10)
        ended = scene.program.wait_event("question_ended", turn=1, timeout_s=1)
        assert scene.program.moment(ended) == pytest.approx(over_s, abs=0.7)
        scene.program.type_line("I say yes too quickly.")
        assert scene.program.finish(60) == 0
        assert scene.program.left_terminal_sane
    assert show(home)["turns"][0]["status"] == "answered"
