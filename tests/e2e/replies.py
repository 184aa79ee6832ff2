"""What a person says in a whole debrief: the recorded replies of both phases, and what is to be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from e2e.words import word_error_rate
from recordings import Recorded, recorded

Kept = tuple[str, str | None, int | None]
"""The kind of an item, its name, and the number of its reply (from 1), None when it came of itself."""


@dataclass(frozen=True)
class Reply:
    """A prompt and what is said to it; `press` ends it, without a key the program has to notice."""

    prompt_id: str
    name: str
    press: str | None = "enter"

    @property
    def recording(self) -> Recorded:
        return recorded(self.name if "/" in self.name else f"replies/{self.name}")


FIRST = (
    Reply("where", "where-joe"),
    Reply("recall", "recall-joe", press=None),
    Reply("feeling-before", "debrief-01-feeling-before"),
    Reply("word-before", "word-before-joe", press=None),
    Reply("feeling-during", "debrief-02-feeling-during"),
    Reply("word-during", "word-during-joe"),
    Reply("feeling-after", "debrief-03-feeling-after"),
    Reply("word-after", "dont-know-joe"),
    Reply("gut", "six-or-seven-joe", press=None),
    Reply("turning-point", "debrief-04-turning-point"),
    Reply("turning-before", "turning-before-joe"),
    Reply("question", "debrief-05-question-one"),
    Reply("happy", "debrief-06-question-one-happy-no", press=None),
    Reply("question", "debrief-07-question-two"),
    Reply("happy", "debrief-08-question-two-happy-yes"),
    Reply("question", "debrief-09-thats-all", press=None),
    Reply("interest", "interest-joe"),
    Reply("interest-company", "commands/skip-joe", press=None),
    Reply("sleep", "sleep-joe"),
    Reply("preparation", "not-very-well-joe"),
    Reply("nerves", "go-back-joe"),
    Reply("preparation", "preparation-joe"),
    Reply("nerves", "nerves-joe"),
    Reply("arrival", "arrival-joe"),
    Reply("dress", "yes"),
    Reply("else", "dont-know-joe"),
    Reply("went-well", "debrief-10-went-well"),
    Reply("went-well", "thats-all"),
)
"""The first phase, where the company is not known."""

KEPT_FIRST: list[Kept] = [
    *(("where", None, 1), ("recall", None, 2), ("feeling", "before", 3), ("word", "before", 4)),
    *(("feeling", "during", 5), ("word", "during", 6), ("feeling", "after", 7)),
    *(("turning_point", None, 10), ("turning_point", "before", 11)),
    *(("question", None, 12), ("question", None, 14)),
    *(("mindset", "interest", 17), ("mindset", "sleep", 19), ("factor", "tired", 19)),
    *(("mindset", "preparation", 22), ("factor", "prepared", 22), ("factor", "unprepared-examples", 22)),
    *(("mindset", "nerves", 23), ("factor", "nerves", 23), ("mindset", "arrival", 24)),
    *(("factor", "late", 24), ("mindset", "dress", 25), ("success", None, 27)),
    *(("action", "thank-you", None), ("action", "second-look", None)),
]
HAPPY_FIRST = [False, True]

AGAIN = (
    Reply("playback", "yes-please-joe", press=None),
    Reply("gut", "seven-out-of-ten-joe"),
    Reply("right", "right-joe"),
    Reply("right", "debrief-09-thats-all"),
    Reply("wrong", "wrong-one-joe"),
    Reply("wrong", "wrong-two-joe"),
    Reply("wrong", "nothing-else-joe", press=None),
    Reply("stars", "one-and-two-joe", press=None),
    Reply("factor", "helped-joe"),
    Reply("change", "show-it-again-joe"),
    Reply("factor", "behind-joe"),
    Reply("share", "mostly-mine-joe"),
    Reply("change", "change-joe"),
    Reply("answers", "yes"),
    Reply("debrief-1-", "gap-answer-joe"),
    Reply("letters", "no-thank-you-joe"),
    Reply("next", "next-joe"),
)
"""The second, after a first with one unhappy question."""

KEPT_AGAIN: list[Kept] = [
    *(("right", None, 3), ("wrong", None, 5), ("wrong", None, 6)),
    *(("factor", "prepared", 9), ("action", None, 10)),
    *(("factor", "hungry", 11), ("share", "own", 12), ("action", None, 13)),
    ("next", None, 17),
]


def microphones(replies: Sequence[Reply]) -> list[str]:
    """`--mic FILE` for each."""
    return [word for reply in replies for word in ("--mic", str(reply.recording.path))]


def check_kept(
    whole: dict[str, Any], replies: Sequence[Reply], expected: Sequence[Kept], *, before: int = 0
) -> list[dict[str, Any]]:
    """The items of one sitting are these, each with the words and the moment of its reply.

    Args:
        before: turns of this session before the sitting.
    """
    turns = whole["turns"]
    items = [item for item in whole["items"] if not before or (item["turn"] or 0) > before]
    kept = [(item["kind"], item["name"], item["turn"] and item["turn"] - before) for item in items]
    assert kept == expected
    for item in items:
        if item["turn"] is None or item["turn"] - before > len(replies):
            continue  # put down by the program itself
        reply, turn = replies[item["turn"] - before - 1], turns[item["turn"] - 1]
        assert word_error_rate(reply.recording.reference, item["text"]) <= 0.4, item  # some have eight words
        assert item["at_s"] == pytest.approx(turn["words"][0]["start_s"], abs=0.05)
    return items
