"""An empty home, an open archive, and short ways to put something in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from greenroom.archive import Archive
from greenroom.types import Fillers, Timing, Transcript, Turn, Word


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def archive(home: Path) -> Iterator[Archive]:
    with Archive.open(home) as archive:
        yield archive


Answer = Callable[..., Turn]


@pytest.fixture
def answer(archive: Archive) -> Answer:
    """Store a question and its answer; the words begin one a second, the first at 1 s."""

    def store(session_id: int, text: str, prompt: str = "Tell me about yourself.") -> Turn:
        turn = archive.start_turn(session_id, part="interview", prompt_id="yourself", prompt=prompt)
        words = tuple(Word(word, float(at), at + 0.5, 0.9) for at, word in enumerate(text.split(), start=1))
        archive.store_transcript(
            turn.id,
            Transcript(text, words, "tiny.en", "stitched"),
            timing=Timing(2.0, 30.0, 25.0, 1.5, 140.0),
            fillers=Fillers(1, 2.0, {"um": 1}),
            status="answered",
        )
        return turn

    return store
