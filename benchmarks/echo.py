"""The program's own voice taken out of the microphone, in a made room: 120 ms late, with reverberation."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soxr
from numpy.typing import NDArray

from greenroom.types import SAMPLE_RATE_HZ, Pcm

QUESTIONS = (
    "Tell me about a time you had a conflict with a colleague.",
    "What is your biggest weakness, and what do you do about it?",
    "Why do you want to work for this company, and why now?",
    "Tell me a little about yourself, and about what brought you here.",
)
PERSON = "answers/human-lj-printing"
LEVELS_DB = (None, -40, -20, -10, -3)
DELAY_S = 0.12
REVERBERATION_S = 0.25
"""In which an echo loses 60 dB: a furnished room."""
NOISE_DBFS = -65
PLAYED_RATE_HZ = 48_000
BLOCK_SAMPLES = 320
KNOWN_S = 0.15
"""A loudspeaker is handed its sound so long before it is heard; in real streams it was 0.15 to 0.2 s."""

Sound = NDArray[np.float64]


class Cleaned(NamedTuple):
    pcm: Pcm
    level_db: float
    processor_s: float


class MadeLoudspeaker:
    """Tells of its sound as a real one does."""

    sample_rate_hz = PLAYED_RATE_HZ

    def __init__(self, sound: Sound) -> None:
        self.now_s = 0.0
        self._sound = sound.astype(np.float32)
        self._place = 0

    def take(self) -> list[tuple[int, float, NDArray[np.float32]]]:
        blocks = []
        while (heard_at_s := self._place / PLAYED_RATE_HZ) < self.now_s + KNOWN_S:
            part = self._sound[self._place : self._place + 960]
            blocks.append((self._place, heard_at_s, np.pad(part, (0, 960 - len(part)))))
            self._place += 960
        return blocks


def echo() -> Iterator[str]:
    """Its own voice alone, and a person's words over it: what Silero and tiny.en make of both."""
    from e2e.words import word_error_rate
    from greenroom.hearing.load import load_whole
    from greenroom.hearing.models import find_model
    from greenroom.hearing.transcriber import FasterWhisper
    from recordings import recorded

    person = load_whole(recorded(PERSON).path).astype(np.float64)
    played = _program(len(person) / SAMPLE_RATE_HZ)
    own = soxr.resample(played, PLAYED_RATE_HZ, SAMPLE_RATE_HZ)[: len(person)] * 32_768
    # The first question is said alone, as in a session: how loud it comes back is measured there.
    late = round(6.5 * SAMPLE_RATE_HZ)
    over = np.pad(person, (late, 0))[: len(own)]
    noise = np.random.default_rng(1).standard_normal(len(own)) * 32_768 * 10 ** (NOISE_DBFS / 20)
    with tempfile.TemporaryDirectory() as cache:
        recogniser = FasterWhisper(find_model("tiny.en", Path(cache)))

        def heard_words(pcm: Pcm) -> str:
            return " ".join(word.text for word in recogniser.decode(pcm[late:]))

        reference = heard_words(_pcm(over + noise))
        its_own, persons = _speech(_pcm(own)), _speech(_pcm(over + noise))
        yield (
            f"{len(own) / SAMPLE_RATE_HZ:.0f} s: the questions synthetic, the person's answer built of real "
            "clips, the room made; WER against tiny.en's words for the person alone."
        )
        yield ""
        yield (
            "| echo dB | own voice taken for speech, raw | cleaned | measured dB | person's speech kept "
            "| WER raw | WER cleaned | processor s per s |"
        )
        yield "|---|---|---|---|---|---|---|---|"
        for level_db in LEVELS_DB:
            back = _in_the_room(own, level_db)
            alone, both = _pcm(back + noise), _pcm(back + noise + over)
            cleaned_alone, cleaned_both = _clean(played, alone), _clean(played, both)
            yield (
                f"| {'none' if level_db is None else level_db} "
                f"| {_share(_speech(alone), its_own):.2f} "
                f"| {_share(_speech(cleaned_alone.pcm), its_own):.2f} "
                f"| {cleaned_alone.level_db:.0f} "
                f"| {_share(_speech(cleaned_both.pcm), persons & its_own):.2f} "
                f"| {word_error_rate(reference, heard_words(both)):.3f} "
                f"| {word_error_rate(reference, heard_words(cleaned_both.pcm)):.3f} "
                f"| {cleaned_both.processor_s / (len(own) / SAMPLE_RATE_HZ):.3f} |"
            )


def _program(seconds: float) -> Sound:
    """Question after question, a second apart, at the loudspeaker's rate."""
    from greenroom.speaking.voice import Voice

    with tempfile.TemporaryDirectory() as folder:
        voice = Voice("system", Path(folder))
        sentences = [voice.render(question) for question in QUESTIONS]
        voice.close()
    parts = [
        np.pad(
            soxr.resample(one.pcm.astype(np.float64) / 32_768, one.sample_rate_hz, PLAYED_RATE_HZ),
            (PLAYED_RATE_HZ, 0),
        )
        for one in sentences
    ]
    once = np.clip(np.concatenate(parts), -1, 1)
    return np.asarray(np.resize(once, round(seconds * PLAYED_RATE_HZ)))


def _in_the_room(sound: Sound, level_db: float | None) -> Sound:
    if level_db is None:
        return np.zeros(len(sound))
    at_s = np.arange(round(0.3 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    tail = np.random.default_rng(2).standard_normal(len(at_s)) * 10 ** (-3 * at_s / REVERBERATION_S)
    way = 0.5 * tail / np.sqrt(np.sum(tail**2))
    way[0] = 1.0
    way *= 10 ** (level_db / 20) / np.sqrt(np.sum(way**2))
    size = len(sound) + len(way)
    back = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(way, size), size)
    return np.asarray(np.pad(back, (round(DELAY_S * SAMPLE_RATE_HZ), 0))[: len(sound)])


def _clean(played: Sound, heard: Pcm) -> Cleaned:
    from greenroom.hearing.echo import EchoCanceller
    from greenroom.hearing.vad import SileroVad

    loudspeaker = MadeLoudspeaker(played)
    canceller = EchoCanceller(loudspeaker, SileroVad())
    began_s = time.process_time()
    pieces = []
    for start in range(0, len(heard) - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
        loudspeaker.now_s = (start + BLOCK_SAMPLES) / SAMPLE_RATE_HZ
        pieces.append(canceller.clean(heard[start : start + BLOCK_SAMPLES], start / SAMPLE_RATE_HZ))
    processor_s = time.process_time() - began_s
    assert canceller.coupling is not None
    return Cleaned(np.concatenate(pieces), canceller.coupling.level_db, processor_s)


def _speech(pcm: Pcm) -> NDArray[np.bool_]:
    """Block by block, whether Silero takes it for speech."""
    from greenroom.hearing.vad import SileroVad

    vad = SileroVad()
    return np.array([vad(pcm[at : at + 512]) >= 0.5 for at in range(0, len(pcm) - 511, 512)])


def _share(found: NDArray[np.bool_], of: NDArray[np.bool_]) -> float:
    of = of[: len(found)]
    return float(np.mean(found[: len(of)][of]))


def _pcm(sound: Sound) -> Pcm:
    return np.clip(np.rint(sound), -32_768, 32_767).astype(np.int16)
