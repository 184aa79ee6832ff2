"""The text of a pack or script file, checked and turned into questions, steps and phrases.

Reading files is wiring and happens elsewhere: here a file is its text and the name to blame. Every
complaint names file, line and field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from greenroom.dialogue.page import Page
from greenroom.dialogue.steps import Step, read_step

SpokenCommand: TypeAlias = Literal["repeat", "skip", "done", "again", "pause", "continue", "stop"]
COMMANDS: tuple[SpokenCommand, ...] = get_args(SpokenCommand)


UNHAPPY_PACK = "unhappy"
"""The pack that is made from debriefs; no file may have its name."""

PACK_FIELDS = ("id", "title", "language", "roles", "apart", "questions")
QUESTION_FIELDS = (
    *("id", "text", "kind", "seconds", "covers", "follow_up"),
    *("improper", "before", "wording"),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A stock question.

    Attributes:
        seconds: the range in which a good answer usually falls.
        covers: what a good answer holds.
        improper: asked in real life, though nobody should: only asked here when it is named.
        before: a sentence before it.
        wording: one way to say it, to start one's own from.
    """

    id: str
    text: str
    kind: str = "general"
    seconds: tuple[int, int] = (45, 120)
    covers: tuple[str, ...] = ()
    follow_up: str | None = None
    improper: bool = False
    before: str | None = None
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """Questions that belong together.

    Attributes:
        roles: the jobs it is for; empty when it is for none in particular.
        apart: its questions are never drawn together with those of another pack.
    """

    id: str
    title: str
    language: str
    questions: tuple[Question, ...]
    roles: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class DebriefScript:
    id: str
    title: str
    language: str
    steps: tuple[Step, ...]
    opening: str | None = None
    closing: str | None = None


@dataclass(frozen=True, slots=True)
class InterviewWords:
    """What the interviewer says between the questions; {names} are filled in by the script.

    From `again` on fixed sentences of the stage, there since version 2 of the plan.

    Attributes:
        again: before a new take of the same question.
        offer_repeat: said once into a long silence after a question.
        paused, go_on: the replies to "pause" and "continue".
        paused_quiet: why it pauses by itself: two questions in a row stayed without a sound.
        device_lost, device_back: the microphone went, and is there again.

    From `back` on since version 3: sentences of every debrief.

    Attributes:
        back, back_none: the replies to "go back".
        time_over, time_close, time_on: asked once when the time box is over, and the replies.
        crisis_check, crisis_no: asked when somebody's words may mean that they want to harm themselves, and
            the reply to a no.
        crisis, crisis_line, crisis_nobody: said when they do; a helpline of their country, where one is
            known, and whom to call in any case.
        crisis_choice, crisis_stop, crisis_on: the choice to stop or to go on, and the replies.
        open_action, open_actions: what earlier debriefs wanted done, at the start of a rehearsal.
        messages: what the person wants to leave with a panel, there too.

    Since version 4:

    Attributes:
        time_up: said when the time of a rehearsal is over before its questions are.
        welcome_minutes: instead of the welcome where the time is given.
    """

    welcome: str
    welcome_one: str
    skipped: str
    kept_for_later: str
    stopped: str
    to_debrief: str
    goodbye: str
    noted: str
    length: str
    length_at_once: str
    pace: str
    again: str
    offer_repeat: str
    paused: str
    go_on: str
    paused_quiet: str
    device_lost: str
    device_back: str
    back: str
    back_none: str
    time_over: str
    time_close: str
    time_on: str
    crisis_check: str
    crisis_no: str
    crisis: str
    crisis_line: str
    crisis_nobody: str
    crisis_choice: str
    crisis_stop: str
    crisis_on: str
    open_action: str
    open_actions: str
    messages: str
    time_up: str
    welcome_minutes: str


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Replies that mean one of a few things, already in lower case.

    Attributes:
        commands: what can be said to the program itself, by its meaning; each a whole utterance, the
            most usual ones first.
        courtesy: what may stand before and after a command.
        yes_alone: a yes when nothing else is said: "I was."
        unsure: neither yes nor no; who says it is asked once more.
        asides: what may stand around a short reply and changes nothing in it: "I think".
        go_back: back to the prompt before.
        close_now, carry_on: the replies when the time box is over, or after a crisis.
        all_of_them: every one of a list.
        mine, theirs, both: whose part it was.
        open_endings: last words after which a sentence goes on, but for the `closed_endings`.
        grades: the words for how an answer went; from the feedback's file.
    """

    thats_all: tuple[str, ...]
    nothing: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    ordinals: Mapping[str, int]
    commands: Mapping[SpokenCommand, tuple[str, ...]]
    courtesy: tuple[str, ...]
    open_endings: tuple[str, ...]
    closed_endings: tuple[str, ...]
    unsure: tuple[str, ...]
    go_back: tuple[str, ...]
    close_now: tuple[str, ...]
    carry_on: tuple[str, ...]
    all_of_them: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    both: tuple[str, ...]
    yes_alone: tuple[str, ...]
    asides: tuple[str, ...]
    grades: tuple[str, ...] = ()


def read_pack(text: str, file: str) -> Pack:
    """Check a question pack. Raises GreenroomError naming file, line and field."""
    page = Page.parse(text, file)
    page.check_known(PACK_FIELDS)
    questions = tuple(_question(row) for row in page.tables("questions"))
    page.check_unique("questions", [question.id for question in questions])
    return Pack(
        id=page.identifier("id"),
        title=page.text("title"),
        language=page.text("language", default="en"),
        questions=questions,
        roles=page.texts("roles", default=()),
        apart=page.flag("apart"),
    )


def read_debrief(text: str, file: str) -> DebriefScript:
    """Check a debrief script. Raises GreenroomError naming file, line and field."""
    page = Page.parse(text, file)
    steps = tuple(read_step(row) for row in page.tables("steps"))
    page.check_unique("steps", [step.id for step in steps])
    return DebriefScript(
        id=page.identifier("id"),
        title=page.text("title"),
        language=page.text("language", default="en"),
        opening=page.optional("opening"),
        closing=page.optional("closing"),
        steps=steps,
    )


def read_interview_words(text: str, file: str) -> InterviewWords:
    """Check the interviewer's sentences. Raises GreenroomError naming file, line and field."""
    page = Page.parse(text, file)
    sum_up = page.table("sum_up")
    return InterviewWords(
        **{
            name: page.text(name)
            for name in (
                "welcome",
                "welcome_one",
                "skipped",
                "kept_for_later",
                "stopped",
                "to_debrief",
                "goodbye",
                "noted",
                "again",
                "offer_repeat",
                "paused",
                "go_on",
                "paused_quiet",
                "device_lost",
                "device_back",
                "back",
                "back_none",
                "time_over",
                "time_close",
                "time_on",
                "crisis_check",
                "crisis_no",
                "crisis",
                "crisis_line",
                "crisis_nobody",
                "crisis_choice",
                "crisis_stop",
                "crisis_on",
                "open_action",
                "open_actions",
                "messages",
                "time_up",
                "welcome_minutes",
            )
        },
        length=sum_up.text("answer"),
        length_at_once=sum_up.text("answer_at_once"),
        pace=sum_up.text("pace"),
    )


