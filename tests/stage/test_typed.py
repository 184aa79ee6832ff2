"""Typed answers: one line each, stored like spoken ones but without timing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Heard
from greenroom.stage.keys import Keys
from greenroom.stage.typed import TypedTurns
from greenroom.types import Turn
from stage.fakes import FakeSpeaker, NotedScreen, Traced, Voicing

ASK = Ask("conflict", "Tell me about a conflict.", part="interview")


def hear(
    archive: Archive, typed: str, *, speaker: FakeSpeaker | None = None, aloud: bool = True
) -> tuple[Heard, Turn, str, Traced]:
    """One typed turn; also the stored turn, what was written and what was traced."""
    keys, out, trace = Keys(listen=False), io.StringIO(), Traced()
    voicing = Voicing(speaker, keys, (), NotedScreen().note)
    session_id = archive.start_session("practice")
    turn = archive.start_turn(session_id, part="interview", prompt_id="conflict", prompt=ASK.text)
    turns = TypedTurns(archive, voicing, keys, trace, io.StringIO(typed), out)
    heard = turns.hear(ASK, turn, aloud=aloud)
    return heard, archive.session(session_id).turns[0], out.getvalue(), trace


def test_a_line_is_an_answer(archive: Archive) -> None:
    heard, turn, out, trace = hear(archive, "  We quarrelled.  \nThe next line.\n")
    assert heard == Heard(1, "answered", "We quarrelled.")
    assert (turn.status, turn.transcript, turn.transcript_is, turn.model) == (
        "answered",
        "We quarrelled.",
        "final",
        "typed",
    )
    assert (turn.timing, turn.words, turn.fillers, turn.audio) == (None, (), None, None)
    assert out == "> "
    assert trace.events == [("question_started", 1), ("question_ended", 1), ("turn_stored", 1)]


@pytest.mark.parametrize("line", ["\n", "   \n"])
def test_an_empty_line_skips(archive: Archive, line: str) -> None:
    heard, turn, _, _ = hear(archive, line)
    assert heard == Heard(1, "skipped")
    assert turn.status == "skipped"


def test_the_end_of_the_input_stops_the_session(archive: Archive) -> None:
    heard, turn, _, _ = hear(archive, "")
    assert heard == Heard(1, "skipped", command="stop")
    assert turn.status == "skipped"


def test_a_last_line_without_its_end_is_an_answer(archive: Archive) -> None:
    assert hear(archive, "We quarrelled.")[0].text == "We quarrelled."


@pytest.mark.parametrize("aloud", [True, False])
def test_a_question_is_said_unless_it_is_to_be_discreet(archive: Archive, aloud: bool) -> None:
    speaker = FakeSpeaker()
    hear(archive, "Yes.\n", speaker=speaker, aloud=aloud)
    assert speaker.said == ([(ASK.text, True)] if aloud else [])


def test_typed_words_are_found_again(archive: Archive, home: Path) -> None:
    hear(archive, "We quarrelled about a plan.\n")
    assert [hit.turn for hit in archive.search("quarrelled")] == [1]
