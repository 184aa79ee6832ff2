"""A plan survives being written down."""

from __future__ import annotations

import json

import pytest

from dialogue.shipped import CONFLICT, PROMPTS, debrief_plan, practice_plan, shipped_plan
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
        practice_plan(
            *read_pack((PROMPTS / "packs" / "general.toml").read_text("utf-8"), "general.toml").questions
        ),
    ],
    ids=["debrief", "practice", "bare", "shipped practice", "shipped debrief", "every question"],
)
def test_a_plan_comes_back_from_json_as_it_was(plan: Plan) -> None:
    back = plan_from_data({**json.loads(json.dumps(plan_to_data(plan)))})
    assert back == plan


def test_a_plan_says_which_version_wrote_it() -> None:
    assert plan_to_data(practice_plan(CONFLICT))["version"] == 2


@pytest.mark.parametrize("missing", ["script", "words", "phrases", "questions", "debrief", "phase"])
def test_a_plan_with_a_part_missing_is_refused(missing: str) -> None:
    data = plan_to_data(practice_plan(CONFLICT))
    del data[missing]
    with pytest.raises(KeyError, match=missing):
        plan_from_data(data)
