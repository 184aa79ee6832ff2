"""How a take went, as it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from greenroom.coaching.schedule import DueQuestion
from greenroom.review.grades import Take, stored_line, take_json, take_page
from greenroom.review.look import Look
from greenroom.review.page import text_of
from greenroom.types import Advice, Grade, Graded, Turn

PLAIN = Look(plain=True, columns=100)
AT = "2026-01-30T18:04:05+01:00"
TURN = Turn(31, 1, "interview", "conflict", "A quarrel?", "answered", transcript="I listened.")
GRADED = Graded("conflict", 3, 31, 1, "hard", True, AT, AT)
PROPOSAL = Advice(grade="good", because=("whole-story", "good-pace"))
REASONS = ("the story was whole", "the pace was easy to follow")


def due_in(days: int) -> DueQuestion:
    return DueQuestion("conflict", date.today() + timedelta(days=days), "hard", True, AT, 1, 3, 1)


def day_in(days: int) -> str:
    return f"{date.today() + timedelta(days=days):%-d %B %Y}"


def told(take: Take) -> list[str]:
    return [text_of(line) for line in take_page(take, PLAIN)]


def test_an_own_grade_stands_beside_what_the_measures_say_and_why() -> None:
    assert told(Take(3, TURN, GRADED, PROPOSAL, REASONS, due_in(4))) == [
        "3.1 A quarrel?",
        "Your grade: hard (30 January 2026).",
        "Its measures say: good, because the story was whole and the pace was easy to follow.",
        f"The question comes back on {day_in(4)}.",
        "Your word counts: greenroom grade 3.1 again|hard|good|easy",
    ]


def test_a_proposed_grade_is_not_called_the_persons_own() -> None:
    proposed = replace(GRADED, grade="again", own=False)
    assert told(Take(3, TURN, proposed, Advice(grade="again"), (), due_in(0)))[1:4] == [
        "Its grade so far: not there yet (30 January 2026), by its measures.",
        "Its measures say: not there yet.",
        "The question is due: greenroom due.",
    ]


def test_nothing_known_is_said_plainly() -> None:
    assert told(Take(3, TURN, None, Advice(), (), None)) == [
        "3.1 A quarrel?",
        "It has no grade yet.",
        "Its measures propose none: there is too little to go by.",
        "Your word counts: greenroom grade 3.1 again|hard|good|easy",
    ]


@pytest.mark.parametrize(
    ("grade", "went"),
    [("again", "was not there yet"), ("hard", "was hard"), ("good", "went well"), ("easy", "went easily")],
)
def test_what_was_kept_is_said_with_the_day_it_comes_back(grade: Grade, went: str) -> None:
    take = Take(3, TURN, replace(GRADED, grade=grade), Advice(), (), due_in(1))
    assert stored_line(take) == f"Kept: 3.1 {went}. The question comes back on {day_in(1)}."


def test_what_never_comes_back_by_itself_is_only_kept() -> None:
    assert stored_line(Take(3, TURN, GRADED, Advice(), (), None)) == "Kept: 3.1 was hard."


def test_programs_get_all_of_it() -> None:
    assert take_json(Take(3, TURN, GRADED, PROPOSAL, REASONS, due_in(4))) == {
        "moment": "3.1",
        "session": 3,
        "turn": 1,
        "prompt_id": "conflict",
        "prompt": "A quarrel?",
        "grade": "hard",
        "own": True,
        "graded_at": AT,
        "proposed": {"grade": "good", "because": ["whole-story", "good-pace"], "reasons": list(REASONS)},
        "due_on": str(date.today() + timedelta(days=4)),
    }
    nothing = take_json(Take(3, TURN, None, Advice(), (), None))
    assert [nothing[key] for key in ("grade", "own", "graded_at", "due_on")] == [None] * 4
    assert nothing["proposed"] == {"grade": None, "because": [], "reasons": []}


def test_a_page_fits_a_narrow_screen_and_steers_no_terminal() -> None:
    turn = replace(TURN, prompt="Why\x1b[2J " * 20)
    page = take_page(Take(3, turn, GRADED, PROPOSAL, REASONS, due_in(4)), Look(plain=False, columns=40))
    lines = [text_of(line) for line in page]
    assert max(map(len, lines)) <= 40
    assert all(line.isprintable() for line in lines)
