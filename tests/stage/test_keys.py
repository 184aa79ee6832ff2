"""Ctrl-C is noted and raised at the next look at the keys; keys come in the order pressed."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from greenroom.stage.keys import Key, Keys

if sys.platform == "win32":
    pytest.skip("signals are sent another way there", allow_module_level=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_is_noted_and_raised_at_the_next_poll(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with Keys(listen=False) as keys:
        assert keys.poll() is None
        os.kill(os.getpid(), number)
        time.sleep(0.05)  # nothing is raised here, in the middle of a write perhaps
        with pytest.raises(KeyboardInterrupt):
            keys.poll()
        assert keys.poll() is None
    assert signal.getsignal(number) is before


def test_a_second_ctrl_c_is_not_waited_for() -> None:
    with Keys(listen=False) as keys:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.05)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.5)
        with pytest.raises(KeyboardInterrupt):
            keys.poll()


def test_ctrl_c_is_raised_at_once_where_nobody_polls() -> None:
    with Keys(listen=False) as keys:
        with pytest.raises(KeyboardInterrupt), keys.at_once():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.05)  # noted again, as everywhere else
        with pytest.raises(KeyboardInterrupt):
            keys.poll()


def test_a_key_put_back_comes_again() -> None:
    keys = Keys(listen=False)
    keys.put_back(Key.SKIP)
    keys.put_back(Key.STOP)
    assert [keys.poll(), keys.poll(), keys.poll()] == [Key.SKIP, Key.STOP, None]


def test_a_dress_rehearsal_takes_no_key_but_ctrl_c() -> None:
    with Keys(listen=False) as keys:
        keys.strict(True)
        keys.put_back(Key.SKIP)
        assert keys.poll() is None
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.05)
        with pytest.raises(KeyboardInterrupt):
            keys.poll()
        keys.strict(False)
        keys.put_back(Key.STOP)
        assert keys.poll() is Key.STOP


def test_without_a_terminal_there_are_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull) as nothing:  # noqa: PTH123 - a device, not a path of ours
        monkeypatch.setattr(sys, "stdin", nothing)
        with Keys() as keys:
            assert not keys.active
            assert keys.poll() is None
