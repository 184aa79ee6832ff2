"""Finding one's way in ten thousand answers: every place is found, and none besides."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from archive.big import ANSWERS, made
from greenroom.archive import MARK_END, MARK_START, Archive, Within
from greenroom.review.similar import Embedder, learn, similar
from greenroom.types import Transcript, Word

pytestmark = pytest.mark.xdist_group("big")
"""On one worker, so that only one opens it and copies it."""

Texts = list[tuple[int, str, str, str]]
"""Of each row: its session, what it is, what was asked or who said it, and what was said."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory)


@pytest.fixture(scope="module")
def big(home: Path) -> Iterator[Archive]:
    with Archive.open(home) as archive:
        yield archive


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Iterator[Archive]:
    """One to write into."""
    shutil.copytree(home, tmp_path / "copy")
    with Archive.open(tmp_path / "copy") as archive:
        yield archive


@pytest.fixture(scope="module")
def texts(home: Path) -> Texts:
    """Read without the program."""
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        rows = db.execute(
            """
            SELECT session_id, 'turn', prompt, coalesce(transcript, '') FROM turns
            UNION ALL SELECT session_id, 'item', '', text FROM items
            UNION ALL SELECT session_id, 'feedback', coalesce(who, ''), text FROM feedback
            """
        )
        return rows.fetchall()


def test_it_is_as_large_as_years_of_use(big: Archive, texts: Texts) -> None:
    answers = [said for _, what, _, said in texts if what == "turn" and said]
    assert len(answers) == ANSWERS == sum(summary.answered for summary in big.sessions())
    assert 900_000 < sum(len(said.split()) for said in answers) < 1_200_000
    assert {summary.kind for summary in big.sessions()} == {"practice", "debrief", "import"}
    assert sum(what == "item" for _, what, _, _ in texts) > 2_000
    assert big.running_ids() == big.unmended_ids() == []


def told(texts: Texts, patterns: Sequence[str]) -> set[tuple[int, str]]:
    """In which sessions all patterns are found, and in what, looked up one after the other."""
    looks = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    found = set()
    for session, what, asked, said in texts:
        if all(look.search(said) or look.search(asked) for look in looks):
            kind = "answer" if any(look.search(said) for look in looks) else "question"
            found.add((session, kind if what == "turn" else what))
    return found


@pytest.mark.parametrize(
    ("words", "patterns"),
    [
        ("deadline", [r"\bdeadline\b"]),
        ("promis*", [r"\bpromis\w*"]),
        ("q*", [r"\bq\w*"]),
        ("th* qu*", [r"\bth\w*", r"\bqu\w*"]),
        ('"in the end"', [r"\bin\W+the\W+end\b"]),
        ("disagreed manager", [r"\bdisagreed\b", r"\bmanager\b"]),
    ],
)
def test_every_place_is_found_and_none_besides(
    big: Archive, texts: Texts, words: str, patterns: list[str]
) -> None:
    hits = big.search(words, limit=100_000)
    expected = told(texts, patterns)
    assert len(expected) > 10
    assert {(hit.session_id, hit.kind) for hit in hits} == expected
    assert all(MARK_START in hit.snippet and MARK_END in hit.snippet for hit in hits)


def test_the_moment_is_that_of_the_word_that_is_marked(big: Archive) -> None:
    hits = [hit for hit in big.search("deadline", limit=100) if hit.kind == "answer"]
    assert len(hits) > 10
    for hit in hits:
        (turn,) = (turn for turn in big.session(hit.session_id).turns if turn.number == hit.turn)
        spoken = [word.text for word in turn.words if word.start_s == hit.at_s]
        assert [word.strip(".,;:?!").lower() for word in spoken] == ["deadline"]


def test_one_sentence_among_all_of_them_is_found_first_and_deleted_for_good(copy: Archive) -> None:
    session = copy.start_session("practice", company="Acme", started_at="2026-01-31T18:04:05+01:00")
    turn = copy.start_turn(session, part="interview", prompt_id="q", prompt="And then?")
    text = "We fixed the zeppelin. Nobody was hurt."
    words = tuple(Word(word, float(at), at + 0.5, 0.9) for at, word in enumerate(text.split(), 1))
    said = Transcript(text, words, "tiny.en", "final")
    copy.store_transcript(turn.id, said, timing=None, fillers=None, status="answered")
    (hit,) = copy.search("the zeppelin")
    assert (hit.session_id, hit.at_s, hit.snippet) == (session, 3.0, "We fixed ⟦the⟧ ⟦zeppelin⟧.")
    within = Within(since=date(2026, 1, 1), kind="practice", company="acme")
    assert [one.session_id for one in copy.search("the", within=within)] == [session]
    copy.delete(session)
    assert copy.search("zeppelin") == []
    assert not [file for file in copy.home.rglob("*") if file.is_file() and b"zeppelin" in file.read_bytes()]


class Drawn:
    """A model that draws its vectors; sentences with a word in them have half in common."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._rng = np.random.default_rng(1)
        self._common = self._rng.standard_normal(384, np.float32)
        self.drawn: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = self._rng.standard_normal((len(texts), 384), np.float32)
        for at, text in enumerate(texts):
            if self._word in text:
                vectors[at] += self._common
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        self.drawn |= {text: row for text, row in zip(texts, vectors, strict=True) if self._word in text}
        return vectors


def test_of_a_hundred_thousand_sentences_the_nearest_in_meaning_are_found(
    copy: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.review.similar.AT_ONCE", 1000)
    draw = Drawn("deadline")
    model = Embedder("drawn", draw)
    learn(copy, model, lambda done, total: None)
    assert sum(len(signs) for _, _, signs in copy.outlines()) > 48 * 90_000
    known = dict(draw.drawn)
    hits = similar(copy, "a deadline", model, Within(), 10)
    asked = draw.drawn["a deadline"]
    nearest = sorted((float(one @ asked) for one in known.values()), reverse=True)
    assert hits[0].likeness == pytest.approx(nearest[0], abs=0.005)
    # Two of them may be in one answer, which is found once.
    assert len(hits) == 10
    assert min(hit.likeness or 0.0 for hit in hits) > nearest[14] - 0.005
    assert all("deadline" in hit.snippet for hit in hits)
