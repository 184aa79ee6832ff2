"""Stand-ins at the protocols: a detector that reads a script, a source the test pushes blocks into, a quick
ear that answers when the test says so."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np

from greenroom.errors import GreenroomError
from greenroom.hearing.answer import Words
from greenroom.hearing.coupling import Coupling
from greenroom.hearing.endpoint import BLOCK_SAMPLES, Patience
from greenroom.hearing.events import Happened, ListenerEvent
from greenroom.hearing.listener import Listener
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.utterance import Hints, Verdict
from greenroom.hearing.vad import Vad
from greenroom.types import SAMPLE_RATE_HZ, Block, Pcm, Span

VOICE, SILENCE = 0.9, 0.05
BLOCK_S = BLOCK_SAMPLES / SAMPLE_RATE_HZ
DEADLINE_S = 20.0
"""Longest that a test waits for what must come."""
RULE = StretchRule(least_s=20.0, most_s=25.0)
"""As for tiny.en."""
Wanted = TypeVar("Wanted", bound=ListenerEvent)


def blocks(seconds: float) -> int:
    """How many blocks make up (about) so many seconds."""
    return round(seconds / BLOCK_S)


def silence(seconds: float) -> Pcm:
    return np.zeros(round(seconds * SAMPLE_RATE_HZ), np.int16)


def tone(seconds: float, *, level: int = 8_000) -> Pcm:
    """A loud hum; `LoudnessVad` takes it for speech."""
    at_s = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return np.round(level * np.sin(2 * np.pi * 220 * at_s)).astype(np.int16)


def rounded(spans: Iterable[Span]) -> list[tuple[float, float]]:
    """To a tenth of a second."""
    return [(round(span.start_s, 1), round(span.end_s, 1)) for span in spans]


class LoudnessVad:
    """Whatever is loud is speech: exact to the block, and for sounds made by the test."""

    def __call__(self, pcm: Pcm) -> float:
        return VOICE if np.max(np.abs(pcm.astype(np.int32))) > 500 else SILENCE

    def reset(self) -> None:
        pass


class ScriptedVad:
    """Reads its probabilities from a list, then silence."""

    def __init__(self, probabilities: Iterable[float]) -> None:
        self._probabilities = iter(probabilities)

    def __call__(self, pcm: Pcm) -> float:
        return next(self._probabilities, SILENCE)

    def reset(self) -> None:
        pass


class Submitted:
    """Takes stretches as the transcriber would; every one is without words."""

    def __init__(self) -> None:
        self.stretches: list[tuple[Pcm, float]] = []

    def __call__(self, pcm: Pcm, offset_s: float, *, hurried: bool = False) -> Words:
        self.stretches.append((pcm, offset_s))
        words = Words()
        words.set_result(())
        return words

    @property
    def spans(self) -> list[tuple[float, float]]:
        return [(offset_s, offset_s + len(pcm) / SAMPLE_RATE_HZ) for pcm, offset_s in self.stretches]


COMMANDS = {
    "say it again": "repeat",
    "that's my answer": "done",
    "pause": "pause",
    "go on": "continue",
}


WHOLE = ("Six.", "Yes.", "Shaky.")
KNOWN = ("Six.", "Yes.", "Maybe six.", "go on")


class QuickEar:
    """Hears what the test has written down, one text an utterance, and knows COMMANDS, WHOLE and KNOWN.

    Args:
        texts: what is made out, in order; "" when there are no more. None stays pending until `answer`.
    """

    def __init__(self, *texts: str | None) -> None:
        self._texts = list(texts)
        self.looks: list[tuple[float, bool]] = []
        """Of each look its seconds of sound, and whether it was of a whole short utterance."""
        self.words: list[Future[str]] = []
        self.judged: list[str] = []

    def hints(self) -> Hints:
        return Hints(self._make_out, self._judge)

    def _make_out(self, pcm: Pcm, whole: bool) -> Future[str]:
        words: Future[str] = Future()
        self.looks.append((len(pcm) / SAMPLE_RATE_HZ, whole))
        self.words.append(words)
        text = self._texts.pop(0) if self._texts else ""
        if text is not None:
            words.set_result(text)
        return words

    def _judge(self, text: str, whole: bool) -> Verdict:
        self.judged.append(text)
        return Verdict(
            COMMANDS.get(text) if whole else None,
            text.endswith((" and", " because")),
            whole=whole and text in WHOLE,
            known=whole and text in KNOWN,
        )


class LiveSource:
    """A microphone whose every sample the test pushes. Its clock: moment_s is sample / 16000 + `began_s`."""

    live = True
    real_time = True
    coupling: Coupling | None = None

    def __init__(self) -> None:
        self.began_s = 0.0
        self.trouble: str | None = None
        self.device_name = "Desk microphone"
        self.closed = threading.Event()
        self._blocks: queue.SimpleQueue[Block | GreenroomError] = queue.SimpleQueue()
        self._pushed = 0
        self._read = 0

    def push(
        self, pcm: Pcm, *, piece_s: float = 0.1, overflowed: bool = False, cleaned: Pcm | None = None
    ) -> None:
        piece = round(piece_s * SAMPLE_RATE_HZ)
        for start in range(0, len(pcm), piece):
            part = pcm[start : start + piece]
            clean = None if cleaned is None else cleaned[start : start + piece]
            self._blocks.put(Block(self._pushed, part, overflowed and start == 0, clean))
            self._pushed += len(part)

    def lose(self) -> None:
        """Samples are lost, and none has come through the resampler yet."""
        self._blocks.put(Block(self._pushed, np.empty(0, np.int16), overflowed=True))

    def fail(self, error: GreenroomError) -> None:
        self._blocks.put(error)

    @property
    def now_s(self) -> float:
        """The moment at which all that was pushed has just been heard."""
        return self.began_s + self._pushed / SAMPLE_RATE_HZ

    def wait_until_read(self) -> None:
        until_s = time.monotonic() + DEADLINE_S
        while self._read < self._pushed:
            assert time.monotonic() < until_s, "the ear has stopped reading"
            time.sleep(0.002)

    def ready(self) -> bool:
        return True

    def begin(self) -> None:
        pass

    def read(self) -> Block | None:
        try:
            block = self._blocks.get(timeout=0.01)
        except queue.Empty:
            return None
        if isinstance(block, GreenroomError):
            raise block
        self._read = block.start_sample + len(block.pcm)
        return block

    def sample_at(self, moment_s: float) -> int:
        if moment_s > self.now_s + 600:  # of the real clock: now, when all that was pushed has been heard
            return self._pushed
        return round((moment_s - self.began_s) * SAMPLE_RATE_HZ)

    def close(self) -> None:
        self.closed.set()


class Room:
    """A listener and all that it has told so far."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.told: list[ListenerEvent] = []

    def until(self, wanted: type[Wanted]) -> Wanted:
        """The next event of that kind; those before it are in `told`."""
        while True:
            event = self.listener.events.get(timeout=DEADLINE_S)
            self.told.append(event)
            if isinstance(event, wanted):
                return event

    def obeyed(self) -> None:
        """Wait until all that was asked of the ear up to now is done, and all it has read is looked at."""
        done = threading.Event()
        self.listener._wishes.put(done.set)
        assert done.wait(DEADLINE_S), "the ear does not answer"

    def rest(self) -> None:
        """Take what it has told up to now."""
        self.obeyed()
        while not self.listener.events.empty():
            self.told.append(self.listener.events.get())

    @property
    def happened(self) -> list[str]:
        return [event.event.kind.value for event in self.told if isinstance(event, Happened)]

    def of(self, wanted: type[Wanted]) -> list[Wanted]:
        return [event for event in self.told if isinstance(event, wanted)]


