"""Reports put together by hand, friendly and hostile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dialogue.shipped import PROMPTS
from greenroom.archive import Archive
from greenroom.coaching.lexicon import lexicon_of
from greenroom.coaching.trends import NAMES, OF_ANSWERS, Name, Sample, together
from greenroom.dialogue.feedback import read_feedback
from greenroom.dialogue.page import Page as Toml
from greenroom.review.coached import Coaching, Means, coaching
from greenroom.review.report.gather import Listen, Sources, of_one, of_several
from greenroom.review.report.page import html
from greenroom.review.report.parts import Report
from greenroom.types import Answer, Landed, Session

TODAY = date(2026, 2, 1)
FEEDBACK = read_feedback((PROMPTS / "feedback.toml").read_text("utf-8"), "feedback.toml")
LEXICON = lexicon_of(Toml.parse((PROMPTS / "measures.toml").read_text("utf-8"), "measures.toml").values)


def land(texts: object, answer: Answer) -> tuple[Landed, ...]:
    """Every message landed, with the first words of the answer."""
    return tuple(Landed(text, answer.text[:40], 0.5) for text in texts)  # type: ignore[attr-defined]


def sources(
    archive: Archive,
    listen: Listen | None = None,
    factors: dict[str, str] | None = None,
    progress: list[Sample] | None = None,
    followed: Sequence[Name] = OF_ANSWERS,
) -> Sources:
    def coach(session: Session) -> Coaching:
        return coaching(archive, session, lambda: Means(LEXICON, land, land))

    return Sources(
        coach, FEEDBACK, factors or {}, listen, together(progress or []), followed, TODAY, version="1.2"
    )


def weeks(count: int = 6) -> list[Sample]:
    """Weeks in which everything gets better."""
    monday = date(2026, 1, 26)
    rows: dict[Name, tuple[float, float]] = {
        "thinking_s": (6.0, -0.7),
        "answer_s": (140.0, -8.0),
        "words_per_minute": (181.0, -5.0),
        "fillers_per_minute": (9.0, -1.2),
    }
    samples = [
        Sample(
            monday - timedelta(weeks=count - 1 - week, days=-answer),
            "behavioural",
            {name: first + step * week + (answer - 1) * abs(step) for name, (first, step) in rows.items()},
        )
        for week in range(count)
        for answer in range(3)
    ]
    guts = [
        Sample(
            monday - timedelta(weeks=count - 1 - week),
            None,
            {"gut_first": 3 + week / 2, "gut_second": 5 + week / 2},
        )
        for week in range(count)
    ]
    return samples + guts


def made(
    archive: Archive,
    *ids: int,
    since: date | None = None,
    listen: Listen | None = None,
    progress: list[Sample] | None = None,
    factors: dict[str, str] | None = None,
) -> Report:
    if since is None:
        (only,) = ids
        return of_one(archive, only, sources(archive, listen, factors, progress))
    by_id = {one.id: one for one in archive.sessions()}
    found = sources(archive, listen, factors, progress, NAMES)
    return of_several(archive, [by_id[one] for one in ids], found, since)


def page_of(report: Report) -> str:
    """The whole file."""
    return "".join(html(report))
