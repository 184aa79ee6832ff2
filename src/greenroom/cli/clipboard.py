"""Puts a text on the clipboard with whatever program this machine has for that."""

from __future__ import annotations

import shutil
import subprocess

from greenroom.errors import GreenroomError

COPIERS = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("clip.exe",),
)
"""macOS, Wayland, X11 twice, Windows: the first one there is taken."""

TIMEOUT_S = 5.0
"""A copier that waits for a display longer than this has none."""


def copy(text: str) -> None:
    """Put `text` on the clipboard.

    Raises:
        GreenroomError: there is no program for it here, or it failed.
    """
    for command in COPIERS:
        if shutil.which(command[0]) is None:
            continue
        try:
            # Their output is not read: xclip stays in the background, and holds on to it.
            subprocess.run(
                command,
                input=text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=TIMEOUT_S,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return
    raise GreenroomError(
        "There is no clipboard to be reached from here.",
        "Write it to a file with --output, or install wl-clipboard or xclip.",
    )
