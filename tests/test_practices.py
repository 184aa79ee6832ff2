"""The page of practices shows what the program really prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_practice_on_the_page_prints_what_the_page_shows() -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts/practices.py"), "--check"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
