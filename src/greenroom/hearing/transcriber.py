"""faster-whisper: stretch by stretch while somebody speaks, whole recordings in idle time.

The one importer of faster_whisper. One thread decodes; whoever asks gets a Future. One core is left to the
rest of the program.
"""

from __future__ import annotations

import os
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from greenroom.errors import GreenroomError, TranscriptionError
from greenroom.hearing.evidence import NO_SPEECH, is_voiced
from greenroom.hearing.models import (
    FinalRule,
    ModelFolder,
    find_model,
    installed_models,
    read_memo,
    write_memo,
)
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.vad import SileroVad, Vad
from greenroom.types import SAMPLE_RATE_HZ, Pcm, Word

if TYPE_CHECKING:
    from faster_whisper.transcribe import Segment

PEAK = 10 ** (-12 / 20)
"""Every stretch is raised to -12 dBFS before decoding: quiet speakers lose no words that way."""
KEEPS_UP = 0.5
"""Seconds of decoding for a second of speech above which a model is too slow for this machine."""
CLOSING_S = 2.0
"""A stretch takes about that long to decode on a slow machine."""
VERBATIM = (
    "Verbatim transcript, every um, uh, er, hmm and repeated word is kept: "
    "I, I, uh, went to, um, the, the office."
)
"""Text in the style wanted: with it nine of ten hesitations are written down, without it two to four."""
UNSURE = -0.7
"""Mean log probability of a text below which the model is unsure of it: -0.8 to -1.3 on inventions."""
CIRCLE = 2.4
"""Compression ratio of a text above which its decoder went round in circles (Whisper's own threshold)."""
PENALTY = 1.05
"""On repeated words, from such a window on: ends the circles, and costs one hesitation in six."""
PRIMED_NO_SPEECH = 0.4
"""A primed window with that much doubt holds the prompt's own "I, uh, I, uh", written over the silence after
the last word. With tiny.en 0.40 to 0.57 there and under 0.1 where somebody speaks, on six answers."""
FRAME_SAMPLES = 160
"""Whisper counts in frames of 10 ms."""
WINDOW_TOKENS = 224
"""As many as Whisper was trained to write for 30 s. A decoder that goes round in circles would go on to 448,
for seconds in which nothing else is decoded."""
REPLY_TOKENS = 40
"""More than the longest phrase expected. A model that runs on and on is stopped there."""

T = TypeVar("T")
GiveWay: TypeAlias = Callable[[], None]
"""Called by background work wherever it can stand still: all that is more urgent is done meanwhile."""


class Recogniser(Protocol):
    """A speech model."""

    name: str
    rule: StretchRule
    final: FinalRule

    def decode(self, pcm: Pcm) -> tuple[Word, ...]:
        """Words of a stretch of speech, timed from its first sample. Raises TranscriptionError."""
        ...

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        """Words of a long recording, a window of up to 30 s decoded at each step.

        Args:
            primed: every hesitation is asked for; other words may suffer.

        Raises:
            TranscriptionError: at any step.
        """
        ...


