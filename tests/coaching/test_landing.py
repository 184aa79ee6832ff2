"""Which messages an answer tells, in which words, when; with likenesses made up, and with none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from greenroom.cli import data, wiring
from greenroom.coaching.landing import Landing, land, landings, said
from greenroom.coaching.vocabulary import Quality, Vocabulary
from greenroom.meaning import is_here
from greenroom.types import Answer, Landed, Word

WORDS = data.vocabulary()


def spoken(text: str, every_s: float = 0.5) -> Answer:
    """One word each half second."""
    words = [
        Word(word, place * every_s, place * every_s + 0.4, 0.9) for place, word in enumerate(text.split())
    ]
    return Answer("", text, tuple(words))


def told(message: str, answer: str) -> str | None:
    """In which words it was told, by stems and synonyms."""
    found = land([message], Answer("", answer), None, WORDS)
    return found[0].text if found else None


# By stems and synonyms


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("I ship small things early", "I have always shipped little things ahead of time."),
        ("I led a team of six people", "And there I was in charge of a crew of six people."),
        ("I stay calm under pressure", "In a crisis I keep a cool head."),
    ],
)
def test_other_forms_and_synonyms_tell_it(message: str, answer: str) -> None:
    assert told(message, answer) == answer.rstrip(".")


@pytest.mark.parametrize(
    "answer",
    [
        "I never really led a team of six people.",
        "My manager led a team of six people.",
        "To be honest, I wish I had led a team of six people.",
        "It was a cold winter in the north.",
        "",
    ],
)
def test_denied_of_somebody_else_wished_for_or_not_there(answer: str) -> None:
    assert told("I led a team of six people", answer) is None


def test_what_the_message_itself_denies_is_told_by_a_denial() -> None:
    assert told("I never miss a deadline", "In ten years I never missed a deadline.") is not None
    assert told("I never miss a deadline", "In ten years I missed a deadline twice.") is None


def test_the_passage_is_the_answers_own_with_the_moment_of_its_first_word() -> None:
    answer = spoken("Well, um, it rained. Then I led a team of six. It was good.")
    assert land(["I led a team of six"], answer, None, WORDS) == (
        Landed("I led a team of six", "Then I led a team of six", at_s=2.0),
    )


def test_typed_there_is_no_moment() -> None:
    (found,) = land(["I led a team of six"], Answer("", "I led a team of six."), None, WORDS)
    assert found.at_s is None


def test_speech_without_punctuation_is_cut_at_its_joints() -> None:
    answer = (
        "so when i came nobody knew what to do and it was quite a mess really because i led a team of six "
        "and then after that the whole thing went on for another year or so until they moved us away"
    )
    found = told("I led a team of six", answer)
    assert found is not None
    assert "i led a team of six" in found
    assert len(found.split()) < 30


def test_messages_keep_their_order_and_one_without_telling_words_is_never_told() -> None:
    answer = Answer("", "I led a team of six people. I speak Greek at home with them.")
    found = land(["I speak Greek", "", "I led a team of six"], answer, None, WORDS)
    assert [one.message for one in found] == ["I speak Greek", "I led a team of six"]


# With likenesses

CALM = Vocabulary(
    qualities=(Quality("calm", ("shown",), ("contrary",)), Quality("exact", ("counted",), ("forgot",)))
)


def likeness(**near: float) -> object:
    """Likeness by the first word of each of two texts, "kettle_calm" for a passage and a text; else 0."""

    def matrix(ones: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        return [
            [near.get(f"{one.split()[0].lower()}_{other.split()[0].lower()}", 0.0) for other in others]
            for one in ones
        ]

    return matrix


def lands(answer: str, **near: float) -> bool:
    alike = likeness(calm_calm=1.0, **near)
    return bool(land(["calm"], Answer("", answer), alike, CALM))  # type: ignore[arg-type]


def test_near_to_it_and_to_what_shows_it_lands() -> None:
    assert lands("Kettles I can watch for hours.", kettles_calm=0.5, kettles_shown=0.6, kettles_contrary=0.2)


def test_nearer_to_the_contrary_does_not() -> None:
    assert not lands(
        "Kettles I can watch for hours.", kettles_calm=0.5, kettles_shown=0.4, kettles_contrary=0.6
    )


def test_a_clause_in_nearly_its_own_words_is_found_inside_a_sentence() -> None:
    before = "The others wanted to see all of it first, "
    assert lands(before + "I watch kettles for hours.", i_calm=0.7)
    assert not lands(before + "he watches kettles for hours.", he_calm=0.7)
    assert not lands(before + "I never watch calm kettles.", i_calm=0.7)


def test_what_shows_another_quality_does_not() -> None:
    assert not lands("Kettles I can watch for hours.", kettles_calm=0.2, kettles_counted=0.9)


def test_by_meaning_too_it_may_be_confessed() -> None:
    near = {"kettles_calm": 0.4, "kettles_shown": 0.4, "kettles_contrary": 0.2}
    assert lands("Kettles make me shout, in the kitchen.", **near)
    assert not lands("Kettles make me shout, I have to admit.", **near)


def test_the_longer_the_answer_the_nearer_it_must_be() -> None:
    near = {"kettles_calm": 0.4, "kettles_shown": 0.4, "kettles_contrary": 0.2}
    assert lands("Kettles I can watch for hours.", **near)
    assert not lands("Kettles I can watch for hours. " + "Something else was said by us there. " * 20, **near)


# Over several answers, and bullet points


def test_over_several_answers_each_message_has_where_it_was_told() -> None:
    answers = [
        Answer("", "I led a team of six."),
        Answer("", "It rained."),
        Answer("", "Then I led a team of six."),
    ]
    six, greek = "I led a team of six", "I speak Greek"
    assert landings([six, greek], answers, None, WORDS) == (
        Landing(six, ((0, Landed(six, "I led a team of six")), (2, Landed(six, "Then I led a team of six")))),
        Landing(greek, ()),
    )
    assert landings([six, six], answers[:1], None, WORDS)[1].found == (
        (0, Landed(six, "I led a team of six")),
    )


def test_a_bullet_point_is_said_in_its_words() -> None:
    answer = spoken("It was hard. I invited Peter for lunch one day. It helped.")
    assert said(["lunch with Peter", "the rota"], answer, None, WORDS) == (
        Landed("lunch with Peter", "I invited Peter for lunch one day", at_s=1.5),
    )


@pytest.mark.skipif(not is_here(), reason="the extra “meaning” is not installed")
def test_by_meaning_a_deed_tells_it_without_any_of_its_words(tmp_path: Path) -> None:
    alike = wiring.likeness(tmp_path)
    deed = "The queue went out of the door, and I took a breath and served one after the other."
    message = "I stay calm under pressure"
    assert land([message], Answer("", deed), None, WORDS) == ()
    assert [one.text for one in land([message], Answer("", deed), alike, WORDS)] == [deed.rstrip(".")]