class Live(Room):
    """A microphone that the test plays, with exact sounds: whatever is loud is speech."""

    def __init__(
        self, patience: Patience | None = None, ear: QuickEar | None = None, vad: Vad | None = None
    ) -> None:
        self.source = LiveSource()
        self.submitted = Submitted()
        super().__init__(
            Listener(
                self.source,
                vad or LoudnessVad(),
                self.submitted,
                lambda: RULE,
                patience or Patience(),
                ear.hints() if ear else None,
            )
        )

    def say(self, *sounds: Pcm) -> None:
        self.source.push(np.concatenate(sounds))
        self.source.wait_until_read()
        self.obeyed()

    def begin(self, wav: Path, turn: int = 1) -> None:
        """A question begins just now."""
        self.listener.begin(turn, wav)
        self.obeyed()

    def ended(self, moment_s: float | None = None, turn: int = 1) -> None:
        self.listener.question_ended(turn, self.source.now_s if moment_s is None else moment_s)
        self.obeyed()

    def finish(self, turn: int = 1) -> None:
        """Enter, at the moment up to which all has been heard."""
        self.listener.finish(turn, as_of_s=self.source.now_s)
        self.obeyed()


@contextmanager
def opened(live: Live) -> Iterator[Live]:
    try:
        yield live
    finally:
        live.listener.close()


def eventually(condition: Callable[[], bool]) -> None:
    until_s = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < until_s, "it never came true"
        time.sleep(0.005)


def mode_of(path: Path) -> str:
    """ "0600"."""
    return f"{path.stat().st_mode & 0o7777:04o}"
