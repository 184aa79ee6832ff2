"""A conversation with somebody in danger goes into nothing that is made to be passed on."""

from __future__ import annotations

from dataclasses import replace

from greenroom.review.held_back import without_danger
from greenroom.types import Item, Session, Turn


def turn(number: int, prompt_id: str) -> Turn:
    return Turn(number, number, "debrief", prompt_id, "…?", "answered", transcript="…")


SESSION = Session(
    1,
    "debrief",
    "finished",
    "2026-01-31T18:04:05+01:00",
    turns=(
        turn(1, "feeling-before"),
        turn(2, "feeling-after"),
        turn(3, "crisis-check"),
        turn(4, "crisis"),
        turn(5, "success"),
    ),
    items=(
        Item("feeling", "Calm.", turn=1, id=1),
        Item("feeling", "I want it all to end.", turn=2, id=2),
        Item("word", "dark", parent=2, id=3),
        Item("share", "mine", parent=3, id=4),
        Item("success", "I laughed with them.", turn=5, id=5),
        Item("action", "Sleep.", id=6),
    ),
)


def test_the_conversation_and_the_answer_that_led_to_it_stay_out_with_what_was_noted_from_them() -> None:
    left = without_danger(SESSION)
    assert [one.number for one in left.turns] == [1, 5]
    assert [one.text for one in left.items] == ["Calm.", "I laughed with them.", "Sleep."]


def test_a_session_without_one_stays_as_it_is() -> None:
    calm = replace(SESSION, turns=(turn(1, "feeling-before"), turn(2, "next")))
    assert without_danger(calm) is calm


def test_who_says_such_a_thing_and_stops_at_once_is_held_back_by_their_words() -> None:
    stopped = replace(turn(2, "conflict"), transcript="It went badly. I want to kill myself.")
    left = without_danger(replace(SESSION, turns=(turn(1, "feeling-before"), stopped)))
    assert [one.number for one in left.turns] == [1]
    assert [one.text for one in left.items] == ["Calm.", "I laughed with them.", "Sleep."]


def test_hard_times_that_are_over_and_ways_of_talking_are_not_held_back() -> None:
    words = ("Years ago I had suicidal thoughts, and therapy helped.", "That deadline was killing me.")
    calm = replace(
        SESSION, turns=tuple(replace(turn(at, "conflict"), transcript=text) for at, text in enumerate(words))
    )
    assert without_danger(calm) is calm
