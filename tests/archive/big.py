"""Makes an archive as large as years of use would: `python tests/archive/big.py HOME --answers 10000`.

Sessions of all kinds with their dates, companies, grades, ratings and items; answers of about a hundred words
in a language that resembles speech: a chain over the answers and passages that were written for this project,
which takes each word from where it has stood after the one before it, and names that nobody has. The same
seed makes the same archive. There is no sound in it: the recordings that answers name are not there, unless a
FLAC file is given to stand for each of them.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sqlite3
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from greenroom.archive import Archive
from greenroom.cli import data
from greenroom.coaching.fillers import count_fillers
from greenroom.dialogue.packs import Question
from greenroom.types import Item, SessionKind, Span, Timing, Transcript, Word

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]

ANSWERS = 10_000
"""In the archive that tests share."""

BEGAN = datetime(2023, 1, 2, 18, 0, tzinfo=timezone(timedelta(hours=1)))
DAYS = 1000
"""Over which the sessions are spread."""
MOST_WORDS = 400
AT_ONCE = 100
"""Sessions stored in one transaction."""

COMPANIES = (
    *("Acme", "Initech", "Northwind", "Fabrikam Bank", "Hooli", "Globex", "Umbra Health", "Stark & Sons"),
    *(
        "Wayfarer",
        "Bluth Homes",
        "Pied Piper",
        "Vandelay",
        "Contoso",
        "Soylent Foods",
        "Tyrell",
        "Oceanic Air",
    ),
)
ROLES = ("data engineer", "team lead", "nurse", "product manager", "accountant", "teacher")
KINDS: dict[SessionKind, float] = {"practice": 0.7, "debrief": 0.2, "import": 0.1}
ITEMS = ("feeling", "turning_point", "question", "mindset", "right", "wrong", "factor", "action", "success")
NAMES = {"feeling": ("before", "during", "after"), "mindset": ("interest", "sleep", "nerves")}
FACTORS = ("too-little-preparation", "nerves", "talked-too-long", "no-example")
GRADES = ("again", "hard", "good", "easy")
DEBRIEF_PROMPTS = {
    "free-recall": "Tell me how it went, from the beginning.",
    "feeling-before": "How did you feel walking in?",
    "turning-point": "Was there a moment when it changed?",
    "questions": "Which questions did they ask?",
    "wrong": "What went wrong?",
    "action": "What will you do differently?",
}

_MARKS = re.compile(r"\[[STAR]\]|\{[horxnuq]\||\}")


@dataclass
class Speech:
    """Words one after the other, as somebody might say them."""

    follows: dict[str, list[str]]
    rng: random.Random

    def sentence(self) -> str:
        word, said = "", []
        while len(said) < 30:
            word = self.rng.choice(self.follows[word])
            if not word:
                break
            said.append(word)
        text = " ".join(said)
        return text if text[-1] in ".?!" else f"{text.rstrip(',;:')}."

    def answer(self) -> str:
        """Some sentences, about a hundred words in the mean; now and then with a name in it."""
        wanted = min(MOST_WORDS, max(8, round(self.rng.lognormvariate(4.4, 0.55))))
        said: list[str] = []
        while len(said) < wanted:
            said += (self._named() if self.rng.random() < 0.05 else self.sentence()).split()
        return " ".join(said)

    def _named(self) -> str:
        # Few are often named and many once, as in life.
        project = _name(int(self.rng.paretovariate(0.8)) % 20_000)
        person = _name(int(self.rng.paretovariate(0.9)) % 5_000)
        return f"That was on {project}, with {person}, in {self.rng.randint(2009, 2025)}."


def _name(number: int) -> str:
    """A name that is no word: Bakemo, Tilura."""
    syllables = [first + second for first in "bdfgklmnprstv" for second in "aeiou"]
    letters = ""
    for _ in range(3):
        number, at = divmod(number * 31 + 17, len(syllables))
        letters += syllables[at]
    return letters.capitalize()


@cache
def _follows() -> dict[str, list[str]]:
    """After which word which ones have stood; "" begins and ends a sentence."""
    follows: dict[str, list[str]] = {}
    for text in _written():
        for sentence in re.split(r"(?<=[.?!])\s+", text):
            words = ["", *sentence.split(), ""]
            if len(words) > 4:
                for first, second in pairwise(words):
                    follows.setdefault(first, []).append(second)
    return follows


def _written() -> Iterator[str]:
    marked = ROOT / "tests" / "coaching" / "marked"
    for folder in (marked, marked / "held_out"):
        for row in tomllib.loads((folder / "answers.toml").read_text("utf-8"))["answers"]:
            yield _MARKS.sub("", row["said"])
        for name in ("messages", "points"):
            for row in tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))["pairs"]:
                yield row["passage"]
    for row in tomllib.loads((ROOT / "prompts" / "shown.toml").read_text("utf-8"))["qualities"]:
        yield from (*row["shows"], *row["contrary"])


def fill(home: Path, answers: int, seed: int = 1, sound: Path | None = None) -> int:
    """Fill an archive with this many answers, and return how many words are in them.

    Args:
        home: new, or with an archive in it that is added to.
        sound: one file for all of them (linked, so that it takes no room), on the same file system.
    """
    rng = random.Random(seed)
    questions = [
        question for pack in data.packs(home) for question in pack.questions if not question.improper
    ]
    maker = _Maker(Speech(_follows(), rng), rng, questions, sound)
    # An average session has five answers; the days are as many whatever that comes to.
    apart = timedelta(days=DAYS) / max(answers / 5, 1)
    number = 0
    with Archive.open(home) as archive:
        while maker.answers < answers:
            with archive.together():
                for _ in range(AT_ONCE):
                    if maker.answers >= answers:
                        break
                    maker.session(archive, BEGAN + number * apart, answers - maker.answers)
                    number += 1
    with sqlite3.connect(home / "greenroom.db") as db:
        # They did not all end just now.
        db.execute(
            """
            UPDATE sessions
            SET ended_at = strftime('%Y-%m-%dT%H:%M:%S', substr(started_at, 1, 19), '+25 minutes')
                || substr(started_at, 20)
            """
        )
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return maker.words


def made(factory: pytest.TempPathFactory) -> Path:
    """A home with ANSWERS answers, not to be changed: made once a run, by whoever comes first."""
    base = factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "big"
    with FileLock(home.with_suffix(".lock")):
        if not home.exists():
            begun = home.with_suffix(".new")
            shutil.rmtree(begun, ignore_errors=True)  # somebody stopped in the middle of it
            fill(begun, ANSWERS)
            begun.rename(home)
    return home


class _Maker:
    """Stores one session after the other, counting."""

    def __init__(
        self, speech: Speech, rng: random.Random, questions: Sequence[Question], sound: Path | None
    ) -> None:
        self._speech = speech
        self._rng = rng
        self._questions = questions
        self._sound = sound
        self.answers = 0
        self.words = 0

    def session(self, archive: Archive, at: datetime, most: int) -> None:
        kind = self._rng.choices(list(KINDS), list(KINDS.values()))[0]
        about = self._rng.random() < 0.6
        session = archive.start_session(
            kind,
            pack="general" if kind == "practice" else None,
            company=self._rng.choice(COMPANIES) if about else None,
            role=self._rng.choice(ROLES) if about else None,
            started_at=at.isoformat(timespec="seconds"),
        )
        if kind == "practice":
            self._practice(archive, session, at, most)
        elif kind == "debrief":
            self._debrief(archive, session, most)
        else:
            prompt = "A recording of your own"
            self._answer(
                archive,
                session,
                archive.start_turn(session, part="interview", prompt_id="import", prompt=prompt).id,
                1,
            )
        archive.end_session(session, "finished" if self._rng.random() < 0.95 else "interrupted")

    def _practice(self, archive: Archive, session: int, at: datetime, most: int) -> None:
        asked = self._rng.sample(self._questions, min(5, len(self._questions), most))
        rows = [{"id": one.id, "seconds": list(one.seconds), "kind": one.kind} for one in asked]
        archive.append_log(session, {"entry": "plan", "questions": rows})
        for number, question in enumerate(asked, 1):
            turn = archive.start_turn(session, part="interview", prompt_id=question.id, prompt=question.text)
            if self._rng.random() < 0.05:
                archive.set_turn_status(turn.id, "skipped")
                continue
            self._answer(archive, session, turn.id, number)
            archive.grade(
                session,
                number,
                self._rng.choice(GRADES),
                own=self._rng.random() < 0.5,
                at=at.isoformat(timespec="seconds"),
            )

    def _debrief(self, archive: Archive, session: int, most: int) -> None:
        for number, (prompt_id, prompt) in enumerate(list(DEBRIEF_PROMPTS.items())[:most], 1):
            turn = archive.start_turn(
                session, part="debrief", prompt_id=prompt_id, prompt=prompt, phase="first"
            )
            self._answer(archive, session, turn.id, number)
        parent: int | None = None
        for kind in ITEMS:
            names = FACTORS if kind == "factor" else NAMES.get(kind)
            item = Item(
                kind,
                self._speech.sentence(),
                name=self._rng.choice(names) if names else None,
                happy=self._rng.random() < 0.5 if kind == "question" else None,
                starred=kind in ("right", "wrong"),
                turn=self._rng.randint(1, min(most, len(DEBRIEF_PROMPTS))),
                at_s=round(self._rng.uniform(0.5, 20.0), 2),
                parent=parent if kind == "factor" else None,
            )
            kept = archive.keep_item(session, item)
            parent = kept if kind == "wrong" else parent
        archive.rate(session, "first", "gut", self._rng.randint(1, 10))
        if self._rng.random() < 0.3:
            at = BEGAN.isoformat(timespec="seconds")
            archive.add_feedback(session, _name(self._rng.randrange(50)), self._speech.sentence(), None, at)

    def _answer(self, archive: Archive, session: int, turn_id: int, number: int) -> None:
        text = self._speech.answer()
        words, voiced = self._timed(text.split())
        spoken_s = sum(span.duration_s for span in voiced)
        timing = Timing(
            thinking_s=words[0].start_s,
            answer_s=words[-1].end_s - words[0].start_s,
            speaking_s=spoken_s,
            longest_pause_s=max((b.start_s - a.end_s for a, b in pairwise(voiced)), default=0.0),
            words_per_minute=60 * len(words) / (words[-1].end_s - words[0].start_s),
        )
        if self._sound is not None:
            os.link(self._sound, archive.session_audio_dir(session) / f"{number:02}.flac")
        archive.store_recording(
            turn_id,
            audio=f"audio/{session}/{number:02}.flac",
            timing=timing,
            voiced=voiced,
            live=True,
        )
        archive.store_transcript(
            turn_id,
            Transcript(text, tuple(words), "tiny.en", "final"),
            timing=timing,
            fillers=count_fillers(text, timing.answer_s),
            status="answered",
        )
        self.answers += 1
        self.words += len(words)

    def _timed(self, spoken: Sequence[str]) -> tuple[list[Word], list[Span]]:
        # In whole hundredths: rounding a million times takes long.
        at = self._rng.randrange(50, 400)
        words, voiced, begun = [], [], at
        for text in spoken:
            if words and words[-1].text[-1] in ".?!":
                voiced.append(Span(begun / 100, words[-1].end_s))
                at = begun = at + self._rng.randrange(30, 200)
            end = at + 15 + 3 * len(text)
            words.append(Word(text, at / 100, end / 100, (60 + at % 40) / 100))
            at = end + 6
        voiced.append(Span(begun / 100, words[-1].end_s))
        return words, voiced


def main() -> None:
    """Fill the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--answers", type=int, default=ANSWERS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sound", type=Path)
    asked = parser.parse_args()
    began_s = time.monotonic()
    words = fill(asked.home, asked.answers, asked.seed, asked.sound)
    sys.stdout.write(f"{asked.answers:,} answers, {words:,} words, {time.monotonic() - began_s:.0f} s\n")


if __name__ == "__main__":
    main()
