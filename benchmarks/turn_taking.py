"""How often somebody is cut off, and what is lost then: fixed limits of silence against greenroom.

    python benchmarks/turn_taking.py [SPEECH]

SPEECH is a folder with a `manifest.jsonl` and real clips (`../shared/speech` beside the checkout, if it is
there); without it only the synthetic answers of `audio_fixtures` are used. Answers are built from clips of
one speaker with pauses between them, heard by the real detector, and judged by the real turn-taking on the
sample clock.
"""

from __future__ import annotations

import itertools
import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from greenroom.hearing.endpoint import BLOCK_SAMPLES, Endpointer, Event, EventKind, Patience, State
from greenroom.hearing.patience import learned
from greenroom.hearing.vad import SileroVad
from greenroom.types import SAMPLE_RATE_HZ, PauseHistory, Pcm, Span

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "audio_fixtures"
SPEECH = ROOT.parent / "shared" / "speech"

SEED = 3
ANSWERS_EACH = 20
"""Built answers of each speaker, in sessions of `A_SESSION`."""
A_SESSION = 5
PIECES = (4, 8)
"""Clips in an answer: at least, and at most."""
LIMITS_S = (0.6, 1.0, 1.5)
"""Fixed limits of other programs: RealtimeSTT 0.6 s, voicemode 1.0 s, interview-coach-cli 1.5 s."""
PAUSE_S = (0.3, 5.0)
"""Shortest and longest pause between clips."""
SPREAD = 0.7
"""Sigma of the logarithm of a pause: with a median of 0.8 s, one pause in twenty is longer than 2.5 s, the
95th percentile inside turns of a call centre (livekit pull request 3640)."""
SUM_UP_S = 3.0
"""What the program says after an answer, such as "Forty seconds, after three of thought"."""
BREATH_S = 0.5
INTO_QUESTION_S = 1.5
"""So far into the next question an answer can still go on."""
LEAST_PAUSE_S = 0.5
"""A gap that counts as a pause when somebody's habits are learned."""


@dataclass(frozen=True)
class Speaker:
    """Somebody's clips, and the median of their pauses in seconds: people differ."""

    name: str
    made: str
    pattern: str
    pause_s: float


REAL = (
    Speaker("reader of LJ Speech", "built of real clips", "ljspeech-*", 0.6),
    Speaker("LibriVox reader", "built of real clips", "pocketsphinx_librivox-*", 0.8),
    Speaker("developer of MFA", "built of real clips", "mfa_short-mfa_*", 1.1),
)
SYNTHETIC = Speaker("Piper joe", "synthetic", "answers/*.flac", 0.8)


@dataclass(frozen=True)
class Clip:
    """Speech without silence at its ends."""

    pcm: Pcm
    words: int


@dataclass
class Built:
    """An answer: what the detector says of it block by block, and when each of its words begins."""

    probabilities: list[float]
    words_at_s: list[float]
    last_word_s: float


@dataclass
class Tally:
    """What became of the answers of one kind under one rule."""

    answers: int = 0
    cut: int = 0
    closes: int = 0
    lost: int = 0
    words: int = 0
    waits_s: list[float] = field(default_factory=list)


