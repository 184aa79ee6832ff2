"""Where everything lies, and what config.toml asks for."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from greenroom.errors import GreenroomError

COUNT = 5
COUNT_BOUNDS = (1, 100)
"""How many questions a rehearsal has, and may have."""
MANNERS = ("friendly", "neutral", "brisk")
"""How an interviewer may behave (prompts/manners.toml)."""
FOCUSES = (
    *("length", "pace", "pauses", "fillers", "hedges", "star", "result", "voice", "numbers", "question"),
    "messages",
)
"""What somebody may work on (coaching/focus.py)."""
PATIENCE_BOUNDS_S = (0.5, 30.0)
"""Silence that may end an answer: less cuts into every breath, more is what Enter is for."""
MINUTES = 10
"""The time box of a debrief. Ten to twenty help, more turns into rumination (usual advice on debriefs)."""
MINUTES_BOUNDS = (1, 120)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a key of config.toml may be, told in words and tested."""

    takes: str
    allows: Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _is_count(value: Any) -> bool:
    return type(value) is int and COUNT_BOUNDS[0] <= value <= COUNT_BOUNDS[1]


def _is_patience(value: Any) -> bool:
    return type(value) in (int, float) and PATIENCE_BOUNDS_S[0] <= value <= PATIENCE_BOUNDS_S[1]


def _are_minutes(value: Any) -> bool:
    return type(value) is int and MINUTES_BOUNDS[0] <= value <= MINUTES_BOUNDS[1]


_TEXT = Setting('a text, such as "general"', _is_text)
_TEXTS = Setting(
    'a text or a list of texts, such as ["a", "b"]', lambda one: _is_text(one) or _are_texts(one)
)
_SWITCH = Setting("true or false", lambda value: isinstance(value, bool))

CONFIG_KEYS: Mapping[str, Setting] = {
    "pack": _TEXT,
    "count": Setting("a whole number from {} to {}".format(*COUNT_BOUNDS), _is_count),
    "question": _TEXTS,
    "from_debrief": Setting('a session such as "12", or "last"', _is_text),
    "due": _SWITCH,
    "focus": Setting(f"one of: {', '.join(FOCUSES)}", lambda value: value in FOCUSES),
    "manner": Setting(f"one of: {', '.join(MANNERS)}", lambda value: value in MANNERS),
    "warm_up": _SWITCH,
    "follow_ups": _SWITCH,
    "grade": _SWITCH,
    "quiet": _SWITCH,
    "silent": _SWITCH,
    "dress_rehearsal": _SWITCH,
    "minutes": Setting("a whole number from {} to {}".format(*MINUTES_BOUNDS), _are_minutes),
    "mic": _TEXTS,
    "mic_pace": Setting('"fast" or "real"', lambda value: value in ("fast", "real")),
    "speaker": _TEXT,
    "voice": _TEXT,
    "model": _TEXT,
    "patience": Setting("seconds from {:g} to {:g}".format(*PATIENCE_BOUNDS_S), _is_patience),
    "company": _TEXT,
    "role": _TEXT,
    "no_debrief": _SWITCH,
    "text": _SWITCH,
    "plain": _SWITCH,
    "discreet": _SWITCH,
    "trace": _TEXT,
}
"""What config.toml may hold: the options of `practice` and `debrief`, with underscores."""


def home_folder() -> Path:
    """GREENROOM_HOME, or the platform's user data folder. Not made here."""
    given = os.environ.get("GREENROOM_HOME")
    if given:
        return Path(given).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("greenroom", appauthor=False)


def read_config(home: Path) -> dict[str, Any]:
    """The settings in config.toml; empty when there is none. A single text for a list becomes a list.

    Raises:
        GreenroomError: it is not well-formed, or a key or value is not one of ours; with its line.
    """
    file = home / "config.toml"
    try:
        text = file.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):  # a home that is a file: the archive says so
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise GreenroomError(
            f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.", "Mend it, or remove it."
        ) from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise GreenroomError(f"{file} is not well-formed: {error}.", "Mend that line.") from error
    for key, value in values.items():
        where = f"{file}, line {_line_of(key, text)}"
        setting = CONFIG_KEYS.get(key)
        if setting is None:
            nearest = get_close_matches(key, CONFIG_KEYS, 1)
            raise GreenroomError(
                f"{where}: there is no setting “{key}”.",
                f"Did you mean {nearest[0]}?" if nearest else f"There are: {', '.join(CONFIG_KEYS)}.",
            )
        if not setting.allows(value):
            raise GreenroomError(
                f"{where}: “{key}” must be {setting.takes}.",
                "Mend that line, or remove it to have the default.",
            )
        if setting is _TEXTS and isinstance(value, str):
            values[key] = [value]
    return values


def _line_of(key: str, text: str) -> int:
    found = re.search(rf"^[ \t]*\[?[ \t]*[\"']?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
