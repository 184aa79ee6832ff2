"""How the list of speech models reads."""

from __future__ import annotations

import pytest

from greenroom.hearing.model_cost import Cost
from greenroom.review.look import Look
from greenroom.review.models import ModelRow, models_json, models_page, taken_by_auto
from greenroom.review.page import cells, text_of

TINY = ModelRow("tiny.en", True, False, None, Cost(0.09, 0.04, 181_000_000))
BASE = ModelRow("base", True, False, 148, Cost(0.2, 0.0836, 262_400_000))
SMALL = ModelRow("small.en", True, True, 486, Cost(0.9, 0.4, 812_000_000))
SMALL_OFFERED = ModelRow("small.en", False, True, 486, Cost())
MEDIUM = ModelRow("medium.en", False, True, 1530, Cost())
PLAIN = Look(plain=True, columns=80)


def lines(*rows: ModelRow, asked: str = "auto", look: Look = PLAIN) -> list[str]:
    return [text_of(line).rstrip() for line in models_page(rows, asked, look)]


def test_the_list_tells_what_is_here_what_it_costs_and_what_would_be_better() -> None:
    assert lines(TINY, BASE, SMALL_OFFERED, MEDIUM) == [
        "On this machine",
        "  tiny.en    came along, a minute of speech in 2.4 s, 181 MB of memory",
        "* base       came along, a minute of speech in 5 s, 262 MB of memory",
        "",
        "To be had with greenroom models install NAME",
        "  small.en   486 MB to fetch",
        "  medium.en  1,530 MB to fetch",
        "",
        "Rehearsals take base: auto takes the best that keeps up with you.",
        "small.en gets more words right than base. What it costs here is measured when",
        "you install it.",
    ]


def test_a_model_that_is_too_slow_for_this_machine_is_not_taken_by_itself() -> None:
    told = lines(TINY, BASE, SMALL)

    assert (
        "  small.en   installed by you, a minute of speech in 24 s, 812 MB of memory, "
        "too slow to keep up with you" in told
    )
    assert "Rehearsals take base: auto takes the best that keeps up with you." in told
    assert told[-2:] == [
        "small.en is here too and gets more words right: greenroom transcribe writes",
        "answers down anew with it.",
    ]


def test_the_one_that_was_asked_for_is_marked_even_when_it_is_slow() -> None:
    told = lines(TINY, BASE, SMALL, asked="small.en")

    assert told[3].startswith("* small.en")
    assert told[-2:] == [
        "Rehearsals take small.en, as you asked.",
        "There is nothing better to be had than small.en.",
    ]


def test_one_that_was_asked_for_and_is_not_here_is_told_with_the_command() -> None:
    told = lines(TINY, SMALL_OFFERED, asked="small.en")

    assert " ".join(told[-2:]).endswith(
        "You asked for small.en, which is not here: greenroom models install small.en, "
        "or greenroom models use auto."
    )


def test_one_that_does_not_exist_is_told_too() -> None:
    assert lines(TINY, asked="huge")[-1] == (
        "You asked for huge, and there is no such model: greenroom models use auto."
    )


def test_a_damaged_model_says_why_and_is_not_taken() -> None:
    damaged = ModelRow("base", True, False, 148, Cost(0.1, 0.1, 1), "its digest is wrong.")
    told = lines(TINY, damaged)

    assert told[2] == "  base       came along, cannot be used: its digest is wrong."
    assert taken_by_auto([TINY, damaged]) == "tiny.en"
    assert told[4] == "Rehearsals take tiny.en: auto takes the best that keeps up with you."


def test_a_damaged_model_that_was_asked_for_is_not_said_to_be_taken() -> None:
    damaged = ModelRow("base", True, False, 148, Cost(0.1, 0.1, 1), "its digest is wrong.")
    told = lines(TINY, damaged, asked="base")

    assert told[2].startswith("  base ")
    assert told[4:] == ["You asked for base, and it cannot be used: greenroom models use auto."]
    assert [row["taken"] for row in models_json([TINY, damaged], "base")] == [False, False]


def test_one_that_was_not_tried_out_says_so() -> None:
    assert lines(ModelRow("tiny.en", True, False, None, Cost()))[1] == (
        "* tiny.en    came along, not tried out yet"
    )


def test_where_none_keeps_up_the_quickest_is_taken() -> None:
    slow = [ModelRow(name, True, False, None, Cost(2.0, 1.0, 1)) for name in ("tiny.en", "base")]

    assert taken_by_auto(slow) == "tiny.en"
    assert taken_by_auto([]) is None
    assert lines(MEDIUM)[-1].startswith("There is no speech model here.")


@pytest.mark.parametrize("columns", [20, 40, 60, 100])
def test_no_line_is_wider_than_the_screen(columns: int) -> None:
    page = models_page([TINY, BASE, SMALL, MEDIUM], "auto", Look(plain=False, columns=columns))

    assert max(cells(text_of(line)) for line in page) <= columns


def test_the_json_names_what_is_measured_with_its_unit() -> None:
    assert models_json([TINY, SMALL, MEDIUM], "auto") == [
        {
            "name": "tiny.en",
            "here": True,
            "fetched": False,
            "damaged": None,
            "megabytes_to_fetch": None,
            "speed": 0.04,
            "memory_bytes": 181_000_000,
            "keeps_up": True,
            "taken": True,
        },
        {
            "name": "small.en",
            "here": True,
            "fetched": True,
            "damaged": None,
            "megabytes_to_fetch": None,
            "speed": 0.4,
            "memory_bytes": 812_000_000,
            "keeps_up": False,
            "taken": False,
        },
        {
            "name": "medium.en",
            "here": False,
            "fetched": False,
            "damaged": None,
            "megabytes_to_fetch": 1530,
            "speed": None,
            "memory_bytes": None,
            "keeps_up": None,
            "taken": False,
        },
    ]
