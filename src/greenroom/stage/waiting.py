"""Waiting on the main thread: in short steps, with the keys looked at in each."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures import wait as wait_futures
from contextlib import suppress
from typing import TypeVar

from greenroom.errors import TranscriptionError
from greenroom.stage.keys import Key, Keys

STEP_S = 0.05
"""The longest the main thread waits without looking at the keys."""

NOTICED_S = 1.0
"""A wait that is worth a word."""

T = TypeVar("T")


def wait_all(
    futures: Sequence[Future[T]],
    keys: Keys,
    show: Callable[[], None] = lambda: None,
    watch: Callable[[], None] = lambda: None,
) -> list[T]:
    """The results of all futures, in order; Ctrl-C is heard meanwhile.

    Stop and pause come again at the next prompt; other keys are dropped.

    Args:
        show: called once it has taken long enough to be noticed.
        watch: called all the time; what it raises goes through.

    Raises:
        GreenroomError: what the first failed one raised.
        KeyboardInterrupt: Ctrl-C.
    """
    waiting = set(futures)
    began_s = time.monotonic()
    pressed: Key | None = None
    while waiting:
        waiting = wait_futures(waiting, timeout=STEP_S).not_done
        watch()
        pressed = keys.poll() or pressed
        if time.monotonic() - began_s > NOTICED_S:
            show()
    if pressed in (Key.STOP, Key.PAUSE):
        keys.put_back(pressed)
    try:
        return [future.result() for future in futures]
    except CancelledError as error:
        raise TranscriptionError(
            "The transcriber was stopped.", "The recording is safe and is transcribed at the next start."
        ) from error


def so_far(events: queue.SimpleQueue[T]) -> Iterator[T]:
    """What has come up to now, oldest first; never waits."""
    with suppress(queue.Empty):
        while True:
            yield events.get_nowait()
