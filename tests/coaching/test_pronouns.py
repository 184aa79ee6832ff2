"""Oneself against a group."""

from __future__ import annotations

from coaching.said import typed
from greenroom.coaching.measures import Voices


def test_all_forms_are_counted() -> None:
    assert typed("I'm glad my plan helped us, and we've kept our word.").voices == Voices(i=2, we=3)


def test_the_i_of_an_aside_takes_no_part() -> None:
    assert typed("I think we did it, I mean, we all did.").voices == Voices(i=0, we=2)


def test_it_and_wheat_are_nobody() -> None:
    assert typed("It is wheat.").voices == Voices(i=0, we=0)
