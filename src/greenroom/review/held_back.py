"""What never goes into anything made to be passed on: a conversation with somebody in danger."""

from __future__ import annotations

from dataclasses import replace

from greenroom.types import Session

CRISIS = "crisis"
"""How the ids of the prompts of such a conversation begin."""


def without_danger(session: Session) -> Session:
    """The session without such a conversation, without the answer that led to it, and without what was noted
    from them."""
    begun = {turn.number for turn in session.turns if turn.prompt_id.startswith(CRISIS)}
    gone = begun | {number - 1 for number in begun}
    if not gone:
        return session
    items = []
    lost: set[int | None] = set()
    for item in session.items:
        if item.turn in gone or (item.parent is not None and item.parent in lost):
            lost.add(item.id)
        else:
            items.append(item)
    turns = tuple(turn for turn in session.turns if turn.number not in gone)
    return replace(session, turns=turns, items=tuple(items))
