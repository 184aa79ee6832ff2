"""What comes back from an interview, and what goes out after it."""

from __future__ import annotations

import json
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.interviewed import answered_again, interviewed, yesterday
from cli.program import Run
from greenroom.archive import Archive

BETTER = (
    "Um, I wanted to build things again, and there I only wrote reports. So I looked for a team that "
    "ships. And uh that is you. I am sorry that I did not say so."
)


@pytest.fixture
def debrief(at: Path) -> int:
    with Archive.open(at) as archive:
        return interviewed(archive)


def test_an_outcome_is_stored_shown_and_in_the_json(greenroom: Run, debrief: int) -> None:
    ran = greenroom("outcome", "1", "next-round", "--on", "2026-02-03")
    assert (ran.code, ran.out, ran.err) == (0, "Session 1: next round, on 3 February 2026.\n", "")
    assert json.loads(greenroom("show", "1", "--json").out)["outcome"] == {
        "value": "next-round",
        "on": "2026-02-03",
    }
    assert "Outcome: next round, 3 February 2026" in greenroom("show", "1").out


def test_an_outcome_without_a_day_is_of_today(greenroom: Run, debrief: int) -> None:
    assert greenroom("outcome", "last", "silence").code == 0
    stored = json.loads(greenroom("show", "last", "--json").out)["outcome"]
    assert stored == {"value": "silence", "on": date.today().isoformat()}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["1", "nextround"], "Did you mean next-round?"),
        (["1", "offerd"], "Did you mean offer?"),
        (["1", "xyz"], "There are: offer, next-round, rejected, silence."),
        (["1", "offer", "--on", "yesterday"], "is no date"),
        (["1", "offer", "--on", (date.today() + timedelta(2)).isoformat()], "has not come yet"),
    ],
)
def test_an_outcome_that_is_none_is_wrong_usage(
    greenroom: Run, debrief: int, given: list[str], told: str
) -> None:
    ran = greenroom("outcome", *given)
    assert ran.code == 2
    assert told in ran.err


def test_nothing_is_heard_before_the_interview(greenroom: Run, debrief: int) -> None:
    ran = greenroom("outcome", "1", "offer", "--on", "2026-01-02")
    assert ran.code == 2
    assert "On 2 January 2026 there was nothing to hear of yet: debrief 1 is of 3 January 2026." in ran.err
    assert greenroom("outcome", "1", "offer", "--on", "2026-01-03").code == 0


def test_only_the_debrief_of_an_interview_has_an_outcome(greenroom: Run, at: Path, debrief: int) -> None:
    with Archive.open(at) as archive:
        archive.end_session(archive.start_session("practice"), "finished")
    assert greenroom("outcome", "2", "offer").complaint[0] == "Session 2 is no debrief of an interview."
    assert greenroom("outcome", "last", "offer").code == 0  # the last that is one
    assert greenroom("outcome", "9", "offer").complaint[0] == "There is no session 9."


def test_last_without_any_debrief_says_so(greenroom: Run) -> None:
    assert greenroom("outcome", "last", "offer").complaint == (
        "There is no debrief yet.",
        "Start one with `greenroom debrief`.",
    )


def test_what_others_say_stands_beside_ones_own_view_of_the_same_point(greenroom: Run, debrief: int) -> None:
    greenroom("feedback", "1", "You did not look tired at all.", "--who", "Peter", "--topic", "sleep")
    ran = greenroom("feedback", "1", "Better than you think.")
    assert ran.code == 0
    day = f"{date.today():%-d %B %Y}"
    assert ran.out.splitlines() == [
        "Kept with session 1.",
        "",
        "What others said:",
        "- sleep",
        f"  Peter, {day}: You did not look tired at all.",
        "  You: sleep: Hardly at all.",
        "- the whole of it",
        f"  somebody, {day}: Better than you think.",
        "  You: gut 4 (first look)",
    ]
    assert ran.out.split("\n", 1)[1] in greenroom("show", "1").out
    assert greenroom("feedback", "1").out == ran.out.split("\n", 2)[2]
    stored = json.loads(greenroom("feedback", "1", "--json").out)
    assert [(one["who"], one["topic"], one["text"]) for one in stored] == [
        ("Peter", "sleep", "You did not look tired at all."),
        (None, None, "Better than you think."),
    ]


