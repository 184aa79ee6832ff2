"""How far a download has come, in a pipe and on a terminal."""

from __future__ import annotations

import io
import sys

import pytest

from greenroom.review.bar import Bar


def test_a_pipe_gets_a_line_at_each_tenth_and_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar("small.en from the hub", plain=True) as bar:
        for here in range(0, 486_000_001, 1_000_000):
            bar.bytes_here(here, 486_000_000)

    told = capsys.readouterr().out.splitlines()
    assert len(told) == 11
    assert told[0] == "small.en from the hub: 0 of 486 MB"
    assert told[1] == "small.en from the hub: 49 of 486 MB"
    assert told[-1] == "small.en from the hub: 486 of 486 MB"


def test_what_was_here_before_is_not_counted_again(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar("base", plain=True) as bar:
        bar.bytes_here(90, 100)
        bar.bytes_here(100, 100)

    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_terminal_gets_a_bar_that_is_put_away_when_it_is_interrupted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    with pytest.raises(KeyboardInterrupt), Bar("small.en from the hub", plain=False) as bar:
        bar.bytes_here(100_000_000, 486_000_000)
        bar.bytes_here(243_000_000, 486_000_000)
        raise KeyboardInterrupt

    drawn = terminal.getvalue()
    assert "small.en from the hub" in drawn
    assert "243.0/486.0" in drawn
    assert drawn.count("\x1b[?25h") == drawn.count("\x1b[?25l") == 1  # the cursor is there again


def test_without_anything_to_tell_nothing_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar("small.en", plain=False):
        pass

    assert capsys.readouterr().out == ""
