"""What a session needs, looked at one by one; none of the findings stops the others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from e2e.room import Room
from e2e.stored import command
from greenroom import devices
from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.hearing.coupling import Coupling
from greenroom.stage import doctor
from greenroom.stage.doctor import Finding, examine
from greenroom.types import Pcm


class FakeMicrophone:
    """Gives one block of a certain loudness, or nothing at all."""

    name = "Fake"
    sample_rate_hz = 48_000
    sound: Pcm | None = None

    def __init__(self, wanted: str | None = None) -> None:
        if wanted == "none":
            raise GreenroomError("There is no microphone “none”.", "Give --mic one of these: 0 Fake.")

    def start(self, on_block: Callable[[Pcm, float, bool], None]) -> None:
        if self.sound is not None:
            on_block(self.sound, 0.0, False)

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(devices, "Microphone", FakeMicrophone)


def findings(home: Path, *, mic: str | None = None, model: str = "tiny.en") -> dict[str, Finding]:
    found = list(examine(home, mic=mic, speaker="none", voice="no-such-voice", model=model))
    assert all(finding.remedy for finding in found if finding.state != "ok")
    assert all("\n" not in finding.text for finding in found)
    return {finding.name: finding for finding in found}


def test_everything_is_looked_at_in_order_whatever_is_wrong(home: Path) -> None:
    found = findings(home, mic="none", model="no-such-model")
    assert list(found) == [
        *("microphone", "loudspeaker", "voice", "model", "disk", "database", "recordings", "patience")
    ]
    assert [finding.state for finding in found.values()][:4] == ["problem", "ok", "problem", "problem"]
    assert found["microphone"].text == "There is no microphone “none”."
    assert found["microphone"].remedy == "Give --mic one of these: 0 Fake."
    assert found["loudspeaker"].text == "none, as asked: questions are shown."
    assert found["model"].text == "There is no model “no-such-model” here."


@pytest.mark.parametrize(
    ("sound", "state", "text"),
    [
        (None, "problem", "“Fake” at 48000 Hz sends nothing at all."),
        (np.zeros(480, np.int16), "warning", "“Fake” at 48000 Hz gives pure silence."),
        (np.full(480, 33, np.int16), "warning", "“Fake” at 48000 Hz, loudest in a second: -60 dBFS."),
        (np.full(480, -32_768, np.int16), "ok", "“Fake” at 48000 Hz, loudest in a second: 0 dBFS."),
        (np.full(480, 3_277, np.int16), "ok", "“Fake” at 48000 Hz, loudest in a second: -20 dBFS."),
    ],
)
def test_a_microphone_is_judged_by_what_it_gives(
    home: Path, monkeypatch: pytest.MonkeyPatch, sound: Pcm | None, state: str, text: str
) -> None:
    monkeypatch.setattr(FakeMicrophone, "sound", sound)
    finding = findings(home)["microphone"]
    assert (finding.state, finding.text) == (state, text)


def test_the_model_is_checked_by_its_digest(home: Path) -> None:
    finding = findings(home)["model"]
    assert finding.state == "ok"
    assert finding.text.endswith("digests as published; tiny.en is asked for.")


@pytest.mark.parametrize(
    ("coupling", "state", "text"),
    [
        (Coupling(-57.0, False, 0.0), "ok", "Nothing of the loudspeaker comes back into the microphone."),
        (
            Coupling(-23.7, True, 0.1),
            "ok",
            "The loudspeaker comes back into the microphone at -24 dB, and is cancelled.",
        ),
        (
            Coupling(1.2, True, 0.7),
            "warning",
            "The loudspeaker comes back into the microphone at 1 dB: too much to be cancelled.",
        ),
        (None, "warning", "The microphone did not listen to the end of a sentence."),
    ],
)
def test_an_echo_is_judged_by_what_is_left_of_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, coupling: Coupling | None, state: str, text: str
) -> None:
    fine = {name: Finding(name, "ok", "Fine.") for name in ("microphone", "loudspeaker", "voice")}
    monkeypatch.setattr(doctor, "_microphone", lambda wanted: fine["microphone"])
    monkeypatch.setattr(doctor, "_loudspeaker", lambda wanted: fine["loudspeaker"])

    def voice(name: str, home: Path, said: list[object]) -> Finding:
        said.append("a sentence")
        return fine["voice"]

    monkeypatch.setattr(doctor, "_voice", voice)
    monkeypatch.setattr(doctor, "_coupling", lambda mic, speaker, speech: coupling)
    found = list(examine(home, mic=None, speaker=None, voice="auto", model="tiny.en"))
    assert [finding.name for finding in found][:4] == ["microphone", "loudspeaker", "voice", "echo"]
    assert (found[3].state, found[3].text) == (state, text)
    assert (found[3].remedy is None) == (state == "ok")


@pytest.mark.stage
def test_the_echo_of_a_room_is_measured(home: Path) -> None:
    with Room() as room:
        room.echo(-20)
        done = command(home, "doctor", "--voice", "system", "--json", env=room.env)
    found = {finding["name"]: finding for finding in json.loads(done.stdout)}
    level_db = int(found["echo"]["text"].split(" dB")[0].split()[-1])
    assert level_db == pytest.approx(-20, abs=3)
    assert found["echo"]["state"] == "ok"


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(
    ("free", "state", "hours"),
    [
        (150_000_000, "problem", "1 hour"),
        (1_500_000_000, "warning", "13 hours"),
        (90_000_000_000, "ok", "781 hours"),
    ],
)
def test_a_disk_is_judged_by_the_hours_of_speech_it_holds(
    home: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str, hours: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(0, 0, free))
    finding = findings(home)["disk"]
    assert finding.state == state
    assert finding.text.endswith(f" GB free at {home}, room for {hours} of speech.")


def test_a_database_tells_of_recordings_that_belong_to_none(home: Path) -> None:
    with Archive.open(home) as archive:
        archive.end_session(archive.start_session("practice"), "finished")
        folder = archive.session_audio_dir(1)
    assert findings(home)["database"] == Finding(
        "database", "ok", f"1 session in {home / 'greenroom.db'}, sound."
    )
    (folder / "99.wav").write_bytes(b"somebody's voice")
    finding = findings(home)["database"]
    assert finding.state == "warning"
    assert finding.text.endswith("1 recording belongs to none: audio/1/99.wav.")


def test_a_damaged_database_is_a_problem(home: Path) -> None:
    with Archive.open(home):
        pass
    (home / "greenroom.db").write_bytes(b"not a database at all, but long enough to look like one" * 100)
    assert findings(home)["database"].state == "problem"


def test_recordings_that_should_be_gone_are_told(home: Path) -> None:
    with Archive.open(home) as archive:
        session = archive.start_session("practice", started_at="2020-01-31T18:04:05+01:00")
        turn = archive.start_turn(session, part="interview", prompt_id="why", prompt="Why?")
        (archive.session_audio_dir(session) / "01.flac").write_bytes(b"sound")
        archive.store_recording(turn.id, audio=f"audio/{session}/01.flac", timing=None, voiced=())
        archive.set_turn_status(turn.id, "skipped")
        archive.end_session(session, "finished")
        archive._db.execute("UPDATE sessions SET ended_at = started_at")
    for_ever, ninety = (
        next(
            finding
            for finding in examine(home, mic=None, speaker="none", voice="x", model="x", audio_kept=kept)
            if finding.name == "recordings"
        )
        for kept in (None, ("90 days", 90))
    )
    assert (for_ever.state, for_ever.text) == (
        "ok",
        "Recordings are kept for as long as you like: 1 recording now (1 MB).",
    )
    assert ninety.state == "warning"
    assert "1 older one could not be removed yet: audio/1/01.flac." in ninety.text
