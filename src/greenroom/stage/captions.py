"""The last words of the answer in progress, as far as they are known."""

from __future__ import annotations

from greenroom.hearing.answer import Submit, Words
from greenroom.types import Pcm

STRETCHES = 3
"""As many of the latest are shown: more than a line of words."""


class Captions:
    """Stands between the ear and the transcriber, and reads along."""

    def __init__(self, submit: Submit) -> None:
        self._submit = submit
        self._stretches: dict[float, Words] = {}

    def submit(self, pcm: Pcm, offset_s: float, *, hurried: bool = False) -> Words:
        """Called by the ear."""
        words = self._submit(pcm, offset_s, hurried=hurried)
        latest = {**self._stretches, offset_s: words}
        self._stretches = dict(sorted(latest.items())[-STRETCHES:])
        return words

    def clear(self) -> None:
        """Another answer begins."""
        self._stretches = {}

    def text(self) -> str:
        """Called by the stage."""
        done = [
            words for _, words in sorted(self._stretches.items()) if words.done() and not words.cancelled()
        ]
        return " ".join(word.text for words in done if words.exception() is None for word in words.result())
