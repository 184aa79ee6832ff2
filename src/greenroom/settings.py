"""Where everything lies, and what config.toml asks for."""

from __future__ import annotations

import json
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
KEEP_AUDIO = "keep_audio"
"""How long recordings are kept, in config.toml: set by `keep --audio`, and no option of a session."""
FOREVER = "forever"
MOST_DAYS = 36_500
"""A hundred years; what is longer is meant for ever."""
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


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


def days_kept(text: str) -> int | None:
    """ "90d", "12w", "6m" or "1y" as days; None for "forever".

    Raises:
        ValueError: it is none of these.
    """
    said = text.strip().lower()
    if said == FOREVER:
        return None
    match = re.fullmatch(r"([1-9][0-9]{0,4}) ?(d(?:ays?)?|w(?:eeks?)?|m(?:onths?)?|y(?:ears?)?)", said)
    days = int(match[1]) * _DAYS[match[2][0]] if match else 0
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(text)
    return days


def _is_time_kept(value: Any) -> bool:
    try:
        return _is_text(value) and (days_kept(value) or 1) > 0
    except ValueError:
        return False


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
    KEEP_AUDIO: Setting('"forever", or a time such as "90d", "12w", "6m" or "1y"', _is_time_kept),
}
"""What config.toml may hold: the options of `practice` and `debrief`, with underscores; and KEEP_AUDIO."""


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


def write_setting(home: Path, key: str, value: str) -> None:
    """Set one text in config.toml, which is made if there is none; every other letter of it stays.

    Raises:
        GreenroomError: config.toml is broken already, or cannot be written.
    """
    read_config(home)  # told with its line, rather than made worse
    file = (home / "config.toml").resolve()  # a link stays one
    partial = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        text = file.read_bytes().decode("utf-8") if file.exists() else ""
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o600
        changed = with_setting(text, key, value)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
            with os.fdopen(descriptor, "wb") as target:
                target.write(changed.encode("utf-8"))
                target.flush()
                os.fsync(target.fileno())
            partial.replace(file)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise GreenroomError(
            f"{file} cannot be written: {error.strerror or error}.",
            f'Write {key} = "{value}" into it yourself.',
        ) from error
    except ValueError as error:
        raise GreenroomError(
            f"{file}: “{key}” stands there in a way that is better not touched.",
            f'Write {key} = "{value}" into it yourself.',
        ) from error


def with_setting(text: str, key: str, value: str) -> str:
    """The text of a config.toml in which a key has this value, and all else is as it was. Pure.

    What comes out is read again and compared, so that a line inside a longer text that only looks like a
    setting is never taken for one.

    Raises:
        ValueError: it is not well-formed, or there is no safe way.
    """
    wanted = {**tomllib.loads(text), key: value}
    told = json.dumps(value, ensure_ascii=False)
    line = re.compile(
        rf"""(?m)^([ \t]*["']?{re.escape(key)}["']?[ \t]*=[ \t]*)("(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*')"""
    )
    ending = "\r\n" if "\r\n" in text else "\n"
    between = ending if text and not text.endswith("\n") else ""
    candidates = [
        *(text[: found.start()] + found[1] + told + text[found.end() :] for found in line.finditer(text)),
        f"{text}{between}{key} = {told}{ending}",
    ]
    for candidate in candidates:
        try:
            if tomllib.loads(candidate) == wanted:
                return candidate
        except tomllib.TOMLDecodeError:
            continue
    raise ValueError(key)


def _line_of(key: str, text: str) -> int:
    found = re.search(rf"^[ \t]*\[?[ \t]*[\"']?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
