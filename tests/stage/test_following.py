"""What the ear tells, written into the trace, the archive and the screen."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dialogue.shipped import WORDS
from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.hearing.endpoint import EventKind
from greenroom.hearing.events import DeviceBack, DeviceLost, Fault, Level, Overflow, QuestionEnded, Told
from greenroom.stage import words
from greenroom.stage.following import Follower
from greenroom.types import Span
from stage.fakes import FakeSpeaker, Staged, answered, happened, told

GONE = GreenroomError("The microphone has gone.", "Plug it in.")


@pytest.fixture
def staged(archive: Archive) -> Staged:
    return Staged(archive, FakeSpeaker())


@pytest.mark.parametrize(
    ("kind", "traced", "state", "spoken", "held"),
    [
        (EventKind.SPEECH_STARTED, "speech_started", words.HEARING, True, [True]),
        (EventKind.SPEECH_PAUSED, "speech_paused", words.PAUSE, False, []),
        (EventKind.SPEECH_RESUMED, "speech_resumed", words.HEARING, True, [True]),
        (EventKind.ANSWER_CLOSED, "answer_closed", words.WAITING, False, []),
        (EventKind.ANSWER_REOPENED, "answer_reopened", words.HEARING, True, [True]),
        (EventKind.GAVE_UP, None, words.WAITING, False, []),
    ],
)
def test_turn_taking_is_traced_as_of_when_it_was_true_and_shown(
    staged: Staged, kind: EventKind, traced: str | None, state: str, spoken: bool, held: list[bool]
) -> None:
    Follower(staged.crew).follow(happened(kind, moment_s=12.5), staged.progress)
    assert staged.trace.events == ([(traced, 1)] if traced else [])
    assert staged.trace.moments == ([12.5] if traced else [])
    assert (staged.progress.state, staged.progress.spoken) == (state, spoken)
    assert staged.progress.closed is (kind is EventKind.ANSWER_CLOSED)
    assert staged.transcriber.held == held


@pytest.mark.parametrize("kind", [EventKind.ANSWER_CLOSED, EventKind.GAVE_UP])
def test_a_close_sounds_a_chime_where_somebody_is_there(staged: Staged, kind: EventKind) -> None:
    assert staged.speaker is not None
    Follower(staged.crew).follow(happened(kind), staged.progress)
    assert staged.speaker.chimes == 1
    staged.ear.live = False
    Follower(staged.crew).follow(happened(kind), staged.progress)
    assert staged.speaker.chimes == 1


def test_where_the_question_ended_is_stored_at_once(staged: Staged) -> None:
    Follower(staged.crew).follow(QuestionEnded(1, 2.0), staged.progress)
    assert staged.archive.question_ended_s(staged.progress.turn.id) == 2.0
    assert staged.stored().audio == "audio/1/01.wav"


def test_a_lost_microphone_is_told_on_the_screen_and_aloud_until_it_is_back(staged: Staged) -> None:
    follower = Follower(staged.crew)
    assert staged.speaker is not None
    follower.follow(DeviceLost("Desk microphone"), staged.progress)
    assert follower.lost
    follower.show(staged.progress)
    follower.follow(DeviceBack("Headset"), staged.progress)
    assert not follower.lost
    follower.show(staged.progress)
    assert staged.screen.lines == [
        f"note {words.DEVICE_LOST.format(device='Desk microphone')}",
        f"note {words.DEVICE_BACK.format(device='Headset')}",
    ]
    assert staged.speaker.texts == [WORDS.device_lost, WORDS.device_back]
    assert staged.screen.states == [words.LOST, words.WAITING]
    assert staged.trace.names == ["error"]


def test_a_microphone_lost_while_something_is_said_is_not_talked_over(staged: Staged) -> None:
    follower = Follower(staged.crew)
    assert staged.speaker is not None
    staged.speaker.seconds = 0.1
    staged.ear.tell(DeviceLost("Desk microphone"))

    def watch() -> None:
        while not staged.ear.events.empty():
            follower.follow(staged.ear.events.get(), staged.progress)

    with staged.voicing.watched_by(watch):
        staged.voicing.say("Tell me.", fixed=True)
    assert staged.speaker.texts == ["Tell me."]
    assert len(staged.screen.lines) == 1


def test_lost_sound_is_told_once_a_turn(staged: Staged) -> None:
    follower = Follower(staged.crew)
    for _ in range(3):
        follower.follow(Overflow(1), staged.progress)
    assert staged.screen.lines == [f"note {words.OVERFLOWED}"]


def test_pure_silence_for_long_is_told_once_and_any_sound_ends_it(
    staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = Follower(staged.crew)
    now_s = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now_s[0])
    for at_s, peak_dbfs in ((100, -96), (107, -96), (107.5, -60), (108, -96), (115, -96)):
        now_s[0] = at_s
        follower.follow(Level(peak_dbfs), staged.progress)
    assert staged.screen.lines == []
    for at_s in (117, 130):
        now_s[0] = at_s
        follower.follow(Level(-96.0), staged.progress)
    assert staged.screen.lines == [f"note {words.PURE_SILENCE}"]
    assert staged.progress.peak_dbfs == -96.0


def test_a_fault_is_traced_and_raised(staged: Staged, tmp_path: Path) -> None:
    with pytest.raises(GreenroomError, match="The microphone has gone"):
        Follower(staged.crew).follow(Fault(GONE, None), staged.progress)
    assert staged.trace.events == [("error", 1)]


def test_commands_and_answers_are_for_others(staged: Staged, tmp_path: Path) -> None:
    follower = Follower(staged.crew)
    follower.follow(told("skip"), staged.progress)
    follower.follow(answered(tmp_path / "01.wav"), staged.progress)
    assert (staged.trace.events, staged.screen.lines) == ([], [])


def test_nothing_is_shown_of_a_file_that_is_read_faster_than_it_lasts(staged: Staged) -> None:
    staged.ear.real_time = False
    Follower(staged.crew).show(staged.progress)
    assert staged.screen.states == []


def test_where_a_command_lies_is_stored_at_once(staged: Staged) -> None:
    follower = Follower(staged.crew)
    for event in (
        Told(1, "more_time", 7.0, Span(2.0, 2.9)),
        Told(1, "continue", 8.0),
        Told(1, "pause", 9.0, Span(5.0, 5.5)),
    ):
        follower.follow(event, staged.progress)
    assert staged.archive.left_out(staged.progress.turn.id) == (Span(2.0, 2.9), Span(5.0, 5.5))
