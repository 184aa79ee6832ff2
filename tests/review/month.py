"""A month of rehearsals with a known course, made from recorded answers.

Four recordings are heard once, by the program itself (`greenroom import`). From what it stored, sessions of
five weeks are made: two evenings a week, the same four questions. `Plan` says what changes, and nothing else
does: how long the person thinks, how many hesitations they make, how the story of the first question ends.
Hesitations are cut out of sound and words alike; a story without its end is the beginning of the recording.

By hand: `python tests/review/month.py HOME` makes such a home, ending with the last whole week.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import soundfile

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from greenroom.archive import Archive
from greenroom.coaching.fillers import count_fillers, is_filler
from greenroom.coaching.timing import count_words, timing_of_spans
from greenroom.types import Grade, Span, Transcript, Word
from recordings import recorded

RECORDINGS = {
    "conflict": ("demo/conflict", "Tell me about a time you had a conflict with a colleague."),
    "weakness": ("demo/weakness", "What is your greatest weakness?"),
    "tell-me-about-yourself": ("demo/tell-me-about-yourself", "Tell me a little about yourself."),
    "why-this-company": ("answers/why-this-company", "Why would you like to work for us in particular?"),
}
"""By the question's id: what is heard, and how it is asked."""

MESSAGES = (
    "I keep a list of what I have promised.",
    "We showed a small part every Friday and shipped two weeks early.",
)
"""The first is told of every evening; the second only where the story of the first question has its end."""

EVENINGS = (1, 4)
"""Days after Monday: Tuesday and Friday."""

OFFSET = "+01:00"


@dataclass(frozen=True)
class Plan:
    """What changes from week to week.

    Attributes:
        thinking_s: before each answer, by week; each evening a little more or less.
        fillers_kept: the share of each recording's own hesitations.
        whole_from: the evening, from 0, from which on the first question's story has its end.
        grades: of each question, by evening; where they end, its takes are not graded any more. So at the
            end the first and the third are well at hand, the second is to come back the next day, and the
            last has been waiting since the first week.
        guts: of one interview a week: right after it, and when calm.
    """

    thinking_s: tuple[float, ...] = (6.0, 5.0, 4.0, 3.0, 2.0)
    fillers_kept: tuple[float, ...] = (1.0, 0.7, 0.4, 0.2, 0.0)
    whole_from: int = 4
    grades: tuple[tuple[str, tuple[Grade, ...]], ...] = (
        ("conflict", ("again", "again", "again", "hard", "good", "good", "good", "good", "good", "easy")),
        ("weakness", ("good", "good", "good", "good", "good", "good", "good", "good", "hard", "again")),
        ("tell-me-about-yourself", ("good", "good", "easy")),
        ("why-this-company", ("good",)),
    )
    guts: tuple[tuple[int, int], ...] = ((3, 5), (4, 6), (5, 7), (6, 8), (7, 8))

    @property
    def weeks(self) -> int:
        return len(self.thinking_s)


@dataclass(frozen=True)
class Heard:
    """A recording as the program heard it."""

    prompt_id: str
    question: str
    words: tuple[Word, ...]
    voiced: tuple[Span, ...]
    path: Path
    model: str

    @property
    def fillers(self) -> list[Span]:
        return [Span(word.start_s, word.end_s) for word in self.words if is_filler(word.text)]


def heard(home: Path) -> list[Heard]:
    """The recordings, brought in by the program into a home of their own."""
    files = [str(recorded(name).path) for name, _ in RECORDINGS.values()]
    steering = {name for name in os.environ if name.startswith("GREENROOM_")}
    environ = {name: value for name, value in os.environ.items() if name not in steering}
    subprocess.run(
        [sys.executable, "-m", "greenroom", "import", *files, "--model", "tiny.en"],
        env={**environ, "GREENROOM_HOME": str(home)},
        check=True,
        capture_output=True,
        timeout=280,
    )
    found = []
    with Archive.open(home) as archive:
        rows = archive.answers()
        for (prompt_id, (_, question)), (_, _, turn, answer) in zip(RECORDINGS.items(), rows, strict=True):
            assert turn.audio
            found.append(
                Heard(prompt_id, question, answer.words, answer.voiced, home / turn.audio, turn.model or "")
            )
    return found


def make(home: Path, recordings: Sequence[Heard], last: date, plan: Plan | None = None) -> Plan:
    """Fill a home with the month that ends in the week of `last`; the plan it follows comes back."""
    plan = plan or Plan()
    first = last - timedelta(days=last.weekday()) - timedelta(weeks=plan.weeks - 1)
    with Archive.open(home) as archive:
        archive.set_messages(MESSAGES, _at(first, 9))
        for evening, day in _evenings(first, plan.weeks):
            session = archive.start_session("practice", pack="general", started_at=_at(day))
            for one in recordings:
                _answer(archive, session, one, evening, plan)
            _grades(archive, session, recordings, evening, plan, _at(day, 19))
            archive.end_session(session, "finished")
        for week, (right_after, calm) in enumerate(plan.guts):
            _interview(archive, first + timedelta(weeks=week, days=2), right_after, calm)
    with closing(sqlite3.connect(home / "greenroom.db")) as db, db:  # an end is always now
        db.execute(
            "UPDATE sessions SET ended_at = substr(started_at, 1, 11) || '18:50:00' || substr(started_at, 20)"
        )
    return plan


