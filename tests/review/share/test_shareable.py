"""What of a session somebody else may be shown."""

from __future__ import annotations

from dataclasses import replace

from greenroom.review.share.shareable import items_to_share, turns_to_share
from greenroom.types import Item, Session, Turn


def turn(number: int, prompt_id: str, *, part: str = "debrief", status: str = "answered") -> Turn:
    said = f"Words of {number}."
    return Turn(number, number, part, prompt_id, "What?", status, transcript=said)  # type: ignore[arg-type]


def session(turns: list[Turn], items: list[Item] | None = None) -> Session:
    when = "2026-01-31T18:04:05+01:00"
    return Session(1, "debrief", "finished", when, turns=tuple(turns), items=tuple(items or ()))


def numbers(turns: list[Turn]) -> list[int]:
    return [turn.number for turn in turns]


def test_feelings_and_what_was_told_freely_stay_out_unless_asked_for() -> None:
    told = session(
        [
            turn(1, "recall"),
            turn(2, "feeling-before"),
            turn(3, "question"),
            turn(4, "nerves"),
            turn(5, "debrief-7-3"),
            turn(6, "conflict", part="interview"),
            turn(7, "a-step-of-tomorrow"),
        ]
    )

    assert numbers(turns_to_share(told)) == [3, 5, 6]
    assert numbers(turns_to_share(told, with_feelings=True)) == [1, 2, 3, 4, 5, 6, 7]


def test_a_talk_about_danger_and_the_answer_before_it_are_never_in_a_pack() -> None:
    told = session(
        [
            turn(1, "conflict", part="interview"),
            turn(2, "weakness", part="interview"),
            turn(3, "crisis-check"),
            turn(4, "crisis"),
            turn(5, "strength", part="interview"),
        ],
        [Item("wrong", "Said in danger.", turn=2, id=1), Item("action", "Below it.", parent=1, id=2)],
    )

    for with_feelings in (False, True):
        assert numbers(turns_to_share(told, with_feelings=with_feelings)) == [1, 5]
        assert items_to_share(told, with_feelings=with_feelings) == []


def test_only_answers_in_words_are_shared() -> None:
    told = session(
        [
            turn(1, "a", part="interview", status="skipped"),
            turn(2, "b", part="interview", status="unfinished"),
            turn(3, "c", part="interview", status="recorded"),
        ]
    )

    assert numbers(turns_to_share(told)) == [2]


def test_notes_about_feelings_stay_out_with_all_below_them() -> None:
    items = [
        Item("feeling", "I was scared.", id=1),
        Item("word", "scared", parent=1, id=2),
        Item("wrong", "I forgot the numbers.", id=3),
        Item("factor", "I had no notes.", parent=3, id=4),
        Item("mindset", "Four hours of sleep.", name="sleep", id=5),
        Item("action", "Bring notes.", parent=4, id=6),
    ]

    assert [item.id for item in items_to_share(session([], items))] == [3, 4, 6]
    assert len(items_to_share(session([], items), with_feelings=True)) == 6


def test_a_kind_of_note_that_nobody_has_looked_at_stays_out() -> None:
    items = [
        Item("where", "At their office.", id=1),
        Item("dream", "I fell.", id=2),
        Item("note", "Hm.", id=3),
    ]

    assert [item.id for item in items_to_share(session([], items))] == [1]


def test_the_name_of_the_file_that_a_recording_was_brought_in_from_is_not_told() -> None:
    brought = replace(turn(1, "imported", part="interview"), prompt="stripe_mark_final round.m4a")
    [shared] = turns_to_share(replace(session([brought]), kind="import"))

    assert (shared.prompt, shared.transcript) == ("A recorded answer", "Words of 1.")
