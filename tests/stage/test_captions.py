"""The last words of the answer in progress."""

from __future__ import annotations

import numpy as np

from greenroom.errors import TranscriptionError
from greenroom.hearing.answer import Words
from greenroom.stage.captions import Captions
from greenroom.types import Word

SOUND = np.zeros(160, np.int16)


class Ahead:
    """Captions, and the words to come of each stretch."""

    def __init__(self) -> None:
        self.words: list[Words] = []
        self.captions = Captions(self._submit)

    def _submit(self, pcm: object, offset_s: float, *, hurried: bool = False) -> Words:
        self.words.append(Words())
        return self.words[-1]

    def stretch(self, offset_s: float, text: str | None = None) -> Words:
        words = self.captions.submit(SOUND, offset_s)
        if text is not None:
            words.set_result(tuple(Word(one, offset_s, offset_s, 0.9) for one in text.split()))
        return words


def test_what_is_known_is_shown_in_order() -> None:
    ahead = Ahead()
    late = ahead.stretch(0.0)
    ahead.stretch(9.0, "And made up.")
    assert ahead.captions.text() == "And made up."
    late.set_result((Word("We", 0.0, 0.2, 0.9), Word("quarrelled.", 0.3, 0.8, 0.9)))
    assert ahead.captions.text() == "We quarrelled. And made up."


def test_the_transcribers_own_promise_is_passed_on() -> None:
    ahead = Ahead()
    assert ahead.stretch(0.0) is ahead.words[0]


def test_a_better_look_at_the_same_stretch_replaces_the_first() -> None:
    ahead = Ahead()
    ahead.stretch(0.0, "We quar")
    ahead.stretch(0.0, "We quarrelled.")
    assert ahead.captions.text() == "We quarrelled."


def test_what_failed_or_was_given_up_shows_nothing() -> None:
    ahead = Ahead()
    ahead.stretch(0.0, "We quarrelled.")
    ahead.stretch(9.0).set_exception(TranscriptionError("No.", "Yes."))
    ahead.stretch(18.0).cancel()
    assert ahead.captions.text() == "We quarrelled."


def test_only_the_latest_are_held_however_long_the_answer() -> None:
    ahead = Ahead()
    for number in range(500):
        ahead.stretch(9.0 * number, f"word{number}")
    shown = ahead.captions.text().split()
    assert shown[-3:] == ["word497", "word498", "word499"]
    assert len(shown) <= 4
    assert len(ahead.captions._stretches) <= 4


def test_another_answer_begins_without_any() -> None:
    ahead = Ahead()
    ahead.stretch(0.0, "We quarrelled.")
    ahead.captions.clear()
    assert ahead.captions.text() == ""
