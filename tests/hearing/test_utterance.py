"""One utterance: when it is looked at, how much of it, and what the words do."""

from __future__ import annotations

import numpy as np
import pytest

from greenroom.errors import TranscriptionError
from greenroom.hearing.utterance import Utterance, Verdict
from greenroom.types import SAMPLE_RATE_HZ, Pcm, Span
from hearing.fakes import QuickEar


class Sound:
    """Remembers which pieces of it were asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, float]] = []

    def __call__(self, from_s: float, until_s: float) -> Pcm:
        self.asked.append((round(from_s, 3), round(until_s, 3)))
        return np.zeros(round((until_s - from_s) * SAMPLE_RATE_HZ), np.int16)


def test_it_is_looked_at_once_it_may_be_over_and_only_once() -> None:
    ear, sound = QuickEar("pause"), Sound()
    utterance = Utterance(4.0, ear.hints())
    said = Span(4.0, 5.0)
    utterance.quiet(said, 5.2, sound)
    assert (sound.asked, utterance.verdict()) == ([], None)
    utterance.quiet(said, 5.35, sound)
    utterance.quiet(said, 5.6, sound)
    assert sound.asked == [(3.75, 5.35)]
    assert utterance.verdict() == Verdict("pause", False)
    assert utterance.text is None


@pytest.mark.parametrize(("said", "text"), [("Six.", "Six."), ("They left.", None), ("Shaky.", None)])
def test_its_words_are_those_of_the_quick_ear_only_when_it_knows_them(said: str, text: str | None) -> None:
    utterance = Utterance(0.0, QuickEar(said).hints())
    utterance.quiet(Span(0.0, 1.0), 1.4, Sound())
    assert utterance.verdict() is not None
    assert utterance.text == text


def test_its_meaning_is_told_once() -> None:
    ear = QuickEar("pause")
    utterance = Utterance(0.0, ear.hints())
    utterance.quiet(Span(0.0, 1.0), 1.4, Sound())
    assert utterance.verdict() is not None
    assert utterance.verdict() is None


def test_more_said_is_looked_at_anew_and_the_first_look_is_dropped() -> None:
    ear = QuickEar(None, "that's my answer")
    utterance = Utterance(1.0, ear.hints())
    utterance.quiet(Span(1.0, 1.5), 1.8, Sound())
    utterance.quiet(Span(1.0, 2.4), 2.7, Sound())
    assert ear.words[0].cancelled()
    assert utterance.verdict() == Verdict("done", False)


def test_of_a_long_one_the_end_is_enough_and_it_is_no_command() -> None:
    ear, sound = QuickEar("pause"), Sound()
    utterance = Utterance(2.0, ear.hints())
    utterance.quiet(Span(2.0, 30.0), 30.4, sound)
    assert sound.asked == [(25.0, 30.4)]
    assert [whole for _, whole in ear.looks] == [False]
    assert utterance.verdict() == Verdict(None, False)
    assert utterance.text is None  # the words of its end are not the words of it


def test_three_seconds_are_short_and_more_is_not() -> None:
    ear = QuickEar()
    Utterance(0.0, ear.hints()).quiet(Span(0.0, 3.0), 3.4, Sound())
    Utterance(0.0, ear.hints()).quiet(Span(0.0, 3.01), 3.4, Sound())
    assert [whole for _, whole in ear.looks] == [True, False]


def test_patience_waits_four_seconds_for_its_words_and_they_count_however_late() -> None:
    ear = QuickEar(None)
    utterance = Utterance(0.0, ear.hints())
    assert (utterance.pending, utterance.holds(0.9)) == (False, False)
    utterance.quiet(Span(0.0, 1.0), 1.5, Sound())
    assert utterance.pending
    assert utterance.holds(5.25)
    assert not utterance.holds(5.5)
    assert utterance.verdict() is None
    ear.words[0].set_result("pause")
    assert not utterance.pending
    assert utterance.verdict() == Verdict("pause", False)


def test_words_in_time_end_the_waiting() -> None:
    ear = QuickEar(None)
    utterance = Utterance(0.0, ear.hints())
    utterance.quiet(Span(0.0, 1.0), 1.4, Sound())
    ear.words[0].set_result("pause")
    assert not utterance.holds(1.5)
    assert utterance.verdict() == Verdict("pause", False)


def test_what_is_forgotten_is_not_made_out_any_more() -> None:
    ear = QuickEar(None)
    utterance = Utterance(0.0, ear.hints())
    utterance.forget()
    utterance.quiet(Span(0.0, 1.0), 1.4, Sound())
    utterance.forget()
    assert ear.words[0].cancelled()
    assert (utterance.pending, utterance.verdict(), utterance.text) == (False, None, None)


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_look_that_fails_means_nothing(cancelled: bool) -> None:
    ear = QuickEar(None)
    utterance = Utterance(0.0, ear.hints())
    utterance.quiet(Span(0.0, 1.0), 1.4, Sound())
    if cancelled:
        ear.words[0].cancel()
    else:
        ear.words[0].set_exception(TranscriptionError("The model is broken.", "Install it anew."))
    assert utterance.verdict() is None
    assert not utterance.pending
    assert utterance.text is None
