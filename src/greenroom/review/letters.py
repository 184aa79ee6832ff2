"""Letters after an interview: templates that are data, filled with the person's own words. No model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter

from greenroom.archive import retake_id
from greenroom.coaching.patterns import DONE, ERRANDS
from greenroom.dialogue.page import Page
from greenroom.review import figures
from greenroom.review.asked import asked, without_fillers
from greenroom.review.clean import clean
from greenroom.types import Item, Session, Turn

SENTENCES = 2
"""Of the better answer: a note is read in half a minute, a longer one sounds like a defence."""

FIELDS = {"about", "company", "role", "day", "stumble", "better"}
"""What a template may name in braces."""

SHORT_NAME = 4
"""Letters of a company's name up to which its small letters may be another word: Next, Arm, Gap, Uber."""

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_APOLOGY = re.compile(r"\b(?:sorry|apolog\w+|forgive)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`otherwise` stands in its place when nobody told what the text names; without one it is left out."""

    text: str
    otherwise: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of letter. `nameless`: the company's name is left out of what is quoted in it."""

    id: str
    subject: str
    paragraphs: tuple[Paragraph, ...]
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class Templates:
    """All letters, and how the job is called in them, by what is known of it.

    Attributes:
        some_company: stands for the company's name where that is left out.
    """

    about: str
    about_role: str
    about_company: str
    about_nothing: str
    some_company: str
    letters: Mapping[str, Template]


def read_letters(text: str, file: str) -> Templates:
    """Check a file of templates. Raises GreenroomError naming file, line and field."""
    page = Page.parse(text, file)
    letters = [_template(row) for row in page.tables("letters")]
    page.check_unique("letters", [one.id for one in letters])
    return Templates(
        about=page.text("about"),
        about_role=page.text("about_role"),
        about_company=page.text("about_company"),
        about_nothing=page.text("about_nothing"),
        some_company=page.text("some_company"),
        letters={one.id: one for one in letters},
    )


def _template(row: Page) -> Template:
    for text in (row.text("subject"), *(one.text("text") for one in row.tables("paragraphs"))):
        unknown = _named(text) - FIELDS
        if unknown:
            raise row.complaint(f"{{{min(unknown)}}} is nothing a letter knows")
    return Template(
        row.identifier("id"),
        row.text("subject"),
        tuple(Paragraph(one.text("text"), one.optional("otherwise")) for one in row.tables("paragraphs")),
        row.flag("nameless"),
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """A draft.

    Attributes:
        stumble: the question it is about; None when every answer was a happy one.
        answered: whether there was a better answer to take its words from.
    """

    text: str
    stumble: str | None
    answered: bool


def draft(templates: Templates, kind: str, session: Session, takes: Sequence[Turn]) -> Letter:
    """A letter about an interview, from its debrief.

    Args:
        takes: the answers given since to the questions of this debrief, the oldest first.
    """
    template = templates.letters[kind]
    item, better = _stumble(session, takes)
    known = {
        "about": _about(templates, session),
        # A letter is written soon after: nobody would put the year in it.
        "day": figures.day(session.started_at, date.fromisoformat(session.started_at[:10])),
        "company": clean(session.company or ""),
        "role": clean(session.role or ""),
        "stumble": asked(item.text) if item else "",
        "better": better,
    }
    if template.nameless and session.company:
        for name in ("stumble", "better"):
            known[name] = _without(known[name], session.company, templates.some_company)
    known = {name: text for name, text in known.items() if text}
    paragraphs = [
        one.text if _named(one.text) <= known.keys() else one.otherwise for one in template.paragraphs
    ]
    texts = [f"Subject: {template.subject}", *(text for text in paragraphs if text)]
    body = "\n\n".join(text.format(**known) for text in texts) + "\n"
    return Letter(body, item.text if item else None, bool(better))


def _named(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def errands_done(session: Session, kind: str) -> list[Item]:
    """The errands of a debrief that drafting this letter does, as items that say so."""
    done = {item.text for item in session.items if item.kind == "action" and item.name == DONE}
    wanted = {"letter", kind}
    return [
        Item("action", item.text, name=DONE)
        for item in session.items
        if item.kind == "action" and item.name in wanted & ERRANDS and item.text not in done
    ]


def _about(templates: Templates, session: Session) -> str:
    if session.role and session.company:
        template = templates.about
    elif session.role:
        template = templates.about_role
    elif session.company:
        template = templates.about_company
    else:
        template = templates.about_nothing
    return template.format(role=clean(session.role or ""), company=clean(session.company or ""))


def _stumble(session: Session, takes: Sequence[Turn]) -> tuple[Item | None, str]:
    """The unhappy question to write about: one answered better since, before one that was not; and the
    words of its latest answer."""
    unhappy = [item for item in session.items if item.kind == "question" and item.happy is False]
    answers: dict[str, str] = {}
    for turn in takes:
        if words := two_sentences(turn.transcript or ""):
            answers[turn.prompt_id] = words
    for item in unhappy:
        if item.id is not None and (better := answers.get(retake_id(session.id, item.id))):
            return item, better
    return (unhappy[0], "") if unhappy else (None, "")


def two_sentences(transcript: str) -> str:
    """The first two sentences of an answer, without its fillers and without any that apologises."""
    sentences = [
        one
        for one in _BETWEEN_SENTENCES.split(without_fillers(transcript))
        if one and not _APOLOGY.search(one)
    ]
    kept = " ".join(one[:1].upper() + one[1:] for one in sentences[:SENTENCES])
    if not kept:
        return ""
    return kept if kept[-1] in ".!?" else f"{kept}."


def _without(text: str, company: str, instead: str) -> str:
    """The text with another word for the company wherever it is named."""
    name = clean(company).strip()
    # A short name may be a word of every day ("Next"): only as it is written is it surely the company.
    flags = re.IGNORECASE if len(name) > SHORT_NAME else re.NOFLAG
    text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", instead, text, flags=flags)
    return text[:1].upper() + text[1:]
