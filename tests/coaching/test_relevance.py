"""The words of the question in the answer."""

from __future__ import annotations

from coaching.said import typed
from greenroom.coaching.measures import Relevance

QUESTION = "Tell me about a time you disagreed with your manager over a deadline."


def test_a_word_is_met_by_its_stem() -> None:
    found = typed("My managers set deadlines, and I disagree with them.", QUESTION).relevance
    assert found == Relevance(("disagreed", "manager", "deadline"), ("disagreed", "manager", "deadline"))


def test_a_word_is_met_by_one_that_says_the_same() -> None:
    found = typed("My boss and I had an argument.", QUESTION).relevance
    assert found is not None
    assert found.met == ("disagreed", "manager")


def test_nothing_is_met_in_an_answer_to_something_else() -> None:
    found = typed("I like cooking, and I grow my own tomatoes.", QUESTION).relevance
    assert found is not None
    assert found.met == ()


def test_a_question_without_telling_words_asks_for_nothing_in_particular() -> None:
    assert typed("I called the customer.", "Tell me about yourself.").relevance is None


def test_an_answer_without_words_meets_nothing_and_misses_nothing() -> None:
    assert typed("Um.", QUESTION).relevance is None
