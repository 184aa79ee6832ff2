"""Finds what an interrupted program left behind. Nothing is changed or deleted here.

How it goes at a start, step by step:

1. `interrupted(archive)` takes every session that is "running" and whose lock can be taken: its owner is
   dead. It also takes those that were ended while an answer had no words yet, because transcribing had
   failed. The lock stays ours, so that no second start does the same work.
2. Its `silent_turns` are marked as skipped, or every later start would look for their recordings again.
   For each of its `open_turns` the caller (the stage) has the audio closed, when `closed` is False, then
   transcribed and measured, with `question_ended_s` and `voiced` from before; it calls
   `archive.store_recording` and then `archive.store_transcript` with status "unfinished" for an answer
   that was cut off, "answered" for one that had been closed.
3. `archive.finish_recovery(session_id)` marks the session "interrupted" and lets go of its lock, so that
   the next start does not tell of it again.

When the caller dies or fails between 1 and 3, the lock is free again, and the next start begins at 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from greenroom.types import SessionKind, Span, Turn

if TYPE_CHECKING:
    from greenroom.archive.store import Archive


EMPTY_BYTES = 44
"""A WAV file with no sample in it: the program died before the first one came."""


@dataclass(frozen=True, slots=True)
class OpenTurn:
    """A turn whose answer is on disk but not yet in words.

    Attributes:
        audio: the file, absolute.
        closed: False when the recording itself was cut off (the turn is still "asked"), True when it was
            closed and only its transcript is missing ("recorded").
        question_ended_s: seconds on the recording's clock.
        voiced: the stretches of speech, when the recording was closed.
    """

    turn: Turn
    audio: Path
    closed: bool
    question_ended_s: float | None
    voiced: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A session with something to save in it.

    Attributes:
        cut_off: its program died; `open_turns` may then be empty.
        silent_turns: those that name a recording which is not there or empty: nothing to wait for.
    """

    session_id: int
    kind: SessionKind
    started_at: str
    cut_off: bool
    open_turns: tuple[OpenTurn, ...]
    silent_turns: tuple[Turn, ...]


def anything_to_mend(archive: Archive) -> bool:
    """Whether `interrupted` may find something: one quick look, which takes no lock."""
    return bool(_ids(archive))


def _ids(archive: Archive) -> list[int]:
    return sorted({*archive.running_ids(), *archive.wordless_ids()})


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
        waiting = [turn for turn in session.turns if turn.status in ("asked", "recorded") and turn.audio]
        open_turns = tuple(
            OpenTurn(
                turn=turn,
                audio=archive.home / (turn.audio or ""),
                closed=turn.status == "recorded",
                question_ended_s=archive.question_ended_s(turn.id),
                voiced=archive.voiced(turn.id),
            )
            for turn in waiting
            if _holds_sound(archive.home / (turn.audio or ""))
        )
        silent_turns = tuple(turn for turn in waiting if turn not in [one.turn for one in open_turns])
        cut_off = session.status == "running"
        found.append(
            Interrupted(session_id, session.kind, session.started_at, cut_off, open_turns, silent_turns)
        )
    return found


def _holds_sound(file: Path) -> bool:
    """Whether there is more than the header that a recording begins with."""
    try:
        return file.stat().st_size > EMPTY_BYTES
    except OSError:
        return False


def orphans(archive: Archive) -> list[str]:
    """Audio files that no turn names, relative to the home: somebody's voice, told of and never deleted.

    Those of running sessions do not count, their turns may name them any moment.
    """
    # The files first: one that is named meanwhile is then found among the named.
    files = sorted(
        path.relative_to(archive.home).as_posix() for path in archive.audio_dir.rglob("*") if path.is_file()
    )
    named = archive.named_audio()
    running = {f"audio/{session_id}" for session_id in archive.running_ids()}
    return [name for name in files if name not in named and str(PurePosixPath(name).parent) not in running]
