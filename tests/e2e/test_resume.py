"""A debrief killed at every prompt and taken up again: it ends as one that was never interrupted."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from e2e.conftest import BUSY
from e2e.program import clean_env, entry_point
from e2e.stored import command, is_whole, show

pytestmark = [pytest.mark.stage, BUSY]

TYPED = ("debrief", "--text", "--speaker", "none")
SILENT = {"PULSE_SERVER": "unix:/nowhere"}

BEFORE = [
    *("At Initech.", "It went well.", "Calm.", "Fine.", "Relieved.", "seven", "skip", "that's all"),
    *[""] * 9,
    *("I smiled.", "that's all"),
]
BEFORE_AGAIN = [
    *("no", "seven", "I smiled.", "that's all", "I was late.", "that's all", "two"),
    *("I ran late.", "mine", "I will leave earlier.", "no", "skip"),
]

FIRST = [
    *("In their office, with two engineers.", "It went well until they asked about money."),
    *(
        "Calm, I had slept well.",
        "calm",
        "My hands were shaking.",
        "say that again",
        "shaky",
        "Disappointed.",
    ),
    *("quite something", "ten", "no", "a six"),  # asked once more, read back, asked anew
    *("When they asked about the budget.", "I named a wrong figure."),
    *(
        "The gap in my career",
        "hard to say",
        "no",
        "A small budgt",
        "go back",
        "A small budget",
        "yes, I was",
    ),
    "that's all",
    "yes",  # what they were to remember was told
    *("", "skip", "I slept badly.", "go back", "I was up all night.", "Well.", "skip"),
    *("The bus was late.", "Everybody would be better off without me.", "no"),  # asked what is meant
    *("I want to kill myself.", "go on"),  # given the choice to stop; the turn keeps the words, no item does
    "yes, I did",  # what the debrief before wanted done
    *("They laughed at my story.", "that's all"),
]
ITEMS = [
    *(("where", None), ("recall", None), ("feeling", "before"), ("word", "before"), ("feeling", "during")),
    *(("word", "during"), ("feeling", "after"), ("word", "after")),
    *(("turning_point", None), ("turning_point", "before"), ("question", None), ("question", None)),
    *(("message", "landed"), ("mindset", "sleep"), ("factor", "tired"), ("mindset", "preparation")),
    *(("mindset", "arrival"), ("factor", "late"), ("mindset", "dress")),
    *(("action", "done"), ("success", None)),
    *(("action", "thank-you"), ("action", "second-look")),
]
AGAIN = [
    *("well", "yes", "a seven", "I laughed with them.", "that's all"),
    *("I froze at the gap.", "go back", "I froze at the gap, and rambled.", "I came in late.", "no more"),
    *("those", "one and two", "I was relaxed.", "I will smile first."),
    *("I was nervous, and I ran late.", "who knows", "mine", "I will leave earlier."),
    *("yes", "I took a year off for my father.", "perhaps", "no", "A rehearsal on Sunday."),
]
ITEMS_AGAIN = [
    *(("right", None), ("wrong", None), ("wrong", None), ("factor", "calm"), ("action", None)),
    *(("factor", "nerves"), ("factor", "late"), ("share", "own"), ("action", None)),
    ("next", None),
]


class Typist:
    """A debrief at the other end of two pipes."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [*entry_point(), *arguments],
            env=clean_env(home, SILENT),
            cwd=home.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def prompt(self) -> str:
        """What it asks, once it waits for a line; "" when it has come to its end."""
        assert self._process.stdout is not None
        told = b""
        while piece := os.read(self._process.stdout.fileno(), 1 << 16):
            told += piece
            if told.endswith(b"\n> "):
                return re.findall(r"Question: (.*)", told.decode())[-1]
        assert self._process.wait(10) == 0, told.decode()
        return ""

    def type_line(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    def kill(self) -> None:
        """As suddenly as a power cut."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)


def killed_at_every_prompt(home: Path, start: Sequence[str], replies: Sequence[str]) -> None:
    """Each prompt is asked, killed, asked again, answered; and so to the end."""
    typist = Typist(home, *start)
    asked = typist.prompt()
    for reply in replies:
        typist.kill()
        typist = Typist(home, *TYPED, "--resume")
        assert typist.prompt() == asked
        typist.type_line(reply)
        asked = typist.prompt()
    assert asked == ""


def told(whole: dict[str, Any], phase: str) -> list[tuple[str, str, str]]:
    """The prompts of a phase that were answered or skipped, in order."""
    return [
        (turn["prompt_id"], turn["prompt"], turn["transcript"] or "")
        for turn in whole["turns"]
        if turn["phase"] == phase and turn["status"] in ("answered", "skipped")
    ]


def kept(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """The items, their turns and parents by what they say: numbers differ with every kill."""
    said = {turn["number"]: (turn["prompt_id"], turn["transcript"]) for turn in whole["turns"]}
    text = {item["id"]: item["text"] for item in whole["items"]}
    return [
        {**item, "id": None, "turn": said.get(item["turn"]), "parent": text.get(item["parent"])}
        for item in whole["items"]
    ]


def in_one_go(home: Path, start: Sequence[str], replies: Sequence[str]) -> dict[str, Any]:
    """The session as it is when nothing cuts it off."""
    command(home, *start, typed="\n".join([*replies, ""]), env=SILENT)
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    return whole


def check_killed_as_whole(
    tmp_path: Path, first: Sequence[Sequence[str]], start: Sequence[str], replies: Sequence[str]
) -> dict[str, Any]:
    """After some earlier sittings, one in one go and one killed at every prompt store the same."""
    one, other = tmp_path / "whole", tmp_path / "killed"
    command(one, "messages", "set", "I ship small things early")
    in_one_go(one, TYPED, BEFORE)
    in_one_go(one, (*TYPED, "--again", "1"), BEFORE_AGAIN)
    for sitting in first:
        in_one_go(one, TYPED, sitting)
    shutil.copytree(one, other)
    whole = in_one_go(one, start, replies)
    phase = "second" if "--again" in start else "first"
    assert len(told(whole, phase)) == len(replies) - replies.count("say that again")
    killed_at_every_prompt(other, start, replies)
    again = show(other)
    assert again["session"]["status"] == "finished"
    assert told(again, phase) == told(whole, phase)
    assert kept(again) == kept(whole)
    assert again["ratings"] == whole["ratings"]
    assert is_whole(other)
    return whole


def test_the_first_phase_killed_at_every_prompt(tmp_path: Path) -> None:
    """Nothing is asked twice but the prompt that was open, and what is stored is the same in the end."""
    whole = check_killed_as_whole(tmp_path, [], TYPED, FIRST)
    assert [(item["kind"], item["name"]) for item in whole["items"]] == ITEMS
    assert whole["ratings"] == [{"phase": "first", "name": "gut", "value": 6}]


def test_the_second_phase_killed_at_every_prompt(tmp_path: Path) -> None:
    """In the session of the first, whose prompts are not asked again."""
    whole = check_killed_as_whole(tmp_path, [FIRST], (*TYPED, "--again", "2"), AGAIN)
    assert [(item["kind"], item["name"]) for item in whole["items"]] == [*ITEMS, *ITEMS_AGAIN]
    assert [rating["value"] for rating in whole["ratings"]] == [6, 7]
