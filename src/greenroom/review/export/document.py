"""The JSON export: one document that holds all there is (docs/export.md), and its way onto a page.

`check` is its counterpart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from greenroom import __version__

Json: TypeAlias = dict[str, Any]

FORMAT = "greenroom-export"
VERSION = 1
"""Of the document. Raised when a field is added, renamed or means something else; every older one is read."""

TAKEN_BACK = 0
"""In a log, the number of an item that was taken back and is no more. No item ever has it."""

SoundOf = Callable[[str], Json | None]
"""What is told of a recording, by its name in the archive: {"bytes", "sha256"}; None when it is not there."""


def session(whole: Mapping[str, Any], sound_of: SoundOf) -> Json:
    """A session as it stands in the document.

    Args:
        whole: all that the archive has of it.
        sound_of: called for each recording.
    """
    kept = {item["id"] for item in whole["items"]}
    return {
        **whole,
        "turns": [
            {**turn, "sound": None if turn["audio"] is None else sound_of(turn["audio"])}
            for turn in whole["turns"]
        ],
        "log": [{**one, "entry": _with_known_items(one["entry"], kept)} for one in whole["log"]],
    }


def _with_known_items(entry: Json, kept: set[int]) -> Json:
    """An entry that names no item but those there are: a number given free may be another's by now."""
    if entry.get("entry") == "keep" and "id" in entry and entry["id"] not in kept:
        return {**entry, "id": TAKEN_BACK}
    return entry


def lines(sessions: Iterable[Json], apart: Json | None, at: str) -> Iterator[str]:
    """The document, a session a line, in ASCII: no more than one session is in memory at a time.

    Args:
        apart: what belongs to no session; None where single sessions were asked for.
        at: now, ISO 8601 with its offset.
    """
    head = {"format": FORMAT, "version": VERSION, "exported_at": at, "by": f"greenroom {__version__}"}
    yield f"{_compact(head)[:-1]},\n"
    yield f'"apart":{_compact(apart)},\n'
    yield '"sessions":['
    for place, one in enumerate(sessions):
        yield f"{',' if place else ''}\n{_compact(one)}"
    yield "\n]}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
