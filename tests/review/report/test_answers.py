"""One turn as a part of the page."""

from __future__ import annotations

from dataclasses import replace

from greenroom.review.coached import Coaching
from greenroom.review.coached_page import below
from greenroom.review.report.answers import UNWRAPPED, answer_part, coaching_rows, silence
from greenroom.review.report.parts import CoachingRow, Sound
from greenroom.types import Answer, Span
from review.sample import CONFLICT
from review.test_coached import FEEDBACK, ONE

ANSWER = Answer(
    CONFLICT.prompt, CONFLICT.transcript or "", CONFLICT.words, (Span(2.1, 9.0),), (), CONFLICT.timing
)


def test_the_coaching_is_what_show_says_in_labels_with_their_text() -> None:
    rows = coaching_rows(below(Coaching({1: ONE}), FEEDBACK, 3, UNWRAPPED)[1])
    assert [row.label for row in rows] == [
        *("Keep", "To try", "Time", "Pace", "Fillers", "Wording", "Story", "Named", "Question", "Grade"),
    ]
    assert rows[0] == CoachingRow("Keep", "They heard what came of it. That rounds the story off.")
    story = rows[6]
    assert story.text == "Situation, action and result; not heard: task."
    assert [bullet.partition(":")[0] for bullet in story.bullets] == [
        "situation at 0",
        "action at 0",
        "result at 1",
    ]


def test_a_turn_is_told_with_the_facts_that_show_has() -> None:
    part = answer_part(3, CONFLICT, ANSWER)
    assert (part.anchor, part.moment) == ("a3-1", "3.1")
    assert part.prompt == "Tell me about a conflict with a colleague, and what came of it."
    assert [fact.replace("\u00a0", " ") for fact in part.facts] == [
        "answered",
        "1 min 24 s",
        "thought for 2.1 s",
        "142 words a minute",
        "longest pause 2.4 s",
        "2 fillers (1 uh, 1 um)",
    ]


def test_the_timeline_is_as_long_as_the_recording_where_that_is_embedded() -> None:
    heard = answer_part(3, CONFLICT, ANSWER, sound=Sound("audio/ogg", b"", 90.0))
    assert heard.timeline is not None
    assert heard.timeline.length_s == 90.0
    assert heard.timeline.stretches[0].kind == "thinking"


def test_why_there_is_no_sound_is_told() -> None:
    assert "greenroom play 3.1" in silence(3, CONFLICT, wanted=False)
    assert "not there any more" in silence(3, CONFLICT, wanted=True)
    typed = replace(CONFLICT, audio=None)
    assert silence(3, typed, wanted=True) == ""
    let_go = replace(typed, audio_removed_at="2026-06-01T10:00:00+02:00")
    assert "let go" in silence(3, let_go, wanted=True)
