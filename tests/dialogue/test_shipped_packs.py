"""The questions that ship: enough of them, whole, unlike each other, and fit to be said aloud."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from dialogue.shipped import PROMPTS
from greenroom.dialogue.drawing import drawable
from greenroom.dialogue.pack_text import same_question
from greenroom.dialogue.packs import Pack, Question, read_pack

PACKS = [read_pack(file.read_text("utf-8"), file.name) for file in sorted((PROMPTS / "packs").glob("*.toml"))]
EVERY = [(pack, question) for pack in PACKS for question in pack.questions]

NAMED = {
    *("general", "behavioural", "motivation", "strengths", "phone-screen", "leadership", "first-job"),
    *("career-change", "returning", "engineering", "service", "difficult", "ask-them"),
}
KINDS = {
    *("opening", "motivation", "strengths", "behavioural", "fit", "history", "practical", "situational"),
    *("technical", "difficult", "closing", "to-ask"),
}
IMPROPER = {"having-children", "off-sick"}

# Words that two questions share without being alike.
COMMON = set(
    re.findall(
        r"\w+",
        "a an the and or of to in on at by for from with about as if that this it is are was were be been do "
        "does did have has had can could will would you your we our us i me my they them who what which when "
        "where why how tell time something somebody work job one ask here",
    )
)

each_question = pytest.mark.parametrize(
    ("pack", "question"), EVERY, ids=[f"{pack.id}-{question.id}" for pack, question in EVERY]
)


def test_every_pack_that_was_promised_is_there_with_enough_questions() -> None:
    assert {pack.id for pack in PACKS} >= NAMED
    assert len(EVERY) >= 150
    assert min(len(pack.questions) for pack in PACKS) >= 10


def test_an_id_and_a_text_are_used_once_over_all_packs() -> None:
    ids = [question.id for _, question in EVERY]
    texts = [same_question(question.text) for _, question in EVERY]
    assert sorted(ids) == sorted(set(ids))
    assert sorted(texts) == sorted(set(texts))


@each_question
def test_a_question_says_what_a_good_answer_covers_and_what_may_follow(
    pack: Pack, question: Question
) -> None:
    assert question.kind in KINDS
    assert 3 <= len(question.covers) <= 5
    assert len(set(question.covers)) == len(question.covers)
    assert all(point == point.strip() and 1 <= len(point.split()) <= 14 for point in question.covers)
    assert question.follow_up
    assert same_question(question.follow_up) != same_question(question.text)


@each_question
def test_the_range_of_an_answer_is_one_that_people_keep_to(pack: Pack, question: Question) -> None:
    low, high = question.seconds
    assert 5 <= low <= 90
    assert low + 10 <= high <= 240


@each_question
def test_what_is_said_aloud_is_short_and_has_nothing_a_voice_stumbles_over(
    pack: Pack, question: Question
) -> None:
    for text in (question.text, question.follow_up, question.before):
        if text is not None:
            assert text.endswith((".", "?"))
            assert re.fullmatch(r"[A-Za-z',.? ÀÁàáéèêëöüç-]+", text), text
            assert not re.search(r"\b(e\.g|i\.e|etc|vs)\b| {2}|[A-Z]{2,}", text), text
            assert len(text.split()) <= 26, text


def test_no_two_questions_of_a_pack_ask_the_same() -> None:
    def telling(question: Question) -> set[str]:
        return set(re.findall(r"\w+", question.text.lower())) - COMMON

    def are_alike(one: set[str], other: set[str]) -> bool:
        return len(one & other) > max(1, 0.5 * min(len(one), len(other)))

    alike = [
        (one.id, other.id)
        for pack in PACKS
        for one, other in combinations(pack.questions, 2)
        if are_alike(telling(one), telling(other))
    ]
    assert alike == []


def test_what_nobody_should_ask_is_marked_has_a_word_before_it_and_a_calm_sentence_to_say() -> None:
    improper = [question for _, question in EVERY if question.improper]
    assert {question.id for question in improper} == IMPROPER
    assert all(question.before and question.wording for question in improper)
    assert [one for pack in PACKS for one in drawable(pack) if one.id in IMPROPER] == []


def test_only_the_questions_to_ask_them_stand_apart_each_with_words_for_it() -> None:
    (apart,) = [pack for pack in PACKS if pack.apart]
    assert apart.id == "ask-them"
    assert apart.roles == ()
    assert all(question.kind == "to-ask" and question.wording for question in apart.questions)
    assert all(question.text.startswith("Ask me ") for question in apart.questions)
    assert [pack.id for pack, question in EVERY if question.kind == "to-ask" and pack is not apart] == []


def test_the_roles_are_written_as_people_say_them() -> None:
    roles = [role for pack in PACKS for role in pack.roles]
    assert all(re.fullmatch(r"[a-z]+( [a-z]+){0,3}", role) for role in roles)
    assert {pack.id for pack in PACKS if pack.roles} == {"engineering", "first-job", "leadership", "service"}
