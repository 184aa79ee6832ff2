"""The program in this process, on a home of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cli.program import Ran, Run, environment


@pytest.fixture
def at(tmp_path: Path) -> Path:
    """A home that nobody has used yet."""
    return tmp_path / "home"


@pytest.fixture
def greenroom(at: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command through the program's one door, with nobody at the keyboard."""
    from greenroom.cli.main import _exit_code

    for name in set(os.environ) - set(environment(at)):
        monkeypatch.delenv(name)
    for name, value in environment(at).items():
        monkeypatch.setenv(name, value)

    def run(*args: str) -> Ran:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["greenroom", *args])
        code = _exit_code()
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run
