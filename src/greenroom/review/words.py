"""Every phrase of the review, in one place.

What is said in plain output is ASCII and whole words, so that it survives any pipe and any screen reader.
"""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "practice": "rehearsal",
    "debrief": "debrief",
    "import": "imported recording",
}
KINDS_SHORT: Mapping[str, str] = {"practice": "rehearsal", "debrief": "debrief", "import": "imported"}
SESSION_STATUS: Mapping[str, str] = {
    "running": "still running",
    "finished": "finished",
    "interrupted": "interrupted, everything said is kept",
}
SESSION_STATUS_SHORT: Mapping[str, str] = {"running": "running", "interrupted": "interrupted"}
TURN_STATUS: Mapping[str, str] = {
    "asked": "asked, nothing answered yet",
    "recorded": "recorded, not yet transcribed",
    "answered": "answered",
    "skipped": "skipped",
    "unfinished": "cut short, kept up to there",
}
PHASES: Mapping[str, str] = {"first": "first look", "second": "second look"}
HIT_KINDS: Mapping[str, str] = {"question": "question", "answer": "answer", "item": "note"}

ITEM_HEADINGS: Mapping[str, str] = {
    "feeling": "How it felt",
    "turning_point": "Turning point",
    "question": "Questions they asked",
    "mindset": "State of mind",
    "right": "What went right",
    "wrong": "What went wrong",
    "factor": "Factors",
    "action": "What to do differently",
    "success": "Successes to remember",
}
"""In the order in which they are shown; a kind that is not here comes after these, under its own name."""
REHEARSAL_HEADINGS: Mapping[str, str] = {
    "question": "Answers to take again",
    "action": "To take into the real one",
}
"""What these kinds are called after a rehearsal, where nobody asked but the program."""

ITEM_NAMES: Mapping[str, str] = {"before": "walking in", "during": "during", "after": "afterwards"}
HAPPY: Mapping[bool, str] = {True: "happy with the answer", False: "unhappy with the answer"}
STARRED = "starred"

SESSION_TITLE = "Session {id}: {kind} of {when}"
DEBRIEF = "Debrief"
NO_TURNS = "No question was asked in this session."
NO_WORDS = "(no words)"
LIST_EMPTY = (
    "Nothing here yet.",
    "greenroom practice starts a rehearsal, greenroom demo shows you one first.",
)
LIST_HEAD = ("ID", "When", "What", "About", "Answers", "Spoken")
LIST_MORE = "These are the {shown} latest. greenroom list --limit {more} shows more."
SEARCH_EMPTY = "Nothing found for {words}. Fewer words, or the beginning of one (migrat*), may find more."
SEARCH_HINT = "greenroom play {moment} plays it from there."

DELETE_WHAT = "Session {id}: {kind} of {day}, {content}."
DELETE_ASK = "Delete it for good?"
DELETE_ASK_FIRST = (
    "Session {id} was not deleted: there is nobody here to ask.",
    "Say so beforehand: greenroom delete {id} --yes",
)
DELETE_KEPT = "Nothing was deleted."
DELETED = "Session {id} is deleted."
DELETE_LEFT = (
    "Session {id} is deleted, but something of it may be left in: {files}.",
    "Close every other greenroom, and remove the files in backups that you no longer need.",
)

PLAY_TURN_SILENT = (
    "Turn {moment} has no audio: it was {status}.",
    "See what there is: greenroom show {id}",
)
PLAY_TURN_LOST = (
    "The audio of turn {moment} is not where it was stored ({path}).",
    "If you moved it, put it back; the transcript is still here: greenroom show {id}",
)
PLAY_SESSION_SILENT = ("Session {id} has no audio.", "Read it instead: greenroom show {id}")


def thought_for(figure: str) -> str:
    return f"thought for {figure}"


ANSWERED_AT_ONCE = "answered at once"


def longest_pause(figure: str) -> str:
    return f"longest pause {figure}"


def pause(figure: str) -> str:
    return f"(pause {figure})"


def spoken(figure: str) -> str:
    return f"{figure} spoken"


def answered_of(answered: int, turns: int) -> str:
    return f"{answered} of {turns} answered"


def again(take: int) -> str:
    return f"take {take}"


def follow_up(moment: str) -> str:
    return f"follow-up to {moment}"


def of_audio(figure: str) -> str:
    return f"{figure} of audio"


def from_pack(name: str) -> str:
    return f"pack {name}"


def outcome(value: str, day: str | None) -> str:
    return f"Outcome: {value}, {day}" if day else f"Outcome: {value}"


def ratings(listed: str) -> str:
    return f"Ratings: {listed}"
