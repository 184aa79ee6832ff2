"""Noise has no words, and no short word of a person is taken for noise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from greenroom.hearing.answer import Words, hear_recording
from greenroom.hearing.evidence import is_voiced
from greenroom.hearing.load import load_whole
from greenroom.hearing.transcriber import FasterWhisper
from greenroom.hearing.vad import SileroVad
from greenroom.types import SAMPLE_RATE_HZ, Pcm
from hearing.fakes import ScriptedVad, silence, tone
from recordings import FOLDER, recorded

Sound = NDArray[np.float64]


def at_s(seconds: float) -> Sound:
    return np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def hiss(seconds: float, seed: int, *, low_hz: float = 20.0, high_hz: float = 7_900.0) -> Sound:
    """Noise between two frequencies, peak 1."""
    samples = len(at_s(seconds))
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(samples))
    frequency = np.fft.rfftfreq(samples, 1 / SAMPLE_RATE_HZ)
    spectrum[(frequency < low_hz) | (frequency > high_hz)] = 0
    sound = np.fft.irfft(spectrum, samples)
    return sound / np.max(np.abs(sound))


def scattered(one: Callable[[np.random.Generator], Sound], seed: int, every_s: tuple[float, float]) -> Sound:
    """Six seconds of one sound again and again, as far apart as `every_s` says."""
    rng = np.random.default_rng(seed)
    out = hiss(6.0, seed) * 0.0005
    start = 0.3
    while start < 5.2:
        sound = one(rng)
        first = round(start * SAMPLE_RATE_HZ)
        out[first : first + len(sound)] += sound[: len(out) - first]
        start += rng.uniform(*every_s)
    return out


def dying(sound: Sound, decay_s: float) -> Sound:
    return sound * np.exp(-at_s(len(sound) / SAMPLE_RATE_HZ) / decay_s)


def key_press(rng: np.random.Generator) -> Sound:
    return dying(hiss(0.05, int(rng.integers(1 << 30)), low_hz=1_800, high_hz=6_500), 0.004)


def plate(rng: np.random.Generator) -> Sound:
    base_hz = rng.uniform(1_400, 3_200)
    partials = (np.sin(2 * np.pi * base_hz * ratio * at_s(0.5)) for ratio in (1.0, 1.51, 2.02))
    return dying(sum(partials, np.zeros(8_000)) / 3, rng.uniform(0.03, 0.15))


def thump(rng: np.random.Generator) -> Sound:
    low = np.sin(2 * np.pi * (58 + 30 * np.exp(-at_s(0.5) / 0.04)) * at_s(0.5))
    return dying(low + 0.4 * hiss(0.5, int(rng.integers(1 << 30)), low_hz=80, high_hz=900), 0.1)


def paper(rng: np.random.Generator) -> Sound:
    rustle = hiss(0.6, int(rng.integers(1 << 30)), low_hz=2_000)
    return rustle * np.sin(np.pi * at_s(0.6) / 0.6) * (0.5 + 0.5 * np.sin(2 * np.pi * 13 * at_s(0.6)))


def breath(rng: np.random.Generator) -> Sound:
    return hiss(0.9, int(rng.integers(1 << 30)), low_hz=400, high_hz=4_000) * np.sin(np.pi * at_s(0.9) / 0.9)


def growl(rng: np.random.Generator) -> Sound:
    wave = np.sign(np.sin(2 * np.pi * rng.uniform(90, 180) * at_s(0.4)))
    return wave * np.sin(np.pi * at_s(0.4) / 0.4)


def bark(rng: np.random.Generator) -> Sound:
    phase = 2 * np.pi * np.cumsum(500 + 300 * np.sin(np.pi * at_s(0.3) / 0.3)) / SAMPLE_RATE_HZ
    voice = sum((strength * np.sin(n * phase) for n, strength in ((1, 1.0), (2, 0.6), (3, 0.4))), 0 * phase)
    rough = 0.1 * hiss(0.3, int(rng.integers(1 << 30)))
    return voice * np.sin(np.pi * at_s(0.3) / 0.3) + rough


def cafe() -> Sound:
    """Forty people at once, far away: built from the recorded answers, in pieces and shifted."""
    names = ["demo/conflict", "demo/weakness", "answers/human-lj-printing", "answers/human-librivox-sonnet"]
    voices = [load_whole(recorded(name).path).astype(np.float64) for name in names]
    rng = np.random.default_rng(7)
    out = np.zeros(6 * SAMPLE_RATE_HZ)
    for _ in range(40):
        voice = np.roll(voices[int(rng.integers(len(voices)))], int(rng.integers(400_000)))[: len(out)]
        out += voice[::-1] if rng.random() < 0.5 else voice
    spectrum = np.fft.rfft(out) / (1 + (np.fft.rfftfreq(len(out), 1 / SAMPLE_RATE_HZ) / 1_500) ** 2)
    return np.fft.irfft(spectrum, len(out))


NOISES: dict[str, Callable[[], Sound]] = {
    "hiss": lambda: hiss(6.0, 1),
    "rumble": lambda: hiss(6.0, 2, high_hz=200),
    "hum": lambda: np.sin(2 * np.pi * 50 * at_s(6.0)) + 0.5 * np.sin(2 * np.pi * 150 * at_s(6.0)),
    "fan": lambda: hiss(6.0, 3, high_hz=900) * (1 + 0.3 * np.sin(2 * np.pi * 23 * at_s(6.0))),
    "rain": lambda: hiss(6.0, 4, low_hz=3_000),
    "clicks": lambda: scattered(lambda rng: np.ones(8), 5, (0.2, 0.9)),
    "typing": lambda: scattered(key_press, 6, (0.08, 0.2)),
    "slow typing": lambda: scattered(key_press, 7, (0.2, 0.6)),
    "dishes": lambda: scattered(plate, 8, (0.1, 0.7)),
    "door": lambda: scattered(thump, 9, (4.0, 5.0)),
    "footsteps": lambda: scattered(thump, 10, (0.5, 0.6)),
    "paper": lambda: scattered(paper, 11, (0.8, 1.5)),
    "breathing": lambda: scattered(breath, 12, (1.5, 2.0)),
    "telephone": lambda: np.sin(2 * np.pi * 440 * at_s(6.0)) * (at_s(6.0) % 2 < 1),
    "siren": lambda: np.sin(2 * np.pi * (700 * at_s(6.0) - 60 * np.cos(2 * np.pi * 0.5 * at_s(6.0)))),
    "bursts": lambda: scattered(lambda rng: hiss(0.3, int(rng.integers(1 << 30))), 13, (0.7, 1.2)),
    "growl": lambda: scattered(growl, 15, (0.8, 1.3)),
    "dog": lambda: scattered(bark, 16, (0.5, 1.0)),
    "café": cafe,
}


def loud(sound: Sound, peak_dbfs: float) -> Pcm:
    return np.round(sound * (32_767 * 10 ** (peak_dbfs / 20) / np.max(np.abs(sound)))).astype(np.int16)


def words_of(pcm: Pcm, tiny: FasterWhisper) -> str:
    """What a live answer would come to."""
    stretches: list[Pcm] = []

    def hold(stretch: Pcm, offset_s: float, *, hurried: bool = False) -> Words:
        stretches.append(stretch)
        return Words()

    hear_recording([pcm], SileroVad(), hold, tiny.rule)
    return " ".join(word.text for stretch in stretches for word in tiny.decode(stretch))


@pytest.mark.parametrize("name", NOISES)
def test_noise_has_no_words(name: str, tiny: FasterWhisper) -> None:
    for peak_dbfs in (-6, -30):
        assert words_of(loud(NOISES[name](), peak_dbfs), tiny) == ""


@pytest.mark.parametrize("name", ["rumble", "growl", "dog", "hiss", "door"])
def test_noise_has_no_words_even_where_it_was_taken_for_speech(name: str, tiny: FasterWhisper) -> None:
    assert tiny.decode(loud(NOISES[name](), -6)) == ()


@pytest.mark.parametrize("name", ["room_tone", "keyboard", "door"])
def test_the_recorded_noises_have_no_words_however_loud(name: str, tiny: FasterWhisper) -> None:
    pcm = load_whole(FOLDER / "noise" / f"{name}.flac")
    assert words_of(loud(pcm.astype(np.float64), -3), tiny) == ""


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("replies/yes", "yes"),
        ("replies/no", "no"),
        ("replies/yes-espeak", "yes"),
        ("replies/no-espeak", "no"),
        ("replies/human-no", "no"),
        ("replies/human-six", "6"),
    ],
)
def test_the_shortest_words_are_kept(name: str, heard: str, tiny: FasterWhisper) -> None:
    one = load_whole(recorded(name).path).astype(np.float64)
    for peak_dbfs in (-3, -30):
        assert words_of(loud(one, peak_dbfs), tiny).lower().strip(".!") == heard


def test_a_voice_must_last_for_a_quarter_of_a_second_on_end() -> None:
    flicker = [0.9] * 7 + [0.2] + [0.9] * 7
    assert not is_voiced(tone(1.0), ScriptedVad(flicker))
    assert is_voiced(tone(1.0), ScriptedVad([0.1] * 5 + [0.5] * 8))
    assert not is_voiced(silence(0.0), ScriptedVad([]))


def test_a_quiet_voice_is_raised_before_it_is_judged(vad: SileroVad) -> None:
    pcm = load_whole(recorded("replies/no").path).astype(np.float64)
    assert is_voiced(loud(pcm, -45), vad)
    assert not is_voiced(silence(2.0), vad)
