"""Brings back what an export holds: all of it, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.archive import Archive
from greenroom.archive.database import translated_errors
from greenroom.review.export import words as export_words
from greenroom.review.export.renumbering import Numbers, numbers_for, renumbered, renumbered_apart
from greenroom.review.figures import counted
from greenroom.stage.carrying import carried_in

Json = dict[str, Any]

MOST_TOLD = 20
"""So many sessions are told one by one."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back.

    Attributes:
        sessions: the number each had in the export, and the one it has now.
        twins: sessions, by the number they have now, beside the ones here that they are copies of.
        lost: how many recordings the export tells of that did not come with it.
        stayed: panels and questions whose messages and points are others here, and stayed.
    """

    sessions: tuple[tuple[int, int], ...]
    twins: tuple[tuple[int, int], ...]
    lost: int
    stayed: tuple[str, ...]


def restore(archive: Archive, document: Mapping[str, Any], folder: Path) -> Restored:
    """Store every session of a checked export, and what it holds besides.

    Args:
        folder: where the export's recordings lie; it need not be there.

    Raises:
        GreenroomError: something cannot be read or stored. Then nothing of it is in the archive, and no
            file of it in the home.
    """
    sessions: Sequence[Json] = document["sessions"]
    moved: list[Path] = []
    lost = 0
    with carried_in(archive, sessions, folder) as sounds:
        try:
            with archive.together():
                here = archive.known_by()
                numbers = numbers_for(sessions, archive.taken, archive.last_number)
                for session in sessions:
                    lost += sum(
                        turn["audio"] is not None and turn["audio"] not in sounds for turn in session["turns"]
                    )
                    archive.put_whole(renumbered(_at_rest(_heard(session, sounds)), numbers))
                    moved += _settled(archive, session, numbers, sounds)
                stayed = []
                if document["apart"] is not None:
                    stayed = archive.put_apart(renumbered_apart(document["apart"], numbers))
        except BaseException:
            stored = archive.session_ids()  # Ctrl-C may come when all of them are
            for place in moved:
                if int(place.name) not in stored:
                    shutil.rmtree(place, ignore_errors=True)
            raise
    return Restored(
        tuple((session["id"], numbers.sessions[session["id"]]) for session in sessions),
        tuple(
            (numbers.sessions[session["id"]], here[_known_by(session)])
            for session in sessions
            if _known_by(session) in here
        ),
        lost,
        tuple(stayed),
    )


def told(restored: Restored) -> list[str]:
    """What came back, line by line; of many sessions the first ones."""
    lines = []
    for was, now in restored.sessions[:MOST_TOLD]:
        line = export_words.BROUGHT_BACK if was == now else export_words.BROUGHT_BACK_AS
        lines.append(line.format(was=was, now=now))
    if (more := len(restored.sessions) - MOST_TOLD) > 0:
        count = counted(more, "session")
        lines.append(export_words.BROUGHT_BACK_MORE.format(sessions=count))
    if not lines:
        lines.append(export_words.BROUGHT_BACK_NONE)
    lines += [export_words.TWIN.format(now=now, other=other) for now, other in restored.twins[:MOST_TOLD]]
    if restored.lost:
        lines.append(export_words.LOST.format(recordings=counted(restored.lost, "recording")))
    if restored.stayed:
        names = ", ".join(name or export_words.EVERY_PANEL for name in restored.stayed)
        lines.append(export_words.STAYED.format(names=names))
    return lines


def _known_by(session: Mapping[str, Any]) -> tuple[str, str, str | None]:
    """As `Exchange.known_by` has it."""
    first = session["turns"][0]["prompt"] if session["turns"] else None
    return session["kind"], session["started_at"], first


def _heard(session: Json, sounds: Mapping[str, Path]) -> Json:
    """The session without the recordings that did not come, and without answers that were only sound."""
    turns = []
    for turn in session["turns"]:
        if turn["audio"] is not None and turn["audio"] not in sounds:
            status = "skipped" if turn["status"] == "recorded" else turn["status"]
            turn = {**turn, "audio": None, "status": status}
        turns.append(turn)
    return {**session, "turns": turns}


def _at_rest(session: Json) -> Json:
    """Nobody is at work on it here, whatever was so when it was exported."""
    if session["status"] != "running":
        return session
    last = session["log"][-1]["at"] if session["log"] else session["started_at"]
    return {**session, "status": "interrupted", "ended_at": last}


def _settled(archive: Archive, session: Json, numbers: Numbers, sounds: Mapping[str, Path]) -> list[Path]:
    """Put a session's recordings into their place; the folder, if there are any."""
    own = [sounds[turn["audio"]] for turn in session["turns"] if turn["audio"] in sounds]
    if not own:
        return []
    place = archive.audio_dir / str(numbers.sessions[session["id"]])
    with translated_errors(place):
        own[0].parent.rename(place)
    return [place]
