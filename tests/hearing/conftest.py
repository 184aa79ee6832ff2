"""The real speech model and voice detector, loaded once a process."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.hearing.models import find_model
from greenroom.hearing.transcriber import FasterWhisper
from greenroom.hearing.vad import SileroVad


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def tiny(cache: Path) -> FasterWhisper:
    return FasterWhisper(find_model("tiny.en", cache))


@pytest.fixture(scope="session")
def vad() -> SileroVad:
    return SileroVad()
