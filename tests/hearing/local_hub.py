"""A hub on this machine: it publishes one model, and can be told to fail in every way the real one may."""

from __future__ import annotations

import hashlib
import json
import random
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from greenroom.hearing.hub import Hub
from greenroom.hearing.model_store import OFFERED_MODELS, OfferedModel

SMALL_EN = next(one for one in OFFERED_MODELS if one.name == "small.en")
Act = Callable[["Answer"], None]
"""What is done with one request in place of answering it."""


def made_files() -> dict[str, bytes]:
    """A model of three megabytes that nothing could load."""
    chance = random.Random(6)
    return {
        "config.json": b'{"alignment_heads": []}',
        "tokenizer.json": b'{"version": "1.0"}',
        "vocabulary.txt": b"hello\nworld\n",
        "model.bin": chance.randbytes(3_000_000),
        "README.md": b"of no use here",
    }


class LocalHub:
    """Serves until it is closed; notes down every request as (path, Range header)."""

    def __init__(self, model: OfferedModel = SMALL_EN, files: dict[str, bytes] | None = None) -> None:
        self.model = model
        self.files = made_files() if files is None else files
        self.revision = model.revision
        self.requests: list[tuple[str, str | None]] = []
        self.headers: list[dict[str, str]] = []
        self.acts: list[Act] = []
        """For the next requests for model.bin, in order; then it behaves."""
        self.api_acts: list[Act] = []
        """For the next questions about the revision."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Answer,), {"hub": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def hub(self, timeout_s: float = 10.0) -> Hub:
        return Hub(f"http://127.0.0.1:{self.port}", ("127.0.0.1",), "http", timeout_s)

    def close(self) -> None:
        """Safe to call twice."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def ranges(self, file: str = "model.bin") -> list[str | None]:
        """The ranges asked for of a file, one a request."""
        return [asked for path, asked in self.requests if path.endswith(f"/{file}")]

    def api(self) -> dict[str, Any]:
        """What the hub says of the revision, in the form of its API."""
        rows: list[dict[str, Any]] = []
        for name, data in self.files.items():
            row: dict[str, Any] = {"rfilename": name, "size": len(data), "blobId": git_sha1(data)}
            if name == "model.bin":
                row["blobId"] = "b" * 40
                row["lfs"] = {"sha256": sha256(data), "size": len(data), "pointerSize": 134}
            rows.append(row)
        return {"id": self.model.repository, "sha": self.revision, "siblings": rows}


class Answer(BaseHTTPRequestHandler):
    hub: LocalHub
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        # As a proxy it is asked with the whole address.
        self.path = re.sub(r"^http://[^/]+", "", self.path)
        asked = self.headers.get("Range")
        self.hub.requests.append((self.path, asked))
        self.hub.headers.append(dict(self.headers.items()))
        self.close_connection = True
        name = self.path.rpartition("/")[2]
        if self.path.startswith("/api/"):
            if self.hub.api_acts:
                self.hub.api_acts.pop(0)(self)
            elif self.path == (
                f"/api/models/{self.hub.model.repository}/revision/{self.hub.model.revision}?blobs=true"
            ):
                self.whole(json.dumps(self.hub.api()).encode())
            else:
                self.send_error(404)
        elif name == "model.bin" and self.hub.acts:
            self.hub.acts.pop(0)(self)
        elif name in self.hub.files:
            self.file(self.hub.files[name])
        else:
            self.send_error(404)

    def whole(self, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def file(self, data: bytes, least: int | None = None) -> None:
        """Answers with the range asked for; `least` bytes of it, if given, and then no more."""
        asked = self.headers.get("Range")
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(data) - start))
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        self.wfile.write(data[start:] if least is None else data[start : start + least])


def breaks_off_after(count: int) -> Act:
    return lambda answer: answer.file(answer.hub.files["model.bin"], count)


def says(status: int) -> Act:
    return lambda answer: answer.send_error(status)


def knows_no_ranges(answer: Answer) -> None:
    answer.whole(answer.hub.files["model.bin"])


def begins_anew_and_breaks_off_after(count: int) -> Act:
    """Without heed for the range, and not to the end."""

    def act(answer: Answer) -> None:
        data = answer.hub.files["model.bin"]
        answer.send_response(200)
        answer.send_header("Content-Length", str(len(data)))
        answer.end_headers()
        answer.wfile.write(data[:count])

    return act


def sends(data: bytes, content_range: str | None = None) -> Act:
    """Other bytes than it told of: all there are, or as a piece of something."""

    def act(answer: Answer) -> None:
        answer.send_response(206 if content_range else 200)
        answer.send_header("Content-Length", str(len(data)))
        if content_range:
            answer.send_header("Content-Range", content_range)
        answer.end_headers()
        answer.wfile.write(data)

    return act


def has_one_byte_wrong(answer: Answer) -> None:
    data = bytearray(answer.hub.files["model.bin"])
    data[-7] ^= 1
    answer.file(bytes(data))


def redirects_to(url: str, status: int = 302) -> Act:
    def act(answer: Answer) -> None:
        answer.send_response(status)
        answer.send_header("Location", url)
        answer.send_header("Content-Length", "0")
        answer.end_headers()

    return act


def is_silent_until(done: threading.Event) -> Act:
    return lambda answer: [None, done.wait(20)][0]


def tells(value: object) -> Act:
    """The answer about the revision: bytes as they are, all else as JSON."""
    return lambda answer: answer.whole(value if isinstance(value, bytes) else json.dumps(value).encode())


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def git_sha1(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
