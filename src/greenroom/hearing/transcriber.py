"""faster-whisper: stretch by stretch while somebody speaks, whole recordings in idle time.

The one importer of faster_whisper. One core is left to the rest of the program.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from greenroom.errors import GreenroomError, TranscriptionError
from greenroom.hearing.evidence import NO_SPEECH, is_voiced
from greenroom.hearing.model_cost import KEEPS_UP, known_cost, remember_reply_speed
from greenroom.hearing.models import FinalRule, ModelFolder, find_model, models_here
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.vad import SileroVad, Vad
from greenroom.types import SAMPLE_RATE_HZ, Pcm, Word

if TYPE_CHECKING:
    from faster_whisper.transcribe import Segment

PEAK = 10 ** (-12 / 20)
"""Every stretch is raised to -12 dBFS before decoding: quiet speakers lose no words that way."""
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
WINDOW_S = 30.0
WINDOW_TOKENS = 224
"""As many as Whisper was trained to write for 30 s. A decoder that goes round in circles would go on to 448,
for seconds in which nothing else is decoded."""
LOOK_S = 20.0
LOOK_MARGIN_S = 5.0
"""Whisper looks at 30 s whatever it is given, and two thirds of the time for 10 s of speech are spent on
that. Looking at 20 s costs 0.6 of the time and no words: error rate 0.153 against 0.152 with tiny.en on 134
clips; at 16, 13 and 10 s 0.164, 0.188 and 0.194, with endings invented or said again and again."""
HURRIED_LOOK_S = 15.0
"""Of the last stretch after Enter, which is decoded once more for the final transcript: a quarter sooner."""
SHORTEST_LOOK_S = 5.0
"""What is shorter is looked at in full: one word is said again and again in a shorter window."""
MOST_TERMS = 20
"""Names and terms that a model is told of. Each takes room from what it writes, and invites to be heard."""
REPLY_TOKENS = 40
"""More than the longest phrase expected. A model that runs on and on is stopped there."""

GiveWay: TypeAlias = Callable[[], None]
"""Called by background work wherever it can stand still: all that is more urgent is done meanwhile."""


class Recogniser(Protocol):
    """A speech model."""

    name: str
    rule: StretchRule
    final: FinalRule

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        """Words of a stretch of speech, timed from its first sample. Raises TranscriptionError.

        Args:
            hurried: somebody waits for them; they may be a little less exact, since they are decoded once
                more when the answer is made final.
        """
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

    def __init__(self, model: ModelFolder, helper: FasterWhisper | None = None) -> None:
        """`helper` is a quicker model, as `FinalRule.helped_by` says."""
        from faster_whisper import WhisperModel

        self.name = model.name
        self.rule = model.rule
        self.final = model.final
        self.terms: tuple[str, ...] = ()
        """Names and terms to be expected, the likeliest first."""
        self._vad: Vad | None = None
        self._helper = helper
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

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        if hurried and self._helper is not None:
            self._helper.terms = self.terms
            return self._helper.decode(pcm, hurried=True)
        least_s = HURRIED_LOOK_S if hurried and self.final.whole else LOOK_S
        with self._looking_at(len(pcm) / SAMPLE_RATE_HZ, least_s):
            segments = list(self._segments(pcm, primed=False))
        doubtful = all(segment.no_speech_prob >= NO_SPEECH for segment in segments)
        if segments and doubtful and not self._is_voiced(pcm):
            return ()
        return tuple(word for segment in segments for word in _words(segment))

    @contextmanager
    def _looking_at(self, length_s: float, least_s: float) -> Iterator[None]:
        """Encode no more of the silence behind a stretch than it takes."""
        look_s = max(least_s, length_s + LOOK_MARGIN_S)
        if length_s < SHORTEST_LOOK_S or look_s >= WINDOW_S:
            yield
            return
        encode, frames = self._model.encode, round(look_s * SAMPLE_RATE_HZ / FRAME_SAMPLES)
        # There is no option for it: `chunk_length` shortens the features, which are padded again.
        self._model.encode = lambda features: encode(np.ascontiguousarray(features[..., :frames]))
        try:
            yield
        finally:
            self._model.encode = encode

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        if primed:
            return (self._helper or self)._primed(pcm)
        return (_words(segment) for segment in self._segments(pcm, primed=False))

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
                hotwords=VERBATIM if primed else expected(self.terms),
                word_timestamps=True,
            )
            for segment in segments:
                if not _is_afterthought(segment):
                    yield segment
        except (RuntimeError, ValueError, MemoryError) as error:
            raise not_transcribed(str(error)) from error

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
            raise not_transcribed(str(error)) from error


def expected(terms: Sequence[str]) -> str | None:
    """Names and terms as Whisper is told of them: as if they had just been said. None when there are none."""
    return ", ".join(terms[:MOST_TERMS]) + "." if terms else None


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


def import_engine() -> None:
    """Bring in what every model needs, which takes about a second, and no model."""
    import faster_whisper  # noqa: F401


def open_model(name: str, cache: Path, downloads: Path | None = None) -> FasterWhisper:
    """A model on this machine, with the one that helps it beside it.

    Args:
        downloads: where models fetched by command lie, if they are to be found too.

    Raises:
        GreenroomError: no such model, a wrong digest, or it cannot be loaded.
    """
    model = find_model(name, cache, downloads)
    helper = None
    if model.final.helped_by is not None:
        with suppress(GreenroomError):  # one that is damaged must not keep this one from its work
            helper = open_model(model.final.helped_by, cache, downloads)
    return FasterWhisper(model, helper)


def load_recogniser(
    name: str, cache: Path, sample: Callable[[], Pcm], downloads: Path | None = None
) -> Recogniser:
    """The model of that name, or with "auto" the best one here that keeps up with speech.

    Args:
        cache: where joined models, checked digests and measured speeds are remembered.
        sample: a short reply to measure a model's speed on, read only when needed.
        downloads: where models fetched by command lie, if they are to be found too.

    Raises:
        GreenroomError: no such model, a wrong digest, or one that cannot be loaded.
    """
    if name != "auto":
        return open_model(name, cache, downloads)
    candidates = list(reversed(models_here(downloads)))
    if not candidates:
        raise GreenroomError(
            "No speech model is installed.", "Install greenroom again: pip install greenroom"
        )
    for candidate in candidates[:-1]:
        known = known_cost(candidate, cache).reply_speed
        if known is not None and known > KEEPS_UP:
            continue  # a large one is not loaded only to be put away
        # One that is damaged, or finds no room, must not keep the next one from doing the work.
        with suppress(GreenroomError):
            recogniser = open_model(candidate, cache, downloads)
            if known is None:
                known = real_time_factor(recogniser, sample())
                remember_reply_speed(candidate, cache, known)
            if known <= KEEPS_UP:
                return recogniser
    return open_model(candidates[-1], cache, downloads)


def real_time_factor(recogniser: Recogniser, pcm: Pcm) -> float:
    """Seconds of decoding for a second of a recording."""
    taken_s = []
    for _ in range(2):  # the first one warms up, and either may meet a busy moment
        began_s = time.perf_counter()
        recogniser.decode(pcm)
        taken_s.append(time.perf_counter() - began_s)
    return min(taken_s) / (len(pcm) / SAMPLE_RATE_HZ)


def not_transcribed(reason: str) -> TranscriptionError:
    """That a model failed on an answer, and why."""
    return TranscriptionError(
        f"The answer could not be transcribed: {reason}.",
        "Its recording is safe and is transcribed at the next start.",
    )
