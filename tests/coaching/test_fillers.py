"""What is a filler and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.coaching.fillers import count_fillers, fillers_in
from greenroom.types import Fillers, Word


def said(*texts: str) -> list[Word]:
    return [Word(text, 0.0, 0.1, 0.9) for text in texts]


def test_fillers_are_counted_by_their_base_form_and_over_the_answer() -> None:
    text = "So, um, I was, uhm, the lead. Uh, and ummm we er, we shipped, erm, hmm, ah, it."

    assert count_fillers(text, 60.0) == Fillers(
        count=8, per_minute=8.0, by_word={"um": 3, "ah": 1, "er": 1, "erm": 1, "hmm": 1, "uh": 1}
    )


@pytest.mark.parametrize(
    ("spelling", "base"),
    [
        ("um", "um"),
        ("Umm,", "um"),
        ("uhm", "um"),
        ("UUUM", "um"),
        ("uhh...", "uh"),
        ("“Uh”", "uh"),
        ("err", "er"),
        ("ehm", "erm"),
        ("hm", "hmm"),
        ("Mmm.", "mm"),
        ("aah!", "ah"),
        ("uh-", "uh"),
    ],
)
def test_a_spelling_is_folded_to_its_base_form(spelling: str, base: str) -> None:
    assert fillers_in([spelling]) == [(base,)]


@pytest.mark.parametrize(
    "text",
    [
        "um-hum",
        "Uh-huh.",
        "Mm-hmm, yes",
        "mhm",
        "uh-uh",
        "Uh-oh",
        "ah-ha",
        "uh huh",
        "um hum, right",
        "mm hmm",
        "a gap of 5 mm",
        "hum",
        "her umbrella",
        "hammer",
        "I'm an ahead-of-time error",
        "huh",
        "m",
    ],
)
def test_agreement_and_ordinary_words_are_no_fillers(text: str) -> None:
    assert count_fillers(text, 10.0).count == 0


def test_an_agreement_broken_over_two_words_is_still_one() -> None:
    assert count_fillers(said("Mm", "-hmm,", "um", "yes"), 6.0).by_word == {"um": 1}


def test_two_fillers_in_a_row_are_two() -> None:
    assert count_fillers("uh uh, um, hmm, well", 60.0).by_word == {"uh": 2, "hmm": 1, "um": 1}


@pytest.mark.parametrize("text", ["um-well", "um…well", "I—um—well"])
def test_a_filler_joined_to_a_word_is_found(text: str) -> None:
    assert fillers_in([text]) == [("um",)]


def test_words_and_their_text_give_the_same_count() -> None:
    words = said("So,", "um,", "I", "er", "left.")

    assert count_fillers(words, 30.0) == count_fillers("So, um, I er left.", 30.0)
    assert count_fillers(words, 30.0).per_minute == 4.0


def test_nothing_said_is_nothing_counted() -> None:
    assert count_fillers("", 0.0) == Fillers(0, 0.0, {})
    assert count_fillers("um", 0.0) == Fillers(1, 0.0, {"um": 1})


@given(st.text(), st.floats(0, 600))
def test_the_parts_add_up_and_nothing_is_negative(text: str, answer_s: float) -> None:
    fillers = count_fillers(text, answer_s)

    assert fillers.count == sum(fillers.by_word.values())
    assert fillers.per_minute >= 0
    assert all(count > 0 for count in fillers.by_word.values())


@given(st.lists(st.sampled_from(["um,", "uh,", "so", "the", "team", "uh-huh,"])), st.floats(1, 600))
def test_one_more_filler_is_one_more_counted(texts: list[str], answer_s: float) -> None:
    before = count_fillers(said(*texts), answer_s)
    after = count_fillers(said(*texts, "erm."), answer_s)

    assert after.count == before.count + 1
    assert after.per_minute > before.per_minute


@given(st.text(alphabet="umherao- ,.5", max_size=40), st.floats(1, 300), st.floats(0, 300))
def test_a_longer_answer_never_has_more_fillers_a_minute(text: str, answer_s: float, more_s: float) -> None:
    assert count_fillers(text, answer_s + more_s).per_minute <= count_fillers(text, answer_s).per_minute
