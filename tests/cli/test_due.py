"""What waits for the person: debriefs that are not over, and questions that come back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from cli.interviewed import interviewed, looked_at_again, rehearsed
from cli.program import Run
from greenroom.archive import Archive, retake_id
from greenroom.cli import data


def text_of(prompt_id: str, home: Path) -> str:
    (text,) = (one.text for pack in data.packs(home) for one in pack.questions if one.id == prompt_id)
    return text


def test_every_unfinished_debrief_is_due_and_the_last_one_goes_on_by_itself(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        for day in (3, 10, 17):
            archive.end_session(interviewed(archive, day), "interrupted")
    rows = json.loads(greenroom("due", "--json").out)
    assert [(row["kind"], row["command"]) for row in rows] == [
        ("resume", "greenroom debrief --resume"),
        ("resume", "greenroom debrief --again 2"),
        ("resume", "greenroom debrief --again 1"),
    ]


def test_a_question_comes_back_with_its_reason_and_the_most_urgent_first(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        rehearsed(archive, 3, ("conflict", "good"), ("weakness", "again"), ("salary", "easy"))
        day = f"{date.today() - timedelta(days=3):%-d %B %Y}"
    out = " ".join(greenroom("due").out.split())
    assert out == (
        "To rehearse again: "
        f"- {text_of('weakness', at)} (1.2, was not there yet on {day}, due for 2 days) "
        f"- {text_of('conflict', at)} (1.1, went well on {day}, due since yesterday) "
        "greenroom practice --due asks them, the first one first."
    )
    rows = json.loads(greenroom("due", "--json").out)
    assert [(row["kind"], row["prompt_id"], row["grade"], row["command"]) for row in rows] == [
        ("question", "weakness", "again", "greenroom practice --question weakness"),
        ("question", "conflict", "good", "greenroom practice --question conflict"),
    ]
    assert [row["due_on"] for row in rows] == [
        str(date.today() - timedelta(days=2)),
        str(date.today() - timedelta(days=1)),
    ]
    with Archive.open(at) as archive:
        rehearsed(archive, 0, ("weakness", "good"))
    assert [row["prompt_id"] for row in json.loads(greenroom("due", "--json").out)] == ["conflict"]


def test_a_question_that_a_debrief_told_of_comes_back_in_its_own_words(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        session = interviewed(archive)
        looked_at_again(archive, session)
        (unhappy,) = (item for item in archive.session(session).items if item.happy is False)
        assert unhappy.id is not None
        prompt_id = retake_id(session, unhappy.id)
        rehearsed(archive, 9, (prompt_id, "hard"))
    (row,) = (row for row in json.loads(greenroom("due", "--json").out) if row["kind"] == "question")
    assert (row["prompt_id"], row["text"]) == (prompt_id, "Why did you leave your last job?")
    greenroom("delete", "1", "--yes")
    (row,) = json.loads(greenroom("due", "--json").out)
    assert row["text"] == f"About {prompt_id}?"  # as it was asked then


def test_what_is_only_asked_by_name_never_comes_back_by_itself(greenroom: Run, at: Path) -> None:
    apart = [pack for pack in data.packs(at) if pack.apart]
    improper = [one for pack in data.packs(at) for one in pack.questions if one.improper]
    assert apart
    assert improper
    with Archive.open(at) as archive:
        rehearsed(archive, 9, (apart[0].questions[0].id, "again"), (improper[0].id, "again"))
        rehearsed(archive, 9, ("conflict", "again"))
    assert [row["prompt_id"] for row in json.loads(greenroom("due", "--json").out)] == ["conflict"]


def test_a_broken_pack_of_ones_own_hides_nothing_that_is_due(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        rehearsed(archive, 9, ("conflict", "again"))
    packs = at / "prompts" / "packs"
    packs.mkdir(parents=True)
    (packs / "mine.toml").write_text("id = ")
    assert [row["prompt_id"] for row in json.loads(greenroom("due", "--json").out)] == ["conflict"]
