"""The program as a person runs it: in this process where that is honest, else in one of its own."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from recordings import recorded

SHORT = ("demo/practice-real", "demo/practice-feeling", "demo/practice-again")
"""Three answers of a few seconds."""

Run = Callable[..., "Ran"]


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> tuple[str, str]:
        """What happened and what to do: exactly two lines on standard error, exit code 1."""
        lines = self.err.splitlines()
        assert self.code == 1, self
        assert len(lines) == 2, self.err
        assert all(line.strip() for line in lines)
        assert "Traceback" not in self.out + self.err
        assert "should not" not in lines[0]
        return lines[0], lines[1]


def mics(*names: str) -> list[str]:
    """`--mic FILE` for each of some recordings."""
    return [word for name in names for word in ("--mic", str(recorded(name).path))]


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours without anything that steers greenroom."""
    steering = ("GREENROOM_", "ACCESSIBLE", "NO_COLOR")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(steering)}
    return {**plain, "GREENROOM_HOME": str(home), "COLUMNS": "80", **(more or {})}


def command_line(*args: str) -> list[str]:
    return [sys.executable, "-m", "greenroom", *args]


def obey_modes() -> None:
    """Between fork and exec: makes root heed the modes of files, as everybody else does (Linux)."""
    pr_capbset_drop = 24
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(pr_capbset_drop, capability, 0, 0, 0)


def run_apart(
    home: Path, *args: str, env: Mapping[str, str] | None = None, stdin: str = "", modest: bool = False
) -> Ran:
    """In a process of its own; `modest`: as one who may not override the modes of files."""
    ran = subprocess.run(
        command_line(*args),
        env=environment(home, env),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=obey_modes if modest and os.geteuid() == 0 else None,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def session_count(home: Path) -> int:
    """How many sessions are stored, read without greenroom; 0 when there is no database yet."""
    database = home / "greenroom.db"
    if not database.is_file():
        return 0
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'sessions'").fetchone():
            return 0
        return int(db.execute("SELECT count(*) FROM sessions").fetchone()[0])
