"""Plays a recording, or the answer of a turn, on the loudspeaker."""

from __future__ import annotations

import time
from pathlib import Path

from greenroom.cli.writing import write
from greenroom.errors import GreenroomError
from greenroom.types import SAMPLE_RATE_HZ, Turn


def play_turn(session_id: int, turn: Turn, home: Path, start_s: float = 0.0) -> None:
    """Name a turn, and play its answer from a moment on.

    Raises:
        GreenroomError: it has no audio, or that is not where it was; and as `play_file`.
    """
    from greenroom.review import figures, keeping_words, words
    from greenroom.review.clean import clean

    moment = figures.moment(session_id, turn.number)
    if turn.audio is None and turn.audio_removed_at is not None:
        message, remedy = keeping_words.PLAY_LET_GO
        day = figures.day(turn.audio_removed_at)
        raise GreenroomError(message.format(moment=moment, day=day), remedy.format(id=session_id))
    if turn.audio is None:
        status = words.TURN_STATUS.get(turn.status, clean(turn.status))
        message, remedy = words.PLAY_TURN_SILENT
        raise GreenroomError(message.format(moment=moment, status=status), remedy.format(id=session_id))
    path = home / turn.audio
    if not path.is_file():
        message, remedy = words.PLAY_TURN_LOST
        raise GreenroomError(
            message.format(moment=moment, path=clean(str(path))), remedy.format(id=session_id)
        )
    write(f"{moment} {clean(turn.prompt)}\n")
    play_file(path, start_s)


def play_file(path: Path, start_s: float) -> None:
    """Play a recording from a moment on, to its end; Ctrl-C stops it.

    Raises:
        GreenroomError: no loudspeaker, no such file, or the moment lies past its end.
    """
    from greenroom.devices import Loudspeaker, quiet_libraries
    from greenroom.hearing.load import load_whole
    from greenroom.speaking.player import Player
    from greenroom.speaking.speech import Speech

    pcm = load_whole(path)
    rest = pcm[round(start_s * SAMPLE_RATE_HZ) :]
    if not len(rest):
        raise GreenroomError(
            f"The recording is only {len(pcm) / SAMPLE_RATE_HZ:.0f} s long.", "Give an earlier moment."
        )
    with quiet_libraries():
        try:
            player = Player(Loudspeaker())
        except GreenroomError as error:  # its remedies are for a session
            raise GreenroomError(
                error.message, "`greenroom doctor` looks at it; `greenroom show` has the words."
            ) from error
        try:
            length_s = len(rest) / SAMPLE_RATE_HZ
            playback = player.play(Speech(rest, SAMPLE_RATE_HZ, length_s))
            if playback is not None and not playback.wait(length_s + 5.0):
                raise GreenroomError("The loudspeaker does not answer.", "`greenroom doctor` looks at it.")
            time.sleep(0.1)  # what PortAudio still holds
        finally:
            player.close()
