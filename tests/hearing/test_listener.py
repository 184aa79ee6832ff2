"""Whole turns: real recordings with the real detector and model, and a microphone the test plays."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from e2e.words import word_error_rate
from greenroom.errors import GreenroomError
from greenroom.hearing.endpoint import Patience
from greenroom.hearing.events import Answered, DeviceBack, DeviceLost, Fault, Level, Overflow, QuestionEnded
from greenroom.hearing.listener import Listener
from greenroom.hearing.source import FileSource
from greenroom.hearing.stitching import stitched
from greenroom.hearing.transcriber import FasterWhisper
from greenroom.hearing.transcription_thread import TranscriptionThread
from greenroom.hearing.vad import SileroVad
from greenroom.types import Pcm
from hearing.fakes import (
    DEADLINE_S,
    Live,
    LiveSource,
    LoudnessVad,
    Room,
    eventually,
    rounded,
    silence,
    tone,
)
from recordings import recorded

# Files, with the real parts


@pytest.fixture(scope="session")
def transcriber(tiny: FasterWhisper) -> Iterator[TranscriptionThread]:
    thread = TranscriptionThread(lambda: tiny)
    thread.recogniser.result(DEADLINE_S)
    yield thread
    thread.close()


def on_files(transcriber: TranscriptionThread, vad: SileroVad, *files: Path) -> Room:
    source = FileSource(files)
    return Room(Listener(source, vad, transcriber.submit, transcriber.rule, Patience()))


def answer_from_file(room: Room, wav: Path, turn: int = 1) -> Answered:
    room.listener.begin(turn, wav)
    room.listener.question_ended(turn, None)
    return room.until(Answered)


def test_a_recorded_answer_from_end_to_end(
    tmp_path: Path, transcriber: TranscriptionThread, vad: SileroVad
) -> None:
    one = recorded("demo/practice-again")
    room = on_files(transcriber, vad, one.path)
    answer = answer_from_file(room, tmp_path / "01.wav")
    room.listener.close()
    assert (answer.turn, answer.closed_by, answer.overflows) == (1, "end", 0)
    assert not answer.digital_silence
    assert answer.question_ended_s == 0.0
    assert answer.voiced[0].start_s == pytest.approx(one.first_voiced_s, abs=0.05)
    assert answer.voiced[-1].end_s == pytest.approx(one.last_voiced_s, abs=0.1)
    assert answer.end_s == answer.voiced[-1].end_s + 0.5
    assert (answer.open, answer.reopened_after_s, answer.left_out) == (False, (), ())
    words = [stretch.result(DEADLINE_S) for stretch in answer.stretches]
    said = stitched(words, "tiny.en", first_s=answer.voiced[0].start_s, last_s=answer.voiced[-1].end_s)
    assert word_error_rate(one.reference, said.text) <= 0.2, said.text
    pcm, rate_hz = soundfile.read(answer.wav, dtype="int16")
    assert (rate_hz, len(pcm)) == (16_000, round(one.seconds * 16_000))


def test_a_file_goes_on_after_a_soft_close(
    tmp_path: Path, transcriber: TranscriptionThread, vad: SileroVad
) -> None:
    """4.5 s of silence in the middle: longer than patience, and the answer goes on."""
    one = recorded("answers/strength-continued")
    room = on_files(transcriber, vad, one.path)
    answer = answer_from_file(room, tmp_path / "01.wav")
    room.listener.close()
    closes = [kind for kind in room.happened if kind.startswith("answer")]
    assert closes == ["answer_closed", "answer_reopened", "answer_closed"]
    assert (answer.closed_by, answer.open) == ("end", False)
    assert answer.reopened_after_s == (pytest.approx(4.5, abs=0.3),)
    assert answer.voiced[-1].end_s == pytest.approx(one.last_voiced_s, abs=0.1)
    text = " ".join(word.text for stretch in answer.stretches for word in stretch.result(DEADLINE_S))
    assert word_error_rate(one.reference, text) <= 0.2, text


def test_one_file_a_prompt_and_then_none_is_ready(
    tmp_path: Path, transcriber: TranscriptionThread, vad: SileroVad
) -> None:
    room = on_files(transcriber, vad, recorded("replies/yes").path, recorded("replies/no").path)
    for turn, name in ((1, "replies/yes"), (2, "replies/no")):
        assert room.listener.ready()
        answer = answer_from_file(room, tmp_path / f"{turn:02d}.wav", turn)
        assert answer.turn == turn
        assert answer.voiced[0].start_s == pytest.approx(recorded(name).first_voiced_s, abs=0.05)
    assert not room.listener.ready()
    room.listener.close()


def test_a_file_is_not_read_before_the_question_has_ended(
    tmp_path: Path, transcriber: TranscriptionThread, vad: SileroVad
) -> None:
    room = on_files(transcriber, vad, recorded("replies/yes").path)
    room.listener.begin(1, tmp_path / "01.wav")
    room.obeyed()
    assert room.listener.events.empty()
    room.listener.question_ended(1, None)
    assert room.until(Answered).voiced[0].start_s == pytest.approx(0.8, abs=0.05)
    room.listener.close()


def test_a_file_stands_still_while_paused(
    tmp_path: Path, transcriber: TranscriptionThread, vad: SileroVad
) -> None:
    room = on_files(transcriber, vad, recorded("replies/yes").path)
    room.listener.begin(1, tmp_path / "01.wav")
    room.listener.pause()
    room.listener.question_ended(1, None)
    room.rest()
    assert room.of(Answered) == []
    room.listener.go_on()
    assert room.until(Answered).voiced[0].start_s == pytest.approx(0.8, abs=0.05)
    room.listener.close()


def test_enter_on_a_file_closes_half_a_second_on(
    tmp_path: Path, transcriber: TranscriptionThread, vad: SileroVad
) -> None:
    room = on_files(transcriber, vad, recorded("demo/practice-real").path)
    room.listener.begin(1, tmp_path / "01.wav")
    room.listener.finish(1)
    answer = room.until(Answered)
    room.listener.close()
    assert answer.closed_by == "key"
    assert 0.5 <= soundfile.info(answer.wav).duration <= 0.7


def test_a_file_that_is_no_sound_is_a_fault_that_leaves_no_answer_out(
    tmp_path: Path, transcriber: TranscriptionThread, vad: SileroVad
) -> None:
    (tmp_path / "broken.wav").write_text("no sound at all")
    room = on_files(transcriber, vad, tmp_path / "broken.wav")
    room.listener.begin(1, tmp_path / "01.wav")
    room.listener.question_ended(1, None)
    fault = room.until(Fault)
    room.listener.close()
    assert fault.error.message == f"{tmp_path / 'broken.wav'} cannot be read as sound."
    assert fault.answer is not None
    assert (fault.answer.voiced, fault.answer.digital_silence) == ((), True)


# A microphone, with exact sounds: whatever is loud is speech


@pytest.fixture
def live() -> Iterator[Live]:
    room = Live()
    yield room
    room.listener.close()
    assert room.source.closed.is_set()


def test_patience_closes_an_answer(live: Live, tmp_path: Path) -> None:
    live.say(silence(5.0))  # before the first question: nobody listens
    live.begin(tmp_path / "01.wav")
    live.say(tone(2.0))  # the question itself, from the loudspeaker
    live.ended()
    live.say(silence(1.6), tone(3.2), silence(1.0), tone(0.96), silence(2.6))
    answer = live.until(Answered)
    assert answer.closed_by == "patience"
    assert live.happened == [
        "speech_started",
        "speech_paused",
        "speech_resumed",
        "speech_paused",
        "answer_closed",
    ]
    assert answer.question_ended_s == pytest.approx(2.0, abs=0.001)
    assert rounded(answer.voiced) == [
        (3.6, 6.7),
        (7.8, 8.7),
    ]
    ended = [event for event in live.told if isinstance(event, QuestionEnded)]
    assert [(event.turn, round(event.at_s, 3)) for event in ended] == [(1, 2.0)]


def test_a_recording_begins_two_seconds_before_the_question_ended(live: Live, tmp_path: Path) -> None:
    live.begin(tmp_path / "01.wav")
    live.say(silence(2.0), tone(2.5), silence(0.5))
    live.ended(live.source.now_s - 0.5)
    live.say(silence(1.6), tone(3.2), silence(2.8))
    answer = live.until(Answered)
    assert answer.question_ended_s == pytest.approx(2.0, abs=0.001)
    assert rounded(answer.voiced) == [(4.1, 7.2)]
    assert answer.end_s == pytest.approx(answer.voiced[-1].end_s + 0.5)
    assert soundfile.info(answer.wav).duration == pytest.approx(2.5 + 1.6 + 3.2 + 2.8, abs=0.11)


def test_an_answer_that_cuts_in_is_recorded_from_before_its_first_word(live: Live, tmp_path: Path) -> None:
    live.begin(tmp_path / "01.wav")
    live.say(silence(3.0), tone(2.0))
    live.ended(live.source.now_s - 0.5)
    live.say(tone(1.0), silence(2.8))
    answer = live.until(Answered)
    assert answer.question_ended_s == pytest.approx(2.0, abs=0.001)
    assert answer.voiced[0].start_s == pytest.approx(0.5, abs=0.04)  # 1.5 s before the question's end


def test_an_end_of_the_question_that_is_told_late_loses_nothing(live: Live, tmp_path: Path) -> None:
    """The answer before it might have gone on: up to 1.5 s, and the sound's way through the device."""
    live.begin(tmp_path / "01.wav")
    live.say(tone(30.0))
    ended_s = live.source.now_s
    live.say(silence(0.5), tone(1.0), silence(0.3))
    live.ended(ended_s)
    live.say(silence(2.5))
    answer = live.until(Answered)
    assert answer.question_ended_s == pytest.approx(2.0, abs=0.001)
    assert rounded(answer.voiced) == [(2.5, 3.4)]
    assert live.happened == ["speech_started", "speech_paused", "answer_closed"]


