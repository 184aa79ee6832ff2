"""What stands side by side with a session: new takes of its questions, and what others said of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from greenroom.archive import Archive, parse_retake_id, retake_id
from greenroom.coaching.patterns import ERRANDS
from greenroom.errors import GreenroomError
from greenroom.review import figures, words
from greenroom.review.clean import clean, plainly
from greenroom.review.look import Look
from greenroom.review.page import BLANK, Page, Piece, wrapped
from greenroom.review.terminal import heading
from greenroom.review.transcript import marked
from greenroom.types import Feedback, Item, Session, Turn


@dataclass(frozen=True, slots=True)
class Take:
    """An answer, and the session it was given in."""

    session_id: int
    started_at: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class Retaken:
    """A question of a debrief whose answer the person was unhappy with.

    Attributes:
        prompt_id: under which it is asked again.
        told: the turn in which it was told of; None when nobody knows any more.
        takes: the answers given to it since, the oldest first.
    """

    prompt_id: str
    question: Item
    told: Take | None
    takes: tuple[Take, ...]


def unhappy(session: Session) -> Iterator[tuple[str, Item]]:
    """The questions of a debrief to answer again, each with the prompt id it is asked under."""
    for item in session.items:
        if item.kind == "question" and item.happy is False and item.id is not None:
            yield retake_id(session.id, item.id), item


def retaken(archive: Archive, session: Session, no_answer: Callable[[str], bool]) -> list[Retaken]:
    """Of a debrief, its unhappy questions; of another session, those it answered again.

    Args:
        no_answer: whether a reply was said to the program ("go back"), and answers nothing.
    """
    ids = {turn.prompt_id for turn in session.turns}
    if session.kind == "debrief":
        wanted = [prompt_id for prompt_id, _ in unhappy(session)]
        return _of_debrief(archive, session, wanted, no_answer)
    debriefs = sorted({found[0] for one in ids if (found := parse_retake_id(one))})
    rows: list[Retaken] = []
    for debrief in debriefs:
        try:
            source = archive.session(debrief)
        except GreenroomError:  # deleted since: what is left stands in the session itself
            continue
        rows += _of_debrief(archive, source, [one for one, _ in unhappy(source) if one in ids], no_answer)
    return rows


def _of_debrief(
    archive: Archive, debrief: Session, ids: Sequence[str], no_answer: Callable[[str], bool]
) -> list[Retaken]:
    given = [take for row in archive.takes(ids) if not no_answer((take := Take(*row)).turn.transcript or "")]
    told = {turn.number: Take(debrief.id, debrief.started_at, turn) for turn in debrief.turns}
    return [
        Retaken(
            prompt_id,
            item,
            told.get(item.turn) if item.turn is not None else None,
            tuple(take for take in given if take.turn.prompt_id == prompt_id),
        )
        for prompt_id, item in unhappy(debrief)
        if prompt_id in ids
    ]


def taken_again(rows: Sequence[Retaken], look: Look) -> Page:
    """Each question with the debrief's answer, and every new take below it."""
    if not rows:
        return []
    page: Page = [BLANK, *heading(words.TAKEN_AGAIN, look)]
    for row in rows:
        pieces = [Piece("- "), Piece(clean(row.question.text))]
        # Who told nothing but the question has told no answer that could stand here.
        if row.told is not None and row.told.turn.transcript != row.question.text:
            page += wrapped(pieces, look.columns, 2, first=0)
            page += _take(row.told, words.IN_THE_DEBRIEF, look)
        else:
            page += wrapped([*pieces, Piece(_told_at(row.told), "quiet")], look.columns, 2, first=0)
        for take in row.takes:
            timing = take.turn.timing
            second = take.turn.phase == "second"  # its session began on the day of the first look
            facts = [words.PHASES["second"] if second else figures.day(take.started_at)]
            page += _take(
                take, ", ".join(facts + ([figures.seconds(timing.answer_s)] if timing else [])), look
            )
        if not row.takes:
            page += wrapped([Piece(words.NOT_YET_AGAIN, "quiet")], look.columns, 2)
    return page


def _told_at(told: Take | None) -> str:
    return f" ({figures.moment(told.session_id, told.turn.number)})" if told else ""


def _take(take: Take, facts: str, look: Look) -> Page:
    place = Piece(figures.moment(take.session_id, take.turn.number), "place")
    return wrapped(
        [place, Piece(f" {facts}: ", "quiet"), *marked(take.turn, look.plain)], look.columns, 4, first=2
    )


def others_said(session: Session, look: Look) -> Page:
    """What others said, point by point, with the person's own view of the same point below it."""
    if not session.feedback:
        return []
    page: Page = [BLANK, *heading(words.OTHERS_SAID, look)]
    for topic, said in _by_topic(session.feedback).items():
        about = plainly(topic) if topic else words.ABOUT_ALL_OF_IT
        page += wrapped([Piece(f"- {about}")], look.columns, 2, first=0)
        for one in said:
            who = clean(one.who or words.SOMEBODY)
            label = Piece(f"{who}, {figures.day(one.at)}: ", "quiet")
            page += wrapped([label, Piece(clean(one.text))], look.columns, 4, first=2)
        for own in own_view(session, topic):
            page += wrapped([Piece(f"{words.YOU_SAID}: ", "quiet"), Piece(own)], look.columns, 4, first=2)
    return page


def _by_topic(feedback: Sequence[Feedback]) -> dict[str | None, list[Feedback]]:
    found: dict[str | None, list[Feedback]] = {}
    for one in feedback:
        found.setdefault(one.topic.lower() if one.topic else None, []).append(one)
    return found


def own_view(session: Session, topic: str | None) -> list[str]:
    """What the person rated and told about the same point, in words.

    A point is the name of a rating, the kind or the name of an item, or a word in one. About the whole of
    an interview it is the gut rating, what went right and what went wrong. The program's own errands are
    nobody's view.
    """
    point = plainly((topic or "gut").lower())
    rated = [
        f"{plainly(str(row['name']))} {row['value']}"
        + (f" ({words.PHASES[row['phase']]})" if row["phase"] else "")
        for row in session.ratings
        if plainly(str(row["name"])) == point
    ]
    errands = {item.text for item in session.items if item.kind == "action" and item.name in ERRANDS}
    told = (
        _told(session.id, item)
        for item in session.items
        if _is_about(item, topic, point) and not (item.kind == "action" and item.text in errands)
    )
    return [*rated, *dict.fromkeys(told)]  # a factor found in an answer has the same words


def _is_about(item: Item, topic: str | None, point: str) -> bool:
    if topic is None:
        return item.kind in ("right", "wrong")
    names = {plainly(item.kind), plainly(item.name or "")}
    return point in names or bool(re.search(rf"(?<!\w){re.escape(point)}(?!\w)", item.text.lower()))


def _told(session_id: int, item: Item) -> str:
    what = words.item_name(item.kind, item.name) or plainly(item.name or item.kind)
    place = f" ({figures.moment(session_id, item.turn, item.at_s)})" if item.turn is not None else ""
    return f"{what}: {clean(item.text)}{place}"
