"""Hedges and openers, and the literal uses of the same words that are none."""

from __future__ import annotations

import pytest

from coaching.said import spoken, typed


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("It was kind of hard.", {"kind of": 1}),
        ("It was kind um of hard.", {"kind of": 1}),
        ("What kind of test do you mean?", {}),
        ("It was a new kind of work, the sort of work I like.", {}),
        ("I think it went well, I think.", {"i think": 2}),
        ("I think about the customer first.", {}),
        ("That is how I think.", {}),
        ("When I think of that winter, I smile.", {}),
        ("I just wanted to help.", {"just": 1}),
        ("I just finished school.", {}),
        ("It was a just cause.", {}),
        ("I had just left the house.", {}),
        ("It was not just me.", {}),
        ("We came in just in time.", {}),
        ("I guess we probably could, maybe.", {"i guess": 1, "maybe": 1, "probably": 1}),
        ("I believe in people.", {}),
        ("I believe it helped.", {"i believe": 1}),
        ("It was a bit late.", {"a bit": 1}),
        ("It took a bit of work.", {}),
        ("It was pretty much done, more or less.", {"more or less": 1, "pretty much": 1}),
        ("I kept at it. Kind. Of course.", {}),
    ],
)
def test_a_hedge_is_counted_where_it_is_not_meant_by_the_letter(text: str, hedges: dict[str, int]) -> None:
    assert typed(text).hedges.by_phrase == hedges


def test_a_hedge_names_its_word_and_moment() -> None:
    found = spoken("Um, it was Kind of, hard.").hedges
    assert [(one.text, one.place) for one in found.found] == [("Kind of", 3)]
    assert found.found[0].at_s == pytest.approx(1 + 3 * 0.4)
    assert found.per_minute == pytest.approx(60 / (6 * 0.4))


def test_a_typed_answer_has_hedges_but_no_minutes() -> None:
    found = typed("I guess so.").hedges
    assert (found.count, found.per_minute, found.found[0].at_s) == (1, None, None)


@pytest.mark.parametrize(
    ("text", "openers"),
    [
        ("So, I called. So we went.", {"so": 2}),
        ("Okay, so, um, basically it broke.", {"basically": 1, "okay": 1, "so": 1}),
        ("Um, so I called.", {"so": 1}),
        ("I called so often. It was so far.", {}),
        ("So far it works. So many came.", {}),
        ("Well done was the word. Well-known people came.", {}),
        ("Well, I called.", {"well": 1}),
        ("I waited. And so it began.", {"and so": 1}),
        ("Right after lunch I called.", {}),
        ("I said so basically well.", {}),
    ],
)
def test_an_opener_stands_at_the_beginning_of_a_sentence(text: str, openers: dict[str, int]) -> None:
    assert typed(text).openers.by_phrase == openers