def test_enter_keeps_half_a_second_after_it_with_the_last_word_in_it(live: Live, tmp_path: Path) -> None:
    """Enter is pressed on the last word, whose sound is still on its way from the device."""
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.say(silence(1.0), tone(1.0))
    # The device is 0.3 s late: what it has given up to now ended that long ago.
    live.source.began_s = time.monotonic() - live.source.now_s - 0.3
    live.listener.finish(1)
    live.source.push(np.concatenate([tone(0.5), silence(1.0)]))
    answer = live.until(Answered)
    assert (answer.closed_by, answer.open) == ("key", False)
    assert answer.voiced[-1].end_s == pytest.approx(2.9, abs=0.05)
    assert soundfile.info(answer.wav).duration == pytest.approx(2.5 + 0.3 + 0.5, abs=0.15)


def test_enter_before_the_first_sound_of_a_turn_closes_it_half_a_second_on(
    live: Live, tmp_path: Path
) -> None:
    """Long into a session: the microphone has been open for a minute."""
    live.say(silence(60.0))
    live.begin(tmp_path / "01.wav")
    live.ended()
    live.finish()
    live.say(silence(1.0))
    live.rest()
    assert [(answer.closed_by, answer.voiced) for answer in live.of(Answered)] == [("key", ())]


def test_nobody_speaks_and_it_gives_up(tmp_path: Path) -> None:
    live = Live(Patience(give_up_s=5.0))
    live.begin(tmp_path / "01.wav")
    live.ended()
    live.say(silence(5.5))
    answer = live.until(Answered)
    live.listener.close()
    assert (answer.closed_by, answer.voiced, answer.digital_silence) == ("silence", (), True)
    assert live.happened == ["gave_up"]
    assert live.submitted.stretches == []


