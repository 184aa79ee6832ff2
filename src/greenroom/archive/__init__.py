"""What is kept: one SQLite file, the audio beside it, and the ways back in. The only room that knows SQL."""

from greenroom.archive.erasure import DeletedSession
from greenroom.archive.hits import MARK_END, MARK_START, Hit, without_echoes
from greenroom.archive.meanings import Meaning, Near, Outline, Untold
from greenroom.archive.records import MessageSet, OpenTurn, SessionSummary
from greenroom.archive.recovery import Interrupted, interrupted, orphans
from greenroom.archive.reference import Reference, moment, parse_reference, parse_retake_id, retake_id
from greenroom.archive.store import Archive
from greenroom.archive.within import EVERYWHERE, Within

__all__ = [
    "EVERYWHERE",
    "MARK_END",
    "MARK_START",
    "Archive",
    "DeletedSession",
    "Hit",
    "Interrupted",
    "Meaning",
    "MessageSet",
    "Near",
    "OpenTurn",
    "Outline",
    "Reference",
    "SessionSummary",
    "Untold",
    "Within",
    "interrupted",
    "moment",
    "orphans",
    "parse_reference",
    "parse_retake_id",
    "retake_id",
    "without_echoes",
]
