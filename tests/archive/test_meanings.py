"""Vectors are kept with what they were made of, and go with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from greenroom.archive import Archive, Hit, Near, Untold, Within
from greenroom.archive.sentences import RULE
from greenroom.errors import GreenroomError
from greenroom.types import Item, Transcript, Turn

STARTED = "2026-01-31T18:04:05+01:00"
PROMPT = "Tell me about a conflict."
VECTOR, SIGNS = b"a vector of something said", b"the signs of its numbers"


@pytest.fixture
def filled(archive: Archive, answer: Callable[..., Turn]) -> Archive:
    """Session 1: an answer of two sentences, an item, feedback; session 2: a skipped question."""
    archive.start_session("debrief", company="Acme", started_at=STARTED)
    answer(1, "We moved a database. The rollback failed.", PROMPT)
    archive.keep_item(1, Item("feeling", "Panic before the panel.", turn=1, at_s=3.5))
    archive.add_feedback(1, "Peter", "You looked calm.", None, STARTED)
    archive.start_session("practice", started_at=STARTED)
    archive.start_turn(2, part="interview", prompt_id="why", prompt="Why this company?")
    return archive


def learn(archive: Archive, model: str = "model 1") -> None:
    """Two bytes a sentence, and a byte of signs."""
    archive.count_untold(model)
    rows = archive.untold(100)
    archive.keep_meanings(
        model, [(row, b"xy" * len(row.sentences), b"s" * len(row.sentences)) for row in rows]
    )


def known(archive: Archive, within: Within = Within()) -> list[tuple[str, int, int]]:  # noqa: B008 - frozen
    ids = [number for number, _, _ in archive.outlines(within)]
    return sorted((one.table, one.id, len(one.vectors) // 2) for one in archive.meanings(ids))


def test_what_has_no_vectors_is_told_with_its_sentences(filled: Archive) -> None:
    assert filled.count_untold("model 1") == 4
    assert [(row.table, row.id, row.sentences) for row in filled.untold(100)] == [
        ("turns", 2, ("Why this company?",)),
        ("turns", 1, (PROMPT, "We moved a database.", "The rollback failed.")),
        ("items", 1, ("Panic before the panel.",)),
        ("feedback", 1, ("You looked calm.",)),
    ]
    assert [(row.table, row.id) for row in filled.untold(3)] == [("turns", 2), ("turns", 1), ("items", 1)]


def test_vectors_are_kept_and_what_has_them_is_not_told_again(filled: Archive) -> None:
    learn(filled)
    assert known(filled) == [("feedback", 1, 1), ("items", 1, 1), ("turns", 1, 3), ("turns", 2, 1)]
    assert (filled.count_untold("model 1"), filled.untold(100)) == (0, [])


def test_only_the_sessions_asked_for_are_given(filled: Archive) -> None:
    learn(filled)
    assert known(filled, Within(kind="practice")) == [("turns", 2, 1)]
    assert len(known(filled, Within(company="acme"))) == 3
    for look in (filled.outlines, filled.check_within):
        with pytest.raises(GreenroomError, match="No session is with “Umbra”"):
            look(Within(company="Umbra"))


def test_an_outline_tells_which_turn_it_is_of_and_its_signs(filled: Archive) -> None:
    filled.keep_item(2, Item("right", "  "))
    learn(filled)
    outlines = filled.outlines()
    assert sorted((turn or 0, signs) for _, turn, signs in outlines) == [
        (0, b"s"),
        (0, b"s"),
        (1, b"sss"),
        (2, b"s"),
    ]
    some = [number for number, turn, _ in outlines if turn == 1]
    assert [(one.table, one.id, one.vectors) for one in filled.meanings([*some, 99])] == [
        ("turns", 1, b"xyxyxy")
    ]


def test_vectors_of_another_model_or_rule_are_removed(filled: Archive, home: Path) -> None:
    learn(filled)
    assert filled.count_untold("model 2") == 4
    assert known(filled) == []
    learn(filled, "model 2")
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        assert db.execute("SELECT DISTINCT made_by FROM meanings").fetchall() == [(f"model 2, {RULE}",)]


def test_words_that_change_lose_their_vectors(filled: Archive) -> None:
    learn(filled)
    filled.store_transcript(
        1,
        Transcript("The second wording.", (), "base", "final"),
        timing=None,
        fillers=None,
        status="answered",
    )
    assert known(filled) == [("feedback", 1, 1), ("items", 1, 1), ("turns", 2, 1)]
    assert filled.count_untold("model 1") == 1


def test_a_change_of_anything_else_keeps_them(filled: Archive) -> None:
    learn(filled)
    filled.set_turn_status(1, "unfinished")
    filled.star_item(1)
    assert filled.count_untold("model 1") == 0


def test_vectors_worked_out_while_the_words_changed_are_not_kept(filled: Archive) -> None:
    old = filled.untold(100)
    filled.drop_items([1])
    filled.store_transcript(
        1,
        Transcript("The second wording.", (), "base", "final"),
        timing=None,
        fillers=None,
        status="answered",
    )
    filled.keep_meanings("model 1", [(row, b"xy", b"s") for row in old])
    assert known(filled) == [("feedback", 1, 1), ("turns", 2, 1)]


def test_vectors_go_with_their_session_and_not_a_byte_stays(filled: Archive, home: Path) -> None:
    rows = filled.untold(100)
    filled.keep_meanings("model 1", [(row, VECTOR, SIGNS) for row in rows])
    filled.delete(1)
    filled.delete(2)
    assert known(filled) == []
    for file in home.rglob("*"):
        for left in (VECTOR, SIGNS):
            assert not file.is_file() or left not in file.read_bytes(), file


def test_a_place_becomes_a_hit_with_its_sentence_marked(filled: Archive) -> None:
    places = [
        Near("items", 1, 0, 0.7),
        Near("turns", 1, 2, 0.6),
        Near("feedback", 1, 0, 0.5),
        Near("turns", 2, 0, 0.4),
    ]
    assert filled.near(places) == [
        Hit(1, 1, 3.5, "item", "⟦Panic before the panel.⟧", STARTED, PROMPT, 0.7),
        Hit(1, 1, 5.0, "answer", "⟦The rollback failed.⟧", STARTED, PROMPT, 0.6),
        Hit(1, None, None, "feedback", "Peter: ⟦You looked calm.⟧", STARTED, None, 0.5),
        Hit(2, 1, None, "question", "⟦Why this company?⟧", STARTED, "Why this company?", 0.4),
    ]


def test_a_place_that_is_gone_is_left_out(filled: Archive) -> None:
    assert filled.near([Near("turns", 9, 0, 0.7), Near("turns", 1, 7, 0.6), Near("items", 9, 0, 0.5)]) == []


def test_a_question_without_an_answer_has_one_sentence_and_an_empty_text_none() -> None:
    assert Untold("turns", 1, ("Why? And how?", None)).sentences == ("Why? And how?",)
    assert Untold("items", 1, ("  ",)).sentences == ()
