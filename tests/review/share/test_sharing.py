"""A pack is masked, written aside, listened to, and only then handed over."""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import soundfile

from greenroom.archive import Archive
from greenroom.cli import data
from greenroom.errors import GreenroomError
from greenroom.review.share.names import Name, guessed
from greenroom.review.share.sharing import Hear, Material, Names, cut_out, make_pack, material
from greenroom.stage.correcting import correct
from greenroom.types import Span, Word
from review.given import answer

RATE = 16_000
WORDS = data.name_words()
INITECH = Name("Initech", "employer", "session")
ANSWER = "we built the billing at Initech and then the search"
"""At two words a second: Initech is said from 2.5 to 3.0 s."""


def find(texts: object) -> list[Name]:
    return guessed(texts, WORDS)  # type: ignore[arg-type]


def no_names(texts: object) -> list[Name]:
    return []


def recording(archive: Archive, session: int, number: int) -> Path:
    return archive.session_audio_dir(session) / f"{number:02}.flac"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "home")


@pytest.fixture
def shared(archive: Archive) -> Material:
    """Two answers, both with a recording of noise as loud as speech."""
    session = archive.start_session("practice", company="Initech")
    for place in (1, 2):
        answer(archive, session, f"q{place}", ANSWER, audio=True)
        noise = np.random.default_rng(place).normal(0, 2000, 5 * RATE).astype(np.int16)
        soundfile.write(recording(archive, session, place), noise, RATE)
    archive.end_session(session, "finished")
    return material(archive, archive.session(session))


@dataclass
class Ear:
    """Hears given words, one answer after the other; nothing once it has no more."""

    says: list[tuple[Word, ...]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    sounds: list[np.ndarray] = field(default_factory=list)

    def __call__(self, file: Path) -> tuple[Word, ...]:
        self.files.append(file.name)
        self.sounds.append(soundfile.read(file, dtype="int16")[0])
        return self.says.pop(0) if self.says else ()


def home_of(folder: Path) -> Path:
    """Of the test that a folder belongs to."""
    return next(above for above in folder.parents if (above / "home").is_dir()) / "home"


def staged(folder: Path) -> list[Path]:
    """What is left of the folders in which packs are made."""
    return list((home_of(folder) / "cache").glob(".greenroom-share-*"))


def made(
    shared: Material,
    folder: Path,
    hear: Hear | None,
    names: Names | None = None,
    finder: Callable[..., list[Name]] = no_names,
) -> Names:
    names = names or Names([INITECH], (), WORDS)
    make_pack(shared, names, home_of(folder), folder, hear, finder, lambda line: None)
    return names


def is_tone(sound: np.ndarray, start_s: float, end_s: float) -> bool:
    """Whether nearly all energy of a stretch is at the bleep's frequency."""
    piece = sound[round(start_s * RATE) : round(end_s * RATE)].astype(float)
    spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)))) ** 2
    frequencies = np.fft.rfftfreq(len(piece), 1 / RATE)
    return float(spectrum[np.abs(frequencies - 500) < 30].sum() / spectrum.sum()) > 0.9


def test_a_pack_is_a_text_and_its_recordings_private_and_nothing_else(
    shared: Material, tmp_path: Path
) -> None:
    folder = tmp_path / "for" / "peter"
    made(shared, folder, Ear())

    assert sorted(file.name for file in folder.iterdir()) == ["01.opus", "02.opus", "pack.md"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.parent.iterdir()] == ["peter"]


def test_the_name_is_masked_in_the_text_and_bleeped_in_the_sound(shared: Material, tmp_path: Path) -> None:
    ear = Ear()
    made(shared, tmp_path / "pack", ear)

    text = (tmp_path / "pack" / "pack.md").read_text("utf-8")
    assert "Initech" not in text
    assert "> we built the billing at [employer 1] and then the search" in text
    assert is_tone(ear.sounds[0], 2.40, 3.10)
    assert not is_tone(ear.sounds[0], 1.0, 2.0)
    assert not is_tone(ear.sounds[0], 3.4, 4.4)


def test_what_is_written_is_what_was_listened_to(shared: Material, tmp_path: Path) -> None:
    ear = Ear()
    made(shared, tmp_path / "pack", ear)

    assert ear.files == ["01.opus", "02.opus"]
    written, _ = soundfile.read(tmp_path / "pack" / "02.opus", dtype="int16")
    assert np.array_equal(written, ear.sounds[1])


