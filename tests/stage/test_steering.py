"""Keys and spoken commands, and an offer to repeat: what each asks of the ear and says."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.shipped import WORDS
from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.hearing.endpoint import EventKind
from greenroom.hearing.events import Fault, Level
from greenroom.stage import steering, words
from greenroom.stage.following import Follower
from greenroom.stage.keys import Key
from greenroom.stage.steering import Steering
from stage.fakes import FakeSpeaker, Staged, answered, happened, press, told

QUESTION = "Tell me about a conflict."


@pytest.fixture
def staged(archive: Archive) -> Staged:
    return Staged(archive, FakeSpeaker())


def open_steering(staged: Staged) -> Steering:
    return Steering(staged.crew, Follower(staged.crew))


@pytest.mark.parametrize(
    ("command", "wish"), [("done", None), ("skip", "skip"), ("stop", "stop"), ("again", "again")]
)
def test_a_command_closes_the_answer_as_of_its_last_sound(
    staged: Staged, command: str, wish: str | None
) -> None:
    open_steering(staged).obey(told(command, moment_s=12.5), staged.progress)
    assert (staged.progress.wish, staged.ear.asked) == (wish, ["finish 1 as of 12.5"])
    assert (staged.trace.names, staged.trace.commands) == (["command_heard"], [command])
    assert staged.trace.moments == [12.5]


@pytest.mark.parametrize(("key", "wish"), [(Key.DONE, None), (Key.SKIP, "skip"), (Key.STOP, "stop")])
def test_a_key_closes_the_answer_now(staged: Staged, key: Key, wish: str | None) -> None:
    open_steering(staged).do(key, staged.progress)
    assert (staged.progress.wish, staged.ear.asked) == (wish, ["finish 1"])


def test_continue_without_a_pause_is_only_noted(staged: Staged) -> None:
    open_steering(staged).obey(told("continue"), staged.progress)
    assert (staged.ear.asked, staged.trace.commands) == ([], ["continue"])


def test_the_question_is_said_again_while_nothing_is_heard(staged: Staged) -> None:
    assert staged.speaker is not None
    open_steering(staged).obey(told("repeat"), staged.progress)
    assert staged.ear.asked == ["pause", "go_on"]
    assert staged.speaker.said == [(QUESTION, True)]
    assert staged.screen.lines == [f"ask {QUESTION}"]


@pytest.mark.parametrize(("private", "said"), [(True, []), (False, [(QUESTION, True)])])
def test_discreetly_nothing_private_is_said_again_either(
    staged: Staged, private: bool, said: list[tuple[str, bool]]
) -> None:
    assert staged.speaker is not None
    staged.crew = replace(staged.crew, discreet=True)
    staged.progress.ask = replace(staged.progress.ask, private=private)
    open_steering(staged).do(Key.REPEAT, staged.progress)
    assert staged.speaker.said == said
    assert staged.screen.lines == [f"ask {QUESTION}"]


def test_a_key_in_a_question_said_again_is_done_after_it(staged: Staged) -> None:
    assert staged.speaker is not None
    staged.speaker.seconds = 30.0
    press(staged.keys, Key.SKIP)
    open_steering(staged).do(Key.REPEAT, staged.progress)
    assert staged.keys.poll() is Key.SKIP
    assert staged.ear.asked[-1] == "go_on"


@pytest.mark.parametrize(
    ("command", "key"),
    [("continue", None), ("skip", Key.SKIP), ("stop", Key.STOP), ("repeat", Key.REPEAT)],
)
def test_a_pause_lasts_until_it_is_told_to_go_on(staged: Staged, command: str, key: Key | None) -> None:
    assert staged.speaker is not None
    staged.ear.tell(Level(-30.0), told("done"), told(command))
    staged.progress.since_s = 100.0
    open_steering(staged).do(Key.PAUSE, staged.progress)
    assert staged.ear.asked == ["pause", "go_on"]
    assert staged.speaker.texts == [WORDS.paused, *([WORDS.go_on] if command == "continue" else [])]
    assert staged.trace.commands == ["done", command]
    assert staged.keys.poll() is key
    assert staged.screen.states == [words.PAUSED]
    assert staged.progress.state == words.WAITING
    assert staged.progress.since_s > 100.0  # the pause does not count


@pytest.mark.parametrize(
    ("pressed", "left"), [(Key.DONE, None), (Key.PAUSE, None), (Key.SKIP, Key.SKIP), (Key.REPEAT, Key.REPEAT)]
)
def test_a_key_ends_a_pause(archive: Archive, pressed: Key, left: Key | None) -> None:
    staged = Staged(archive)
    press(staged.keys, pressed)
    open_steering(staged).pause(staged.progress)
    assert staged.keys.poll() is left
    assert staged.ear.asked == ["pause", "go_on"]


def test_a_pause_can_say_why(staged: Staged) -> None:
    assert staged.speaker is not None
    staged.ear.tell(told("skip"))
    open_steering(staged).pause(staged.progress, "It is quiet here.")
    assert staged.speaker.texts == ["It is quiet here."]


def test_an_answer_that_closed_just_before_the_pause_comes_after_it(staged: Staged, tmp_path: Path) -> None:
    answer = answered(tmp_path / "01.wav")
    staged.ear.tell(happened(EventKind.ANSWER_CLOSED), answer, told("continue"))
    open_steering(staged).pause(staged.progress)
    assert staged.ear.events.get_nowait() is answer
    assert staged.ear.events.empty()


def test_a_command_said_into_the_programs_own_words_ends_them_and_is_obeyed(staged: Staged) -> None:
    assert staged.speaker is not None
    staged.speaker.seconds = 30.0
    stop = told("stop")
    staged.ear.tell(stop)
    staged.progress.since_s = time.monotonic() - 16.0
    open_steering(staged).offer(staged.progress, aloud=True)
    assert staged.speaker.texts == [WORDS.offer_repeat]
    assert staged.ear.events.get_nowait() is stop


def test_a_fault_in_a_pause_ends_it(staged: Staged) -> None:
    staged.ear.tell(Fault(GreenroomError("The microphone has gone.", "Plug it in."), None))
    with pytest.raises(GreenroomError):
        open_steering(staged).pause(staged.progress)
    assert staged.ear.asked == ["pause", "go_on"]


# Offering the question once more


@pytest.fixture
def waited(staged: Staged) -> Staged:
    """Nothing has been said for a quarter of a minute."""
    staged.progress.since_s = time.monotonic() - steering.OFFER_S - 0.1
    return staged


def test_it_is_offered_once(waited: Staged) -> None:
    assert waited.speaker is not None
    steered = open_steering(waited)
    for _ in range(3):
        steered.offer(waited.progress, aloud=True)
    assert waited.screen.lines == [f"say {WORDS.offer_repeat}"]
    assert waited.speaker.texts == [WORDS.offer_repeat]


def test_it_is_only_shown_where_the_loudspeaker_would_be_heard_as_an_answer(waited: Staged) -> None:
    assert waited.speaker is not None
    open_steering(waited).offer(waited.progress, aloud=False)
    assert (len(waited.screen.lines), waited.speaker.texts) == (1, [])


@pytest.mark.parametrize("why", ["too soon", "spoken", "lost"])
def test_it_is_not_offered(waited: Staged, why: str) -> None:
    follower = Follower(waited.crew)
    waited.progress.speeches = int(why == "spoken")
    follower.lost = why == "lost"
    if why == "too soon":
        waited.progress.since_s += 2.0
    Steering(waited.crew, follower).offer(waited.progress, aloud=True)
    assert waited.screen.lines == []


def test_who_begins_to_speak_silences_the_offer(waited: Staged) -> None:
    assert waited.speaker is not None
    waited.speaker.seconds = 30.0
    waited.ear.tell(Level(-30.0), happened(EventKind.SPEECH_STARTED), told("skip"))
    open_steering(waited).offer(waited.progress, aloud=True)
    assert waited.speaker.playing is not None
    assert waited.speaker.playing.stopped
    assert waited.trace.names == ["speech_started"]
    assert waited.ear.events.get_nowait() == told("skip", moment_s=pytest.approx(time.monotonic(), abs=60))


def test_an_answer_that_ends_in_the_offer_is_handed_back(waited: Staged, tmp_path: Path) -> None:
    assert waited.speaker is not None
    waited.speaker.seconds = 30.0
    answer = answered(tmp_path / "01.wav", voiced=(), closed_by="silence")
    waited.ear.tell(answer)
    open_steering(waited).offer(waited.progress, aloud=True)
    assert waited.ear.events.get_nowait() is answer
    assert waited.speaker.playing is not None and waited.speaker.playing.stopped
