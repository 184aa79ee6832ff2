"""Recordings made elsewhere become sessions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dialogue.shipped import WORDS, phrases
from e2e.words import word_error_rate
from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Keep
from greenroom.dialogue.log import plan_of, replay, script_of
from greenroom.dialogue.packs import DebriefScript
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.steps import Step
from greenroom.errors import GreenroomError
from greenroom.hearing.load import load_whole
from greenroom.hearing.transcriber import FasterWhisper, Recogniser
from greenroom.stage.importing import Imported, Importer, told
from greenroom.stage.memo import sitting, told_before
from greenroom.stage.mending import mend
from recordings import FOLDER, recorded
from stage.fakes import FakeRecogniser

FREE_RECALL = DebriefScript(
    "first", "First", "en", (Step("recall", "open", "How was it?", "recall"),), "Hello."
)


def no_model() -> Recogniser:
    raise AssertionError("nobody speaks: no model is needed")


def test_a_spoken_recording_becomes_a_session_with_words_and_timing(
    archive: Archive, home: Path, tiny: FasterWhisper
) -> None:
    one = recorded("demo/practice-feeling")
    imported = Importer(archive, lambda: tiny).bring(one.path, company="Acme", role="Clerk")
    session = archive.session(1)
    assert (session.kind, session.status, session.company, session.role) == (
        "import",
        "finished",
        "Acme",
        "Clerk",
    )
    [turn] = session.turns
    assert (turn.prompt_id, turn.prompt, turn.status) == ("imported", "practice-feeling.flac", "answered")
    assert word_error_rate(one.reference, str(turn.transcript)) <= 0.2
    assert turn.timing is not None
    assert turn.timing.thinking_s == pytest.approx(one.first_voiced_s, abs=0.1)
    assert turn.timing.answer_s == pytest.approx(one.last_voiced_s - one.first_voiced_s, abs=0.15)
    assert turn.fillers is not None
    assert imported == Imported(one.path, 1, one.seconds, len(turn.words))
    assert told(imported).startswith("practice-feeling.flac is kept as session 1: 9.4 s, ")
    copy, _ = soundfile.read(home / str(turn.audio), dtype="int16")
    assert np.array_equal(copy, load_whole(one.path))
    assert (home / str(turn.audio)).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (home / "audio" / "1").iterdir()] == ["01.flac"]


def test_a_silent_recording_is_kept_and_told_as_silent(archive: Archive, home: Path) -> None:
    imported = Importer(archive, no_model).bring(FOLDER / "noise" / "room_tone.flac")
    [turn] = archive.session(1).turns
    assert (turn.status, turn.transcript, turn.timing) == ("skipped", None, None)
    assert (home / str(turn.audio)).is_file()
    assert archive.session(1).status == "finished"
    assert told(imported) == "room_tone.flac is kept as session 1: 6 s, and nobody speaks in it."


def test_the_model_is_loaded_once_for_many_files(archive: Archive) -> None:
    loads: list[FakeRecogniser] = []

    def load() -> Recogniser:
        loads.append(FakeRecogniser())
        return loads[-1]

    importer = Importer(archive, load)
    for name in ("replies/yes", "replies/no"):
        importer.bring(recorded(name).path)
    assert [session.id for session in archive.sessions()] == [2, 1]
    assert len(loads) == 1


@pytest.mark.parametrize("content", [b"", b"no sound at all"])
def test_what_cannot_be_read_is_told_in_a_line(archive: Archive, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "memo.wav"
    file.write_bytes(content)
    with pytest.raises(GreenroomError, match="cannot be read as sound"):
        Importer(archive, no_model).bring(file)
    assert archive.running_ids() == []


def test_an_import_whose_words_cannot_be_made_out_gets_them_at_the_next_start(
    archive: Archive, home: Path
) -> None:
    with pytest.raises(GreenroomError, match="The model is broken"):
        Importer(archive, lambda: FakeRecogniser(fails=True)).bring(recorded("replies/yes").path)
    [turn] = archive.session(1).turns
    assert turn.status == "recorded"
    assert (home / str(turn.audio)).is_file()
    [found] = mend(archive, FakeRecogniser)
    assert (found.answers, found.words) == (1, 3)
    assert archive.session(1).turns[0].transcript == "So, um, yes."


def test_a_memo_becomes_the_beginning_of_a_debrief(archive: Archive, tiny: FasterWhisper) -> None:
    one = recorded("demo/practice-feeling")
    plan = Plan("debrief", WORDS, phrases(), debrief=FREE_RECALL, phase="first")
    Importer(archive, lambda: tiny).bring(one.path, company="Acme", debrief=plan)
    session = archive.session(1)
    assert (session.kind, session.status, session.company) == ("debrief", "interrupted", "Acme")
    [turn] = session.turns
    assert (turn.part, turn.phase, turn.prompt_id, turn.prompt, turn.status) == (
        "debrief",
        "first",
        "recall",
        "How was it?",
        "answered",
    )
    entries, memo = sitting(archive.log(1))
    assert plan_of(entries) == plan
    assert memo is not None
    assert (memo.prompt_id, memo.heard.text, memo.heard.timing) == ("recall", turn.transcript, turn.timing)
    place = replay(told_before(script_of(plan), memo), entries)
    kept = [act for act in (place.act, *place.script) if isinstance(act, Keep)]
    assert [(one.item.kind, one.item.text) for one in kept] == [("recall", turn.transcript)]


def test_a_memo_in_which_nobody_speaks_leaves_the_question_open(archive: Archive) -> None:
    plan = Plan("debrief", WORDS, phrases(), debrief=FREE_RECALL, phase="first")
    Importer(archive, no_model).bring(FOLDER / "noise" / "room_tone.flac", debrief=plan)
    entries, memo = sitting(archive.log(1))
    assert memo is None
    place = replay(script_of(plan), entries)
    while not isinstance(place.act, Ask):
        place = replace(place, act=place.script.send(None))
    assert place.act.prompt_id == "recall"