def test_a_name_still_heard_is_bleeped_where_it_was_heard(shared: Material, tmp_path: Path) -> None:
    ear = Ear([(Word("Initek", 4.0, 4.4, 0.9),)])
    made(shared, tmp_path / "pack", ear)

    assert ear.files == ["01.opus", "01.opus", "02.opus"]
    assert not is_tone(ear.sounds[0], 4.0, 4.4)
    assert is_tone(ear.sounds[1], 3.9, 4.5)


def test_a_name_that_only_the_check_hears_is_masked_in_every_answer(shared: Material, tmp_path: Path) -> None:
    heard = (Word("then", 3.4, 3.6, 0.9), Word("Priya", 3.7, 4.0, 0.9), Word("came.", 4.1, 4.4, 0.9))
    ear = Ear([heard])
    names = made(shared, tmp_path / "pack", ear, finder=find)

    assert [name.text for name in names.heard] == ["Priya"]
    assert is_tone(ear.sounds[1], 3.6, 4.1)


def test_a_name_to_be_kept_is_left_where_the_check_hears_it(shared: Material, tmp_path: Path) -> None:
    ear = Ear([(Word("then", 3.4, 3.6, 0.9), Word("Priya", 3.7, 4.0, 0.9))])
    names = made(shared, tmp_path / "pack", ear, Names([INITECH], ("Priya",), WORDS), find)

    assert names.heard == []
    assert ear.files == ["01.opus", "02.opus"]


def test_a_name_heard_later_is_sought_again_in_the_answers_before(shared: Material, tmp_path: Path) -> None:
    before = (Word("So", 0.6, 0.9, 0.9), Word("preya", 1.0, 1.4, 0.9))
    ear = Ear([before, (Word("met", 3.4, 3.6, 0.9), Word("Priya", 3.7, 4.0, 0.9))])
    made(shared, tmp_path / "pack", ear, finder=find)

    assert ear.files == ["01.opus", "02.opus", "02.opus", "01.opus"]
    assert is_tone(ear.sounds[-1], 0.9, 1.5)


def test_a_name_that_cannot_be_got_rid_of_stops_it_and_nothing_is_written(
    shared: Material, tmp_path: Path
) -> None:
    with pytest.raises(GreenroomError, match=r"“Initech” may still be heard in answer 1\.1"):
        made(shared, tmp_path / "out" / "pack", lambda file: (Word("Initech", 1.0, 1.4, 0.9),))

    assert not (tmp_path / "out").exists()
    assert staged(tmp_path / "out") == []


def test_in_the_end_the_whole_run_of_speech_is_bleeped(shared: Material, tmp_path: Path) -> None:
    stubborn = (Word("Initech", 1.0, 1.4, 0.9),)
    ear = Ear([stubborn] * 5)
    made(shared, tmp_path / "pack", ear)

    assert is_tone(ear.sounds[5], 0.1, 4.9)


def test_without_sound_nothing_is_listened_to(archive: Archive, shared: Material, tmp_path: Path) -> None:
    silent = material(archive, shared.session, sound=False)
    made(silent, tmp_path / "pack", None)

    assert [file.name for file in (tmp_path / "pack").iterdir()] == ["pack.md"]


