"""How soon the words are stored when somebody stops, and what hearing them costs.

    python benchmarks/latency.py [SECONDS …]      15, 60, 120 and 300 by default: about 17 minutes
    python benchmarks/latency.py two-hours        memory over an answer of two hours: some minutes

The real session (`greenroom practice`, all but keyboard, screen and sound card) hears built answers at the
pace of speech. Each answer is held once closed by silence, goes on, and is closed by Enter at its last word.
"""

from __future__ import annotations

import json
import queue
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from greenroom.cli import data, sessions, wiring
from greenroom.dialogue.plan import Plan
from greenroom.hearing.answer import Words
from greenroom.hearing.endpoint import Patience
from greenroom.hearing.listener import Listener
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.transcriber import open_model
from greenroom.hearing.vad import SileroVad
from greenroom.stage.keys import Key, Keys
from greenroom.types import SAMPLE_RATE_HZ, Block, Pcm, Word

FIXTURES = Path(__file__).resolve().parents[1] / "audio_fixtures"
CLIPS = ("answers/human-lj-printing", "answers/human-librivox-dashwood", "answers/human-librivox-sonnet")
LENGTHS_S = (15, 60, 120, 300)
MODELS = ("tiny.en", "base")
BETWEEN_S = 0.8
FALSE_END_S = 4.5
"""Longer than the patience of 2.5 s, and over while the sum-up is still being said."""
LAST_S = 8.1
"""What is said after it: the last clip of LJ Speech in the first of CLIPS."""
BLOCK = 512
HOURS = 2
WORDS_A_SECOND = 2.5


class PacedSource:
    """A microphone that hears near silence until `speak`, then an answer as it is spoken."""

    live = True
    real_time = True
    trouble = None
    device_name = "benchmark"
    coupling = None

    def __init__(self, answer: Pcm, last_word_s: float, at_last_word: Callable[[], None]) -> None:
        self._answer = answer
        self._last_word_s = last_word_s
        self._at_last_word: Callable[[], None] | None = at_last_word
        self._rng = np.random.default_rng(1)
        self._began_s = time.monotonic()
        self._samples = 0
        self._speaks_from: int | None = None
        self._wanted = threading.Event()

    def speak(self) -> None:
        self._wanted.set()

    def ready(self) -> bool:
        return True

    def begin(self) -> None:
        pass

    def read(self) -> Block | None:
        """One block, not before its last sample would have been heard."""
        ahead_s = self._began_s + (self._samples + BLOCK) / SAMPLE_RATE_HZ - time.monotonic()
        time.sleep(max(ahead_s, 0.0))
        pcm = self._rng.normal(0, 18, BLOCK).astype(np.int16)
        if self._wanted.is_set():
            if self._speaks_from is None:
                self._speaks_from = self._samples
            place = self._samples - self._speaks_from
            said = self._answer[place : place + BLOCK]
            pcm[: len(said)] = said
            if self._at_last_word and place + BLOCK >= self._last_word_s * SAMPLE_RATE_HZ:
                self._at_last_word()
                self._at_last_word = None
        block = Block(self._samples, pcm)
        self._samples += BLOCK
        return block

    def sample_at(self, moment_s: float) -> int:
        return round((moment_s - self._began_s) * SAMPLE_RATE_HZ)

    def close(self) -> None:
        pass


