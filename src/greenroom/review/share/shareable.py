"""What of a session may be shown to somebody else. Pure."""

from __future__ import annotations

from dataclasses import replace

from greenroom.archive.reference import parse_retake_id
from greenroom.review.held_back import without_danger
from greenroom.review.share import words as said
from greenroom.types import Item, Session, Turn

FACTS = frozenset(
    {"question", "messages", "actions", "went-well", "right", "wrong", "factor", "practice-real", "next"}
)
"""Prompts of a debrief that ask for facts. Any other may be answered with how it felt, so only these are
known to be none of it."""

NOTED_FACTS = frozenset(
    {"where", "question", "message", "right", "wrong", "factor", "share", "action", "success", "next"}
)
"""Kinds of items that are none of it, either. Any other stays out, also one that comes to be later: how it
felt and the day (feeling, word, turning_point, mindset), what was told before facts and feelings were asked
for one by one (recall), and a reply that was not understood (note)."""

ANSWERED = frozenset({"answered", "unfinished"})


def turns_to_share(session: Session, *, with_feelings: bool = False) -> list[Turn]:
    """The answers in words that may be shown, in order; never from a conversation with somebody in danger.

    Without feelings these are the answers of the interview, those given anew, and what was told as a fact.
    """
    brought_in = session.kind == "import"
    return [
        _untold(turn) if brought_in else turn
        for turn in without_danger(session).turns
        if turn.status in ANSWERED
        and (turn.transcript or "").strip()
        and (with_feelings or turn.part == "interview" or _is_fact(turn))
    ]


def _untold(turn: Turn) -> Turn:
    """Without the name of the file it was brought in from, which may say more than anybody thinks of: the
    question of an imported recording is that name."""
    return replace(turn, prompt=said.PACK_IMPORTED)


def _is_fact(turn: Turn) -> bool:
    return turn.prompt_id in FACTS or parse_retake_id(turn.prompt_id) is not None


def items_to_share(session: Session, *, with_feelings: bool = False) -> list[Item]:
    """What was noted, as far as it may be shown, in order; never from such a conversation."""
    items = without_danger(session).items
    if with_feelings:
        return [item for item in items if item.text.strip()]
    left_out: set[int | None] = set()
    kept = []
    for item in items:  # a parent is stored before its children
        if item.kind not in NOTED_FACTS or (item.parent is not None and item.parent in left_out):
            left_out.add(item.id)
        elif item.text.strip():
            kept.append(item)
    return kept
