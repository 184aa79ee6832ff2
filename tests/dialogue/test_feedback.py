"""How coaching is told: each finding has its sentences, they are filled in, and not always the same."""

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.shipped import PROMPTS
from greenroom.coaching import advice, yardsticks
from greenroom.dialogue.feedback import (
    FIGURES,
    asked_for_grade,
    feedback_from_data,
    follow_up,
    proposed,
    read_feedback,
    said,
    shown,
    shown_lines,
    spoken_line,
    summed_up,
)
from greenroom.errors import GreenroomError
from greenroom.types import Advice, Finding, FollowUpKind, Landed

TEXT = (PROMPTS / "feedback.toml").read_text("utf-8")
WORDS = read_feedback(TEXT, "feedback.toml")

NO_RESULT = Finding("no-result", good=False)
TOO_LONG = Finding("too-long", good=False, figures={"answer_s": 161.2, "high_s": 120})
TOO_FAST = Finding("too-fast", good=False, figures={"pace": 172.3, "high": 160}, source="Street and Brady")
GOOD_PACE = Finding("good-pace", good=True, figures={"pace": 152.0})
WHOLE = Finding("whole-story", good=True)

TEXTS = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=60)
AS_TEXT = {"text", "message", "asked", "most"}
NUMBERS = st.floats(0, 10_000) | st.integers(0, 10_000)


def finding(name: str, figures: Mapping[str, float | str]) -> Finding:
    return Finding(name, good=True, figures=figures)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    name = draw(st.sampled_from(sorted(FIGURES)))
    return finding(name, {key: draw(TEXTS if key in AS_TEXT else NUMBERS) for key in sorted(FIGURES[name])})


def test_every_finding_has_three_ways_to_be_said_a_line_and_a_reason() -> None:
    assert set(WORDS.findings) == set(FIGURES)
    for one in WORDS.findings.values():
        assert len(set(one.say)) == 3


@given(findings(), st.integers(0, 1000))
def test_every_sentence_is_filled_in_whatever_the_figures(one: Finding, n: int) -> None:
    for line in (said(one, WORDS, n), shown(one, WORDS)):
        assert line
        assert "{" not in line
        assert "}" not in line
        assert "\n" not in line


