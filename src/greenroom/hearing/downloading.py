"""Fetches a model from the hub: room first, every file checked, put in its place whole or not at all.

What has come stays in a `.part` file, from which the next try goes on. The digests are those that the hub
publishes for the pinned revision; what was checked is recorded beside the model.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import TypeAlias

from greenroom.errors import GreenroomError
from greenroom.hearing import hub as hubs
from greenroom.hearing.hub import FalteredError, Hub, HubFile, NothingMoreError, UnreachableError
from greenroom.hearing.model_store import RECORD, OfferedModel, StoredModel, record_text

WAITS_S = (1.0, 3.0, 9.0)
"""Before the next try, when one faltered; what brings a megabyte more begins anew."""
GAIN_BYTES = 1_000_000
PIECE_BYTES = 1 << 18
SPARE_BYTES = 200_000_000
"""Left free beside the model: less than two hours of recording would fit otherwise."""

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many bytes of how many are here."""
Wait: TypeAlias = Callable[[float], None]


def install(
    model: OfferedModel,
    downloads: Path,
    progress: Progress,
    *,
    hub: Hub | None = None,
    wait: Wait = time.sleep,
) -> StoredModel:
    """Fetch a model into `downloads`; one that is there already is replaced when the new one is whole.

    Args:
        hub: the real one unless given.
        wait: stands still for so many seconds before another try.

    Raises:
        GreenroomError: no network, no room, a wrong digest, and the like; what has come is kept.
    """
    source = hubs.HUB if hub is None else hub
    try:
        downloads.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(downloads):
            files = _with_patience(lambda: source.published(model), wait)
            parts = _parts_folder(model, downloads)
            _make_sure_of_room(files, parts)
            digests = {
                file.name: _fetched(model, file, files, parts, source, progress, wait) for file in files
            }
            (parts / RECORD).write_text(record_text(model, digests), "utf-8")
            return _put_in_place(model, parts, downloads, digests)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        first = "Make room on the disk" if full else f"See to it that you may write to {downloads}"
        raise GreenroomError(
            f"The model {model.name} could not be written: {error.strerror or error}.",
            f"{first}, then run the same command again: what has come so far is kept.",
        ) from error