def test_whatever_is_there_is_left_alone(shared: Material, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.md").write_text("old")
    with pytest.raises(GreenroomError, match="is there already"):
        made(shared, folder, Ear())

    assert [file.name for file in folder.iterdir()] == ["pack.md"]
    assert (folder / "pack.md").read_text() == "old"


def test_stopped_while_it_listens_it_leaves_nothing(shared: Material, tmp_path: Path) -> None:
    def stopped(file: Path) -> tuple[Word, ...]:
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(shared, tmp_path / "out" / "pack", stopped)

    assert not (tmp_path / "out").exists()
    assert staged(tmp_path / "out") == []


def test_what_a_killed_one_left_behind_goes_with_the_next(shared: Material, tmp_path: Path) -> None:
    left = tmp_path / "home" / "cache" / ".greenroom-share-killed"
    left.mkdir(parents=True)
    (left / "01.wav").write_bytes(b"half a pack")
    made(shared, tmp_path / "pack", Ear())

    assert staged(tmp_path / "pack") == []


def test_only_one_pack_is_made_at_a_time(shared: Material, tmp_path: Path) -> None:
    def second(file: Path) -> tuple[Word, ...]:
        with pytest.raises(GreenroomError, match="Another pack is being made"):
            made(shared, tmp_path / "other", Ear())
        return ()

    made(shared, tmp_path / "pack", second)

    assert (tmp_path / "pack" / "pack.md").is_file()
    assert not (tmp_path / "other").exists()


def test_a_pack_goes_to_another_disk_whole_and_private(
    shared: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace

    def across(self: Path, target: Path) -> Path:
        if self.parent.name == "cache":
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", across)
    made(shared, tmp_path / "usb" / "pack", Ear())

    assert sorted(file.name for file in (tmp_path / "usb" / "pack").iterdir()) == [
        "01.opus",
        "02.opus",
        "pack.md",
    ]
    assert [file.name for file in (tmp_path / "usb").iterdir()] == ["pack"]
    assert stat.S_IMODE((tmp_path / "usb" / "pack").stat().st_mode) == 0o700
    assert staged(tmp_path / "usb") == []


def test_where_nothing_can_be_written_that_is_said(shared: Material, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GreenroomError, match="cannot be written: "):
        made(shared, tmp_path / "file" / "pack", Ear())


def test_a_name_taken_out_of_the_words_by_a_correction_is_bleeped_where_it_was_heard(
    archive: Archive, shared: Material, tmp_path: Path
) -> None:
    turn = shared.turns[0]
    correct(archive, shared.session.id, turn, ANSWER.replace("Initech", "work"), (), learn=False)
    ear = Ear()
    made(material(archive, archive.session(shared.session.id)), tmp_path / "pack", ear)

    assert is_tone(ear.sounds[0], 2.40, 3.10)


def test_a_name_put_into_the_words_by_a_correction_is_bleeped_too(
    archive: Archive, shared: Material, tmp_path: Path
) -> None:
    turn = shared.turns[0]
    correct(archive, shared.session.id, turn, ANSWER.replace("billing", "Globex"), (), learn=False)
    ear = Ear()
    corrected = material(archive, archive.session(shared.session.id))
    made(corrected, tmp_path / "pack", ear, Names([Name("Globex", "name", "list")], (), WORDS))

    assert is_tone(ear.sounds[0], 1.40, 2.10)
    assert "Globex" not in (tmp_path / "pack" / "pack.md").read_text("utf-8")


def test_names_that_are_heard_without_end_stop_it(shared: Material, tmp_path: Path) -> None:
    rounds = iter(range(1000))

    def restless(file: Path) -> tuple[Word, ...]:
        return (Word(f"Zor{chr(97 + next(rounds) % 20) * 3}bex", 4.0, 4.4, 0.9),)

    with pytest.raises(GreenroomError, match="may still be heard"):
        made(shared, tmp_path / "pack", restless, finder=lambda texts: [Name(texts[0], "name", "guess")])

    assert not (tmp_path / "pack").exists()


def test_the_archive_stays_as_it_is(archive: Archive, shared: Material, tmp_path: Path) -> None:
    def state() -> dict[str, bytes]:
        files = (file for file in (tmp_path / "home").rglob("*") if file.is_file())
        return {file.name: file.read_bytes() for file in files if "cache" not in file.parts}

    before = state()
    made(shared, tmp_path / "pack", Ear())

    assert state() == before


def test_a_recording_of_a_pack_carries_nothing_but_sound(shared: Material, tmp_path: Path) -> None:
    made(shared, tmp_path / "pack", Ear())
    content = (tmp_path / "pack" / "01.opus").read_bytes()
    at = content.index(b"OpusTags") + len(b"OpusTags")
    vendor = int.from_bytes(content[at : at + 4], "little")
    tags = content[at + 4 + vendor : at + 4 + vendor + 4]

    assert soundfile.info(tmp_path / "pack" / "01.opus").channels == 1
    assert b"Initech" not in content
    assert int.from_bytes(tags, "little") <= 1, "more than the encoder is named"
    assert b"TITLE" not in content.upper()[: at + 400]


def test_commands_and_the_question_are_no_part_of_the_sound(archive: Archive, tmp_path: Path) -> None:
    session = archive.start_session("practice")
    turn = answer(archive, session, "q", "we built it", audio=True)
    soundfile.write(recording(archive, session, 1), np.full(6 * RATE, 3000, np.int16), RATE)
    archive.store_recording(
        turn.id,
        audio=f"audio/{session}/01.flac",
        timing=None,
        voiced=[Span(2.0, 3.5), Span(4.5, 5.5)],
        left_out=[Span(4.5, 5.5)],
        status="answered",
    )
    archive.question_ended(turn.id, 1.8, f"audio/{session}/01.flac")
    cut = cut_out(material(archive, archive.session(session)), 1)

    assert cut.length_s == pytest.approx(4.0 - 1.82, abs=0.01)
    assert cut.voiced == (Span(pytest.approx(0.18), pytest.approx(1.68)),)
