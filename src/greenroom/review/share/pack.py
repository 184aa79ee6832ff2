"""The text of a share pack: Markdown that reads well as it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from greenroom.review import figures, words
from greenroom.review.share import words as said
from greenroom.review.share.redaction import Redaction
from greenroom.types import Item, Session, Turn

_SAYS = re.compile(r">|-|  |### \d")


def pack_text(
    session: Session,
    turns: Sequence[Turn],
    items: Sequence[Item],
    sounds: Mapping[int, str],
    redaction: Redaction,
    *,
    with_feelings: bool = False,
) -> str:
    """What is in the pack to be read.

    Args:
        turns, items: what may be shown (see `shareable`).
        sounds: the file of each recording in the pack, by the turn's number.
        with_feelings: ratings, too, which are about how it felt.
    """
    lines = [f"# {said.TITLES[session.kind]}, {figures.day(session.started_at)}", ""]
    body = list(_body(session, turns, items, sounds, redaction, with_feelings))
    used = [label for label in redaction.labels if any(label in line for line in body)]
    lines += [said.PACK_INTRO.format(labels=", ".join(used)) if used else said.PACK_INTRO_NONE]
    if sounds:
        lines += [said.PACK_TONE]
    elif turns:
        lines += [said.PACK_SILENT]
    return "\n".join((*lines, "", *body, said.PACK_ABOUT_TALK)) + "\n"


def says_something(line: str) -> bool:
    """Whether a line of a pack holds words of the person or of a question, and not ours alone."""
    return _SAYS.match(line) is not None


def _body(
    session: Session,
    turns: Sequence[Turn],
    items: Sequence[Item],
    sounds: Mapping[int, str],
    redaction: Redaction,
    with_feelings: bool,
) -> Iterator[str]:
    if turns:
        yield from (f"## {said.PACK_ANSWERS}", "")
    for turn in turns:
        yield from (f"### {turn.number}. {_safe(redaction.masked(turn.prompt))}", "")
        if facts := _facts(turn, sounds.get(turn.number)):
            yield from (facts, "")
        yield from (f"> {_safe(redaction.masked(turn.transcript or ''))}", "")
    if items:
        yield from (f"## {said.PACK_NOTES}", "")
    for heading, group in _grouped(session, items, redaction):
        yield from (f"### {heading}", "")
        for item, depth in group:
            star = " ★" if item.starred else ""
            yield f"{'  ' * depth}- {_safe(redaction.masked(item.text))}{star}"
        yield ""
    if with_feelings and session.ratings:
        yield from (f"## {said.PACK_RATINGS}", "")
        for rating in session.ratings:
            phase = words.PHASES.get(rating["phase"]) or _safe(redaction.masked(rating["phase"]))
            yield f"- {_safe(redaction.masked(rating['name']))}: {int(rating['value'])} ({phase})"
        yield ""


def _facts(turn: Turn, sound: str | None) -> str:
    facts = []
    if sound:
        facts.append(said.PACK_LISTEN.format(file=sound))
    if turn.take > 1:
        facts.append(said.PACK_TAKE.format(take=turn.take))
    if turn.follow_up_of is not None:
        facts.append(said.PACK_FOLLOW_UP)
    if turn.timing is not None:
        facts.append(figures.seconds(turn.timing.answer_s))
        facts.append(said.PACK_THINKING.format(thinking=figures.seconds(turn.timing.thinking_s)))
        if turn.timing.words_per_minute is not None:
            facts.append(figures.pace(turn.timing.words_per_minute))
    return " · ".join(facts)


def _grouped(
    session: Session, items: Sequence[Item], redaction: Redaction
) -> Iterator[tuple[str, list[tuple[Item, int]]]]:
    """Headings, each with its items and how deep each stands below another."""
    own = words.REHEARSAL_HEADINGS if session.kind == "practice" else {}
    ids = {item.id for item in items}
    tops: dict[str, list[Item]] = {kind: [] for kind in words.ITEM_HEADINGS}
    for item in items:
        if item.parent not in ids or item.parent is None:
            tops.setdefault(item.kind, []).append(item)
    for kind, found in tops.items():
        if found:
            heading = own.get(kind) or words.ITEM_HEADINGS.get(kind)
            heading = heading or _safe(redaction.masked(kind.replace("_", " ").capitalize()))
            yield heading, [pair for top in found for pair in _with_below(top, items, 0)]


def _with_below(item: Item, items: Sequence[Item], depth: int) -> Iterator[tuple[Item, int]]:
    yield item, depth
    for other in items:
        if item.id is not None and other.parent == item.id and other.id != item.id and depth < 5:
            yield from _with_below(other, items, depth + 1)


def _safe(text: str) -> str:
    """Words in Markdown that stay words: no tag, no link, no emphasis that nobody meant."""
    for mark in ("\\", "`", "*", "_", "<", "&"):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("](", "]\\(")
