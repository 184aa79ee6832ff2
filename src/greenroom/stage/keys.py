"""The keys that steer a session, and Ctrl-C, which may come at any moment.

One thread polls the terminal. A Ctrl-C is only noted, and raised at the next `poll`, so that it never
falls into the middle of a write; the second one is not waited for.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from enum import Enum
from types import FrameType, TracebackType
from typing import Any, Self

POLL_S = 0.03
"""How often the terminal is looked at: a tenth of a second is felt, this is not."""


class Key(Enum):
    DONE = "enter"
    REPEAT = "r"
    SKIP = "s"
    PAUSE = "p"
    STOP = "q"


_KEYS = {"\r": Key.DONE, "\n": Key.DONE, "r": Key.REPEAT, "s": Key.SKIP, "p": Key.PAUSE, "q": Key.STOP}


class Keys(AbstractContextManager["Keys"]):
    """Open it for the length of a session. Without a terminal there are no keys, but Ctrl-C still works.

    Args:
        listen: False leaves the terminal as it is, for a session that is typed.
    """

    def __init__(self, *, listen: bool = True) -> None:
        self._listen = listen and sys.stdin.isatty()
        self._pressed: queue.SimpleQueue[Key] = queue.SimpleQueue()
        self._interrupted = False
        self._raises = False
        self._strict = False
        self._open = True
        self._restore = ExitStack()

    @property
    def active(self) -> bool:
        """Whether keys can be pressed at all."""
        return self._listen and not self._strict

    def strict(self, on: bool) -> None:
        """While on, no key does anything but Ctrl-C."""
        self._strict = on

    def poll(self) -> Key | None:
        """The next key pressed, if any.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed since.
        """
        if self._interrupted:
            self._interrupted = False
            raise KeyboardInterrupt
        try:
            pressed = self._pressed.get_nowait()
        except queue.Empty:
            return None
        return None if self._strict else pressed

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Inside, Ctrl-C is raised the moment it comes: for waiting that cannot poll."""
        self._raises = True
        try:
            if self._interrupted:
                self._interrupted = False
                raise KeyboardInterrupt
            yield
        finally:
            self._raises = False

    def put_back(self, key: Key) -> None:
        """Have a key come again at the next `poll`: it was meant for what follows."""
        self._pressed.put(key)

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._on_signal(signal.SIGINT)
            self._on_signal(signal.SIGTERM)
            if hasattr(signal, "SIGHUP"):  # the terminal's window was closed
                self._on_signal(signal.SIGHUP)
        if self._listen:
            self._open_terminal()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open = False
        self._restore.close()

    def _on_signal(self, number: int) -> None:
        before = signal.signal(number, self._note)
        self._restore.callback(signal.signal, number, before)

    def _note(self, number: int, frame: FrameType | None) -> None:
        if number == getattr(signal, "SIGHUP", None):
            _leave_terminal()
        if self._raises or self._interrupted:  # or nobody has polled since the first one
            raise KeyboardInterrupt
        self._interrupted = True

    def _open_terminal(self) -> None:
        from prompt_toolkit.input import create_input

        terminal = create_input()
        raw_mode = terminal.raw_mode()
        raw_mode.__enter__()
        self._restore.callback(_restore, raw_mode)
        thread = threading.Thread(target=self._watch, args=(terminal,), name="keys", daemon=True)
        thread.start()
        self._restore.callback(thread.join, 1.0)

    def _watch(self, terminal: Any) -> None:
        while self._open:
            try:
                pressed = terminal.read_keys()
            except (OSError, EOFError, ValueError):
                return
            for key in pressed:
                if key.data == "\x03":  # raw mode hands us Ctrl-C as a key
                    os.kill(os.getpid(), signal.SIGINT)
                elif (wanted := _KEYS.get(key.data.lower())) is not None:
                    self._pressed.put(wanted)
            if terminal.closed:
                return
            time.sleep(POLL_S)


def _restore(raw_mode: AbstractContextManager[None]) -> None:
    """Put the terminal back as it was, if it is still there."""
    with suppress(Exception):  # termios has an error of its own, which is none of the system's
        raw_mode.__exit__(None, None, None)


def _leave_terminal() -> None:
    """The window is gone: writing to it would fail, and what was said must still be stored."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        os.close(nowhere)