def read_phrases(text: str, file: str) -> PhraseBook:
    """Check the phrase book. Raises GreenroomError naming file, line and field."""
    page = Page.parse(text, file)
    ordinals = page.table("ordinals").values
    for word, number in ordinals.items():
        if type(number) is not int or number < 1:
            raise page.table("ordinals").wrong(word, "a whole number from 1 on")
    commands = page.table("commands")
    return PhraseBook(
        thats_all=page.texts("thats_all"),
        nothing=page.texts("nothing"),
        yes=page.texts("yes"),
        no=page.texts("no"),
        ordinals={word: int(number) for word, number in ordinals.items()},
        commands={name: commands.texts(name) for name in COMMANDS},
        courtesy=page.texts("courtesy"),
        open_endings=page.texts("open_endings"),
        closed_endings=page.texts("closed_endings"),
        unsure=page.texts("unsure"),
        go_back=page.texts("go_back"),
        close_now=page.texts("close_now"),
        carry_on=page.texts("carry_on"),
        all_of_them=page.texts("all_of_them"),
        mine=page.texts("mine"),
        theirs=page.texts("theirs"),
        both=page.texts("both"),
        yes_alone=page.texts("yes_alone"),
        asides=page.texts("asides"),
    )


def _question(row: Page) -> Question:
    row.check_known(QUESTION_FIELDS)
    seconds = row.values.get("seconds", [45, 120])
    if not (
        isinstance(seconds, list)
        and len(seconds) == 2
        and all(type(value) is int for value in seconds)
        and 0 < seconds[0] < seconds[1]
    ):
        raise row.wrong("seconds", "two whole numbers, the smaller one first")
    return Question(
        id=row.identifier("id"),
        text=row.text("text"),
        kind=row.text("kind", default="general"),
        seconds=(seconds[0], seconds[1]),
        covers=row.texts("covers", default=()),
        follow_up=row.optional("follow_up"),
        improper=row.flag("improper"),
        before=row.optional("before"),
        wording=row.optional("wording"),
    )


def question_from_data(row: Mapping[str, Any]) -> Question:
    """A question as `dataclasses.asdict` and JSON made data of it. KeyError, TypeError: it is none."""
    low, high = row["seconds"]
    return Question(**{**row, "seconds": (low, high), "covers": tuple(row["covers"])})