def test_the_sentences_are_filled_in_with_just_the_figures_that_coaching_gives() -> None:
    calls = {
        call.args[0].value: {keyword.arg for keyword in call.keywords}
        for call in ast.walk(ast.parse(Path(advice.__file__).read_text("utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in ("_change", "_good")
        and isinstance(call.args[0], ast.Constant)
    }

    assert calls == {name: set(figures) for name, figures in FIGURES.items()}


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("long-pause", [yardsticks.LONG_PAUSE_S.high]),
        ("many-fillers", [yardsticks.FILLERS_PER_MINUTE.low]),
        ("few-fillers", [yardsticks.FILLERS_PER_MINUTE.low]),
        ("many-hedges", [yardsticks.HEDGES_PER_100_WORDS.high, 100]),
        ("opener", [yardsticks.SAME_OPENER]),
        ("repeats", [yardsticks.REPEATS_PER_100_WORDS.low, 100]),
        ("thin-action", [yardsticks.LEAST_ACTION_SHARE * 100]),
        (
            "good-pace",
            [yardsticks.PACE_OF_TOOLS_WORDS_PER_MINUTE.low, yardsticks.PACE_OF_TOOLS_WORDS_PER_MINUTE.high],
        ),
        ("thought-first", [yardsticks.THINKING_S.low, yardsticks.THINKING_S.high]),
    ],
)
def test_a_fixed_figure_is_the_yardsticks_own(name: str, figures: list[float]) -> None:
    shown_figures = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", WORDS.findings[name].show)]

    assert shown_figures == figures


def test_a_line_for_the_screen_has_the_figure_its_yardstick_and_its_source() -> None:
    assert (
        shown(TOO_FAST, WORDS) == "Pace: 172 words a minute; up to 160 is easy to follow (Street and Brady)"
    )
    assert shown(TOO_LONG, WORDS) == "Length: 2 minutes 41 seconds; up to 2 minutes is easy to listen to"


def test_the_same_finding_sounds_different_in_the_next_turn_and_the_same_when_told_anew() -> None:
    five = [said(NO_RESULT, WORDS, n) for n in range(5)]

    assert five[0] != five[1] != five[2] != five[0]
    assert five == [said(NO_RESULT, WORDS, n) for n in range(5)]


def test_what_somebody_said_ends_where_the_sentence_does() -> None:
    missed = finding("message-missed", {"message": "I ship small things early."})
    asked = finding("message-missed", {"message": "Why not me?"})

    assert said(missed, WORDS, 0) == "For the next answer, if it fits: I ship small things early."
    assert said(asked, WORDS, 0) == "For the next answer, if it fits: Why not me?"


def test_less_than_one_a_minute_is_said_as_that() -> None:
    assert shown(finding("few-fillers", {"per_minute": 0.3}), WORDS).startswith(
        "Fillers: fewer than 1 a minute"
    )
    assert shown(finding("few-fillers", {"per_minute": 0.0}), WORDS).startswith("Fillers: 0 a minute")


def test_one_thing_is_said_and_three_are_shown() -> None:
    told = Advice((NO_RESULT, TOO_LONG, TOO_FAST, GOOD_PACE))

    assert spoken_line(told, WORDS, 0) == "Next time, say how it turned out."
    assert shown_lines(told, WORDS) == (
        "No result was heard; a story is whole with how it turned out",
        "Length: 2 minutes 41 seconds; up to 2 minutes is easy to listen to",
        "Pace: 172 words a minute; up to 160 is easy to follow (Street and Brady)",
    )
    assert len(shown_lines(told, WORDS, at_most=4)) == 4


def test_nothing_found_is_nothing_said() -> None:
    assert spoken_line(Advice(), WORDS, 0) is None
    assert shown_lines(Advice(), WORDS) == ()


def test_a_finding_without_sentences_is_passed_over() -> None:
    told = Advice((Finding("from-a-later-version", good=True), WHOLE))

    assert spoken_line(told, WORDS, 2) == "Beginning, middle and end were all there."
    assert len(shown_lines(told, WORDS)) == 1


@pytest.mark.parametrize("kind", ["result", "part", "example"])
def test_a_follow_up_is_a_question_and_not_always_the_same(kind: FollowUpKind) -> None:
    asked = {follow_up(kind, WORDS, n) for n in range(10)}

    assert len(asked) >= 3
    assert all(one.endswith("?") for one in asked)


def test_a_grade_is_proposed_with_its_reasons() -> None:
    told = Advice((WHOLE, GOOD_PACE), grade="good", because=("whole-story", "good-pace"))

    assert (
        proposed(told, WORDS, 0) == "I would say good: the story was whole and the pace was easy to follow."
    )
    assert proposed(Advice(grade="again"), WORDS, 0) == "I would say not yet."
    assert proposed(Advice((WHOLE,)), WORDS, 0) is None


def test_a_grade_can_be_said_by_its_name_and_by_its_word() -> None:
    for grade, words in WORDS.grades.items():
        assert grade in words.heard
        assert words.name in words.heard
        assert words.name in asked_for_grade(WORDS, 0)


def test_no_reply_gives_two_grades() -> None:
    heard = [one for words in WORDS.grades.values() for one in words.heard]

    assert len(heard) == len(set(heard))


def test_a_silent_interviewer_tells_in_the_end_what_came_up_most() -> None:
    advices = [
        Advice((WHOLE, NO_RESULT, TOO_LONG), landed=(Landed("I ship early.", "we shipped"),)),
        Advice((NO_RESULT, GOOD_PACE)),
        Advice((NO_RESULT, GOOD_PACE)),
    ]

    assert summed_up(advices, WORDS, ("I ship early.", "I explain well.")) == (
        "Now that you are through, here is what I noticed.",
        "What you can build on: in 2 of 3 answers the pace was easy to follow.",
        "What is worth working on first: in 3 of 3 answers the result was missing.",
        "You got this point in: I ship early.",
        "This one is still to come: I explain well.",
    )


def test_in_the_end_what_weighs_more_than_the_praise_goes_before_what_is_only_frequent() -> None:
    small = Finding("no-numbers", good=False)
    advices = [Advice((NO_RESULT, WHOLE, small)), Advice((GOOD_PACE, small)), Advice((GOOD_PACE, small))]

    assert summed_up(advices, WORDS)[2] == (
        "What is worth working on first: in 1 of 3 answers the result was missing."
    )
    assert summed_up(advices[1:], WORDS)[2] == (
        "What is worth working on first: in 2 of 2 answers there was no figure in it."
    )


def test_of_one_answer_it_says_what_it_would_have_said_then() -> None:
    assert summed_up([Advice((NO_RESULT, WHOLE))], WORDS) == (
        "Now that you are through, here is what I noticed.",
        "A whole story: where it was, what you did, and how it ended.",
        "Next time, say how it turned out.",
    )


def test_when_nothing_could_be_measured_it_says_so_and_reproaches_nobody_with_a_message() -> None:
    assert summed_up([Advice(), Advice()], WORDS, ("I ship early.",)) == (
        "Now that you are through, here is what I noticed.",
        "There was too little to go by this time. What counts is that you did it out loud.",
    )


def test_no_sentence_gives_a_mark_or_scolds() -> None:
    scolding = re.compile(
        r"\b(out of|score|points? of ten|\d+ ?/ ?\d+|wrong|mistake|fail\w*|bad|poor\w*|weak|must|should)\b",
        re.IGNORECASE,
    )
    lines = [line for one in WORDS.findings.values() for line in (*one.say, one.show, one.reason)]
    lines += [*WORDS.ask_grade, *WORDS.propose, *WORDS.summary.values(), WORDS.grade_left]
    lines += [words.taken for words in WORDS.grades.values()]

    assert [line for line in lines if scolding.search(line)] == []


def test_what_is_said_aloud_is_short() -> None:
    longest = max(len(line.split()) for one in WORDS.findings.values() for line in one.say)

    assert longest <= 20


def test_the_words_come_back_from_the_log_as_they_were() -> None:
    assert feedback_from_data(json.loads(json.dumps(asdict(WORDS)))) == WORDS


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("by {high_s}.", "by {high}.", "“say” holds {high}, but it is filled in with {answer_s}, {high_s}"),
        ("by {high_s}.", "by {high_s.", "“say” must be a text whose braces belong together"),
        ("[findings.too-long]", "[findings.too-wide]", "there is no finding “too-wide”"),
        ('reason = "the answer ran long"', "", "“reason” must be a text of 1 to 2000 characters"),
        ("[summary]", "[summing]", "there is no [summary] in it"),
    ],
)
def test_a_broken_file_is_told_with_what_is_broken(old: str, new: str, complaint: str) -> None:
    assert old in TEXT
    with pytest.raises(GreenroomError) as raised:
        read_feedback(TEXT.replace(old, new), "feedback.toml")

    assert complaint in raised.value.message
    assert raised.value.message.startswith("feedback.toml, line ")


def test_a_complaint_names_the_line() -> None:
    line = TEXT.splitlines().index("[findings.too-long]") + 2  # "say" comes right after its head
    with pytest.raises(GreenroomError, match=rf"feedback.toml, line {line}:"):
        read_feedback(TEXT.replace("by {high_s}.", "by {high}."), "feedback.toml")


def test_a_finding_needs_more_than_one_way_to_be_said() -> None:
    alone = re.sub(r'say = \[\n  "Next time, say.*?\n\]', 'say = ["One."]', TEXT, flags=re.DOTALL)
    with pytest.raises(GreenroomError, match="a list of at least 2 sentences"):
        read_feedback(alone, "feedback.toml")
