"""An empty home, an open archive, and the real speech model once a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.archive import Archive
from greenroom.hearing.models import find_model
from greenroom.hearing.transcriber import FasterWhisper


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def archive(home: Path) -> Iterator[Archive]:
    with Archive.open(home) as archive:
        yield archive


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> FasterWhisper:
    return FasterWhisper(find_model("tiny.en", tmp_path_factory.mktemp("models")))
