"""What a run of the program left in its home, read the way a user reads it: `greenroom show --json`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from e2e.program import clean_env, entry_point


def command(home: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command that needs no terminal and no sound."""
    return subprocess.run(
        [*entry_point(), *arguments],
        env=clean_env(home),
        cwd=home.parent,
        capture_output=True,
        text=True,
        check=check,
        timeout=120,
    )


def show(home: Path, session: str = "last") -> dict[str, Any]:
    """The whole session as `show ID --json` gives it."""
    whole: dict[str, Any] = json.loads(command(home, "show", session, "--json").stdout)
    return whole
