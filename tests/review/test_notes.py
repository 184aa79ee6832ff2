"""What was told, each below what it hangs on."""

from __future__ import annotations

from dataclasses import replace

from greenroom.review.notes import DEEPEST, Note, notes
from greenroom.types import Item
from review.sample import SESSION


def told(*items: Item, kind: str = "debrief") -> list[tuple[str, list[Note]]]:
    return notes(replace(SESSION, kind=kind, items=items), {"sleep": "tiredness"})  # type: ignore[arg-type]


def test_a_factor_hangs_on_what_went_wrong_and_an_action_on_the_factor() -> None:
    ((heading, (wrong,)),) = told(
        Item("wrong", "I forgot the numbers.", id=1),
        Item("factor", "Four hours.", name="sleep", parent=1, id=2),
        Item("action", "To bed.", parent=2, id=3),
    )
    assert heading == "What went wrong"
    (factor,) = wrong.children
    assert (factor.label, factor.item.text) == ("factor, tiredness", "Four hours.")
    assert [(one.label, one.item.text) for one in factor.children] == [("action", "To bed.")]


def test_an_item_that_hangs_on_one_that_comes_later_or_is_gone_stands_alone() -> None:
    ((_, found),) = told(
        Item("wrong", "First.", parent=2, id=1),
        Item("wrong", "Second.", id=2),
        Item("wrong", "Third.", parent=9),
    )
    assert [one.item.text for one in found] == ["First.", "Second.", "Third."]


def test_a_chain_of_any_length_is_told_to_its_end() -> None:
    chain = [Item("wrong", str(place), parent=place or None, id=place + 1) for place in range(5000)]
    ((_, (top,)),) = told(*chain)
    texts, deepest = [], 0
    waiting = [(top, 0)]
    while waiting:
        note, depth = waiting.pop()
        texts.append(note.item.text)
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in note.children]
    assert sorted(texts, key=int) == [str(place) for place in range(5000)]
    assert deepest == DEEPEST


def test_a_feeling_told_in_one_word_is_not_told_twice() -> None:
    ((_, (feeling,)),) = told(Item("feeling", "Shaky.", id=1), Item("word", "Shaky", parent=1))
    assert feeling.children == ()


def test_an_errand_that_was_done_is_told_once_and_as_done() -> None:
    ((_, found),) = told(
        Item("action", "Write to thank them.", name="thank-you", id=1),
        Item("action", "Write to thank them.", name="done", id=2),
        kind="debrief",
    )
    assert [one.label for one in found] == ["done"]
