"""The two screens: line by line, and with a line that moves."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from greenroom.stage import words
from greenroom.stage.screen import Listening, LiveScreen, PlainScreen


def test_a_plain_screen_says_who_says_what_and_each_state_once() -> None:
    out = io.StringIO()
    screen = PlainScreen(out)
    screen.say("Welcome.")
    screen.aside("Pace: 172 words a minute")
    screen.ask("Tell me about a conflict.", "Take your time.")
    for state in (words.WAITING, words.HEARING, words.HEARING, words.PAUSE):
        screen.listening(Listening(state, 1.0, -20.0, caption="We quarrelled."))
    screen.listening(None)
    screen.heard("We quarrelled.")
    screen.heard("")
    screen.note("Paused.")
    assert out.getvalue().splitlines() == [
        "Greenroom: Welcome.",
        "- Pace: 172 words a minute",
        "",
        "Question: Tell me about a conflict.",
        "Take your time.",
        words.WAITING,
        words.HEARING,
        words.PAUSE,
        "You: We quarrelled.",
        "You: (no words)",
        "Note: Paused.",
    ]


def live_line(now: Listening, width: int = 100) -> list[str]:
    screen = LiveScreen(Console(file=io.StringIO(), width=width))
    return screen._live_line(now).plain.split("\n")


def test_the_live_line_tells_state_time_loudness_and_keys() -> None:
    [line] = live_line(Listening("listening", 75.4, -30.0))
    assert line == "  listening  1:15  ▮▮▮▮▮▮▯▯▯▯▯▯  Enter done · r repeat · s skip · p pause · q stop"


@pytest.mark.parametrize(("width", "keys"), [(79, words.KEYS_SHORT), (80, words.KEYS)])
def test_a_narrow_window_gets_a_short_line(width: int, keys: str) -> None:
    [line] = live_line(Listening("still listening", 75.4, -30.0), width)
    assert line.endswith(keys)
    assert len(line) <= width


@pytest.mark.parametrize("state", [words.WAITING, words.HEARING, words.PAUSE, words.LOST])
def test_the_keys_fit_into_eighty_columns_with_every_state(state: str) -> None:
    [line] = live_line(Listening(state, 599.0, 0.0), 80)
    assert len(line) <= 80


def test_without_keys_or_a_microphone_nothing_is_said_of_them() -> None:
    assert live_line(Listening("writing down what you said", keys=False)) == [
        "  writing down what you said  "
    ]


def test_captions_stand_below_and_end_with_the_latest_word() -> None:
    _, short = live_line(Listening("listening", caption="We quarrelled."))
    assert short == "    We quarrelled."
    caption = " ".join(f"word{number}" for number in range(40))
    _, long = live_line(Listening("listening", caption=caption), 60)
    assert len(long) <= 60
    assert long.startswith("    …word")
    assert long.endswith("word38 word39")


def test_captions_cannot_steer_the_terminal() -> None:
    _, line = live_line(Listening("listening", caption="a\x1b[2Jb\nc"))
    assert "\x1b" not in line


def test_what_stays_is_printed_above_and_the_live_line_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    screen = LiveScreen(Console(file=out, width=80, force_terminal=True, color_system=None))
    screen.listening(Listening(words.HEARING, 1.0, -20.0, caption="We"))
    screen.note("Going on.")
    screen.listening(None)
    screen.listening(None)
    screen.heard("We quarrelled.")
    assert "Going on." in out.getvalue()
    assert out.getvalue().rstrip().endswith("We quarrelled.")
