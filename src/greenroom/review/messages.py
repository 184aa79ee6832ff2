"""`messages list`: what somebody wants to leave with a panel, and where it came across, over all sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.archive import MessageSet
from greenroom.coaching.landing import Landing
from greenroom.coaching.messages import Message
from greenroom.review import figures, words
from greenroom.review.as_json import Json, rounded
from greenroom.review.clean import clean
from greenroom.review.look import Look
from greenroom.review.page import BLANK, Page, Piece, wrapped
from greenroom.review.terminal import heading
from greenroom.types import Landed, Turn


@dataclass(frozen=True, slots=True)
class Told:
    """A message in an answer: which turn of which session, and in which words."""

    session_id: int
    turn: int
    landed: Landed


@dataclass(frozen=True, slots=True)
class Kept:
    """A message, whom it is for, how often it was said in real interviews by the person's own word, and the
    answers that tell it, the oldest first."""

    company: str | None
    role: str | None
    message: Message
    told: tuple[Told, ...]


def kept(
    sets: Sequence[MessageSet],
    messages: Sequence[Message],
    landings: Sequence[Landing],
    given: Sequence[tuple[int, str, Turn, object]],
) -> list[Kept]:
    """Puts together what is known of each message.

    Args:
        messages, landings: one for each text of the sets, in their order.
        given: the answers that the landings were found in, as `Archive.answers` has them.
    """
    panels = [(one.company, one.role) for one in sets for _ in one.texts]
    return [
        Kept(
            company,
            role,
            message,
            tuple(Told(given[place][0], given[place][2].number, landed) for place, landed in landing.found),
        )
        for (company, role), message, landing in zip(panels, messages, landings, strict=True)
    ]


def messages_page(found: Sequence[Kept], answers: int, look: Look) -> Page:
    """For people.

    Args:
        answers: how many answers there are to look for them in; with none, nothing is said of answers.
    """
    if not found:
        return [line for text in words.MESSAGES_EMPTY for line in wrapped([Piece(text)], look.columns)]
    page: Page = []
    for place, one in enumerate(found):
        first = place == 0 or (one.company, one.role) != (found[place - 1].company, found[place - 1].role)
        if first:
            number = 1
            title = words.messages_for(clean(one.company or ""), clean(one.role or ""))
            page += [*([BLANK] if page else []), *heading(title, look)]
        pieces = [Piece(f"{number}. "), Piece(clean(one.message.text))]
        if one.message.asked:
            pieces.append(Piece(f" ({words.said_in(one.message.said, one.message.asked)})", "quiet"))
        page += wrapped(pieces, look.columns, 3, first=0)
        if answers:
            page += _where(one.told, answers, look)
        number += 1
    return page


def _where(told: Sequence[Told], answers: int, look: Look) -> Page:
    if not told:
        return wrapped(
            [Piece(words.MESSAGE_NEVER.format(answers=_answers(answers)), "quiet")], look.columns, 3
        )
    last = told[-1]
    text = words.MESSAGE_TOLD.format(count=len(told), answers=_answers(answers))
    pieces = [
        Piece(f"{text} ", "quiet"),
        Piece(_moment(last), "place"),
        Piece(": ", "quiet"),
        Piece(f"“{clean(last.landed.text)}”"),
    ]
    return wrapped(pieces, look.columns, 3)


def _answers(count: int) -> str:
    return figures.counted(count, "answer")


def messages_json(found: Sequence[Kept]) -> list[Json]:
    """`messages list --json`."""
    return [
        {
            "text": one.message.text,
            "company": one.company,
            "role": one.role,
            "said": one.message.said,
            "asked": one.message.asked,
            "landed": [
                {
                    "moment": _moment(told),
                    "session": told.session_id,
                    "turn": told.turn,
                    "at_s": rounded(told.landed.at_s),
                    "text": told.landed.text,
                }
                for told in one.told
            ],
        }
        for one in found
    ]


def _moment(told: Told) -> str:
    return figures.moment(told.session_id, told.turn, told.landed.at_s)
