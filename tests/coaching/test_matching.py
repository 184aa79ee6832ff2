"""Phrases in the words of an answer."""

from __future__ import annotations

import pytest

from greenroom.coaching.matching import Phrases, phrase_of
from greenroom.coaching.tokens import said, tokens_of
from greenroom.types import Answer


def found(phrases: Phrases, text: str) -> list[str]:
    tokens = tokens_of(Answer("", text))
    return [said(tokens, match.begin, match.end) for match in phrases.find(tokens)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We cut it in half.", ["cut it in half"]),
        ("We cut the whole thing in half.", ["cut the whole thing in half"]),
        ("We halved it in half.", ["halved it in half"]),
        ("We cut in half.", ["cut in half"]),
        ("We cut a bit of the thing in half.", []),
        ("We cut it. In half.", []),
        ("We, um, cut it, uh, in half.", ["cut it in half"]),
        ("cut", []),
    ],
)
def test_dots_stand_for_up_to_three_words_of_the_same_sentence(text: str, words: list[str]) -> None:
    assert found(Phrases.of([phrase_of("cut/halved ... in half")]), text) == words


def test_the_longest_phrase_wins() -> None:
    phrases = Phrases.of([phrase_of("so"), phrase_of("so far"), phrase_of("so far away")])
    assert found(phrases, "So far away, so far. So.") == ["so far away", "so far", "so"]


def test_neighbours_make_something_else_of_it() -> None:
    phrases = Phrases.of([phrase_of("kind of", ["what"], ["blue"])])
    assert found(phrases, "What kind of? Kind of blue. What. Kind of. Kind of.") == ["kind of", "kind of"]


def test_some_phrases_need_what_follows() -> None:
    phrases = Phrases.of([phrase_of("like", only_before=["ten"])])
    assert found(phrases, "like ten, like one, like.") == ["like"]


def test_some_phrases_stand_apart() -> None:
    phrases = Phrases.of([phrase_of("like", apart=True)])
    assert found(phrases, "It was, like, hard. I like, um, cats. Um, like, no. I like cats.") == ["like"] * 2


def test_some_phrases_end_a_clause() -> None:
    phrases = Phrases.of([phrase_of("since", last=True)])
    assert found(phrases, "Since then he came, and came since. He came since, too.") == ["since", "since"]


@pytest.mark.parametrize("text", ["", "...", "... of", "kind ..."])
def test_a_phrase_has_words_at_both_ends(text: str) -> None:
    with pytest.raises(ValueError):
        phrase_of(text)
