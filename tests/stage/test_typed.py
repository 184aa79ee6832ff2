"""Typed answers: one line each, stored like spoken ones but without timing."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.shipped import phrases
from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Expects, Heard
from greenroom.dialogue.expected import command_in
from greenroom.dialogue.packs import Question, SpokenCommand
from greenroom.stage.coach import Coach
from greenroom.stage.keys import Keys
from greenroom.stage.typed import TypedTurns
from greenroom.types import Advice, Answer, Landed, Turn
from stage.fakes import FakeSpeaker, NotedScreen, Traced, Voicing

ASK = Ask("conflict", "Tell me about a conflict.", part="interview")


def hear(
    archive: Archive,
    typed: str,
    *,
    speaker: FakeSpeaker | None = None,
    aloud: bool = True,
    coach: Coach | None = None,
    ask: Ask = ASK,
) -> tuple[Heard, Turn, str, Traced]:
    """One typed turn; also the stored turn, what was written and what was traced."""
    keys, out, trace = Keys(listen=False), io.StringIO(), Traced()
    voicing = Voicing(speaker, keys, (), NotedScreen().note)
    session_id = archive.start_session("practice")
    turn = archive.start_turn(session_id, part="interview", prompt_id="conflict", prompt=ASK.text)

    def command(text: str, expects: Expects | None) -> SpokenCommand | None:
        return command_in(text, expects, phrases())

    def show(text: str, hint: str | None) -> None:
        out.write(f"{text}\n")

    turns = TypedTurns(archive, voicing, keys, trace, command, show, io.StringIO(typed), out, coach=coach)
    heard = turns.hear(ask, turn, aloud=aloud)
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


def test_a_typed_answer_is_looked_at_like_a_spoken_one(archive: Archive) -> None:
    advice = Advice(follow_up="result")
    seen: list[Answer] = []

    def advise(answer: Answer, question: Question, landed: tuple[Landed, ...]) -> Advice:
        seen.append(answer)
        return advice

    question = Question("conflict", ASK.text)
    coach = Coach({"conflict": question}, advise, lambda answer: ())
    heard, _, _, _ = hear(archive, "We quarrelled.\n", coach=coach)
    assert heard.advice == advice
    assert seen == [Answer(ASK.text, "We quarrelled.")]


def test_in_a_dress_rehearsal_nothing_is_repeated_but_it_can_be_stopped(archive: Archive) -> None:
    strict = replace(ASK, strict=True)
    for command in ("Say that again.", "Let me start again."):
        heard, turn, out, _ = hear(archive, f"{command}\nWe quarrelled.\n", ask=strict)
        assert (heard.text, turn.transcript) == ("We quarrelled.", "We quarrelled.")
        assert "every question is asked once" in out
    assert hear(archive, "Let's stop here.\n", ask=strict)[0].command == "stop"


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


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("Skip.", None),
        ("skip this one, please", None),
        ("Stop the debrief.", "stop"),
        ("let's stop here", "stop"),
        ("Let me start again.", "again"),
    ],
)
def test_a_typed_command_is_obeyed_and_is_no_answer(archive: Archive, line: str, command: str | None) -> None:
    heard, turn, _, trace = hear(archive, f"{line}\n")
    assert (heard.status, heard.text, heard.command) == ("skipped", "", command)
    assert (turn.status, turn.transcript) == ("skipped", None)
    assert trace.names == ["question_started", "question_ended", "command_heard", "turn_stored"]


def test_the_question_is_shown_and_said_again(archive: Archive) -> None:
    speaker = FakeSpeaker()
    typed = "Say that again.\nwhat was the question?\nWe quarrelled.\n"
    heard, turn, out, trace = hear(archive, typed, speaker=speaker)
    assert (heard.text, turn.transcript) == ("We quarrelled.", "We quarrelled.")
    assert out == f"> {ASK.text}\n> {ASK.text}\n> "
    assert speaker.texts == [ASK.text] * 3
    assert trace.commands == ["repeat", "repeat"]


def test_after_the_question_was_shown_again_the_input_may_end(archive: Archive) -> None:
    heard, _, _, _ = hear(archive, "Say that again.\n")
    assert (heard.status, heard.command) == ("skipped", "stop")


@pytest.mark.parametrize("line", ["Pause.", "That's my answer.", "We decided to skip this one.", "Stop."])
def test_what_is_no_command_for_typing_is_an_answer(archive: Archive, line: str) -> None:
    assert hear(archive, f"{line}\n")[0] == Heard(1, "answered", line)
