"""What a model costs is measured on this machine, in a process of its own, and remembered."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from greenroom.errors import GreenroomError
from greenroom.hearing import model_cost
from greenroom.hearing.model_cost import Cost, known_cost, measure, remember_cost, remember_reply_speed
from recordings import FOLDER

RECORDINGS = (FOLDER / "demo" / "practice-feeling.flac", FOLDER / "demo" / "conflict.flac")
"""A short reply, and an answer of half a minute."""


def test_what_the_real_model_takes_is_measured_and_remembered(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert known_cost("tiny.en", cache) == Cost(None, None, None)

    cost = measure("tiny.en", cache, tmp_path / "models", *RECORDINGS)

    assert cost.whole
    assert cost.reply_speed is not None
    assert cost.answer_speed is not None
    assert 0.0 < cost.reply_speed < 60.0
    assert 0.0 < cost.answer_speed < 60.0
    assert cost.answer_speed != cost.reply_speed  # two recordings, two measures
    assert cost.memory_bytes is not None
    # 75 MB of weights, and what decoding takes; a machine of today has 300 MB many times over.
    assert 40_000_000 < cost.memory_bytes < 800_000_000
    assert known_cost("tiny.en", cache) == cost


def test_a_model_that_cannot_be_loaded_is_told_in_its_own_line(tmp_path: Path) -> None:
    with pytest.raises(GreenroomError) as raised:
        measure("small.en", tmp_path, tmp_path / "models", *RECORDINGS)

    assert raised.value.message == "The model small.en is not installed."
    assert raised.value.remedy == "Install it: greenroom models install small.en"


@pytest.mark.parametrize(
    ("ended", "why", "remembered"),
    [
        (subprocess.CompletedProcess([], -9, b"", b""), "it was ended from outside", 900.0),
        (subprocess.TimeoutExpired([], 1.0), "more than a quarter of an hour", 900.0),
        (subprocess.CompletedProcess([], 1, b"", b"Traceback"), "it broke down", None),
        (OSError(12, "Cannot allocate memory"), "Cannot allocate memory", None),
    ],
)
def test_a_process_that_does_not_come_back_is_told_with_the_reason_and_passed_over_by_auto(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: Any, why: str, remembered: float | None
) -> None:
    def run(*args: object, **kwargs: object) -> Any:
        if isinstance(ended, Exception):
            raise ended
        return ended

    monkeypatch.setattr(model_cost.subprocess, "run", run)
    with pytest.raises(GreenroomError) as raised:
        measure("tiny.en", tmp_path, tmp_path / "models", *RECORDINGS)

    assert raised.value.message.startswith("The model tiny.en could not be tried out: ")
    assert why in raised.value.message
    known = known_cost("tiny.en", tmp_path)
    assert known == Cost(remembered, None, None)
    assert not known.keeps_up
    assert not known.whole  # so that `models list` tries it again


def test_a_machine_with_other_cores_is_measured_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    remember_cost("base", tmp_path, Cost(0.25, 0.1, 200_000_000))
    assert known_cost("base", tmp_path) == Cost(0.25, 0.1, 200_000_000)
    assert json.loads((tmp_path / "speed.json").read_text()) == {"base on 2 cores": 0.25}

    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert known_cost("base", tmp_path) == Cost(None, None, None)


def test_what_auto_measured_by_itself_is_not_the_whole_cost(tmp_path: Path) -> None:
    remember_reply_speed("base", tmp_path, 0.25)

    assert known_cost("base", tmp_path) == Cost(0.25, None, None)
    assert known_cost("base", tmp_path).keeps_up
    assert not known_cost("base", tmp_path).whole


@pytest.mark.parametrize(
    "memo",
    [
        *("", "[]", '{"base on 2 cores": "quick"}', '{"base on 2 cores": true}'),
        *('{"base on 2 cores": []}', '{"base on 2 cores": [true, 0.5]}', '{"base on 2 cores": ["0.1", "9"]}'),
    ],
)
def test_a_broken_memo_is_only_measured_again(
    tmp_path: Path, memo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    (tmp_path / "speed.json").write_text(memo)
    (tmp_path / "cost.json").write_text(memo)

    assert known_cost("base", tmp_path) == Cost(None, None, None)


@pytest.mark.parametrize(
    ("speed", "keeps_up"), [(None, False), (0.02, True), (0.5, True), (0.51, False), (3.0, False)]
)
def test_a_model_keeps_up_when_a_reply_takes_half_its_time_at_most(
    speed: float | None, keeps_up: bool
) -> None:
    assert Cost(speed, 0.1, 1).keeps_up is keeps_up
