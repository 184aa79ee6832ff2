"""The debrief of a real interview by voice: both phases whole, taken up after a kill, and discreet."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from e2e.conftest import BUSY, PRECISE, Transcribe
from e2e.formats import converted
from e2e.person import Answered, Scene, answer, let_it_close, on_stage, speak
from e2e.program import Program
from e2e.replies import (
    AGAIN,
    FIRST,
    HAPPY_FIRST,
    KEPT_AGAIN,
    KEPT_FIRST,
    Kept,
    Reply,
    check_kept,
    microphones,
)
from e2e.room import Room
from e2e.stored import command, show
from e2e.words import word_error_rate
from recordings import Recorded, recorded

QUICK = ("debrief", "--model", "tiny.en", "--voice", "system")
WHOLE_S = 600
"""The longest that a whole session may take: three minutes, and much more beside other tests."""

pytestmark = pytest.mark.timeout(WHOLE_S)

OF_FILES = (*QUICK, "--speaker", "none", "--company", "Acme")
A_CHIME_S = 0.5
"""No chime is as long, and no sentence as short."""

FIRST_TYPED = """\
They asked me about the gap in my career.
Nervous.
Lost.
Relieved.
four
skip
The gap in my career
no
that's all
skip
skip
skip
skip
skip
skip
skip
skip
They laughed at my story.
that's all
"""

SHORT = (
    Reply("recall", "wrong-one-joe"),
    Reply("feeling-before", "nerves-joe"),
    Reply("word-before", "word-before-joe"),
    Reply("feeling-during", "commands/skip-gb"),
    Reply("feeling-after", "dont-know-joe"),
    Reply("gut", "ten-gb"),
    Reply("gut-check", "no-six-high"),
    Reply("turning-point", "no"),
    Reply("question", "debrief-05-question-one"),
    Reply("happy", "yeah-gb"),
    Reply("question", "debrief-07-question-two"),
    Reply("happy", "not-at-all-high"),
    Reply("question", "wrong-two-joe"),
    Reply("happy", "better-high"),
    Reply("question", "right-joe"),
    Reply("happy", "go-back-joe"),
    Reply("question", "question-three-joe"),
    Reply("happy", "more-or-less-high"),
    Reply("question", "that-was-it-high"),
)
KEPT_SHORT: list[Kept] = [
    *(("recall", None, 1), ("feeling", "before", 2), ("word", "before", 3)),
    *(("question", None, 9), ("question", None, 11), ("question", None, 13), ("question", None, 17)),
    *(("success", None, 28), ("action", "thank-you", None), ("action", "second-look", None)),
]


def talk_through(scene: Scene, replies: Sequence[Reply], *, before: int = 0) -> dict[int, Answered]:
    """Say every reply once its prompt has been asked; what sounded, by turn."""
    return {
        turn: answer(scene, turn, reply.recording, press=reply.press)
        for turn, reply in enumerate(replies, before + 1)
    }


def closed_after_s(scene: Scene, turn: int, said: Answered) -> float:
    """From the last word of a reply to the moment at which it was taken for all."""
    closed = scene.program.wait_event("answer_closed", turn=turn, timeout_s=1)
    return scene.program.moment(closed) - said.answer_ended_s


def goes_on(scene: Scene, turn: int, first: Recorded, rest: Recorded) -> None:
    """Say something that is whole, and more when it has been taken for all."""
    scene.program.wait_event("question_ended", turn=turn, timeout_s=60)
    speak(scene, first)
    scene.program.wait_event("answer_closed", turn=turn, timeout_s=10)
    speak(scene, rest).wait_until_said()
    scene.program.wait_event("answer_reopened", turn=turn, timeout_s=5)
    scene.program.press("enter")
    scene.program.wait_event("turn_stored", turn=turn, timeout_s=30, count=2)


@pytest.mark.stage
@PRECISE
def test_the_first_phase_by_voice_and_discreet(room: Room, home: Path) -> None:
    """Every prompt of it, some left to the program to notice that they are over, one said again, one skipped,
    one gone back to: each item, its words and its moment. What is private stands on the screen and is not
    heard; what is not is said aloud."""
    with on_stage(room, home, *QUICK, "--role", "Cartographer", "--discreet") as scene:
        scene.program.wait_event("question_ended", turn=1, timeout_s=60)
        asked_again = speak(scene, recorded("replies/say-that-again-joe"))
        scene.program.wait_event("command_heard", turn=1, timeout_s=10)
        scene.speaker.wait_for_sound(5, after_s=asked_again.last_s)
        scene.speaker.wait_for_silence(0.5, 10)
        said = talk_through(scene, FIRST)
        # "No, not really." and "That's all." need not be waited for: 0.7 s, and what it takes to hear them.
        waited_s = [closed_after_s(scene, turn, said[turn]) for turn in (13, 16)]
        private_s, open_s = (
            scene.program.moment(scene.program.wait_event("question_started", turn=turn, timeout_s=1))
            for turn in (2, 12)
        )
        aloud = [one.start_at_s for one in scene.speaker.segments() if one.length_s > A_CHIME_S]
        let_it_close(scene)
        assert "How did you feel walking in?" in " ".join(scene.program.plain().split())
    assert max(waited_s) < 2.0
    assert not [at_s for at_s in aloud if private_s < at_s < open_s - 0.1]
    assert [at_s for at_s in aloud if open_s - 0.1 <= at_s < open_s + 2.0]
    whole = show(home)
    session = whole["session"]
    assert (session["kind"], session["status"]) == ("debrief", "finished")
    assert (session["company"], session["role"]) == (None, "Cartographer")
    turns = whole["turns"]
    assert [turn["prompt_id"] for turn in turns] == [reply.prompt_id for reply in FIRST]
    assert {(turn["part"], turn["phase"]) for turn in turns} == {("debrief", "first")}
    assert [turn["number"] for turn in turns if turn["status"] != "answered"] == [18]
    items = check_kept(whole, FIRST, KEPT_FIRST)
    assert [item["happy"] for item in items if item["kind"] == "question"] == HAPPY_FIRST
    assert whole["ratings"] == [{"phase": "first", "name": "gut", "value": 6}]


@pytest.mark.stage
def test_the_second_phase_by_voice(room: Room, home: Path, transcribe: Transcribe) -> None:
    """Hear the first again, two lists, stars, what is behind them, a change each, one question once more."""
    command(home, *OF_FILES, "--text", typed=FIRST_TYPED)
    first = show(home)
    before = len(first["turns"])
    with on_stage(room, home, *QUICK, "--again", "1") as scene:
        talk_through(scene, AGAIN[:1], before=before)
        goes_on(scene, before + 2, AGAIN[1].recording, recorded("replies/no-six-high"))
        played = [
            scene.program.moment(scene.program.wait_event(name, turn=turn, timeout_s=1))
            for name, turn in (("turn_stored", before + 1), ("question_started", before + 2))
        ]
        heard = transcribe(scene.speaker.audio(*played)).lower()
        talk_through(scene, AGAIN[2:], before=before + 2)
        let_it_close(scene)
    for word in ("career", "nervous", "lost", "relieved"):
        assert word in heard
    whole = show(home)
    assert (whole["session"]["id"], whole["session"]["status"]) == (1, "finished")
    turns = whole["turns"][before:]
    assert all(
        turn["prompt_id"].startswith(reply.prompt_id) for turn, reply in zip(turns, AGAIN, strict=True)
    )
    assert {(turn["phase"], turn["status"]) for turn in turns} == {("second", "answered")}
    items = check_kept(whole, AGAIN, KEPT_AGAIN, before=before)
    right, wrong, not_starred, helped, again, behind, share, change, _ = items
    assert [item["starred"] for item in items] == [True, True, *[False] * 7]
    assert not_starred["parent"] is None
    assert {item["parent"] for item in (helped, again)} == {right["id"]}
    assert {item["parent"] for item in (behind, share, change)} == {wrong["id"]}
    assert whole["ratings"] == [
        {"phase": "first", "name": "gut", "value": 4},
        {"phase": "second", "name": "gut", "value": 6},  # "no, a six", said when it had been taken for 7
    ]
    assert turns[14]["take"] == 2
    assert "father" in turns[14]["transcript"]
    assert whole["items"][: len(first["items"])] == first["items"]


@pytest.mark.stage
@BUSY
def test_short_replies_in_three_voices(home: Path) -> None:
    """Numbers, yes and no, "that's all", "skip", "go back", "I don't know", as files. What no file answers is
    left out, and still it ends on a success."""
    command(home, *OF_FILES, *microphones(SHORT), timeout_s=WHOLE_S)
    whole = show(home)
    assert whole["session"]["status"] == "finished"
    assert [turn["prompt_id"] for turn in whole["turns"][: len(SHORT)]] == [
        reply.prompt_id for reply in SHORT
    ]
    assert {turn["status"] for turn in whole["turns"][len(SHORT) :]} == {"skipped"}
    items = check_kept(whole, SHORT, KEPT_SHORT)
    assert [item["happy"] for item in items if item["kind"] == "question"] == [True, False, False, True]
    assert whole["ratings"] == [{"phase": "first", "name": "gut", "value": 6}]


@pytest.mark.stage
@BUSY
def test_resume_goes_on_after_a_kill_and_after_q_and_once_only(home: Path, tmp_path: Path) -> None:
    """Killed in the middle of the fifth reply, it asks that prompt again; stopped with a key before a word
    was said, once more; and holds the rest. A finished one is not taken up."""
    replies = FIRST[1:9]
    with Program(
        *OF_FILES,
        *microphones([*replies[:4], Reply("word-during", "answers/human-lj-printing")]),
        *("--mic-pace", "real"),
        home=home,
        trace_file=tmp_path / "killed",
    ) as program:
        began_s = program.moment(program.wait_event("question_ended", turn=5, timeout_s=90))
        time.sleep(max(began_s + 4 - time.monotonic(), 0))
        program.kill()
    with Program(
        *OF_FILES,
        "--resume",
        *microphones([Reply("word-during", "debrief-03-feeling-after")]),  # it begins with 1.5 s of silence
        *("--mic-pace", "real"),
        home=home,
        trace_file=tmp_path / "stopped",
    ) as program:
        program.wait_event("question_ended", turn=6, timeout_s=60)
        program.press("q")
        assert program.finish(60) == 0
        assert " ".join(program.plain().split()).count("cut off") == 1
    command(home, *OF_FILES, "--resume", *microphones(replies[4:]), timeout_s=WHOLE_S)
    whole = show(home, "1")
    assert whole["session"]["status"] == "finished"
    prompts = [reply.prompt_id for reply in replies]
    asked = [turn["prompt_id"] for turn in whole["turns"]]
    assert asked[:10] == [*prompts[:5], prompts[4], *prompts[4:]]
    cut_off, stopped = whole["turns"].pop(4), whole["turns"].pop(4)
    assert cut_off["status"] == "unfinished"
    assert cut_off["transcript"].lower().startswith("printing")
    assert not stopped["transcript"]
    assert [turn["status"] for turn in whole["turns"][:8]] == ["answered"] * 8
    assert {turn["status"] for turn in whole["turns"][8:]} == {"skipped"}
    places = {turn["number"]: place for place, turn in enumerate(whole["turns"], 1)}
    for item in whole["items"]:
        item["turn"] = places.get(item["turn"])
    without_where = [(kind, name, turn and turn - 1) for kind, name, turn in KEPT_FIRST[1:7]]
    check_kept(whole, replies, [*without_where, ("success", None, len(places)), *KEPT_FIRST[-2:]])
    assert whole["ratings"] == [{"phase": "first", "name": "gut", "value": 6}]
    again = command(home, *OF_FILES, "--resume", *microphones(replies[4:5]), check=False)
    assert again.returncode == 1
    assert "no interrupted debrief" in again.stderr


@pytest.mark.stage
@BUSY
def test_a_voice_memo_is_the_free_recall_and_the_rest_is_asked(home: Path, tmp_path: Path) -> None:
    """Told into a telephone, gone on with on the keyboard, stopped, and gone on with by voice to the end."""
    memo = converted(FIRST[1].recording, tmp_path / "after the interview.m4a")
    imported = command(
        home, "import", str(memo), "--as", "debrief", "--model", "tiny.en", "--company", "Acme"
    )
    assert "greenroom debrief --resume" in imported.stdout
    command(home, *OF_FILES, "--text", "--resume", typed="Calm, I had slept well.\n")
    assert show(home)["session"]["status"] == "interrupted"
    command(home, *OF_FILES, "--resume", *microphones(FIRST[3:5]), timeout_s=WHOLE_S)
    whole = show(home)
    assert (whole["session"]["kind"], whole["session"]["status"]) == ("debrief", "finished")
    asked = [turn for turn in whole["turns"] if turn["status"] == "answered"]
    assert [turn["prompt_id"] for turn in asked] == [reply.prompt_id for reply in FIRST[1:5]]
    recall, feeling = whole["items"][:2]
    assert (recall["kind"], recall["turn"]) == ("recall", 1)
    assert word_error_rate(FIRST[1].recording.reference, recall["text"]) <= 0.25
    assert recall["at_s"] == pytest.approx(FIRST[1].recording.first_voiced_s, abs=0.5)
    assert (home / asked[0]["audio"]).is_file()
    assert (feeling["text"], asked[1]["audio"]) == ("Calm, I had slept well.", None)
    told = [(item["kind"], item["name"]) for item in whole["items"][:4]]
    assert told == [kept[:2] for kept in KEPT_FIRST[1:5]]
