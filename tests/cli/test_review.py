"""The review's commands on a real archive: what they print, what they ask, what they leave alone."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import typer
from typer.testing import CliRunner, Result

from greenroom.archive import Archive
from greenroom.cli import keeping, review
from greenroom.errors import GreenroomError
from greenroom.types import Item, Transcript
from review.sample import CONFLICT

Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with session 1: two answers with audio, a skipped question, one note; and session 2: nothing."""
    with Archive.open(tmp_path) as archive:
        session = archive.start_session("practice", pack="general", company="Initech", role=None)
        for number in (1, 2, 3):
            turn = archive.start_turn(session, prompt_id="q", prompt=f"Question {number}?", part="interview")
            if number == 3:
                archive.set_turn_status(turn.id, "skipped")
                continue
            audio = f"audio/{session}/{number:02}.flac"
            path = archive.session_audio_dir(session) / f"{number:02}.flac"
            path.write_bytes(b"flac")
            archive.store_recording(turn.id, audio=audio, voiced=(), timing=CONFLICT.timing)
            said = Transcript(CONFLICT.transcript or "", CONFLICT.words, "tiny.en", "final")
            archive.store_transcript(turn.id, said, timing=None, fillers=CONFLICT.fillers, status="answered")
        archive.keep_item(session, Item("action", "Bring the numbers.", turn=2, at_s=3.0))
        archive.end_session(session, "finished")
        archive.end_session(archive.start_session("debrief"), "finished")
    return tmp_path


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """What was played: name of the file, second it began at."""
    sounds: list[tuple[str, float]] = []
    monkeypatch.setattr(
        "greenroom.cli.playback.play_file", lambda path, start_s: sounds.append((path.name, start_s))
    )
    return sounds


@pytest.fixture
def run(home: Path, played: list[tuple[str, float]], monkeypatch: pytest.MonkeyPatch) -> Run:
    wiring = ModuleType("greenroom.cli.wiring")
    wiring.open_archive = lambda recover=True: Archive.open(home)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "greenroom.cli.wiring", wiring)
    monkeypatch.setenv("COLUMNS", "80")
    app = typer.Typer(rich_markup_mode=None)
    review.register(app)
    keeping.register(app)
    return lambda *args, **kwargs: CliRunner().invoke(app, args, **kwargs)


def refused(result: Result) -> str:
    assert isinstance(result.exception, GreenroomError)
    assert result.exception.exit_code == 1
    return f"{result.exception.message} {result.exception.remedy}"


def stored(home: Path) -> list[int]:
    with Archive.open(home) as archive:
        return [summary.id for summary in archive.sessions()]


def test_list_shows_the_latest_first_and_says_when_there_are_more(run: Run) -> None:
    lines = run("list").output.splitlines()
    assert [line.split(":")[0] for line in lines if not line.startswith(" ")] == ["2", "1"]

    limited = run("list", "--limit", "1").output
    assert limited.startswith("2: debrief, ")
    assert "greenroom list --limit 5 shows more." in limited


def test_list_as_json_has_one_object_a_session(run: Run) -> None:
    rows = json.loads(run("list", "--json").output)

    assert [row["id"] for row in rows] == [2, 1]
    assert (rows[1]["turns"], rows[1]["answered"], rows[1]["company"]) == (3, 2, "Initech")
    assert len(json.loads(run("list", "--json", "--limit", "1").output)) == 1


def test_a_limit_below_one_is_wrong_usage(run: Run) -> None:
    assert run("list", "--limit", "0").exit_code == 2


def test_show_prints_a_session_plainly_when_it_is_piped(run: Run) -> None:
    output = run("show", "1").output

    assert "1.1 Question 1?\nAnswered, 1 min 24 s, thought for 2.1 s" in output
    assert "So, (um), we disagreed about the migration. (pause 2.2 s) (Uh)" in output
    assert "\x1b" not in output


def test_show_as_json_is_the_session_and_nothing_else(run: Run) -> None:
    whole = json.loads(run("show", "1", "--json").output)

    assert whole["session"]["id"] == 1
    assert [turn["status"] for turn in whole["turns"]] == ["answered", "answered", "skipped"]
    assert json.loads(run("show", "last", "--json").output)["session"]["id"] == 2


def test_show_has_the_coaching_of_each_answer_below_it(run: Run) -> None:
    output = run("show", "1").output

    assert "Pace: 142 words a minute; 140 to 160 is easy to follow (Street and Brady)" in output
    assert "Fillers: 1.4 a minute" in output
    assert output.index("1.1 Question 1?") < output.index("Fillers: 1.4 a minute") < output.index("1.2 ")
    assert output.count("Fillers: ") == 2  # the skipped question has none