def test_without_feedback_that_is_said(greenroom: Run, debrief: int) -> None:
    assert greenroom("feedback", "1").out == "Nobody's words are kept with session 1 yet.\n"
    assert json.loads(greenroom("feedback", "1", "--json").out) == []
    assert greenroom("feedback", "1", "  ").code == 2


def test_a_letter_names_the_stumble_and_gives_the_better_answer_in_two_sentences(
    greenroom: Run, at: Path, debrief: int
) -> None:
    with Archive.open(at) as archive:
        answered_again(archive, debrief, BETTER)
    ran = greenroom("letter", "1", "thank-you")
    assert ran.code == 0
    assert ran.out.startswith("Subject: Thank you for our conversation\n\nDear [name],\n\n")
    assert "about the clerk role at Acme on 3 January." in ran.out
    assert "“Why did you leave your last job?”" in ran.out
    assert (
        "this is what I would say: I wanted to build things again, and there I only wrote reports. So I "
        "looked for a team that ships.\n" in ran.out
    )
    assert "sorry" not in ran.out
    assert ran.err == "What stands in [brackets] is for you to write.\n"


def test_without_a_better_answer_the_letter_leaves_room_and_says_how_to_get_one(
    greenroom: Run, debrief: int
) -> None:
    ran = greenroom("letter", "last", "second-chance")
    assert "[The question that stopped you short" in ran.out
    assert ran.err.splitlines()[1] == (
        "For a better answer to put into it: greenroom practice --from-debrief 1"
    )


def test_a_letter_goes_to_a_new_private_file(greenroom: Run, tmp_path: Path, debrief: int) -> None:
    note = tmp_path / "note.txt"
    assert greenroom("letter", "1", "feedback", "--output", str(note)).out == f"The letter is in {note}.\n"
    assert "how my answer to “Why did you leave your last job?”" in note.read_text("utf-8")
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    before = note.read_text("utf-8")
    assert greenroom("letter", "1", "recruiter", "--output", str(note)).complaint[0] == (
        f"{note} is there already."
    )
    assert note.read_text("utf-8") == before
    missing = tmp_path / "none" / "note.txt"
    assert "cannot be written" in greenroom("letter", "1", "recruiter", "--output", str(missing)).complaint[0]


def test_a_letter_inside_the_home_goes_with_its_interview(greenroom: Run, at: Path, debrief: int) -> None:
    note = at / "note.txt"
    assert greenroom("letter", "1", "feedback", "--output", str(note)).code == 0
    assert greenroom("delete", "1", "--yes").code == 0
    assert not note.exists()


def test_a_letter_is_copied_by_what_copies_here(
    greenroom: Run, tmp_path: Path, debrief: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    copier = tmp_path / "bin" / "xclip"
    copier.parent.mkdir()
    copier.write_text(f"#!/bin/sh\nexec cat > {tmp_path}/clipboard\n")
    copier.chmod(0o755)
    monkeypatch.setenv("PATH", f"{copier.parent}:/bin:/usr/bin")
    ran = greenroom("letter", "1", "thank-you", "--copy")
    assert ran.out == "The letter is on the clipboard.\n"
    assert (tmp_path / "clipboard").read_text("utf-8").startswith("Subject: Thank you")


def test_without_a_clipboard_there_is_a_remedy(
    greenroom: Run, tmp_path: Path, debrief: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "--output" in greenroom("letter", "1", "thank-you", "--copy").complaint[1]


def test_going_back_is_no_better_answer(greenroom: Run, at: Path, debrief: int) -> None:
    with Archive.open(at) as archive:
        answered_again(archive, debrief, "I wanted to build.")
        answered_again(archive, debrief, "Go back, please.")
    assert "I wanted to build." in greenroom("letter", "1", "thank-you").out
    assert "Go back" not in greenroom("show", "1").out


def test_a_letter_that_does_not_exist_is_wrong_usage(greenroom: Run, debrief: int) -> None:
    ran = greenroom("letter", "1", "thanks")
    assert ran.code == 2
    assert "Did you mean thank-you?" in ran.err


def test_drafting_the_thank_you_note_takes_it_off_the_list(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        interviewed(archive, started_at=yesterday())
    assert greenroom("letter", "1", "thank-you", "--output", str(at)).code == 1  # it did not get written
    assert "greenroom letter 1 thank-you" in " ".join(greenroom("due").out.split())
    greenroom("letter", "1", "thank-you")
    assert "thank-you" not in greenroom("due").out
