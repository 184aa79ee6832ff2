"""One thing told in a session, with its moment and its day."""

from __future__ import annotations

from greenroom.review import figures
from greenroom.review.as_json import Json, rounded
from greenroom.review.clean import clean
from greenroom.review.look import Look
from greenroom.review.page import Page, Piece, wrapped
from greenroom.types import Noted


def noted_lines(noted: Noted, look: Look, state: str = "") -> Page:
    facts = ", ".join(filter(None, (state, figures.day(noted.started_at))))
    place = Piece(f"{noted_moment(noted)} ", "place")
    return wrapped(
        [place, Piece(clean(noted.item.text)), Piece(f" ({facts})", "quiet")], look.columns, 4, first=2
    )


def noted_json(noted: Noted) -> Json:
    return {
        "moment": noted_moment(noted),
        "session": noted.session_id,
        "turn": noted.item.turn,
        "at_s": rounded(noted.item.at_s),
        "started_at": noted.started_at,
        "text": noted.item.text,
    }


def noted_moment(noted: Noted) -> str:
    return figures.moment(noted.session_id, noted.item.turn, noted.item.at_s)
