"""`delete` of several sessions, and `keep`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archive.homes import CARED, WORDS, care_for, fill, invented, parts_in
from cli.program import Run
from greenroom.archive import Archive
from greenroom.archive.database import back_up, connect
from greenroom.stage.doctor import Finding
from greenroom.types import Span, Timing, Transcript


def days_ago(days: float) -> str:
    return (datetime.now().astimezone() - timedelta(days=days)).isoformat(timespec="seconds")


def held(archive: Archive, days: float) -> int:
    session = archive.start_session("practice", started_at=days_ago(days))
    turn = archive.start_turn(session, part="interview", prompt_id="why", prompt="Why us?")
    (archive.session_audio_dir(session) / "01.flac").write_bytes(b"sound" * 300_000)
    archive.store_recording(
        turn.id,
        audio=f"audio/{session}/01.flac",
        timing=Timing(2.0, 88.0, 80.0, 1.0, 120.0),
        voiced=[Span(2.0, 90.0)],
    )
    archive.store_transcript(
        turn.id, Transcript("Because.", (), "tiny.en", "final"), timing=None, fillers=None, status="answered"
    )
    archive.end_session(session, "finished")
    archive._db.execute("UPDATE sessions SET ended_at = started_at WHERE id = ?", [session])
    return session


@pytest.fixture
def kept(at: Path) -> Path:
    """A home with three sessions: of 200, 100 and 10 days ago."""
    with Archive.open(at) as archive:
        for days in (200, 100, 10):
            held(archive, days)
    return at


def sessions(home: Path) -> list[int]:
    with Archive.open(home) as archive:
        return [one.id for one in archive.sessions()]


def audio(home: Path) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in (home / "audio").rglob("*.flac"))


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody who can be asked: says what stands in this list, where then stands what they were asked."""
    replies: list[str] = []

    def confirm(question: str) -> bool:
        reply = replies.pop(0)
        replies.append(question)
        return reply == "y"

    monkeypatch.setattr("greenroom.cli.keeping._can_ask", lambda: True)
    monkeypatch.setattr("typer.confirm", confirm)
    return replies


def test_all_before_a_day_are_deleted(greenroom: Run, kept: Path) -> None:
    day = days_ago(50)[:10]
    assert greenroom("delete", "--before", day, "--yes").out == "Deleted: 2 sessions.\n"
    assert sessions(kept) == [3]
    assert audio(kept) == ["audio/3/01.flac"]
    assert greenroom("delete", "--before", day, "--yes").out.startswith("There is no session before ")


def test_the_day_itself_stays(greenroom: Run, kept: Path) -> None:
    assert greenroom("delete", "--before", days_ago(100)[:10], "--yes").out == "Deleted: 1 session.\n"
    assert sessions(kept) == [3, 2]


def test_it_tells_what_goes_and_asks_first(greenroom: Run, kept: Path, somebody: list[str]) -> None:
    somebody.append("n")
    ran = greenroom("delete", "--before", days_ago(50)[:10])
    assert ran.out.startswith("2 sessions of ")
    assert "2 answers, 3 min spoken." in " ".join(ran.out.split())
    assert ran.out.endswith("Nothing was deleted.\n")
    assert somebody == ["Delete all of it for good?"]
    assert sessions(kept) == [3, 2, 1]


def test_everything_is_deleted_with_what_belongs_to_no_session(
    greenroom: Run, kept: Path, somebody: list[str]
) -> None:
    greenroom("messages", "set", "I ship small things early")
    somebody.append("y")
    out = " ".join(greenroom("delete", "--all").out.split())
    assert out.startswith(
        "Everything here goes: 3 sessions, 3 answers, 4 min spoken; besides these your key messages"
    )
    assert out.endswith("Everything is deleted.")
    assert sessions(kept) == []
    assert not (kept / "audio").exists()
    with Archive.open(kept) as archive:
        assert archive.message_sets() == []


