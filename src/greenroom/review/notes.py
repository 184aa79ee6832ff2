"""What was told in a debrief, below its headings and each thing below what it hangs on, the same wherever it
is read. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from greenroom.coaching.patterns import DONE, ERRANDS
from greenroom.review import words
from greenroom.review.clean import plainly
from greenroom.types import Item, Session

DEEPEST = 6
"""Steps below a heading's own notes. What would hang deeper stands here too: a file that was brought in may
hold a chain of any length."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing told.

    Attributes:
        label: what it is where its heading does not say so, and its name: "factor, tiredness"; may be empty.
        remark: "happy with the answer"; may be empty.
        children: what hangs on it: the factors of a star, the action for a factor.
    """

    item: Item
    label: str = ""
    remark: str = ""
    children: tuple[Note, ...] = ()


def notes(session: Session, factors: Mapping[str, str]) -> list[tuple[str, list[Note]]]:
    """The session's notes below their headings, in the order in which one reads them.

    Args:
        factors: how the factors there are read, by their ids.
    """
    tops: dict[str, list[Item]] = {kind: [] for kind in words.ITEM_HEADINGS}
    below: dict[int, list[Item]] = {}
    # By an item's id: below which one its children stand, and how deep that one stands itself.
    hosts: dict[int, tuple[int, int]] = {}
    for item in _as_told(session.items, factors):
        # Only what came before can be a parent, so that no two items hide each other.
        host = None if item.parent is None else hosts.get(item.parent)
        if host is None:
            tops.setdefault(item.kind, []).append(item)
        else:
            below.setdefault(host[0], []).append(item)
        if item.id is not None:
            depth = 0 if host is None else host[1] + 1
            hosts[item.id] = host if host is not None and depth == DEEPEST else (item.id, depth)
    return [
        (_heading(kind, session.kind), [_note(item, below) for item in items])
        for kind, items in tops.items()
        if items
    ]


def _as_told(items: Sequence[Item], factors: Mapping[str, str]) -> tuple[Item, ...]:
    """The items with their factors by name, and an errand that was done here once, as done."""
    done = {item.text for item in items if item.kind == "action" and item.name == DONE}
    errands = {item.text for item in items if item.kind == "action" and item.name in ERRANDS}
    told = []
    for item in items:
        if item.kind == "factor" and item.name is not None:
            told.append(replace(item, name=factors.get(item.name, item.name)))
        elif item.kind == "action" and item.text in done & errands:
            if item.name != DONE:
                told.append(replace(item, name=DONE))
        else:
            told.append(item)
    return tuple(told)


def _heading(kind: str, session_kind: str) -> str:
    title = words.ITEM_HEADINGS.get(kind) or plainly(kind).capitalize()
    return words.REHEARSAL_HEADINGS.get(kind, title) if session_kind == "practice" else title


def _note(item: Item, below: Mapping[int, Sequence[Item]], is_child: bool = False) -> Note:
    kind = words.ITEM_KINDS.get(item.kind, plainly(item.kind)) if is_child else ""
    name = words.item_name(item.kind, item.name)
    name = plainly(item.name or "") if name is None else name
    children = below.get(item.id, ()) if item.id is not None else ()
    return Note(
        item=item,
        label=", ".join(text for text in (kind, name) if text),
        remark="" if item.happy is None else words.HAPPY[item.happy],
        children=tuple(
            _note(child, below, is_child=True)
            for child in children
            # Told in a word from the start.
            if not (child.kind == "word" and child.text == item.text.strip(" .!"))
        ),
    )