def turn_taking(speech: Path | None = None) -> Iterator[str]:
    """False ends and lost words, per rule and kind of speech, as Markdown."""
    rng = np.random.default_rng(SEED)
    folder = speech or SPEECH
    people: list[tuple[Speaker, list[Clip]]] = [(SYNTHETIC, _synthetic_clips())]
    if (folder / "manifest.jsonl").is_file():
        people += [(speaker, _real_clips(folder, speaker.pattern)) for speaker in REAL]
    tallies: dict[tuple[str, str], Tally] = {}
    lengths_s = []
    for speaker, clips in people:
        answers = [_built(clips, speaker.pause_s, rng) for _ in range(ANSWERS_EACH)]
        lengths_s += [one.last_word_s for one in answers]
        for limit_s in LIMITS_S:
            tally = tallies.setdefault((f"fixed {limit_s} s", speaker.made), Tally())
            for one in answers:
                _judge_fixed(one, limit_s, tally)
        tally = tallies.setdefault(("greenroom, never learning (2.5 s)", speaker.made), Tally())
        for one in answers:
            _judge_greenroom(one, 2.5, tally)
        _judge_learning(answers, tallies.setdefault(("greenroom, learning", speaker.made), Tally()))
    names = ", ".join(speaker.name for speaker, _ in people)
    medians = ", ".join(f"{speaker.pause_s}" for speaker, _ in people)
    yield (
        f"{len(lengths_s)} answers of {min(lengths_s):.0f} to {max(lengths_s):.0f} s, {ANSWERS_EACH} of each "
        f"of {len(people)} speakers ({names}), {PIECES[0]} to {PIECES[1]} clips each. Pauses between clips: "
        f"log-normal, median {medians} s, sigma {SPREAD}, {PAUSE_S[0]} to {PAUSE_S[1]} s, seed {SEED}; the "
        f"clips keep pauses of their own. A false end of greenroom's is lost only when nothing is said for "
        f"{SUM_UP_S + BREATH_S + INTO_QUESTION_S} s after it: sum-up, breath, and 1.5 s of the next question."
    )
    yield ""
    yield "| rule | speech | cut off for good | false ends | words lost | of | wait at the end, median s |"
    yield "|---|---|---|---|---|---|---|"
    for (rule, made), tally in sorted(tallies.items(), key=lambda row: row[0][1]):
        yield (
            f"| {rule} | {made} | {tally.cut} of {tally.answers} | {tally.closes} | {tally.lost} "
            f"| {tally.words} | {statistics.median(tally.waits_s):.1f} |"
        )


def _synthetic_clips() -> list[Clip]:
    """The phrases of the synthetic answers, cut apart at the pauses their manifest tells."""
    rows = json.loads((FIXTURES / "manifest.json").read_text("utf-8"))["recordings"]
    clips = []
    for row in rows:
        if row["speech"] != "synthetic" or row["kind"] != "answer" or "joe" not in row["origin"]:
            continue
        pcm, _ = soundfile.read(FIXTURES / row["file"], dtype="int16")
        edges = [row["first_voiced_s"], *(s for pause in row["pauses"] for s in pause), row["last_voiced_s"]]
        voiced_s = sum(b - a for a, b in zip(edges[::2], edges[1::2], strict=True))
        count = len(row["reference"].split())
        for start_s, end_s in zip(edges[::2], edges[1::2], strict=True):
            cut = pcm[round((start_s - 0.05) * SAMPLE_RATE_HZ) : round((end_s + 0.05) * SAMPLE_RATE_HZ)]
            clips.append(Clip(cut, max(round(count * (end_s - start_s) / voiced_s), 1)))
    return clips


def _real_clips(folder: Path, pattern: str) -> list[Clip]:
    """Somebody's clips, cut to their voice. Whispered ones are left out: no pause can be told in them."""
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]
    clips = []
    for row in rows:
        name = Path(row["file"])
        if not name.match(pattern) or "whisper" in name.stem or not row["reference"]:
            continue
        pcm, _ = soundfile.read(folder / row["file"], dtype="int16")
        spans = _spans(_probabilities(pcm))
        if spans:
            first, last = max(spans[0].start_s - 0.1, 0), spans[-1].end_s + 0.1
            cut = pcm[round(first * SAMPLE_RATE_HZ) : round(last * SAMPLE_RATE_HZ)]
            clips.append(Clip(cut, len(row["reference"].split())))
    return clips


def _built(clips: Sequence[Clip], median_s: float, rng: np.random.Generator) -> Built:
    """Some clips in any order with pauses between them, after one second and before ten of near silence."""
    count = int(rng.integers(PIECES[0], PIECES[1] + 1))
    chosen = rng.choice(len(clips), size=min(count, len(clips)), replace=False)
    parts: list[Pcm] = [_hush(1.0, rng)]
    words_at_s: list[float] = []
    at_s = 1.0
    for place, index in enumerate(chosen):
        if place:
            pause_s = float(np.clip(median_s * np.exp(SPREAD * rng.standard_normal()), *PAUSE_S))
            parts.append(_hush(pause_s, rng))
            at_s += pause_s
        clip = clips[index]
        length_s = len(clip.pcm) / SAMPLE_RATE_HZ
        words_at_s += [at_s + length_s * word / clip.words for word in range(clip.words)]
        parts.append(clip.pcm)
        at_s += length_s
    parts.append(_hush(10.0, rng))
    probabilities = _probabilities(np.concatenate(parts))
    return Built(probabilities, words_at_s, _spans(probabilities)[-1].end_s)