class FasterWhisper:
    """A Whisper model on CTranslate2, int8 on the processor."""

    def __init__(self, model: ModelFolder, hesitations: Callable[[], FasterWhisper] | None = None) -> None:
        """`hesitations` loads the model that writes down hesitations better, if there is one."""
        from faster_whisper import WhisperModel

        self.name = model.name
        self.rule = model.rule
        self.final = model.final
        self._vad: Vad | None = None
        self._load_hesitations = hesitations
        self._hesitations: FasterWhisper | None = None
        try:
            self._model = WhisperModel(
                str(model.path),
                device="cpu",
                compute_type="int8",
                cpu_threads=max((os.cpu_count() or 2) - 1, 1),
                local_files_only=True,
            )
        except (RuntimeError, OSError, ValueError) as error:
            raise TranscriptionError(
                f"The model {model.name} could not be loaded: {error}.",
                "Try --model tiny.en; recordings are safe and are transcribed at the next start.",
            ) from error

    def decode(self, pcm: Pcm) -> tuple[Word, ...]:
        segments = list(self._segments(pcm, primed=False))
        doubtful = all(segment.no_speech_prob >= NO_SPEECH for segment in segments)
        if segments and doubtful and not self._is_voiced(pcm):
            return ()
        return tuple(word for segment in segments for word in _words(segment))

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        if primed:
            return self._hearing_hesitations()._primed(pcm)
        return (_words(segment) for segment in self._segments(pcm, primed=False))

    def _hearing_hesitations(self) -> FasterWhisper:
        if self._hesitations is None and self._load_hesitations is not None:
            with suppress(GreenroomError):  # one that is damaged must not keep this one from trying
                self._hesitations = self._load_hesitations()
            self._load_hesitations = None
        return self._hesitations or self

    def _primed(self, pcm: Pcm) -> Iterator[tuple[Word, ...]]:
        """Windows in which the prompt itself is written down again and again are decoded anew, or dropped."""
        start, penalty = 0, 1.0
        while True:
            for segment in self._segments(pcm[start:], primed=True, repetition_penalty=penalty):
                if segment.compression_ratio > CIRCLE and penalty == 1.0:
                    start, penalty = start + segment.seek * FRAME_SAMPLES, PENALTY
                    break
                sure = segment.no_speech_prob < PRIMED_NO_SPEECH
                yield tuple(word.shifted(start / SAMPLE_RATE_HZ) for word in _words(segment) if sure)
            else:
                return

    def _segments(self, pcm: Pcm, *, primed: bool, repetition_penalty: float = 1.0) -> Iterator[Segment]:
        if not len(pcm):
            return
        try:
            segments, _ = self._model.transcribe(
                _raised(pcm),
                language="en",
                beam_size=5,
                # The usual six tries can take longer than the answer itself; and of a primed pass, which
                # repeats itself because people do, a second try is drawn by lot.
                temperature=0.0 if primed else (0.0, 0.4),
                condition_on_previous_text=False,  # an invented sentence would breed others
                max_new_tokens=WINDOW_TOKENS,
                repetition_penalty=repetition_penalty,
                # An initial prompt is forgotten after the first window of 30 s, hotwords never are.
                hotwords=VERBATIM if primed else None,
                word_timestamps=True,
            )
            for segment in segments:
                if not _is_afterthought(segment):
                    yield segment
        except (RuntimeError, ValueError, MemoryError) as error:
            raise _not_transcribed(str(error)) from error

    def _is_voiced(self, pcm: Pcm) -> bool:
        if self._vad is None:
            self._vad = SileroVad()
        return is_voiced(pcm, self._vad)

    def reply(self, pcm: Pcm, hotwords: str | None) -> str:
        """A short utterance in one look, the phrases in `hotwords` preferred. Raises TranscriptionError."""
        if not len(pcm):
            return ""
        try:
            segments, _ = self._model.transcribe(
                _raised(pcm),
                language="en",
                temperature=0.0,
                condition_on_previous_text=False,
                without_timestamps=True,
                max_new_tokens=REPLY_TOKENS,
                hotwords=hotwords,
            )
            return " ".join(segment.text.strip() for segment in segments)
        except (RuntimeError, ValueError, MemoryError) as error:
            raise _not_transcribed(str(error)) from error


def _is_afterthought(segment: Segment) -> bool:
    """Whether it was invented for the silence that is left after the last word: "Thank you." and the like."""
    doubtful = segment.no_speech_prob >= NO_SPEECH and segment.avg_logprob < UNSURE
    return bool(segment.seek > 0 and doubtful)


def _words(segment: Segment) -> tuple[Word, ...]:
    return tuple(
        Word(drawn_in(word.word.strip()), float(word.start), float(word.end), float(word.probability))
        for word in segment.words or ()
        if word.word.strip()
    )


def drawn_in(text: str) -> str:
    """A drawn-out "ummmm" may be written with two hundred m: three say as much."""
    return re.sub(r"([^\W\d])\1{3,}", r"\1\1\1", text)


def _raised(pcm: Pcm) -> NDArray[np.float32]:
    sound = pcm.astype(np.float32) / 32_768
    peak = float(np.max(np.abs(sound)))
    gain = PEAK / peak if 0 < peak < PEAK else 1.0
    return np.asarray(sound * gain, dtype=np.float32)


def open_model(name: str, cache: Path) -> FasterWhisper:
    """A model on this machine, with the one that helps it beside it.

    Raises:
        GreenroomError: no such model, a wrong digest, or it cannot be loaded.
    """
    model = find_model(name, cache)
    better = model.final.hesitations_by
    return FasterWhisper(model, None if better is None else lambda: open_model(better, cache))


def load_recogniser(name: str, cache: Path, sample: Callable[[], Pcm]) -> Recogniser:
    """The model of that name, or with "auto" the best one here that keeps up with speech.

    Args:
        cache: where joined models, checked digests and measured speeds are remembered.
        sample: a few seconds of speech to measure a model's speed on, read only when needed.

    Raises:
        GreenroomError: no such model, a wrong digest, or one that cannot be loaded.
    """
    if name != "auto":
        return open_model(name, cache)
    candidates = [model.name for model in reversed(installed_models())]
    if not candidates:
        raise GreenroomError(
            "No speech model is installed.", "Install greenroom again: pip install greenroom"
        )
    for candidate in candidates[:-1]:
        # One that is damaged, or finds no room, must not keep the next one from doing the work.
        with suppress(GreenroomError):
            recogniser = open_model(candidate, cache)
            if _real_time_factor(recogniser, cache, sample) <= KEEPS_UP:
                return recogniser
    return open_model(candidates[-1], cache)


def _real_time_factor(recogniser: Recogniser, cache: Path, sample: Callable[[], Pcm]) -> float:
    """Seconds of decoding for a second of speech, measured once on this machine and remembered."""
    memo_file = cache / "speed.json"
    key = f"{recogniser.name} on {os.cpu_count()} cores"
    memo = read_memo(memo_file)
    known = memo.get(key)
    if isinstance(known, float):
        return known
    pcm = sample()
    taken_s = []
    for _ in range(2):  # the first one warms up, and either may meet a busy moment
        began_s = time.perf_counter()
        recogniser.decode(pcm)
        taken_s.append(time.perf_counter() - began_s)
    factor = min(taken_s) / (len(pcm) / SAMPLE_RATE_HZ)
    write_memo(memo_file, {**memo, key: factor})
    return factor


