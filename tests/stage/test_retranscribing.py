"""Answers written down anew: whole or not at all, over no correction, and going on where it was killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from greenroom.archive import Archive
from greenroom.archive.corrections import KeptAnswer
from greenroom.errors import TranscriptionError
from greenroom.hearing.models import FinalRule
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.transcriber import FasterWhisper, Recogniser
from greenroom.stage.retranscribing import Rewritten, Step, Work, work_for, write_anew
from greenroom.types import Pcm, Span, Transcript, Turn, Word
from recordings import recorded


class Better:
    """Writes one word a stretch, which says how many it has heard so far."""

    name = "better"
    rule = StretchRule()
    final = FinalRule(whole=False)

    def __init__(self, *, stops_after: int | None = None, error: BaseException | None = None) -> None:
        self.heard = 0
        self._stops_after = stops_after
        self._error = error

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        if self._error is not None and self.heard == self._stops_after:
            raise self._error
        self.heard += 1
        return (Word(f"stretch{self.heard}", 0.3, 0.6, 0.9),)

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        yield ()


class Deaf(Better):
    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        return ()


def answer(
    archive: Archive, *spans: tuple[float, float], text: str = "in it tech", model: str = "tiny.en"
) -> Turn:
    """A finished session with one answer of these spans; 20 s each, a minute apart, unless given."""
    voiced = [Span(*span) for span in spans or ((1.0, 21.0),)]
    session = archive.start_session("practice")
    turn = archive.start_turn(session, part="interview", prompt_id="why", prompt="Why?")
    file = archive.session_audio_dir(session) / "01.flac"
    soundfile.write(file, np.full(round(16_000 * (voiced[-1].end_s + 1)), 500, np.int16), 16_000)
    archive.question_ended(turn.id, 0.5, f"audio/{session}/01.flac")
    archive.store_recording(turn.id, audio=f"audio/{session}/01.flac", timing=None, voiced=voiced)
    words = tuple(Word(word, 1.0 + at, 1.5 + at, 0.5) for at, word in enumerate(text.split()))
    archive.store_transcript(
        turn.id, Transcript(text, words, model, "final"), timing=None, fillers=None, status="answered"
    )
    archive.end_session(session, "finished")
    return turn


LONG = ((1.0, 21.0), (61.0, 81.0), (121.0, 141.0))
"""Three pieces: between them nobody speaks for so long that nothing is decoded there."""


def all_of_it(archive: Archive, *, force: bool = False) -> Work:
    return work_for(archive.kept_answers(), "better", force=force)


def run(
    archive: Archive,
    model: Recogniser,
    show: Callable[[Step], None] = lambda step: None,
    *,
    force: bool = False,
) -> Rewritten:
    return write_anew(archive, all_of_it(archive, force=force), lambda: model, show, force=force)


def moments(answers: list[KeptAnswer]) -> list[int]:
    return [one.session_id for one in answers]


def texts(archive: Archive) -> list[str | None]:
    return [archive.session(one.id).turns[0].transcript for one in reversed(archive.sessions())]


def test_new_words_come_with_their_measures_and_the_voice_s_times_stay(archive: Archive) -> None:
    turn = answer(archive)
    assert moments(run(archive, Better()).stored) == [1]
    [stored] = archive.session(1).turns
    assert (stored.transcript, stored.model, stored.transcript_is) == ("stretch1", "better", "final")
    assert stored.timing is not None
    assert (stored.timing.thinking_s, stored.timing.answer_s) == (0.5, 20.0)
    assert stored.timing.words_per_minute == 3.0
    assert archive.voiced(turn.id) == (Span(1.0, 21.0),)
    assert (stored.status, stored.audio) == ("answered", "audio/1/01.flac")


def test_what_a_model_has_written_it_does_not_write_again(archive: Archive) -> None:
    answer(archive)
    run(archive, Better())
    assert all_of_it(archive) == Work((), (), 1)


def test_killed_in_the_middle_it_goes_on_there_and_the_old_words_stay_until_then(
    archive: Archive, home: Path
) -> None:
    answer(archive, *LONG)
    with pytest.raises(KeyboardInterrupt):
        run(archive, Better(stops_after=2, error=KeyboardInterrupt()))
    assert texts(archive) == ["in it tech"]
    assert not archive.holds(1)
    again = Better()
    with Archive.open(home) as later:  # as after kill -9: nothing but what is on disk
        assert moments(run(later, again).stored) == [1]
    assert again.heard == 1
    assert texts(archive) == ["stretch1 stretch2 stretch1"]
    assert archive.drafts(1, "better") == {}


def test_how_far_it_is_is_told_piece_by_piece(archive: Archive) -> None:
    answer(archive, *LONG)
    answer(archive)
    steps: list[tuple[int, float]] = []
    run(archive, Better(), lambda step: steps.append((step.number, round(step.share, 2))))
    assert steps == [(1, 0.33), (1, 0.67), (1, 1.0), (2, 1.0)]
    new: list[bool] = []
    write_anew(archive, work_for(archive.kept_answers(), "deaf"), Deaf, lambda step: new.append(step.is_new))
    assert new == [True, True, False, False]


def test_a_correction_is_left_alone_unless_it_is_to_go(archive: Archive) -> None:
    turn = answer(archive)
    archive.correct(turn.id, "Initech", (), timing=None, fillers=None)
    work = all_of_it(archive)
    assert (work.answers, moments(list(work.corrected))) == ((), [1])
    assert texts(archive) == ["Initech"]
    assert moments(run(archive, Better(), force=True).stored) == [1]
    assert texts(archive) == ["stretch1"]


def test_a_correction_over_this_model_s_own_words_is_undone_by_force_too(archive: Archive) -> None:
    turn = answer(archive, model="better")
    archive.correct(turn.id, "Initech", (), timing=None, fillers=None)
    assert all_of_it(archive).done == 0
    assert moments(list(all_of_it(archive, force=True).answers)) == [1]


def test_a_correction_made_meanwhile_is_not_written_over(archive: Archive) -> None:
    turn = answer(archive)
    work = all_of_it(archive)
    archive.correct(turn.id, "Initech", (), timing=None, fillers=None)
    done = write_anew(archive, work, Better, lambda step: None)
    assert moments(done.changed) == [1]
    assert texts(archive) == ["Initech"]
    assert archive.drafts(turn.id, "better") == {}


def test_one_that_is_deleted_or_written_down_meanwhile_does_not_stop_the_others(archive: Archive) -> None:
    for _ in range(3):
        answer(archive)
    work = all_of_it(archive)
    archive.delete(1)
    assert moments(write_anew(archive, work, Better, lambda step: None).changed) == [1]
    assert texts(archive) == ["stretch1", "stretch1"]
    assert moments(write_anew(archive, work, Better, lambda step: None).changed) == [1, 2, 3]


def test_somebody_s_words_are_never_exchanged_for_none(archive: Archive) -> None:
    answer(archive)
    assert moments(run(archive, Deaf()).as_before) == [1]
    assert texts(archive) == ["in it tech"]


def test_a_short_reply_stays_as_it_is(archive: Archive) -> None:
    answer(archive, (1.0, 3.9))
    answer(archive, (1.0, 2.0), (3.5, 4.1))
    work = all_of_it(archive)
    assert (moments(list(work.answers)), work.short, work.done) == ([2], 1, 0)


def test_one_that_fails_does_not_keep_the_others_from_it(archive: Archive) -> None:
    answer(archive)
    answer(archive)
    broken = Better(stops_after=0, error=TranscriptionError("No.", "Wait."))
    assert moments([one for one, _ in run(archive, broken).failed]) == [1, 2]
    (archive.home / "audio" / "1" / "01.flac").unlink()
    done = run(archive, Better())
    assert (moments(done.lost), moments(done.stored)) == ([1], [2])
    assert texts(archive) == ["in it tech", "stretch1"]


def test_a_session_at_work_elsewhere_is_left_for_later(archive: Archive, home: Path) -> None:
    answer(archive)
    answer(archive)
    with Archive.open(home) as other:
        other.claim(1)
        done = run(archive, Better())
    assert (moments(done.busy), moments(done.stored)) == ([1], [2])


def test_a_real_model_writes_a_real_answer_down_anew(archive: Archive, tiny: FasterWhisper) -> None:
    conflict = recorded("demo/conflict")
    session = archive.start_session("practice")
    turn = archive.start_turn(session, part="interview", prompt_id="conflict", prompt="A conflict?")
    name = f"audio/{session}/01.flac"
    (archive.session_audio_dir(session) / "01.flac").write_bytes(conflict.path.read_bytes())
    archive.question_ended(turn.id, 0.0, name)
    archive.store_recording(
        turn.id, audio=name, timing=None, voiced=[Span(conflict.first_voiced_s, conflict.last_voiced_s)]
    )
    archive.store_transcript(
        turn.id, Transcript("nothing", (), "old", "final"), timing=None, fillers=None, status="answered"
    )
    archive.end_session(session, "finished")
    done = write_anew(archive, work_for(archive.kept_answers(), "tiny.en"), lambda: tiny, lambda step: None)
    assert len(done.stored) == 1
    [stored] = archive.session(session).turns
    assert stored.model == "tiny.en"
    text = (stored.transcript or "").lower()
    assert all(word in text for word in ("colleague", "customers", "lunch", "friday", "early"))
    assert stored.fillers is not None
    assert stored.fillers.count >= 1
    first_s, last_s = conflict.first_voiced_s - 0.001, conflict.last_voiced_s + 0.001
    assert all(first_s <= word.start_s <= word.end_s <= last_s for word in stored.words)