def _hush(seconds: float, rng: np.random.Generator) -> Pcm:
    """Near silence at -65 dBFS."""
    noise: Pcm = rng.normal(0, 32_768 * 10 ** (-65 / 20), round(seconds * SAMPLE_RATE_HZ)).astype(np.int16)
    return noise


def _probabilities(pcm: npt.NDArray[np.int16]) -> list[float]:
    vad = SileroVad()
    whole = len(pcm) // BLOCK_SAMPLES * BLOCK_SAMPLES
    return [vad(pcm[start : start + BLOCK_SAMPLES]) for start in range(0, whole, BLOCK_SAMPLES)]


def _spans(probabilities: Sequence[float]) -> tuple[Span, ...]:
    ear = Endpointer(Patience(patience_s=1e6))
    ear.arm(0.0)
    for probability in probabilities:
        ear.feed(probability)
    return ear.spans


def _judge_fixed(answer: Built, limit_s: float, tally: Tally) -> None:
    """The answer ends at the first silence that is long enough; what comes after is thrown away."""
    ear = Endpointer(Patience(limit_s, pause_s=min(0.5, limit_s)))
    ear.arm(0.5)
    closed_s = next(
        event.at_s
        for probability in answer.probabilities
        for event in ear.feed(probability)
        if event.kind is EventKind.ANSWER_CLOSED
    )
    _count(answer, closed_s, int(closed_s < answer.last_word_s), tally)


def _judge_greenroom(answer: Built, patience_s: float, tally: Tally) -> list[float]:
    """An answer that goes on in time is opened again, and patience is at least that silence from then on.

    Returns:
        The silences after which it went on.
    """
    ear = Endpointer(Patience(patience_s))
    ear.arm(0.5)
    false_ends: list[float] = []
    closed_s: float | None = None
    for probability in answer.probabilities:
        gone_on = ear.state is State.CLOSED
        for event in ear.feed(probability):
            if event.kind is EventKind.ANSWER_CLOSED:
                closed_s = event.at_s
            elif event.kind is EventKind.ANSWER_REOPENED and gone_on and closed_s is not None:
                if event.at_s > closed_s + SUM_UP_S + BREATH_S + INTO_QUESTION_S:
                    _count(answer, closed_s, len(false_ends) + 1, tally)
                    return false_ends
                false_ends.append(_silence_before(ear, event))
    assert closed_s is not None
    _count(answer, closed_s, len(false_ends), tally)
    return false_ends


def _silence_before(ear: Endpointer, event: Event) -> float:
    return event.at_s - ear.spans[-2].end_s


def _judge_learning(answers: Sequence[Built], tally: Tally) -> None:
    """Session after session of one speaker, each with the patience learned from those before."""
    pauses: list[float] = []
    reopened: list[float] = []
    for place, answer in enumerate(answers):
        history = PauseHistory(tuple(pauses), -(-place // A_SESSION), tuple(reopened))
        reopened += _judge_greenroom(answer, learned(history).patience_s, tally)
        spans = _spans(answer.probabilities)
        gaps = [b.start_s - a.end_s for a, b in itertools.pairwise(spans)]
        pauses += [gap for gap in gaps if gap >= LEAST_PAUSE_S]


def _count(answer: Built, closed_s: float, false_ends: int, tally: Tally) -> None:
    """Enter an answer that was closed for good at `closed_s`."""
    lost = sum(at_s > closed_s for at_s in answer.words_at_s)
    tally.answers += 1
    tally.cut += bool(lost)
    tally.closes += false_ends
    tally.lost += lost
    tally.words += len(answer.words_at_s)
    if not lost:
        tally.waits_s.append(closed_s - answer.last_word_s)


if __name__ == "__main__":
    for line in turn_taking(Path(sys.argv[1]) if sys.argv[1:] else None):
        print(line, flush=True)
