"""Takes stand below each other, and what others said above one's own view of the same point."""

from __future__ import annotations

from dataclasses import replace

from greenroom.review.beside import Retaken, Take, others_said, own_view, taken_again, unhappy
from greenroom.review.look import Look
from greenroom.review.page import text_of
from greenroom.types import Feedback, Item, Session, Timing, Turn

PLAIN = Look(plain=True, columns=80)
DRAWN = Look(plain=False, columns=40)

DEBRIEF = Session(
    3,
    "debrief",
    "finished",
    "2026-01-30T18:04:05+01:00",
    items=(
        Item("question", "Why us?", happy=False, turn=2, id=7),
        Item("question", "Who are you?", happy=True, turn=3, id=8),
        Item("question", "Anything else?", turn=4, id=9),
        Item("mindset", "High.", name="nerves", turn=5, at_s=61.0, id=10),
        Item("factor", "High.", name="nerves", turn=5, at_s=61.0, id=11),
        Item("wrong", "I talked about the weather.", turn=6, id=12),
    ),
    ratings=({"phase": "first", "name": "gut", "value": 4}, {"phase": "second", "name": "gut", "value": 6}),
)


def said(topic: str | None, who: str | None = "Peter", text: str = "You were calm.") -> Feedback:
    return Feedback(who, text, "2026-02-02T10:00:00+01:00", topic)


def take(session: int, text: str, timing: Timing | None = None) -> Take:
    turn = Turn(1, 1, "interview", "debrief-3-7", "Why us?", "answered", transcript=text, timing=timing)
    return Take(session, "2026-02-01T09:00:00+01:00", turn)


def test_only_unhappy_questions_are_asked_again() -> None:
    assert [(prompt_id, item.text) for prompt_id, item in unhappy(DEBRIEF)] == [("debrief-3-7", "Why us?")]


def test_a_spoken_take_tells_its_length() -> None:
    row = Retaken("debrief-3-7", DEBRIEF.items[0], None, (take(4, "To build.", Timing(1, 41.2, 40, 1, 120)),))
    assert [text_of(line) for line in taken_again([row], PLAIN)] == [
        "",
        "Answered again:",
        "- Why us?",
        "  4.1 1 February 2026, 41 s: To build.",
    ]


def test_what_was_told_with_the_question_stands_above_the_takes_and_the_second_look_is_called_so() -> None:
    told = take(3, "Why us? And I said because.")
    second = replace(take(3, "To build."), turn=replace(take(3, "To build.").turn, number=9, phase="second"))
    row = Retaken("debrief-3-7", DEBRIEF.items[0], told, (second,))
    assert [text_of(line) for line in taken_again([row], PLAIN)][2:] == [
        "- Why us?",
        "  3.1 as told in the debrief: Why us? And I said because.",
        "  3.9 second look: To build.",
    ]
    alone = replace(row, told=take(3, "Why us?"))
    assert text_of(taken_again([alone], PLAIN)[2]) == "- Why us? (3.1)"


def test_nothing_that_was_said_steers_the_terminal_or_breaks_the_page() -> None:
    item = replace(DEBRIEF.items[0], text="Why\x1b[2J us?\n")
    row = Retaken("debrief-3-7", item, None, (take(4, "To \x1b]0;x\x07build, " + "and build " * 20),))
    session = replace(DEBRIEF, feedback=(said("\x1b[31mgut", "Pe\x07ter", "Calm\u202e. " * 20),))
    for line in taken_again([row], DRAWN) + others_said(session, DRAWN):
        assert text_of(line).isprintable()
        assert len(text_of(line)) <= 40


def test_the_same_point_is_told_once_and_from_both_sides() -> None:
    session = replace(
        DEBRIEF, feedback=(said("Nerves"), said(None, None, "Well done."), said("nerves", "Ann"))
    )
    assert [text_of(line) for line in others_said(session, PLAIN)] == [
        "",
        "What others said:",
        "- nerves",
        "  Peter, 2 February 2026: You were calm.",
        "  Ann, 2 February 2026: You were calm.",
        "  You: nerves: High. (3.5@1:01)",
        "- the whole of it",
        "  somebody, 2 February 2026: Well done.",
        "  You: gut 4 (first look)",
        "  You: gut 6 (second look)",
        "  You: wrong: I talked about the weather. (3.6)",
    ]


def test_a_point_is_a_rating_a_part_of_the_debrief_or_a_word_in_it() -> None:
    assert own_view(DEBRIEF, "gut") == ["gut 4 (first look)", "gut 6 (second look)"]
    assert own_view(DEBRIEF, "weather") == ["wrong: I talked about the weather. (3.6)"]
    assert own_view(DEBRIEF, "wrong") == ["wrong: I talked about the weather. (3.6)"]
    assert own_view(DEBRIEF, "salary") == []
    assert own_view(DEBRIEF, "eat") == []  # only whole words


def test_the_programs_own_errands_are_nobodys_view() -> None:
    errands = (
        Item("action", "Write the thank-you note.", name="thank-you", id=13),
        Item("action", "Write the thank-you note.", name="done", id=14),
        Item("action", "Note down the numbers.", turn=6, id=15),
    )
    session = replace(DEBRIEF, items=DEBRIEF.items + errands)
    assert own_view(session, "note") == ["action: Note down the numbers. (3.6)"]
    assert own_view(session, "action") == ["action: Note down the numbers. (3.6)"]
