"""Where everything lies, and what config.toml asks for."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from greenroom.errors import GreenroomError

CONFIG_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "pack": str,
    "count": int,
    "mic": (str, list),
    "mic_pace": str,
    "speaker": str,
    "voice": str,
    "model": str,
    "patience": (int, float),
    "company": str,
    "role": str,
    "no_debrief": bool,
    "text": bool,
    "plain": bool,
    "discreet": bool,
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
    """The settings in config.toml; empty when there is none.

    Raises:
        GreenroomError: it is not well-formed, or a key or value is not one of ours.
    """
    file = home / "config.toml"
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise GreenroomError(f"{file} cannot be read: {error}.", "Mend it, or remove it.") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise GreenroomError(f"{file} is not well-formed: {error}.", "Mend that line.") from error
    for key, value in values.items():
        wanted = CONFIG_KEYS.get(key)
        if wanted is None:
            nearest = get_close_matches(key, CONFIG_KEYS, 1)
            raise GreenroomError(
                f"{file} has a setting “{key}” that does not exist.",
                f"Did you mean {nearest[0]}?" if nearest else f"There are: {', '.join(CONFIG_KEYS)}.",
            )
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            raise GreenroomError(
                f"{file}: “{key}” cannot be {value!r}.", "See `greenroom practice --help` for what it takes."
            )
    return values
