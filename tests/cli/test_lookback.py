"""What all sessions together tell."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from cli.interviewed import answered_again, interviewed, looked_at_again, yesterday
from cli.program import Run
from greenroom.archive import Archive
from greenroom.types import Item


def test_a_factor_of_three_debriefs_is_told_as_a_pattern_with_its_sources(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        for day in (3, 10, 17):
            looked_at_again(archive, interviewed(archive, day))
    lines = greenroom("patterns").out.splitlines()
    advice = [line for line in lines if line.startswith(("  To try: ", "  To look up: "))]
    assert len(advice) == 2
    rule = next(place for place, line in enumerate(lines) if line.startswith("A pattern is"))
    assert lines[:5] + lines[rule:] == [
        "What was behind it:",
        "- tiredness: a pattern, named in 3 debriefs",
        "  1.4 I had not slept. (3 January 2026)",
        "  2.4 I had not slept. (10 January 2026)",
        "  3.4 I had not slept. (17 January 2026)",
        "A pattern is what was named in three debriefs or more; what was named once is a",
        "fluke so far.",
        "",
        "What to do differently:",
        "  3.4 In bed by eleven. (open, 17 January 2026)",
        "",
        "Successes:",
        "  1.2 I laughed with them. (3 January 2026)",
        "  2.2 I laughed with them. (10 January 2026)",
        "  3.2 I laughed with them. (17 January 2026)",
    ]
    told = json.loads(greenroom("patterns", "--json").out)
    assert [(one["name"], one["verdict"], one["debriefs"]) for one in told["factors"]] == [
        ("tired", "pattern", 3)
    ]
    assert [one["moment"] for one in told["factors"][0]["sources"]] == ["1.4", "2.4", "3.4"]
    assert [(one["state"], one["moment"]) for one in told["actions"]] == [("open", "3.4")]


def test_an_errand_that_was_done_is_no_change_for_the_next_time(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        looked_at_again(archive, interviewed(archive, 3))
    assert greenroom("letter", "1", "thank-you").code == 0
    told = json.loads(greenroom("patterns", "--json").out)["actions"]
    assert [(one["state"], one["text"]) for one in told] == [("open", "In bed by eleven.")]
    shown = greenroom("show", "1").out
    assert shown.count("Write the thank-you note.") == 1
    assert "- done: Write the thank-you note." in shown


def test_what_is_due_names_the_command_for_it(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        looked_at_again(archive, interviewed(archive, 3))
        interviewed(archive, 10, "Initech")
        archive.end_session(interviewed(archive, 17, None), "interrupted")
    assert greenroom("due", "--plain").out.splitlines() == [
        "To look at again:",
        "- A second, calm look at the interview with Initech of 10 January 2026:",
        "  greenroom debrief --again 2",
        "- The debrief of the interview of 17 January 2026 is not finished: greenroom",
        "  debrief --resume",
        "",
        "To do:",
        "- In bed by eleven. (1.4, 3 January 2026)",
    ]
    rows = json.loads(greenroom("due", "--json").out)
    assert [(row["kind"], row["command"], row["moment"]) for row in rows] == [
        ("second-look", "greenroom debrief --again 2", "2"),
        ("resume", "greenroom debrief --resume", "3"),
        ("action", None, "1.4"),
    ]


def test_a_letter_is_due_with_its_command_for_two_weeks_and_then_lapses(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        interviewed(archive, 3)
        recent = interviewed(archive, company="Initech", started_at=yesterday())
        archive.keep_item(recent, Item("action", "Draft a letter.", name="letter"))
        day = f"{date.today() - timedelta(days=1):%-d %B %Y}"
    told = " ".join(greenroom("due").out.split("To do:\n")[1].split())
    assert told == (
        f"- The thank-you note for the interview with Initech of {day}: greenroom letter 2 thank-you "
        f"- A letter after the interview with Initech of {day}, to ask for feedback or for more: "
        "greenroom letter 2 feedback"
    )
    rows = json.loads(greenroom("due", "--json").out)
    assert [row["command"] for row in rows if row["kind"] == "action"] == [
        "greenroom letter 2 thank-you",
        "greenroom letter 2 feedback",
    ]


def test_the_next_one_is_told_until_something_came_after(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        archive.keep_item(interviewed(archive, 3), Item("next", "A rehearsal on Friday."))
    out = greenroom("due").out
    assert out.endswith("Next, in your words:\n  1 A rehearsal on Friday. (3 January 2026)\n")
    assert json.loads(greenroom("due", "--json").out)[-1]["kind"] == "next"
    with Archive.open(at) as archive:
        archive.end_session(archive.start_session("practice"), "finished")
    assert "Friday" not in greenroom("due").out


def test_nothing_due_is_said_and_nobody_is_scolded(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        archive.end_session(
            archive.start_session("practice", started_at="2026-01-03T18:00:00+01:00"), "finished"
        )
    assert greenroom("due").out == "Nothing is due. Whenever you like: greenroom practice\n"
    assert json.loads(greenroom("due", "--json").out) == []


def test_the_streak_is_told_from_two_weeks_on(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        for weeks in (0, 1):
            day = date.today() - timedelta(weeks=weeks)
            started_at = f"{day.isoformat()}T08:00:00+01:00"
            archive.end_session(archive.start_session("practice", started_at=started_at), "finished")
    assert greenroom("due").out.endswith("You have come back 2 weeks in a row.\n")


def test_trends_claim_nothing_from_four_and_something_from_five(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        for day in (3, 4, 5, 6):
            session = interviewed(archive, day)
            looked_at_again(archive, session)
            archive.set_outcome(session, "offer" if day == 3 else "rejected", date(2026, 2, 1))
    few = greenroom("trends").out
    assert few.splitlines() == [
        "Your gut and the calm look:",
        "Right after 4.0, when calm 6.0 (mean of 4).",
        "Too few to say anything: it takes 5.",
        "",
        "Your gut and what became of it:",
        "- offer: mean gut 4.0, 1 interview",
        "- rejected: mean gut 4.0, 3 interviews",
        "Too few to say anything: it takes 5.",
    ]
    with Archive.open(at) as archive:
        looked_at_again(archive, interviewed(archive, 7))
    assert "You tend to underestimate how well it went, by 2.0." in greenroom("trends").out
    told = json.loads(greenroom("trends", "--json").out)
    assert told["gut"] == {
        "count": 5,
        "mean_first": 4.0,
        "mean_second": 6.0,
        "difference": 2.0,
        "enough": True,
    }
    assert told["outcomes"][0] == {"outcome": "offer", "count": 1, "mean_gut": 4.0, "enough": False}


def test_the_debriefs_answer_and_every_new_take_stand_side_by_side(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        session = interviewed(archive)
    assert "not answered again yet" in greenroom("show", "1").out
    with Archive.open(at) as archive:
        answered_again(archive, session, "I wanted to build things again.")
        answered_again(archive, session, "They closed, and I want to build.")
        today = f"{date.today():%-d %B %Y}"
    wanted = [
        "Answered again:",
        "- Why did you leave your last job? (1.2)",
        f"  2.1 {today}: I wanted to build things again.",
        f"  3.1 {today}: They closed, and I want to build.",
    ]
    assert greenroom("show", "1").out.splitlines()[-4:] == wanted
    assert greenroom("show", "3").out.splitlines()[-4:] == wanted
    greenroom("delete", "1", "--yes")
    assert "Answered again" not in greenroom("show", "3").out
