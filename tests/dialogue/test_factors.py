"""Factors found in somebody's own words, and when they are a pattern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("My train was late.", ["late"]),
        ("The train was late, so I ran.", ["late"]),
        ("I got stuck in traffic.", ["late"]),
        ("I was nervous about the train.", ["nerves"]),
        ("They asked about my gap.", []),
        ("They asked about the role.", []),
        ("I asked about the team.", ["own-questions"]),
        ("I didn't know much about the company.", ["unprepared-company"]),
        ("I liked their products.", []),
        ("I did not know their products.", ["unprepared-company"]),
        ("I gave an example.", ["own-story"]),
        ("I had no examples.", ["unprepared-examples"]),
        ("My examples were weak.", ["unprepared-examples"]),
        ("I told the story about the lunch.", ["own-story"]),
        ("My story was weak.", ["unprepared-examples"]),
        ("My experience was not enough.", ["technical-gap"]),
        ("They liked my experience.", ["own-story"]),
        ("The technical questions were too hard.", ["technical-gap"]),
        ("The technical part went well.", []),
        ("The coding test went fine.", []),
        ("My nerves were fine.", []),
        ("My nerves were all over the place.", ["nerves", "rambled"]),
        ("I slept well.", ["calm"]),
        ("I didn't sleep well.", ["tired"]),
        ("I slept four hours.", ["tired"]),
        ("I was confident.", ["calm"]),
        ("I was not confident.", ["self-doubt"]),
        ("I wasn't calm.", ["nerves"]),
        ("My suit was fine.", []),
        ("I felt comfortable in my suit.", []),
        ("My suit was too tight.", ["dress"]),
        ("The connection was good.", []),
        ("The connection broke twice.", ["equipment"]),
        ("The screen froze.", ["equipment"]),
        ("I froze.", ["nerves"]),
        ("The sound of my own voice.", []),
        ("The room was cold.", []),
        ("They were very cold.", ["panel"]),
        ("My hands were cold.", ["nerves"]),
        ("I'm afraid I rambled.", ["rambled"]),
        ("I was afraid.", ["nerves"]),
        ("It took too long to find the room.", ["flustered"]),
        ("I talked too long.", ["rambled"]),
        ("I went on and on.", ["rambled"]),
        ("The interview was too long.", []),
        ("They were late.", ["panel"]),
        ("They rushed me.", ["panel"]),
        ("They laughed.", ["rapport"]),
        ("They laughed at me.", ["panel"]),
        ("They were not friendly.", ["panel"]),
        ("They listened.", ["rapport"]),
        ("They didn't listen.", ["panel"]),
        ("Their question was vague.", ["panel"]),
        ("I was vague.", ["skirted"]),
        ("I could have prepared better.", ["unprepared-examples"]),
        ("I should have been better prepared.", ["unprepared-examples"]),
        ("Not well prepared.", ["unprepared-examples"]),
        ("Well prepared.", ["prepared"]),
        ("Well prepared on the company.", ["prepared"]),
        ("I lost my train of thought.", ["rambled"]),
        ("I don't have enough experience.", ["technical-gap"]),
        ("Something they did.", ["panel"]),
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
    for helps in (False, True):
        every = [phrase for factor in SHIPPED if factor.helps is helps for phrase in factor.phrases]
        assert len(every) == len(set(every))
    assert {factor.id for factor in SHIPPED if factor.helps} == {
        *("prepared", "calm", "rapport", "own-story", "own-questions")
    }


def test_a_phrase_names_its_own_factor_and_no_other() -> None:
    """But for what can be either."""
    wrong = [
        phrase
        for factor in SHIPPED
        for phrase in factor.phrases
        if [one.id for one in named_in(phrase, SHIPPED)] != [factor.id] and phrase != "preparation"
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("helps", "ids"), [(True, ["prepared"]), (False, ["unprepared-examples"]), (None, [])]
)
def test_what_can_be_either_is_what_was_asked_for(helps: bool | None, ids: list[str]) -> None:
    assert [factor.id for factor in named_in("Preparation.", SHIPPED, helps=helps)] == ids


@given(st.text(max_size=80))
def test_any_words_name_factors_or_none(text: str) -> None:
    assert set(named_in(text, SHIPPED)) <= set(SHIPPED)


def test_one_phrase_around_another_is_the_one_that_counts() -> None:
    short, longer = Factor("a", "A", ("calm",), "t"), Factor("b", "B", ("too calm to care",), "t")
    assert named_in("I was too calm to care.", (short, longer)) == (longer,)


@pytest.mark.parametrize(
    ("debriefs", "verdict"), [(1, "fluke"), (2, "twice"), (3, "pattern"), (7, "pattern")]
)
def test_once_is_a_fluke_and_three_times_a_pattern(debriefs: int, verdict: str) -> None:
    assert recurrence(debriefs) == verdict


FILE = '[[factors]]\nid = "cat"\nname = "the cat"\nphrases = ["my cat"]\ntip = "Close the door."\n'


def test_a_phrase_can_stand_for_several() -> None:
    [factor] = read_factors(FILE.replace('"my cat"', '"(my|the) (old |)cat", "my cat"'), "mine.toml")
    assert factor.phrases == ("my old cat", "my cat", "the old cat", "the cat")


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
        ('tip = "Cl', 'helps = "yes"\ntip = "Cl', "line 5: “helps” must be true or false"),
        ('"my cat"', '"' + "(a|b|c|d)" * 3 + '"', "line 4: “phrases” must be texts that stand for no more"),
    ],
)
def test_a_wrong_factor_is_named_with_its_line(old: str, new: str, complaint: str) -> None:
    with pytest.raises(GreenroomError) as raised:
        read_factors(FILE.replace(old, new), "mine.toml")
    assert complaint in raised.value.message
