"""The program as a user runs it: `greenroom …` in a terminal of its own, 30 rows by 100 columns if not said.

A thread empties the terminal all the time (a program whose output nobody reads stops), keeps every byte,
draws them on a screen and answers the program's questions to the terminal (where is the cursor?).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pexpect
import pyte

ROWS = 30
COLUMNS = 100
MODULE = [sys.executable, "-m", "greenroom"]

_POLL_S = 0.005  # a trace line is seen at most this much after it was written
_SOUND_AND_DESK = ("PULSE_", "ALSA_", "PIPEWIRE_", "DBUS_", "XDG_", "DISPLAY", "WAYLAND_")
_DROPPED = ("GREENROOM_", "PYTEST_", "LC_", *_SOUND_AND_DESK)
_DROPPED_NAMES = {"ACCESSIBLE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "CI", "LANGUAGE"}
_KEYS = {
    "enter": "\r",
    "space": " ",
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "ctrl-c": "\x03",
    "ctrl-d": "\x04",
    "ctrl-z": "\x1a",
}
_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]|[\x00-\x08\x0b-\x0c\x0e-\x1f]"
)

# Stamped when they are written. Sounds are not: the end of a question may be written before it is heard.
_STAMPED_NOW = {"ready", "turn_stored", "transcript_ready", "transcript_final", "session_stored", "error"}

Event = dict[str, Any]


def entry_point() -> list[str]:
    """The installed `greenroom` next to this Python; without one, the module."""
    script = Path(sys.executable).with_name("greenroom")
    return [str(script)] if script.exists() else MODULE


UNASKED = {"GREENROOM_FOLLOW_UPS": "0", "GREENROOM_GRADE": "0"}
"""What a person is asked besides depends on their answers: only tests about that want it."""


def clean_env(home: Path, *more: Mapping[str, str]) -> dict[str, str]:
    """Environment of a user with nothing set but GREENROOM_HOME; `more` (a room's, a test's own) wins."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_DROPPED) and name not in _DROPPED_NAMES
    }
    user = home.parent / f"{home.name}-user"
    user.mkdir(parents=True, exist_ok=True)
    env |= UNASKED
    env |= {"HOME": str(user), "GREENROOM_HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    for mapping in more:
        env |= mapping
    return env


class Program:
    """One run of the program, for the length of a `with` block; what is left of it then is killed."""

    def __init__(
        self,
        *arguments: str,
        home: Path,
        room_env: Mapping[str, str] | None = None,
        env: Mapping[str, str] | None = None,
        trace_file: Path | None = None,
        command: Sequence[str] | None = None,
        cwd: Path | None = None,
        rows: int = ROWS,
        columns: int = COLUMNS,
    ) -> None:
        """`trace_file` is handed on as `--trace`; `command` stands in for `greenroom`."""
        self.arguments = [*(command or entry_point()), *arguments]
        self.trace_file = trace_file
        if trace_file is not None:
            self.arguments += ["--trace", str(trace_file)]
        self.env = clean_env(home, room_env or {}, env or {})
        self.cwd = cwd or home.parent
        self.started_at_s = 0.0  # monotonic seconds at which the process was started
        self.ended_at_s: float | None = None
        self.raw = b""
        self.left_terminal_sane: bool | None = None  # `terminal_is_sane` when it ended by itself
        self._child: pexpect.spawn[bytes] | None = None
        self._lock = threading.Lock()
        self._matched = 0  # characters of the plain output already matched by wait_text
        self._size = (rows, columns)
        self._screen = _Screen(columns, rows, self._answer)
        self._stream = pyte.ByteStream(self._screen)
        self._events: list[Event] = []
        self._event_lag_s = float("inf")  # least of (monotonic time a line was seen - its at_s)
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Program:
        self.started_at_s = time.monotonic()
        self._child = pexpect.spawn(
            self.arguments[0],
            self.arguments[1:],
            env=self.env,
            cwd=str(self.cwd),
            dimensions=self._size,
            timeout=None,
        )
        self._child.ptyproc.delayafterclose = 0
        targets: list[Callable[[], None]] = [self._read_terminal]
        if self.trace_file is not None:
            targets.append(self._read_trace)
        for target in targets:
            thread = threading.Thread(target=target, name=target.__name__, daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            error.add_note(f"--- the end of what it printed: {self.arguments} ---\n{self.plain()[-3000:]}")
        self.kill()

    # What it shows

    def plain(self) -> str:
        """Everything printed so far, without colours and cursor movements."""
        with self._lock:
            raw = self.raw
        return _ESCAPES.sub("", raw.decode("utf-8", errors="replace")).replace("\r\n", "\n")

    def screen_text(self) -> str:
        """What a user sees now: rows without trailing spaces or empty rows at the end."""
        with self._lock:
            return "\n".join(row.rstrip() for row in self._screen.display).rstrip()

    def scrollback(self) -> str:
        """What has left the screen at its top, in the same form."""
        with self._lock:
            columns = range(self._size[1])
            rows = ["".join(row[x].data for x in columns) for row in self._screen.history.top]
        return "\n".join(row.rstrip() for row in rows)

    def terminal_is_sane(self) -> bool:
        """Whether typed letters are shown and come line by line, as a shell wants it."""
        flags = termios.tcgetattr(self._spawned.child_fd)[3]
        return bool(flags & termios.ECHO) and bool(flags & termios.ICANON)

    def wait_text(self, pattern: str, timeout_s: float, *, fresh: bool = False) -> re.Match[str]:
        """Wait until a pattern (`re`, case counts) is printed after the last match, or stands on the screen.

        With `fresh` only what is printed after the last match counts, not what is still on the screen.
        """
        found: list[re.Match[str]] = []

        def look() -> bool:
            plain = self.plain()
            if match := re.search(pattern, plain[self._matched :]):
                self._matched += match.end()
            elif not fresh:
                match = re.search(pattern, self.screen_text())
            if match:
                found.append(match)
            return bool(match)

        self._wait(look, timeout_s, f"text {pattern!r}", 0.02)
        return found[0]

    # What is done to it

    def press(self, key: str) -> None:
        """One key, by name (`enter`, `ctrl-c`, …) or as its character."""
        if key not in _KEYS and len(key) != 1:
            raise ValueError(f"no such key: {key!r}")
        self._send(_KEYS.get(key, key))

    def type_line(self, text: str) -> None:
        """Text and the enter key."""
        self._send(text + "\r")

    def signal(self, number: signal.Signals) -> None:
        """A signal to the program alone, not to its children."""
        os.kill(self._spawned.pid, number)

    @property
    def pid(self) -> int:
        """The process itself."""
        return int(self._spawned.pid)

    def kill(self) -> None:
        """SIGKILL to the whole process group, as sudden as a power cut; then wait for it. Twice is once."""
        if self._child is not None:
            self._reap()

    def finish(self, timeout_s: float) -> int:
        """Wait until it ends by itself; its exit code, or minus the number of the signal that ended it."""
        self._wait(lambda: not self.is_running(), timeout_s, "the end of the program", 0.01)
        if self.ended_at_s is None:
            self.left_terminal_sane = self.terminal_is_sane()
        self._reap()
        child = self._spawned
        return -child.signalstatus if child.signalstatus else int(child.exitstatus or 0)

    def is_running(self) -> bool:
        """Whether the process still lives."""
        if self._child is None or self.ended_at_s is not None:
            return False
        # The dead process is left unreaped: its number stays taken until its group has been killed.
        return os.waitid(os.P_PID, self._child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    # What it traces

    def trace(self) -> list[Event]:
        """Every whole line of the `--trace` file so far."""
        return self._parse_trace()[0]

    def wait_event(
        self, name: str, turn: int | None = None, *, timeout_s: float, after_s: float = 0.0, count: int = 1
    ) -> Event:
        """The first (or `count`-th) event of that name, of that turn if given, with `at_s` >= `after_s`."""
        found: list[Event] = []

        def look() -> bool:
            found[:] = [
                event
                for event in self._events
                if event["event"] == name
                and (turn is None or event.get("turn") == turn)
                and event["at_s"] >= after_s
            ]
            return len(found) >= count

        of_turn = "" if turn is None else f" of turn {turn}"
        self._wait(look, timeout_s, f"event {name}{of_turn}", _POLL_S)
        return found[count - 1]

    def moment(self, event: Event) -> float:
        """The monotonic time of an event, as ears tell it.

        The program counts from its own start, which the terminal cannot see. It is taken from the event that
        came through soonest, of those stamped when written (`ready` is one), so moments are late by what that
        one needed: a few milliseconds.
        """
        if self._event_lag_s == float("inf"):
            raise RuntimeError("no event has been seen yet that is stamped when written")
        return float(event["at_s"]) + self._event_lag_s

    # Inside

    @property
    def _spawned(self) -> pexpect.spawn[bytes]:
        if self._child is None:
            raise RuntimeError("the program was not started: use it in a with block")
        return self._child

    def _send(self, text: str) -> None:
        os.write(self._spawned.child_fd, text.encode())

    def _answer(self, reply: str) -> None:
        with contextlib.suppress(OSError):
            self._send(reply)

    def _read_terminal(self) -> None:
        child = self._spawned
        while True:
            try:
                chunk = os.read(child.child_fd, 1 << 16)
            except OSError:  # Linux: the last process with this terminal has gone
                chunk = b""
            with self._lock:
                if chunk:
                    self.raw += chunk
                    self._stream.feed(chunk)
            if not chunk:
                return

    def _parse_trace(self) -> tuple[list[Event], int]:
        if self.trace_file is None:
            raise RuntimeError("no trace_file was given")
        try:
            text = self.trace_file.read_bytes()
        except FileNotFoundError:
            return [], 0
        whole = text[: text.rfind(b"\n") + 1]
        return [json.loads(line) for line in whole.splitlines()], len(whole)

    def _read_trace(self) -> None:
        assert self.trace_file is not None
        position = 0
        rest = b""
        while self.ended_at_s is None:
            with contextlib.suppress(FileNotFoundError):
                if self.trace_file.stat().st_size > position:
                    with self.trace_file.open("rb") as file:
                        file.seek(position)
                        fresh = file.read()
                    now_s = time.monotonic()
                    position += len(fresh)
                    *lines, rest = (rest + fresh).split(b"\n")
                    events = [json.loads(line) for line in lines]
                    for event in events:
                        if event["event"] in _STAMPED_NOW:
                            self._event_lag_s = min(self._event_lag_s, now_s - float(event["at_s"]))
                    self._events += events
                    continue
            time.sleep(_POLL_S)

    def _wait(self, look: Callable[[], bool], timeout_s: float, what: str, poll_s: float) -> None:
        deadline_s = time.monotonic() + timeout_s
        while not look():
            if not self.is_running() and not any(thread.is_alive() for thread in self._threads[:1]):
                time.sleep(4 * _POLL_S)  # the last lines of the trace
                if look():
                    return
                raise EOFError(f"the program ended while {what} was waited for")
            if time.monotonic() > deadline_s:
                raise TimeoutError(f"{what} did not come within {timeout_s} s; screen:\n{self.screen_text()}")
            time.sleep(poll_s)

    def _reap(self) -> None:
        if self.ended_at_s is not None:
            return
        child = self._spawned
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        self._threads[0].join(timeout=2)
        time.sleep(2 * _POLL_S)  # the last lines of the trace
        self.ended_at_s = time.monotonic()
        for thread in self._threads[1:]:
            thread.join(timeout=2)
        child.close(force=True)


class _Screen(pyte.HistoryScreen):
    """A screen that keeps what has left it, and sends a terminal's replies back to the program."""

    def __init__(self, columns: int, lines: int, answer: Callable[[str], None]) -> None:
        self._answer = answer
        super().__init__(columns, lines, history=10_000)

    def write_process_input(self, data: str) -> None:
        self._answer(data)
