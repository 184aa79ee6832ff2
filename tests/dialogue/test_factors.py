"""Factors found in somebody's own words, and when they are a pattern."""

from __future__ import annotations

import pytest

from dialogue.shipped import PROMPTS
from greenroom.dialogue.factors import Factor, named_in, read_factors, recurrence
from greenroom.dialogue.phrases import normalised
from greenroom.errors import GreenroomError

SHIPPED = read_factors((PROMPTS / "factors.toml").read_text("utf-8"), "factors.toml")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("I was so nervous.", ["nerves"]),
        ("My mind went blank.", ["nerves"]),
        ("I slept badly and I was tired.", ["tired"]),
        ("I didn't eat, I was hungry.", ["hungry"]),
        ("I hadn't eaten.", ["hungry"]),
        ("I was thrown by the second question.", ["flustered"]),
        ("I didn't know enough about the company.", ["unprepared-company"]),
        ("I hadn't read the job description.", ["unprepared-role"]),
        ("I couldn't think of an example.", ["unprepared-examples"]),
        ("I wasn't prepared.", ["unprepared-examples"]),
        ("I came late.", ["late"]),
        ("I misunderstood the question.", ["misread"]),
        ("I rambled, I went on and on.", ["rambled"]),
        ("I skirted the question.", ["skirted"]),
        ("I didn't answer the question.", ["skirted"]),
        ("I didn't know the answer.", ["technical-gap"]),
        ("I was not interested, honestly.", ["low-interest"]),
        ("I sold myself short.", ["self-doubt"]),
        ("My suit was too formal.", ["dress"]),
        ("The wifi broke down.", ["equipment"]),
        ("They were rude.", ["panel"]),
        ("I was well prepared.", ["prepared"]),
        ("I was nervous because I came late, and I was hungry.", ["nerves", "late", "hungry"]),
        ("I was not nervous.", []),
        ("It wasn't the nerves, I was tired.", ["tired"]),
        ("I was not late.", []),
        ("No nerves at all.", []),
        ("The weather.", []),
        ("", []),
    ],
)
def test_factors_in_ones_own_words(text: str, ids: list[str]) -> None:
    assert [factor.id for factor in named_in(text, SHIPPED)] == ids


def test_the_factors_of_the_articles_ship_with_a_tip_each() -> None:
    assert {
        *("nerves", "tired", "hungry", "flustered", "unprepared-company", "unprepared-role"),
        *("unprepared-examples", "late", "misread", "rambled", "skirted", "technical-gap", "low-interest"),
    } <= {factor.id for factor in SHIPPED}
    assert all(factor.tip.endswith(".") for factor in SHIPPED)
    assert [p for factor in SHIPPED for p in factor.phrases if normalised(p) != p] == []
    every = [phrase for factor in SHIPPED for phrase in factor.phrases]
    assert len(every) == len(set(every))


def test_one_phrase_around_another_is_the_one_that_counts() -> None:
    short, longer = Factor("a", "A", ("calm",), "t"), Factor("b", "B", ("too calm to care",), "t")
    assert named_in("I was too calm to care.", (short, longer)) == (longer,)


@pytest.mark.parametrize(
    ("debriefs", "verdict"), [(1, "fluke"), (2, "twice"), (3, "pattern"), (7, "pattern")]
)
def test_once_is_a_fluke_and_three_times_a_pattern(debriefs: int, verdict: str) -> None:
    assert recurrence(debriefs) == verdict


FILE = '[[factors]]\nid = "cat"\nname = "the cat"\nphrases = ["my cat"]\ntip = "Close the door."\n'


def test_factors_of_ones_own_are_read() -> None:
    assert read_factors(FILE, "mine.toml") == (Factor("cat", "the cat", ("my cat",), "Close the door."),)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('id = "cat"', 'id = "Cat!"', "line 2: “id” must be an id"),
        ('name = "the cat"', "", "line 1: “name” must be a text"),
        ('["my cat"]', '"my cat"', "line 4: “phrases” must be a list of texts"),
        ('tip = "Close the door."', "tip = 3", "line 5: “tip” must be a text"),
        ("[[factors]]", "[[factor]]", "line 1: there is no"),
    ],
)
def test_a_wrong_factor_is_named_with_its_line(old: str, new: str, complaint: str) -> None:
    with pytest.raises(GreenroomError) as raised:
        read_factors(FILE.replace(old, new), "mine.toml")
    assert complaint in raised.value.message
