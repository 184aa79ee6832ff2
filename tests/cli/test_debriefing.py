"""A debrief and what follows from it, as a person runs it: typed, stopped, gone on with, looked at again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.interviewed import answered_again, interviewed
from cli.program import Ran, Run, run_apart
from greenroom.archive import Archive
from recordings import FOLDER, recorded

LOOK = ("debrief", "--text", "--speaker", "none")


def shown(home: Path, session: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(run_apart(home, "show", session, "--json").out)
    return whole


def asked(ran: Ran) -> list[str]:
    return [line.split(": ", 1)[1] for line in ran.out.splitlines() if "Question: " in line]


@pytest.fixture
def debrief(at: Path) -> int:
    with Archive.open(at) as archive:
        return interviewed(archive)


def test_the_second_look_goes_on_in_the_session_of_the_first(at: Path, debrief: int) -> None:
    ran = run_apart(at, *LOOK, "--again", "1", stdin="yes\nseven\nI laughed.\nthat's all\nI froze.\n")
    assert ran.code == 0
    assert "And your gut gave it 4 out of ten." in ran.out
    whole = shown(at, "1")
    assert whole["session"]["status"] == "interrupted"
    assert whole["ratings"] == [
        {"phase": "first", "name": "gut", "value": 4},
        {"phase": "second", "name": "gut", "value": 7},
    ]
    second = [turn for turn in whole["turns"] if turn["phase"] == "second"]
    assert [turn["number"] for turn in second] == list(range(3, 3 + len(second)))
    assert [item["text"] for item in whole["items"] if item["kind"] in ("right", "wrong")] == [
        "I laughed.",
        "I froze.",
    ]


def test_a_second_look_cut_off_goes_on_where_it_stopped(at: Path, debrief: int) -> None:
    first = run_apart(at, *LOOK, "--again", "last", stdin="no\nseven\nI laughed.\n")
    assert asked(first)[-1] == "What else went right?"
    rest = "that's all\nI froze.\nthat's all\ntwo\nNerves.\nmine\nBreathe.\nyes\nTo build things.\nno\n\n"
    ran = run_apart(at, *LOOK, "--resume", stdin=rest)
    assert ran.code == 0
    assert asked(ran)[0] == "What else went right?"
    whole = shown(at, "1")
    assert whole["session"]["status"] == "finished"
    assert [item["text"] for item in whole["items"] if item["starred"]] == ["I froze."]
    wrong, factor, action = (
        next(item for item in whole["items"] if item["kind"] == kind and item["starred"] is starred)
        for kind, starred in (("wrong", True), ("factor", False), ("action", False))
    )
    assert (factor["name"], factor["parent"]) == ("nerves", wrong["id"])
    assert action["name"] == "thank-you"
    assert [item["parent"] for item in whole["items"] if item["text"] == "Breathe."] == [wrong["id"]]
    [again] = [turn for turn in whole["turns"] if turn["prompt_id"] == "debrief-1-2"]
    assert (again["phase"], again["take"], again["transcript"]) == ("second", 2, "To build things.")
    assert "second, calm look" not in run_apart(at, "due").out


def test_the_unhappy_questions_are_rehearsed(at: Path, debrief: int) -> None:
    ran = run_apart(
        at,
        *("practice", "--from-debrief", "last", "--no-debrief", "--text", "--speaker", "none"),
        stdin="To build things.\n",
    )
    assert ran.code == 0
    assert asked(ran) == ["Why did you leave your last job?"]
    whole = shown(at, "2")
    assert (whole["session"]["kind"], whole["session"]["pack"]) == ("practice", "debrief-1")
    assert whole["turns"][0]["prompt_id"] == "debrief-1-2"
    assert "  2.1 " in run_apart(at, "show", "1").out


def test_what_cannot_be_rehearsed_or_looked_at_again_is_told(greenroom: Run, at: Path) -> None:
    rehearse = ("practice", "--text", "--speaker", "none", "--from-debrief")
    assert greenroom(*rehearse, "last").complaint[0] == "There is no debrief yet."
    with Archive.open(at) as archive:
        archive.end_session(archive.start_session("debrief"), "finished")
        archive.end_session(archive.start_session("practice"), "finished")
    assert greenroom(*rehearse, "1").complaint == (
        "Debrief 1 has no question whose answer you were unhappy with.",
        "`greenroom practice` asks others.",
    )
    assert greenroom(*rehearse, "2").complaint[0] == "Session 2 is no debrief of an interview."
    assert greenroom(*LOOK, "--again", "2").complaint[0] == "Session 2 is no debrief of an interview."
    assert greenroom(*LOOK, "--again", "7").complaint[0] == "There is no session 7."
    assert greenroom(*LOOK, "--again", "1", "--resume").code == 2
    assert greenroom(*LOOK, "--minutes", "0").code == 2


def test_the_time_box_is_announced_and_where_is_asked_only_when_it_is_not_known(at: Path) -> None:
    ran = run_apart(at, *LOOK, "--minutes", "20")
    assert "This takes about 20 minutes" in ran.out
    assert asked(ran) == ["Where were you, and who talked to you?"]
    assert asked(run_apart(at, *LOOK, env={"GREENROOM_COMPANY": "Acme"}))[0].startswith("Tell me how it went")


def test_open_actions_are_read_back_at_the_start_of_a_rehearsal(at: Path, debrief: int) -> None:
    from greenroom.types import Item

    with Archive.open(at) as archive:
        archive.keep_item(debrief, Item("action", "Leave 15 minutes earlier."))
        answered_again(archive, debrief, "To build.")
    ran = run_apart(at, "practice", "--count", "1", "--text", "--speaker", "none", "--no-debrief")
    assert "Leave 15 minutes earlier" in ran.out
    assert "thank-you note" not in ran.out


@pytest.mark.stage
@pytest.mark.xdist_group("busy")
def test_a_memo_is_the_free_recall_and_only_the_rest_is_asked(at: Path) -> None:
    memo = recorded("demo/practice-feeling").path
    ran = run_apart(at, "import", str(memo), "--as", "debrief", "--model", "tiny.en", "--company", "Acme")
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == (
        "It is the beginning of a debrief. The rest is asked by: greenroom debrief --resume"
    )
    told = shown(at, "1")["turns"][0]
    assert (told["prompt_id"], told["phase"], told["status"]) == ("recall", "first", "answered")
    prompts = asked(run_apart(at, *LOOK, "--resume", stdin="Nervous.\n"))
    assert prompts[0] == "How did you feel walking in?"
    prompts = asked(run_apart(at, *LOOK, "--resume", stdin="Calm.\n"))
    assert not any(prompt.startswith("Tell me how it went") for prompt in prompts)
    items = shown(at, "1")["items"]
    assert [(one["kind"], one["turn"], one["text"]) for one in items][:2] == [
        ("recall", 1, told["transcript"]),
        ("feeling", 2, "Nervous."),
    ]
    assert len([one for one in items if one["kind"] == "recall"]) == 1


def test_the_debrief_that_a_memo_begins_has_the_time_that_was_asked_for(at: Path, greenroom: Run) -> None:
    bring = ("import", str(FOLDER / "noise" / "room_tone.flac"), "--as", "debrief")
    assert greenroom(*bring).code == 0
    assert greenroom(*bring, "--minutes", "20").code == 0
    (at / "config.toml").write_text("minutes = 30\n")
    assert greenroom(*bring).code == 0
    with Archive.open(at) as archive:
        assert [archive.log(session)[0]["minutes"] for session in (1, 2, 3)] == [10, 20, 30]


def test_a_kind_of_import_that_is_none_is_wrong_usage(greenroom: Run) -> None:
    ran = greenroom("import", "memo.m4a", "--as", "debreif")
    assert ran.code == 2
    assert "Did you mean debrief?" in ran.err
