"""Speech becomes words, in the background, and a failure reaches whoever waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from e2e.words import word_error_rate
from greenroom.errors import GreenroomError, TranscriptionError
from greenroom.hearing import transcriber
from greenroom.hearing.load import load_whole
from greenroom.hearing.model_cost import remember_reply_speed
from greenroom.hearing.models import FinalRule, ModelFolder
from greenroom.hearing.stitching import stitched, transcript_of
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.transcriber import (
    FasterWhisper,
    GiveWay,
    Recogniser,
    drawn_in,
    load_recogniser,
    open_model,
)
from greenroom.hearing.transcription_thread import TranscriptionThread
from greenroom.types import Pcm, Word
from hearing.fakes import DEADLINE_S, eventually, silence, tone
from recordings import recorded


class FakeRecogniser:
    """Notes what it decodes; its one word says how many samples there were."""

    name = "fake"
    rule = StretchRule(1.0, 2.0)
    final = FinalRule()

    def __init__(self) -> None:
        self.decoded: list[int] = []
        self.go = threading.Event()
        self.go.set()
        self.fail_at: int | None = None

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        self.go.wait(DEADLINE_S)
        self.decoded.append(len(pcm))
        if len(pcm) == self.fail_at:
            raise ValueError("out of luck")
        return (Word(str(len(pcm)), 0.1, 0.2, 0.9),)

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        yield self.decode(pcm)


def test_tiny_hears_a_short_answer(tiny: FasterWhisper) -> None:
    one = recorded("replies/debrief-10-went-well")
    words = tiny.decode(load_whole(one.path))
    text = " ".join(word.text for word in words)
    assert word_error_rate(one.reference, text) <= 0.2, text
    assert all(0 <= word.start_s <= word.end_s <= one.seconds + 0.1 for word in words)
    assert all(0 <= word.probability <= 1 for word in words)


def test_a_larger_model_leaves_a_stretch_that_somebody_waits_for_to_its_helper(
    tiny: FasterWhisper, cache: Path
) -> None:
    base = open_model("base", cache)
    sound = load_whole(recorded("answers/human-jfk").path)
    assert base.decode(sound, hurried=True) == tiny.decode(sound, hurried=True)
    assert base.decode(sound) != tiny.decode(sound, hurried=True)


@pytest.mark.parametrize(
    ("name", "frames"),
    [("answers/human-jfk", 2000), ("replies/yes", 3000)],  # 11 s and 4 s; a frame is 10 ms
)
def test_no_more_silence_is_looked_at_than_it_takes(
    tiny: FasterWhisper, monkeypatch: pytest.MonkeyPatch, name: str, frames: int
) -> None:
    looked_at = []

    def encode(features: np.ndarray) -> object:
        looked_at.append(features.shape[-1])
        return tiny._model.__class__.encode(tiny._model, features)

    monkeypatch.setattr(tiny._model, "encode", encode)
    one = recorded(name)
    text = " ".join(word.text for word in tiny.decode(load_whole(one.path)))
    assert looked_at == [frames]
    assert word_error_rate(one.reference, text) <= 0.1, text
    tiny.decode(load_whole(recorded("replies/yes").path))
    assert looked_at[1:] == [3000]


def test_a_quiet_speaker_loses_no_words(tiny: FasterWhisper) -> None:
    one = recorded("demo/practice-real")
    quiet = np.round(load_whole(one.path) / 60).astype(np.int16)
    text = " ".join(word.text for word in tiny.decode(quiet))
    assert word_error_rate(one.reference, text) <= 0.2, text


def test_windows_are_decoded_as_they_are_asked_for(tiny: FasterWhisper) -> None:
    """Each step takes a window, so that other work can go between two of them."""
    one = recorded("answers/leadership")  # 38 s: two windows
    windows = tiny.windows(load_whole(one.path), primed=False)
    first = next(windows)
    rest = list(windows)
    assert 0 < first[-1].end_s <= 30.0
    assert rest
    assert rest[-1][-1].end_s > 30.0
    text = " ".join(word.text for words in (first, *rest) for word in words)
    assert word_error_rate(one.reference, text) <= 0.1, text


def test_hesitations_are_asked_for_in_every_window(tiny: FasterWhisper) -> None:
    """Also in the second one, where an initial prompt would be forgotten."""
    pcm = load_whole(recorded("answers/leadership").path)
    silence_s = 2.0
    long = np.concatenate([pcm, silence(silence_s), pcm])
    plain, primed = (
        [word for words in tiny.windows(long, primed=way) for word in words] for way in (False, True)
    )

    def hesitations(words: list[Word], from_s: float) -> int:
        return sum(
            word.text.lower().strip(",.") in {"um", "uh", "er"} for word in words if word.start_s >= from_s
        )

    assert hesitations(primed, 0.0) >= 6  # of 8
    assert hesitations(primed, 40.0) >= 3  # of 4
    assert hesitations(primed, 40.0) > hesitations(plain, 40.0)


@pytest.mark.parametrize(
    ("heard", "written"), [("um" + "m" * 200 + ",", "ummm,"), ("Hmm.", "Hmm."), ("10000", "10000")]
)
def test_a_drawn_out_hesitation_is_written_short(heard: str, written: str) -> None:
    assert drawn_in(heard) == written


def trimmed(name: str) -> Pcm:
    """From the first to the last voiced sample, with a quarter of a second around."""
    one = recorded(name)
    start, end = one.first_voiced_s - 0.25, one.last_voiced_s + 0.25
    return load_whole(one.path)[round(start * 16_000) : round(end * 16_000)]


def test_nothing_is_invented_after_the_last_word(tiny: FasterWhisper) -> None:
    """Left to itself the model thanks us at the end of this answer."""
    pcm = trimmed("demo/conflict")
    words = [word for words in tiny.windows(pcm, primed=False) for word in words]
    assert words[-1].text == "early."
    assert tiny.decode(pcm) == tuple(words)


def test_the_prompt_for_hesitations_is_not_written_over_the_end(tiny: FasterWhisper) -> None:
    """Left to itself the model ends this answer with "I, uh, I, uh, I, uh" thirty times."""
    windows = tiny.windows(trimmed("answers/leadership"), primed=True)
    words = [word.text for words in windows for word in words]
    assert word_error_rate(recorded("answers/leadership").reference, " ".join(words)) <= 0.1
    assert 2 <= sum(word.lower().strip(",.") in {"um", "uh", "er"} for word in words) <= 4


def test_no_sound_has_no_words(tiny: FasterWhisper) -> None:
    assert tiny.decode(np.empty(0, np.int16)) == ()


def test_a_model_that_cannot_be_loaded_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"nothing of the kind")
    with pytest.raises(TranscriptionError, match="The model broken could not be loaded: ") as raised:
        FasterWhisper(ModelFolder("broken", tmp_path, StretchRule()))
    assert "recordings are safe" in raised.value.remedy


def test_words_are_timed_on_the_recordings_clock() -> None:
    thread = TranscriptionThread(FakeRecogniser)
    assert thread.submit(silence(1.0), 12.5).result(DEADLINE_S) == (Word("16000", 12.6, 12.7, 0.9),)
    thread.close()


def test_short_stretches_jump_the_queue() -> None:
    fake = FakeRecogniser()
    fake.go.clear()
    thread = TranscriptionThread(lambda: fake)
    first = thread.submit(silence(0.25), 0.0)
    eventually(first.running)
    rest = [thread.submit(silence(seconds), 0.0) for seconds in (20.0, 8.0, 0.5, 8.0)]
    fake.go.set()
    for done in rest:
        done.result(DEADLINE_S)
    assert [samples / 16_000 for samples in fake.decoded] == [0.25, 0.5, 8.0, 8.0, 20.0]
    thread.close()


def test_a_failure_reaches_whoever_waits_and_the_next_stretch_still_works() -> None:
    fake = FakeRecogniser()
    fake.fail_at = 16_000
    thread = TranscriptionThread(lambda: fake)
    with pytest.raises(TranscriptionError) as raised:
        thread.submit(silence(1.0), 0.0).result(DEADLINE_S)
    assert raised.value.message == "The answer could not be transcribed: out of luck."
    assert raised.value.remedy == "Its recording is safe and is transcribed at the next start."
    assert thread.submit(silence(2.0), 0.0).result(DEADLINE_S)[0].text == "32000"
    thread.close()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (GreenroomError("Its digest is wrong.", "Install it anew."), "Its digest is wrong."),
        (MemoryError(), "The answer could not be transcribed: MemoryError."),
    ],
)
def test_a_model_that_does_not_load_fails_every_stretch_and_nothing_else(
    error: Exception, message: str
) -> None:
    def load() -> Recogniser:
        raise error

    thread = TranscriptionThread(load)
    for _ in range(2):
        with pytest.raises(GreenroomError) as raised:
            thread.submit(silence(1.0), 0.0).result(DEADLINE_S)
        assert raised.value.message == message
    assert thread.rule() == StretchRule()
    thread.close()


def test_the_rule_is_the_models_own_once_it_is_loaded() -> None:
    go = threading.Event()

    def load() -> Recogniser:
        go.wait(DEADLINE_S)
        return FakeRecogniser()

    thread = TranscriptionThread(load)
    assert thread.rule() == StretchRule()
    go.set()
    thread.recogniser.result(DEADLINE_S)
    assert thread.rule() == StretchRule(1.0, 2.0)
    thread.close()


def test_closing_finishes_the_stretch_in_hand_and_cancels_the_rest() -> None:
    fake = FakeRecogniser()
    fake.go.clear()
    thread = TranscriptionThread(lambda: fake)
    in_hand = thread.submit(silence(1.0), 0.0)
    eventually(in_hand.running)
    waiting = thread.submit(silence(2.0), 0.0)
    threading.Timer(0.2, fake.go.set).start()
    thread.close()  # waits for the stretch in hand
    assert in_hand.done()
    assert in_hand.result()[0].text == "16000"
    with pytest.raises(CancelledError):
        waiting.result(DEADLINE_S)


class Steps:
    """Background work of so many windows, which notes each in `done`; `go` lets it pass the first one."""

    def __init__(self, done: list[str], windows: int = 3) -> None:
        self.done = done
        self.windows = windows
        self.go = threading.Event()
        self.began = threading.Event()

    def __call__(self, recogniser: Recogniser, give_way: GiveWay) -> str:
        for window in range(self.windows):
            give_way()
            self.done.append(f"window {window}")
            self.began.set()
            self.go.wait(DEADLINE_S)
        return recogniser.name


class Noting(FakeRecogniser):
    """Notes its stretches among the windows of the background work."""

    def __init__(self, done: list[str]) -> None:
        super().__init__()
        self.done = done

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        words = super().decode(pcm)
        self.done.append(f"stretch {len(pcm) // 16_000}")
        return words


def test_background_work_gives_way_to_stretches_between_its_windows() -> None:
    done: list[str] = []
    thread = TranscriptionThread(lambda: Noting(done))
    steps = Steps(done)
    final = thread.later(steps)
    assert steps.began.wait(DEADLINE_S)
    stretches = [thread.submit(silence(seconds), 0.0) for seconds in (8.0, 2.0)]
    steps.go.set()
    assert final.result(DEADLINE_S) == "fake"
    assert all(stretch.done() for stretch in stretches)
    assert done == ["window 0", "stretch 2", "stretch 8", "window 1", "window 2"]
    thread.close()


def test_background_work_is_done_in_the_order_in_which_it_was_asked_for() -> None:
    thread = TranscriptionThread(FakeRecogniser)
    done: list[int] = []

    def work(number: int) -> int:
        done.append(number)
        return number

    futures = [thread.later(lambda _, __, number=number: work(number)) for number in range(3)]
    assert [future.result(DEADLINE_S) for future in futures] == [0, 1, 2]
    assert done == [0, 1, 2]
    thread.close()


def test_while_somebody_speaks_only_stretches_are_decoded() -> None:
    done: list[str] = []
    thread = TranscriptionThread(lambda: Noting(done))
    thread.recogniser.result(DEADLINE_S)
    thread.hold(True)
    steps = Steps(done)
    steps.go.set()
    final = thread.later(steps)
    for seconds in (2.0, 1.0):
        thread.submit(silence(seconds), 0.0).result(DEADLINE_S)
    assert done == ["stretch 2", "stretch 1"]
    assert not final.done()
    thread.hold(False)
    assert final.result(DEADLINE_S) == "fake"
    assert done == ["stretch 2", "stretch 1", "window 0", "window 1", "window 2"]
    thread.close()


def test_background_work_in_hand_stands_still_while_somebody_speaks() -> None:
    done: list[str] = []
    thread = TranscriptionThread(lambda: Noting(done))
    steps = Steps(done)
    final = thread.later(steps)
    assert steps.began.wait(DEADLINE_S)
    thread.hold(True)
    steps.go.set()
    thread.submit(silence(1.0), 0.0).result(DEADLINE_S)
    assert done == ["window 0", "stretch 1"]
    thread.hold(False)
    final.result(DEADLINE_S)
    thread.close()


def test_leaving_waits_for_no_more_than_the_window_in_hand() -> None:
    done: list[str] = []
    thread = TranscriptionThread(lambda: Noting(done))
    steps = Steps(done, windows=100)
    final, waiting = thread.later(steps), thread.later(steps)
    assert steps.began.wait(DEADLINE_S)
    threading.Timer(0.1, steps.go.set).start()
    thread.close()
    assert done == ["window 0"]
    assert final.cancelled()
    assert waiting.cancelled()


def test_leaving_ends_work_that_is_held_up() -> None:
    thread = TranscriptionThread(FakeRecogniser)
    thread.hold(True)
    final = thread.later(Steps([]))
    thread.close()
    assert final.cancelled()


def test_background_work_that_is_not_wanted_any_more_ends_at_its_next_window() -> None:
    done: list[str] = []
    thread = TranscriptionThread(lambda: Noting(done))
    steps = Steps(done)
    final = thread.later(steps)
    assert steps.began.wait(DEADLINE_S)
    assert final.cancel()
    steps.go.set()
    assert thread.later(lambda recogniser, _: recogniser.name).result(DEADLINE_S) == "fake"
    assert done == ["window 0"]
    thread.close()


def test_failing_background_work_reaches_whoever_waits_and_the_next_still_works() -> None:
    def fails(recogniser: Recogniser, give_way: GiveWay) -> None:
        raise MemoryError

    thread = TranscriptionThread(FakeRecogniser)
    with pytest.raises(TranscriptionError, match="could not be transcribed: MemoryError"):
        thread.later(fails).result(DEADLINE_S)
    assert thread.later(lambda recogniser, _: recogniser.name).result(DEADLINE_S) == "fake"
    assert thread.submit(silence(1.0), 0.0).result(DEADLINE_S)[0].text == "16000"
    thread.close()


def test_without_a_model_background_work_fails_as_stretches_do() -> None:
    def load() -> Recogniser:
        raise GreenroomError("Its digest is wrong.", "Install it anew.")

    thread = TranscriptionThread(load)
    with pytest.raises(GreenroomError, match="Its digest is wrong"):
        thread.later(lambda recogniser, _: recogniser.name).result(DEADLINE_S)
    thread.close()


def test_words_make_a_transcript() -> None:
    words = (Word("So,", 0.0, 0.2, 0.9), Word("um,", 0.3, 0.5, 0.8))
    transcript = transcript_of(list(words), "base", "final")
    assert (transcript.text, transcript.words) == ("So, um,", words)
    assert (transcript.model, transcript.kind) == ("base", "final")


class Timed:
    """A model that is as fast as the test says."""

    rule = StretchRule()
    final = FinalRule()

    def __init__(self, folder: ModelFolder, helper: object = None) -> None:
        self.name = folder.name

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        return ()

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        yield ()


@pytest.mark.parametrize(("speed", "taken"), [(0.1, "base"), (0.9, "tiny.en")])
def test_auto_takes_the_best_model_that_keeps_up_and_measures_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, speed: float, taken: str
) -> None:
    clock = [0.0]
    measured: list[float] = []

    def sample() -> Pcm:
        measured.append(speed)
        return tone(2.0)

    def tick() -> float:
        clock[0] += 2.0 * speed
        return clock[0]

    monkeypatch.setattr(transcriber, "FasterWhisper", Timed)
    monkeypatch.setattr(
        transcriber,
        "find_model",
        lambda name, cache, downloads: ModelFolder(name, tmp_path, StretchRule()),
    )
    monkeypatch.setattr(transcriber, "models_here", lambda downloads: ("tiny.en", "base"))
    monkeypatch.setattr(transcriber.time, "perf_counter", tick)
    for _ in range(2):
        assert load_recogniser("auto", tmp_path, sample).name == taken
    assert measured == [speed]
    assert load_recogniser("base", tmp_path, sample).name == "base"


def test_auto_does_not_load_a_model_that_is_known_to_be_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def found(name: str, cache: Path, downloads: Path) -> ModelFolder:
        loaded.append(name)
        return ModelFolder(name, tmp_path, StretchRule())

    monkeypatch.setattr(transcriber, "FasterWhisper", Timed)
    monkeypatch.setattr(transcriber, "find_model", found)
    monkeypatch.setattr(transcriber, "models_here", lambda downloads: ("tiny.en", "base", "medium.en"))
    remember_reply_speed("medium.en", tmp_path, 900.0)
    remember_reply_speed("base", tmp_path, 0.2)

    assert load_recogniser("auto", tmp_path, lambda: tone(1.0)).name == "base"
    assert loaded == ["base"]


def test_without_any_model_auto_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcriber, "models_here", lambda downloads: ())
    with pytest.raises(GreenroomError, match="No speech model is installed"):
        load_recogniser("auto", tmp_path, lambda: tone(1.0))


def test_stitching_holds_words_between_the_first_and_the_last_voiced_sample() -> None:
    words = stitched(
        [
            [Word("So,", -0.4, 0.2, 0.98765), Word("um,", 2.0, 2.4, 0.5)],
            [Word("the", 1.8, 2.1, 0.9), Word("end.", 7.0, 9.0, 0.8)],
        ],
        "tiny.en",
        first_s=1.5,
        last_s=6.25,
    )
    assert words.text == "So, um, the end."
    assert (words.model, words.kind) == ("tiny.en", "stitched")
    assert words.words == (
        Word("So,", 1.5, 1.5, 0.988),
        Word("um,", 2.0, 2.4, 0.5),
        Word("the", 2.0, 2.1, 0.9),
        Word("end.", 6.25, 6.25, 0.8),
    )


def test_stitching_nothing_gives_nothing() -> None:
    assert stitched([], "tiny.en", first_s=0.0, last_s=1.0).words == ()
    assert stitched([[], []], "tiny.en", first_s=0.0, last_s=1.0).text == ""


TIMES = st.floats(-20, 200)
WORDS = st.builds(Word, st.sampled_from(["a", "b", "c"]), TIMES, TIMES, st.floats(0, 1))


@given(
    stretches=st.lists(st.lists(WORDS, max_size=6), max_size=5),
    first_s=st.floats(0, 100),
    length_s=st.floats(0.1, 100),
)
def test_stitched_words_are_all_there_in_order_and_inside_the_answer(
    stretches: list[list[Word]], first_s: float, length_s: float
) -> None:
    last_s = first_s + length_s
    transcript = stitched(stretches, "tiny.en", first_s=first_s, last_s=last_s)
    given_texts = [word.text for stretch in stretches for word in stretch]
    assert [word.text for word in transcript.words] == given_texts
    assert transcript.text.split() == given_texts
    at_s = first_s - 0.001
    for word in transcript.words:
        assert at_s <= word.start_s <= word.end_s <= last_s + 0.001
        at_s = word.start_s
