"""What passes between a script and the stage.

A script is a generator. It yields acts and, for an `Ask`, is sent a `Heard`; for every other act it is
sent None. It may look at nothing but its plan and what it is sent, so that feeding it the same log
brings it to the same place.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from greenroom.types import Advice, Grade, Item, Part, Timing

Command: TypeAlias = Literal["stop", "again"]
"""A wish that changes the course of the dialogue: leave it, or answer the same prompt anew. Repeating,
pausing and skipping stay on the stage."""

Expects: TypeAlias = Literal[
    "yes-no", "number", "check", "word", "that-is-all", "one", "some", "whose", "close-or-on", "grade"
]
"""What a short reply to a prompt can be:
    yes-no       yes or no
    number       a number from 1 to 10             check        yes or no, or a better number
    word         a word for a feeling              that-is-all  the end of a list that is told one by one
    one, some    one of a list, or several         whose        mine, theirs or both
    close-or-on  to an end, or on                grade        again, hard, good or easy
"""


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence to the person, no reply expected.

    Attributes:
        fixed: the wording comes from a pack or script file, so its sound may be cached; False as soon
            as it holds the person's own words or figures.
        private: not to be said aloud with `--discreet`.
        leaves: the person leaves with it, as with the command "stop": the prompt before waits for them.
        shown_only: for the screen, and never said aloud.
    """

    text: str
    fixed: bool = True
    private: bool = False
    leaves: bool = False
    shown_only: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A prompt that wants an answer. Every `Ask` performed becomes a turn.

    Attributes:
        prompt_id: the id of the question or debrief step, stable across versions.
        part: whether it belongs to the interview or to the debrief.
        phase: "first" or "second" within a debrief of a real interview, else None.
        take: 1, or more when the same question is answered again.
        follow_up_of: the number of the turn this follows up, if any.
        hint: one short line for the screen only ("Say “that's all” when there are no more.").
        again: the person has just heard it and wants a new take: shown, not read aloud once more.
        expects: the short reply that it can have; None leaves the person all the time there is.
        strict: as in a real interview: no keys, and no spoken command but to stop.
    """

    prompt_id: str
    text: str
    part: Part
    phase: str | None = None
    take: int = 1
    follow_up_of: int | None = None
    hint: str | None = None
    fixed: bool = True
    private: bool = False
    again: bool = False
    expects: Expects | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Keep:
    """Something worth a row of its own: store it, nothing is said.

    Attributes:
        key: names the item within its script.
        parent_key: the key of the item it belongs to.
    """

    item: Item
    key: str | None = None
    parent_key: str | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure from 1 to 10 the person gave; rating the same again replaces it."""

    name: str
    value: int
    phase: str | None


@dataclass(frozen=True, slots=True)
class Star:
    """The item kept under this key is one of those that mattered."""

    key: str


@dataclass(frozen=True, slots=True)
class Mark:
    """How the take in this turn went.

    Attributes:
        own: the person said so; else it is what the measures propose.
    """

    turn: int
    grade: Grade
    own: bool


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The person went back: the latest so many of what was kept, rated and starred were not so."""

    count: int


Act: TypeAlias = Say | Ask | Keep | Rate | Star | Mark | TakeBack


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back for an `Ask`.

    Attributes:
        turn: the number of the turn in its session.
        status: "answered", "recorded" (the words are not there yet), "skipped" or "unfinished".
        text: the transcript, empty when nothing was said.
        timing: None when nothing was said or the answer was typed.
        first_word_s: where the first word begins on the recording's clock.
        command: "stop" when the person wants to leave, "again" for a new take, else None.
        elapsed_s: how long the session has taken up to then, without its pauses.
        advice: what the measures of an interview's answer come to; None for other prompts.
    """

    turn: int
    status: Literal["answered", "recorded", "skipped", "unfinished"]
    text: str = ""
    timing: Timing | None = None
    first_word_s: float | None = None
    command: Command | None = None
    elapsed_s: float = 0.0
    advice: Advice | None = None


Script: TypeAlias = Generator[Act, Heard | None, None]