@pytest.mark.parametrize("arguments", [["--all"], ["--before", "2100-01-01"], ["1"]])
def test_nobody_to_ask_and_nothing_is_deleted(arguments: list[str], greenroom: Run, kept: Path) -> None:
    if "2100-01-01" in arguments:
        arguments = ["--before", days_ago(50)[:10]]
    happened, remedy = greenroom("delete", *arguments).complaint
    assert "nobody here to ask" in happened
    assert "--yes" in remedy
    assert sessions(kept) == [3, 2, 1]


@pytest.mark.parametrize("arguments", [[], ["1", "--all"], ["--all", "--before", "2026-01-31"]])
def test_either_one_or_several_or_all(arguments: list[str], greenroom: Run, kept: Path) -> None:
    assert greenroom("delete", *arguments, "--yes").code == 2
    assert sessions(kept) == [3, 2, 1]


def test_without_a_setting_recordings_stay_for_ever(greenroom: Run, kept: Path) -> None:
    ran = greenroom("keep")
    assert ran.out.splitlines() == [
        "Recordings are kept for as long as you like: 3 recordings now (4 MB).",
        "greenroom keep --audio 90d lets older ones go; the words stay.",
    ]
    assert len(audio(kept)) == 3


def test_a_time_says_what_goes_asks_and_lets_go(greenroom: Run, kept: Path, somebody: list[str]) -> None:
    somebody.append("y")
    out = " ".join(greenroom("keep", "--audio", "90d").out.split())
    assert out.startswith(
        "These go now, and others at each start: 2 recordings, 3 min of audio, 3 MB, of sessions before "
    )
    assert "Their words, times and notes stay" in out
    assert out.endswith("Recordings are kept for 90 days from now on. Let go: 2 recordings.")
    assert somebody == ["Keep recordings for 90 days only?"]
    assert audio(kept) == ["audio/3/01.flac"]
    assert sessions(kept) == [3, 2, 1]
    assert (kept / "config.toml").read_text() == 'keep_audio = "90d"\n'
    shown = " ".join(greenroom("show", "1").out.split())
    assert "Because." in shown
    assert "its recording was let go on" in shown
    happened, _ = greenroom("play", "1.1").complaint
    assert happened.startswith("The recording of 1.1 was let go on ")
    assert greenroom("keep").out.splitlines()[0] == (
        "Recordings are kept for 90 days; 1 recording now (2 MB), 2 let go so far."
    )


def test_who_says_no_keeps_everything(greenroom: Run, kept: Path, somebody: list[str]) -> None:
    somebody.append("n")
    assert greenroom("keep", "--audio", "90d").out.endswith("Nothing was changed.\n")
    assert len(audio(kept)) == 3
    assert not (kept / "config.toml").exists()


def test_nobody_to_ask_and_no_recording_goes(greenroom: Run, kept: Path) -> None:
    happened, remedy = greenroom("keep", "--audio", "12w").complaint
    assert "Nothing was changed" in happened
    assert remedy.endswith("greenroom keep --audio 12w --yes")
    assert len(audio(kept)) == 3


def test_what_grows_old_later_goes_at_the_next_start_whatever_that_is(greenroom: Run, kept: Path) -> None:
    assert greenroom("keep", "--audio", "1y").code == 0
    assert len(audio(kept)) == 3
    (kept / "config.toml").write_text('# mine\nkeep_audio = "150d"\n')
    ran = greenroom("list")
    assert ran.err == "Let go, as keep --audio 150d asks: 1 recording. The words stay.\n"
    assert audio(kept) == ["audio/2/01.flac", "audio/3/01.flac"]
    assert greenroom("list").err == ""


def test_for_ever_is_set_without_a_question_and_the_rest_of_the_file_stays(
    greenroom: Run, kept: Path
) -> None:
    (kept / "config.toml").write_text('# mine\nkeep_audio = "2y"  # two\ncount = 3\n')
    assert greenroom("keep", "--audio", "forever").out == (
        "Recordings are kept for as long as you like from now on.\n"
    )
    assert (kept / "config.toml").read_text() == '# mine\nkeep_audio = "forever"  # two\ncount = 3\n'


def test_a_broken_config_lets_nothing_go(greenroom: Run, kept: Path) -> None:
    (kept / "config.toml").write_text('keep_audio = "1d"\ncount = [')
    assert greenroom("list").code == 0
    assert len(audio(kept)) == 3


