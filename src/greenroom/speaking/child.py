"""A process of its own for an engine, so that one that hangs or crashes takes nothing with it.

The protocol is one JSON object a line: a request on the child's standard input, a reply on its standard
output. One reader thread a child blocks on its output; whoever asks blocks for the reply, with a limit.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any


class Child:
    """Started at once; `end` it in any case.

    Raises:
        OSError: the process cannot be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        # A session of its own: Ctrl-C in the terminal is the parent's to answer, and whatever the engine
        # starts is killed with it. Text never goes into the arguments, where every user could read it.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._read, name="voice-replies", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, request: Mapping[str, Any], timeout_s: float) -> dict[str, Any]:
        """Send one request and wait for its reply. After any error the child is of no more use.

        Raises:
            TimeoutError: no reply within `timeout_s` seconds.
            EOFError: the child ended, or answered something else than the protocol.
        """
        deadline_s = time.monotonic() + timeout_s
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
        except (OSError, ValueError) as error:  # ValueError: another thread has ended it
            raise EOFError("the child ended") from error
        try:
            line = self._replies.get(timeout=max(0.0, deadline_s - time.monotonic()))
        except queue.Empty:
            raise TimeoutError from None
        try:
            reply = json.loads(line)
        except ValueError as error:
            raise EOFError("the child ended") from error
        if not isinstance(reply, dict):
            raise EOFError("not a reply")
        return reply

    def end(self) -> None:
        """Kill it and all that it started. Safe to call twice, and while another thread is in `ask`."""
        # Killed before its input is closed, and before it is waited for: until then its id is not reused.
        if self._process.returncode is None:
            if hasattr(os, "killpg"):
                # macOS refuses (EPERM) for a group of which only a zombie is left.
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
            self._process.wait()
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._replies.put(line)
        self._replies.put(b"")  # the end: whoever asks is told at once
