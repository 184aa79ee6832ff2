"""What will be masked and what goes out, as it is listed before a pack is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.review import figures
from greenroom.review.clean import clean
from greenroom.review.look import Look
from greenroom.review.page import BLANK, Page, Piece, wrapped
from greenroom.review.share import words as said
from greenroom.review.share.entities import is_here
from greenroom.review.share.names import Name, NameWords, can_be_sought, distinct
from greenroom.review.share.redaction import Redaction
from greenroom.review.share.sharing import Material
from greenroom.review.share.spotting import Spotter


@dataclass(frozen=True, slots=True)
class Listing:
    """All names to be masked, those that are shown first.

    Attributes:
        counts: how often each stands in the texts.
        shown: how many are shown. A name of the person's own list that is not in the texts is not, and
            masked all the same: it may have been written down as another word.
    """

    names: tuple[Name, ...]
    counts: tuple[int, ...]
    shown: int


@dataclass(frozen=True, slots=True)
class Change:
    """What is kept and masked after a reply to the list; `complaint` when it could not be followed."""

    keep: tuple[str, ...]
    mask: tuple[str, ...]
    complaint: str | None = None


def listing(every: Sequence[Name], material: Material, words: NameWords, keep: Sequence[str]) -> Listing:
    """The names in the order of the list, each once, without short forms of others."""
    names = distinct(every, words)
    counts = Redaction(Spotter(names, words, keep)).counts(material.texts())
    shown = [
        place for place, name in enumerate(names) if counts[place] or name.source in ("session", "asked")
    ]
    order = [*shown, *(place for place in range(len(names)) if place not in set(shown))]
    return Listing(
        tuple(names[place] for place in order), tuple(counts[place] for place in order), len(shown)
    )


def listed(found: Listing, material: Material, words: NameWords, look: Look) -> Page:
    """The names with their numbers, and what goes into the pack."""
    page: Page = []
    title = said.LIST_TITLE if material.sounds else said.LIST_TITLE_TEXT
    page += wrapped([Piece(title if found.shown else said.LIST_NONE, "title")], look.columns)
    for place, name in enumerate(found.names[: found.shown]):
        line = said.LIST_LINE.format(
            place=place + 1,
            name=clean(name.text),
            kind=said.KINDS[name.kind],
            count=_times(found.counts[place]),
            source=said.SOURCES[name.source],
        )
        page += wrapped([Piece(line)], look.columns, 5, first=2)
        if words.is_word(name.text) and name.source != "asked":
            page += wrapped([Piece(said.LIST_SAME_WORD, "quiet")], look.columns, 5)
    for text in (clean(material.session.company or ""), clean(material.session.role or "")):
        if text.strip() and not can_be_sought(text):
            page += wrapped([Piece(said.LIST_TOO_SHORT.format(name=text.strip()))], look.columns)
    if not is_here():
        page += [BLANK, *wrapped([Piece(said.LIST_NO_MODEL, "quiet")], look.columns)]
    template = said.WHAT_GOES_FEELINGS if material.with_feelings else said.WHAT_GOES
    page += [BLANK, *wrapped([Piece(template.format(content=content(material)))], look.columns)]
    if not material.with_feelings:
        page += wrapped([Piece(said.FEELINGS_STAY, "quiet")], look.columns)
    if material.kept_back:
        page += wrapped([Piece(said.DANGER_STAYS, "quiet")], look.columns)
    return page


def content(material: Material) -> str:
    """`4 answers, 3 recordings, 6 notes`."""
    parts = [figures.counted(len(material.turns), "answer")]
    if material.sounds:
        parts.append(figures.counted(len(material.sounds), "recording"))
    if material.items:
        parts.append(figures.counted(len(material.items), "note"))
    return ", ".join(parts)


def changed(reply: str, found: Listing, keep: Sequence[str], mask: Sequence[str]) -> Change:
    """What a reply to the list makes of what is kept and masked: numbers ("2", "1, 3") take names off it,
    anything else is a name that is put on it."""
    reply = clean(reply).strip()
    pieces = re.split(r"[\s,;]+", reply.strip(",; "))
    if not all(piece.isdecimal() for piece in pieces):
        if not can_be_sought(reply):
            return Change(tuple(keep), tuple(mask), said.TOO_SHORT[0].format(name=reply))
        return Change(tuple(one for one in keep if one.lower() != reply.lower()), (*mask, reply))
    for piece in pieces:
        if not 1 <= int(piece) <= found.shown:
            return Change(tuple(keep), tuple(mask), said.ASK_UNKNOWN.format(number=int(piece)))
    off = {found.names[int(piece) - 1].text.lower(): found.names[int(piece) - 1].text for piece in pieces}
    return Change((*keep, *off.values()), tuple(one for one in mask if one.lower() not in off))


def _times(count: int) -> str:
    return figures.counted(count, "time") if count else said.LIST_NEVER_SAID
