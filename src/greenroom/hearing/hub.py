"""The hub that publishes speech models: what it says of a revision, and a file of it.

Only HTTPS, and only to the hub's own hosts, also after a redirect. The standard library is enough, and the
hub's own client is not used: it takes another server from the environment, sends a stored token along, keeps
files outside greenroom's folder, and does not go on with a download that broke off (huggingface_hub issue
4196). A proxy set for the system is used, as every program does; what comes through it is checked too.
"""

from __future__ import annotations

import http.client
import json
import re
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from greenroom.errors import GreenroomError
from greenroom.hearing.model_store import NEEDED_FILES, VOCABULARIES, OfferedModel

MOST_BYTES_OF_JSON = 4_000_000
MOST_REDIRECTS = 5
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHA1 = re.compile(r"[0-9a-f]{40}")
GO_ON = "Run the same command again: it goes on where it stopped."
LATER = "Try again later, or from another network."


class FalteredError(GreenroomError):
    """It broke off, or the hub was busy: worth another try."""


class NothingMoreError(FalteredError):
    """What was begun is no beginning of that file."""


class UnreachableError(GreenroomError):
    """The hub cannot be reached at all."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a revision, as the hub publishes it: large ones with their sha256, small ones with the
    SHA-1 that git gives them. One of the two is there."""

    name: str
    size_bytes: int
    sha256: str | None
    git_sha1: str | None


@dataclass(frozen=True, slots=True)
class Hub:
    """Where models come from.

    Attributes:
        base: begins every address; nothing that a user or the environment sets.
        hosts: to these and to hosts below them a redirect may lead.
        scheme: "https"; a test with a server of its own has another.
        timeout_s: how long a silent connection is waited for.
    """

    base: str
    hosts: tuple[str, ...]
    scheme: str = "https"
    timeout_s: float = 30.0

    def allows(self, url: str) -> bool:
        """Whether an address may be asked."""
        try:
            parts = urllib.parse.urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return False
        known = any(host == one or host.endswith(f".{one}") for one in self.hosts)
        return parts.scheme == self.scheme and known and parts.username is None

    def published(self, model: OfferedModel) -> tuple[HubFile, ...]:
        """The files of the model's revision, the largest last.

        Raises:
            UnreachableError, FalteredError: no answer.
            GreenroomError: an answer that cannot be right.
        """
        url = f"{self.base}/api/models/{model.repository}/revision/{model.revision}?blobs=true"
        with self.opened(url) as response:
            text = b""
            while len(text) < MOST_BYTES_OF_JSON and (piece := read_some(response, MOST_BYTES_OF_JSON)):
                text += piece
            if response.length:  # so much of it has not come
                raise broke_off()
        return files_of(model, text)

    def address(self, model: OfferedModel, file: str) -> str:
        """Where a file of the model's revision is."""
        return f"{self.base}/{model.repository}/resolve/{model.revision}/{file}"

    @contextmanager
    def opened(self, url: str, from_byte: int = 0) -> Iterator[http.client.HTTPResponse]:
        """The hub's answer, to be read in the `with`.

        Args:
            from_byte: the first byte wanted; the hub may send all of them even so (status 200, not 206).

        Raises:
            UnreachableError, FalteredError, GreenroomError: it cannot be had, and why.
        """
        if not self.allows(url):
            raise _elsewhere(url)
        headers = {"User-Agent": "greenroom", "Accept-Encoding": "identity"}
        if from_byte:
            headers["Range"] = f"bytes={from_byte}-"
        try:
            response = self._opener().open(
                urllib.request.Request(url, headers=headers), timeout=self.timeout_s
            )
        except urllib.error.HTTPError as error:
            error.close()
            raise _refused(error.code, url) from error
        except (ValueError, http.client.InvalidURL) as error:  # not told, for it may hold a password
            raise GreenroomError(
                "One of the addresses on the way to the hub cannot be read.",
                "Look at the proxy that is set (https_proxy), if one is; else try again later.",
            ) from error
        except (OSError, http.client.HTTPException) as error:
            raise _unopened(error) from error
        with response:
            yield response

    def _opener(self) -> urllib.request.OpenerDirector:
        # Put together by hand: the usual one would also open file:, data: and ftp: addresses.
        opener = urllib.request.OpenerDirector()
        handlers: list[urllib.request.BaseHandler] = [
            urllib.request.ProxyHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _Redirects(self),
        ]
        if self.scheme == "https":
            handlers.append(urllib.request.HTTPSHandler(context=ssl.create_default_context()))
        else:
            handlers.append(urllib.request.HTTPHandler())
        for handler in handlers:
            opener.add_handler(handler)
        return opener


