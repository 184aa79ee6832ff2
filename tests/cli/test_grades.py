"""How an answer went, in one word."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.interviewed import interviewed, rehearsed, typed
from cli.program import Run
from greenroom.archive import Archive
from greenroom.types import Timing, Transcript


def day_in(days: int) -> str:
    return f"{date.today() + timedelta(days=days):%-d %B %Y}"


@pytest.fixture
def rehearsal(at: Path) -> int:
    """Two answers of today, none graded, and what else may stand in a rehearsal."""
    with Archive.open(at) as archive:
        session = archive.start_session("practice")
        typed(archive, session, "conflict", "So I asked them what they needed.", None)
        skipped = archive.start_turn(session, part="interview", prompt_id="weakness", prompt="Weak?")
        archive.set_turn_status(skipped.id, "skipped")
        spoken = archive.start_turn(session, part="interview", prompt_id="teamwork", prompt="A team?")
        archive.store_transcript(
            spoken.id,
            Transcript("We did it.", (), "tiny.en", "final"),
            timing=Timing(0.5, 2.0, 2.0, 0.0, 90.0),
            fillers=None,
            status="answered",
        )
        follow = archive.start_turn(
            session, part="interview", prompt_id="teamwork", prompt="An example?", follow_up_of=3
        )
        archive.set_turn_status(follow.id, "answered")
        typed(archive, session, "feeling", "Fine.", "first")
        archive.start_turn(session, part="interview", prompt_id="salary", prompt="Pay?")
        archive.end_session(session, "finished")
    return session


def stored(at: Path) -> list[tuple[int, str, bool]]:
    with Archive.open(at) as archive:
        return [(one.number, one.grade, one.own) for one in archive.graded()]


def test_one_word_is_kept_and_tells_when_the_question_comes_back(
    greenroom: Run, at: Path, rehearsal: int
) -> None:
    assert greenroom("grade", "1.1", "good").out == (
        f"Kept: 1.1 went well. The question comes back on {day_in(2)}.\n"
    )
    assert greenroom("grade", "last.3", "EASY").out == (
        f"Kept: 1.3 went easily. The question comes back on {day_in(8)}.\n"
    )
    assert stored(at) == [(1, "good", True), (3, "easy", True)]


def test_the_last_word_counts(greenroom: Run, at: Path, rehearsal: int) -> None:
    for word in ("easy", "not yet"):
        ran = greenroom("grade", "1.1", word)
    assert ran.out == f"Kept: 1.1 was not there yet. The question comes back on {day_in(1)}.\n"
    assert stored(at) == [(1, "again", True)]


def test_without_a_word_the_measures_propose_one_and_say_why(
    greenroom: Run, at: Path, rehearsal: int
) -> None:
    shown = greenroom("grade", "1.3").out.splitlines()
    assert shown[0] == "1.3 A team?"
    assert shown[1] == "It has no grade yet."
    assert shown[2].startswith("Its measures say: not there yet, because there was room for more")
    assert shown[-1] == "Your word counts: greenroom grade 1.3 again|hard|good|easy"
    told = json.loads(greenroom("grade", "1.3", "--json").out)
    assert (told["grade"], told["proposed"]["grade"], told["due_on"]) == (None, "again", None)
    assert "too-short" in told["proposed"]["because"]
    assert stored(at) == []  # looking is not grading


def test_what_the_measures_said_then_is_not_the_persons_word(
    greenroom: Run, at: Path, rehearsal: int
) -> None:
    with Archive.open(at) as archive:
        archive.grade(1, 1, "hard", own=False)
    assert "Its grade so far: hard" in greenroom("grade", "1.1").out
    greenroom("grade", "1.1", "good")
    assert "Your grade: good" in greenroom("grade", "1.1").out


def test_json_tells_what_was_kept(greenroom: Run, at: Path, rehearsal: int) -> None:
    told = json.loads(greenroom("grade", "1.1", "hard", "--json").out)
    assert (told["moment"], told["prompt_id"]) == ("1.1", "conflict")
    assert (told["grade"], told["own"]) == ("hard", True)
    assert told["due_on"] == str(date.today() + timedelta(days=1))


def test_an_unknown_word_is_answered_with_the_nearest(greenroom: Run, at: Path, rehearsal: int) -> None:
    ran = greenroom("grade", "1.1", "hrad")
    assert ran.code == 2
    assert "Did you mean hard?" in ran.err
    assert stored(at) == []


@pytest.mark.parametrize(
    ("take", "message", "remedy"),
    [
        ("1", "1 is a whole session", "greenroom grade 1.1 good"),
        ("1.2", "1.2 was skipped: there is no answer to grade.", "greenroom practice --question weakness"),
        ("1.4", "1.4 is a follow-up", "greenroom grade 1.3 good"),
        ("1.5", "1.5 belongs to a debrief", "greenroom show 1"),
        ("1.6", "1.6 was asked, nothing answered yet", "greenroom practice --question salary"),
        ("2.1", "2.1 belongs to a debrief", "greenroom show 2"),
        ("3.1", "3.1 is a recording you brought in", "greenroom list"),
        ("4.1", "4.1 was only to warm up.", "greenroom show 4"),
        ("1.9", "There is no turn 1.9", "greenroom show 1"),
        ("7.1", "There is no session 7", "greenroom list"),
        ("good", "“good” names no session", "12.3"),
    ],
)
def test_what_cannot_be_graded_is_said_with_what_can(
    greenroom: Run, at: Path, rehearsal: int, take: str, message: str, remedy: str
) -> None:
    with Archive.open(at) as archive:
        interviewed(archive)
        brought = archive.start_session("import")
        typed(archive, brought, "imported", "Hello.", None)
        archive.end_session(brought, "finished")
        rehearsed(archive, 0, ("warm-up", "good"))
        archive.ungrade(4, 1)
    for words in ((take,), (take, "good")):
        said, remedied = greenroom("grade", *words).complaint
        assert message in said
        assert remedy in remedied
    assert stored(at) == []


def test_a_take_of_last_week_counts_from_its_own_day(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        rehearsed(archive, 7, ("conflict", "again"))
    assert greenroom("grade", "1.1", "easy").out.endswith(f"comes back on {day_in(1)}.\n")
    assert (
        greenroom("grade", "1.1", "good").out == "Kept: 1.1 went well. The question is due: greenroom due.\n"
    )
