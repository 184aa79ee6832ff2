"""What all sessions together tell."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.interviewed import answered_again, interviewed, looked_at_again, yesterday
from cli.program import Run
from greenroom.archive import Archive
from greenroom.types import Item
from review.given import rehearsal


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
        "- A second, calm look at the interview with Initech of 10 January 2026, not",
        "  looked at again yet: greenroom debrief --again 2",
        "- The debrief of the interview of 17 January 2026 is not finished: greenroom",
        "  debrief --resume",
        "",
        "To do:",
        "- In bed by eleven. (1.4, open since 3 January 2026)",
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
    few = greenroom("trends").out.splitlines()
    assert few[few.index("Your gut and the calm look:") :] == [
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


def rehearsed(at: Path) -> None:
    """Three weeks of two answers each, more hesitant every week."""
    with Archive.open(at) as archive:
        for day, ums in (("2026-11-03", 0), ("2026-11-10", 2), ("2026-11-17", 4)):
            for prompt_id in ("conflict", "weakness"):
                text = "Um, " * ums + "we had lunch together, and that was that."
                rehearsal(archive, day, (prompt_id, text))


def test_trends_tell_what_rises_as_plainly_as_what_falls(greenroom: Run, at: Path) -> None:
    assert greenroom("trends").out.startswith("No answer has been measured yet.")
    rehearsed(at)
    out = greenroom("trends").out
    assert "Week of 10 November 2026" not in out
    assert "Week of 9 November 2026, 2 answers, thinking 2 s, length 5 s" in out
    assert "Thinking: 2 s; no clear change." in out
    assert "Fillers: 0.0 to 40.0 a minute; more, by about 40.0 a minute." in out


def test_trends_of_some_weeks_and_one_kind(greenroom: Run, at: Path) -> None:
    rehearsed(at)
    told = json.loads(greenroom("trends", "--weeks", "2", "--kind", "strengths", "--json").out)
    assert told["kind"] == "strengths"
    assert [(week["week"], week["answers"]) for week in told["weeks"]] == [
        ("2026-11-09", 1),
        ("2026-11-16", 1),
    ]
    assert told["measures"]["fillers_per_minute"]["direction"] is None
    message, remedy = greenroom("trends", "--kind", "strenghts").complaint
    assert message == "There is no question of the kind “strenghts” among your answers of these weeks."
    assert remedy == "Did you mean strengths? There are: behavioural, strengths."


def test_trends_as_a_table_for_a_spreadsheet(greenroom: Run, at: Path) -> None:
    rehearsed(at)
    rows = list(csv.DictReader(greenroom("trends", "--csv").out.splitlines()))
    assert [(row["week"], row["kind"], row["answers"]) for row in rows[:4]] == [
        ("2026-11-02", "all", "2"),
        ("2026-11-09", "all", "2"),
        ("2026-11-16", "all", "2"),
        ("2026-11-02", "behavioural", "1"),
    ]
    assert rows[0]["fillers_per_minute"] == "0.0"
    assert rows[0]["gut_first"] == ""
    both = greenroom("trends", "--csv", "--json")
    assert (both.code, "exclude each other" in both.err) == (2, True)


def test_a_picture_goes_into_a_new_file_of_ones_own(greenroom: Run, at: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    rehearsed(at)
    file = tmp_path / "trends.png"
    ran = greenroom("trends", "--png", str(file))
    assert (ran.code, ran.out, ran.err) == (0, f"The picture is in {file}.\n", "")
    assert file.read_bytes().startswith(b"\x89PNG")
    assert file.stat().st_mode & 0o777 == 0o600
    again = greenroom("trends", "--png", str(file)).complaint
    assert again == (f"{file} is there already.", "Give another name, or remove it first.")
    nowhere = greenroom("trends", "--png", str(tmp_path / "no" / "trends.png")).complaint
    assert nowhere[1] == "Give another place with --png."
    both = greenroom("trends", "--json", "--png", str(tmp_path / "more.png"))
    assert (json.loads(both.out)["answers"], "The picture is in" in both.err) == (6, True)


def test_no_picture_is_drawn_of_nothing(greenroom: Run, tmp_path: Path) -> None:
    file = tmp_path / "trends.png"
    assert greenroom("trends", "--png", str(file)).complaint == (
        "No answer has been measured yet.",
        "greenroom practice starts a rehearsal.",
    )
    assert not file.exists()


def test_a_broken_pack_of_ones_own_does_not_stop_the_trends(greenroom: Run, at: Path) -> None:
    rehearsed(at)
    packs = at / "prompts" / "packs"
    packs.mkdir(parents=True)
    (packs / "mine.toml").write_text("id = ")
    assert greenroom("trends").code == 0


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
