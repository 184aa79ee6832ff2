"""A month made by plan from recorded answers (review/month.py): what is told of it is what its plan says."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import soundfile

from cli.program import Run
from greenroom.archive import Archive
from review.month import RECORDINGS, Plan, heard, make

pytestmark = [pytest.mark.stage, pytest.mark.xdist_group("busy")]
"""Its recordings are heard and written down first, which takes most of a minute."""

PLAN = Plan()
LAST = date.today() - timedelta(days=date.today().weekday() + 1)
"""The Sunday before this week, so that the month is over and the questions of its end are due."""


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("month")
    make(home, heard(tmp_path_factory.mktemp("heard")), LAST, PLAN)
    return home


@pytest.fixture
def at(month: Path) -> Path:
    """One home for all that is only read."""
    return month


@pytest.fixture(autouse=True)
def _by_stems(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages are looked for without a model of meaning, whether or not it is installed here."""
    monkeypatch.setattr("greenroom.meaning.is_here", lambda: False)


@pytest.fixture
def told(greenroom: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(greenroom("trends", "--json").out)
    return found


def means(told: dict[str, Any], name: str) -> list[float]:
    return [week[name] for week in told["weeks"]]


def direction(told: dict[str, Any], name: str) -> str | None:
    found: str | None = told["measures"][name]["direction"]
    return found


def test_the_month_has_five_weeks_of_eight_answers_from_monday_to_monday(told: dict[str, Any]) -> None:
    first = LAST - timedelta(days=6, weeks=4)
    assert [week["week"] for week in told["weeks"]] == [
        (first + timedelta(weeks=week)).isoformat() for week in range(5)
    ]
    assert [week["answers"] for week in told["weeks"]] == [8] * 5


def test_the_thinking_time_falls_by_a_second_a_week(told: dict[str, Any]) -> None:
    assert means(told, "thinking_s") == pytest.approx([6.0, 5.0, 4.0, 3.0, 2.0])
    assert told["measures"]["thinking_s"] == {
        "count": 40,
        "weeks": 5,
        "mean": pytest.approx(4.0),
        "direction": "down",
        "change": pytest.approx(-4.0),
    }
    assert {kind["measures"]["thinking_s"]["direction"] for kind in told["kinds"].values()} == {"down"}


def test_the_fillers_fall_to_none(told: dict[str, Any]) -> None:
    found = means(told, "fillers_per_minute")
    assert found == sorted(found, reverse=True)
    assert found[0] > 3.0
    assert found[-1] == 0.0
    assert direction(told, "fillers_per_minute") == "down"


def test_the_pace_does_not_change(told: dict[str, Any]) -> None:
    assert direction(told, "words_per_minute") == "steady"


def test_only_answers_to_the_question_that_got_its_end_become_longer(told: dict[str, Any]) -> None:
    longer = {kind: one["measures"]["answer_s"]["direction"] for kind, one in told["kinds"].items()}
    assert longer == {"behavioural": "up", "motivation": "steady", "opening": "steady", "strengths": "steady"}


def test_the_second_message_lands_from_the_third_week_on(told: dict[str, Any]) -> None:
    assert means(told, "messages_share") == [0.5, 0.5, 1.0, 1.0, 1.0]
    assert told["measures"]["messages_share"]["direction"] == "up"
    assert told["measures"]["messages_share"]["change"] == 0.5


def test_the_ratings_rise_and_the_gut_comes_out_too_low(told: dict[str, Any], greenroom: Run) -> None:
    assert means(told, "gut_first") == [3.0, 4.0, 5.0, 6.0, 7.0]
    assert means(told, "gut_second") == [5.0, 6.0, 7.0, 8.0, 8.0]
    assert (direction(told, "gut_first"), direction(told, "gut_second")) == ("up", "up")
    assert "You tend to underestimate how well it went, by 1.8." in greenroom("trends").out


def test_the_page_says_the_same_in_words(greenroom: Run) -> None:
    lines = greenroom("trends", "--plain").out.splitlines()
    assert "Thinking: 2 s to 6 s; shorter, by about 4 s." in lines
    assert "Messages: 50 % to 100 % of them landed; more land, by about 50 %." in lines
    assert any(line.startswith("Pace: ") and line.endswith("; no clear change.") for line in lines)


def test_of_its_last_two_weeks_nothing_is_claimed(greenroom: Run) -> None:
    told = json.loads(greenroom("trends", "--weeks", "2", "--json").out)
    assert means(told, "thinking_s") == pytest.approx([3.0, 2.0])
    assert {one["direction"] for one in told["measures"].values()} == {None}


def test_the_first_question_is_compared_from_its_beginning_to_its_whole_story(greenroom: Run) -> None:
    told = json.loads(greenroom("compare", "conflict", "--json").out)
    first, latest = told["compared"]
    assert (told["takes"], first["take"], latest["take"]) == (10, 1, 10)
    assert told["change"]["thinking_s"] == pytest.approx(-4.4)
    assert told["change"]["answer_s"] > 10
    assert told["change"]["fillers_per_minute"] < 0
    assert "result" not in first["measures"]["star"]
    assert "result" in latest["measures"]["star"]
    assert (first["grade"]["grade"], latest["grade"]["grade"]) == ("again", "easy")
    assert latest["transcript"].startswith(first["transcript"].split(",")[0])


def test_two_takes_of_one_week_differ_only_by_the_evening(greenroom: Run) -> None:
    told = json.loads(greenroom("compare", "weakness", "--takes", "1,2", "--json").out)
    changed = {name: value for name, value in told["change"].items() if value}
    assert changed == {"thinking_s": pytest.approx(-0.4)}


def test_what_was_left_longest_is_due_first_then_what_failed_and_nothing_that_is_at_hand(
    greenroom: Run,
) -> None:
    rows = json.loads(greenroom("due", "--json").out)
    assert [row["prompt_id"] for row in rows if row["kind"] == "question"] == ["why-this-company", "weakness"]
    assert {row["kind"] for row in rows} == {"question"}


def test_the_sound_of_an_answer_is_as_long_as_its_measures_say(month: Path) -> None:
    with Archive.open(month) as archive:
        for _, _, turn, answer in archive.answers():
            assert turn.audio is not None
            assert soundfile.info(month / turn.audio).duration == pytest.approx(
                answer.voiced[-1].end_s + 0.3, abs=0.05
            )
        assert len({turn.prompt_id for _, _, turn, _ in archive.answers()}) == len(RECORDINGS)
