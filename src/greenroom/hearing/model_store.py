"""Speech models that the hub has for us, and those that were fetched from it: a folder each, with a record.

No network here: `hub.py` asks, `downloading.py` fetches, and both only for `greenroom models install`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NEEDED_FILES = ("config.json", "tokenizer.json", "model.bin")
"""Without a tokenizer beside the model, faster-whisper would fetch one from the network when it is loaded."""
VOCABULARIES = ("vocabulary.txt", "vocabulary.json")
"""One of these, too."""
RECORD = "installed.json"
"""What was checked, beside the model: repository, revision, and the sha256 of each file."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model that `greenroom models install` fetches.

    Attributes:
        repository: on the hub.
        revision: the commit that is taken, and no other.
        megabytes: how much is fetched, in millions of bytes, as the hub shows it; the exact sizes come
            with the digests.
    """

    name: str
    repository: str
    revision: str
    megabytes: int


OFFERED_MODELS = (
    OfferedModel("base", "Systran/faster-whisper-base", "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66", 148),
    OfferedModel(
        "base.en", "Systran/faster-whisper-base.en", "3d3d5dee26484f91867d81cb899cfcf72b96be6c", 148
    ),
    OfferedModel(
        "small.en", "Systran/faster-whisper-small.en", "d1d751a5f8271d482d14ca55d9e2deeebbae577f", 486
    ),
    OfferedModel(
        "medium.en", "Systran/faster-whisper-medium.en", "a29b04bd15381511a9af671baec01072039215e3", 1530
    ),
)
"""From the quickest to the best. Each revision stands on the page of its repository, as the newest there is;
base is the one that the extra of that name carries. Digests are not written here: they are asked of the hub
when a model is installed, and kept in its record."""


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model that was fetched and checked.

    Attributes:
        sha256: of each of its files, as checked when it was installed.
    """

    name: str
    path: Path
    repository: str
    revision: str
    sha256: Mapping[str, str]


def downloads_in(home: Path) -> Path:
    """Where fetched models lie. Not in the cache, which may be deleted at any time."""
    return home / "models"


def stored_models(downloads: Path | None) -> tuple[StoredModel, ...]:
    """The models fetched, from the quickest to the best; one that is not whole is not among them.

    Their digests are not worked out here (see `models.find_model`).
    """
    if downloads is None:
        return ()
    found = (_stored(offered.name, downloads / offered.name) for offered in OFFERED_MODELS)
    return tuple(one for one in found if one is not None)


def _stored(name: str, folder: Path) -> StoredModel | None:
    try:
        record = json.loads((folder / RECORD).read_text("utf-8"))
        repository, revision, digests = record["repository"], record["revision"], record["sha256"]
        if not all(_SHA256.fullmatch(digests[file]) for file in digests):
            return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if not (isinstance(repository, str) and isinstance(revision, str)):
        return None
    recorded = [file for file in (*NEEDED_FILES, *VOCABULARIES) if file in digests]
    whole = set(NEEDED_FILES) <= set(recorded) and len(recorded) > len(NEEDED_FILES)
    if not whole or not all((folder / file).is_file() for file in recorded):
        return None
    return StoredModel(name, folder, repository, revision, {file: digests[file] for file in recorded})


def record_text(model: OfferedModel, sha256: Mapping[str, str]) -> str:
    """The record that stands beside a model."""
    record = {"repository": model.repository, "revision": model.revision, "sha256": dict(sha256)}
    return json.dumps(record, indent=2) + "\n"
