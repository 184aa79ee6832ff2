"""Flukes and patterns are told apart by the rule that is told, and an action is open until it was done."""

from __future__ import annotations

from datetime import date

import pytest

from greenroom.coaching.patterns import (
    Verdict,
    actions,
    by_what_they_did,
    factors,
    lapsed,
    open_actions,
    verdict,
    well_done,
)
from greenroom.dialogue.factors import recurrence
from greenroom.types import Item, Noted


def told(session: int, kind: str, text: str, name: str | None = None) -> Noted:
    return Noted(Item(kind, text, name=name), session, "debrief", f"2026-02-{session:02}T18:00:00+01:00")


@pytest.mark.parametrize(("debriefs", "wanted"), [(1, "fluke"), (2, "twice"), (3, "pattern"), (7, "pattern")])
def test_three_debriefs_make_a_pattern(debriefs: int, wanted: Verdict) -> None:
    assert verdict(debriefs) == wanted


@pytest.mark.parametrize("debriefs", range(1, 9))
def test_the_debrief_itself_goes_by_the_same_rule(debriefs: int) -> None:
    assert verdict(debriefs) == recurrence(debriefs)


def test_a_factor_counts_once_a_debrief_with_every_source() -> None:
    noted = [
        told(1, "factor", "Four hours of sleep.", "tired"),
        told(1, "factor", "No coffee.", "tired"),
        told(2, "factor", "My hands shook.", "nerves"),
        told(3, "factor", "Up all night.", "tired"),
        told(3, "wrong", "I rambled."),
    ]
    tired, nerves = factors(noted)
    assert (tired.name, tired.verdict, tired.debriefs) == ("tired", "twice", 2)
    assert [(one.session_id, one.item.text) for one in tired.sources] == [
        (1, "Four hours of sleep."),
        (1, "No coffee."),
        (3, "Up all night."),
    ]
    assert (nerves.name, nerves.verdict, nerves.debriefs) == ("nerves", "fluke", 1)


def test_of_factors_named_as_often_the_one_told_last_comes_first_also_from_an_old_session() -> None:
    def named(row: int, session: int, name: str) -> Noted:
        item = Item("factor", name, name=name, id=row)
        return Noted(item, session, "debrief", f"2026-02-{session:02}T18:00:00+01:00")

    noted = [named(1, 1, "tired"), named(2, 2, "nerves"), named(3, 1, "late")]
    assert [factor.name for factor in factors(noted)] == ["late", "nerves", "tired"]


def test_a_factor_without_a_name_goes_by_its_own_words() -> None:
    noted = [told(1, "factor", "The  lift was stuck."), told(2, "factor", "the lift was stuck")]
    [lift] = factors(noted)
    assert (lift.name, lift.debriefs, lift.verdict) == ("the lift was stuck", 2, "twice")


def test_what_helped_is_told_apart_by_its_name_else_by_what_it_is_behind() -> None:
    def item(kind: str, id: int, name: str | None = None, parent: int | None = None) -> Noted:
        return Noted(
            Item(kind, f"{id}", name=name, id=id, parent=parent), 1, "debrief", "2026-02-01T18:00:00+01:00"
        )

    noted = [
        item("right", 1),
        item("wrong", 2),
        item("factor", 3, "prepared", 1),
        item("factor", 4, "prepared"),
        item("factor", 5, "nerves", 1),
        item("factor", 6, None, 1),
        item("factor", 7, None, 2),
        item("factor", 8, "no-more", 1),
    ]
    helped, hindered = by_what_they_did(noted, {"prepared": True, "nerves": False})
    assert [one.item.id for one in helped] == [3, 4, 6, 8]
    assert [one.item.id for one in hindered] == [5, 7]


def test_what_went_well_is_told_once_an_interview() -> None:
    smiled, asked = told(1, "success", "I smiled."), told(1, "right", "I asked back.")
    later = told(2, "right", "I smiled.")
    noted = [smiled, asked, told(1, "right", "I smiled"), told(1, "wrong", "I froze."), later]
    assert well_done(noted) == (smiled, asked, later)


@pytest.mark.parametrize(
    ("name", "today", "gone"),
    [
        ("thank-you", date(2026, 2, 15), False),
        ("thank-you", date(2026, 2, 16), True),
        ("letter", date(2026, 2, 16), True),
        (None, date(2026, 9, 1), False),
    ],
)
def test_an_errand_lapses_after_two_weeks_and_a_change_never(
    name: str | None, today: date, gone: bool
) -> None:
    [action] = actions([told(1, "action", "Write.", name)])
    assert lapsed(action, today) is gone


def test_an_action_is_open_until_a_later_debrief_hears_that_it_was_done() -> None:
    early = told(1, "action", "Leave 15 minutes earlier.")
    breath = told(1, "action", "Take a breath.")
    noted = [early, breath, told(2, "action", "leave 15 minutes earlier", "done")]
    assert [(one.source, one.state) for one in actions(noted)] == [(early, "done"), (breath, "open")]


def test_an_action_not_done_stays_the_same_action() -> None:
    early = told(1, "action", "Leave earlier.")
    [action] = actions([early, told(2, "action", "Leave earlier.", "not-done")])
    assert (action.source, action.state) == (early, "not-done")


def test_an_action_resolved_anew_is_open_again() -> None:
    again = told(3, "action", "Leave earlier.")
    [action] = actions(
        [told(1, "action", "Leave earlier."), told(2, "action", "Leave earlier.", "done"), again]
    )
    assert (action.source, action.state) == (again, "open")


def test_an_errand_belongs_to_its_own_interview() -> None:
    first, second = (told(session, "action", "Write the note.", "thank-you") for session in (1, 2))
    noted = [first, second, told(2, "action", "Write the note.", "done")]
    assert [(one.source, one.state) for one in actions(noted)] == [(first, "open"), (second, "done")]
    assert [one.source for one in open_actions(noted)] == [first]
