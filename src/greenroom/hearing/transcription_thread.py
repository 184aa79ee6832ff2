"""The thread that decodes: whoever asks gets a Future."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from greenroom.errors import GreenroomError
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.transcriber import GiveWay, Recogniser, not_transcribed
from greenroom.types import Pcm, Word

CLOSING_S = 2.0
"""A stretch takes about that long to decode on a slow machine."""

T = TypeVar("T")


@dataclass(order=True)
class _Job:
    """Short stretches first, so that a reply never waits behind a long answer."""

    samples: int
    order: int
    pcm: Any = field(compare=False)
    offset_s: float = field(compare=False)
    hurried: bool = field(compare=False)
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

    def submit(self, pcm: Pcm, offset_s: float, *, hurried: bool = False) -> Future[tuple[Word, ...]]:
        """Decode a stretch that begins `offset_s` into its recording; word times are the recording's.

        Args:
            hurried: somebody waits for it.
        """
        done: Future[tuple[Word, ...]] = Future()
        self._put(len(pcm), pcm, offset_s, done, hurried=hurried)
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

    def _put(
        self,
        samples: int,
        pcm: Pcm | None,
        offset_s: float,
        done: Future[tuple[Word, ...]],
        *,
        hurried: bool = False,
    ) -> None:
        self._count += 1
        self._jobs.put(_Job(samples, self._count, pcm, offset_s, hurried, done))

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
            words = self.recogniser.result().decode(job.pcm, hurried=job.hurried)
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
    return not_transcribed(str(error) or type(error).__name__)