def test_a_question_without_sound_ends_at_its_moment_though_no_block_has_come_yet(
    live: Live, tmp_path: Path
) -> None:
    """Shown, not said: it ends 0.2 s into the first block that the device gives afterwards."""
    live.say(silence(1.0))
    live.begin(tmp_path / "01.wav")
    live.ended(live.source.now_s + 0.2)
    live.say(silence(1.2), tone(1.0), silence(2.8))
    answer = live.until(Answered)
    assert answer.question_ended_s == pytest.approx(0.2, abs=0.001)
    assert answer.voiced[0].start_s == pytest.approx(1.2, abs=0.04)


def test_pausing_takes_sound_off_the_clock(live: Live, tmp_path: Path) -> None:
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.say(silence(0.5), tone(1.0))
    live.listener.pause()
    live.obeyed()
    live.say(tone(4.0), silence(6.0))
    live.listener.go_on()
    live.obeyed()
    live.say(tone(1.0), silence(2.8))
    answer = live.until(Answered)
    assert "answer_reopened" not in live.happened
    assert rounded(answer.voiced) == [(1.0, 2.9)]
    assert rounded(answer.left_out) == [(2.0, 2.0)]
    assert soundfile.info(answer.wav).duration < 6.0


def test_silence_before_a_pause_does_not_close_after_it(live: Live, tmp_path: Path) -> None:
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.say(tone(1.0), silence(2.0))
    live.listener.pause()
    live.obeyed()
    live.say(silence(2.0))
    live.listener.go_on()
    live.obeyed()
    live.say(silence(5.8))
    live.rest()
    assert live.of(Answered) == []
    live.say(silence(0.4))
    assert live.until(Answered).closed_by == "patience"


