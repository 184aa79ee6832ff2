"""The pack of a recording that names a person and an employer holds neither, in text or in sound.

Spoken by several voices, stored as any recording, shared, and listened to by both models.
"""

from __future__ import annotations

import wave
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from cli.program import Run
from greenroom.hearing.load import load_whole
from greenroom.hearing.transcriber import open_model
from greenroom.speaking.voice import Voice

SAID = (
    "I worked with Priya Raman at Globex for three years. Priya led the platform team, "
    "and I wrote the billing service. When Globex moved to the cloud, Marcus asked me to plan the migration, "
    "and in the end we shipped it two weeks early, thanks to Marcus."
)
NAMES = ("priya", "raman", "globex", "marcus")
KEPT = ("platform", "billing", "cloud", "weeks")
VOICES = (
    "piper:joe",
    pytest.param("system", marks=pytest.mark.stage),
    pytest.param("system:gmw/en-gb-x-rp", marks=pytest.mark.stage),
)


def spoken(voice_name: str, folder: Path) -> Path:
    voice = Voice(voice_name, folder / "voice", rate_wpm=180)
    try:
        speech = voice.render(SAID)
    finally:
        voice.close()
    with wave.open(str(folder / "said.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(speech.sample_rate_hz)
        file.writeframes(speech.pcm.tobytes())
    return folder / "said.wav"


def is_like(heard: str, name: str) -> bool:
    """Not by the program's own measure: three letters of four in common, in order."""
    return SequenceMatcher(None, heard, name).ratio() >= 0.75


def names_heard(text: str) -> set[str]:
    words = ["".join(letter for letter in word if letter.isalnum()) for word in text.lower().split()]
    runs = {"".join(words[at : at + length]) for at in range(len(words)) for length in (1, 2, 3)}
    return {name for name in NAMES if any(is_like(run, name) for run in runs)}


@pytest.mark.parametrize("voice", VOICES)
def test_neither_person_nor_employer_is_in_the_text_or_the_sound_of_a_pack(
    voice: str, greenroom: Run, at: Path, tmp_path: Path
) -> None:
    brought = greenroom("import", str(spoken(voice, tmp_path)), "--company", "Globex")
    assert brought.code == 0, brought.err
    out = tmp_path / "out"
    ran = greenroom("share", "last", "--output", str(out), "--yes")
    assert ran.code == 0, ran.err

    assert sorted(file.name for file in out.iterdir()) == ["01.opus", "pack.md"]
    text = (out / "pack.md").read_text("utf-8")
    answer = next(line for line in text.splitlines() if line.startswith(">"))
    assert names_heard(answer) == set()
    masked, whole = load_whole(out / "01.opus"), load_whole(tmp_path / "said.wav")
    known: set[str] = set()
    for name in ("tiny.en", "base"):
        model = open_model(name, at / "cache" / "models")
        before = " ".join(word.text for window in model.windows(whole, primed=False) for word in window)
        after = " ".join(word.text for window in model.windows(masked, primed=False) for word in window)
        known |= names_heard(before)
        assert names_heard(after) == set(), after
        # It is still an answer: most of what is no name can be heard.
        assert sum(word in after.lower() for word in KEPT) >= 2, after
    assert len(known) >= 2, "the names cannot be made out even before they are masked"
