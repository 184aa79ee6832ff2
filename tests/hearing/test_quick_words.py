"""Short replies are made out beside everything else, and a model that is not there makes no fuss."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError

import pytest

from dialogue.shipped import phrases
from greenroom.dialogue.acts import Expects
from greenroom.dialogue.expected import command_in, hotwords, is_expected, is_whole
from greenroom.dialogue.numbers import rating_of
from greenroom.dialogue.phrases import goes_back, yes_or_no
from greenroom.errors import GreenroomError, TranscriptionError
from greenroom.hearing.load import load_whole
from greenroom.hearing.quick_words import QuickRecogniser, QuickThread
from greenroom.hearing.transcriber import FasterWhisper
from greenroom.hearing.utterance import LEAD_S, LOOK_S
from greenroom.types import Pcm
from hearing.fakes import DEADLINE_S, eventually, silence
from recordings import recorded

EXPECTED = "Yes. No. That's all. Repeat the question. Skip this one. That's my answer. One, two, six."


class Quick:
    """Says what it was asked."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.go.set()
        self.error: Exception | None = None

    def reply(self, pcm: Pcm, hotwords: str | None) -> str:
        self.go.wait(DEADLINE_S)
        if self.error is not None:
            raise self.error
        return f"{len(pcm)} {hotwords}"


def test_utterances_are_heard_in_order_with_the_phrases_expected() -> None:
    thread = QuickThread(Quick)
    first = thread.submit(silence(1.0), hotwords="Yes. No.")
    second = thread.submit(silence(2.0), hotwords=None)
    assert first.result(DEADLINE_S) == "16000 Yes. No."
    assert second.result(DEADLINE_S) == "32000 None"
    thread.close()


@pytest.mark.parametrize("error", [TranscriptionError("Broken.", "Mend it."), RuntimeError("out of luck")])
def test_what_cannot_be_made_out_has_no_words(error: Exception) -> None:
    quick = Quick()
    quick.error = error
    thread = QuickThread(lambda: quick)
    assert thread.submit(silence(1.0), hotwords=None).result(DEADLINE_S) == ""
    quick.error = None
    assert thread.submit(silence(1.0), hotwords=None).result(DEADLINE_S) == "16000 None"
    thread.close()


@pytest.mark.parametrize("error", [GreenroomError("Not installed.", "Install it."), OSError("no room")])
def test_without_a_model_nothing_is_ever_made_out(error: Exception) -> None:
    def load() -> QuickRecogniser:
        raise error

    thread = QuickThread(load)
    for _ in range(2):
        assert thread.submit(silence(1.0), hotwords="Yes.").result(DEADLINE_S) == ""
    thread.close()


def test_an_utterance_that_is_not_wanted_any_more_is_passed_over() -> None:
    quick = Quick()
    quick.go.clear()
    thread = QuickThread(lambda: quick)
    first = thread.submit(silence(1.0), hotwords=None)
    eventually(first.running)
    second = thread.submit(silence(2.0), hotwords=None)
    third = thread.submit(silence(3.0), hotwords=None)
    assert second.cancel()
    quick.go.set()
    assert third.result(DEADLINE_S) == "48000 None"
    thread.close()


def test_leaving_waits_for_nothing() -> None:
    quick = Quick()
    quick.go.clear()
    thread = QuickThread(lambda: quick)
    first = thread.submit(silence(1.0), hotwords=None)
    eventually(first.running)
    second = thread.submit(silence(2.0), hotwords=None)
    thread.close()
    quick.go.set()
    assert first.result(DEADLINE_S) == "16000 None"
    with pytest.raises(CancelledError):
        second.result(DEADLINE_S)


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("replies/yes", "yes"),
        ("replies/no", "no"),
        ("replies/human-no", "no"),
        ("replies/human-six", "six"),
        ("replies/thats-all-espeak", "that's all"),
    ],
)
def test_tiny_makes_out_short_replies(tiny: FasterWhisper, name: str, heard: str) -> None:
    one = recorded(name)
    pcm = load_whole(one.path)
    pcm = pcm[round((one.first_voiced_s - 0.25) * 16_000) : round((one.last_voiced_s + 0.3) * 16_000)]
    assert tiny.reply(pcm, EXPECTED).lower().strip(" .!") == heard


def heard_at(tiny: FasterWhisper, name: str, expects: Expects | None) -> str:
    """What the quick ear makes of a recorded reply to a prompt, in the pause after it."""
    one = recorded(name if "/" in name else f"replies/{name}")
    pcm = load_whole(one.path)
    start, end = max(one.first_voiced_s - LEAD_S, 0.0), one.last_voiced_s + LOOK_S
    return tiny.reply(pcm[round(start * 16_000) : round(end * 16_000)], hotwords(phrases(), expects))


@pytest.mark.parametrize(
    ("name", "number", "whole"),
    [
        ("human-six", 6, True),
        ("seven-out-of-ten-joe", 7, True),
        ("interest-joe", 9, True),
        ("ten-gb", 10, True),
        ("six-or-seven-joe", 6, False),
    ],
)
def test_a_number_is_made_out_and_whether_it_is_the_last_word(
    tiny: FasterWhisper, name: str, number: int, whole: bool
) -> None:
    text = heard_at(tiny, name, "number")
    assert rating_of(text) == number, text
    assert is_expected(text, "number", phrases()), text
    assert is_whole(text, "number", phrases()) is whole, text


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("yes-espeak", True),
        ("yes-i-was-gb", True),
        ("no-not-really-gb", False),
        ("not-at-all-high", False),
    ],
)
def test_yes_and_no_are_made_out_and_are_whole(tiny: FasterWhisper, name: str, meaning: bool) -> None:
    text = heard_at(tiny, name, "yes-no")
    assert yes_or_no(text, phrases()) is meaning, text
    assert is_whole(text, "yes-no", phrases()), text


@pytest.mark.parametrize("name", ["all-thank-you-gb", "that-was-it-high"])
def test_thats_all_is_made_out_and_is_whole(tiny: FasterWhisper, name: str) -> None:
    text = heard_at(tiny, name, "that-is-all")
    assert is_whole(text, "that-is-all", phrases()), text


def test_at_a_number_the_commands_are_made_out_too(tiny: FasterWhisper) -> None:
    text = heard_at(tiny, "say-that-again-joe", "number")
    assert command_in(text, "number", phrases()) == "repeat", text
    assert goes_back(heard_at(tiny, "go-back-joe", "number"), phrases())
    text = heard_at(tiny, "dont-know-joe", "number")
    assert not is_whole(text, "number", phrases()), text


@pytest.mark.parametrize("name", ["skip-us", "skip-gb", "pause-joe", "continue-us", "stop-high"])
def test_commands_are_made_out_in_natural_voices_and_in_robotic_ones(tiny: FasterWhisper, name: str) -> None:
    text = heard_at(tiny, f"commands/{name}", None)
    assert command_in(text, None, phrases()) == name.partition("-")[0], text


def test_no_sound_is_no_reply(tiny: FasterWhisper) -> None:
    assert tiny.reply(silence(0.0), EXPECTED) == ""