def test_show_as_json_has_the_coaching_and_the_grade_of_each_answer(run: Run, home: Path) -> None:
    with Archive.open(home) as archive:
        archive.grade(1, 2, "hard", own=True)

    first, second, skipped = json.loads(run("show", "1", "--json").output)["turns"]

    assert first["timing"]["words_per_minute"] == 142
    assert first["fillers"]["count"] == 2
    assert first["coaching"]["words"] == 13
    assert first["coaching"]["verbatim"] is True
    assert first["coaching"]["voices"] == {"i": 1, "we": 1}
    assert (first["coaching"]["take"], first["coaching"]["takes"]) == (1, 2)
    assert first["grade"] is None
    assert (second["grade"]["grade"], second["grade"]["own"]) == ("hard", True)
    assert (skipped["coaching"], skipped["grade"]) == (None, None)


@pytest.mark.parametrize("command", ["show", "delete", "play"])
@pytest.mark.parametrize("name", ["99", "nonsense", "-1", "1.9"])
def test_an_unknown_session_is_refused_with_a_remedy(command: str, name: str, run: Run) -> None:
    assert refused(run(command, "--", name))


def test_search_finds_the_moment_and_takes_several_words(run: Run) -> None:
    output = run("search", "rollback", "plan").output

    assert output.startswith("1.2@0:07, answer, ")
    assert "*rollback* *plan*" in output or "*rollback plan*" in output


def test_search_as_json_gives_what_play_takes(run: Run) -> None:
    hits = json.loads(run("search", "numbers", "--json", "--limit", "1").output)

    assert [hit["moment"] for hit in hits] == ["1.2@0:03"]


def test_a_search_without_words_is_wrong_usage_and_one_without_letters_is_refused(run: Run) -> None:
    assert run("search").exit_code == 2
    assert refused(run("search", "!?"))


def test_delete_without_a_terminal_refuses_and_keeps_everything(run: Run, home: Path) -> None:
    said = refused(run("delete", "1"))

    assert "greenroom delete 1 --yes" in said
    assert stored(home) == [2, 1]
    assert (home / "audio/1/01.flac").exists()


def test_delete_with_yes_takes_rows_and_audio(run: Run, home: Path) -> None:
    assert run("delete", "1", "--yes").output == "Session 1 is deleted.\n"
    assert stored(home) == [2]
    assert not (home / "audio/1").exists()


@pytest.mark.parametrize(("reply", "left"), [("y\n", [2]), ("n\n", [2, 1]), ("\n", [2, 1])])
def test_delete_says_what_goes_and_asks(
    reply: str, left: list[int], run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.cli.keeping._can_ask", lambda: True)

    output = run("delete", "1", input=reply).output

    assert output.startswith("Session 1: rehearsal of ")
    assert ", 2 answers, 3 min of audio, 1 note.\nDelete it for good? [y/N]:" in output
    assert output.endswith("Session 1 is deleted.\n" if left == [2] else "Nothing was deleted.\n")
    assert stored(home) == left


@pytest.mark.parametrize(
    ("moment", "sounds"),
    [
        ("1.2", [("02.flac", 0.0)]),
        ("1.2@1:23", [("02.flac", 83.0)]),
        ("1", [("01.flac", 0.0), ("02.flac", 0.0)]),
    ],
)
def test_play_plays_an_answer_a_moment_or_the_whole_session(
    moment: str, sounds: list[tuple[str, float]], run: Run, played: list[tuple[str, float]]
) -> None:
    assert run("play", moment).exit_code == 0
    assert played == sounds


def test_play_says_why_there_is_nothing_to_hear(run: Run, home: Path, played: list[object]) -> None:
    assert refused(run("play", "1.3")).startswith("Turn 1.3 has no audio: it was skipped.")
    assert refused(run("play", "2")).startswith("Session 2 has no audio.")
    (home / "audio/1/01.flac").unlink()
    assert refused(run("play", "1.1")).startswith("The audio of turn 1.1 is not where it was stored")
    assert played == []


@pytest.mark.parametrize("markup", [None, "rich"])
@pytest.mark.parametrize("command", ["list", "show", "search", "play", "delete"])
def test_every_help_has_two_examples_on_lines_of_their_own(command: str, markup: str | None) -> None:
    app = typer.Typer(rich_markup_mode=markup)  # type: ignore[arg-type]
    review.register(app)
    keeping.register(app)

    lines = [line.strip() for line in CliRunner().invoke(app, [command, "--help"]).output.splitlines()]

    assert sum(line.startswith(f"greenroom {command}") for line in lines) == 2