def test_a_question_asked_anew_after_a_pause_is_recorded_from_then_on(live: Live, tmp_path: Path) -> None:
    live.begin(tmp_path / "01.wav")
    live.say(tone(1.0))
    live.listener.pause()
    live.obeyed()
    live.say(silence(3.0))
    live.listener.go_on()
    live.obeyed()
    live.say(tone(1.0))
    live.ended()
    live.say(silence(1.0), tone(1.0), silence(2.8))
    answer = live.until(Answered)
    assert answer.question_ended_s == pytest.approx(1.0, abs=0.001)
    assert answer.voiced[0].start_s == pytest.approx(2.0, abs=0.04)


def test_two_turns_on_one_open_microphone(live: Live, tmp_path: Path) -> None:
    for turn in (1, 2):
        live.begin(tmp_path / f"{turn:02d}.wav", turn)
        live.say(silence(0.5))
        live.ended(turn=turn)
        live.say(silence(turn * 1.0), tone(1.0), silence(2.8))
        answer = live.until(Answered)
        assert answer.turn == turn
        assert answer.question_ended_s == pytest.approx(0.5, abs=0.001)
        assert answer.voiced[0].start_s == pytest.approx(0.5 + turn, abs=0.04)


def test_an_ended_question_of_another_turn_is_ignored(live: Live, tmp_path: Path) -> None:
    live.begin(tmp_path / "02.wav", 2)
    live.say(silence(0.5))
    live.ended(turn=1)
    live.listener.finish(1)
    live.say(tone(1.0), silence(5.0))
    live.rest()
    assert live.of(QuestionEnded) == []
    assert live.of(Answered) == []


def test_lost_samples_are_told_and_counted(live: Live, tmp_path: Path) -> None:
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.source.push(tone(1.0), overflowed=True)
    live.source.push(silence(2.8))
    assert live.until(Answered).overflows == 1
    assert [event.turn for event in live.told if isinstance(event, Overflow)] == [1]


def test_lost_samples_count_though_no_sound_comes_with_the_news(live: Live, tmp_path: Path) -> None:
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.source.lose()
    live.source.push(np.concatenate([tone(1.0), silence(2.8)]))
    assert live.until(Answered).overflows == 1


def test_how_loud_it_is_is_told_all_the_time(live: Live, tmp_path: Path) -> None:
    live.say(silence(0.1), tone(0.1, level=16_384))
    levels = []
    while not live.listener.events.empty():
        event = live.listener.events.get()
        if isinstance(event, Level):
            levels.append(round(event.peak_dbfs))
    assert levels == [-96, -6]


def test_the_ear_looks_at_the_sound_without_its_own_voice_and_records_both(
    live: Live, tmp_path: Path
) -> None:
    """An echo of the question is in the raw sound alone."""
    live.begin(tmp_path / "01.wav")
    live.say(silence(2.0))
    live.ended()
    live.source.push(
        np.concatenate([tone(2.0), tone(1.0), silence(2.8)]),
        cleaned=np.concatenate([silence(2.0), tone(1.0), silence(2.8)]),
    )
    answer = live.until(Answered)
    assert rounded(answer.voiced) == [(4.0, 4.9)]
    live.listener.close()  # both files are written on for as long as the answer is open
    raw, _ = soundfile.read(tmp_path / "01.wav", dtype="int16")
    cleaned, _ = soundfile.read(tmp_path / "01.heard.wav", dtype="int16")
    assert len(raw) == len(cleaned)
    assert np.max(np.abs(raw[34_000:60_000])) > 7_000
    assert np.max(np.abs(cleaned[:63_000])) == 0
    assert np.array_equal(cleaned[65_000:79_000], raw[65_000:79_000])


