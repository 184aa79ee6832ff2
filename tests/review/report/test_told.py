"""Notes as a tree, ratings side by side."""

from __future__ import annotations

from dataclasses import replace

from greenroom.review.report.parts import Entry, Link, RatingRow
from greenroom.review.report.told import ratings, told
from greenroom.types import Item
from review.sample import SESSION


def test_what_hangs_on_a_note_stands_below_it_and_leads_to_its_moment() -> None:
    found = {one.heading: one.entries for one in told(SESSION, {"sleep": "tiredness"})}
    (wrong,) = found["What went wrong"]
    assert (wrong.text, wrong.starred, wrong.at) == (
        "I forgot the numbers.",
        True,
        Link("a3-4", 63.9, "3.4@1:03"),
    )
    (factor,) = wrong.children
    assert (factor.label, factor.text) == ("factor, tiredness", "I slept four hours.")
    assert factor.children == (Entry("In bed by eleven the night before.", label="action"),)


def test_a_rehearsal_has_headings_of_its_own() -> None:
    assert "Answers to take again" in {one.heading for one in told(SESSION, {})}
    debrief = replace(SESSION, kind="debrief")
    assert "Questions they asked" in {one.heading for one in told(debrief, {})}


def test_a_note_of_a_turn_that_is_not_shown_leads_nowhere() -> None:
    (only,) = told(replace(SESSION, items=(Item("success", "It went on.", turn=9),)), {})
    assert only.entries[0].at is None


def test_the_same_rating_of_both_looks_stands_side_by_side() -> None:
    rated = (
        {"phase": "first", "name": "gut", "value": 4},
        {"phase": "first", "name": "interest", "value": 8},
        {"phase": "second", "name": "gut", "value": 6},
        {"phase": None, "name": "nerves", "value": 3},
    )
    assert ratings(replace(SESSION, ratings=rated)) == (
        RatingRow("gut", (("first look", 4), ("second look", 6))),
        RatingRow("interest", (("first look", 8),)),
        RatingRow("nerves", (("", 3),)),
    )
