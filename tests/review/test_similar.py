"""What is near in meaning is found, whatever words it was said in; each sentence is worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from greenroom.archive import Archive, Within
from greenroom.cli import wiring
from greenroom.errors import GreenroomError
from greenroom.meaning import is_here
from greenroom.review.similar import AT_ONCE, Embedder, learn, packed, similar
from greenroom.types import Item, Transcript

TOPICS = ("dog", "tax", "rain")


class Words:
    """A model that knows three topics by their words, and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        rows = [[float(topic in text.lower()) for topic in TOPICS] + [0.1] for text in texts]
        vectors = np.array(rows, np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def model() -> Words:
    return Words()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path) as archive:
        yield archive


def say(archive: Archive, text: str, prompt: str = "Tell me something.", company: str | None = None) -> int:
    """A session with one answer."""
    session = archive.start_session("practice", company=company, started_at="2026-01-31T18:04:05+01:00")
    turn = archive.start_turn(session, part="interview", prompt_id="q", prompt=prompt)
    said = Transcript(text, (), "tiny.en", "final")
    archive.store_transcript(turn.id, said, timing=None, fillers=None, status="answered")
    return session


def found(
    archive: Archive, model: Words, words: str, limit: int = 20, **within: str
) -> list[tuple[int, str]]:
    embedder = Embedder("words", model)
    learn(archive, embedder, lambda done, total: None)
    hits = similar(archive, words, embedder, Within(**within), limit)  # type: ignore[arg-type]
    return [(hit.session_id, hit.snippet) for hit in hits]


def test_the_sentence_is_found_that_is_about_it(archive: Archive, model: Words) -> None:
    say(archive, "It was a long day. The dog was ill again. We went on.")
    say(archive, "My tax was late that year.")
    assert found(archive, model, "a dog") == [(1, "⟦The dog was ill again.⟧")]


def test_the_nearest_comes_first_and_of_equals_the_newest(archive: Archive, model: Words) -> None:
    say(archive, "A dog in the rain again.")
    say(archive, "A dog again and again.")
    say(archive, "A dog as ever there.")
    assert [session for session, _ in found(archive, model, "dog")] == [3, 2, 1]
    assert [session for session, _ in found(archive, model, "dog", limit=1)] == [3]


def test_only_the_sessions_asked_for_are_looked_at(archive: Archive, model: Words) -> None:
    say(archive, "A dog again and again.", company="Acme")
    say(archive, "A dog again and again.")
    assert [session for session, _ in found(archive, model, "dog", company="acme")] == [1]


def test_a_question_is_found_once_where_it_was_asked_last(archive: Archive, model: Words) -> None:
    for _ in range(3):
        say(archive, "I would rather not say.", prompt="Do you have a dog?")
    assert found(archive, model, "dog") == [(3, "⟦Do you have a dog?⟧")]


def test_a_question_asked_often_leaves_room_for_answers(archive: Archive, model: Words) -> None:
    say(archive, "A dog in the rain again.")
    for _ in range(9):
        say(archive, "I would rather not say.", prompt="Do you have a dog?")
    assert found(archive, model, "dog", limit=2) == [
        (10, "⟦Do you have a dog?⟧"),
        (1, "⟦A dog in the rain again.⟧"),
    ]


def test_what_was_noted_as_it_was_said_is_found_once(archive: Archive, model: Words) -> None:
    say(archive, "The dog was ill again.")
    archive.keep_item(1, Item("wrong", "The dog was ill again", turn=1))
    archive.keep_item(1, Item("action", "Take the dog to somebody.", turn=1))
    assert found(archive, model, "dog") == [
        (1, "⟦Take the dog to somebody.⟧"),
        (1, "⟦The dog was ill again.⟧"),
    ]


def test_nothing_near_is_nothing_found(archive: Archive, model: Words) -> None:
    assert found(archive, model, "dog") == []
    say(archive, "My tax was late that year.")
    assert found(archive, model, "dog") == []


