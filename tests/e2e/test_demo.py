"""`greenroom demo`: the first thing a newcomer runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from e2e.conftest import Transcribe
from e2e.person import on_stage
from e2e.room import Room
from e2e.stored import command
from e2e.words import word_error_rate
from recordings import recorded

QUESTIONS = {
    "conflict": "Tell me about a time you had a conflict with a colleague.",
    "weakness": "What would you say is your biggest weakness?",
    "tell-me-about-yourself": "Tell me a little about yourself.",
}
REPLIES = ("practice-feeling", "practice-again", "practice-real")
WITHOUT_SOUND = {"PULSE_SERVER": "unix:/nowhere"}


def test_the_demo_needs_no_sound_and_leaves_nothing(home: Path) -> None:
    """Three questions, a look back, all written down nearly as it was said, and the review."""
    done = command(home, "demo", "--speaker", "none", "--model", "tiny.en", env=WITHOUT_SOUND)
    assert done.stderr == ""
    assert not home.exists()
    session, review = done.stdout.split("(greenroom show")
    for question in QUESTIONS.values():
        assert question in " ".join(session.split())
        assert question in " ".join(review.split())
    said = [" ".join(text.split()) for text in re.findall(r"^You: (.*\n(?:  .*\n)*)", session, re.MULTILINE)]
    references = [recorded(f"demo/{name}").reference for name in (*QUESTIONS, *REPLIES)]
    for text, reference in zip(said, references, strict=True):
        assert word_error_rate(reference, text) <= 0.25
    assert "words a minute" in review
    assert "take a breath before I" in review


@pytest.mark.stage
def test_the_demo_is_heard_where_there_is_a_loudspeaker(
    room: Room, home: Path, transcribe: Transcribe
) -> None:
    """In the live screen, all questions aloud; one may stop it, and the user’s home stays as it is."""
    home.mkdir()
    (home / "config.toml").write_text('company = "Initech"\n')
    with on_stage(room, home, "demo", "--model", "tiny.en") as scene:
        for turn, question in enumerate(QUESTIONS.values(), 1):
            started = scene.program.wait_event("question_started", turn=turn, timeout_s=60)
            ended = scene.program.wait_event("question_ended", turn=turn, timeout_s=30)
            begun_s = scene.speaker.wait_for_sound(5, after_s=scene.program.moment(started))
            over_s = scene.program.moment(ended)
            heard = scene.speaker.audio(begun_s - 0.2, over_s + 0.2)
            assert word_error_rate(question, transcribe(heard)) <= 0.25
        scene.program.press("q")
        assert scene.program.finish(90) == 0
        assert scene.program.left_terminal_sane
        assert "Initech" not in scene.program.plain()
    assert [path.name for path in home.iterdir()] == ["config.toml"]
