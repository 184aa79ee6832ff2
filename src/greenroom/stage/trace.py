"""`--trace FILE`: what happens and when, one JSON object a line, without a word of what was said."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from greenroom.errors import GreenroomError


class Trace(Protocol):
    def __call__(
        self,
        event: str,
        *,
        turn: int | None = None,
        moment_s: float | None = None,
        command: str | None = None,
    ) -> None:
        """Write one event down, as of a moment on time.monotonic(), or now."""
        ...


def no_trace(
    event: str, *, turn: int | None = None, moment_s: float | None = None, command: str | None = None
) -> None:
    """For a session without `--trace`."""


class FileTrace:
    """Writes and flushes each line as it happens; mode 0600.

    Args:
        began_s: when the command started, on time.monotonic().

    Raises:
        GreenroomError: the file cannot be written.
    """

    def __init__(self, path: Path, began_s: float) -> None:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with suppress(OSError):  # not ours, as /dev/null
                os.fchmod(descriptor, 0o600)
        except OSError as error:
            raise GreenroomError(
                f"The trace {path} cannot be written: {error.strerror}.", "Give another file with --trace."
            ) from error
        self._file = os.fdopen(descriptor, "w", encoding="utf-8")
        self._began_s = began_s

    def __call__(
        self,
        event: str,
        *,
        turn: int | None = None,
        moment_s: float | None = None,
        command: str | None = None,
    ) -> None:
        row: dict[str, object] = {
            "at_s": round((time.monotonic() if moment_s is None else moment_s) - self._began_s, 3),
            "event": event,
        }
        if turn is not None:
            row["turn"] = turn
        if command is not None:
            row["command"] = command
        # A trace that finds no room any more must not end the session.
        with suppress(OSError):
            self._file.write(json.dumps(row) + "\n")
            self._file.flush()
