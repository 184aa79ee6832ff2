"""An answer closed by silence stays open behind the next question, until the stage has it settled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from greenroom.errors import GreenroomError
from greenroom.hearing.endpoint import EventKind, Patience
from greenroom.hearing.events import Answered, Fault, Happened, Overflow, QuestionEnded, Settled, Told
from hearing.fakes import Live, QuickEar, opened, rounded, silence, tone


@pytest.fixture
def live() -> Iterator[Live]:
    with opened(Live()) as live:
        yield live


def close_softly(live: Live, folder: Path) -> Answered:
    """A first answer of 1 s, half a second after its question, closed by patience 2.5 s later."""
    live.begin(folder / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.say(silence(0.5), tone(1.0), silence(2.6))
    answer = live.until(Answered)
    assert (answer.closed_by, answer.open, rounded(answer.voiced)) == ("patience", True, [(1.0, 1.9)])
    return answer


def ask_next(live: Live, folder: Path) -> Path:
    """The next question begins."""
    wav = folder / "02.wav"
    live.begin(wav, turn=2)
    return wav


def test_who_speaks_on_after_a_close_goes_on_with_the_same_answer(live: Live, tmp_path: Path) -> None:
    first = close_softly(live, tmp_path)
    live.say(silence(0.5), tone(1.0), silence(3.8))
    second = live.until(Answered)
    assert live.happened == [
        "speech_started",
        "speech_paused",
        "answer_closed",
        "answer_reopened",
        "speech_paused",
        "answer_closed",
    ]
    assert (second.turn, second.wav, second.open) == (1, first.wav, True)
    assert rounded(second.voiced) == [(1.0, 1.9), (5.1, 6.0)]
    assert second.reopened_after_s == (pytest.approx(3.2, abs=0.1),)
    assert second.stretches[: len(first.stretches)] == first.stretches
    assert len(second.stretches) == 2
    assert soundfile.info(second.wav).duration == pytest.approx(0.5 + 4.1 + 5.3, abs=0.15)


def test_the_event_tells_when_the_voice_came_back(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    live.say(silence(0.5), tone(0.4))
    live.rest()
    [event] = [one.event for one in live.of(Happened) if one.event.kind is EventKind.ANSWER_REOPENED]
    assert event.at_s == pytest.approx(5.1, abs=0.05)


def test_it_can_go_on_time_and_again(live: Live, tmp_path: Path) -> None:
    """Each time it gets half a second more than it needed."""
    close_softly(live, tmp_path)
    live.say(silence(0.5), tone(1.0), silence(4.0))
    live.until(Answered)
    live.say(silence(1.0), tone(1.0), silence(6.5))
    answer = live.until(Answered)
    assert len(answer.voiced) == 3
    assert answer.reopened_after_s == (
        pytest.approx(3.2, abs=0.15),
        pytest.approx(5.1, abs=0.15),
    )
    assert len(answer.stretches) == 3


def test_going_on_drops_the_next_question_and_its_file(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    wav = ask_next(live, tmp_path)
    live.say(silence(1.0))
    assert wav.exists()
    live.say(tone(0.4))
    assert not wav.exists()
    live.say(silence(5.0))
    answer = live.until(Answered)
    assert (answer.turn, len(answer.voiced)) == (1, 2)
    assert [event.turn for event in live.of(QuestionEnded)] == [1]


def test_what_the_stage_still_asks_of_the_dropped_question_is_ignored(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    live.say(silence(0.5), tone(0.4))  # the stage does not know of it yet
    wav = ask_next(live, tmp_path)
    live.ended(turn=2)
    live.listener.finish(2)
    live.say(tone(0.6), silence(3.6))
    answer = live.until(Answered)
    assert (answer.turn, rounded(answer.voiced)) == (1, [(1.0, 1.9), (5.1, 6.0)])
    assert not wav.exists()
    assert [event.turn for event in live.of(QuestionEnded)] == [1]


def test_a_dropped_question_is_asked_anew_into_a_file_of_the_same_name(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    wav = ask_next(live, tmp_path)
    live.say(silence(1.0), tone(1.0), silence(5.0))
    live.until(Answered)
    assert ask_next(live, tmp_path) == wav
    live.say(silence(1.0))
    live.ended(turn=2)
    live.say(silence(1.0), tone(1.0), silence(5.0))
    answer = live.until(Answered)
    assert (answer.turn, answer.wav, len(answer.voiced)) == (2, wav, 1)
    assert answer.voiced[0].start_s - answer.question_ended_s == pytest.approx(1.0, abs=0.05)


def test_settled_means_closed_and_voice_does_nothing_any_more(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    live.listener.settle()
    assert live.until(Settled) == Settled(1)
    length_s = soundfile.info(tmp_path / "01.wav").duration
    live.say(tone(2.0), silence(5.0))
    live.rest()
    assert live.happened[-1] == "answer_closed"
    assert len(live.of(Answered)) == 1
    assert soundfile.info(tmp_path / "01.wav").duration == length_s


def test_settling_after_it_has_gone_on_settles_nothing(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    live.source.push(tone(0.6))
    live.source.wait_until_read()
    live.listener.settle()
    live.rest()
    assert (live.happened[-1], live.of(Settled)) == ("answer_reopened", [])
    live.say(silence(3.6))
    assert live.until(Answered).open


def test_settling_twice_tells_it_once(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    live.listener.settle()
    live.listener.settle()
    live.rest()
    assert live.of(Settled) == [Settled(1)]


def test_the_end_of_the_next_question_settles_the_answer_before_it(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    ask_next(live, tmp_path)
    live.say(silence(1.5))
    live.ended(turn=2)
    live.say(silence(0.5), tone(1.0), silence(2.8))
    answer = live.until(Answered)
    assert live.of(Settled) == [Settled(1)]
    assert (answer.turn, rounded(answer.voiced)) == (2, [(2.0, 2.9)])


def test_the_next_recording_holds_sound_from_before_its_questions_end(live: Live, tmp_path: Path) -> None:
    """The end is told 1.5 s late, since the answer before might have gone on; the reply has begun."""
    close_softly(live, tmp_path)
    ask_next(live, tmp_path)
    live.say(silence(5.0))
    ended_s = live.source.now_s
    live.listener.settle()
    live.say(silence(0.8), tone(0.7))
    live.ended(ended_s, turn=2)
    live.say(tone(0.3), silence(2.8))
    answer = live.until(Answered)
    assert answer.question_ended_s == pytest.approx(2.0, abs=0.001)
    assert rounded(answer.voiced) == [(2.8, 3.7)]


def test_a_click_does_not_reopen(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    live.say(silence(0.5), tone(0.1), silence(3.0))
    live.rest()
    assert live.happened[-1] == "answer_closed"


def test_a_deaf_ear_records_on_but_nothing_reopens_the_answer(live: Live, tmp_path: Path) -> None:
    """The loudspeaker drowns everything: what is loud may be the program itself."""
    close_softly(live, tmp_path)
    live.listener.deafen(True)
    live.obeyed()
    length_s = soundfile.info(tmp_path / "01.wav").duration
    live.say(tone(2.0))
    live.rest()
    assert live.happened[-1] == "answer_closed"
    assert soundfile.info(tmp_path / "01.wav").duration == pytest.approx(length_s + 2.0)
    live.listener.deafen(False)
    live.obeyed()
    live.say(silence(0.5), tone(1.0), silence(3.0))
    live.rest()
    assert "answer_reopened" in live.happened


def test_the_next_answer_is_heard_though_the_ear_was_deaf(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    live.listener.deafen(True)
    ask_next(live, tmp_path)
    live.say(tone(1.0))
    live.ended(turn=2)
    live.say(silence(1.0), tone(1.0), silence(2.8))
    assert live.until(Answered).turn == 2


def test_an_unanswered_question_can_be_answered_after_all(tmp_path: Path) -> None:
    with opened(Live(Patience(give_up_s=5.0))) as live:
        live.begin(tmp_path / "01.wav")
        live.say(silence(0.5))
        live.ended()
        live.say(silence(5.2))
        first = live.until(Answered)
        assert (first.closed_by, first.open, first.voiced) == ("silence", True, ())
        live.say(tone(1.0), silence(2.8))
        second = live.until(Answered)
        assert (second.closed_by, second.open, second.reopened_after_s) == ("patience", True, ())
        assert rounded(second.voiced) == [(5.7, 6.6)]


@pytest.mark.parametrize(("fixed", "closed"), [(False, False), (True, True)])
def test_who_was_cut_off_is_given_more_time_unless_they_have_fixed_it(
    fixed: bool, closed: bool, tmp_path: Path
) -> None:
    """2.5 s were not enough: from then on it is half a second more than was needed, here 3.7 s."""
    with opened(Live(Patience(patience_s=2.5, fixed=fixed))) as live:
        close_softly(live, tmp_path)
        live.say(silence(0.5), tone(1.0), silence(3.2))
        live.rest()
        assert (len(live.of(Answered)) == 2) is closed
        live.say(silence(1.0))
        live.rest()
        assert len(live.of(Answered)) == 2


def test_patience_can_be_changed_in_the_middle_of_an_answer(live: Live, tmp_path: Path) -> None:
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.say(tone(1.0), silence(1.0))
    live.listener.set_patience(Patience(patience_s=1.2))
    live.obeyed()
    live.say(silence(0.3))
    assert live.until(Answered).voiced


def test_enter_closes_a_reopened_answer_for_good(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    live.say(silence(0.5), tone(1.0))
    live.finish()
    live.say(silence(0.6))
    answer = live.until(Answered)
    assert (answer.closed_by, answer.open, len(answer.voiced)) == ("key", False, 2)
    live.say(tone(1.0), silence(3.0))
    live.rest()
    assert len(live.of(Answered)) == 2
    assert live.of(Settled) == []


def test_enter_after_a_soft_close_is_too_late_to_close_anything(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    live.finish()
    live.say(silence(1.0))
    live.rest()
    assert len(live.of(Answered)) == 1


def test_leaving_settles_what_is_open(tmp_path: Path) -> None:
    live = Live()
    close_softly(live, tmp_path)
    live.listener.close()
    live.until(Settled)
    assert soundfile.info(tmp_path / "01.wav").duration > 4.0


def test_while_paused_voice_does_not_reopen(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    length_s = soundfile.info(tmp_path / "01.wav").duration
    live.listener.pause()
    live.obeyed()
    live.say(tone(2.0), silence(1.0))
    live.listener.go_on()
    live.obeyed()
    assert soundfile.info(tmp_path / "01.wav").duration == length_s
    live.say(silence(0.3), tone(0.5))
    live.rest()
    assert live.happened[-1] == "answer_reopened"


def test_a_microphone_that_fails_for_good_leaves_the_open_answer_closed(tmp_path: Path) -> None:
    live = Live()
    close_softly(live, tmp_path)
    gone = GreenroomError("The microphone has gone.", "Plug it in.")
    live.source.fail(gone)
    assert live.until(Fault) == Fault(gone, None)
    assert live.of(Settled) == [Settled(1)]
    live.listener.close()


def test_sound_lost_behind_an_open_answer_is_told_and_counted(live: Live, tmp_path: Path) -> None:
    close_softly(live, tmp_path)
    live.source.push(silence(0.5), overflowed=True)
    live.say(tone(1.0), silence(4.0))
    assert live.until(Answered).overflows == 1
    assert [event.turn for event in live.of(Overflow)] == [1]


# Commands


def test_a_command_while_it_is_paused_is_heard_and_nothing_is_recorded(tmp_path: Path) -> None:
    ear = QuickEar("nonsense", "go on")
    with opened(Live(ear=ear)) as live:
        live.begin(tmp_path / "01.wav")
        live.say(silence(0.5))
        live.ended()
        live.listener.pause()
        live.obeyed()
        live.say(silence(1.0), tone(1.0), silence(2.0), tone(1.0), silence(1.0))
        live.rest()
        assert [(told.turn, told.command) for told in live.of(Told)] == [(1, "continue")]
        assert live.happened == []
        assert soundfile.info(tmp_path / "01.wav").duration == pytest.approx(0.5)


def test_a_command_in_the_next_question_reopens_the_answer_and_is_no_part_of_it(tmp_path: Path) -> None:
    ear = QuickEar("We quarrelled.", "that's my answer")
    with opened(Live(ear=ear)) as live:
        close_softly(live, tmp_path)
        wav = ask_next(live, tmp_path)
        live.say(silence(0.5), tone(1.0), silence(0.6))
        live.rest()
        assert [(told.turn, told.command) for told in live.of(Told)] == [(1, "done")]
        live.finish()
        live.say(silence(0.6))
        answer = live.until(Answered)
    assert (answer.turn, answer.closed_by, answer.open) == (1, "key", False)
    assert rounded(answer.voiced) == [(1.0, 1.9)]
    assert rounded(answer.left_out) == [(5.1, 6.0)]
    assert len(answer.stretches) == 1
    assert not wav.exists()


def test_a_lone_command_is_no_answer(tmp_path: Path) -> None:
    """Nothing is looked for in its sound again, however quiet speech may be."""
    ear = QuickEar("say it again")
    with opened(Live(ear=ear)) as live:
        live.begin(tmp_path / "01.wav")
        live.say(silence(0.5))
        live.ended()
        live.say(tone(1.0), silence(0.7))
        live.finish()
        live.say(silence(0.6))
        answer = live.until(Answered)
    assert [told.command for told in live.of(Told)] == ["repeat"]
    assert (answer.voiced, rounded(answer.left_out), answer.stretches) == ((), [(0.5, 1.4)], ())
    assert live.submitted.stretches == []
