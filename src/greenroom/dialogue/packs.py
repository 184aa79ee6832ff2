"""The text of a pack or script file, checked and turned into questions, steps and phrases.

Reading files is wiring and happens elsewhere: here a file is its text and the name to blame. Every
complaint names file, line and field.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast, get_args

from greenroom.errors import GreenroomError

StepForm: TypeAlias = Literal["open", "each", "which"]
STEP_FORMS = ("open", "each", "which")
SpokenCommand: TypeAlias = Literal["repeat", "skip", "done", "again", "pause", "continue", "stop"]
COMMANDS: tuple[SpokenCommand, ...] = get_args(SpokenCommand)
ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
MOST_TEXT = 2_000
"""Longest text of one field, in characters: far beyond any question, short enough to be spoken."""


@dataclass(frozen=True, slots=True)
class Question:
    """A stock question. `seconds` is the range in which a good answer usually falls."""

    id: str
    text: str
    kind: str = "general"
    seconds: tuple[int, int] = (45, 120)
    covers: tuple[str, ...] = ()
    follow_up: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    id: str
    title: str
    language: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A yes or no asked about each thing told; `ask_unclear` when the reply was neither."""

    id: str
    ask: str
    ask_unclear: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a debrief.

    `form` is "open" (one reply), "each" (again and again until "that's all") or "which" (one of the
    questions just answered). `keeps` and `name` are the kind and name of the item that is stored.
    """

    id: str
    form: StepForm
    ask: str
    keeps: str
    name: str | None = None
    private: bool = False
    hint: str | None = None
    ask_again: str | None = None
    then: FollowUp | None = None
    most: int = 30
    nothing: str | None = None
    nothing_keeps: str | None = None


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


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Replies that mean one of a few things, already in lower case.

    Attributes:
        commands: what can be said to the program itself, by its meaning; each a whole utterance, the
            most usual ones first.
        courtesy: what may stand before and after a command.
        open_endings: last words after which a sentence goes on, but for the `closed_endings`.
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


def read_pack(text: str, file: str) -> Pack:
    """Check a question pack. Raises GreenroomError naming file, line and field."""
    page = _Page.parse(text, file)
    questions = tuple(_question(row) for row in page.tables("questions"))
    page.check_unique("questions", [question.id for question in questions])
    return Pack(
        id=page.identifier("id"),
        title=page.text("title"),
        language=page.text("language", default="en"),
        questions=questions,
    )


def read_debrief(text: str, file: str) -> DebriefScript:
    """Check a debrief script. Raises GreenroomError naming file, line and field."""
    page = _Page.parse(text, file)
    steps = tuple(_step(row) for row in page.tables("steps"))
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
    page = _Page.parse(text, file)
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
            )
        },
        length=sum_up.text("answer"),
        length_at_once=sum_up.text("answer_at_once"),
        pace=sum_up.text("pace"),
    )


def read_phrases(text: str, file: str) -> PhraseBook:
    """Check the phrase book. Raises GreenroomError naming file, line and field."""
    page = _Page.parse(text, file)
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
    )


def _question(row: _Page) -> Question:
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
    )


def _step(row: _Page) -> Step:
    form = row.text("form")
    if form not in STEP_FORMS:
        raise row.wrong("form", "one of " + ", ".join(STEP_FORMS))
    most = row.values.get("most", 30)
    if type(most) is not int or not 1 <= most <= 1_000:
        raise row.wrong("most", "a whole number from 1 to 1000")
    private = row.values.get("private", False)
    if not isinstance(private, bool):
        raise row.wrong("private", "true or false")
    follow_up = None
    if "then" in row.values:
        then = row.table("then")
        follow_up = FollowUp(then.identifier("id"), then.text("ask"), then.text("ask_unclear"))
    return Step(
        id=row.identifier("id"),
        form=cast("StepForm", form),
        ask=row.text("ask"),
        keeps=row.text("keeps"),
        name=row.optional("name"),
        private=private,
        hint=row.optional("hint"),
        ask_again=row.optional("ask_again"),
        then=follow_up,
        most=most,
        nothing=row.optional("nothing"),
        nothing_keeps=row.optional("nothing_keeps"),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """A table of a TOML file that remembers where it stands, so that complaints can say so.

    `name` is its [[name]] or [name], `place` counts those of the same name from 0, and `inner` is the
    rest of the name of a table inside it.
    """

    values: Mapping[str, Any]
    source: str
    file: str
    name: str = ""
    place: int = 0
    inner: str = ""

    @classmethod
    def parse(cls, text: str, file: str) -> _Page:
        try:
            return cls(tomllib.loads(text), text, file)
        except tomllib.TOMLDecodeError as error:
            raise GreenroomError(
                f"{file} is not well-formed: {error}.", "Mend that line, or remove the file."
            ) from error

    def tables(self, name: str) -> list[_Page]:
        rows = self.values.get(name)
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            raise self.complaint(f"there is no [[{name}]] in it")
        return [_Page(row, self.source, self.file, name, place) for place, row in enumerate(rows)]

    def table(self, name: str) -> _Page:
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise self.complaint(f"there is no [{name}] in it")
        inner = name if self.name else ""
        return _Page(value, self.source, self.file, self.name or name, self.place, inner)

    def check_unique(self, name: str, ids: Sequence[str]) -> None:
        for place, one in enumerate(ids):
            if one in ids[:place]:
                row = _Page({}, self.source, self.file, name, place)
                raise row.complaint(f"the id “{one}” is used twice", "id")

    def text(self, key: str, *, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value.strip() or len(value) > MOST_TEXT:
            raise self.wrong(key, f"a text of 1 to {MOST_TEXT} characters")
        return value.strip()

    def optional(self, key: str) -> str | None:
        return self.text(key) if key in self.values else None

    def texts(self, key: str, *, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.values.get(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise self.wrong(key, "a list of texts")
        return tuple(value)

    def identifier(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not ID_PATTERN.fullmatch(value):
            raise self.wrong(key, "an id: lower-case letters, digits and hyphens")
        return value

    def wrong(self, key: str, wanted: str) -> GreenroomError:
        return self.complaint(f"“{key}” must be {wanted}", key)

    def complaint(self, what: str, key: str = "") -> GreenroomError:
        line = _line_of(self.source, self.name, self.place, self.inner, key)
        return GreenroomError(f"{self.file}, line {line}: {what}.", "Mend that line, or remove the file.")


def _line_of(source: str, name: str, place: int, inner: str, key: str) -> int:
    """The line of a field: of its key where it stands, else of the head of its table, else 1."""
    lines = source.splitlines()
    start = 0
    if name:
        heads = [n for n, line in enumerate(lines) if _is_head(line, name)]
        if place < len(heads):
            start = heads[place]
        after = heads[place + 1] if place + 1 < len(heads) else len(lines)
        if inner:
            inside = (n for n in range(start, after) if _is_head(lines[n], f"{name}.{inner}"))
            start = next(inside, start)
    wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=") if key else None
    for number, line in enumerate(lines[start:], start):
        if wanted and wanted.match(line):
            return number + 1
        if number > start and _is_head(line):
            break
    return start + 1


def _is_head(line: str, name: str | None = None) -> bool:
    """Whether a line is the head of a table: of that name, or of any."""
    title = re.escape(name) if name else r"[\w.-]+"
    return bool(re.match(rf"\s*\[\[?\s*{title}\s*\]", line))
