"""Recordings in other formats: flac, wav or opus, sample for sample where the format keeps them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Literal, TypeAlias

from greenroom.errors import GreenroomError
from greenroom.hearing.opus import as_opus
from greenroom.types import SAMPLE_RATE_HZ

SoundFormat: TypeAlias = Literal["flac", "wav", "opus"]

_PIECE_SAMPLES = 1 << 18


def convert(source: Path, target: Path, wanted: SoundFormat) -> None:
    """Write a recording as a new file, 0600; copied where it is in that format already.

    Raises:
        GreenroomError: there is such a file, the recording cannot be read, or there is no room.
    """
    import soundfile

    made = False
    try:
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        made = True
        with os.fdopen(descriptor, "w+b") as file:
            if source.suffix == f".{wanted}":
                with source.open("rb") as original:
                    shutil.copyfileobj(original, file)
                return
            if wanted == "opus":
                file.write(as_opus(source).content)
                return
            with (
                soundfile.SoundFile(source) as sound,
                soundfile.SoundFile(
                    file, "w", SAMPLE_RATE_HZ, 1, "PCM_16", format=wanted.upper()
                ) as converted,
            ):
                while len(pcm := sound.read(_PIECE_SAMPLES, dtype="int16")):
                    converted.write(pcm)
    except FileExistsError as error:
        raise GreenroomError(
            f"{target} is there already.", "Give another place, or remove it first."
        ) from error
    except BaseException as error:  # Ctrl-C too: half a recording must not stay, of which nobody knows
        if made:
            target.unlink(missing_ok=True)
        if not isinstance(error, OSError | soundfile.SoundFileError):
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise GreenroomError(
            f"{target} cannot be written: {reason}.", "Make room, or choose another place."
        ) from error
