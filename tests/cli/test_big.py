"""The commands of the review on ten thousand answers."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.big import made
from cli.program import run_apart

pytestmark = pytest.mark.xdist_group("big")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory)


@pytest.fixture(scope="module")
def newest(home: Path) -> int:
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        return int(db.execute("SELECT max(id) FROM sessions").fetchone()[0])


def test_the_latest_sessions_are_listed_and_that_there_are_others(home: Path, newest: int) -> None:
    rows = json.loads(run_apart(home, "list", "--json").out)
    assert [row["id"] for row in rows] == list(range(newest, newest - 20, -1))
    assert run_apart(home, "list").out.splitlines()[-1] == (
        "These are the 20 latest. greenroom list --limit 100 shows more."
    )


def test_what_a_search_finds_stands_where_it_says(home: Path) -> None:
    hits = json.loads(run_apart(home, "search", "disagreed manager", "--json").out)
    assert len(hits) == 20
    best = next(hit for hit in hits if hit["kind"] == "answer")
    shown = json.loads(run_apart(home, "show", str(best["session"]), "--json").out)
    (turn,) = (turn for turn in shown["turns"] if turn["number"] == best["turn"])
    start, end = best["matches"][0]
    (spoken,) = (word["text"] for word in turn["words"] if word["start_s"] == best["at_s"])
    assert best["snippet"][start:end] in spoken
    assert best["started_at"] == shown["session"]["started_at"]


def test_more_than_is_shown_is_told(home: Path) -> None:
    assert run_apart(home, "search", "the").out.endswith("These are not all: --limit 100 shows more.\n")
