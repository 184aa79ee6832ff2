"""What a script may know of earlier sessions, read from the archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from greenroom.cli.data import said_to_the_program
from greenroom.coaching.patterns import ERRANDS, open_actions
from greenroom.coaching.streak import weeks_in_a_row
from greenroom.dialogue.history import FactorSeen, FirstLook, History, OpenAction, UnhappyQuestion
from greenroom.review.asked import asked
from greenroom.review.beside import Retaken, retaken

if TYPE_CHECKING:
    from greenroom.archive import Archive
    from greenroom.types import Noted, Session


def history_of(
    archive: Archive, again: Session | None = None, *, company: str | None = None, role: str | None = None
) -> History:
    """All earlier debriefs, the latest first.

    Args:
        again: the debrief that is looked at again; what it says itself is no history.
        company, role: whom the messages to leave with a panel are for; those of `again` where it is given.
    """
    own = again.id if again else None
    noted = [one for one in archive.noted("factor", "action", "success") if one.session_id != own][::-1]
    return History(
        factors=tuple(_factors(noted)),
        actions=tuple(
            OpenAction(one.source.item.text, _day(one.source), one.source.session_id, one.source.item.id)
            for one in reversed(open_actions(noted[::-1]))
            if one.source.item.id is not None and one.source.item.name not in ERRANDS
        ),
        successes=tuple(dict.fromkeys(one.item.text for one in noted if one.item.kind == "success")),
        again=_first_look(again) if again else None,
        unhappy=tuple(_unhappy(retaken(archive, again, said_to_the_program()))) if again else (),
        messages=archive.messages(again.company, again.role) if again else archive.messages(company, role),
    )


def streak_weeks(archive: Archive, today: date) -> int:
    """The weeks in a row in which there was a rehearsal or a debrief; a file brought in is none."""
    kept = [one.started_at[:10] for one in archive.sessions() if one.kind != "import"]
    return weeks_in_a_row(map(date.fromisoformat, kept), today)


def _factors(noted: list[Noted]) -> Iterator[FactorSeen]:
    seen = set()
    for one in noted:
        factor = one.item.name
        if one.item.kind == "factor" and factor and (one.session_id, factor) not in seen:
            seen.add((one.session_id, factor))
            yield FactorSeen(factor, _day(one), one.item.text, one.session_id)


def _first_look(session: Session) -> FirstLook:
    second = {turn.number for turn in session.turns if turn.phase == "second"}
    return FirstLook(
        session.id,
        session.started_at[:10],
        tuple(item for item in session.items if item.turn not in second),
        {str(row["name"]): int(row["value"]) for row in session.ratings if row["phase"] == "first"},
    )


def _unhappy(rows: list[Retaken]) -> Iterator[UnhappyQuestion]:
    for row in rows:
        if row.told is not None:
            session, turn = row.told.session_id, row.told.turn.number
            text = asked(row.question.text) or row.question.text
            yield UnhappyQuestion(row.prompt_id, text, session, turn)


def _day(noted: Noted) -> str:
    return noted.started_at[:10]
