"""`transcribe`, with a model that hears one word a stretch."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from cli.program import Run, command_line, environment, run_apart
from greenroom.archive import Archive
from greenroom.errors import TranscriptionError
from greenroom.hearing.models import FinalRule
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.transcriber import Recogniser
from greenroom.types import Pcm, Span, Transcript, Word
from recordings import recorded


class Better:
    name = "better"
    rule = StretchRule()
    final = FinalRule(whole=False)
    fails: type[BaseException] | None = None

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        if self.fails is KeyboardInterrupt:
            raise KeyboardInterrupt
        if self.fails is not None:
            raise TranscriptionError("The model is broken.", "Install it anew.")
        return (Word("Initech.", 0.3, 0.6, 0.9),)

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        yield ()


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Better:
    better = Better()

    def chosen(name: str | None, home: Path) -> tuple[str, Callable[[], Recogniser]]:
        return name or better.name, lambda: better

    monkeypatch.setattr("greenroom.cli.transcribe._model", chosen)
    return better


@pytest.fixture
def kept(at: Path) -> Path:
    """Two sessions, with two answers and one."""
    with Archive.open(at) as archive:
        for answers in (2, 1):
            session = archive.start_session("practice")
            for number in range(1, answers + 1):
                turn = archive.start_turn(session, part="interview", prompt_id="why", prompt="Why us?")
                name = f"audio/{session}/{number:02}.flac"
                file = archive.session_audio_dir(session) / f"{number:02}.flac"
                soundfile.write(file, np.full(16_000 * 6, 500, np.int16), 16_000)
                archive.question_ended(turn.id, 0.5, name)
                archive.store_recording(turn.id, audio=name, timing=None, voiced=[Span(1.0, 5.0)])
                said = Transcript("in it tech", (Word("tech", 1.0, 5.0, 0.5),), "tiny.en", "final")
                archive.store_transcript(turn.id, said, timing=None, fillers=None, status="answered")
            archive.end_session(session, "finished")
    return at


def texts(home: Path) -> list[str | None]:
    with Archive.open(home) as archive:
        return [turn.transcript for number in (1, 2) for turn in archive.session(number).turns]


def test_everything_is_written_down_anew_with_a_line_an_answer_in_a_pipe(
    greenroom: Run, kept: Path, model: Better
) -> None:
    ran = greenroom("transcribe", "--all")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "3 answers, 0 s of speech, by better. What was there stays until each is whole.",
        "1.1 (1 of 3): done",
        "1.2 (2 of 3): done",
        "2.1 (3 of 3): done",
        "Written down anew: 3 answers.",
    ]
    assert texts(kept) == ["Initech."] * 3
    assert greenroom("transcribe", "--all").out.splitlines() == [
        "3 answers already in the words of better.",
        "There is nothing to write down anew.",
    ]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("1", ["Initech.", "Initech.", "in it tech"]),
        ("last", ["in it tech", "in it tech", "Initech."]),
        ("1.2", ["in it tech", "Initech.", "in it tech"]),
    ],
)
def test_a_session_or_an_answer_alone(
    what: str, expected: list[str], greenroom: Run, kept: Path, model: Better
) -> None:
    assert greenroom("transcribe", what).code == 0
    assert texts(kept) == expected


def test_what_was_corrected_is_named_and_left_alone(greenroom: Run, kept: Path, model: Better) -> None:
    greenroom("edit", "1.2", "--text", "At Initrode.")
    out = greenroom("transcribe", "1").out
    assert "1 answer left alone, because you corrected them: 1.2. --force writes over that." in out
    assert texts(kept) == ["Initech.", "At Initrode.", "in it tech"]
    greenroom("transcribe", "1", "--force")
    assert texts(kept) == ["Initech.", "Initech.", "in it tech"]


def test_stopped_it_says_how_to_go_on(greenroom: Run, kept: Path, model: Better) -> None:
    model.fails = KeyboardInterrupt
    ran = greenroom("transcribe", "--all")
    assert ran.code == 130
    assert ran.out.endswith("What is done is kept; the same command goes on from there.\n")
    assert texts(kept) == ["in it tech"] * 3


def test_what_fails_is_told_with_its_reason_and_keeps_its_words(
    greenroom: Run, kept: Path, model: Better
) -> None:
    model.fails = TranscriptionError
    happened, remedy = greenroom("transcribe", "2").complaint
    assert happened == "1 answer could not be written down: 2.1. The model is broken."
    assert remedy == "Their old words stay; the same command tries again."
    assert texts(kept) == ["in it tech"] * 3


@pytest.mark.parametrize("arguments", [[], ["1", "--all"]])
def test_either_one_or_all(arguments: list[str], greenroom: Run, kept: Path) -> None:
    assert greenroom("transcribe", *arguments).code == 2


def test_an_answer_without_a_recording_is_told(greenroom: Run, kept: Path, model: Better) -> None:
    with Archive.open(kept) as archive:
        archive.store_audio(1, None)
    happened, remedy = greenroom("transcribe", "1.1").complaint
    assert happened == "1.1 has no recording to write down anew."
    assert remedy.endswith("greenroom show 1")


def test_a_model_that_is_not_here_is_told(greenroom: Run, kept: Path) -> None:
    happened, _ = greenroom("transcribe", "--all", "--model", "huge").complaint
    assert "There is no model “huge” here" in happened


def test_what_is_too_short_is_told_and_not_tried(greenroom: Run, at: Path, model: Better) -> None:
    with Archive.open(at) as archive:
        session = archive.start_session("practice")
        turn = archive.start_turn(session, part="interview", prompt_id="why", prompt="Why us?")
        (archive.session_audio_dir(session) / "01.flac").write_bytes(b"sound")
        archive.store_recording(turn.id, audio="audio/1/01.flac", timing=None, voiced=[Span(1.0, 2.0)])
        said = Transcript("Yes.", (Word("Yes.", 1.0, 2.0, 0.5),), "tiny.en", "final")
        archive.store_transcript(turn.id, said, timing=None, fillers=None, status="answered")
        archive.end_session(session, "finished")
    assert greenroom("transcribe", "--all").out.splitlines() == [
        "1 answer too short to be heard better.",
        "There is nothing to write down anew.",
    ]


def test_where_nothing_is_heard_the_line_says_so(
    greenroom: Run, kept: Path, model: Better, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Better, "decode", lambda *given, **named: ())
    assert greenroom("transcribe", "2").out.splitlines()[1:] == [
        "2.1 (1 of 1): as before",
        "1 answer as before, because nothing was heard there: 2.1.",
    ]


@pytest.mark.stage
def test_killed_it_goes_on_where_it_was_and_the_old_words_stand_until_then(at: Path) -> None:
    """A process of its own, a real model and kill -9 between two pieces of an answer."""
    conflict = recorded("demo/conflict")
    pcm, rate = soundfile.read(conflict.path, dtype="int16")
    later_s = len(pcm) / rate + 6.0  # so long a pause that nothing is decoded across it
    times = (conflict.first_voiced_s, conflict.last_voiced_s)
    with Archive.open(at) as archive:
        session = archive.start_session("practice")
        turn = archive.start_turn(session, part="interview", prompt_id="why", prompt="Why us?")
        file = archive.session_audio_dir(session) / "01.flac"
        soundfile.write(file, np.concatenate([pcm, np.zeros(rate * 6, np.int16), pcm]), rate)
        archive.question_ended(turn.id, 0.0, "audio/1/01.flac")
        voiced = [Span(*times), Span(times[0] + later_s, times[1] + later_s)]
        archive.store_recording(turn.id, audio="audio/1/01.flac", timing=None, voiced=voiced)
        said = Transcript("in it tech", (), "old", "final")
        archive.store_transcript(turn.id, said, timing=None, fillers=None, status="answered")
        archive.end_session(session, "finished")
    command = command_line("transcribe", "--all", "--model", "tiny.en")
    running = subprocess.Popen(command, env=environment(at), stdout=subprocess.DEVNULL)
    try:
        with Archive.open(at) as archive:
            until_s = time.monotonic() + 120
            while not (first := archive.drafts(turn.id, "tiny.en")) and time.monotonic() < until_s:
                time.sleep(0.02)
    finally:
        running.kill()
    assert running.wait() == -signal.SIGKILL
    [(number, words)] = first.items()
    assert "friday" in " ".join(word.text for word in words).lower()
    with Archive.open(at) as archive:
        assert archive.session(1).turns[0].transcript == "in it tech"
        # What was done is not done again: a word that nobody said shows it.
        archive.keep_draft(turn.id, "tiny.en", number, [*words, Word("Initech.", *times, 0.9)])
    ran = run_apart(at, "transcribe", "--all", "--model", "tiny.en")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "Written down anew: 1 answer."
    with Archive.open(at) as archive:
        [stored] = archive.session(1).turns
        assert archive.drafts(turn.id, "tiny.en") == {}
    assert stored.transcript is not None
    assert stored.transcript.lower().count("friday") == 2
    assert stored.transcript.count("Initech") == 1
    assert stored.model == "tiny.en"
