"""Finds what an interrupted program left behind. Nothing is changed or deleted here.

How it goes at a start, step by step:

1. `interrupted(archive)` takes every session that is "running" and whose lock can be taken: its owner is
   dead. It also takes those that were ended while an answer had no words yet, because transcribing had
   failed, or whose recording is still a WAV. The lock stays ours, so that no second start does the same work.
2. Its `silent_turns` are marked as skipped, or every later start would look for their recordings again.
   For each of its `open_turns` the caller (the stage) has the audio closed, transcribed and measured, with
   what is stored from before; it calls `archive.store_recording` and then `archive.store_transcript` with
   status "unfinished" for an answer that was cut off, "answered" for one that had been closed. Those of
   its `unclosed_turns` have their words: only the audio is closed.
3. `archive.finish_recovery(session_id)` marks the session "interrupted" and lets go of its lock, so that
   the next start does not tell of it again.

When the caller dies or fails between 1 and 3, the lock is free again, and the next start begins at 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from greenroom.archive.records import OpenTurn
from greenroom.types import CLEANED_SUFFIX, SessionKind, Turn

if TYPE_CHECKING:
    from greenroom.archive.store import Archive


EMPTY_BYTES = 44
"""A WAV file with no sample in it: the program died before the first one came."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A session with something to save in it.

    Attributes:
        cut_off: its program died; `open_turns` may then be empty.
        open_turns: those whose answer is not yet in words.
        unclosed_turns: those that have their words, but whose recording is still a WAV.
        silent_turns: those that name a recording which is not there or empty: nothing to wait for.
    """

    session_id: int
    kind: SessionKind
    started_at: str
    cut_off: bool
    open_turns: tuple[OpenTurn, ...]
    unclosed_turns: tuple[OpenTurn, ...]
    silent_turns: tuple[Turn, ...]


def anything_to_mend(archive: Archive) -> bool:
    """Whether `interrupted` may find something: one quick look, which takes no lock."""
    return bool(_ids(archive))


def _ids(archive: Archive) -> list[int]:
    return sorted({*archive.running_ids(), *archive.unmended_ids()})


def interrupted(archive: Archive) -> list[Interrupted]:
    """The sessions that lost their owner, oldest first; their locks are held from here on.

    Sessions that another living process is at work on are left alone.

    Raises:
        GreenroomError: the database cannot be read, or a lock file cannot be made.
    """
    found = []
    for session_id in _ids(archive):
        if archive.holds(session_id) or not archive.claim(session_id):
            continue
        # Its owner may have ended it between the two lines above.
        if session_id not in _ids(archive):
            archive.release(session_id)
            continue
        session = archive.session(session_id)
        named = archive.open_turns(session_id)
        waiting = [one for one in named if one.turn.status in ("asked", "recorded")]
        unclosed = [one for one in named if one not in waiting and one.audio.suffix == ".wav"]
        found.append(
            Interrupted(
                session_id=session_id,
                kind=session.kind,
                started_at=session.started_at,
                cut_off=session.status == "running",
                open_turns=tuple(one for one in waiting if holds_sound(one.audio)),
                unclosed_turns=tuple(unclosed),
                silent_turns=tuple(one.turn for one in waiting if not holds_sound(one.audio)),
            )
        )
    return found


def holds_sound(file: Path) -> bool:
    """Whether there is more than the header that a recording begins with."""
    try:
        return file.stat().st_size > EMPTY_BYTES
    except OSError:
        return False


def orphans(archive: Archive) -> list[str]:
    """Audio files that no turn names, relative to the home: somebody's voice, told of and never deleted.

    Those of running sessions do not count, their turns may name them any moment; and a cleaned twin goes
    with its recording.
    """
    # The files first: one that is named meanwhile is then found among the named.
    files = sorted(
        path.relative_to(archive.home).as_posix() for path in archive.audio_dir.rglob("*") if path.is_file()
    )
    named = archive.named_audio()
    twins = {f"{name.rpartition('.')[0]}{CLEANED_SUFFIX}" for name in named}
    running = {f"audio/{session_id}" for session_id in archive.running_ids()}
    return [
        name for name in files if name not in named | twins and str(PurePosixPath(name).parent) not in running
    ]
