"""The recorded speech in audio_fixtures/, by file name, with what its manifest says of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "audio_fixtures"


@dataclass(frozen=True)
class Recorded:
    """A recording and its references; times in seconds on the file's own clock."""

    path: Path
    seconds: float
    reference: str
    first_voiced_s: float
    last_voiced_s: float


@cache
def _manifest() -> dict[str, dict[str, object]]:
    rows = json.loads((FOLDER / "manifest.json").read_text("utf-8"))["recordings"]
    return {row["file"]: row for row in rows}


def recorded(name: str) -> Recorded:
    """ "demo/conflict" -> that recording."""
    row = _manifest()[f"{name}.flac"]
    return Recorded(
        FOLDER / f"{name}.flac",
        float(row["seconds"]),  # type: ignore[arg-type]
        str(row["reference"]),
        float(row["first_voiced_s"] or 0.0),  # type: ignore[arg-type]
        float(row["last_voiced_s"] or 0.0),  # type: ignore[arg-type]
    )
