"""The things to leave with a panel: kept, read back before a rehearsal, asked about after an interview."""

from __future__ import annotations

import json
from pathlib import Path

from cli.interviewed import typed
from cli.program import Run, run_apart
from greenroom.archive import Archive
from greenroom.types import Item

QUIET = ("--text", "--speaker", "none")


def test_they_are_kept_and_replaced_and_given_up(greenroom: Run) -> None:
    assert greenroom("messages", "list").out.splitlines()[0] == "Nothing here yet."
    assert greenroom("messages", "set", "I ship early.", " I explain well. ").code == 0
    assert greenroom("messages", "list").out.splitlines() == [
        "What you want them to remember:",
        "1. I ship early.",
        "2. I explain well.",
    ]
    greenroom("messages", "set", "I listen.")
    assert json.loads(greenroom("messages", "list", "--json").out) == [
        {"text": "I listen.", "company": None, "role": None, "said": 0, "asked": 0, "landed": []}
    ]
    assert greenroom("messages", "set", "--none").out == "No message is kept any more.\n"
    assert json.loads(greenroom("messages", "list", "--json").out) == []


def test_nothing_both_and_four_are_refused_and_what_was_kept_stays(greenroom: Run) -> None:
    greenroom("messages", "set", "I ship early.")
    none = greenroom("messages", "set", " ")
    assert (none.code, none.err.splitlines()[0]) == (2, "There is no message in it.")
    both = greenroom("messages", "set", "a", "--none")
    assert (both.code, both.err.splitlines()[0]) == (2, "Messages and --none are two things.")
    four = greenroom("messages", "set", "a", "b", "c", "d")
    assert (four.code, four.err.splitlines()[0]) == (2, "Those are 4 messages; a panel keeps 3 in mind.")
    assert "I ship early." in greenroom("messages", "list").out


def test_how_often_each_was_said_is_told(greenroom: Run, at: Path) -> None:
    greenroom("messages", "set", "I ship early.", "I listen.")
    with Archive.open(at) as archive:
        for name in ("landed", "missed"):
            session = archive.start_session("debrief")
            archive.keep_item(session, Item("message", "I ship early.", name=name))
    assert greenroom("messages", "list").out.splitlines()[1:] == [
        "1. I ship early. (said in 1 of 2 interviews)",
        "2. I listen.",
    ]


def test_they_are_read_back_before_a_rehearsal_and_asked_about_after_an_interview(at: Path) -> None:
    run_apart(at, "messages", "set", "I ship early.", "I listen.")
    practised = run_apart(at, "practice", "--count", "1", *QUIET, "--no-debrief")
    assert "Greenroom: What you want them to remember: I ship early; I listen." in practised.out
    replies = ["It went well.", "", "", "", "", "", "that's all", "yes", "not really"]
    asked = run_apart(at, "debrief", "--company", "Acme", *QUIET, stdin="\n".join(replies) + "\n")
    assert "You wanted them to remember this: I ship early. Did you get to say it?" in asked.out
    told = json.loads(run_apart(at, "show", "last", "--json").out)["items"]
    assert [(one["name"], one["text"]) for one in told if one["kind"] == "message"] == [
        ("landed", "I ship early."),
        ("missed", "I listen."),
    ]


def test_each_panel_has_its_own_and_capitals_make_no_other(greenroom: Run) -> None:
    greenroom("messages", "set", "I listen.")
    greenroom("messages", "set", "I ship early.", "--company", "Acme", "--role", "clerk")
    greenroom("messages", "set", "I cook.", "--role", "chef")
    greenroom("messages", "set", "I count twice.", "--company", "ACME", "--role", "Clerk")
    assert greenroom("messages", "list").out.splitlines() == [
        "What you want them to remember:",
        "1. I listen.",
        "",
        "What you want them to remember, as chef:",
        "1. I cook.",
        "",
        "What you want them to remember, for ACME as Clerk:",
        "1. I count twice.",
    ]
    greenroom("messages", "set", "--none", "--role", "chef")
    rows = json.loads(greenroom("messages", "list", "--json").out)
    assert [(row["text"], row["company"], row["role"]) for row in rows] == [
        ("I listen.", None, None),
        ("I count twice.", "ACME", "Clerk"),
    ]


def test_the_answers_that_told_each_are_counted_with_the_last_moment_and_its_words(
    greenroom: Run, at: Path
) -> None:
    """In words that need no model of meaning."""
    with Archive.open(at) as archive:
        for told in ("I led a team of six people there.", "It rained.", "Later I led a team of ten people."):
            session = archive.start_session("practice")
            typed(archive, session, "leader", told, None)
            archive.end_session(session, "finished")
    greenroom("messages", "set", "I led a team of people", "I speak Japanese")
    assert greenroom("messages", "list").out.splitlines() == [
        "What you want them to remember:",
        "1. I led a team of people",
        "   In 2 of 3 answers, last in 3.1: “Later I led a team of ten people”",
        "2. I speak Japanese",
        "   In none of 3 answers yet.",
    ]
    first, second = json.loads(greenroom("messages", "list", "--json").out)
    assert first["landed"] == [
        {"moment": "1.1", "session": 1, "turn": 1, "at_s": None, "text": "I led a team of six people there"},
        {"moment": "3.1", "session": 3, "turn": 1, "at_s": None, "text": "Later I led a team of ten people"},
    ]
    assert second["landed"] == []