@dataclass(order=True)
class _Job:
    """Short stretches first, so that a reply never waits behind a long answer."""

    samples: int
    order: int
    pcm: Any = field(compare=False)
    offset_s: float = field(compare=False)
    done: Future[tuple[Word, ...]] = field(compare=False)


class _Abandoned(BaseException):
    """Background work is not wanted any more; no `except Exception` in it may think otherwise."""


class TranscriptionThread:
    """Decodes in the background. `submit` and `later` never block; their Futures raise TranscriptionError.

    Stretches come first, the shortest before the others; what is asked for `later` is done when there are
    none. The model is loaded on the thread as well, so that a question can be asked meanwhile.
    """

    def __init__(self, load: Callable[[], Recogniser]) -> None:
        self._load = load
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._later: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._held = False
        self._closing = False
        self._count = 0
        self.recogniser: Future[Recogniser] = Future()
        self._thread = threading.Thread(target=self._run, name="transcriber", daemon=True)
        self._thread.start()

    def rule(self) -> StretchRule:
        """How to cut stretches for the model; a general rule while it is still loading."""
        loaded = self.recogniser
        if loaded.done() and loaded.exception() is None:
            return loaded.result().rule
        return StretchRule()

    def submit(self, pcm: Pcm, offset_s: float) -> Future[tuple[Word, ...]]:
        """Decode a stretch that begins `offset_s` into its recording; word times are the recording's."""
        done: Future[tuple[Word, ...]] = Future()
        self._put(len(pcm), pcm, offset_s, done)
        return done

    def later(self, work: Callable[[Recogniser, GiveWay], T]) -> Future[T]:
        """Do `work` with the model when no stretch waits.

        Args:
            work: calls the GiveWay it is handed at least once for each window that it decodes. It is
                abandoned there when the Future is cancelled or the thread is closed.
        """
        done: Future[T] = Future()
        self._later.put(lambda: self._work(work, done))
        self._wake()
        return done

    def hold(self, on: bool) -> None:
        """While on, nothing is done but stretches: somebody speaks, and their words come first."""
        self._held = on
        self._wake()

    def close(self) -> None:
        """Stop after the stretch or window in hand; what still waits is cancelled (recordings are on disk).

        Waits CLOSING_S at most: who wants to leave does not wait for a decoder.
        """
        self._closing = True
        self._wake()
        self._thread.join(CLOSING_S)

    def _put(self, samples: int, pcm: Pcm | None, offset_s: float, done: Future[tuple[Word, ...]]) -> None:
        self._count += 1
        self._jobs.put(_Job(samples, self._count, pcm, offset_s, done))

    def _wake(self) -> None:
        """Something other than a stretch has come about."""
        self._put(-1, None, 0.0, Future())

    def _run(self) -> None:
        try:
            self.recogniser.set_result(self._load())
        except BaseException as error:
            self.recogniser.set_exception(_as_greenroom(error))
        while not self._closing:
            self._serve(self._jobs.get())
            with suppress(_Abandoned):
                self._give_way()
                while not self._later.empty():
                    self._later.get()()
                    self._give_way()
        while not self._jobs.empty():
            self._jobs.get().done.cancel()
        while not self._later.empty():
            self._later.get()()

    def _give_way(self) -> None:
        while not self._closing and (self._held or not self._jobs.empty()):
            self._serve(self._jobs.get())
        if self._closing:
            raise _Abandoned

    def _serve(self, job: _Job) -> None:
        if self._closing or not job.done.set_running_or_notify_cancel():
            job.done.cancel()
            return
        if job.pcm is None:
            return
        try:
            words = self.recogniser.result().decode(job.pcm)
            job.done.set_result(tuple(word.shifted(job.offset_s) for word in words))
        except BaseException as error:
            job.done.set_exception(_as_greenroom(error))

    def _work(self, work: Callable[[Recogniser, GiveWay], T], done: Future[T]) -> None:
        def give_way() -> None:
            self._give_way()
            if done.cancelled():
                raise _Abandoned

        # The Future is never marked as running, so that it can be cancelled at any time.
        try:
            give_way()
            result = work(self.recogniser.result(), give_way)
            with suppress(InvalidStateError):
                done.set_result(result)
        except (_Abandoned, CancelledError):
            done.cancel()
        except BaseException as error:
            with suppress(InvalidStateError):
                done.set_exception(_as_greenroom(error))


def _as_greenroom(error: BaseException) -> GreenroomError:
    """A failure of any kind must reach the stage as a line to show, and never end the thread."""
    if isinstance(error, GreenroomError):
        return error
    return _not_transcribed(str(error) or type(error).__name__)


def _not_transcribed(reason: str) -> TranscriptionError:
    return TranscriptionError(
        f"The answer could not be transcribed: {reason}.",
        "Its recording is safe and is transcribed at the next start.",
    )
