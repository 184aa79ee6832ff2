"""What never goes into anything made to be passed on: a conversation with somebody in danger."""

from __future__ import annotations

from dataclasses import replace

from greenroom.dialogue.danger import is_sure
from greenroom.types import Session

CRISIS = "crisis"
"""How the ids of the prompts of such a conversation begin."""


def without_danger(session: Session) -> Session:
    """The session without such a conversation, without the answer that led to it, and without what was noted
    from them; the very same where there is none.

    Who says such a thing and stops at once is asked nothing more, and so is who said it into a recording that
    was brought in: there only their words tell.
    """
    begun = {turn.number for turn in session.turns if turn.prompt_id.startswith(CRISIS)}
    told = {turn.number for turn in session.turns if is_sure(turn.transcript or "")}
    gone = begun | {number - 1 for number in begun} | told
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
