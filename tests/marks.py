"""The marks made by hand in tests/coaching/marked: what a person heard in answers, pairs and recordings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import soundfile

from greenroom.coaching.fillers import count_fillers
from greenroom.coaching.timing import timing_of_spans
from greenroom.types import SAMPLE_RATE_HZ, Answer, Pcm, Span, Word
from recordings import FOLDER, recorded

MARKED = Path(__file__).parent / "coaching" / "marked"

WORD_S = 0.45
"""Of an answer that nobody has spoken: 133 words a minute, a talk with its pauses."""
SPOKEN_SHARE = 0.8
"""Of a word's time that is voice."""

TAGS = {
    "h": "hedges",
    "o": "openers",
    "r": "repeats",
    "x": "restarts",
    "n": "numbers",
    "u": "outcomes",
    "q": "quoted",
}
PARTS = {"S": "situation", "T": "task", "A": "action", "R": "result"}
_MARK = re.compile(r"\[([STAR])\]|\{([horxnuq])\||(\})")


@dataclass(frozen=True)
class Place:
    """Words of an answer, `first` to before `past`, counted from 0."""

    text: str
    first: int
    past: int


@dataclass(frozen=True, eq=False)  # each is itself: measured once
class MarkedAnswer:
    """An answer with what a person heard in it; README.md there says by which rules of thumb.

    Attributes:
        kind: of the question.
        places: what was marked in the words, by measure ("hedges"), in order.
        star: which word each part of the story begins with; parts that are not there are left out.
        i, we: how often somebody speaks of themselves, and of a group.
        fillers: hesitations, by word.
        follow_up: what a good interviewer would ask now.
        why: the grade's one reason.
    """

    id: str
    held_out: bool
    question: str
    asked: str
    kind: str
    text: str
    places: Mapping[str, tuple[Place, ...]]
    star: Mapping[str, int]
    i: int
    we: int
    fillers: Mapping[str, int]
    met: Literal["yes", "partly", "no"]
    follow_up: str
    grade: str
    why: str
    recorded: tuple[str, ...] = ()

    def as_answer(self) -> Answer:
        """It as if it had been spoken, with every word in its time."""
        texts = self.text.split()
        length_s = len(texts) * WORD_S
        if self.recorded:
            clips = [recorded(name) for name in self.recorded]
            length_s = sum(clip.last_voiced_s - clip.first_voiced_s for clip in clips)
        each_s = length_s / len(texts)
        words = tuple(
            Word(text, 2.0 + at * each_s, 2.0 + (at + SPOKEN_SHARE) * each_s, 0.9)
            for at, text in enumerate(texts)
        )
        voiced = (Span(2.0, words[-1].end_s),)
        timing = timing_of_spans(voiced, 0.0, len(words))
        fillers = count_fillers(words, timing.answer_s if timing else 0.0)
        return Answer(self.asked, self.text, words, voiced, (), timing, fillers, verbatim=True)


@dataclass(frozen=True)
class Pair:
    """A message (or a bullet point), and a passage that does or does not tell it.

    Attributes:
        because: "same words", "other words", or why not: "the contrary", "somebody else", "another claim",
            "unrelated".
    """

    message: str
    passage: str
    landed: bool
    because: str
    held_out: bool


@dataclass(frozen=True)
class TimedRecording:
    """A recording, timed from its waveform; seconds from where the question ended.

    Attributes:
        words: how many are said, hesitations too.
        words_in_thirds: of the answer's time; empty where that is not known.
        pauses: silences of 0.25 s and more, in order.
    """

    id: str
    pcm: Pcm
    first_voiced_s: float
    last_voiced_s: float
    words: int
    words_in_thirds: tuple[int, ...]
    pauses: tuple[Span, ...]

    @property
    def answer_s(self) -> float:
        return self.last_voiced_s - self.first_voiced_s


def _read(name: str, key: str) -> list[tuple[bool, dict[str, Any]]]:
    """The rows of a file and of its twin that is held out."""
    found = []
    for held_out in (False, True):
        file = MARKED / "held_out" / name if held_out else MARKED / name
        found += [(held_out, row) for row in tomllib.loads(file.read_text("utf-8"))[key]]
    return found


@cache
def marked_answers() -> tuple[MarkedAnswer, ...]:
    """Every marked answer; those held out come last."""
    return tuple(_answer(row, held_out) for held_out, row in _read("answers.toml", "answers"))


def _answer(row: Mapping[str, Any], held_out: bool) -> MarkedAnswer:
    text, places, star = read_marks(row["said"])
    return MarkedAnswer(
        id=row["id"],
        held_out=held_out,
        question=row["question"],
        asked=row["asked"],
        kind=row["kind"],
        text=text,
        places=places,
        star=star,
        i=row["i"],
        we=row["we"],
        fillers=row["fillers"],
        met=row["met"],
        follow_up=row["follow_up"],
        grade=row["grade"],
        why=row["why"],
        recorded=tuple(row.get("recorded", ())),
    )


