"""Tells how long the program waits for somebody, and why."""

from __future__ import annotations

from greenroom.hearing.patience import ENOUGH_PAUSES, ENOUGH_SESSIONS, Learned
from greenroom.review.figures import counted


def patience_line(learned: Learned) -> str:
    """One line: the patience in seconds, and what it was learned from."""
    wait = f"{learned.patience_s:.1f} s of silence end an answer"
    if learned.raised_by_s is not None:
        return f"{wait}: you once went on after {learned.raised_by_s:.1f} s."
    if learned.share_s is None:
        return f"{wait}; how you pause is not known yet."
    heard = f"{counted(learned.pauses, 'pause')} in {counted(learned.sessions, 'session')}"
    if not learned.enough:
        most = f"{ENOUGH_PAUSES} in {ENOUGH_SESSIONS}"
        return f"{wait}; {heard} heard so far, and it may become shorter from {most} on."
    return f"{wait}: of your {heard}, 95 in 100 took no more than {learned.share_s:.1f} s."
