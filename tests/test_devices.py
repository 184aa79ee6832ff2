"""Which microphone is taken, and that opening one leaves the terminal to others. No sound card needed."""

from __future__ import annotations

import os
import sys

import pytest

from greenroom import devices
from greenroom.devices import microphone_opener, quiet_libraries
from greenroom.errors import GreenroomError


@pytest.fixture
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> set[str | None]:
    """The microphones there are; None is the system's default."""
    names: set[str | None] = {"Headset", None}

    def choose(kind: str, wanted: str | None) -> devices.DeviceInfo:
        if wanted not in names:
            raise GreenroomError(f"There is no microphone “{wanted}”.", "Give another.")
        return devices.DeviceInfo(0, wanted or "Default", 48_000, wanted is None)

    monkeypatch.setattr(devices, "_sounddevice", lambda: None)
    monkeypatch.setattr(devices, "_choose", choose)
    return names


def test_the_first_microphone_is_the_one_that_is_wanted_or_none(plugged_in: set[str | None]) -> None:
    assert microphone_opener("Headset")().name == "Headset"
    with pytest.raises(GreenroomError, match="no microphone “Table”"):
        microphone_opener("Table")()


def test_in_place_of_one_that_has_gone_comes_the_same_or_the_default(plugged_in: set[str | None]) -> None:
    """By turns, for one that is listed need not open."""
    find = microphone_opener("Headset")
    find()
    assert [find().name for _ in range(3)] == ["Headset", "Default", "Headset"]
    plugged_in.remove("Headset")
    assert [find().name for _ in range(3)] == ["Default", "Default", "Default"]
    plugged_in.add("Headset")
    assert {find().name for _ in range(2)} == {"Headset", "Default"}


def test_libraries_are_quiet_and_python_is_not(capfd: pytest.CaptureFixture[str]) -> None:
    """Also when it is asked for inside itself, as it is when a microphone is opened again."""
    with quiet_libraries():
        with quiet_libraries():
            os.write(2, b"ALSA lib: inner\n")
            print("inner", file=sys.stderr, flush=True)
        os.write(2, b"ALSA lib: outer\n")
        print("outer", file=sys.stderr, flush=True)
    print("after", file=sys.stderr, flush=True)
    assert capfd.readouterr().err == "inner\nouter\nafter\n"
