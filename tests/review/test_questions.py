"""Questions on a page: a line each in a pipe, hanging on a terminal, clean always."""

from __future__ import annotations

import pytest

from greenroom.dialogue.packs import Pack, Question
from greenroom.review.look import Look
from greenroom.review.page import cells, text_of
from greenroom.review.questions import question_page, questions_json, questions_page

LONG = "Why would anybody want to spend twenty years in one room with the same three people?"
PACK = Pack("own", "Own\x1b[2J", "en", (Question("why", LONG), Question("how-so", "How\nso?")))
APART = Pack("theirs", "Theirs", "en", (Question("ask", "Ask me.", wording="May I?"),), apart=True)


def lines(*packs: Pack, plain: bool = False, columns: int = 50) -> list[str]:
    return [text_of(line).rstrip() for line in questions_page(packs, Look(plain=plain, columns=columns))]


def test_in_a_pipe_a_question_is_one_line_however_long() -> None:
    assert lines(PACK, plain=True) == [f"why     {LONG}", "how-so  How so?"]


def test_on_a_terminal_a_long_question_hangs_below_itself() -> None:
    assert lines(PACK) == [
        "why     Why would anybody want to spend twenty",
        "        years in one room with the same three",
        "        people?",
        "how-so  How so?",
    ]


@pytest.mark.parametrize("columns", [20, 21, 30, 80])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    wide = Pack("own", "Own", "en", (Question("a" * 60, LONG), Question("b", "漢字" * 40)))
    shown = lines(wide, APART, columns=columns)
    assert max(map(cells, shown)) <= columns
    assert "b" in "".join(shown)


def test_of_several_packs_each_has_its_title_and_one_that_stands_apart_its_boxes() -> None:
    empty = Pack("empty", "Empty", "en", ())
    assert lines(PACK, empty, APART, plain=True)[2:] == [
        "how-so  How so?",
        "",
        "Theirs (theirs)",
        "[ ] ask     May I?",
    ]


def test_a_question_is_shown_with_all_that_is_known_of_it() -> None:
    one = Question("why", "Why?", "fit", (5, 9), ("the work",), "And?", True, None, "Because.")
    assert [text_of(line) for line in question_page(PACK, one, ["mine\x07"], Look(True, 100))] == [
        "Why?",
        "fit, from the pack own; usually 5 to 9 seconds",
        "Nobody should ask this, and you need not answer. It only comes up when you name it.",
        "- the work",
        "One way to say it: Because.",
        "Then perhaps: And?",
        "What you want to say:",
        "- mine",
    ]


def test_for_programs_a_question_comes_with_the_points_that_belong_to_it() -> None:
    rows = questions_json([PACK], {"why": ("a", "b")})
    assert [(row["id"], row["pack"], row["points"]) for row in rows] == [
        ("why", "own", ["a", "b"]),
        ("how-so", "own", []),
    ]