def latency(lengths_s: tuple[int, ...] = LENGTHS_S) -> Iterator[str]:
    """From the end of an answer to its stored words, per model and length, as Markdown."""
    yield (
        "Answers built from real clips (LJ Speech, two LibriVox readers), heard at the pace of speech. "
        "“Silence”: from the soft close to the stored words; “Enter”: from the key at the last word, 8 s "
        "after the last pause. “Whole”: decoding the same answer at once with the same model, same process."
    )
    yield ""
    yield (
        "| model | answer s | silence s | Enter s | whole s | whole / Enter | final after s "
        "| processor s a minute | memory MB |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for model in MODELS:
        for length_s in lengths_s:
            command = [sys.executable, __file__, "--one", model, str(length_s)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            row = json.loads(done.stdout.splitlines()[-1])
            yield (
                f"| {model} | {row['answer_s']:.0f} | {row['silence_s']:.2f} | {row['enter_s']:.2f} "
                f"| {row['whole_s']:.2f} | {row['whole_s'] / row['enter_s']:.1f} | {row['final_s']:.1f} "
                f"| {row['processor_s']:.1f} | {row['memory_mb']:.0f} |"
            )


def two_hours() -> Iterator[str]:
    """Resident memory while an answer of two hours is heard, with a stand-in for the decoder."""
    answer, _, _ = _built(300)
    with tempfile.TemporaryDirectory() as folder:
        source = _Hurried(answer, HOURS * 3600)

        def submit(pcm: Pcm, offset_s: float, *, hurried: bool = False) -> Words:
            words = Words()
            count = round(len(pcm) / SAMPLE_RATE_HZ * WORDS_A_SECOND)
            words.set_result(
                tuple(Word("word", offset_s + n / 2.5, offset_s + n / 2.5, 0.9) for n in range(count))
            )
            return words

        listener = Listener(source, SileroVad(), submit, StretchRule, Patience(patience_s=1e6))
        listener.begin(1, Path(folder) / "01.wav")
        listener.question_ended(1, time.monotonic())
        memory_mb = {}
        while not source.over.is_set():
            _drain(listener)
            minutes = source.samples / SAMPLE_RATE_HZ // 60
            for mark in (10, 60, 120):
                if minutes >= mark and mark not in memory_mb:
                    memory_mb[mark] = _resident_mb()
            time.sleep(0.05)
        _drain(listener)
        memory_mb[120] = _resident_mb()
        listener.close()
        kept_mb = (Path(folder) / "01.wav").stat().st_size / 1e6
    yield "| an answer of two hours | resident memory MB |"
    yield "|---|---|"
    for mark, used_mb in memory_mb.items():
        yield f"| after {mark} minutes | {used_mb:.0f} |"
    yield f"| growth from 10 to 120 minutes | {memory_mb[120] - memory_mb[10]:.0f} |"
    yield f"| recorded on disk | {kept_mb:.0f} MB |"


class _Hurried:
    """Gives so much of an answer, over and over, as fast as it is read."""

    live = True
    real_time = True
    trouble = None
    device_name = "benchmark"
    coupling = None

    def __init__(self, answer: Pcm, seconds: int) -> None:
        self.samples = 0
        self.over = threading.Event()
        self._answer = answer
        self._end = seconds * SAMPLE_RATE_HZ

    def ready(self) -> bool:
        return True

    def begin(self) -> None:
        pass

    def read(self) -> Block | None:
        if self.samples >= self._end:
            self.over.set()
            time.sleep(0.1)
            return None
        place = self.samples % (len(self._answer) - BLOCK)
        block = Block(self.samples, self._answer[place : place + BLOCK])
        self.samples += BLOCK
        return block

    def sample_at(self, moment_s: float) -> int:
        return 0

    def close(self) -> None:
        pass


def _drain(listener: Listener) -> None:
    try:
        while True:
            listener.events.get_nowait()
    except queue.Empty:
        return


def _one(model: str, length_s: int) -> dict[str, float]:
    """One answer of a session, measured; run in a process of its own, for its memory."""
    answer, last_word_s, spoken_s = _built(length_s)
    keys = Keys(listen=False)
    happened: list[tuple[str, int | None, float]] = []
    pressed_s: list[float] = []
    processor_s: list[float] = []

    def enter() -> None:
        pressed_s.append(time.monotonic())
        keys.put_back(Key.DONE)

    source = PacedSource(answer, last_word_s, enter)

    def trace(event: str, *, turn: int | None = None, moment_s: float | None = None, **more: object) -> None:
        happened.append((event, turn, time.monotonic() if moment_s is None else moment_s))
        if (event, turn) == ("question_ended", 1):
            processor_s.append(_processor_s())
            source.speak()
        elif (event, turn) == ("transcript_ready", 1) and pressed_s:
            processor_s.append(_processor_s())
        elif (event, turn) == ("transcript_final", 1):
            keys.put_back(Key.STOP)

    swapped: list[tuple[Any, str, Any]] = [
        (wiring, "open_source", lambda mics, pace, played=None: source),
        (sessions, "_trace", lambda options: trace),
        (sessions, "Keys", lambda listen=True: keys),
        (sessions, "_screen", lambda plain: _Dark()),
        (sessions, "_open_speaker", lambda stack, options, screen: (_Mute(), None)),
    ]
    for module, name, stand_in in swapped:
        setattr(module, name, stand_in)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        options = sessions.Options(
            home, time.monotonic(), speaker="none", model=model, patience_s=2.5, throwaway=True
        )
        pack = data.pack("general", home)
        plan = Plan("practice", data.interview_words(), data.phrase_book(), pack.questions[:2])
        sessions.run(options, plan, "practice", pack=pack.id)
        memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        recogniser = open_model(model, home / "cache" / "models")
        began_s = time.monotonic()
        recogniser.decode(answer)
        whole_s = time.monotonic() - began_s
    if len(_moments(happened, "transcript_ready")) != 2:
        raise SystemExit("The words were not stored before the answer went on: the machine is too busy.")
    closed_s, _ = _moments(happened, "answer_closed")
    ready_s, entered_s = _moments(happened, "transcript_ready")
    (final_s,) = _moments(happened, "transcript_final")
    return {
        "answer_s": spoken_s,
        "silence_s": ready_s - closed_s,
        "enter_s": entered_s - pressed_s[0],
        "whole_s": whole_s,
        "final_s": final_s - pressed_s[0],
        "processor_s": (processor_s[-1] - processor_s[0]) / (spoken_s / 60),
        "memory_mb": memory_mb,
    }


def _moments(happened: list[tuple[str, int | None, float]], name: str) -> list[float]:
    return [at_s for event, turn, at_s in happened if event == name and turn == 1]


class _Dark:
    """A screen that shows nothing."""

    def say(self, text: str) -> None: ...

    def aside(self, text: str) -> None: ...

    def ask(self, text: str, hint: str | None) -> None: ...

    def heard(self, text: str) -> None: ...

    def note(self, text: str) -> None: ...

    def listening(self, now: object) -> None: ...


class _Mute:
    """A voice without sound, three seconds for everything: time to go on in."""

    broken = None

    def prepare(self, text: str, fixed: bool) -> None: ...

    def chime(self) -> None: ...

    def say(self, text: str, fixed: bool) -> _Muttering:
        return _Muttering()


class _Muttering:
    def __init__(self) -> None:
        self.voiced_until_stream_s = time.monotonic() + 3.0

    @property
    def finished(self) -> bool:
        return time.monotonic() >= self.voiced_until_stream_s

    def stop(self) -> None:
        self.voiced_until_stream_s = time.monotonic()


def _built(length_s: int) -> tuple[Pcm, float, float]:
    """An answer of about so many seconds, when its last word ends, and how long it is from word to word."""
    rng = np.random.default_rng(2)
    voiced = [_voiced(name) for name in CLIPS]
    last = voiced[0][-round(LAST_S * SAMPLE_RATE_HZ) :]
    wanted = round((length_s - LAST_S - FALSE_END_S) * SAMPLE_RATE_HZ)
    first = np.empty(0, np.int16)
    for clip in (voiced[place % len(voiced)] for place in range(1, 100)):
        if len(first) >= wanted:
            break
        first = np.concatenate([first, clip, _hush(BETWEEN_S, rng)])
    first = _cut_at_a_pause(first, wanted)
    answer = np.concatenate([_hush(1.0, rng), first, _hush(FALSE_END_S, rng), last])
    last_word_s = len(answer) / SAMPLE_RATE_HZ
    return answer, last_word_s, last_word_s - 1.0


def _cut_at_a_pause(pcm: Pcm, wanted: int) -> Pcm:
    """Its beginning up to the quietest moment near `wanted` samples."""
    size = round(0.2 * SAMPLE_RATE_HZ)
    starts = range(max(wanted - 4 * SAMPLE_RATE_HZ, 0), min(wanted, len(pcm) - size), size // 4)
    levels = {start: float(np.mean(pcm[start : start + size].astype(np.float64) ** 2)) for start in starts}
    return pcm[: min(levels, key=lambda start: levels[start])]


def _voiced(name: str) -> Pcm:
    rows = json.loads((FIXTURES / "manifest.json").read_text("utf-8"))["recordings"]
    row = next(row for row in rows if row["file"] == f"{name}.flac")
    pcm, _ = soundfile.read(FIXTURES / row["file"], dtype="int16")
    first, last = row["first_voiced_s"] - 0.05, row["last_voiced_s"] + 0.02
    cut: Pcm = pcm[round(first * SAMPLE_RATE_HZ) : round(last * SAMPLE_RATE_HZ)]
    return cut


def _hush(seconds: float, rng: np.random.Generator) -> Pcm:
    noise: Pcm = rng.normal(0, 18, round(seconds * SAMPLE_RATE_HZ)).astype(np.int16)  # -65 dBFS
    return noise


def _processor_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def main() -> None:
    """Run what the command line names."""
    words = sys.argv[1:]
    if words[:1] == ["--one"]:
        print(json.dumps(_one(words[1], int(words[2]))))
        return
    lines = (
        two_hours() if words == ["two-hours"] else latency(tuple(int(word) for word in words) or LENGTHS_S)
    )
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