@pytest.mark.parametrize("time", ["soon", "0d", "90", "-3d"])
def test_what_is_no_time_is_wrong_usage(time: str, greenroom: Run, kept: Path) -> None:
    ran = greenroom("keep", "--audio", time)
    assert ran.code == 2
    assert "is no time" in ran.err


def test_the_doctor_is_asked_with_how_long_recordings_are_kept(
    greenroom: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def examine(home: Path, *, audio_kept: object, **others: object) -> Iterator[Finding]:
        seen.append(audio_kept)
        yield from ()

    monkeypatch.setattr("greenroom.stage.doctor.examine", examine)
    greenroom("doctor")
    greenroom("keep", "--audio", "1y")
    greenroom("doctor")
    assert seen == [None, ("1 year", 365)]


@pytest.fixture
def worded(at: Path) -> tuple[Path, dict[int, list[str]]]:
    """A home with three sessions of which every word is nobody else's: of 200, 100 and 10 days ago."""
    chance = random.Random(6)
    words = {number: [invented(chance) for _ in range(WORDS + CARED)] for number in (1, 2, 3)}
    with Archive.open(at) as archive:
        for number, days in zip(words, (200, 100, 10), strict=True):
            fill(archive, words[number][:WORDS], days_ago(days))
            care_for(archive, at, number, words[number][WORDS:])
            archive._db.execute("UPDATE sessions SET ended_at = started_at WHERE id = ?", [number])
        with closing(connect(at / "greenroom.db")) as db:
            back_up(db, at, "m009_later")
    return at, words


@pytest.mark.parametrize(
    ("arguments", "stay"),
    [(["2"], {1, 3}), (["last"], {1, 2}), (["--before", "50"], {3}), (["--all"], set())],
)
def test_what_is_deleted_is_in_no_byte_of_the_home(
    arguments: list[str], stay: set[int], greenroom: Run, worded: tuple[Path, dict[int, list[str]]]
) -> None:
    home, words = worded
    chosen = [days_ago(50)[:10] if one == "50" else one for one in arguments]
    ran = greenroom("delete", *chosen, "--yes")
    assert (ran.code, ran.err) == (0, "")
    for number in words:
        assert parts_in(home, words[number]) == (words[number] if number in stay else [])


def test_what_goes_is_named_with_the_files_made_of_it(
    greenroom: Run, worded: tuple[Path, dict[int, list[str]]], somebody: list[str]
) -> None:
    somebody.append("n")
    assert "These files made of it go too: exports/2/session.md." in greenroom("delete", "2").out
    somebody[:] = ["n"]
    told = " ".join(greenroom("delete", "--all").out.split())
    assert "exports/1/session.md, exports/2/session.md, exports/3/session.md." in told
    assert (worded[0] / "exports" / "2" / "session.md").exists()


def test_a_recording_let_go_is_in_no_byte_of_the_home_and_its_words_are(
    greenroom: Run, worded: tuple[Path, dict[int, list[str]]]
) -> None:
    home, words = worded
    assert greenroom("keep", "--audio", "90d", "--yes").code == 0
    sound = {number: words[number][5] for number in words}
    assert parts_in(home, list(sound.values())) == [sound[3]]
    rest = [word for number in words for word in words[number] if word not in sound.values()]
    assert parts_in(home, rest) == rest


def test_a_delete_that_was_killed_is_finished_by_the_next_command(
    greenroom: Run, worded: tuple[Path, dict[int, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, words = worded

    def dies(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("greenroom.archive.erasure._scrub", dies)
        assert greenroom("delete", "2", "--yes").code == 130
    assert parts_in(home, words[2]) != []
    ran = greenroom("list")
    assert ran.err == "The delete that was interrupted is finished now.\n"
    assert parts_in(home, words[2]) == []
    assert greenroom("list").err == ""


def test_who_wants_to_keep_more_loses_nothing_to_the_setting_they_change(greenroom: Run, kept: Path) -> None:
    (kept / "config.toml").write_text('keep_audio = "30d"\n')
    assert greenroom("keep", "--audio", "forever").code == 0
    assert greenroom("list").err == ""
    assert len(audio(kept)) == 3
