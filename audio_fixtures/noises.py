"""Sounds that are no answer: a quiet room, typing, a door, dishes, a café. Computed, nothing recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
import soxr
from levels import RATE, Samples, gain, rms_dbfs

FLOOR_DBFS = -65.0
"""Level of the noise under synthetic speech and between noises, RMS in dB of full scale."""
CAFE_DBFS = -40.0
"""RMS level of the café: 16 dB under somebody who speaks into the microphone (`SPEECH_DBFS`)."""
CAFE_TALKERS = 12
"""So many at once that no word of any of them can be followed."""
CAFE_ROOM_S = 0.9
"""Reverberation time (RT60) of the café."""


def coloured_noise(count: int, level_dbfs: float, slope_db: float, rng: np.random.Generator) -> Samples:
    """Noise of `count` samples at an RMS level, falling by `slope_db` an octave above 60 Hz."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    frequency = np.maximum(np.fft.rfftfreq(count, 1 / RATE), 60.0)
    noise = np.fft.irfft(spectrum * (frequency / 60.0) ** (-slope_db / 6.02), count).astype(np.float32)
    return (noise * gain(level_dbfs - rms_dbfs(noise))).astype(np.float32)


def band_noise(count: int, low_hz: float, high_hz: float, rng: np.random.Generator) -> Samples:
    """Noise of `count` samples between two frequencies, peak 1."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    spectrum[(frequency < low_hz) | (frequency > high_hz)] = 0
    noise = np.fft.irfft(spectrum, count)
    shaped: Samples = (noise / np.max(np.abs(noise))).astype(np.float32)
    return shaped


def decaying(samples: Samples, attack_s: float, decay_s: float) -> Samples:
    """The samples under a linear attack and an exponential decay with these times in seconds."""
    t = np.arange(len(samples)) / RATE
    return (samples * np.minimum(t / attack_s, 1.0) * np.exp(-t / decay_s)).astype(np.float32)


def add_at(target: Samples, start_s: float, sound: Samples) -> None:
    """Add a sound into `target` at a time in seconds, cut at the end of `target`."""
    start = round(start_s * RATE)
    end = min(start + len(sound), len(target))
    target[start:end] += sound[: end - start]


def room_tone(seconds: float, rng: np.random.Generator) -> Samples:
    """A quiet room: noise that falls by 3 dB an octave, -55 dBFS RMS."""
    return coloured_noise(round(seconds * RATE), -55.0, 3.0, rng)


def keyboard(seconds: float, rng: np.random.Generator) -> Samples:
    """Typing: short clicks in two bands, 5 to 9 a second in bursts, peaks about -14 dBFS."""
    out = coloured_noise(round(seconds * RATE), FLOOR_DBFS, 3.0, rng)
    at_s = 0.4
    while at_s < seconds - 0.3:
        for delay_s, strength in ((0.0, 1.0), (rng.uniform(0.06, 0.09), 0.4)):  # down, then up
            click = decaying(band_noise(800, 1800, 6500, rng), 0.0008, 0.004) * 0.8
            click += decaying(band_noise(800, 250, 700, rng), 0.001, 0.010) * 0.25
            add_at(out, at_s + delay_s, click * gain(-13.0) * strength * rng.uniform(0.5, 1.0))
        at_s += rng.uniform(0.11, 0.20) if rng.random() > 0.12 else rng.uniform(0.5, 0.9)
    return out


def door(seconds: float, rng: np.random.Generator) -> Samples:
    """A door that falls shut after 0.6 s: one low thud, then a rattle that dies away."""
    out = coloured_noise(round(seconds * RATE), FLOOR_DBFS, 3.0, rng)
    t = np.arange(round(0.5 * RATE)) / RATE
    thud = np.sin(2 * np.pi * (58.0 + 30.0 * np.exp(-t / 0.04)) * t).astype(np.float32)
    add_at(out, 0.6, decaying(thud, 0.003, 0.11) * gain(-10.0))
    add_at(out, 0.6, decaying(band_noise(len(t), 80, 900, rng), 0.002, 0.03) * gain(-14.0))
    at_s, step_s, strength = 0.74, 0.075, gain(-24.0)
    for _ in range(7):
        add_at(out, at_s, decaying(band_noise(1600, 700, 3200, rng), 0.001, 0.012) * strength)
        at_s, step_s, strength = at_s + step_s, step_s * 0.88, strength * 0.75
    return out


def dishes(seconds: float, rng: np.random.Generator) -> Samples:
    """Washing up: plates and glasses ring in clusters of high partials, and something is scraped."""
    out = coloured_noise(round(seconds * RATE), FLOOR_DBFS + 8.0, 3.0, rng)
    at_s = 0.5
    while at_s < seconds - 0.6:
        for _ in range(int(rng.integers(1, 4))):
            t = np.arange(round(0.5 * RATE)) / RATE
            base_hz = rng.uniform(1_400, 3_200)
            ring = np.zeros(len(t), np.float32)
            for ratio in (1.0, 1.51, 2.02, 2.37):  # partials of a struck plate are not harmonic
                hz = base_hz * ratio * rng.uniform(0.98, 1.02)
                if hz < RATE / 2 - 500:
                    phase = rng.uniform(0, 6.28)
                    ring += (np.sin(2 * np.pi * hz * t + phase) * rng.uniform(0.2, 1.0)).astype(np.float32)
            struck = decaying(ring / 2, 0.001, rng.uniform(0.03, 0.12))
            struck += decaying(band_noise(len(t), 900, 6_000, rng), 0.0005, 0.006)
            add_at(out, at_s, struck * gain(-16.0) * rng.uniform(0.4, 1.0))
            at_s += rng.uniform(0.04, 0.18)
        if rng.random() < 0.3:
            scrape = band_noise(round(0.35 * RATE), 1_500, 5_000, rng)
            add_at(out, at_s, decaying(scrape, 0.1, 0.2) * gain(-26.0))
        at_s += rng.uniform(0.25, 0.9)
    return out


def cafe(seconds: float, rng: np.random.Generator) -> Samples:
    """Many people talk far away in a room that echoes, over cups: built from the synthetic answers."""
    folder = Path(__file__).parent
    names = sorted([*folder.glob("demo/*.flac"), *folder.glob("answers/[fltw]*.flac")])
    count = round(seconds * RATE)
    mixed = np.zeros(count, np.float32)
    for talker in range(CAFE_TALKERS):
        clip, _ = soundfile.read(names[talker % len(names)], dtype="float32")
        voice = soxr.resample(clip, RATE, RATE * rng.uniform(0.8, 1.25))  # other throats, other paces
        voice = np.roll(np.resize(voice, max(count, len(voice))), int(rng.integers(0, len(voice))))
        mixed += (voice[:count] * rng.uniform(0.5, 1.0)).astype(np.float32)
    t = np.arange(round(CAFE_ROOM_S * RATE)) / RATE
    echoes = rng.standard_normal(len(t)) * 10 ** (-3 * t / CAFE_ROOM_S)
    size = 1 << (count + len(echoes)).bit_length()
    wet = np.fft.irfft(np.fft.rfft(mixed, size) * np.fft.rfft(echoes, size), size)[:count]
    far = np.fft.rfft(wet)
    far *= 1 / np.sqrt(1 + (np.fft.rfftfreq(count, 1 / RATE) / 2_500) ** 4)  # air and bodies take the highs
    room: Samples = np.fft.irfft(far, count).astype(np.float32)
    room *= gain(CAFE_DBFS - rms_dbfs(room))
    cups: Samples = (dishes(seconds, rng) * gain(-14.0)).astype(np.float32)
    out: Samples = (room + cups).astype(np.float32)
    return out


NOISES: dict[str, tuple[Callable[[float, np.random.Generator], Samples], float]] = {
    "noise/room_tone.flac": (room_tone, 6.0),
    "noise/keyboard.flac": (keyboard, 6.0),
    "noise/door.flac": (door, 3.0),
    "noise/dishes.flac": (dishes, 6.0),
    "noise/cafe.flac": (cafe, 8.0),
}
