"""Which packs fit a role, and what is drawn from them by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue.shipped import PROMPTS
from greenroom.dialogue.drawing import draw, drawable, packs_for
from greenroom.dialogue.packs import Pack, Question, read_pack

SHIPPED = [
    read_pack(file.read_text("utf-8"), file.name) for file in sorted((PROMPTS / "packs").glob("*.toml"))
]


def pack(name: str, *ids: str, kind: str = "fit", roles: tuple[str, ...] = (), apart: bool = False) -> Pack:
    return Pack(name, name, "en", tuple(Question(one, one, kind) for one in ids), roles, apart)


def first(places: Sequence[int], count: int) -> Sequence[int]:
    """By no chance at all."""
    return list(places)[:count]


def ids(questions: Sequence[Question]) -> list[str]:
    return [question.id for question in questions]


@pytest.mark.parametrize(
    ("role", "fitting"),
    [
        ("data engineer", ["general", "engineering"]),
        ("Senior Software Engineers (Berlin)", ["general", "engineering"]),
        ("front-end developer", ["general", "engineering"]),
        ("Lead Engineer", ["general", "engineering", "leadership"]),
        ("Head of Sales", ["general", "leadership"]),
        ("store manager", ["general", "leadership", "service"]),
        ("barista", ["general", "service"]),
        ("assistant", ["general", "service"]),
        ("graduate trainee", ["general", "first-job"]),
        ("nurse", ["general"]),
        ("engine driver", ["general"]),
        ("", ["general"]),
        ("---", ["general"]),
    ],
)
def test_a_role_gets_the_general_pack_and_those_that_name_it(role: str, fitting: list[str]) -> None:
    assert [one.id for one in packs_for(role, SHIPPED)] == fitting


def test_a_pack_that_stands_apart_fits_no_role() -> None:
    there = [pack("general", "a"), pack("theirs", "b", roles=("clerk",), apart=True)]
    assert [one.id for one in packs_for("clerk", there)] == ["general"]


def test_without_a_general_pack_only_those_that_fit_are_left() -> None:
    assert [one.id for one in packs_for("clerk", [pack("own", "a", roles=("clerk",))])] == ["own"]
    assert packs_for("cook", [pack("own", "a", roles=("clerk",))]) == ()


def test_what_nobody_should_ask_is_never_drawn() -> None:
    improper = Pack("p", "p", "en", (Question("a", "A?", improper=True), Question("b", "B?")))
    assert ids(drawable(improper)) == ["b"]
    assert ids(draw([improper], 5, first)) == ["b"]


def test_one_pack_gives_its_questions_in_its_own_order() -> None:
    backwards = draw([pack("p", "a", "b", "c")], 2, lambda places, count: [2, 0])
    assert ids(backwards) == ["a", "c"]


def test_several_packs_give_as_many_each_the_last_one_more() -> None:
    one, two = pack("general", "a", "b", "c", "d"), pack("role", "v", "w", "x", "y")
    assert ids(draw([one, two], 4, first)) == ["a", "b", "v", "w"]
    assert ids(draw([one, two], 5, first)) == ["a", "b", "v", "w", "x"]
    assert ids(draw([one, two], 1, first)) == ["v"]


def test_a_pack_that_has_too_few_leaves_the_rest_to_the_others() -> None:
    assert ids(draw([pack("general", "a", "b", "c"), pack("role", "v")], 4, first)) == ["a", "b", "c", "v"]
    assert ids(draw([pack("general", "a"), pack("role", "v")], 9, first)) == ["a", "v"]


def test_a_question_that_stands_in_two_packs_is_asked_once() -> None:
    assert ids(draw([pack("general", "a", "b"), pack("role", "b", "c")], 9, first)) == ["a", "b", "c"]


def test_what_opens_and_closes_an_interview_stands_at_its_ends() -> None:
    closing, opening = pack("general", "bye", kind="closing"), pack("role", "hello", kind="opening")
    assert ids(draw([closing, opening, pack("more", "m")], 3, first)) == ["hello", "m", "bye"]


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(), st.sampled_from(["data engineer", "store manager", "nurse"]))
def test_as_many_are_drawn_as_were_wanted_each_once(count: int, seed: int, role: str) -> None:
    packs = packs_for(role, SHIPPED)
    there = sum(len(drawable(one)) for one in packs)
    drawn = ids(draw(packs, count, random.Random(seed).sample))
    assert len(drawn) == len(set(drawn)) == min(count, there)