# Devices that go and come back


def test_a_microphone_that_goes_and_comes_back_is_told_and_the_answer_goes_on(
    live: Live, tmp_path: Path
) -> None:
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.say(tone(1.0))
    live.source.trouble = "Desk microphone"
    assert live.until(DeviceLost) == DeviceLost("Desk microphone")
    live.source.device_name = "Headset"
    live.source.trouble = None
    assert live.until(DeviceBack) == DeviceBack("Headset")
    live.say(tone(1.0), silence(2.8))
    answer = live.until(Answered)
    assert rounded(answer.voiced) == [(0.5, 2.4)]
    assert len(live.of(DeviceLost)) == 1


def test_enter_while_there_is_no_microphone_closes_at_once(live: Live, tmp_path: Path) -> None:
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.say(tone(1.0))
    live.source.trouble = "Desk microphone"
    live.until(DeviceLost)
    live.listener.finish(1)
    answer = live.until(Answered)
    assert (answer.closed_by, answer.open) == ("key", False)
    assert rounded(answer.voiced) == [(0.5, 1.4)]


def test_enter_while_there_is_no_microphone_and_nothing_was_heard(live: Live, tmp_path: Path) -> None:
    live.source.trouble = "Desk microphone"
    live.until(DeviceLost)
    live.begin(tmp_path / "01.wav")
    live.listener.finish(1)
    answer = live.until(Answered)
    assert (answer.closed_by, answer.voiced, answer.digital_silence) == ("key", (), True)


GONE = GreenroomError("The microphone has gone.", "Plug it in.")


def test_a_microphone_that_goes_leaves_what_was_said(tmp_path: Path) -> None:
    live = Live()
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.say(silence(1.0), tone(2.0))
    live.source.fail(GONE)
    fault = live.until(Fault)
    live.listener.close()
    assert fault.error is GONE
    assert fault.answer is not None
    assert rounded(fault.answer.voiced) == [(1.5, 3.4)]
    assert soundfile.info(fault.answer.wav).duration == pytest.approx(3.5)
    assert len(fault.answer.stretches) == 1
    eventually(live.source.closed.is_set)


def test_a_microphone_that_goes_between_two_questions_is_told_too() -> None:
    live = Live()
    live.source.fail(GONE)
    assert live.until(Fault) == Fault(GONE, None)
    live.listener.close()


def test_an_unexpected_failure_is_told_and_never_swallowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even closing the recording fails: the fault is told all the same, its file is for recovery."""
    live = Live()
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.say(tone(1.0))

    def broken(*args: object) -> None:
        raise RuntimeError("out of luck")

    monkeypatch.setattr("greenroom.hearing.taking.Recorder.close", broken)
    monkeypatch.setattr(LiveSource, "read", broken)
    fault = live.until(Fault)
    live.listener.close()
    assert fault.error.message == "Listening failed: out of luck."
    assert fault.answer is None
    assert soundfile.info(tmp_path / "01.wav").duration == pytest.approx(1.5)


def test_closing_in_the_middle_of_an_answer_keeps_it(tmp_path: Path) -> None:
    live = Live()
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.say(tone(2.0))
    live.listener.close()
    answer = live.until(Answered)
    assert answer.closed_by == "key"
    assert rounded(answer.voiced) == [(0.5, 2.4)]


def test_sound_is_on_disk_before_anything_looks_at_it(tmp_path: Path) -> None:
    """The detector fails at the first loud block; the block is in the file."""

    class Failing(LoudnessVad):
        def __call__(self, pcm: Pcm) -> float:
            if super().__call__(pcm) > 0.5:
                raise RuntimeError("the detector is broken")
            return 0.0

    live = Live(vad=Failing())
    live.begin(tmp_path / "01.wav")
    live.say(silence(0.5))
    live.ended()
    live.source.push(tone(0.1))
    fault = live.until(Fault)
    live.listener.close()
    assert fault.error.message == "Listening failed: the detector is broken."
    assert soundfile.info(tmp_path / "01.wav").duration == pytest.approx(0.6)
