"""What is said of an answer, in which order; what is asked next; which grade is proposed, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.said import typed
from greenroom.coaching.advice import STORY_KINDS, advise
from greenroom.coaching.measures import Counted, Found, Measures, Pauses, Relevance, Star, StarPart, Voices
from greenroom.types import Advice, Fillers, Landed, Timing

NONE = Counted(0, None, {}, ())


def part(name: str, share: float) -> StarPart:
    return StarPart(name, 0.0, share, (Found(f"the {name}", 0, 0.0),))  # type: ignore[arg-type]


WHOLE = Star(
    (part("situation", 0.2), part("task", 0.1), part("action", 0.5), part("result", 0.2)), missing=()
)
GOOD = Measures(
    timing=Timing(thinking_s=3, answer_s=80, speaking_s=70, longest_pause_s=1, words_per_minute=150),
    words=200,
    pauses=Pauses(4, 1.0, 3.0, 0.04),
    pace_course=(150, 150, 150),
    fillers=Fillers(2, 1.5, {"um": 2}),
    verbatim=True,
    hedges=NONE,
    openers=NONE,
    repeats=NONE,
    restarts=NONE,
    voices=Voices(12, 3),
    star=WHOLE,
    relevance=Relevance(("conflict", "colleague"), ("conflict", "colleague")),
    numbers=(Found("forty percent", 9, 4.0),),
    outcomes=(Found("as a result", 5, 2.0), Found("we shipped", 30, 12.0), Found("since then", 50, 20.0)),
)


def told(measures: Measures, kind: str = "behavioural", **more: object) -> Advice:
    return advise(measures, seconds=(60, 120), kind=kind, **more)  # type: ignore[arg-type]


def ids(advice: Advice) -> list[str]:
    return [finding.id for finding in advice.findings]


def without(*names: str) -> Measures:
    parts = tuple(one for one in WHOLE.parts if one.name not in names)
    return replace(GOOD, star=Star(parts, names))  # type: ignore[arg-type]


def timed(**more: float) -> Measures:
    assert GOOD.timing
    return replace(GOOD, timing=replace(GOOD.timing, **more))


def often(count: int, phrase: str) -> Counted:
    return Counted(count, None, {phrase: count}, (Found(phrase, 0),) * count)


def test_a_good_story_is_praised_and_graded_as_easy() -> None:
    found = told(GOOD)
    assert ids(found) == [
        *("whole-story", "named-result", "own-part", "named-number", "good-length", "few-fillers"),
        *("good-pace", "thought-first", "on-question"),
    ]
    assert all(finding.good for finding in found.findings)
    assert (found.follow_up, found.grade) == (None, "easy")
    assert set(found.because) <= set(ids(found))


@pytest.mark.parametrize(
    ("measures", "id", "figures"),
    [
        (timed(answer_s=20), "too-short", {"answer_s": 20, "low_s": 60}),
        (timed(answer_s=160), "too-long", {"answer_s": 160, "high_s": 120}),
        (timed(words_per_minute=190), "too-fast", {"pace": 190, "high": 160}),
        (timed(words_per_minute=90), "too-slow", {"pace": 90, "low": 110}),
        (replace(GOOD, pace_course=(130, 150, 170)), "speeding-up", {"first": 130, "last": 170}),
        (replace(GOOD, pauses=Pauses(3, 6.5, 9, 0.1)), "long-pause", {"longest_s": 6.5}),
        (
            replace(GOOD, fillers=Fillers(20, 15, {"uh": 12, "um": 8})),
            "many-fillers",
            {"per_minute": 15, "most": "uh"},
        ),
        (replace(GOOD, hedges=often(6, "kind of")), "many-hedges", {"count": 6, "most": "kind of"}),
        (replace(GOOD, openers=often(3, "so")), "opener", {"text": "so", "count": 3}),
        (replace(GOOD, repeats=often(7, "the the")), "repeats", {"count": 7, "text": "the the"}),
        (without("result"), "no-result", {}),
        (without("action"), "no-action", {}),
        (without("situation", "task"), "no-situation", {}),
        (
            replace(GOOD, star=Star((part("situation", 0.8), part("action", 0.15)), ("task", "result"))),
            "thin-action",
            {"share": 15},
        ),
        (replace(GOOD, voices=Voices(1, 9)), "all-we", {"we": 9, "i": 1}),
        (replace(GOOD, numbers=()), "no-numbers", {}),
        (
            replace(
                GOOD, star=Star((), ("situation",)), relevance=Relevance(("conflict", "team", "late"), ())
            ),
            "off-question",
            {"asked": "conflict, team, late"},
        ),
    ],
)
def test_what_is_worth_changing_comes_with_its_figures(
    measures: Measures, id: str, figures: dict[str, object]
) -> None:
    finding = next(one for one in told(measures).findings if one.id == id)
    assert (dict(finding.figures), finding.good) == (figures, False)


@pytest.mark.parametrize(
    ("id", "figures"),
    [
        ("good-length", {"answer_s": 80}),
        ("good-pace", {"pace": 150}),
        ("few-fillers", {"per_minute": 1.5}),
        ("named-result", {"text": "the result"}),
        ("named-number", {"text": "forty percent"}),
        ("own-part", {"i": 12, "we": 3}),
        ("thought-first", {"thinking_s": 3}),
    ],
)
def test_what_was_good_comes_with_its_figures(id: str, figures: dict[str, object]) -> None:
    finding = next(one for one in told(GOOD).findings if one.id == id)
    assert (dict(finding.figures), finding.good) == (figures, True)


def test_a_figure_comes_with_the_source_of_its_yardstick() -> None:
    sources = {finding.id: finding.source for finding in told(GOOD).findings}
    assert sources["few-fillers"] == "Laske 2024"
    assert sources["good-length"] == "the question’s own range"
    assert sources["whole-story"] is None


def test_what_matters_is_said_first_and_small_things_last() -> None:
    found = ids(told(replace(without("result"), openers=often(4, "so"))))
    assert found[0] == "no-result"
    assert found[-1] == "opener"


def test_a_little_too_fast_is_no_reason_to_pass_over_what_was_good() -> None:
    found = told(timed(words_per_minute=165))
    assert found.findings[0].good
    assert "too-fast" in ids(found)


@pytest.mark.parametrize(
    ("focus", "first"),
    [
        ("pace", "good-pace"),
        ("fillers", "few-fillers"),
        ("numbers", "named-number"),
        ("star", "no-result"),
        ("messages", "no-result"),
    ],
)
def test_what_somebody_works_on_comes_first_when_there_is_something_to_say(focus: str, first: str) -> None:
    assert ids(told(without("result"), focus=focus))[0] == first


def test_fillers_are_not_spoken_of_when_they_cannot_be_relied_on() -> None:
    found = ids(told(replace(GOOD, verbatim=False)))
    assert "few-fillers" not in found
    assert "many-fillers" not in found


def test_only_a_question_for_a_story_lacks_a_result() -> None:
    assert "behavioural" in STORY_KINDS
    assert "no-result" in ids(told(without("result")))
    assert "no-result" not in ids(told(without("result"), "motivation"))
    assert told(without("result"), "motivation").follow_up is None


def test_a_missing_result_is_asked_for() -> None:
    assert told(without("result")).follow_up == "result"


def test_the_own_part_is_asked_for_before_the_result() -> None:
    assert told(replace(GOOD, voices=Voices(0, 8))).follow_up == "part"
    assert told(replace(without("result"), voices=Voices(0, 8))).follow_up == "part"


def test_no_story_at_all_asks_for_an_example() -> None:
    assert told(without("situation", "task", "action", "result")).follow_up == "example"


def test_a_far_too_short_answer_asks_for_an_example() -> None:
    short = replace(timed(answer_s=10), words=25)
    assert told(short).follow_up == "example"
    assert told(short, "strengths").follow_up == "example"
    assert told(replace(short, timing=None)).follow_up is None


def test_a_question_that_wants_few_words_asks_for_nothing_more() -> None:
    short = replace(timed(answer_s=2), words=6)
    assert advise(short, seconds=(5, 30), kind="practical").follow_up is None
    assert advise(short, seconds=(60, 90), kind="practical").follow_up is None


def test_few_words_prove_nothing_missing() -> None:
    few = replace(without("result"), words=39, timing=None)
    assert told(few).follow_up is None
    assert "no-result" not in ids(told(few))


def test_one_thing_that_matters_makes_an_answer_hard() -> None:
    found = told(without("result"))
    assert (found.grade, found.because) == ("hard", ("no-result",))


def test_a_far_too_short_answer_is_for_another_try() -> None:
    found = told(replace(timed(answer_s=10), words=25))
    assert (found.grade, found.because) == ("again", ("too-short",))


def test_a_whole_story_told_in_a_few_words_is_hard_and_asks_for_nothing() -> None:
    found = told(timed(answer_s=25))
    assert (found.grade, found.because, found.follow_up) == ("hard", ("too-short",), None)


def test_a_story_of_one_outcome_is_good_and_so_is_any_other_answer() -> None:
    assert told(replace(GOOD, outcomes=GOOD.outcomes[:1])).grade == "good"
    assert told(GOOD, "motivation").grade == "good"


def test_no_story_is_for_another_try() -> None:
    found = told(without("action", "result"))
    assert (found.grade, found.because) == ("again", ("no-action", "no-result"))


def test_a_small_thing_keeps_a_good_answer_from_being_easy() -> None:
    assert told(replace(GOOD, openers=often(3, "so"))).grade == "good"


def test_a_few_typed_words_are_not_graded() -> None:
    found = advise(typed("I called them, and it was fine."), seconds=(60, 120), kind="behavioural")
    assert (found.grade, found.because) == (None, ())


def test_a_typed_opinion_is_not_graded() -> None:
    assert told(replace(GOOD, timing=None), "motivation").grade is None


def test_key_messages_that_landed_are_good_news() -> None:
    landed = (Landed("I finish things", "I always finish"),)
    found = told(GOOD, landed=landed, messages=("I finish things", "I listen"))
    assert ids(found)[0] == "message-landed"
    assert found.findings[0].figures == {"message": "I finish things"}
    assert found.landed == landed


def test_a_message_is_missed_when_none_landed() -> None:
    found = told(GOOD, messages=("I finish things", "I listen"))
    assert found.findings[-1].figures == {"message": "I finish things"}
    assert "message-missed" not in ids(told(GOOD))


PIECES = (
    "I",
    "we",
    "called",
    "them",
    "um",
    "so,",
    "kind",
    "of",
    "last",
    "year.",
    "as",
    "a",
    "result",
    "forty",
)


@given(
    st.lists(st.sampled_from(PIECES), max_size=90),
    st.sampled_from(["behavioural", "motivation", "general", "anything"]),
)
def test_any_answer_gets_advice_that_rests_on_its_findings(said: list[str], kind: str) -> None:
    found = advise(typed(" ".join(said)), seconds=(60, 120), kind=kind)
    assert set(found.because) <= set(ids(found))
    assert len(set(ids(found))) == len(found.findings)
    assert (found.grade is None) == (found.because == ())
