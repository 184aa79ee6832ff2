"""A question put into the text of a pack: its id, its TOML, and all that stood there before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.dialogue.pack_text import (
    appended,
    as_toml,
    encodable,
    head,
    is_reserved,
    meant_kind,
    new_id,
    quoted,
    same_question,
    template,
)
from greenroom.dialogue.packs import Question, read_pack
from greenroom.dialogue.page import ID_PATTERN

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip)
LINES = TEXTS.map(str.strip)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Tell me about a time you had a conflict with a colleague.", "conflict-colleague"),
        ("Why do you want to leave Acme?", "leave-acme"),
        ("Why us?", "why-us"),
        ("Don’t you find Kraków’s trams slow?", "dont-find-krakows-trams"),
        ("What is 2 + 2?", "2-2"),
        ("どうしてですか", "question"),
        ("???", "question"),
        ("Debrief 3-4", "own-debrief-3-4"),
        ("supercalifragilisticexpialidocious antidisestablishmentarianism now", None),
    ],
)
def test_an_id_is_made_of_what_the_question_is_about(text: str, made: str | None) -> None:
    assert new_id(text, ()) == (made or "supercalifragilisticexpialidocious-now")


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert new_id("Conflict?", ["conflict"]) == "conflict-2"
    assert new_id("Conflict?", ["conflict", "conflict-2"]) == "conflict-3"


@settings(deadline=None)
@given(st.text(max_size=200), st.sets(st.sampled_from(["question", "question-2", "a", "a-2"])))
def test_every_text_gets_an_id_that_may_be_one(text: str, taken: set[str]) -> None:
    made = new_id(text, taken)
    assert ID_PATTERN.fullmatch(made)
    assert made not in taken
    assert not is_reserved(made)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(("behavioral", "behavioural"), ("Fit", None), ("fit", None), ("motivations", "motivation")),
        *(("puzzle", None), ("to ask", None), ("BEHAVIOURAL", "behavioural")),
    ],
)
def test_a_kind_that_is_nearly_one_there_is_was_meant_for_it(said: str, meant: str | None) -> None:
    assert meant_kind(said, ["behavioural", "motivation", "fit"]) == (
        meant or ("fit" if said == "Fit" else None)
    )


def test_capitals_spaces_and_punctuation_make_no_other_question() -> None:
    assert same_question("Why — us?") == same_question("  why us ")
    assert same_question("Why us?") != same_question("Why not us?")
    assert same_question("?!") != same_question("!")


@settings(deadline=None)
@given(TEXTS)
def test_a_quoted_text_is_one_line_that_steers_nothing(text: str) -> None:
    assert quoted(text).isprintable()


OWN = """\
# My pack. Do not lose this line.
id = "mine"   # nor this
title = "Mine"

[[questions]]
id = "why"
text = '''Why
us?'''
seconds = [
  30,  # at least
  60,
]
# the end"""


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Question,
            st.just("new"),
            LINES,
            kind=LINES,
            seconds=st.tuples(st.integers(1, 60), st.integers(61, 600)),
            covers=st.lists(LINES, max_size=3).map(tuple),
            follow_up=st.none() | LINES,
        ),
        min_size=1,
        max_size=1,
    ),
    st.sampled_from([OWN, OWN + "\n", OWN.replace("\n", "\r\n"), head("mine", "Mine")]),
)
def test_what_is_added_reads_back_and_what_stood_there_stays(questions: list[Question], before: str) -> None:
    after = appended(before, questions)
    assert after.startswith(before)
    had = read_pack(before, "mine.toml").questions if "questions" in before else ()
    assert read_pack(after, "mine.toml").questions == (*had, *questions)


def test_a_question_is_written_without_what_goes_without_saying() -> None:
    assert as_toml(Question("why", 'Why "us"?')) == '[[questions]]\nid = "why"\ntext = "Why \\"us\\"?"\n'
    assert as_toml(Question("why", "Why?", "fit", (5, 9), ("a", "b"), "And?")) == (
        '[[questions]]\nid = "why"\ntext = "Why?"\nkind = "fit"\nseconds = [5, 9]\n'
        'covers = ["a", "b"]\nfollow_up = "And?"\n'
    )


def test_what_is_added_keeps_the_line_ends_of_the_file() -> None:
    after = appended(OWN.replace("\n", "\r\n"), [Question("new", "New?")])
    assert after.count("\n") == after.count("\r\n")


def test_halves_of_characters_become_a_mark() -> None:
    assert encodable("a\udcffb") == "a�b"


@settings(deadline=None)
@given(TEXTS.map(str.strip))
def test_the_template_is_a_pack_with_one_example(title: str) -> None:
    pack = read_pack(template("acme", title, "acme-example"), "acme.toml")
    assert (pack.id, pack.title) == ("acme", title)
    assert [question.id for question in pack.questions] == ["acme-example"]
    assert pack.questions[0].covers
