"""What a run of the program left in its home, read the way a user reads it: `greenroom show --json`."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

from e2e.program import clean_env, entry_point


def command(
    home: Path,
    *arguments: str,
    check: bool = True,
    typed: str = "",
    env: Mapping[str, str] | None = None,
    prefix: Sequence[str] = (),
    timeout_s: float = 120,
) -> subprocess.CompletedProcess[str]:
    """Run a command that needs no terminal: pipes on all three sides.

    Args:
        typed: what comes in on standard input.
        prefix: words before `greenroom`, such as `nsenter …`.
    """
    return subprocess.run(
        [*prefix, *entry_point(), *arguments],
        env=clean_env(home, env or {}),
        cwd=home.parent,
        input=typed,
        capture_output=True,
        text=True,
        check=check,
        timeout=timeout_s,
    )


def show(home: Path, session: str = "last") -> dict[str, Any]:
    """The whole session as `show ID --json` gives it."""
    whole: dict[str, Any] = json.loads(command(home, "show", session, "--json").stdout)
    return whole


def is_whole(home: Path) -> bool:
    """Whether SQLite finds nothing wrong with the database."""
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        return bool(db.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def sound(home: Path, name: str) -> npt.NDArray[np.int16]:
    """The samples of a stored recording, at 16 kHz."""
    samples, rate_hz = soundfile.read(home / name, dtype="int16")
    assert rate_hz == 16_000
    return samples
