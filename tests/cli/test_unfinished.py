"""What is not over: gone on with whichever way it is asked for, and never left behind a new sitting."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from cli.interviewed import interviewed, typed
from cli.program import Ran, command_line, environment, run_apart
from greenroom.archive import Archive
from greenroom.cli.plans import debrief_plan
from greenroom.dialogue.history import History
from greenroom.dialogue.log import plan_entry

LOOK = ("debrief", "--text", "--speaker", "none")


def asked(ran: Ran) -> list[str]:
    return [line.split(": ", 1)[1] for line in ran.out.splitlines() if "Question: " in line]


def plans(home: Path) -> list[str]:
    with Archive.open(home) as archive:
        return [entry["phase"] for entry in archive.log(1) if entry["entry"] == "plan"]


def test_a_second_look_at_a_first_that_is_not_over_goes_on_with_the_first(at: Path) -> None:
    first = run_apart(at, *LOOK, "--company", "Acme", stdin="It went well.\n")
    ran = run_apart(at, *LOOK, "--again", "1", stdin="Nervous.\n")
    assert ran.code == 0
    assert "Session 1 has not come to its end yet, so that comes first. Welcome back." in ran.out
    assert asked(ran)[0] == asked(first)[-1]
    assert plans(at) == ["first"]
    items = json.loads(run_apart(at, "show", "1", "--json").out)["items"]
    assert [(one["kind"], one["text"]) for one in items][:2] == [
        ("recall", "It went well."),
        ("feeling", "Nervous."),
    ]


def test_a_second_look_asked_for_twice_is_one(at: Path) -> None:
    with Archive.open(at) as archive:
        interviewed(archive)
    run_apart(at, *LOOK, "--again", "1", stdin="no\nseven\nI laughed.\n")
    ran = run_apart(at, *LOOK, "--again", "1", stdin="that's all\n")
    assert asked(ran)[0] == "What else went right?"
    assert plans(at) == ["second"]


def test_a_memo_whose_import_died_is_still_the_free_recall(at: Path) -> None:
    with Archive.open(at) as archive:
        session = archive.start_session("debrief", company="Acme")
        archive.append_log(session, plan_entry(debrief_plan(at, History(), company="Acme")))
        typed(archive, session, "recall", "I froze at one question.")
    ran = run_apart(at, *LOOK, "--resume", stdin="Nervous.\n")
    assert asked(ran)[0] == "How did you feel walking in?"
    assert asked(run_apart(at, *LOOK, "--resume", stdin="Calm.\n"))[0] == asked(ran)[-1]
    items = json.loads(run_apart(at, "show", "1", "--json").out)["items"]
    assert [(one["kind"], one["turn"], one["text"]) for one in items][:2] == [
        ("recall", 1, "I froze at one question."),
        ("feeling", 2, "Nervous."),
    ]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_what_was_taken_back_is_not_shown_whoever_ended_the_program(at: Path, how: signal.Signals) -> None:
    with Archive.open(at) as archive:
        archive.rate(interviewed(archive), "second", "gut", 5)
    with subprocess.Popen(
        command_line(*LOOK, "--again", "1"),
        env=environment(at),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("no\nseven\ngo back\n")
        program.stdin.flush()
        questions: list[str] = []
        while len(questions) < 4:
            line = program.stdout.readline()
            assert line
            if "Question: " in line:
                questions.append(line)
        program.send_signal(how)
    assert questions[1] == questions[3]
    ratings = json.loads(run_apart(at, "show", "1", "--json").out)["ratings"]
    assert ratings == [
        {"phase": "first", "name": "gut", "value": 4},
        {"phase": "second", "name": "gut", "value": 5},
    ]
