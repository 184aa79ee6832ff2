"""Interviews as a person would have told of them, put into an archive by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from greenroom.archive import Archive, retake_id
from greenroom.types import Grade, Item, Transcript, Turn


def typed(archive: Archive, session: int, prompt_id: str, text: str, phase: str | None = "first") -> Turn:
    """A prompt and the answer typed to it."""
    part = "debrief" if phase else "interview"
    turn = archive.start_turn(
        session,
        part=part,  # type: ignore[arg-type]
        phase=phase,
        prompt_id=prompt_id,
        prompt=f"About {prompt_id}?",
    )
    words = Transcript(text, (), "typed", "final")
    archive.store_transcript(turn.id, words, timing=None, fillers=None, status="answered")
    return turn


def yesterday() -> str:
    return (datetime.now().astimezone() - timedelta(days=1)).isoformat(timespec="seconds")


def interviewed(
    archive: Archive, day: int = 3, company: str | None = "Acme", *, started_at: str | None = None
) -> int:
    """The first look at an interview, in January 2026 unless told, with one unhappy question; its item's id
    is the second of its session."""
    at = started_at or f"2026-01-{day:02}T18:04:05+01:00"
    session = archive.start_session("debrief", company=company, role="clerk", started_at=at)
    recall = typed(archive, session, "recall", "I froze at one question.")
    archive.keep_item(session, Item("recall", "I froze at one question.", turn=recall.number))
    asked = typed(archive, session, "question", "Why did you leave your last job?")
    archive.keep_item(
        session, Item("question", "Why did you leave your last job?", happy=False, turn=asked.number)
    )
    archive.keep_item(session, Item("question", "Who are you?", happy=True, turn=asked.number))
    archive.keep_item(session, Item("mindset", "Hardly at all.", name="sleep"))
    archive.keep_item(session, Item("success", "I laughed with them.", turn=asked.number))
    archive.keep_item(session, Item("action", "Write the thank-you note.", name="thank-you"))
    archive.keep_item(session, Item("action", "Look at it again.", name="second-look"))
    archive.rate(session, "first", "gut", 4)
    archive.end_session(session, "finished")
    return session


def looked_at_again(archive: Archive, session: int) -> None:
    """The second look: it was better than that, tiredness was behind it, and it is to change."""
    archive.reopen_session(session)
    wrong = typed(archive, session, "wrong", "I froze.", "second")
    item = archive.keep_item(session, Item("wrong", "I froze.", starred=True, turn=wrong.number))
    behind = typed(archive, session, "factor", "I had not slept.", "second")
    archive.keep_item(
        session, Item("factor", "I had not slept.", name="tired", turn=behind.number, parent=item)
    )
    archive.keep_item(session, Item("action", "In bed by eleven.", turn=behind.number, parent=item))
    archive.rate(session, "second", "gut", 6)
    archive.end_session(session, "finished")


def answered_again(archive: Archive, session: int, text: str) -> int:
    """A rehearsal of the unhappy question of a debrief."""
    (unhappy,) = (item for item in archive.session(session).items if item.happy is False)
    assert unhappy.id is not None
    practice = archive.start_session("practice", pack=f"debrief-{session}")
    typed(archive, practice, retake_id(session, unhappy.id), text, None)
    archive.end_session(practice, "finished")
    return practice


def rehearsed(archive: Archive, days_ago: int, *told: tuple[str, Grade]) -> int:
    """A rehearsal of some questions, each answered and graded."""
    day = date.today() - timedelta(days=days_ago)
    session = archive.start_session("practice", started_at=f"{day}T20:00:00+01:00")
    for prompt_id, grade in told:
        archive.grade(session, typed(archive, session, prompt_id, "So I did.", None).number, grade, own=True)
    archive.end_session(session, "finished")
    return session
