"""Words are taken as the same by their stems and by the rows of a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.coaching.synonyms import concepts, read_synonyms, stem, stems_of
from greenroom.errors import GreenroomError

PROMPTS = Path(__file__).parents[2] / "prompts"

SMALL = """
groups = [["lead", "in charge of", "run"], ["early", "ahead of time"]]
[forms]
led = "lead"
ran = "run"
wrote = "write"
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shipping", "ships"),
        ("organise", "organized"),
        ("analysing", "analyze"),
        ("behaviour", "behavior"),
        ("judgement", "judgment"),
        ("colleague’s", "colleague's"),
    ],
)
def test_endings_and_spellings_come_to_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_of_a_row_and_their_forms_are_one_thing() -> None:
    synonyms = read_synonyms(SMALL, "small.toml")
    found = concepts(
        stems_of("I led it, I was in charge of it, I ran it ahead of time, and wrote."), synonyms
    )
    assert [what for _, _, what in found if what in ("lead", "earli", "write")] == [
        *("lead", "lead", "lead", "earli", "write")
    ]
    assert (5, 8, "lead") in found


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("groups = [", "it is not well-formed"),
        ("groups = [[]]", "“groups” must be lists of words"),
        ("groups = [1]", "“groups” must be lists of words"),
        ("[forms]\nled = 1", "[forms] must be words"),
        ('groups = [["a b c d e"]]', "“a b c d e” must be 1 to 4 words"),
        ('groups = [["lead", "run"], ["running", "walk"]]', "“running” stands in two rows"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(text: str, complaint: str) -> None:
    with pytest.raises(GreenroomError) as raised:
        read_synonyms(text, "my.toml")
    assert raised.value.message.startswith(f"my.toml: {complaint}")
    assert raised.value.remedy == "Mend that line, or remove the file."


def test_the_shipped_file_is_well_formed() -> None:
    synonyms = read_synonyms((PROMPTS / "synonyms.toml").read_text("utf-8"), "synonyms.toml")
    assert synonyms["spearhead"] == synonyms["lead"] == synonyms["led"]
    assert len(synonyms) > 500


@given(st.text(max_size=80))
def test_any_text_is_cut_into_things_that_cover_it_in_order(text: str) -> None:
    stems = stems_of(text)
    found = concepts(stems, read_synonyms(SMALL, "small.toml"))
    assert [place for begin, end, _ in found for place in range(begin, end)] == list(range(len(stems)))
