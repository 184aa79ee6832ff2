"""A speaker with a voice of five lines: what is rendered when, and what happens when it fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from greenroom.errors import VoiceError
from greenroom.speaking.cache import SpeechCache
from greenroom.speaking.player import NoPlayer, Player
from greenroom.speaking.speaker import Speaker
from greenroom.speaking.speech import Speech
from speaking.sounds import FakeDevice, silence, tone

SPEECH = Speech.of(np.concatenate([tone(0.5), silence(0.2)]), 16_000)


class FakeVoice:
    name = "fake"
    rate_wpm = 210

    def __init__(self) -> None:
        self.rendered: list[str] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.fails = False
        self.started = threading.Event()

    def start(self) -> None:
        self.started.set()

    def render(self, text: str) -> Speech:
        self.rendered.append(text)
        self.go_on.wait()
        if self.fails:
            raise VoiceError("The voice did not answer within 10 s.", "Take another one.")
        return SPEECH

    def close(self) -> None:
        self.go_on.set()


@pytest.fixture
def voice() -> FakeVoice:
    return FakeVoice()


@pytest.fixture
def speaker(voice: FakeVoice, tmp_path: Path, request: pytest.FixtureRequest) -> Speaker:
    made = Speaker(voice, SpeechCache(tmp_path / "speech"), Player(FakeDevice()))
    request.addfinalizer(made.close)
    return made


def eventually(holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never came about")


def test_the_voice_begins_to_load_at_once(voice: FakeVoice, speaker: Speaker) -> None:
    assert voice.started.wait(5)


def test_says_a_sentence(voice: FakeVoice, speaker: Speaker) -> None:
    playback = speaker.say("Hello.", fixed=True)

    assert playback is not None and not playback.finished
    assert voice.rendered == ["Hello."]


def test_what_was_prepared_is_not_rendered_again(voice: FakeVoice, speaker: Speaker) -> None:
    speaker.prepare("Hello.", fixed=False)
    speaker.prepare("Hello.", fixed=False)
    eventually(lambda: voice.rendered == ["Hello."])

    assert speaker.say("Hello.", fixed=False) is not None
    assert voice.rendered == ["Hello."]


def test_fixed_wording_comes_from_the_cache_the_second_time(voice: FakeVoice, speaker: Speaker) -> None:
    speaker.say("Hello.", fixed=True)
    speaker.say("Hello.", fixed=True)

    assert voice.rendered == ["Hello."]


def test_a_persons_own_words_are_never_cached(voice: FakeVoice, speaker: Speaker, tmp_path: Path) -> None:
    speaker.say("You said you panicked.", fixed=False)
    speaker.say("You said you panicked.", fixed=False)

    assert voice.rendered == ["You said you panicked."] * 2
    assert not (tmp_path / "speech").exists()


def test_what_is_said_now_goes_before_what_is_only_prepared(voice: FakeVoice, speaker: Speaker) -> None:
    voice.go_on.clear()
    for text in ("one", "two", "three"):
        speaker.prepare(text, fixed=False)
    eventually(lambda: voice.rendered == ["one"])
    threading.Timer(0.1, voice.go_on.set).start()

    speaker.say("now", fixed=False)

    assert voice.rendered[:2] == ["one", "now"]


def test_what_was_prepared_goes_first_once_it_is_to_be_said(voice: FakeVoice, speaker: Speaker) -> None:
    voice.go_on.clear()
    for text in ("one", "two", "three"):
        speaker.prepare(text, fixed=False)
    eventually(lambda: voice.rendered == ["one"])
    threading.Timer(0.1, voice.go_on.set).start()

    speaker.say("three", fixed=False)
    eventually(lambda: "two" in voice.rendered)

    assert voice.rendered == ["one", "three", "two"]


def test_only_a_handful_is_prepared(voice: FakeVoice, speaker: Speaker) -> None:
    voice.go_on.clear()
    speaker.prepare("first", fixed=False)
    eventually(lambda: voice.rendered == ["first"])
    for number in range(10):
        speaker.prepare(f"number {number}", fixed=False)
    voice.go_on.set()
    speaker.say("last", fixed=False)
    eventually(lambda: "number 9" in voice.rendered)

    assert set(voice.rendered) == {"first", "last", "number 6", "number 7", "number 8", "number 9"}


def test_a_voice_that_fails_says_so_once_and_then_keeps_silent(voice: FakeVoice, speaker: Speaker) -> None:
    assert speaker.broken is None
    voice.fails = True

    with pytest.raises(VoiceError, match="did not answer"):
        speaker.say("Hello.", fixed=True)

    assert speaker.broken == (
        "The voice did not answer within 10 s. The questions stand on the screen instead."
    )
    assert speaker.say("Hello.", fixed=True) is None
    speaker.prepare("Next.", fixed=True)
    assert speaker.say("Next.", fixed=True) is None
    assert voice.rendered == ["Hello."]


def test_a_failure_ahead_of_time_is_told_at_the_next_sentence(voice: FakeVoice, speaker: Speaker) -> None:
    voice.fails = True
    speaker.prepare("Hello.", fixed=True)
    eventually(lambda: voice.rendered == ["Hello."])

    with pytest.raises(VoiceError):
        speaker.say("Something else.", fixed=True)

    assert voice.rendered == ["Hello."], "it would have hung a second time"


def test_nothing_to_say_is_not_a_failure(voice: FakeVoice, speaker: Speaker) -> None:
    assert speaker.say(" … ", fixed=True) is None
    assert speaker.broken is None
    assert voice.rendered == []


def test_without_a_player_nothing_is_rendered(voice: FakeVoice, tmp_path: Path) -> None:
    speaker = Speaker(voice, SpeechCache(tmp_path), NoPlayer())
    speaker.prepare("Hello.", fixed=True)

    assert speaker.say("Hello.", fixed=True) is None
    speaker.close()
    assert voice.rendered == [] and not voice.started.is_set()


def test_close_ends_a_rendering_under_way(voice: FakeVoice, speaker: Speaker) -> None:
    voice.go_on.clear()
    speaker.prepare("Hello.", fixed=True)
    eventually(lambda: voice.rendered == ["Hello."])

    speaker.close()

    assert not any(thread.name == "speaker" for thread in threading.enumerate())