def read_marks(said: str) -> tuple[str, dict[str, tuple[Place, ...]], dict[str, int]]:
    """ "{o|So}, [S]I was" -> "So, I was", the openers and other places, and where each part begins.

    Raises:
        ValueError: a mark is not closed, closed twice, or a part begins twice.
    """
    plain, at = "", 0
    spans: list[tuple[str, int, int]] = []
    opened: list[tuple[str, int]] = []
    begins: dict[str, int] = {}
    for mark in _MARK.finditer(said):
        plain += said[at : mark.start()]
        at = mark.end()
        part, tag, closes = mark.groups()
        if part:
            if PARTS[part] in begins:
                raise ValueError(f"{PARTS[part]} begins twice: {said[:60]}")
            begins[PARTS[part]] = len(plain)
        elif tag:
            opened.append((tag, len(plain)))
        elif closes:
            if not opened:
                raise ValueError(f"closed without being opened: {said[:60]}")
            spans.append((*opened.pop(), len(plain)))
    plain += said[at:]
    if opened or "{" in plain or "[" in plain:
        raise ValueError(f"a mark is left open: {said[:60]}")
    words = [(found.start(), found.end()) for found in re.finditer(r"\S+", plain)]
    places: dict[str, list[Place]] = {measure: [] for measure in TAGS.values()}
    for tag, begin, end in sorted(spans, key=lambda span: span[1]):
        inside = [index for index, (first, last) in enumerate(words) if first < end and last > begin]
        text = " ".join(plain[begin:end].split()).strip(" ,.?!")
        places[TAGS[tag]].append(Place(text, inside[0], inside[-1] + 1))
    star = {
        part: next(index for index, (_, last) in enumerate(words) if last > begin)
        for part, begin in begins.items()
    }
    return " ".join(plain.split()), {name: tuple(found) for name, found in places.items()}, star


@cache
def marked_pairs(name: Literal["messages", "points"]) -> tuple[Pair, ...]:
    """Every pair of that file; those held out come last."""
    key = name.removesuffix("s")
    return tuple(
        Pair(row[key], row["passage"], row["landed"], row["because"], held_out)
        for held_out, row in _read(f"{name}.toml", "pairs")
    )


def timed_recordings() -> list[TimedRecording]:
    """Every timed recording, with its sound as it is measured."""
    rows = tomllib.loads((MARKED / "timed.toml").read_text("utf-8"))["recordings"]
    return [
        TimedRecording(
            id=row["id"],
            pcm=_sound(row),
            first_voiced_s=row["first_voiced_s"],
            last_voiced_s=row["last_voiced_s"],
            words=row["words"],
            words_in_thirds=tuple(row.get("words_in_thirds", ())),
            pauses=tuple(Span(*pause) for pause in row["pauses"]),
        )
        for row in rows
    ]


NEAR_SILENCE = 10 ** (-65 / 20) * 32768
"""As in the fixtures: -65 dBFS, in sixteen-bit steps."""
AROUND_S = 0.03
"""Of a clip that is kept before its first voiced sample and behind its last."""
TAIL_S = 3.2
LOUD_PERCENTILE = 70
"""Of the frames of 10 ms: a level that speech has and its pauses have not."""


def _sound(row: Mapping[str, Any]) -> Pcm:
    clips = [recorded(name) for name in row["clips"]]
    if "gaps_s" in row:
        sound = np.random.default_rng(7).normal(0.0, NEAR_SILENCE, _samples(row["last_voiced_s"] + TAIL_S))
        at_s = float(row["lead_s"])
        for clip, gap_s in zip(clips, [*row["gaps_s"], 0.0], strict=True):
            first_s, last_s = round(clip.first_voiced_s, 2), round(clip.last_voiced_s, 2)
            piece = _whole(clip.path)[_samples(first_s - AROUND_S) : _samples(last_s + AROUND_S)]
            begin = _samples(at_s - AROUND_S)
            sound[begin : begin + len(piece)] = piece
            at_s += last_s - first_s + gap_s
    else:
        sound = _whole(clips[0].path)
    if "noise" in row:
        noise = _whole(FOLDER / f"{row['noise']}.flac")
        noise = np.resize(noise, len(sound))
        frames = sound[: len(sound) // 160 * 160].reshape(-1, 160)
        loud = np.percentile(np.sqrt(np.mean(frames**2, axis=1)), LOUD_PERCENTILE)
        sound = sound + noise * (10 ** (row["noise_db"] / 20) * loud / np.sqrt(np.mean(noise**2)))
    return np.clip(np.rint(sound), -32768, 32767).astype(np.int16)


def _whole(path: Path) -> Any:
    return soundfile.read(path, dtype="int16")[0].astype(np.float64)


def _samples(seconds: float) -> int:
    return max(0, round(seconds * SAMPLE_RATE_HZ))
