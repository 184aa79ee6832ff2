"""A rehearsal with its coaching, by voice: a sentence of feedback, a follow-up, a grade in one word."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e.conftest import Transcribe
from e2e.person import answer, let_it_close, on_stage
from e2e.room import Room
from e2e.stored import command, show
from e2e.words import plain_words, word_error_rate
from recordings import recorded

PLAIN = ("--plain", "--model", "tiny.en", "--no-debrief")
AS_SHIPPED = {"GREENROOM_FOLLOW_UPS": ""}
"""Where an answer calls for it."""


def test_a_short_answer_is_asked_on_and_then_told_about(
    room: Room, home: Path, transcribe: Transcribe
) -> None:
    """The person says far too little, and gives the example they are asked for."""
    with on_stage(room, home, "practice", "--question", "weakness", *PLAIN, env=AS_SHIPPED) as scene:
        answer(scene, 1, recorded("replies/debrief-04-turning-point"))
        more = answer(scene, 2, recorded("replies/debrief-10-went-well"))
        asked = transcribe(scene.speaker.audio(more.question_started_s - 0.2, more.question_ended_s + 0.2))
        let_it_close(scene)

    assert asked.endswith("?")
    first, second = show(home)["turns"]
    assert (first["prompt_id"], second["prompt_id"]) == ("weakness", "weakness/example")
    assert second["follow_up_of"] == 1
    assert word_error_rate(second["prompt"], asked) <= 0.25
    assert "too-short" not in [finding["id"] for finding in first["coaching"]["findings"]]


@pytest.mark.stage
def test_an_answer_is_graded_by_a_yes_to_what_is_proposed(
    room: Room, home: Path, transcribe: Transcribe
) -> None:
    with on_stage(
        room, home, "practice", "--question", "weakness", "--no-follow-ups", "--grade", *PLAIN
    ) as scene:
        answer(scene, 1, recorded("replies/debrief-04-turning-point"))
        graded = answer(scene, 2, recorded("replies/yes"))
        began = scene.program.wait_event("question_started", turn=2, timeout_s=1)
        let_it_close(scene)
        asked = transcribe(scene.speaker.audio(scene.program.moment(began), graded.question_ended_s + 0.2))

    assert "I would say" in asked
    assert "not yet hard good or easy" in " ".join(plain_words(asked))
    assert show(home)["turns"][0]["grade"]["grade"] == "again"
    assert show(home)["turns"][0]["grade"]["own"] is True
    assert "Your grade: not there yet" in command(home, "grade", "1.1").stdout


@pytest.mark.stage
def test_a_dress_rehearsal_takes_no_key_and_keeps_its_feedback_to_the_end(room: Room, home: Path) -> None:
    """Keys pressed in the middle of an answer change nothing; what was noticed is told when all is over."""
    arguments = ("practice", "--question", "weakness", "--dress-rehearsal", "--no-grade", "--no-follow-ups")
    with on_stage(room, home, *arguments, *PLAIN) as scene:
        scene.program.wait_event("question_ended", turn=1, timeout_s=60)
        for key in "srpq":
            scene.program.press(key)
        answer(scene, 1, recorded("demo/weakness"), press=None)
        let_it_close(scene)
        text = " ".join(scene.program.plain().split())

    (turn,) = show(home)["turns"]
    assert turn["status"] == "answered"
    assert "here is what I noticed" in text
    assert text.index("thank you") < text.index("here is what I noticed")


@pytest.mark.stage
def test_a_silent_friendly_interviewer_warms_up_and_tells_at_the_end_what_came_across(
    room: Room, home: Path
) -> None:
    """Nothing is said about an answer until the last one; then the message in it is named."""
    command(home, "messages", "set", "I keep a list of what I have promised")
    arguments = ("practice", "--question", "weakness", "--warm-up", "--silent", "--manner", "friendly")
    with on_stage(room, home, *arguments, *PLAIN) as scene:
        answer(scene, 1, recorded("replies/debrief-10-went-well"))
        answer(scene, 2, recorded("demo/weakness"))
        let_it_close(scene)
        text = " ".join(scene.program.plain().split())

    session = show(home)
    warm_up, weakness = session["turns"]
    assert (warm_up["prompt_id"], warm_up["coaching"]) == ("warm-up", None)
    assert weakness["prompt_id"] == "weakness"
    assert [landed["turn"] for landed in session["messages"][0]["landed"]] == [2]
    before, noticed, after = text.partition("here is what I noticed")
    assert noticed
    assert "You got this point in: I keep a list of what I have promised." in after
    assert "words a minute" not in before
