"""The page of practices shows what the program really prints, for every practice there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

PRACTICES = [
    "feelings",
    "turning point",
    "every question",
    "mindset",
    "tribe",
    "thank-you note",
    "successes",
    "time box",
    "calm",
    "Two lists",
    "Fluke or pattern",
    "Strategize",
    "Research",
    "stock questions",
    "underestimate",
    "feedback from others",
    "Try again",
]
"""What the program is built around, one word or two of each."""


def test_every_practice_has_its_part_with_a_command_and_its_output() -> None:
    text = (ROOT / "docs" / "practices.md").read_text("utf-8")
    parts = [part.partition("\n") for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]]

    assert len(parts) == len(PRACTICES)
    for practice, (title, _, shown) in zip(PRACTICES, parts, strict=True):
        assert practice in title
        assert re.search(r"^```\n\$ greenroom .*\n.+", shown, re.MULTILINE), title


def test_every_practice_on_the_page_prints_what_the_page_shows() -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts/practices.py"), "--check"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
