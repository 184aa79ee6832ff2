"""One turn on its way to disk, without a thread: what is held, where the recording begins, what is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.hearing.answer import AnswerInProgress
from greenroom.hearing.endpoint import Patience
from greenroom.hearing.events import Answered, ClosedBy
from greenroom.hearing.taking import HELD_S, LEAD_S, Taking, heard_file
from greenroom.types import SAMPLE_RATE_HZ, Block, Pcm
from hearing.fakes import RULE, LoudnessVad, Submitted, rounded, silence, tone


class Turn:
    """A taking, and a source's clock that goes on with each block."""

    def __init__(self, wav: Path, patience: Patience | None = None, began_s: float = 0.0) -> None:
        self.submitted = Submitted()
        self.samples = round(began_s * SAMPLE_RATE_HZ)
        self.events: list[str] = []
        self.taking = Taking(1, wav, lambda: self._answer(patience or Patience()))

    def _answer(self, patience: Patience) -> AnswerInProgress:
        return AnswerInProgress(LoudnessVad(), self.submitted, RULE, patience)

    def take(self, *sounds: Pcm, deaf: bool = False, cleaned: bool = False) -> None:
        """In blocks of 0.1 s; with `cleaned` the program's own voice is all there was."""
        pcm = np.concatenate(sounds)
        for start in range(0, len(pcm), 1_600):
            part = pcm[start : start + 1_600]
            block = Block(self.samples, part, cleaned=np.zeros_like(part) if cleaned else None)
            self._note(self.taking.take(block, deaf=deaf))
            self.samples += len(part)

    def arm(self, ago_s: float = 0.0) -> None:
        self._note(self.taking.arm(self.samples - round(ago_s * SAMPLE_RATE_HZ)))

    def answered(self, closed_by: ClosedBy = "patience") -> Answered:
        vad, submit = LoudnessVad(), self.submitted
        return self.taking.answered(closed_by, open_=True, live=True, vad=vad, submit=submit, rule=RULE)

    def _note(self, events: list) -> None:  # type: ignore[type-arg]
        self.events += [getattr(event, "kind", event).value for event in events]


def test_a_file_is_there_at_once_and_empty_until_the_question_has_ended(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "01.wav")
    turn.take(tone(3.0))
    assert soundfile.info(tmp_path / "01.wav").frames == 0
    assert not turn.taking.armed
    turn.arm()
    assert turn.taking.armed
    assert soundfile.info(tmp_path / "01.wav").duration == LEAD_S == 2.0


