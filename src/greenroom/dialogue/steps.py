"""A step of a debrief as a script file writes it: its form, its prompt, what it keeps, its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from greenroom.dialogue.page import Page

StepForm: TypeAlias = Literal[
    "open",
    "each",
    "which",
    "word",
    "rating",
    "actions",
    "messages",
    "close",
    "playback",
    "stars",
    "factors",
    "answers",
    "letters",
]
STEP_FORMS: tuple[StepForm, ...] = get_args(StepForm)
STEP_TEXTS: Mapping[StepForm, tuple[str, ...]] = {
    "rating": ("read_back", "unclear"),
    "actions": ("unclear", "done", "not_done"),
    "messages": ("unclear",),
    "close": ("let_go", "success", "last"),
    "playback": ("words", "gut"),
    "stars": ("item", "unclear"),
    "factors": (
        *(
            "about",
            "about_right",
            "named",
            "share",
            "share_unclear",
            "first_time",
            "twice",
            "pattern",
            "pattern_right",
        ),
        *("seen", "tip", "research", "change", "change_right"),
    ),
    "answers": ("question",),
    "letters": ("wanted",),
}
"""The sentences that a form of step says besides its `ask`."""
MORE_TEXTS: Mapping[StepForm, tuple[str, ...]] = {
    "close": ("list", "thank_you", "second_look"),
    "playback": (
        *("recall", "feeling_before", "feeling_during", "feeling_after"),
        *("turning_point", "turning_point_before"),
    ),
}
"""Those that a form may have: what a "close" puts on the list, and how it says so; how a "playback" says what
kind of item it reads, by the item's kind and name."""
KEEPING: tuple[StepForm, ...] = ("open", "each", "which", "word")
"""The forms that store what is told as an item of the step's own kind."""
READ_BACK = (
    *("before", "during", "after", "gut", "gut_first", "count", "happy", "turning", "success", "changes"),
)
"""What a "close" can read back, where it is known."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A yes or no asked about each thing told; `ask_unclear` when the reply was neither."""

    id: str
    ask: str
    ask_unclear: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a debrief.

    Attributes:
        form: "open" (one reply), "each" (again and again until "that's all"), "which" (one of the
            questions just answered), "word" (a reply as short as can be), "rating" (1 to 10), "actions"
            (what earlier debriefs wanted done), "messages" (what was to be left with the panel), "close"
            (what was told read back, the list, the end); and in a second look "playback", "stars",
            "factors", "answers" and "letters".
        keeps, name: the kind and name of the item that is stored; a rating is stored under `name`.
        nothing: said when there is nothing to tell; `nothing_keeps` is then kept as the item.
        essential: asked also when the time is over and the person wants to bring it to a close.
        unless: "company": left out when that is known.
        of: the step whose item this one belongs to; left out when that step kept none.
        texts: the further sentences of this form, as in `STEP_TEXTS`.
        read_back: of a "close": for each sentence the ways to say it, the fullest first.
    """

    id: str
    form: StepForm
    ask: str
    keeps: str = ""
    name: str | None = None
    private: bool = False
    hint: str | None = None
    ask_again: str | None = None
    then: FollowUp | None = None
    most: int = 30
    nothing: str | None = None
    nothing_keeps: str | None = None
    essential: bool = False
    unless: str | None = None
    of: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    read_back: tuple[tuple[str, ...], ...] = ()


def read_step(row: Page) -> Step:
    """Check one step. Raises GreenroomError naming file, line and field."""
    form = row.text("form")
    if form not in STEP_FORMS:
        raise row.wrong("form", "one of " + ", ".join(STEP_FORMS))
    most = row.values.get("most", 30)
    if type(most) is not int or not 1 <= most <= 1_000:
        raise row.wrong("most", "a whole number from 1 to 1000")
    unless = row.optional("unless")
    if unless not in (None, "company"):
        raise row.wrong("unless", "company")
    follow_up = None
    if "then" in row.values:
        then = row.table("then")
        follow_up = FollowUp(then.identifier("id"), then.text("ask"), then.text("ask_unclear"))
    texts: dict[str, str] = {}
    if form in STEP_TEXTS:
        table = row.table("texts")
        texts = {key: table.text(key) for key in STEP_TEXTS[form]}
        texts |= {key: table.text(key) for key in MORE_TEXTS.get(form, ()) if key in table.values}
    return Step(
        id=row.identifier("id"),
        form=form,
        ask=row.text("ask"),
        keeps=row.text("keeps") if form in KEEPING else "",
        name=row.text("name") if form == "rating" else row.optional("name"),
        private=row.flag("private"),
        hint=row.optional("hint"),
        ask_again=row.optional("ask_again"),
        then=follow_up,
        most=most,
        nothing=row.optional("nothing"),
        nothing_keeps=row.optional("nothing_keeps"),
        essential=row.flag("essential"),
        unless=unless,
        of=row.optional("of"),
        texts=texts,
        read_back=_read_back(row) if form == "close" else (),
    )


def _read_back(row: Page) -> tuple[tuple[str, ...], ...]:
    ways = row.values.get("read_back")
    if not isinstance(ways, list) or not all(
        isinstance(way, list) and all(isinstance(sentence, str) for sentence in way) for way in ways
    ):
        raise row.wrong("read_back", "a list of lists of texts")
    for sentence in (sentence for way in ways for sentence in way):
        try:
            sentence.format(**dict.fromkeys(READ_BACK, ""))
        except (IndexError, KeyError, ValueError):
            raise row.wrong("read_back", "texts with only {" + "}, {".join(READ_BACK) + "}") from None
    return tuple(tuple(way) for way in ways)
