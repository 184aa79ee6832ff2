"""A rehearsal as it is lived: the real program, a sound card, a person who answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e.conftest import Transcribe
from e2e.ear import Ear
from e2e.person import answer
from e2e.program import Program
from e2e.room import MOUTH, Room
from e2e.stored import show
from e2e.words import word_error_rate
from recordings import recorded


def test_a_rehearsal_asks_aloud_times_exactly_and_keeps_every_word(
    room: Room, home: Path, tmp_path: Path, transcribe: Transcribe
) -> None:
    """Two questions: the first answer ends by patience, the second at a key on its last word."""
    first, second = recorded("demo/weakness"), recorded("replies/debrief-10-went-well")
    arguments = ["practice", "--question", "weakness", "--question", "why-you", "--no-debrief", "--plain"]
    with (
        Ear(room) as speaker,
        Ear(room, MOUTH) as mouth,
        Program(
            *arguments, "--model", "tiny.en", home=home, room_env=room.env, trace_file=tmp_path / "trace"
        ) as program,
    ):
        one = answer(room, program, speaker, mouth, 1, first)
        two = answer(room, program, speaker, mouth, 2, second, think_s=1.0, press="enter")
        assert program.finish(timeout_s=60) == 0
        heard = speaker.audio(one.question_started_s - 0.2, one.question_ended_s + 0.2)

    asked = "What would you say is your biggest weakness?"
    assert word_error_rate(asked, transcribe(heard)) <= 0.25
    session = show(home)
    assert session["session"]["status"] == "finished"
    turns = session["turns"]
    assert [turn["status"] for turn in turns] == ["answered", "answered"]
    assert turns[0]["prompt"] == asked
    for turn, truth, recording in zip(turns, (one, two), (first, second), strict=True):
        assert turn["timing"]["thinking_s"] == pytest.approx(truth.thinking_s, abs=0.15)
        assert turn["timing"]["answer_s"] == pytest.approx(truth.answer_s, abs=0.2)
        assert word_error_rate(recording.reference, turn["transcript"]) <= 0.25
        assert (home / turn["audio"]).is_file()