def test_each_sentence_is_worked_out_once(archive: Archive, model: Words) -> None:
    say(archive, "The dog was ill again.")
    found(archive, model, "dog")
    assert model.asked == ["Tell me something.", "The dog was ill again.", "dog"]
    say(archive, "The dog was well again.")
    found(archive, model, "dog")
    assert model.asked[3:] == ["Tell me something.", "The dog was well again.", "dog"]


def test_what_was_worked_out_stays_when_it_is_interrupted(archive: Archive, model: Words) -> None:
    for number in range(AT_ONCE + 4):
        say(archive, f"The dog number {number} was ill.")

    def stop(done: int, total: int) -> None:
        assert (done, total) == (AT_ONCE, AT_ONCE + 4)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        learn(archive, Embedder("words", model), stop)
    assert archive.count_untold("words") == 4
    told: list[tuple[int, int]] = []
    learn(archive, Embedder("words", model), lambda done, total: told.append((done, total)))
    assert told == [(4, 4)]


@pytest.mark.parametrize("words", ["", "!?", "\0", "*"])
def test_no_word_at_all_gets_a_remedy(archive: Archive, model: Words, words: str) -> None:
    with pytest.raises(GreenroomError, match="no word to search for"):
        similar(archive, words, Embedder("words", model), Within(), 20)


def test_a_byte_a_number_changes_a_likeness_by_very_little() -> None:
    made = np.random.default_rng(7)
    vectors = made.standard_normal((50, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = packed(vectors)
    assert {(len(one.vector), len(one.signs)) for one in kept} == {(388, 48)}
    scales = np.array([np.frombuffer(one.vector[:4], "<f4")[0] for one in kept])
    values = np.array([np.frombuffer(one.vector[4:], np.int8) for one in kept], np.float32) * scales[:, None]
    assert np.abs(values @ vectors.T - vectors @ vectors.T).max() < 0.003


def made_up(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors as wide as real ones, drawn by the text; those that tell of a dog have half in common."""
    rows = [np.random.default_rng(list(text.encode())).standard_normal(384) for text in texts]
    common = np.random.default_rng(1).standard_normal(384)
    vectors = np.array([row + common * ("dog" in text) for text, row in zip(texts, rows, strict=True)])
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_of_many_rows_only_likely_ones_are_compared_and_the_nearest_are_among_them(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(120):
        animal = "dog" if number % 12 == 0 else "cat"
        say(archive, f"My {animal} number {number} was ill.", prompt=f"What about animal {number}?")
    model = Embedder("made up", made_up)
    learn(archive, model, lambda done, total: None)
    whole = similar(archive, "a dog", model, Within(), 5)
    assert ["dog" in hit.snippet for hit in whole] == [True] * 5
    monkeypatch.setattr("greenroom.review.similar.CANDIDATES", 30)
    assert similar(archive, "a dog", model, Within(), 5) == whole


def test_a_question_asked_often_leaves_room_among_the_likely_too(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.review.similar.CANDIDATES", 4)
    say(archive, "The dog was ill again.", prompt="What about the rain?")
    for _ in range(9):
        say(archive, "I would rather not say.", prompt="Do you have a dog?")
    model = Embedder("made up", made_up)
    learn(archive, model, lambda done, total: None)
    hits = similar(archive, "a dog", model, Within(), 2)
    assert {(hit.session_id, hit.snippet) for hit in hits} == {
        (10, "⟦Do you have a dog?⟧"),
        (1, "⟦The dog was ill again.⟧"),
    }


@pytest.mark.skipif(not is_here(), reason="the extra “meaning” is not installed")
def test_the_real_model_finds_other_words_for_the_same(archive: Archive, tmp_path: Path) -> None:
    said = (
        "A customer shouted at me on the phone, and I let her finish before I said a word.",
        "We moved all the records to a new database over one weekend.",
        "I learned to cook from my grandmother when I was twelve.",
    )
    for text in said:
        say(archive, text)
    model = wiring.embedder(tmp_path)
    learn(archive, model, lambda done, total: None)
    for number, asked in enumerate(("dealing with angry clients", "data migration", "a recipe at home"), 1):
        hits = similar(archive, asked, model, Within(), 20)
        assert hits[0].session_id == number
        assert hits[0].likeness is not None
        assert 0.25 <= hits[0].likeness <= 1.0
