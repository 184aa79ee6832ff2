"""Markdown that reads well, and in which nothing said is markup."""

from __future__ import annotations

from dataclasses import replace

import pytest

from greenroom.review.export.markdown import Exported, escaped, markdown
from greenroom.types import Feedback, Graded, Item
from review.sample import CONFLICT, SESSION

SLEEP = {"sleep": "too little sleep"}


def test_a_session_reads_from_its_head_to_what_is_to_be_done() -> None:
    graded = Graded("conflict", 3, 31, 1, "good", False, "2026-01-31T18:20:00+01:00")
    said = replace(
        SESSION, feedback=(Feedback("Zoë", "You sounded calm.", "2026-02-03T12:00:00+01:00", "nerves", 1),)
    )
    page = markdown(Exported(said, {1: graded}), SLEEP)
    assert page.splitlines()[:13] == [
        "# Session 3: rehearsal of 31 January 2026, 18:04",
        "",
        "- Initech, Platform engineer, pack general",
        "- Ratings: gut 6 (first look)",
        "- Outcome: next round, 3 February 2026",
        "",
        "## The interview",
        "",
        "### Tell me about a conflict with a colleague, and what came of it.",
        "",
        "*3.1; answered; 1 min 24 s; thought for 2.1 s; 142 words a minute; longest pause 2.4 s; "
        "2 fillers (1 uh, 1 um); grade proposed: good*",
        "",
        "So, um, we disagreed about the migration. Uh, I asked for the rollback plan first.",
    ]
    assert "## The debrief\n\n### How did that feel?\n" in page
    assert (
        "## What went wrong\n\n"
        "- I forgot the numbers. (starred, 3.4@1:03)\n"
        "  - factor, too little sleep: I slept four hours.\n"
        "    - action: In bed by eleven the night before.\n"
    ) in page
    assert "## What others said\n\n- Zoë, 3 February 2026 (about nerves): You sounded calm.\n" in page
    # What has no words is no answer.
    assert "greatest weakness" not in page


def test_a_long_answer_is_set_in_paragraphs() -> None:
    sentence = "We shipped it in a week, and then we looked at it again. "
    turn = replace(CONFLICT, transcript=sentence * 12)
    page = markdown(Exported(replace(SESSION, turns=(turn,), items=()), {}), {})
    paragraphs = [block for block in page.split("\n\n") if block.startswith("We shipped")]
    assert [len(block.split()) for block in paragraphs] == [65, 65, 26]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# Heading", "\\# Heading"),
        ("- list", "\\- list"),
        ("1. list", "1\\. list"),
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("![x](http://example.org/x.png)", "\\!\\[x\\](http://example.org/x.png)"),
        (
            "snake_case *bold* `code` $x$ a|b &amp; ~~",
            "snake\\_case \\*bold\\* \\`code\\` \\$x\\$ a\\|b \\&amp; \\~\\~",
        ),
        ("two\n\n# lines", "two \\# lines"),
        ("=====", "\\====="),
        ("30. January", "30\\. January"),
        ("plain, naïve text.", "plain, naïve text."),
    ],
)
def test_nothing_said_is_markup(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_an_item_of_a_kind_that_nobody_knows_is_told_under_its_own_name() -> None:
    page = markdown(Exported(replace(SESSION, turns=(), items=(Item("odd_thing", "*So*.", id=1),)), {}), {})
    assert page.endswith("## Odd thing\n\n- \\*So\\*.\n")
