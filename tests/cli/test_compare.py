"""`compare`: two takes of a question, read and heard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.interviewed import answered_again, interviewed
from cli.program import Run
from greenroom.archive import Archive
from review.given import answer, rehearsal


@pytest.fixture
def taken(at: Path) -> Path:
    """Two takes of one question, with sound, and one of another."""
    with Archive.open(at) as archive:
        for day, text in (("2026-11-03", "Um, we argued."), ("2026-11-10", "We had lunch, and it was fine.")):
            session = archive.start_session("practice", started_at=f"{day}T18:30:00+01:00")
            answer(archive, session, "conflict", text, audio=True)
            archive.end_session(session, "finished")
        rehearsal(archive, "2026-11-10", ("weakness", "Cake."))
    return at


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sounds: list[str] = []
    monkeypatch.setattr(
        "greenroom.cli.playback.play_file",
        lambda path, start_s: sounds.append(f"{path.parent.name}/{path.name}"),
    )
    return sounds


def test_a_question_is_compared_by_its_id_or_by_words_of_it(greenroom: Run, taken: Path) -> None:
    by_id = greenroom("compare", "conflict")
    assert (by_id.code, by_id.err) == (0, "")
    assert "1.1 Take 1 of 2: 3 November 2026\n(Um), we argued.\n" in by_id.out
    assert "2.1 Take 2 of 2: 10 November 2026\nWe had lunch, and it was fine.\n" in by_id.out
    assert by_id.out.endswith("To hear them: greenroom play 1.1, greenroom play 2.1\n")
    assert greenroom("compare", "about", "conf").out == by_id.out


def test_both_takes_are_played_one_after_the_other(greenroom: Run, taken: Path, played: list[str]) -> None:
    ran = greenroom("compare", "conflict", "--play")
    assert played == ["1/01.flac", "2/01.flac"]
    assert ran.out.endswith("1.1 About conflict?\n2.1 About conflict?\n")


def test_a_take_without_sound_is_refused_when_it_is_to_be_played(
    greenroom: Run, taken: Path, played: list[str]
) -> None:
    message, remedy = greenroom("compare", "weakness", "--play").complaint
    assert message == "Turn 3.1 has no audio: it was answered."
    assert remedy == "See what there is: greenroom show 3"


def test_other_takes_are_chosen_by_number(greenroom: Run, taken: Path) -> None:
    told = json.loads(greenroom("compare", "conflict", "--takes", "2,1", "--json").out)
    assert [one["moment"] for one in told["compared"]] == ["1.1", "2.1"]
    assert greenroom("compare", "conflict", "--takes", "1,4").complaint == (
        "There is no take 4 of this question: there are 2.",
        "Name two of them: --takes 1,2",
    )
    wrong = greenroom("compare", "conflict", "--takes", "two")
    assert (wrong.code, "write it as 2,5" in wrong.err) == (2, True)


def test_what_cannot_be_compared_is_told_with_what_to_do(greenroom: Run, at: Path, taken: Path) -> None:
    assert greenroom("compare", "leaving").complaint[1] == "greenroom practice --question leaving asks it."
    assert greenroom("compare", "cnflict").complaint[1].startswith("Did you mean conflict?")


def test_with_no_answer_yet_that_is_said(greenroom: Run, at: Path) -> None:
    assert greenroom("compare", "cake").complaint[0] == "No question has been answered yet."


def test_answers_to_a_question_of_a_debrief_are_takes(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        session = interviewed(archive)
        answered_again(archive, session, "I wanted to build things again.")
        answered_again(archive, session, "They closed, and I want to build.")
    told = json.loads(greenroom("compare", "debrief-1-2", "--json").out)
    assert [one["transcript"] for one in told["compared"]] == [
        "I wanted to build things again.",
        "They closed, and I want to build.",
    ]
