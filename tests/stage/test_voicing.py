"""Sentences aloud: waited for, cut short by a key, and never in the way when the voice fails."""

from __future__ import annotations

import threading
import time

import pytest

from greenroom.errors import VoiceError
from greenroom.stage import voicing as module
from greenroom.stage.keys import Key, Keys
from greenroom.stage.voicing import Said, Voicing
from stage.fakes import FakeSpeaker, press


def open_voicing(speaker: FakeSpeaker | None, *upcoming: str) -> tuple[Voicing, Keys, list[str]]:
    keys = Keys(listen=False)
    notes: list[str] = []
    return Voicing(speaker, keys, upcoming, notes.append), keys, notes


def test_a_sentence_is_waited_for_and_tells_when_it_ended() -> None:
    speaker = FakeSpeaker(seconds=0.2)
    voicing, _, notes = open_voicing(speaker)
    began_s = time.monotonic()
    said = voicing.say("Tell me.", fixed=True)
    assert said.key is None
    assert said.voiced_until_stream_s == pytest.approx(began_s + 0.2, abs=0.1)
    assert speaker.said == [("Tell me.", True)]
    assert notes == []


def test_without_a_voice_nothing_is_said() -> None:
    voicing, _, _ = open_voicing(None)
    assert voicing.say("Tell me.", fixed=True) == Said(None, None)
    voicing.prepare_after("Tell me.")
    began_s = time.monotonic()
    voicing.breathe()
    assert time.monotonic() - began_s < 0.1


@pytest.mark.parametrize(
    ("pressed", "told"),
    [(Key.DONE, None), (Key.SKIP, Key.SKIP), (Key.REPEAT, Key.REPEAT), (Key.STOP, Key.STOP)],
)
def test_a_key_silences_the_voice_and_only_enter_is_used_up(pressed: Key, told: Key | None) -> None:
    speaker = FakeSpeaker(seconds=30.0)
    voicing, keys, _ = open_voicing(speaker)
    press(keys, pressed)
    began_s = time.monotonic()
    assert voicing.say("Tell me.", fixed=True).key is told
    assert time.monotonic() - began_s < 2
    assert speaker.playing is not None
    assert speaker.playing.stopped


def test_ctrl_c_silences_the_voice() -> None:
    speaker = FakeSpeaker(seconds=30.0)
    voicing, keys, _ = open_voicing(speaker)
    threading.Timer(0.2, keys._note, (2, None)).start()
    with pytest.raises(KeyboardInterrupt):
        voicing.say("Tell me.", fixed=True)
    assert speaker.playing is not None
    assert speaker.playing.stopped


def test_ctrl_c_before_a_sentence_leaves_it_unsaid() -> None:
    speaker = FakeSpeaker(seconds=30.0)
    voicing, keys, _ = open_voicing(speaker)
    keys._note(2, None)
    with pytest.raises(KeyboardInterrupt):
        voicing.say("Tell me.", fixed=True)
    assert speaker.playing is None


def test_a_voice_that_fails_is_told_once_and_the_session_goes_on() -> None:
    speaker = FakeSpeaker()
    speaker.failure = VoiceError("The voice hangs.", "Choose another.")
    voicing, _, notes = open_voicing(speaker)
    assert voicing.say("Tell me.", fixed=True) == Said(None, None)
    assert notes == ["The voice hangs. Choose another."]
    speaker.broken = "The voice hangs. The questions stand on the screen instead."
    voicing.say("Tell me.", fixed=True)
    assert notes[1:] == ["The voice hangs. The questions stand on the screen instead."]


def test_a_loudspeaker_that_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HUNG_S", 0.1)
    speaker = FakeSpeaker(seconds=60.0)
    voicing, _, notes = open_voicing(speaker)
    voicing.say("Me.", fixed=True)
    assert notes == ["The loudspeaker does not answer; read the questions here."]
    assert voicing.say("Tell me.", fixed=True) == Said(None, None)


def test_what_comes_next_is_prepared_three_sentences_ahead() -> None:
    speaker = FakeSpeaker()
    voicing, _, _ = open_voicing(speaker, "One?", "Two?", "Three?", "Four?", "Five?")
    voicing.prepare_after("Two?")
    voicing.prepare_after("Not one of them.")
    voicing.prepare_after("Five?")
    assert speaker.prepared == ["Three?", "Four?", "Five?"]


# Somebody watches while something is said


class Enough(Exception):
    """What a watcher raises."""


def test_a_watcher_is_called_all_the_time_and_what_it_raises_silences_the_voice() -> None:
    speaker = FakeSpeaker(seconds=30.0)
    voicing, _, _ = open_voicing(speaker)
    calls: list[bool] = []

    def watch() -> None:
        calls.append(voicing.speaking)
        if len(calls) == 3:
            raise Enough

    with pytest.raises(Enough), voicing.watched_by(watch):
        voicing.say("Tell me.", fixed=True)
    assert calls == [True, True, True]
    assert speaker.playing is not None
    assert speaker.playing.stopped
    assert not voicing.speaking


def test_a_breath_is_watched_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BREATH_S", 30.0)
    voicing, _, _ = open_voicing(FakeSpeaker())

    def watch() -> None:
        raise Enough

    with pytest.raises(Enough), voicing.watched_by(watch):
        voicing.breathe()


def test_the_watcher_before_comes_back() -> None:
    voicing, _, _ = open_voicing(FakeSpeaker())
    calls: list[str] = []
    with voicing.watched_by(lambda: calls.append("outer")):
        with voicing.watched_by(lambda: calls.append("inner")):
            voicing.say("One.", fixed=True)
        voicing.say("Two.", fixed=True)
    voicing.say("Three.", fixed=True)
    assert calls == sorted(calls)
    assert set(calls) == {"inner", "outer"}


@pytest.mark.parametrize(
    ("pressed", "left"), [(Key.STOP, Key.STOP), (Key.PAUSE, Key.PAUSE), (Key.SKIP, None), (Key.DONE, None)]
)
def test_of_keys_in_an_aside_stop_and_pause_are_kept_for_the_next_prompt(
    pressed: Key, left: Key | None
) -> None:
    voicing, keys, _ = open_voicing(FakeSpeaker(seconds=30.0))
    press(keys, pressed)
    voicing.say_aside("Noted.", fixed=True)
    assert keys.poll() is left


def test_a_chime_comes_from_the_voice_if_there_is_one() -> None:
    speaker = FakeSpeaker()
    open_voicing(speaker)[0].chime()
    open_voicing(None)[0].chime()
    assert speaker.chimes == 1
    assert open_voicing(speaker)[0].audible
    assert not open_voicing(None)[0].audible
