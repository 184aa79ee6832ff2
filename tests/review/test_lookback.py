"""The pages over all sessions, drawn and plain."""

from __future__ import annotations

from greenroom.coaching.patterns import actions, factors
from greenroom.dialogue.factors import Factor as Known
from greenroom.review.look import Look
from greenroom.review.lookback import Patterns, patterns_page
from greenroom.review.page import text_of
from greenroom.types import Item, Noted

PLAIN = Look(plain=True, columns=80)
DRAWN = Look(plain=False, columns=40)
AT = "2026-01-30T18:04:05+01:00"


def noted(kind: str, text: str, name: str | None = None) -> Noted:
    return Noted(Item(kind, text, name=name, turn=3, at_s=61.5), 12, "debrief", AT)


def test_a_factor_is_told_with_its_verdict_and_the_moment_it_was_named() -> None:
    named = factors([noted("factor", "Four\x1b[2J hours.", "tired")])
    known = Known("tired", "tired\x07ness", (), "go to bed.", ("What helps?", "Ask a friend."))
    found = Patterns(named, (), (), (), {"tired": known})
    assert [text_of(line) for line in patterns_page(found, PLAIN)] == [
        "What was behind it:",
        "- tiredness: a fluke so far, named in one debrief",
        "  12.3@1:01 Four hours. (30 January 2026)",
        "  To try: go to bed.",
        "  To look up: What helps? Ask a friend.",
        "A pattern is what was named in three debriefs or more; what was named once is a",
        "fluke so far.",
    ]


def test_what_helped_is_called_no_fluke() -> None:
    helped = factors([noted("factor", "I had slept.", "well-rested")])
    assert [text_of(line) for line in patterns_page(Patterns((), helped, (), (), {}), PLAIN)] == [
        "What helped:",
        "- well rested: once so far, named in one debrief",
        "  12.3@1:01 I had slept. (30 January 2026)",
    ]


def test_an_action_is_told_with_its_state() -> None:
    said = [noted("action", "Leave earlier."), noted("action", "Leave earlier.", "not-done")]
    page = patterns_page(Patterns((), (), actions(said), (), {}), DRAWN)
    assert [text_of(line) for line in page] == [
        "What to do differently",
        "  12.3@1:01 Leave earlier. (not done",
        "    yet, 30 January 2026)",
    ]
