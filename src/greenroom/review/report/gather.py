"""From the archive to the parts of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from greenroom.archive import Archive, SessionSummary
from greenroom.coaching.trends import Group, Name
from greenroom.dialogue.feedback import FeedbackWords
from greenroom.review import coached_page, figures
from greenroom.review import words as common
from greenroom.review.clean import clean, plainly
from greenroom.review.coached import Coaching
from greenroom.review.held_back import without_danger
from greenroom.review.report import words
from greenroom.review.report.answers import UNWRAPPED, anchor_of, answer_part, silence
from greenroom.review.report.charts import pace_chart, trend_charts, trends_of
from greenroom.review.report.parts import (
    AnswerPart,
    Content,
    FeedbackRow,
    LandedRow,
    Link,
    Report,
    SessionPart,
    Sound,
)
from greenroom.review.report.told import ratings, told
from greenroom.types import Session

Listen: TypeAlias = Callable[[Path], Sound | None]
"""A recording ready to be embedded; None when it cannot be."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a report needs beside the archive.

    Attributes:
        coach: measures a session's answers.
        factors: how they are read, by their ids.
        listen: None when the sound is to be left out.
        progress: the weeks for the charts, which may be without anything.
        followed: the measures that get a chart.
    """

    coach: Callable[[Session], Coaching]
    feedback: FeedbackWords
    factors: Mapping[str, str]
    listen: Listen | None
    progress: Group
    followed: Sequence[Name]
    today: date
    version: str


def of_one(archive: Archive, session_id: int, sources: Sources) -> Report:
    """One session, with the contents of its answers."""
    part = session_part(archive, session_id, sources)
    contents = [Content(one.anchor, one.prompt, one.moment) for one in part.answers]
    if part.told:
        contents.append(Content(f"{part.anchor}-noted", words.NOTED))
    if part.debrief:
        contents.append(Content(f"{part.anchor}-debrief", words.DEBRIEF))
    charts = trend_charts(sources.progress, sources.followed)
    return Report(
        title=part.title,
        about=" · ".join((*part.facts, words.SESSION_NUMBER.format(id=part.id))),
        contents=tuple(contents),
        sessions=(part,),
        with_sound=any(one.sound for one in (*part.answers, *part.debrief)),
        trends=charts,
        trends_of=trends_of(sources.progress) if charts else "",
        made=_made(sources),
    )


def of_several(archive: Archive, sessions: Sequence[SessionSummary], sources: Sources, since: date) -> Report:
    """These sessions, in this order; each is read when the page comes to it, the archive open till then.

    Args:
        since: the day they were asked for from.
    """

    def parts() -> Iterator[SessionPart]:
        for one in sessions:
            yield session_part(archive, one.id, sources)

    charts = trend_charts(sources.progress, sources.followed)
    return Report(
        title=words.TITLE_SINCE.format(day=figures.day(since.isoformat())),
        about=words.SESSIONS.format(
            sessions=figures.counted(len(sessions), "session"),
            answers=figures.counted(sum(one.answered for one in sessions), "answer"),
        ),
        contents=tuple(Content(_anchor(one.id), _title(one), str(one.id)) for one in sessions),
        sessions=parts(),
        several=True,
        with_sound=sources.listen is not None,
        trends=charts,
        trends_of=trends_of(sources.progress) if charts else "",
        made=_made(sources),
    )


def session_part(archive: Archive, session_id: int, sources: Sources) -> SessionPart:
    """One session, without a conversation with somebody in danger."""
    session = without_danger(archive.session(session_id))
    coaching = sources.coach(session)
    below = coached_page.below(coaching, sources.feedback, session.id, UNWRAPPED)
    answers: dict[str, list[AnswerPart]] = {"interview": [], "debrief": []}
    for turn in session.turns:
        sound = None
        if turn.audio is not None and sources.listen is not None:
            sound = sources.listen(archive.home / turn.audio)
        answers[turn.part].append(
            answer_part(
                session.id,
                turn,
                archive.answer(turn.id),
                sound=sound,
                silent="" if sound else silence(session.id, turn, sources.listen is not None),
                coaching=below.get(turn.number, ()),
            )
        )
    return SessionPart(
        id=session.id,
        anchor=_anchor(session.id),
        title=_title(session),
        facts=tuple(_facts(session)),
        answers=tuple(answers["interview"]),
        debrief=tuple(answers["debrief"]),
        told=told(session, sources.factors),
        ratings=ratings(session),
        pace=pace_chart(session.id, coaching.answers),
        landed=_landed(session.id, coaching),
        feedback=tuple(
            FeedbackRow(
                who=f"{clean(one.who or common.SOMEBODY)}, {figures.day(one.at)}",
                topic=clean(one.topic or common.ABOUT_ALL_OF_IT),
                text=clean(one.text),
            )
            for one in session.feedback
        ),
    )


def _made(sources: Sources) -> str:
    return words.MADE.format(version=sources.version, day=figures.day(sources.today.isoformat()))


def _anchor(session_id: int) -> str:
    return f"s{session_id}"


def _title(session: Session | SessionSummary) -> str:
    kind = words.TITLE_KINDS.get(session.kind, clean(session.kind))
    return words.TITLE.format(kind=kind, day=figures.day_and_time(session.started_at))


def _facts(session: Session) -> list[str]:
    facts = [clean(text) for text in (session.company, session.role) if text]
    if session.pack:
        facts.append(common.from_pack(clean(session.pack)))
    if session.turns:
        answered = sum(turn.status == "answered" for turn in session.turns)
        facts.append(common.answered_of(answered, len(session.turns)))
    if spoken_s := sum(turn.timing.speaking_s for turn in session.turns if turn.timing):
        facts.append(common.spoken(figures.seconds(spoken_s)))
    if session.status != "finished":
        facts.append(common.SESSION_STATUS.get(session.status, clean(session.status)))
    if session.outcome:
        on = session.outcome.get("on")
        value = plainly(str(session.outcome.get("value", "")))
        facts.append(common.outcome(value, figures.day(str(on)) if on else None))
    return facts


def _landed(session: int, coaching: Coaching) -> tuple[LandedRow, ...]:
    if not coaching.answers:
        return ()
    return tuple(
        LandedRow(
            clean(message),
            tuple(
                (
                    clean(landed.text),
                    Link(
                        anchor_of(session, turn.number),
                        landed.at_s,
                        figures.moment(session, turn.number, landed.at_s),
                    ),
                )
                for turn, landed in coaching.landings(message)
            ),
        )
        for message in coaching.messages
    )
