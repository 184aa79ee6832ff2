"""How often somebody got to say what they wanted to leave with a panel."""

from __future__ import annotations

from greenroom.coaching.messages import Message, messages
from greenroom.types import Item, Noted


def noted(session: int, text: str, name: str) -> Noted:
    return Noted(Item("message", text, name=name), session, "debrief", "2026-01-03T18:00:00+01:00")


def test_each_is_counted_over_the_debriefs_that_asked_about_it() -> None:
    told = [noted(1, "I ship.", "landed"), noted(1, "I ask.", "missed"), noted(2, "I ship.", "missed")]
    assert messages(["I ship.", "I ask.", "I am new."], told) == (
        Message("I ship.", 1, 2),
        Message("I ask.", 0, 1),
        Message("I am new.", 0, 0),
    )
