"""A rehearsal as it is lived: the real program, a sound card, a person who answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from e2e.conftest import Transcribe
from e2e.person import Answered, answer, let_it_close, on_stage
from e2e.room import Room
from e2e.stored import show
from e2e.words import word_error_rate
from recordings import Recorded, recorded

QUESTIONS = ("practice", "--question", "weakness", "--question", "why-you")
ASKED = "What would you say is your biggest weakness?"


def check_answer(turn: dict[str, Any], truth: Answered, recording: Recorded) -> None:
    """Its times are those of the sound, its words those of the recording."""
    assert turn["status"] == "answered"
    thinking_s, answer_s = turn["timing"]["thinking_s"], turn["timing"]["answer_s"]
    apart_s = {"thinking": thinking_s - truth.thinking_s, "answer": answer_s - truth.answer_s}
    assert abs(apart_s["thinking"]) <= 0.15, apart_s
    assert abs(apart_s["answer"]) <= 0.2, apart_s
    assert word_error_rate(recording.reference, turn["transcript"]) <= 0.25


def test_a_rehearsal_asks_aloud_times_exactly_and_keeps_every_word(
    room: Room, home: Path, transcribe: Transcribe
) -> None:
    """Two questions: the first answer ends by patience, the second at a key on its last word."""
    first, second = recorded("replies/debrief-04-turning-point"), recorded("replies/debrief-10-went-well")
    with on_stage(room, home, *QUESTIONS, "--no-debrief", "--plain", "--model", "tiny.en") as scene:
        one = answer(scene, 1, first, think_s=0.5)
        two = answer(scene, 2, second, think_s=1.0, press="enter")
        let_it_close(scene)
        heard = scene.speaker.audio(one.question_started_s - 0.2, one.question_ended_s + 0.2)

    assert word_error_rate(ASKED, transcribe(heard)) <= 0.25
    session = show(home)
    assert session["session"]["status"] == "finished"
    turns = session["turns"]
    assert turns[0]["prompt"] == ASKED
    for turn, truth, recording in zip(turns, (one, two), (first, second), strict=True):
        check_answer(turn, truth, recording)
        assert (home / turn["audio"]).is_file()


@pytest.mark.stage
def test_the_best_voice_and_model_and_a_debrief_by_voice(room: Room, home: Path) -> None:
    """A long answer with pauses ends only when it is over; the look back is spoken as well."""
    first, second = recorded("demo/weakness"), recorded("replies/debrief-03-feeling-after")
    with on_stage(room, home, *QUESTIONS, "--quiet") as scene:
        truths = [answer(scene, 1, first), answer(scene, 2, second, think_s=0.7, press="enter")]
        for turn, name in ((3, "practice-feeling"), (4, "practice-again"), (5, "practice-real")):
            answer(scene, turn, recorded(f"demo/{name}"), press="enter")
        let_it_close(scene, timeout_s=120)

    whole = show(home)
    assert whole["session"]["status"] == "finished"
    for turn, truth, recording in zip(whole["turns"], truths, (first, second), strict=False):
        check_answer(turn, truth, recording)
    assert [turn["part"] for turn in whole["turns"]] == ["interview"] * 2 + ["debrief"] * 3
    feeling, again, action = whole["items"]
    assert (feeling["kind"], feeling["name"]) == ("feeling", "after")
    assert "calmed down" in feeling["text"]
    assert (again["kind"], again["happy"], again["turn"]) == ("question", False, 2)
    assert again["text"] == whole["turns"][1]["prompt"]
    assert action["kind"] == "action"
    assert "Peter" in action["text"]


@pytest.mark.stage
def test_the_system_voice_is_understood_and_timed_as_well(
    room: Room, home: Path, transcribe: Transcribe
) -> None:
    """Thinking times from none to long are right on the first question as on the next.

    Heard is a question whose words are plain in this voice: of its "biggest weakness" the model that
    listens makes "biggest week" every other time, with every sample there.
    """
    first, second = recorded("answers/strength-continued"), recorded("replies/debrief-03-feeling-after")
    questions = ("practice", "--question", "strength", "--question", "weakness")
    arguments = [*questions, "--no-debrief", "--quiet", "--model", "tiny.en", "--voice", "system"]
    with on_stage(room, home, *arguments, "--patience", "5.5") as scene:
        one = answer(scene, 1, first)
        two = answer(scene, 2, second, think_s=4.0, press="enter")
        let_it_close(scene)
        heard = scene.speaker.audio(one.question_started_s - 0.2, one.question_ended_s + 0.2)

    asked = "What is your greatest strength at work?"
    assert word_error_rate(asked, transcribe(heard)) <= 0.25
    turns = show(home)["turns"]
    check_answer(turns[0], one, first)
    check_answer(turns[1], two, second)
    assert turns[1]["timing"]["thinking_s"] > 4
