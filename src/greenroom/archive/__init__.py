"""What is kept: one SQLite file, the audio beside it, and the ways back in. The only room that knows SQL."""

from greenroom.archive.erasure import DeletedSession
from greenroom.archive.records import MessageSet, OpenTurn, SessionSummary
from greenroom.archive.recovery import Interrupted, interrupted, orphans
from greenroom.archive.reference import Reference, moment, parse_reference, parse_retake_id, retake_id
from greenroom.archive.search import MARK_END, MARK_START, Hit
from greenroom.archive.store import Archive

__all__ = [
    "MARK_END",
    "MARK_START",
    "Archive",
    "DeletedSession",
    "Hit",
    "Interrupted",
    "MessageSet",
    "OpenTurn",
    "Reference",
    "SessionSummary",
    "interrupted",
    "moment",
    "orphans",
    "parse_reference",
    "parse_retake_id",
    "retake_id",
]