HUB = Hub("https://huggingface.co", ("huggingface.co", "hf.co"))
"""Its files come from hosts below these two (huggingface/hub-docs pull request 2628 lists them)."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows the hub to its own hosts, and nowhere else."""

    max_redirections = MOST_REDIRECTS

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if not self._hub.allows(newurl):
            raise _elsewhere(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def files_of(model: OfferedModel, text: bytes) -> tuple[HubFile, ...]:
    """The files that are wanted, out of the hub's answer about a revision. Pure.

    Raises:
        GreenroomError: it is of another revision, lacks a file or its digest, or cannot be read.
    """
    try:
        answer = json.loads(text)
        if answer["sha"] != model.revision:
            raise _strange(model, "it answers for another revision")
        rows = {row["rfilename"]: row for row in answer["siblings"]}
        vocabulary = next((name for name in VOCABULARIES if name in rows), VOCABULARIES[0])
        files = [_file(model, rows.get(name), name) for name in (*NEEDED_FILES, vocabulary)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _strange(model, "its answer cannot be read") from error
    return tuple(sorted(files, key=lambda file: file.size_bytes))


def _file(model: OfferedModel, row: dict[str, Any] | None, name: str) -> HubFile:
    if row is None:
        raise _strange(model, f"it has no {name}")
    large = row.get("lfs") or {}
    size, sha256, sha1 = large.get("size", row.get("size")), large.get("sha256"), row.get("blobId")
    if type(size) is not int or size <= 0:
        raise _strange(model, f"it does not say how long {name} is")
    if isinstance(sha256, str) and _SHA256.fullmatch(sha256):
        return HubFile(name, size, sha256, None)
    # The SHA-1 that git gives a large file is that of a note about it, not of the file.
    if not large and isinstance(sha1, str) and _SHA1.fullmatch(sha1):
        return HubFile(name, size, None, sha1)
    raise _strange(model, f"it publishes no digest of {name}")


def _strange(model: OfferedModel, why: str) -> GreenroomError:
    return GreenroomError(
        f"What the hub says of {model.repository} cannot be right: {why}.",
        "Nothing was installed. Try again later, or take another model: greenroom models list.",
    )


def _elsewhere(url: str) -> GreenroomError:
    where = re.sub(r"(?<=[^/:])/.*", "", url, flags=re.DOTALL)
    return GreenroomError(
        f"The hub sent us to {where}: only its own hosts are trusted, and only over HTTPS.",
        "Nothing was fetched from there. Try again later, or from another network.",
    )


def _nowhere() -> GreenroomError:
    return GreenroomError(
        "The hub sent us on and on, or to where nothing can be fetched.", "Try again later."
    )


def _refused(code: int, url: str) -> GreenroomError:
    if code in (408, 429) or code >= 500:
        return FalteredError(f"The hub is busy or out of order just now ({code}).", GO_ON)
    if code == 416:
        return NothingMoreError("The hub has no more of a file that was begun.", LATER)
    if code == 404:
        return GreenroomError(
            f"The hub does not have it any more: {url}.",
            "A newer greenroom may know where it is; greenroom models list shows what else there is.",
        )
    if code in (301, 302, 303, 307, 308):
        return _nowhere()
    return GreenroomError(f"The hub refused it ({code}): {url}.", LATER)


def _unopened(error: OSError | http.client.HTTPException) -> GreenroomError:
    if not isinstance(error, urllib.error.URLError):  # it was there, and went
        return _faltered(error)
    reason = error.reason
    if isinstance(reason, ssl.SSLCertVerificationError):
        return GreenroomError(
            f"The hub's certificate could not be checked: {reason.verify_message}.",
            "Look at this machine's clock and certificates; nothing is fetched over an unchecked connection.",
        )
    if isinstance(reason, ConnectionResetError):
        return _faltered(reason)
    return UnreachableError(
        f"The hub cannot be reached: {getattr(reason, 'strerror', None) or reason}.",
        f"Look at the network, and at the proxy if you have one. {GO_ON}",
    )


def _faltered(error: BaseException) -> FalteredError:
    if isinstance(error, TimeoutError):
        return FalteredError("The hub fell silent.", GO_ON)
    return FalteredError(f"The connection to the hub broke off ({type(error).__name__}).", GO_ON)


def broke_off() -> FalteredError:
    """That an answer ended too soon."""
    return FalteredError("The connection to the hub broke off.", GO_ON)


def read_some(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    """What has come of an answer's body, b"" at its end. Raises FalteredError."""
    try:
        return response.read1(most_bytes)
    except (OSError, http.client.HTTPException) as error:
        raise _faltered(error) from error
