"""The questions there are to rehearse, and one of them with all that is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from greenroom.dialogue.packs import Pack, Question
from greenroom.review import words
from greenroom.review.clean import clean
from greenroom.review.look import Look
from greenroom.review.page import BLANK, Page, Piece, cells, wrapped

Points = Mapping[str, Sequence[str]]
"""What the person wants to say, by a question's id; what is not in it has none."""


def questions_json(packs: Sequence[Pack], points: Points) -> list[dict[str, Any]]:
    return [question_json(pack, question, points) for pack in packs for question in pack.questions]


def question_json(pack: Pack, question: Question, points: Points) -> dict[str, Any]:
    own = list(points.get(question.id, ()))
    first = {"id": question.id, "pack": pack.id, "text": question.text}
    return {**first, **asdict(question), "points": own}


def questions_page(packs: Sequence[Pack], look: Look) -> Page:
    """A line for each question, of several packs below their titles; of one that stands apart to tick off."""
    shown = [pack for pack in packs if pack.questions]
    width = max((cells(clean(one.id)) for pack in shown for one in pack.questions), default=0)
    page: Page = []
    for pack in shown:
        if len(packs) > 1:
            page += [BLANK] if page else []
            page += [(Piece(clean(f"{pack.title} ({pack.id})"), "title"),)]
        for question in pack.questions:
            page += _line(question, width, look, ticked=pack.apart)
    return page


def _line(question: Question, width: int, look: Look, ticked: bool) -> Page:
    text = clean((question.wording if ticked else None) or question.text)
    if question.improper:
        text += f" {words.QUESTION_IMPROPER_SHORT}"
    name = clean(question.id)
    box = "[ ] " if ticked else ""
    start = box + name + " " * (width - cells(name)) + "  "
    if look.plain:  # a line each, for other programs
        return [(Piece(start), Piece(text))]
    if cells(start) > look.columns // 2:  # too little room for the text beside it
        return wrapped([Piece(start, "place"), Piece(f" {text}")], look.columns, 4, first=0)
    lines = wrapped([Piece(text)], look.columns, cells(start))
    return [(Piece(start, "place"), *lines[0][1:]), *lines[1:]] if lines else [(Piece(start, "place"),)]


def question_page(pack: Pack, question: Question, points: Sequence[str], look: Look) -> Page:
    """A question, what a good answer covers, and what the person wants to say themselves."""
    low, high = question.seconds
    facts = words.QUESTION_FACTS.format(kind=question.kind, pack=pack.id, low=low, high=high)
    page = _text(question.text, look) + _text(facts, look)
    if question.improper:
        page += _text(words.QUESTION_IMPROPER, look)
    for point in question.covers:
        page += _text(f"- {point}", look, 2)
    if question.wording:
        page += _text(words.QUESTION_WORDING.format(text=question.wording), look)
    if question.follow_up:
        page += _text(words.QUESTION_FOLLOW_UP.format(text=question.follow_up), look)
    if points:
        page += [(Piece(f"{words.POINTS}:"),), *points_page(points, look)]
    return page


def points_page(points: Sequence[str], look: Look) -> Page:
    return [line for point in points for line in _text(f"- {point}", look, 2)]


def _text(text: str, look: Look, indent: int = 0) -> Page:
    return wrapped([Piece(clean(text))], look.columns, indent, first=0)