def _evenings(first: date, weeks: int) -> Iterator[tuple[int, date]]:
    yield from enumerate(
        first + timedelta(weeks=week, days=days) for week in range(weeks) for days in EVENINGS
    )


def _answer(archive: Archive, session: int, one: Heard, evening: int, plan: Plan) -> None:
    week = evening // len(EVENINGS)
    unfinished = one.prompt_id == "conflict" and evening < plan.whole_from
    said = _beginning(one) if unfinished else one
    drop = len(said.fillers) - round(len(said.fillers) * plan.fillers_kept[week])
    cuts = said.fillers[len(said.fillers) - drop :]
    said = _without(said, cuts)
    # The first evening of a week a little slower than the second.
    thinking_s = plan.thinking_s[week] + (0.2, -0.2)[evening % len(EVENINGS)]
    asked_at_s = said.voiced[0].start_s - thinking_s
    turn = archive.start_turn(session, part="interview", prompt_id=one.prompt_id, prompt=one.question)
    audio = f"audio/{session}/{turn.number:02}.flac"
    path = archive.session_audio_dir(session) / f"{turn.number:02}.flac"
    _sound(one.path, path, cuts, said.voiced[-1].end_s + 0.3)
    archive.question_ended(turn.id, asked_at_s, audio)
    timing = timing_of_spans(said.voiced, asked_at_s, count_words(said.words))
    archive.store_recording(turn.id, audio=audio, timing=timing, voiced=said.voiced, live=False)
    text = " ".join(word.text.strip() for word in said.words)
    archive.store_transcript(
        turn.id,
        Transcript(text, said.words, one.model, "final"),
        timing=timing,
        fillers=count_fillers(said.words, timing.answer_s if timing else 0.0),
        status="answered",
    )


def _beginning(one: Heard) -> Heard:
    """The first half of an answer, up to a pause."""
    half_s = (one.voiced[0].start_s + one.voiced[-1].end_s) / 2
    voiced = tuple(span for span in one.voiced if span.end_s <= half_s)
    end_s = voiced[-1].end_s
    return replace(one, voiced=voiced, words=tuple(word for word in one.words if word.end_s <= end_s + 0.1))


def _without(one: Heard, cuts: Sequence[Span]) -> Heard:
    """The same with stretches of time cut out, and the words in them."""

    def moved(at_s: float) -> float:
        return at_s - sum(min(max(at_s - cut.start_s, 0.0), cut.duration_s) for cut in cuts)

    gone = {(cut.start_s, cut.end_s) for cut in cuts}
    words = tuple(
        replace(word, start_s=moved(word.start_s), end_s=moved(word.end_s))
        for word in one.words
        if (word.start_s, word.end_s) not in gone
    )
    spans = (Span(moved(span.start_s), moved(span.end_s)) for span in one.voiced)
    return replace(one, words=words, voiced=tuple(span for span in spans if span.duration_s > 0.01))


def _sound(source: Path, target: Path, cuts: Sequence[Span], length_s: float) -> None:
    """The recording without the cuts, up to a moment after them."""
    pcm, rate = soundfile.read(source, dtype="int16")
    for cut in reversed(cuts):
        pcm = np.delete(pcm, slice(round(cut.start_s * rate), round(cut.end_s * rate)))
    soundfile.write(target, pcm[: round(length_s * rate)], rate)


def _grades(
    archive: Archive, session: int, recordings: Sequence[Heard], evening: int, plan: Plan, at: str
) -> None:
    by_question = dict(plan.grades)
    for number, one in enumerate(recordings, 1):
        grades = by_question.get(one.prompt_id, ())
        if evening < len(grades):
            archive.grade(session, number, grades[evening], own=True, at=at)


def _interview(archive: Archive, day: date, right_after: int, calm: int) -> None:
    session = archive.start_session("debrief", company="Initech", started_at=_at(day))
    for phase, gut in (("first", right_after), ("second", calm)):
        turn = archive.start_turn(session, part="debrief", phase=phase, prompt_id="gut", prompt="How was it?")
        told = Transcript(f"A {gut}.", (), "typed", "final")
        archive.store_transcript(turn.id, told, timing=None, fillers=None, status="answered")
        archive.rate(session, phase, "gut", gut)
    archive.set_outcome(session, "next-round" if right_after > 4 else "rejected", day + timedelta(days=3))
    archive.end_session(session, "finished")


def _at(day: date, hour: int = 18) -> str:
    return datetime.combine(day, time(hour, 30)).isoformat(timespec="seconds") + OFFSET


if __name__ == "__main__":
    [target] = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        make(Path(target), heard(Path(folder)), date.today() - timedelta(weeks=1))
    sys.stdout.write(f"GREENROOM_HOME={target} greenroom trends\n")