@contextmanager
def _alone(downloads: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(downloads / ".lock", mode=0o600)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise GreenroomError(
            "Another greenroom is installing a model just now.", "Wait until it is done."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _with_patience(ask: Callable[[], tuple[HubFile, ...]], wait: Wait) -> tuple[HubFile, ...]:
    for wait_s in WAITS_S:
        try:
            return ask()
        except FalteredError:
            wait(wait_s)
    return ask()


def _parts_folder(model: OfferedModel, downloads: Path) -> Path:
    """Where the files gather; what is left of another revision goes."""
    folder = downloads / f".{model.name}-{model.revision}"
    for other in downloads.glob(f".{model.name}-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _make_sure_of_room(files: Sequence[HubFile], parts: Path) -> None:
    missing = sum(file.size_bytes for file in files) - _here_bytes(files, parts)
    free = shutil.disk_usage(parts).free
    if missing + SPARE_BYTES > free:
        raise GreenroomError(
            f"There is too little room: {_megabytes(missing + SPARE_BYTES)} are needed, "
            f"{_megabytes(free)} are free at {parts.parent}.",
            "Make room, or set GREENROOM_HOME to a larger disk.",
        )


def _here_bytes(files: Sequence[HubFile], parts: Path) -> int:
    return sum(
        min(file.size_bytes, max(_size(parts / file.name), _size(_part(parts, file)))) for file in files
    )


def _fetched(
    model: OfferedModel,
    file: HubFile,
    files: Sequence[HubFile],
    parts: Path,
    hub: Hub,
    progress: Progress,
    wait: Wait,
) -> str:
    """Have one file, checked, in the folder; gives its sha256."""
    target, part = parts / file.name, _part(parts, file)
    whole = sum(one.size_bytes for one in files)

    def tell() -> None:
        progress(_here_bytes(files, parts), whole)

    if target.is_file():  # from an earlier try
        sha256 = _sha256_if_right(target, file)
        if sha256 is not None:
            tell()
            return sha256
        target.unlink()
    for _ in range(2):
        went_on = _size(part) > 0
        _complete(hub, hub.address(model, file.name), part, file.size_bytes, tell, wait)
        sha256 = _sha256_if_right(part, file)
        if sha256 is not None:
            part.replace(target)
            return sha256
        part.unlink()
        if not went_on:
            break  # all of it came just now; what went on from an old part deserves a fresh try
    raise GreenroomError(
        f"{file.name} of {model.name} is not what the hub publishes: its digest is wrong.",
        "Nothing was installed, and only that file is gone. Try again later, or from another network.",
    )


def _complete(hub: Hub, url: str, part: Path, size_bytes: int, tell: Callable[[], None], wait: Wait) -> None:
    """Go on with a part until it is as long as it should be."""
    faltered, last_gain = 0, _size(part)
    if last_gain > size_bytes:  # it cannot be a beginning of this file
        part.unlink()
        last_gain = 0
    tell()
    while _size(part) < size_bytes:
        before = _size(part)
        try:
            _go_on(hub, url, part, size_bytes, tell)
        except (FalteredError, UnreachableError) as error:
            # Without any network at the very beginning there is nothing to be patient for.
            if isinstance(error, UnreachableError) and before == 0 and _size(part) == 0:
                raise
            if isinstance(error, NothingMoreError):
                part.unlink(missing_ok=True)
                last_gain = 0
            if _size(part) - last_gain >= GAIN_BYTES:
                faltered, last_gain = 0, _size(part)
            if faltered == len(WAITS_S):
                raise
            wait(WAITS_S[faltered])
            faltered += 1


def _go_on(hub: Hub, url: str, part: Path, size_bytes: int, tell: Callable[[], None]) -> None:
    have = _size(part)
    with hub.opened(url, from_byte=have) as response:
        again = _again_bytes(response, have, size_bytes)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            target.seek(have)
            while have < size_bytes:
                piece = hubs.read_some(response, min(PIECE_BYTES, again or size_bytes - have))
                if not piece:
                    raise hubs.broke_off()
                if again:
                    again -= len(piece)
                    continue
                target.write(piece)
                target.flush()
                have += len(piece)
                tell()
            os.fsync(target.fileno())


def _again_bytes(response: HTTPResponse, have: int, size_bytes: int) -> int:
    """How many bytes of what comes now are here already: none, or all that were, where it begins anew.

    Whether both are of one file is not asked of the hub (by an ETag): the digest tells.

    Raises:
        NothingMoreError: it is of a file of another length, or not the piece that was asked for.
    """
    if response.status == 206:
        said = response.headers.get("Content-Range")
        if said in (f"bytes {have}-{size_bytes - 1}/{size_bytes}", f"bytes {have}-{size_bytes - 1}/*"):
            return 0
    elif response.length in (None, size_bytes):
        return have
    raise NothingMoreError("The hub sent something else than the file it told of.", hubs.LATER)


def _sha256_if_right(path: Path, file: HubFile) -> str | None:
    """The file's sha256, if it is as published."""
    if _size(path) != file.size_bytes:
        return None
    sha256, sha1 = hashlib.sha256(), hashlib.sha1(usedforsecurity=False)
    sha1.update(b"blob %d\0" % file.size_bytes)  # as git names what it stores
    with path.open("rb") as source:
        while piece := source.read(1 << 20):
            sha256.update(piece)
            if file.sha256 is None:
                sha1.update(piece)
    right = sha1.hexdigest() == file.git_sha1 if file.sha256 is None else sha256.hexdigest() == file.sha256
    return sha256.hexdigest() if right else None


def _put_in_place(model: OfferedModel, parts: Path, downloads: Path, digests: dict[str, str]) -> StoredModel:
    """One rename: whoever looks sees no model or a whole one."""
    for file in (*digests, RECORD):
        _sync(parts / file)
    place, old = downloads / model.name, downloads / f".{model.name}-old"
    if place.exists():
        shutil.rmtree(old, ignore_errors=True)
        place.rename(old)
    parts.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return StoredModel(model.name, place, model.repository, model.revision, digests)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _part(parts: Path, file: HubFile) -> Path:
    return parts / f"{file.name}.part"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _megabytes(count: int) -> str:
    return f"{round(count / 1e6):,} MB"
