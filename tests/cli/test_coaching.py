"""Who looks at answers while a session goes on: measures, and key messages while nobody waits."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.shipped import CONFLICT, feedback_words, manners, practice_plan
from greenroom.cli import coaching, wiring
from greenroom.dialogue.history import History
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.setting import Setting
from greenroom.types import Answer

MESSAGE = "I ask before I build"
SAID = Answer(CONFLICT.text, "I ask before I build, always.")


def plan(*messages: str) -> Plan:
    setting = Setting(feedback_words(), manners().manners["neutral"])
    return replace(practice_plan(CONFLICT), setting=setting, history=History(messages=messages))


def test_without_a_setting_nobody_looks(tmp_path: Path) -> None:
    assert coaching.coach_of(practice_plan(CONFLICT), tmp_path) is None


def test_an_answer_is_measured_against_its_question(tmp_path: Path) -> None:
    coach = coaching.coach_of(plan(), tmp_path)
    assert coach is not None
    text = (
        "We had a plan. We met, we talked, we built it, we shipped it, and we were all of us glad of it. " * 3
    )
    advice = coach.look("conflict", Answer(CONFLICT.text, text))
    assert advice is not None
    assert advice.landed == ()


def test_a_message_is_found_by_its_words_where_the_model_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "likeness", lambda home: None)
    coach = coaching.coach_of(plan(MESSAGE), tmp_path)
    assert coach is not None
    advice = coach.look("conflict", SAID)
    assert advice is not None
    assert [landed.message for landed in advice.landed] == [MESSAGE]


@pytest.mark.parametrize("fault", ["slow", "damaged"])
def test_a_model_that_is_slow_or_damaged_is_not_waited_for(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def near(ones: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        if fault == "damaged":
            raise ValueError("not a model")
        time.sleep(60)
        raise AssertionError

    monkeypatch.setattr(wiring, "likeness", lambda home: near)
    coach = coaching.coach_of(plan(MESSAGE), tmp_path)
    assert coach is not None
    advice = coach.look("conflict", SAID)
    assert advice is not None
    assert [landed.message for landed in advice.landed] == [MESSAGE]
