"""Which questions a rehearsal asks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenroom.coaching.choice import Choice, by_due, by_focus

POOL = ("conflict", "weakness", "yourself", "salary", "why-us")


def test_the_most_urgent_are_asked_up_to_the_count() -> None:
    assert by_due(("salary", "elsewhere", "conflict"), POOL, (), 2) == Choice(("salary", "elsewhere"), ())


def test_too_few_due_are_made_up_from_the_pool_with_what_was_never_tried_first() -> None:
    tried = {"conflict", "salary", "elsewhere"}
    choice = by_due(("salary", "elsewhere"), POOL, tried, 5)
    assert choice == Choice(("salary", "elsewhere"), ("weakness", "yourself", "why-us"))
    assert choice.ids == ("salary", "elsewhere", "weakness", "yourself", "why-us")
    assert by_due(("salary", "elsewhere"), POOL, tried, 6).filled[-1] == "conflict"


def test_nothing_due_is_a_rehearsal_from_the_pool() -> None:
    assert by_due((), POOL, (), 3) == Choice((), ("conflict", "weakness", "yourself"))


def test_the_weakest_come_first_then_the_never_tried_then_those_without_weakness() -> None:
    weakness = {"conflict": 0.0, "weakness": 1.5, "salary": 4.0, "elsewhere": 9.0}
    choice = by_focus(weakness, POOL, {"conflict", "weakness", "salary"}, 5)
    assert choice == Choice(("salary", "weakness"), ("yourself", "why-us", "conflict"))


def test_of_the_equally_weak_the_pools_order_decides() -> None:
    weakness = {"why-us": 2.0, "yourself": 2.0, "conflict": 2.0}
    assert by_focus(weakness, POOL, weakness, 2) == Choice(("conflict", "yourself"), ())


def test_a_tried_one_that_could_not_be_measured_waits_behind_the_never_tried() -> None:
    assert by_focus({}, POOL, {"conflict"}, 5).filled == (
        "weakness",
        "yourself",
        "salary",
        "why-us",
        "conflict",
    )


ids = st.lists(st.sampled_from((*POOL, "elsewhere", "debrief-1-2")), max_size=9)


@given(ids, ids, st.sets(st.sampled_from(POOL)), st.integers(0, 8))
def test_no_question_is_asked_twice_and_never_more_than_wanted(
    due: list[str], pool: list[str], tried: set[str], count: int
) -> None:
    weakness = {one: float(place) for place, one in enumerate(due)}
    for choice in (by_due(due, pool, tried, count), by_focus(weakness, pool, tried, count)):
        assert len(choice.ids) == len(set(choice.ids)) <= count
    assert len(by_due(due, pool, tried, count).ids) == min(count, len({*due, *pool}))
    assert set(by_focus(weakness, pool, tried, count).ids) <= set(pool)
