"""Says sentences aloud: cached or rendered ahead of time, and on without a voice when it fails.

Threads: `prepare`, `say` and `close` belong to one thread, the one that runs the script. `prepare` never
blocks; `say` blocks until the sound is ready, at most the voice's own time limit; `close` until the worker
has ended. The worker thread alone renders and touches the cache, and blocks as it likes. Jobs go to it by
a priority queue, what is to be said now first; speech comes back by futures.
"""

from __future__ import annotations

import itertools
import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

from greenroom.errors import VoiceError
from greenroom.speaking.cache import SpeechCache, key_of
from greenroom.speaking.chime import chime
from greenroom.speaking.player import NoPlayer, Playback, Player
from greenroom.speaking.speech import Speech

MOST_PREPARED = 4
"""Sentences kept ready: the next question, an acknowledgement or two. The oldest is forgotten first."""

_NOW, _AHEAD = 0, 1


class Renderer(Protocol):
    """What `Voice` is to a speaker."""

    name: str
    rate_wpm: int

    def start(self) -> None: ...

    def render(self, text: str) -> Speech: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    text: str
    fixed: bool
    speech: Future[Speech] = field(default_factory=Future)


class Speaker:
    """A voice, its cache and a player, put together. The voice begins to load at once.

    Attributes:
        broken: None, or the line to show because the voice has failed. From then on nothing is said aloud.
    """

    def __init__(self, voice: Renderer, cache: SpeechCache, player: Player | NoPlayer) -> None:
        self.broken: str | None = None
        self._voice = voice
        self._cache = cache
        self._player = player
        self._failure: VoiceError | None = None  # the worker's
        self._prepared: dict[tuple[str, bool], _Job] = {}
        self._jobs: queue.PriorityQueue[tuple[int, int, _Job | None]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._worker = threading.Thread(target=self._work, name="speaker", daemon=True)
        if player.audible:
            self._worker.start()

    def prepare(self, text: str, fixed: bool) -> None:
        """Render `text` in the background, so that `say` finds it ready. `fixed` as in `say`."""
        if not self._would_say(text) or (text, fixed) in self._prepared:
            return
        while len(self._prepared) >= MOST_PREPARED:
            self._prepared.pop(next(iter(self._prepared))).speech.cancel()
        job = self._prepared[text, fixed] = _Job(text, fixed)
        self._hand_over(_AHEAD, job)

    def say(self, text: str, fixed: bool) -> Playback | None:
        """Begin to say `text` aloud, behind what is being said.

        Args:
            text: the words. None comes back at once when there is nothing in them to say.
            fixed: they are a pack's or a script's own wording, so their sound may be cached.

        Raises:
            VoiceError: the voice failed or hung: once; None from then on, and `broken` is set.
        """
        if not self._would_say(text):
            return None
        job = self._prepared.pop((text, fixed), None) or _Job(text, fixed)
        self._hand_over(_NOW, job)  # a second time, if it was prepared: the worker passes over what is done
        try:
            speech = job.speech.result()
        except VoiceError as error:
            self.broken = f"{error.message} The questions stand on the screen instead."
            self._prepared.clear()
            raise
        return self._player.play(speech)

    def chime(self) -> None:
        """A quiet sound, behind what is being said; comes back at once."""
        if self._player.audible:
            self._player.play(chime())

    def close(self) -> None:
        """End the voice and the worker. The player belongs to whoever made it."""
        self._hand_over(_NOW, None)
        self._voice.close()
        if self._worker.is_alive():
            self._worker.join()

    def _would_say(self, text: str) -> bool:
        # A voice is not broken because "…" has no sound.
        return self._player.audible and self.broken is None and any(letter.isalnum() for letter in text)

    def _hand_over(self, priority: int, job: _Job | None) -> None:
        self._jobs.put((priority, next(self._order), job))

    def _work(self) -> None:
        try:
            self._voice.start()
        except VoiceError as error:
            self._failure = error
        while True:
            _, _, job = self._jobs.get()
            if job is None:
                return
            if job.speech.done() or not job.speech.set_running_or_notify_cancel():
                continue
            try:
                job.speech.set_result(self._speech(job))
            except Exception as error:
                job.speech.set_exception(error)

    def _speech(self, job: _Job) -> Speech:
        if self._failure is not None:
            # A voice that hangs once would hang at every sentence, for its whole time limit.
            raise self._failure
        key = key_of(self._voice.name, self._voice.rate_wpm, job.text)
        if job.fixed and (cached := self._cache.get(key)) is not None:
            return cached
        try:
            speech = self._voice.render(job.text)
        except VoiceError as error:
            self._failure = error
            raise
        self._cache.put(key, speech, fixed=job.fixed)
        return speech
