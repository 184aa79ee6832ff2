"""A plan survives being written down."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dialogue.shipped import CONFLICT, PROMPTS, WORDS, debrief_plan, phrases, practice_plan, shipped_plan
from greenroom.dialogue.history import History
from greenroom.dialogue.packs import read_pack
from greenroom.dialogue.plan import Plan, plan_from_data, plan_to_data


@pytest.mark.parametrize(
    "plan",
    [
        debrief_plan(),
        practice_plan(CONFLICT),
        practice_plan(look_back=False),
        shipped_plan("practice"),
        shipped_plan("debrief"),
        shipped_plan("second"),
        practice_plan(
            *read_pack((PROMPTS / "packs" / "general.toml").read_text("utf-8"), "general.toml").questions
        ),
    ],
    ids=[
        "debrief",
        "practice",
        "bare",
        "shipped practice",
        "shipped debrief",
        "shipped second look",
        "every question",
    ],
)
def test_a_plan_comes_back_from_json_as_it_was(plan: Plan) -> None:
    back = plan_from_data({**json.loads(json.dumps(plan_to_data(plan)))})
    assert back == plan


def test_a_plan_says_which_version_wrote_it() -> None:
    assert plan_to_data(practice_plan(CONFLICT))["version"] == 4


@pytest.mark.parametrize("missing", ["script", "words", "phrases", "questions", "debrief", "phase"])
def test_a_plan_with_a_part_missing_is_refused(missing: str) -> None:
    data = plan_to_data(practice_plan(CONFLICT))
    del data[missing]
    with pytest.raises(KeyError, match=missing):
        plan_from_data(data)


def leave_out_what_version_3_brought(data: dict[str, Any]) -> None:
    for name in ("back", "back_none", "time_over", "time_close", "time_on", "open_action"):
        del data["words"][name]
    for name in ("open_actions", "messages"):
        del data["words"][name]
    for name in ("crisis", "crisis_line", "crisis_nobody", "crisis_choice", "crisis_stop", "crisis_on"):
        del data["words"][name]
    for name in ("crisis_check", "crisis_no"):
        del data["words"][name]
    for name in ("unsure", "go_back", "close_now", "carry_on", "all_of_them", "mine", "theirs", "both"):
        del data["phrases"][name]
    for name in ("minutes", "history", "company", "role", "factors", "help"):
        del data[name]
    for step in data["debrief"]["steps"]:
        for name in ("essential", "unless", "of", "texts", "read_back"):
            del step[name]


def second_version() -> dict[str, Any]:
    """A plan as version 2 wrote it."""
    data = plan_to_data(debrief_plan())
    data["version"] = 2
    leave_out_what_version_3_brought(data)
    stored: dict[str, Any] = json.loads(json.dumps(data))
    return stored


def test_a_plan_of_the_second_version_has_no_history_and_ten_minutes() -> None:
    plan = plan_from_data(second_version(), WORDS, phrases())
    assert plan == debrief_plan()
    assert (plan.minutes, plan.history, plan.factors, plan.help) == (10, History(), (), ())


def test_what_a_plan_no_longer_knows_of_earlier_debriefs_is_left_aside() -> None:
    data = json.loads(json.dumps(plan_to_data(shipped_plan("second"))))
    data["history"]["streak"] = 4
    data["history"]["unhappy"][0]["answer"] = "To learn more."
    assert plan_from_data(data) == shipped_plan("second")


def first_version() -> dict[str, Any]:
    """A plan as version 1 wrote it."""
    data = plan_to_data(practice_plan(CONFLICT))
    data["version"] = 1
    for name in ("again", "offer_repeat", "paused", "go_on", "paused_quiet", "device_lost", "device_back"):
        del data["words"][name]
    for name in ("commands", "courtesy", "open_endings", "closed_endings"):
        del data["phrases"][name]
    leave_out_what_version_3_brought(data)
    data["words"]["goodbye"] = "Until tomorrow."
    stored: dict[str, Any] = json.loads(json.dumps(data))
    return stored


def test_what_an_older_plan_lacks_comes_from_this_version_and_what_it_has_stays() -> None:
    plan = plan_from_data(first_version(), WORDS, phrases())
    assert plan.words == replace(WORDS, goodbye="Until tomorrow.")
    assert plan.phrases == phrases()
    assert plan.questions == (CONFLICT,)


def test_an_older_plan_is_refused_when_nothing_is_there_to_complete_it() -> None:
    with pytest.raises(TypeError, match=r"missing \d+ required"):
        plan_from_data(first_version())
