"""Puts the parts together: the archive with its recovery, the model, the voice, the ear."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from greenroom.errors import GreenroomError
from greenroom.settings import home_folder, read_config

if TYPE_CHECKING:
    from greenroom.archive import Archive
    from greenroom.coaching.landing import Likeness
    from greenroom.hearing.echo import Played
    from greenroom.hearing.quick_words import QuickRecogniser
    from greenroom.hearing.source import Source
    from greenroom.hearing.transcriber import Recogniser
    from greenroom.minilm import Floats, MiniLm
    from greenroom.review.similar import Embedder
    from greenroom.speaking.player import Player
    from greenroom.speaking.speaker import Speaker


def open_archive(
    recover: bool = True,
    *,
    home: Path | None = None,
    model: str | None = None,
    note: Callable[[str], None] | None = None,
    let_go: bool = True,
) -> Archive:
    """The archive, with what an interrupted program left behind made whole first.

    Args:
        model: what transcribes it; unless given, what the environment or config.toml asks for.
        note: shows what was found; standard error unless given.
        let_go: recordings go that are older than the person keeps them.
    """
    from greenroom.archive import Archive

    where = home or home_folder()
    archive = Archive.open(where)
    if recover:
        try:
            _finish_deleting(archive, note or _to_stderr)
            _recover(archive, model, note or _to_stderr)
            if let_go:
                _let_go(archive, note or _to_stderr)
        except BaseException:
            archive.close()
            raise
    return archive


def model_loader(name: str, home: Path) -> Callable[[], Recogniser]:
    """Loads the speech model when called. A name that cannot be right is refused at once.

    Raises:
        GreenroomError: there is no such model here, or its digest is wrong.
    """
    from greenroom.cli import data
    from greenroom.hearing.load import load_whole
    from greenroom.hearing.model_store import downloads_in
    from greenroom.hearing.models import find_model
    from greenroom.hearing.transcriber import FasterWhisper, load_recogniser

    cache, downloads = home / "cache" / "models", downloads_in(home)
    if name != "auto":
        find_model(name, cache, downloads)

    def load() -> Recogniser:
        recogniser = load_recogniser(name, cache, lambda: load_whole(data.short_reply()), downloads)
        if isinstance(recogniser, FasterWhisper):
            recogniser.terms = known_terms(home)
        return recogniser

    return load


def known_terms(home: Path) -> tuple[str, ...]:
    """Names and terms the person put right or listed, the latest first; none where nothing is stored yet.

    Opened anew: a model is loaded on a thread of its own.
    """
    from greenroom.archive import Archive
    from greenroom.archive.database import DATABASE_NAME

    if not (home / DATABASE_NAME).is_file():
        return ()
    with suppress(GreenroomError), Archive.open(home) as archive:
        return tuple(dict.fromkeys(term.text for term in archive.terms()))
    return ()


def quick_loader(home: Path) -> Callable[[], QuickRecogniser]:
    """Loads the small model that hears commands and short replies, when called."""
    from greenroom.hearing.transcriber import open_model

    return lambda: open_model("tiny.en", home / "cache" / "models")


def plays_files(mics: Sequence[str]) -> bool:
    """Whether any of these is a file and no microphone."""
    from greenroom.hearing.load import AUDIO_SUFFIXES

    files = [Path(mic).expanduser() for mic in mics]
    return any(file.is_file() or file.suffix.lower() in AUDIO_SUFFIXES for file in files)


def likeness(home: Path) -> Likeness | None:
    """The model of meaning, opened when it is first asked; None when the extra is not installed.

    Raises:
        GreenroomError: when it is asked: a digest is wrong.
    """
    from greenroom.meaning import is_here, open_meaning

    if not is_here():
        return None
    opened: list[MiniLm] = []
    one_at_a_time = Lock()

    def near(ones: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        with one_at_a_time:
            if not opened:
                opened.append(open_meaning(home / "cache" / "models"))
            return opened[0].likeness(ones, others)

    return near


def embedder(home: Path) -> Embedder:
    """The model of meaning for searches, opened when it is first asked for a vector.

    Raises:
        GreenroomError: the extra is not installed; when it is asked: a digest is wrong.
    """
    from greenroom.meaning import NAME, is_here, open_meaning
    from greenroom.review import search_words
    from greenroom.review.similar import Embedder

    if not is_here():
        raise GreenroomError(*search_words.NO_MEANING)
    opened: list[MiniLm] = []

    def vectors(texts: Sequence[str]) -> Floats:
        if not opened:
            opened.append(open_meaning(home / "cache" / "models", remember=False))
        return opened[0].fresh(texts)

    return Embedder(NAME, vectors)


def open_source(mics: Sequence[str], pace: str, played: Played | None = None) -> Source:
    """The microphone, or the files that stand in for one.

    Args:
        played: what the program says, to be taken out of what the microphone hears.

    Raises:
        GreenroomError: no such device or file, or a mixture of both.
    """
    from greenroom.hearing.load import load
    from greenroom.hearing.source import FileSource, MicrophoneSource

    files = [Path(mic).expanduser() for mic in mics]
    is_file = [plays_files([mic]) for mic in mics]
    if any(is_file):
        if not all(is_file):
            device = mics[is_file.index(False)]
            raise GreenroomError(
                f"--mic {device} is neither a file nor can it be mixed with files.",
                "Give either one microphone or only files.",
            )
        for file in files:
            next(load(file))  # better now than in the middle of the interview
        return FileSource(files, real_pace=pace == "real")
    if len(mics) > 1:
        raise GreenroomError("Two microphones were given.", "Give one --mic.")
    from greenroom.devices import microphone_opener

    return MicrophoneSource(microphone_opener(mics[0] if mics else None), played)


def open_speaker(
    wanted: str | None, voice: str, home: Path, note: Callable[[str], None]
) -> tuple[Speaker, Player] | None:
    """A voice on a loudspeaker; None when there is to be, or can be, none.

    Without `--speaker` a machine that has no loudspeaker shows the questions instead.

    Raises:
        GreenroomError: no such voice, or the loudspeaker asked for cannot be had.
    """
    if wanted == "none":
        return None
    from greenroom.devices import Loudspeaker
    from greenroom.speaking.cache import SpeechCache
    from greenroom.speaking.player import Player
    from greenroom.speaking.speaker import Speaker
    from greenroom.speaking.voice import Voice, choose_voice

    chosen = choose_voice(voice)
    try:
        player = Player(Loudspeaker(wanted))
    except GreenroomError as error:
        if wanted is not None:
            raise
        note(f"{error.message} The questions stand on the screen.")
        return None
    cache = home / "cache"
    return Speaker(Voice(chosen.name, cache), SpeechCache(cache / "voices"), player), player


def _recover(archive: Archive, model: str | None, note: Callable[[str], None]) -> None:
    from greenroom.archive.recovery import anything_to_mend

    if not anything_to_mend(archive):  # the usual case costs one query and no heavy import
        return
    from greenroom.stage.mending import mend, told

    name = model or os.environ.get("GREENROOM_MODEL") or read_config(archive.home).get("model", "auto")
    for mended in mend(archive, lambda: model_loader(name, archive.home)()):
        for line in told(mended):
            note(line)


def _finish_deleting(archive: Archive, note: Callable[[str], None]) -> None:
    """What a delete had begun when it was stopped, before anything else is read."""
    with suppress(GreenroomError):  # a full disk, say: the start after this one tries again
        if archive.finish_deleting():
            from greenroom.review import keeping_words as words

            note(words.DELETE_FINISHED)


def _let_go(archive: Archive, note: Callable[[str], None]) -> None:
    """Recordings older than the person keeps them. Where the settings cannot be read nothing goes."""
    from greenroom.settings import FOREVER, KEEP_AUDIO, days_kept

    try:
        setting = str(read_config(archive.home).get(KEEP_AUDIO, FOREVER))
    except GreenroomError:  # told by the commands that need it
        return
    days = days_kept(setting)
    if days is None:
        return
    with suppress(GreenroomError):  # another start will do it; nobody's command fails for that
        gone = archive.let_go_of_audio(days)
        if gone.count:
            from greenroom.review import keeping_words as words
            from greenroom.review.figures import counted

            note(words.LET_GO_AT_START.format(time=setting, count=counted(gone.count, "recording")))


def _to_stderr(line: str) -> None:
    from greenroom.review.clean import clean

    sys.stderr.write(clean(line) + "\n")
    sys.stderr.flush()
