"""How the interviewer behaves: friendly, neutral or brisk; the warm-up and the dress rehearsal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, get_args

from greenroom.dialogue.feedback import sentence, variants
from greenroom.dialogue.packs import InterviewWords, Question
from greenroom.dialogue.page import Page

MannerName: TypeAlias = Literal["friendly", "neutral", "brisk"]

WARM_UP = "warm-up"
"""The id of a warm-up's question, whichever it is."""
WARM_UP_SECONDS = (5, 60)
"""A sentence or two will do, and nobody is held to it."""

LONGEST_BREATH_S = 3.0
"""A longer silence before a question would be taken for a fault."""

OVERRIDES: Mapping[str, frozenset[str]] = {
    "welcome": frozenset({"count"}),
    "welcome_minutes": frozenset({"minutes"}),
    **dict.fromkeys(
        ("welcome_one", "skipped", "kept_for_later", "stopped", "to_debrief", "goodbye", "noted", "again"),
        frozenset[str](),
    ),
    **dict.fromkeys(("offer_repeat", "paused", "go_on", "paused_quiet", "time_up"), frozenset[str]()),
}
"""The sentences of `InterviewWords` that a manner may put in its own way, and what fills them in."""


@dataclass(frozen=True, slots=True)
class Manner:
    """A way to behave.

    Attributes:
        breath_s: the silence left before a question.
        words: sentences in the place of those of `InterviewWords`, by their names.
        acknowledged: said after an answer when nothing else is; may be empty.
        onwards: said before the next question; may be empty.
    """

    name: MannerName
    title: str
    breath_s: float
    words: Mapping[str, str]
    acknowledged: tuple[str, ...]
    onwards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manners:
    """All of them, and what they share.

    Attributes:
        warm_up: easy questions before the first; one of them is asked.
        warm_up_line, warm_up_after: said before it, and after its answer.
        dress_rehearsal: said at the beginning of one.
    """

    manners: Mapping[MannerName, Manner]
    warm_up: tuple[Question, ...]
    warm_up_line: str
    warm_up_after: str
    dress_rehearsal: str


def in_manner(words: InterviewWords, manner: Manner) -> InterviewWords:
    """The interviewer's sentences in this manner."""
    return replace(words, **manner.words)


def acknowledged(manner: Manner, n: int) -> str | None:
    """What is said after an answer when nothing else is; `n` counts the answers."""
    return _one_of(manner.acknowledged, n)


def onwards(manner: Manner, n: int) -> str | None:
    """What is said before the next question."""
    return _one_of(manner.onwards, n)


def warm_up(manners: Manners, n: int) -> Question:
    """An easy question; with the session's number for `n`, the next session has another one."""
    return manners.warm_up[n % len(manners.warm_up)]


def _one_of(ways: tuple[str, ...], n: int) -> str | None:
    return ways[n % len(ways)] if ways else None


def read_manners(text: str, file: str) -> Manners:
    """Check the manners. Raises GreenroomError naming file, line and field."""
    page = Page.parse(text, file)
    warm, dress, manners = (page.table(name) for name in ("warm_up", "dress_rehearsal", "manners"))
    return Manners(
        manners={name: _manner(name, manners.table(name)) for name in get_args(MannerName)},
        warm_up=tuple(
            Question(WARM_UP, asked, WARM_UP, WARM_UP_SECONDS)
            for asked in variants(warm, "questions", fewest=1)
        ),
        warm_up_line=sentence(warm, "line"),
        warm_up_after=sentence(warm, "after"),
        dress_rehearsal=sentence(dress, "line"),
    )


def _manner(name: MannerName, page: Page) -> Manner:
    breath_s = page.values.get("breath_s")
    if not isinstance(breath_s, int | float) or not 0 <= breath_s <= LONGEST_BREATH_S:
        raise page.wrong("breath_s", f"a number of seconds from 0 to {LONGEST_BREATH_S:g}")
    own = {"title", "breath_s", "acknowledged", "onwards"}
    for key in page.values:
        if key not in own and key not in OVERRIDES:
            raise page.complaint(f"“{key}” is no sentence that a manner has", key)
    return Manner(
        name=name,
        title=page.text("title"),
        breath_s=float(breath_s),
        words={key: sentence(page, key, figures) for key, figures in OVERRIDES.items() if key in page.values},
        acknowledged=variants(page, "acknowledged", fewest=0),
        onwards=variants(page, "onwards", fewest=0),
    )


def manner_from_data(row: Mapping[str, Any]) -> Manner:
    """The manner as `dataclasses.asdict` and JSON made data of it. KeyError, TypeError: it is none."""
    return Manner(**{**row, "acknowledged": tuple(row["acknowledged"]), "onwards": tuple(row["onwards"])})
