"""Looks at everything a session needs: each thing in one line, and its remedy when something is wrong."""

from __future__ import annotations

import queue
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from greenroom.errors import GreenroomError
from greenroom.review.figures import counted
from greenroom.types import Pcm

if TYPE_CHECKING:
    from greenroom.hearing.coupling import Coupling
    from greenroom.hearing.source import Source
    from greenroom.speaking.speech import Speech

State: TypeAlias = Literal["ok", "warning", "problem"]

SENTENCE = "Tell me a little about yourself."
LISTEN_S = 1.0
ECHO_S = 1.5
"""So long after the sentence its echo is over, and measured."""
QUIET_DBFS = -50.0
"""A second of an ordinary room peaks above this on a working microphone."""
WAV_BYTES_PER_HOUR = 16_000 * 2 * 3_600
LEAST_FREE_BYTES = 200_000_000
"""Less than two hours of recording: too little to begin with."""
LITTLE_FREE_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `remedy` is None when it is fine."""

    name: str
    state: State
    text: str
    remedy: str | None = None


def examine(
    home: Path,
    *,
    mic: str | None,
    speaker: str | None,
    voice: str,
    model: str,
    audio_kept: tuple[str, int] | None = None,
) -> Iterator[Finding]:
    """Look at one thing after the other; none of them stops the others.

    Args:
        audio_kept: how long recordings are kept, in words and in days; None for ever.
    """
    said: list[Speech] = []
    looks: list[tuple[str, Callable[[], Finding]]] = [
        ("microphone", lambda: _microphone(mic)),
        ("loudspeaker", lambda: _loudspeaker(speaker)),
        ("voice", lambda: _voice(voice, home, said)),
        ("echo", lambda: _echo(mic, speaker, said[0])),
        ("model", lambda: _model(model, home)),
        ("disk", lambda: _disk(home)),
        ("database", lambda: _database(home)),
        ("recordings", lambda: _recordings(home, audio_kept)),
        ("patience", lambda: _patience(home)),
    ]
    silent = speaker == "none"
    for name, look in looks:
        if name == "echo" and silent:
            continue  # there is nothing to come back
        try:
            finding = look()
        except GreenroomError as error:
            finding = Finding(name, "problem", error.message, error.remedy)
        silent = silent or finding.state == "problem"
        yield finding


def _microphone(wanted: str | None) -> Finding:
    import numpy as np

    from greenroom.devices import Microphone
    from greenroom.hearing.loudness import peak

    microphone = Microphone(wanted)
    blocks: queue.SimpleQueue[tuple[Pcm, float, bool]] = queue.SimpleQueue()
    microphone.start(lambda pcm, heard_at_s, lost: blocks.put((pcm, heard_at_s, lost)))
    try:
        time.sleep(LISTEN_S + 0.5)  # the first half second of a stream may be missing
    finally:
        microphone.close()
    pieces = []
    while not blocks.empty():
        pieces.append(blocks.get()[0])
    name = f"“{microphone.name}” at {microphone.sample_rate_hz} Hz"
    if not pieces:
        return Finding(
            "microphone",
            "problem",
            f"{name} sends nothing at all.",
            "Unplug it and plug it in again, or choose another with --mic.",
        )
    loudest = peak(np.concatenate(pieces))
    if loudest == 0:
        return Finding(
            "microphone",
            "warning",
            f"{name} gives pure silence.",
            "Unmute it, or choose another with --mic. (A virtual microphone may be fine.)",
        )
    peak_dbfs = 20 * float(np.log10(loudest / 32_768))
    text = f"{name}, loudest in a second: {peak_dbfs:.0f} dBFS."
    if peak_dbfs < QUIET_DBFS:
        return Finding(
            "microphone", "warning", text, "Very quiet: say something while it listens, or turn its level up."
        )
    return Finding("microphone", "ok", text)


def _loudspeaker(wanted: str | None) -> Finding:
    import numpy as np

    from greenroom.devices import Loudspeaker

    if wanted == "none":
        return Finding("loudspeaker", "ok", "none, as asked: questions are shown.")
    loudspeaker = Loudspeaker(wanted)
    asked: queue.SimpleQueue[int] = queue.SimpleQueue()

    def silence(frames: int, moment_s: float) -> np.typing.NDArray[np.float32]:
        asked.put(frames)
        return np.zeros(frames, np.float32)

    loudspeaker.start(silence)
    time.sleep(0.5)
    loudspeaker.close()
    name = f"“{loudspeaker.name}” at {loudspeaker.sample_rate_hz} Hz"
    if asked.empty():
        return Finding(
            "loudspeaker",
            "problem",
            f"{name} takes no sound.",
            "Choose another with --speaker, or --speaker none.",
        )
    return Finding("loudspeaker", "ok", f"{name}.")


def _voice(name: str, home: Path, said: list[Speech]) -> Finding:
    from greenroom.speaking.voice import Voice, choose_voice

    chosen = choose_voice(name)
    voice = Voice(chosen.name, home / "cache")
    began = time.monotonic()
    try:
        speech = voice.render(SENTENCE)
    finally:
        voice.close()
    took_s = time.monotonic() - began
    said.append(speech)
    return Finding(
        "voice", "ok", f"{chosen.description}: {speech.duration_s:.1f} s of speech made in {took_s:.1f} s."
    )


def _echo(mic: str | None, speaker: str | None, speech: Speech) -> Finding:
    coupling = _coupling(mic, speaker, speech)
    if coupling is None:
        return Finding(
            "echo",
            "warning",
            "The microphone did not listen to the end of a sentence.",
            "Look at the lines above, and run this again.",
        )
    if not coupling.heard:
        return Finding("echo", "ok", "Nothing of the loudspeaker comes back into the microphone.")
    text = f"The loudspeaker comes back into the microphone at {coupling.level_db:.0f} dB"
    if coupling.too_much_left:
        return Finding(
            "echo",
            "warning",
            f"{text}: too much to be cancelled.",
            "Use headphones, or turn the loudspeaker down.",
        )
    return Finding("echo", "ok", f"{text}, and is cancelled.")


def _coupling(mic: str | None, speaker: str | None, speech: Speech) -> Coupling | None:
    """Say a sentence and listen to it."""
    from greenroom.devices import Loudspeaker, Microphone
    from greenroom.hearing.source import MicrophoneSource
    from greenroom.speaking.player import Player

    player = Player(Loudspeaker(speaker))
    try:
        source = MicrophoneSource(lambda: Microphone(mic), player)
        try:
            _listen(source, 0.5)  # both streams run smoothly by then
            player.play(speech)
            _listen(source, speech.duration_s + ECHO_S)
            return source.coupling
        finally:
            source.close()
    finally:
        player.close()


def _listen(source: Source, for_s: float) -> None:
    until_s = time.monotonic() + for_s
    while time.monotonic() < until_s:
        source.read()


def _model(name: str, home: Path) -> Finding:
    from greenroom.hearing.model_store import downloads_in
    from greenroom.hearing.models import find_model, models_here

    downloads = downloads_in(home)
    here = models_here(downloads)
    if not here:
        return Finding("model", "problem", "No speech model is installed.", "Install greenroom again.")
    for one in here if name == "auto" else [name]:
        find_model(one, home / "cache" / "models", downloads)
    wanted = "auto takes the best that keeps up" if name == "auto" else f"{name} is asked for"
    return Finding("model", "ok", f"{', '.join(here)}: digests as published; {wanted}.")


def _disk(home: Path) -> Finding:
    at = home
    while not at.exists():
        at = at.parent
    free = shutil.disk_usage(at).free
    hours = counted(free // WAV_BYTES_PER_HOUR, "hour")
    text = f"{free / 1e9:.1f} GB free at {home}, room for {hours} of speech."
    remedy = "Make room, or set GREENROOM_HOME to a larger disk."
    if free < LEAST_FREE_BYTES:
        return Finding("disk", "problem", text, remedy)
    if free < LITTLE_FREE_BYTES:
        return Finding("disk", "warning", text, remedy)
    return Finding("disk", "ok", text)


def _database(home: Path) -> Finding:
    from greenroom.archive import Archive, orphans

    with Archive.open(home) as archive:
        verdict = archive.integrity()
        if verdict != "ok":
            return Finding(
                "database",
                "problem",
                f"greenroom.db is damaged: {verdict.splitlines()[0]}.",
                f"Copy {home} somewhere safe; the newest copy in {home / 'backups'} may be whole.",
            )
        sessions = len(archive.sessions())
        lost = orphans(archive)
    text = f"{counted(sessions, 'session')} in {home / 'greenroom.db'}, sound."
    if lost:
        return Finding(
            "database",
            "warning",
            f"{text} {counted(len(lost), 'recording')} belongs to none: {', '.join(lost[:3])}.",
            "Listen to it; `greenroom import` makes a session of it.",
        )
    return Finding("database", "ok", text)


def _recordings(home: Path, audio_kept: tuple[str, int] | None) -> Finding:
    from greenroom.archive import Archive
    from greenroom.review.keeping import kept_line

    time, days = audio_kept or (None, None)
    with Archive.open(home) as archive:
        text = kept_line(archive.kept_audio(), time)
        old = archive.old_audio(days).recordings if days is not None else ()
    if old:
        return Finding(
            "recordings",
            "warning",
            f"{text} {counted(len(old), 'older one')} could not be removed yet: {old[0].audio}.",
            f"Close every other greenroom, or give yourself the right to write in {home / 'audio'}.",
        )
    return Finding("recordings", "ok", text)


def _patience(home: Path) -> Finding:
    from greenroom.archive import Archive
    from greenroom.hearing.patience import learned
    from greenroom.stage.patience import patience_line

    with Archive.open(home) as archive:
        return Finding("patience", "ok", patience_line(learned(archive.pause_history())))
