"""Spoken turns through a real listener, on recorded answers and on a microphone the test plays."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from dialogue.shipped import WORDS
from e2e.words import word_error_rate
from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Expects, Heard
from greenroom.errors import GreenroomError
from greenroom.hearing.endpoint import Patience
from greenroom.hearing.listener import Listener
from greenroom.hearing.source import FileSource, Source
from greenroom.hearing.transcriber import FasterWhisper, Recogniser
from greenroom.hearing.transcription_thread import TranscriptionThread
from greenroom.hearing.utterance import Hints
from greenroom.hearing.vad import SileroVad, Vad
from greenroom.stage import words
from greenroom.stage.captions import Captions
from greenroom.stage.crew import Crew
from greenroom.stage.keys import Key, Keys
from greenroom.stage.mending import mend
from greenroom.stage.spoken import SpokenTurns
from greenroom.stage.turns import Reopened
from greenroom.stage.voicing import Voicing
from greenroom.types import Pcm, Turn, Word
from hearing.fakes import LiveSource, LoudnessVad, QuickEar, eventually, silence, tone
from recordings import FOLDER, recorded
from stage.fakes import FakeRecogniser, FakeSpeaker, NotedScreen, Traced, press

ASK = Ask("conflict", "Tell me about a conflict.", part="interview")


@dataclass
class Stage:
    """One open session, and all that was shown and traced."""

    crew: Crew
    turns: SpokenTurns
    screen: NotedScreen
    trace: Traced

    @property
    def archive(self) -> Archive:
        return self.crew.archive

    @property
    def session_id(self) -> int:
        return self.crew.session_id

    @property
    def listener(self) -> Listener:
        return self.crew.listener

    @property
    def keys(self) -> Keys:
        return self.crew.keys

    def hear(self, *, aloud: bool = False) -> tuple[Heard, Turn]:
        """Ask once; what came back, and the turn as it is stored."""
        with self.archive.together():
            turn = self.archive.start_turn(
                self.session_id, part="interview", prompt_id=ASK.prompt_id, prompt=ASK.text
            )
        heard = self.turns.hear(ASK, turn, aloud=aloud)
        return heard, self.stored()

    def stored(self) -> Turn:
        return self.archive.session(self.session_id).turns[-1]

    def sound(self) -> Pcm:
        pcm, _ = soundfile.read(self.archive.home / str(self.stored().audio), dtype="int16")
        return np.asarray(pcm)

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self.trace.events]

    @property
    def audio_files(self) -> list[str]:
        return sorted(path.name for path in self.archive.session_audio_dir(self.session_id).iterdir())

    def settled(self) -> None:
        """No answer can go on any more, and all of them are final."""
        with self.crew.voicing.watched_by(self.turns.watch):
            self.turns.settle()
            self.turns.finish()


Opens = Callable[..., Stage]


@pytest.fixture
def opens(archive: Archive) -> Iterator[Opens]:
    """Opens a stage on files, or on another source; closed again afterwards."""
    opened: list[Stage] = []

    def open_stage(
        *files: Path,
        source: Source | None = None,
        recogniser: Recogniser | None = None,
        vad: Vad | None = None,
        speaker: FakeSpeaker | None = None,
        patience: Patience | None = None,
        ear: QuickEar | None = None,
        too_loud: bool = False,
    ) -> Stage:
        screen, keys, trace = NotedScreen(), Keys(listen=False), Traced()
        transcriber = TranscriptionThread(lambda: recogniser or FakeRecogniser())
        captions = Captions(transcriber.submit)
        listener = Listener(
            source or FileSource(files),
            vad or SileroVad(),
            captions.submit,
            transcriber.rule,
            patience or Patience(),
            ear.hints() if ear else None,
        )
        session_id = archive.start_session("practice")
        voicing = Voicing(speaker, keys, (ASK.text, "And then?"), screen.note)
        crew = Crew(
            archive=archive,
            session_id=session_id,
            listener=listener,
            transcriber=transcriber,
            captions=captions,
            voicing=voicing,
            screen=screen,
            keys=keys,
            trace=trace,
            says=WORDS,
            hints=lambda expects: ear.hints() if ear else None,
            too_loud=lambda: too_loud,
        )
        opened.append(Stage(crew, SpokenTurns(crew), screen, trace))
        return opened[-1]

    yield open_stage
    for stage in opened:
        stage.listener.close()
        stage.crew.transcriber.close()


def test_a_recorded_answer_is_heard_written_down_timed_and_stored(opens: Opens, tiny: FasterWhisper) -> None:
    one = recorded("demo/practice-real")
    stage = opens(one.path, recogniser=tiny)
    heard, turn = stage.hear()
    assert (heard.turn, heard.status, heard.command) == (1, "answered", None)
    assert word_error_rate(one.reference, heard.text) <= 0.2, heard.text
    assert (turn.status, turn.transcript, turn.transcript_is, turn.model) == (
        "answered",
        heard.text,
        "stitched",
        "tiny.en",
    )
    assert heard.timing == turn.timing
    assert turn.timing is not None
    assert turn.timing.thinking_s == pytest.approx(one.first_voiced_s, abs=0.05)
    assert turn.timing.answer_s == pytest.approx(one.last_voiced_s - one.first_voiced_s, abs=0.1)
    assert heard.first_word_s == turn.words[0].start_s
    assert turn.audio == "audio/1/01.wav"  # its FLAC is on its way
    stage.settled()
    turn = stage.stored()
    assert (turn.audio, turn.transcript_is) == ("audio/1/01.flac", "final")
    assert turn.timing is not None
    assert turn.timing.thinking_s == heard.timing.thinking_s
    assert stage.audio_files == ["01.flac"]
    assert len(stage.sound()) / 16_000 == pytest.approx(one.last_voiced_s + 0.5, abs=0.1)
    assert stage.screen.lines == [f"heard {heard.text}"]
    assert stage.events[:3] == ["question_started", "question_ended", "speech_started"]
    assert set(stage.events[3:-4]) <= {"speech_paused", "speech_resumed"}
    assert stage.events[-4:] == ["answer_closed", "turn_stored", "transcript_ready", "transcript_final"]


def test_the_question_is_said_and_the_next_one_prepared(opens: Opens) -> None:
    speaker = FakeSpeaker()
    stage = opens(recorded("replies/yes").path, speaker=speaker)
    stage.hear(aloud=True)
    assert speaker.said == [(ASK.text, True)]
    assert speaker.prepared == ["And then?"]


def test_prompts_without_a_file_are_skipped(opens: Opens) -> None:
    stage = opens(recorded("replies/yes").path)
    assert stage.hear()[0].status == "answered"
    heard, turn = stage.hear()
    assert (heard, turn.status, turn.audio) == (Heard(2, "skipped"), "skipped", None)
    assert stage.screen.lines[-1] == f"note {words.NO_MORE_FILES}"


def test_nobody_speaks_and_the_sound_is_kept_all_the_same(opens: Opens) -> None:
    stage = opens(FOLDER / "noise" / "room_tone.flac")
    heard, turn = stage.hear()
    assert heard == Heard(1, "skipped")
    assert (turn.status, turn.transcript, turn.audio) == ("skipped", None, "audio/1/01.wav")
    assert stage.events[-1] == "turn_stored"
    stage.settled()
    assert (stage.stored().status, stage.stored().audio) == ("skipped", "audio/1/01.flac")
    assert stage.audio_files == ["01.flac"]


def test_a_sound_without_words_is_no_answer(opens: Opens) -> None:
    stage = opens(recorded("replies/yes").path, recogniser=FakeRecogniser(""))
    heard, turn = stage.hear()
    assert (heard.status, heard.text) == ("skipped", "")
    assert (turn.status, turn.transcript) == ("skipped", "")


def test_a_failed_transcription_keeps_the_answer_and_the_next_start_writes_it_down(
    opens: Opens, archive: Archive
) -> None:
    stage = opens(recorded("replies/yes").path, recogniser=FakeRecogniser(fails=True))
    heard, turn = stage.hear()
    assert (heard.status, heard.text) == ("recorded", "")
    assert heard.timing is not None
    assert (turn.status, turn.transcript, turn.audio) == ("recorded", None, "audio/1/01.wav")
    assert turn.timing is not None
    assert stage.screen.lines == [f"note {words.NOT_TRANSCRIBED.format(reason='The model is broken.')}"]
    stage.settled()
    archive.end_session(1, "finished")
    [found] = mend(archive, FakeRecogniser)
    assert (found.answers, found.words) == (1, 3)
    assert stage.stored().status == "answered"


@pytest.mark.parametrize(
    ("key", "heard", "status"),
    [
        (Key.SKIP, Heard(1, "skipped"), "skipped"),
        (Key.STOP, Heard(1, "skipped", command="stop"), "skipped"),
    ],
)
def test_a_key_during_the_question_ends_the_turn_with_nothing_kept(
    opens: Opens, key: Key, heard: Heard, status: str
) -> None:
    stage = opens(recorded("replies/debrief-09-thats-all").path, speaker=FakeSpeaker(seconds=30.0))
    press(stage.keys, key)
    began_s = time.monotonic()
    assert stage.hear(aloud=True)[0] == heard
    assert time.monotonic() - began_s < 5
    assert (stage.stored().status, stage.stored().audio) == (status, None)
    assert stage.audio_files == []


def test_ctrl_c_during_the_question_keeps_the_session_and_raises(opens: Opens) -> None:
    stage = opens(recorded("replies/yes").path, speaker=FakeSpeaker(seconds=30.0))
    stage.keys._note(2, None)
    with pytest.raises(KeyboardInterrupt):
        stage.hear(aloud=True)
    assert stage.stored().status == "skipped"


# On a microphone that the test plays: whatever is loud is speech


class Played(LiveSource):
    """Its clock is the real one: what was pushed before `begin` was heard up to now."""

    def start_clock(self) -> None:
        self.began_s = time.monotonic() - self.now_s + self.began_s


def live(opens: Opens, **parts: Any) -> Stage:
    source = Played()
    stage = opens(source=source, vad=LoudnessVad(), **parts)
    stage.source = source  # type: ignore[attr-defined]
    return stage


def play(stage: Stage, *sounds: Pcm, then: Callable[[], None] = lambda: None) -> None:
    """Play into the microphone from another thread, once the question has been put."""
    source: Played = stage.source  # type: ignore[attr-defined]

    def go() -> None:
        eventually(lambda: "question_ended" in stage.events)
        time.sleep(0.1)
        source.start_clock()
        source.push(np.concatenate(sounds))
        source.wait_until_read()
        then()

    threading.Thread(target=go, daemon=True).start()


def test_stop_in_the_middle_of_an_answer_keeps_it_as_unfinished(opens: Opens) -> None:
    stage = live(opens)

    def stop() -> None:
        press(stage.keys, Key.STOP)
        time.sleep(0.2)
        stage.source.push(silence(3.0))  # type: ignore[attr-defined]

    play(stage, silence(0.5), tone(2.0), then=stop)
    heard, turn = stage.hear()
    assert (heard.status, heard.command, heard.text) == ("unfinished", "stop", "So, um, yes.")
    assert turn.status == "unfinished"
    stage.settled()
    assert stage.audio_files == ["01.flac"]


def test_ctrl_c_in_the_middle_of_an_answer_keeps_it_as_unfinished(opens: Opens) -> None:
    stage = live(opens)
    play(stage, silence(0.5), tone(2.0), then=lambda: stage.keys._note(2, None))
    with pytest.raises(KeyboardInterrupt):
        stage.hear()
    turn = stage.stored()
    assert (turn.status, turn.transcript) == ("unfinished", "So, um, yes.")
    assert turn.timing is not None
    assert turn.timing.answer_s == pytest.approx(1.9, abs=0.15)


def test_a_microphone_that_goes_keeps_the_answer_and_tells(opens: Opens) -> None:
    stage = live(opens)
    gone = GreenroomError("The microphone has gone.", "Plug it in.")
    play(stage, silence(0.5), tone(2.0), then=lambda: stage.source.fail(gone))  # type: ignore[attr-defined]
    with pytest.raises(GreenroomError, match="The microphone has gone"):
        stage.hear()
    assert (stage.stored().status, stage.stored().transcript) == ("unfinished", "So, um, yes.")
    assert stage.events[-1] == "error"


def test_patience_closes_an_answer_and_where_the_question_ended_is_stored_at_once(opens: Opens) -> None:
    stage = live(opens)
    ended: list[float | None] = []

    def look() -> None:
        # From a connection of its own, as the next start would see it after a kill.
        with Archive.open(stage.archive.home) as other:
            eventually(lambda: other.question_ended_s(1) is not None)
            ended.append(other.question_ended_s(1))
        stage.source.push(silence(3.0))  # type: ignore[attr-defined]

    play(stage, silence(1.0), tone(2.0), then=look)
    heard, turn = stage.hear()
    assert heard.status == "answered"
    assert ended and ended[0] is not None
    assert turn.timing is not None
    assert stage.events[-3:] == ["answer_closed", "turn_stored", "transcript_ready"]
    assert stage.screen.states[0] == words.WAITING
    assert words.HEARING in stage.screen.states


def test_a_dead_microphone_is_told_after_the_wait(opens: Opens) -> None:
    source = Played()
    stage = opens(source=source, vad=LoudnessVad(), patience=Patience(give_up_s=2.0))
    stage.source = source  # type: ignore[attr-defined]
    play(stage, silence(3.0))
    with pytest.raises(GreenroomError) as raised:
        stage.hear()
    assert raised.value.message == words.MICROPHONE_SILENT
    assert stage.stored().status == "skipped"


def test_after_two_prompts_without_a_sound_it_waits_until_somebody_is_back(opens: Opens) -> None:
    stage = live(opens, patience=Patience(give_up_s=2.0))
    nobody = tone(3.0, level=40)  # a quiet room: pure silence would be a dead microphone
    play(stage, nobody)
    assert stage.hear()[0].status == "skipped"
    assert words.PAUSED not in stage.screen.states

    def come_back() -> None:
        eventually(lambda: stage.events.count("question_ended") == 2)
        stage.source.push(nobody)  # type: ignore[attr-defined]
        eventually(lambda: words.PAUSED in stage.screen.states)
        press(stage.keys, Key.PAUSE)

    threading.Thread(target=come_back, daemon=True).start()
    assert stage.hear()[0].status == "skipped"
    assert stage.screen.lines[-1] == f"say {WORDS.paused_quiet}"


def test_a_model_that_did_not_load_is_told_before_a_question_is_wasted(opens: Opens) -> None:
    stage = opens(recorded("replies/yes").path)

    def broken() -> Recogniser:
        raise GreenroomError("Its digest is wrong.", "Install it anew.")

    transcriber = TranscriptionThread(broken)
    eventually(transcriber.recogniser.done)
    stage.turns = SpokenTurns(replace(stage.crew, transcriber=transcriber))
    with pytest.raises(GreenroomError, match="Its digest is wrong"):
        stage.hear()
    transcriber.close()
    assert stage.listener.ready()


# An answer closed by silence goes on


def two_questions(stage: Stage) -> tuple[Heard, Reopened]:
    """The first answer closes by itself; the next question is asked until somebody speaks on."""
    first, _ = stage.hear()
    with pytest.raises(Reopened) as raised, stage.crew.voicing.watched_by(stage.turns.watch):
        stage.hear(aloud=True)
    return first, raised.value


def speak_on(stage: Stage, *sounds: Pcm) -> None:
    """Play on as soon as the next question is being asked."""

    def go() -> None:
        eventually(lambda: stage.events.count("question_started") == 2)
        stage.source.push(np.concatenate(sounds))  # type: ignore[attr-defined]

    threading.Thread(target=go, daemon=True).start()


def test_who_speaks_on_over_the_next_question_goes_on_with_the_same_answer(opens: Opens) -> None:
    speaker = FakeSpeaker(seconds=30.0)
    stage = live(opens, speaker=speaker)
    play(stage, silence(0.5), tone(2.0), silence(2.8))
    speak_on(stage, tone(1.0), silence(4.5))
    first, reopened = two_questions(stage)
    assert speaker.playing is not None
    assert speaker.playing.stopped
    assert first.status == "answered"
    assert reopened.turn.number == 1
    assert stage.screen.lines[-1] == f"note {words.GOING_ON}"
    stage.archive.reopen_turn(reopened.turn.id)  # as the performer does
    stage.archive.drop_turn(stage.stored().id)
    second = reopened.go_on()
    assert (second.turn, second.status) == (1, "answered")
    turn = stage.stored()
    assert (turn.status, turn.audio) == ("answered", "audio/1/01.wav")
    assert turn.timing is not None and first.timing is not None
    assert turn.timing.answer_s > first.timing.answer_s + 2.5
    assert turn.timing.longest_pause_s > 2.5
    assert len(stage.archive.voiced(turn.id)) == 2
    assert stage.audio_files == ["01.wav"]
    of_first = [event for event, number in stage.trace.events if number == 1]
    assert of_first.count("answer_reopened") == 1
    assert of_first[-3:] == ["answer_closed", "turn_stored", "transcript_ready"]
    stage.settled()
    assert stage.stored().transcript_is == "final"
    assert stage.audio_files == ["01.flac"]


def test_who_speaks_on_when_all_has_been_asked_goes_on_too(opens: Opens) -> None:
    stage = live(opens)
    play(stage, silence(0.5), tone(2.0), silence(2.8))
    stage.hear()
    stage.source.push(tone(0.6))  # type: ignore[attr-defined]
    stage.source.wait_until_read()  # type: ignore[attr-defined]
    with pytest.raises(Reopened) as raised:
        stage.turns.settle()
    stage.source.push(np.concatenate([tone(0.4), silence(4.5)]))  # type: ignore[attr-defined]
    assert raised.value.go_on().status == "answered"
    stage.settled()


def test_who_speaks_on_while_the_words_are_waited_for_is_still_answering(opens: Opens) -> None:
    """The recogniser is slow; the script is told once, of the whole answer."""
    slow = threading.Event()

    class Slow(FakeRecogniser):
        def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
            slow.wait(20)
            return super().decode(pcm)

    stage = live(opens, recogniser=Slow())

    def go_on() -> None:
        eventually(lambda: "turn_stored" in stage.events)
        stage.source.push(tone(1.0))  # type: ignore[attr-defined]
        eventually(lambda: "answer_reopened" in stage.events)
        slow.set()
        stage.source.push(silence(4.5))  # type: ignore[attr-defined]

    play(stage, silence(0.5), tone(2.0), silence(2.8), then=go_on)
    heard, turn = stage.hear()
    assert (heard.status, turn.status) == ("answered", "answered")
    assert len(stage.archive.voiced(turn.id)) == 2
    assert stage.events.count("transcript_ready") == 1


def test_an_answer_is_settled_by_the_next_one(opens: Opens) -> None:
    speaker = FakeSpeaker()
    stage = live(opens, speaker=speaker)
    play(stage, silence(0.5), tone(2.0), silence(2.8))
    with stage.crew.voicing.watched_by(stage.turns.watch):
        stage.hear(aloud=True)
        stage.trace.events.clear()
        play(stage, silence(0.5), tone(2.0), silence(2.8))
        heard, _ = stage.hear(aloud=True)
    assert (heard.turn, heard.status) == (2, "answered")
    assert speaker.chimes == 2
    stage.settled()
    assert stage.audio_files == ["01.flac", "02.flac"]


def test_a_key_in_the_next_question_settles_the_answer_before_it(opens: Opens) -> None:
    stage = live(opens, speaker=FakeSpeaker(seconds=30.0))
    play(stage, silence(0.5), tone(2.0), silence(2.8))
    with stage.crew.voicing.watched_by(stage.turns.watch):
        stage.hear()
        press(stage.keys, Key.SKIP)

        def go() -> None:
            eventually(lambda: stage.events.count("question_ended") == 2)
            stage.source.start_clock()  # type: ignore[attr-defined]
            stage.source.push(silence(2.0))  # type: ignore[attr-defined]

        threading.Thread(target=go, daemon=True).start()
        began_s = time.monotonic()
        heard, _ = stage.hear(aloud=True)
    assert heard == Heard(2, "skipped")
    assert time.monotonic() - began_s < 10
    assert "answer_reopened" not in stage.events
    stage.settled()
    assert stage.audio_files == ["01.flac"]


def test_a_loud_loudspeaker_is_told_once_and_leaves_silence_before_the_question(opens: Opens) -> None:
    speaker = FakeSpeaker()
    stage = live(opens, speaker=speaker, too_loud=True)
    play(stage, silence(0.5), tone(2.0), silence(2.8))
    with stage.crew.voicing.watched_by(stage.turns.watch):
        stage.hear(aloud=True)
        speaker.said.clear()
        stage.source.push(tone(1.0))  # type: ignore[attr-defined]
        stage.source.wait_until_read()  # type: ignore[attr-defined]
        stage.source.push(silence(1.0))  # type: ignore[attr-defined]
        stage.source.wait_until_read()  # type: ignore[attr-defined]
        assert "answer_reopened" not in stage.events  # it was deaf: the program might have said that
        threading.Timer(0.4, lambda: stage.source.push(tone(1.0))).start()  # type: ignore[attr-defined]
        with pytest.raises(Reopened):
            stage.hear(aloud=True)
    assert speaker.said == []  # the question was never begun
    assert stage.screen.lines.count(f"note {words.TOO_LOUD}") == 1


# Spoken commands


def test_done_said_aloud_closes_the_answer_without_its_words(opens: Opens) -> None:
    stage = live(opens, ear=QuickEar("We quarrelled.", "that's my answer"))
    play(stage, silence(0.5), tone(2.0), silence(1.0), tone(1.0), silence(2.0))
    heard, turn = stage.hear()
    assert (heard.status, heard.command) == ("answered", None)
    assert stage.trace.commands == ["done"]
    assert turn.timing is not None
    assert turn.timing.answer_s == pytest.approx(1.9, abs=0.15)
    assert len(stage.archive.voiced(turn.id)) == 1
    assert len(stage.archive.left_out(turn.id)) == 1


def test_the_question_is_said_again_when_asked_for(opens: Opens) -> None:
    speaker = FakeSpeaker()
    stage = live(opens, speaker=speaker, ear=QuickEar("say it again", "We quarrelled."))

    def answer() -> None:
        eventually(lambda: len(speaker.said) == 2)
        time.sleep(0.3)
        stage.source.push(np.concatenate([tone(2.0), silence(3.0)]))  # type: ignore[attr-defined]

    play(stage, silence(0.5), tone(1.0), silence(0.7), then=answer)
    heard, turn = stage.hear(aloud=True)
    assert speaker.texts == [ASK.text, ASK.text]
    assert (heard.status, stage.trace.commands) == ("answered", ["repeat"])
    assert len(stage.archive.voiced(turn.id)) == 1


def test_a_known_short_reply_is_taken_from_the_quick_ear(opens: Opens) -> None:
    stage = live(opens, ear=QuickEar("Yes."))
    play(stage, silence(0.5), tone(0.6), silence(3.0))
    heard, turn = stage.hear()
    assert heard.text == turn.transcript == "Yes."
    assert [word.text for word in turn.words] == ["Yes."]


def test_any_other_short_reply_is_left_to_the_model(opens: Opens) -> None:
    stage = live(opens, ear=QuickEar("A cap here."))
    play(stage, silence(0.5), tone(0.6), silence(3.0))
    assert stage.hear()[0].text == "So, um, yes."


def test_the_ear_is_told_what_the_prompt_expects_and_a_whole_reply_closes_soon(opens: Opens) -> None:
    ear, asked = QuickEar("Six."), list[Expects | None]()

    def hints(ask: Ask) -> Hints:
        asked.append(ask.expects)
        return ear.hints()

    stage = live(opens)
    turns = SpokenTurns(replace(stage.crew, hints=hints))
    gut = Ask("gut", "From one to ten?", part="debrief", expects="number")
    turn = stage.archive.start_turn(stage.session_id, part="debrief", prompt_id="gut", prompt=gut.text)
    play(stage, silence(0.5), tone(0.6), silence(1.2))  # less than any patience
    heard = turns.hear(gut, turn, aloud=False)
    assert (heard.text, asked) == ("Six.", ["number"])
