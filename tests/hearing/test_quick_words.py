"""Short replies are made out beside everything else, and a model that is not there makes no fuss."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError

import pytest

from greenroom.errors import GreenroomError, TranscriptionError
from greenroom.hearing.load import load_whole
from greenroom.hearing.quick_words import QuickRecogniser, QuickThread
from greenroom.hearing.transcriber import FasterWhisper
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


def test_no_sound_is_no_reply(tiny: FasterWhisper) -> None:
    assert tiny.reply(silence(0.0), EXPECTED) == ""