@settings(max_examples=30, deadline=None)
@given(asked_s=st.floats(0.0, 12.0), late_s=st.floats(0.0, 1.5), began_s=st.floats(0.0, 1_000.0))
def test_however_late_the_end_is_told_the_recording_is_the_same(
    asked_s: float, late_s: float, began_s: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    turn = Turn(tmp_path_factory.mktemp("late") / "01.wav", began_s=began_s)
    if asked_s > 0.1:
        turn.take(silence(asked_s))
    before = turn.samples
    turn.take(silence(0.1), tone(0.3), silence(max(late_s - 0.4, 0.1)))
    turn.arm(ago_s=(turn.samples - before) / SAMPLE_RATE_HZ)
    turn.take(tone(1.0), silence(2.7))
    question_ended_s = turn.taking.question_ended_s
    assert question_ended_s == pytest.approx(min(asked_s if asked_s > 0.1 else 0.0, LEAD_S), abs=0.001)
    answer = turn.answered()
    assert answer.voiced[0].start_s - question_ended_s == pytest.approx(0.1, abs=0.05)
    assert turn.events[-1] == "answer_closed"
    pcm, _ = soundfile.read(answer.wav, dtype="int16")
    onset = int(np.argmax(np.abs(pcm) > 500))
    assert onset / SAMPLE_RATE_HZ - question_ended_s == pytest.approx(0.1, abs=0.002)


def test_no_more_than_a_few_seconds_are_held_however_long_the_question(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "01.wav")
    turn.take(tone(120.0))
    held_s = sum(len(block.pcm) for block in turn.taking._held) / SAMPLE_RATE_HZ
    assert HELD_S <= held_s <= HELD_S + 0.2


def test_no_block_is_lost_between_holding_and_recording(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "01.wav")
    sound = np.arange(10 * SAMPLE_RATE_HZ).astype(np.int16)
    turn.take(sound[: 5 * SAMPLE_RATE_HZ])
    turn.arm(ago_s=0.77)
    turn.take(sound[5 * SAMPLE_RATE_HZ :])
    pcm, _ = soundfile.read(tmp_path / "01.wav", dtype="int16")
    assert np.array_equal(pcm, sound[round(2.23 * SAMPLE_RATE_HZ) :])


def test_where_a_sample_of_the_source_falls_in_the_recording(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "01.wav", began_s=100.0)
    assert turn.taking.recorded_at_s(200 * SAMPLE_RATE_HZ) == 0.0  # nothing is recorded yet
    turn.take(silence(5.0))
    turn.arm()
    assert turn.taking.recorded_at_s(105 * SAMPLE_RATE_HZ) == 2.0
    assert turn.taking.recorded_at_s(50 * SAMPLE_RATE_HZ) == 0.0
    turn.taking.skip(3 * SAMPLE_RATE_HZ)
    assert turn.taking.recorded_at_s(110 * SAMPLE_RATE_HZ) == 4.0


@pytest.mark.parametrize(
    ("said_s", "asked_before_s", "sound_s", "finished"),
    [
        (1.0, 0.0, 0.3, False),  # Enter on the last word
        (1.0, 0.0, 0.5, True),
        (1.0, 0.3, 0.3, True),
        (1.0, 0.3, 0.1, False),
    ],
)
def test_half_a_second_after_the_last_word_it_is_finished(
    said_s: float, asked_before_s: float, sound_s: float, finished: bool, tmp_path: Path
) -> None:
    turn = Turn(tmp_path / "01.wav")
    turn.take(silence(1.0))
    turn.arm()
    turn.take(tone(said_s))
    turn.taking.finish(turn.taking.length_s - asked_before_s)
    turn.take(silence(sound_s + 0.04))  # a block of 32 ms is only looked at as a whole
    assert turn.taking.finished is finished


def test_enter_long_after_the_last_word_waits_only_for_what_is_on_its_way(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "01.wav")
    turn.take(silence(1.0))
    turn.arm()
    turn.take(tone(1.0), silence(2.0))
    turn.taking.finish(turn.taking.length_s)
    turn.take(silence(0.1))
    assert not turn.taking.finished
    turn.take(silence(0.1))
    assert turn.taking.finished


def test_a_finish_that_was_asked_for_is_forgotten_when_the_answer_goes_on(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "01.wav")
    turn.take(silence(1.0))
    turn.arm()
    turn.take(tone(1.0), silence(2.8))
    turn.taking.finish(turn.taking.length_s)
    turn.take(tone(0.4))
    assert turn.events[-1] == "answer_reopened"
    assert not turn.taking.finished


def test_a_discarded_turn_leaves_no_file(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "01.wav")
    turn.take(tone(3.0))
    turn.taking.discard()
    assert list(tmp_path.iterdir()) == []


def test_the_track_without_the_programs_voice_is_as_long_as_the_raw_one(tmp_path: Path) -> None:
    """Before a canceller knows the loudspeaker, and after it has gone, they are the same."""
    turn = Turn(tmp_path / "01.wav")
    turn.take(silence(1.0))
    turn.arm()
    turn.take(tone(1.0))
    turn.take(tone(1.0), cleaned=True)
    turn.take(tone(1.0))
    turn.taking.close()
    raw, _ = soundfile.read(tmp_path / "01.wav", dtype="int16")
    cleaned, _ = soundfile.read(heard_file(tmp_path / "01.wav"), dtype="int16")
    assert len(cleaned) == len(raw) == 4 * SAMPLE_RATE_HZ
    alike = np.split(cleaned == raw, 4)
    assert [bool(second.all()) for second in alike] == [True, True, False, True]
    assert not cleaned[2 * SAMPLE_RATE_HZ : 3 * SAMPLE_RATE_HZ].any()
    assert heard_file(Path("02.wav")) == Path("02.heard.wav")


def test_all_spans_are_told_each_time_it_closes(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "01.wav")
    turn.take(silence(1.0))
    turn.arm()
    turn.take(tone(1.0), silence(3.0))
    first = turn.answered()
    turn.take(tone(1.0), silence(3.0))
    second = turn.answered()
    assert (rounded(first.voiced), first.reopened_after_s) == ([(1.0, 1.9)], ())
    assert (rounded(second.voiced), second.reopened_after_s) == (
        [(1.0, 1.9), (5.0, 5.9)],
        (pytest.approx(3.1, abs=0.05),),
    )
    assert second.stretches[0] is first.stretches[0]
    assert second.end_s == pytest.approx(second.voiced[-1].end_s + 0.5)


def test_what_was_deafly_recorded_is_in_the_file_and_in_no_span(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "01.wav")
    turn.take(silence(1.0))
    turn.arm()
    turn.take(tone(1.0), silence(3.0))
    turn.take(tone(2.0), deaf=True)
    turn.take(silence(1.0))
    answer = turn.answered()
    assert (rounded(answer.voiced), turn.events[-1]) == ([(1.0, 1.9)], "answer_closed")
    pcm, _ = soundfile.read(answer.wav, dtype="int16")
    assert np.max(np.abs(pcm[5 * SAMPLE_RATE_HZ : 7 * SAMPLE_RATE_HZ])) == 8_000


def test_digital_silence_is_told_from_a_quiet_room(tmp_path: Path) -> None:
    for name, sound, told in (("01", silence(3.0), True), ("02", silence(3.0) + np.int16(1), False)):
        turn = Turn(tmp_path / f"{name}.wav")
        turn.take(silence(0.5))
        turn.arm()
        turn.take(sound)
        assert turn.answered("silence").digital_silence is told
