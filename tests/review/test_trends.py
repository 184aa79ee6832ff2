"""The page of trends, drawn and plain, and the same for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from greenroom.coaching.gut import Drift, OutcomeMean
from greenroom.coaching.trends import Name, Sample, by_kind, course, together
from greenroom.review.look import Look
from greenroom.review.page import text_of
from greenroom.review.trends import Trends, spark, trends_csv, trends_json, trends_page

PLAIN = Look(plain=True, columns=80)
DRAWN = Look(plain=False, columns=80)
NARROW = Look(plain=False, columns=34)
NO_GUT = Drift(0, None, None)
MONDAY = date(2026, 11, 2)


def answers(name: Name, *weeks: Sequence[float], kind: str | None = "opening") -> list[Sample]:
    return [
        Sample(MONDAY + timedelta(weeks=place), kind, {name: value})
        for place, values in enumerate(weeks)
        for value in values
    ]


def trends(samples: Sequence[Sample] = (), kind: str | None = None, drift: Drift = NO_GUT) -> Trends:
    return Trends(together(samples, kind), by_kind(samples), drift, ())


def lines(found: Trends, look: Look) -> list[str]:
    return [text_of(line).rstrip() for line in trends_page(found, look)]


RISING = [
    *answers("fillers_per_minute", (1.0, 1.2), (3.0, 3.2), (5.0, 5.2)),
    *answers("thinking_s", (2.0,), (2.1,), kind="motivation"),
    *answers("messages_share", (0.5,), kind=None),
]


def test_weeks_stand_in_a_table_with_what_is_known_of_them() -> None:
    assert lines(trends(RISING), DRAWN)[:5] == [
        "Week by week",
        "Week of  Answers  Thinking  Fillers  Messages",
        "2 Nov          3       2 s      1.1      50 %",
        "9 Nov          3     2.1 s      3.1",
        "16 Nov         2                5.1",
    ]


def test_a_line_draws_the_weeks_and_says_plainly_what_changed() -> None:
    page = lines(trends(RISING), DRAWN)
    start = page.index("What changed")
    assert page[start + 1 : start + 4] == [
        "Thinking  ▄▅   2 s to 2.1 s · too few weeks to tell: it takes 3",
        "Fillers   ▁▅█  1.1 to 5.1 a minute · more, by about 4.0 a minute",
        "Messages  ▅    50 % of them landed · too few weeks to tell: it takes 3",
    ]


def test_plain_output_is_words_and_figures_alone() -> None:
    page = lines(trends(RISING), PLAIN)
    assert page[:2] == [
        "Week by week:",
        "Week of 2 November 2026, 3 answers, thinking 2 s, 1.1 fillers a minute, 50 % of",
    ]
    assert "Fillers: 1.1 to 5.1 a minute; more, by about 4.0 a minute." in page
    assert "- opening: 6 answers, 3.1 fillers a minute (more, by about 4.0 a minute)" in page
    assert "\n".join(page).isascii()


def test_the_rule_and_the_yardsticks_with_their_sources_stand_below() -> None:
    text = " ".join(lines(trends(RISING), DRAWN))
    assert "A change is named from 3 weeks on, and only where chance alone would show one so large" in text
    assert "up to 5 fillers a minute are harmless, 12 are many (Laske 2024)" in text
    assert "2 to 5 s of thought (usual interview advice)" in text
    assert "words a minute (Street" not in text  # no pace is shown


def test_kinds_of_question_have_their_means_and_an_arrow_where_it_is_clear() -> None:
    page = lines(trends(RISING), DRAWN)
    start = page.index("By kind of question")
    assert page[start + 1 : start + 4] == [
        "Kind        Answers  Thinking  Fillers",
        "opening           6              3.1 ↑",
        "motivation        2     2 s",
    ]


def test_one_kind_alone_leaves_out_rehearsals_and_interviews() -> None:
    page = lines(trends(RISING, "motivation"), PLAIN)
    assert page[0] == "Week by week (motivation):"
    text = "\n".join(page)
    assert "Fillers" not in text
    assert "Messages" not in text
    assert "gut" not in text


def test_a_narrow_screen_gets_words_instead_of_a_table() -> None:
    page = lines(trends(RISING), NARROW)
    assert max(map(len, page)) <= 34
    assert page[1] == "Week of 2 November 2026, 3"


def test_a_year_is_told_where_the_weeks_are_of_two() -> None:
    samples = [
        Sample(date(2025, 12, 29), "opening", {"thinking_s": 2.0}),
        Sample(date(2026, 1, 5), "opening", {"thinking_s": 2.0}),
    ]
    assert [line.split("  ")[0] for line in lines(trends(samples), DRAWN)[2:4]] == [
        "29 Dec 2025",
        "5 Jan 2026",
    ]


def drawn(*weeks: Sequence[float], name: Name = "thinking_s") -> str:
    return spark(course(answers(name, *weeks), name), MONDAY, MONDAY + timedelta(weeks=len(weeks) - 1))


def test_blocks_reach_from_the_lowest_to_the_highest_week_with_a_gap_for_none() -> None:
    assert drawn((1.0,), (2.0,), (), (8.0,)) == "▁▂ █"


def test_weeks_that_are_hardly_apart_make_no_staircase() -> None:
    assert drawn((3.0,), (3.0,), (3.0,)) == "▅▅▅"
    assert drawn((174.0,), (175.0,), (177.0,), name="words_per_minute") == "▄▄▅"


def test_nothing_measured_yet_is_said_with_what_to_do() -> None:
    assert (
        lines(trends(), PLAIN)[0] == "No answer has been measured yet. greenroom practice starts a rehearsal."
    )


def test_answers_that_were_typed_are_no_weeks_of_anything() -> None:
    typed = [Sample(MONDAY, "opening", {})]
    assert lines(trends(typed), PLAIN)[0].startswith("Typed answers have no clock")


@pytest.mark.parametrize(
    ("second", "claim"),
    [
        (6.0, "You tend to underestimate how well it went, by 2.0."),
        (4.3, "Your gut is about right."),
        (2.5, "You tend to overestimate how well it went, by 1.5."),
    ],
)
def test_what_is_concluded_from_five(second: float, claim: str) -> None:
    page = lines(trends(drift=Drift(5, 4.0, second)), PLAIN)
    assert page[3:5] == [f"Right after 4.0, when calm {second:.1f} (mean of 5).", claim]


def test_nothing_known_is_null_for_programs() -> None:
    told = trends_json(Trends(together([]), (), NO_GUT, (OutcomeMean("silence", 0, None),)))
    assert (told["answers"], told["weeks"], told["kinds"]) == (0, [], {})
    assert told["measures"]["thinking_s"] == {
        "count": 0,
        "weeks": 0,
        "mean": None,
        "direction": None,
        "change": None,
    }
    assert told["gut"] == {
        "count": 0,
        "mean_first": None,
        "mean_second": None,
        "difference": None,
        "enough": False,
    }
    assert told["outcomes"] == [{"outcome": "silence", "count": 0, "mean_gut": None, "enough": False}]


def test_programs_get_the_weeks_and_the_directions_by_kind_too() -> None:
    told: dict[str, Any] = trends_json(trends(RISING))
    assert told["weeks"][1] == {
        "week": "2026-11-09",
        "answers": 3,
        "thinking_s": 2.1,
        "answer_s": None,
        "words_per_minute": None,
        "fillers_per_minute": 3.1,
        "messages_share": None,
        "gut_first": None,
        "gut_second": None,
    }
    assert told["measures"]["fillers_per_minute"] == {
        "count": 6,
        "weeks": 3,
        "mean": 3.1,
        "direction": "up",
        "change": 4.0,
    }
    assert list(told["kinds"]) == ["opening", "motivation"]
    assert told["kinds"]["motivation"]["measures"]["thinking_s"]["direction"] is None
    assert list(told["kinds"]["opening"]["weeks"][0])[:3] == ["week", "answers", "thinking_s"]


def test_a_spreadsheet_gets_a_row_a_week_for_all_and_for_each_kind() -> None:
    assert trends_csv(trends(RISING)).splitlines() == [
        "week,kind,answers,thinking_s,answer_s,words_per_minute,fillers_per_minute,messages_share,gut_first,gut_second",
        "2026-11-02,all,3,2.0,,,1.1,0.5,,",
        "2026-11-09,all,3,2.1,,,3.1,,,",
        "2026-11-16,all,2,,,,5.1,,,",
        "2026-11-02,opening,2,,,,1.1,,,",
        "2026-11-09,opening,2,,,,3.1,,,",
        "2026-11-16,opening,2,,,,5.1,,,",
        "2026-11-02,motivation,1,2.0,,,,,,",
        "2026-11-09,motivation,1,2.1,,,,,,",
    ]
    assert len(trends_csv(trends(RISING, "motivation")).splitlines()) == 3
