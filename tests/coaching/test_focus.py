"""What somebody may work on, and how far off an answer is in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coaching.test_advice import GOOD, often, without
from greenroom.coaching.advice import _WORTH
from greenroom.coaching.focus import FOCUSES, focus_value
from greenroom.coaching.measures import Pauses, Voices
from greenroom.types import Fillers, Landed


def test_every_finding_belongs_to_a_focus() -> None:
    assert {id for ids in FOCUSES.values() for id in ids} == set(_WORTH)


@pytest.mark.parametrize("focus", ["length", "pace", "hedges", "star", "result", "numbers", "question"])
def test_a_good_answer_is_not_off(focus: str) -> None:
    assert focus_value(GOOD, focus) == 0


def test_an_answer_is_off_by_so_much() -> None:
    assert GOOD.timing
    long = replace(GOOD, timing=replace(GOOD.timing, answer_s=180, words_per_minute=200))
    assert focus_value(long, "length") == 0.5
    assert focus_value(long, "length", seconds=(10, 90)) == 1
    assert focus_value(long, "pace") == 0.25
    assert focus_value(replace(GOOD, pauses=Pauses(1, 6.0, 6.0, 0.1)), "pauses") == 1.5
    assert focus_value(replace(GOOD, fillers=Fillers(24, 18, {"um": 24})), "fillers") == 1.5
    assert focus_value(replace(GOOD, hedges=often(14, "just")), "hedges") == 2
    assert focus_value(without("action", "result"), "star") == 2
    assert focus_value(without("result"), "result") == 1
    assert focus_value(replace(GOOD, voices=Voices(1, 3)), "voice") == 0.75
    assert focus_value(replace(GOOD, numbers=()), "numbers") == 1
    assert focus_value(GOOD, "messages", landed=()) == 1
    assert focus_value(GOOD, "messages", landed=[Landed("I listen", "I do listen")]) == 0


@pytest.mark.parametrize("focus", FOCUSES)
def test_what_cannot_be_told_is_unknown(focus: str) -> None:
    nothing = replace(
        GOOD,
        timing=None,
        words=0,
        pauses=None,
        fillers=None,
        voices=Voices(0, 0),
        star=None,
        relevance=None,
    )
    assert focus_value(nothing, focus) is None


def test_fillers_that_may_be_missing_are_unknown() -> None:
    assert focus_value(replace(GOOD, verbatim=False), "fillers") is None


def test_there_is_no_other_focus() -> None:
    with pytest.raises(KeyError):
        focus_value(GOOD, "charm")
