"""Every answer there is, measured, as `trends` follows it over the weeks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TypeAlias

from greenroom.archive import Archive, parse_retake_id
from greenroom.coaching.trends import Name, Sample, latest_weeks, values_of
from greenroom.dialogue.manners import WARM_UP
from greenroom.errors import GreenroomError
from greenroom.review import progress_words as progress
from greenroom.review.clean import clean
from greenroom.types import IMPORTED, Answer

DEBRIEF = "debrief"
"""The kind of a question told of in a debrief, and answered again."""
OTHER = "other"
"""The kind of a question that stands in no pack any more."""

Land: TypeAlias = Callable[[Sequence[str], Answer], Collection[str]]
"""Those of some key messages that an answer brings across."""


def samples(
    archive: Archive,
    kinds: Mapping[str, str],
    no_answer: Callable[[str], bool],
    land: Land,
    weeks: int,
    between: tuple[date, date] = (date.min, date.max),
) -> list[Sample]:
    """Every answer, every rehearsal with key messages, every interview that was rated, of the latest weeks.

    Of several takes in one sitting the last counts; the ones before were the way there. A follow-up is part
    of the answer before it and has no length or pace of its own to speak of; but a message may land in it.
    A warm-up counts for nothing.

    Args:
        kinds: of the questions there are, by their ids.
        no_answer: whether a reply was said to the program ("go back"), and answers nothing.
        between: the first and the last day that counts.
    """
    last: dict[tuple[int, str], Sample] = {}
    by_session: dict[int, list[Answer]] = {}
    for session_id, started_at, turn, answer in archive.answers(*between):
        day = _day(started_at)
        if day is None or turn.prompt_id == WARM_UP or no_answer(answer.text):
            continue
        by_session.setdefault(session_id, []).append(answer)
        if turn.follow_up_of is None:
            kind = kind_of(turn.prompt_id, kinds)
            last[session_id, turn.prompt_id] = Sample(day, kind, values_of(answer))
    rated = (one for one in _ratings(archive) if between[0] <= one.day <= between[1])
    found = latest_weeks([*last.values(), *rated], weeks)
    since = min((sample.day for sample in found), default=date.max)
    return [*found, *_messages(archive, by_session, land, since)]


def kind_of(prompt_id: str, kinds: Mapping[str, str]) -> str:
    """The kind of question behind a prompt."""
    if prompt_id in kinds:
        return kinds[prompt_id]
    if prompt_id == IMPORTED:
        return IMPORTED
    return DEBRIEF if parse_retake_id(prompt_id) else OTHER


def kind_meant(name: str, found: Sequence[Sample]) -> str:
    """The kind of question of that name.

    Raises:
        GreenroomError: no answer is to a question of that kind.
    """
    kinds = {_slug(sample.kind): sample.kind for sample in found if sample.kind is not None}
    if _slug(name) in kinds:
        return kinds[_slug(name)]
    if not kinds:
        raise GreenroomError(progress.TRENDS_EMPTY, progress.TRENDS_BEGIN)
    nearest = get_close_matches(_slug(name), kinds, 1)
    message, remedy = progress.TRENDS_NO_KIND
    hint = progress.MEANT.format(name=nearest[0]) if nearest else ""
    raise GreenroomError(
        message.format(kind=clean(name)), remedy.format(hint=hint, kinds=", ".join(sorted(kinds)))
    )


def _slug(kind: str) -> str:
    return kind.strip().lower().replace(" ", "-").replace("_", "-")


def _messages(
    archive: Archive, by_session: Mapping[int, Sequence[Answer]], land: Land, since: date
) -> Iterator[Sample]:
    """The share of the messages meant for its company and role that landed in a rehearsal.

    Those that are kept now: what was meant to land then is not stored.
    """
    wanted: dict[tuple[str | None, str | None], tuple[str, ...]] = {}
    for one in reversed(archive.sessions()):
        day = _day(one.started_at)
        if one.kind != "practice" or one.id not in by_session or day is None or day < since:
            continue
        panel = (one.company, one.role)
        if panel not in wanted:
            wanted[panel] = archive.messages(*panel)
        if messages := wanted[panel]:
            landed = {message for answer in by_session[one.id] for message in land(messages, answer)}
            yield Sample(day, None, {"messages_share": len(landed) / len(messages)})


def _ratings(archive: Archive) -> Iterator[Sample]:
    for one in archive.judged():
        rated: dict[Name, float] = {}
        if one.gut_first is not None:
            rated["gut_first"] = one.gut_first
        if one.gut_second is not None:
            rated["gut_second"] = one.gut_second
        if rated and (day := _day(one.started_at)):
            yield Sample(day, None, rated)


def _day(started_at: str) -> date | None:
    """The day where the person was; None when it is no date, as after a hand in the database."""
    try:
        return date.fromisoformat(started_at[:10])
    except ValueError:
        return None
