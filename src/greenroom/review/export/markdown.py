"""A session as Markdown, made to be read: the questions and answers, the debrief, what became of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from greenroom.review import figures, words
from greenroom.review.clean import clean, plainly
from greenroom.review.export import words as own
from greenroom.review.notes import Note, notes
from greenroom.review.terminal import turn_facts
from greenroom.review.transcript import ends_a_sentence
from greenroom.types import Graded, Session, Turn

PARAGRAPH_WORDS = 60
"""A sentence that ends after so many words ends its paragraph."""

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~$&!]")
_LIST = re.compile(r"^(\s*)([-+=])")
_NUMBERED = re.compile(r"^(\s*[0-9]+)([.)])(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Exported:
    """A session as it goes out, with how its takes went by the turn's number."""

    session: Session
    grades: Mapping[int, Graded]


def markdown(one: Exported, factors: Mapping[str, str]) -> str:
    """The session as a page of Markdown, ending with a line break.

    Args:
        factors: their names, by their ids.
    """
    return "\n\n".join(_blocks(one, factors)) + "\n"


def escaped(text: str) -> str:
    """Text that reads as it is in any Markdown: nothing in it is a heading, a picture, a tag or emphasis."""
    text = _MARKS.sub(r"\\\g<0>", clean(text).strip())
    return _NUMBERED.sub(r"\1\\\2", _LIST.sub(r"\1\\\2", text))


def _blocks(one: Exported, factors: Mapping[str, str]) -> Iterator[str]:
    session = one.session
    yield from _head(session)
    for part, title in (("interview", own.INTERVIEW), ("debrief", own.DEBRIEF)):
        turns = [turn for turn in session.turns if turn.part == part and turn.transcript]
        if turns:
            yield f"## {title}"
        for turn in turns:
            yield from _turn(session.id, turn, one.grades.get(turn.number))
    yield from _items(session, factors)
    yield from _feedback(session)


def _head(session: Session) -> Iterator[str]:
    kind = words.KINDS.get(session.kind, session.kind)
    title = words.SESSION_TITLE.format(
        id=session.id, kind=kind, when=figures.day_and_time(session.started_at)
    )
    yield f"# {escaped(title)}"
    about = [escaped(text) for text in (session.company, session.role) if text]
    if session.pack:
        about.append(escaped(words.from_pack(session.pack)))
    facts = [", ".join(about)] if about else []
    if session.ratings:
        rated = ", ".join(_rating(rating) for rating in session.ratings)
        facts.append(f"{own.RATINGS}: {rated}")
    if session.outcome:
        value, day = plainly(str(session.outcome["value"])), figures.day(str(session.outcome["on"]))
        facts.append(escaped(own.OUTCOME.format(value=value, day=day)))
    if facts:
        yield "\n".join(f"- {fact}" for fact in facts)


def _rating(rating: Mapping[str, object]) -> str:
    when = words.PHASES.get(str(rating["phase"]))
    told = escaped(f"{plainly(str(rating['name']))} {rating['value']}")
    return f"{told} ({when})" if when else told


def _turn(session_id: int, turn: Turn, grade: Graded | None) -> Iterator[str]:
    moment = figures.moment(session_id, turn.number)
    yield f"### {escaped(turn.prompt)}"
    facts = [moment, *turn_facts(session_id, turn)]
    if turn.original is not None:
        facts.append(own.CORRECTED)
    if grade is not None:
        said = own.GRADE_OWN if grade.own else own.GRADE_PROPOSED
        facts.append(said.format(grade=words.GRADES[grade.grade]))
    yield f"*{'; '.join(escaped(fact) for fact in facts)}*"
    yield from _paragraphs(turn.transcript or "")


def _paragraphs(transcript: str) -> Iterator[str]:
    """An answer is one breath of text; a page of it wants paragraphs."""
    paragraph: list[str] = []
    for word in clean(transcript).split():
        paragraph.append(word)
        if len(paragraph) >= PARAGRAPH_WORDS and ends_a_sentence(word):
            yield escaped(" ".join(paragraph))
            paragraph = []
    if paragraph:
        yield escaped(" ".join(paragraph))


def _items(session: Session, factors: Mapping[str, str]) -> Iterator[str]:
    for title, told in notes(session, factors):
        yield f"## {escaped(title)}"
        yield "\n".join(line for note in told for line in _family(session.id, note))


def _family(session_id: int, note: Note, depth: int = 0) -> Iterator[str]:
    yield "  " * depth + _note(session_id, note)
    for child in note.children:
        yield from _family(session_id, child, depth + 1)


def _note(session_id: int, note: Note) -> str:
    item = note.item
    remarks = [note.remark] if note.remark else []
    if item.starred:
        remarks.append(words.STARRED)
    if item.turn is not None:
        remarks.append(figures.moment(session_id, item.turn, item.at_s))
    label = f"{escaped(note.label)}: " if note.label else ""
    aside = f" ({', '.join(remarks)})" if remarks else ""
    return f"- {label}{escaped(item.text)}{aside}"


def _feedback(session: Session) -> Iterator[str]:
    if not session.feedback:
        return
    yield f"## {own.OTHERS_SAID}"
    lines = []
    for said in session.feedback:
        who = escaped(said.who or own.SOMEBODY)
        about = f" ({escaped(own.ABOUT.format(topic=said.topic))})" if said.topic else ""
        lines.append(f"- {who}, {figures.day(said.at)}{about}: {escaped(said.text)}")
    yield "\n".join(lines)
