"""The coaching below an answer: what it rests on, what it is held against, and what it cannot know yet."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from dialogue.shipped import PROMPTS
from greenroom.archive import Archive
from greenroom.coaching.landing import land, said
from greenroom.coaching.lexicon import Lexicon, lexicon_of
from greenroom.coaching.measures import Counted, Found, Measures, Pauses, Relevance, Star, StarPart, Voices
from greenroom.dialogue.feedback import read_feedback
from greenroom.dialogue.page import Page as Toml
from greenroom.review import as_json
from greenroom.review.coached import Coached, Coaching, Means, coaching
from greenroom.review.coached_json import with_coaching
from greenroom.review.coached_page import below, messages_page
from greenroom.review.look import Look
from greenroom.review.page import Page, cells, text_of
from greenroom.types import (
    Advice,
    Fillers,
    Finding,
    Graded,
    Landed,
    Timing,
    Transcript,
    Turn,
)
from review.sample import CONFLICT, SESSION

PLAIN = Look(plain=True, columns=80)
DRAWN = Look(plain=False, columns=80)
FEEDBACK = read_feedback((PROMPTS / "feedback.toml").read_text("utf-8"), "feedback.toml")
NONE = Counted(0, None, {}, ())


def counted(*texts: str) -> Counted:
    return Counted(
        len(texts),
        1.0,
        {text: texts.count(text) for text in dict.fromkeys(texts)},
        tuple(Found(text, place, None) for place, text in enumerate(texts)),
    )


STORY = Star(
    (
        StarPart("situation", 4.2, 0.22, (Found("last spring our billing job failed", 3, 4.2),)),
        StarPart(
            "action",
            31.0,
            0.48,
            (
                Found("I wrote", 40, 31.0),
                Found("I called", 52, 38.0),
                Found("I moved", 61, 44.0),
                Found("I ran", 70, 50.0),
            ),
        ),
        StarPart("result", 62.4, 0.3, (Found("so in the end we shipped", 90, 62.4),)),
    ),
    ("task",),
)

SPOKEN = Measures(
    timing=Timing(2.1, 84.04, 71.3, 2.4, 142.2),
    words=199,
    pauses=Pauses(5, 2.4, 10.1, 0.12),
    pace_course=(150.4, 143.1, 132.6),
    fillers=Fillers(2, 1.4278, {"uh": 1, "um": 1}),
    verbatim=True,
    hedges=counted("kind of", "kind of", "i think"),
    openers=NONE,
    repeats=Counted(1, 0.7, {"the": 1}, (Found("the the", 7, 12.0),)),
    restarts=NONE,
    voices=Voices(9, 4),
    star=STORY,
    relevance=Relevance(("conflict", "colleague"), ("colleague",)),
    numbers=(Found("thirty percent", 93, 64.0),),
    outcomes=(Found("we shipped", 94, 65.1),),
)

TYPED = replace(
    SPOKEN,
    timing=None,
    pauses=None,
    pace_course=(),
    fillers=None,
    verbatim=False,
    star=Star((StarPart("result", None, 0.3, (Found("we shipped", 9),)),), ("situation", "task", "action")),
    relevance=None,
    numbers=(),
    outcomes=(),
    repeats=NONE,
)

ADVICE = Advice(
    (
        Finding("thin-action", good=False, figures={"share": 48}),
        Finding("named-result", good=True, figures={"text": "we shipped"}),
    ),
    grade="good",
    because=("named-result",),
)
ONE = Coached(CONFLICT, SPOKEN, ADVICE, seconds=(60, 120))
WRITTEN = replace(CONFLICT, audio=None, timing=None, fillers=None, words=())


def lines(one: Coached, look: Look = PLAIN) -> list[str]:
    page = below(Coaching({one.turn.number: one}), FEEDBACK, 3, look)[one.turn.number]
    return [text_of(line).rstrip() for line in page]


def said_of(one: Coached, label: str) -> str | None:
    """What stands behind a label, on one line; None when it is not there."""
    found = (line for line in lines(one, replace(PLAIN, columns=1000)) if line.startswith(f"{label}: "))
    return next((line.removeprefix(f"{label}: ") for line in found), None)


def lexicon() -> Lexicon:
    return lexicon_of(Toml.parse((PROMPTS / "measures.toml").read_text("utf-8"), "measures.toml").values)


def not_wanted(*_: object) -> NoReturn:
    raise AssertionError("nothing was to be looked for")


def test_each_figure_stands_beside_its_yardstick_and_where_that_comes_from() -> None:
    assert lines(ONE) == [
        "",
        "Keep: They heard what came of it. That rounds the story off.",
        "To try: Shorten the beginning, and tell more of your own steps.",
        "Time: 1 min 24 s; 1 min to 2 min suits this question. 2.1 s of thought before",
        "  it; 2 to 5 s is fine (usual interview advice). 5 pauses of 0.5 s or more, the",
        "  longest 2.4 s, 12 % of the time.",
        "Pace: 142 words a minute; 140 to 160 is easy to follow (Street and Brady), 110",
        "  to 160 is common among speech coaching tools. Third by third: 150, 143 and",
        "  133.",
        "Fillers: 1.4 a minute; up to 5 do no harm, 12 and more do (Laske 2024).",
        'Wording: Softened by "kind of" 2, "I think" 1. Said twice: "the the" (0:12).',
        '  "I" 9, "we" 4.',
        "Story: Situation, action and result; not heard: task.",
        '  - situation at 0:04, 22 % of the time: "last spring our billing job failed"',
        '  - action at 0:31, 48 % of the time (about 60 % is usual): "I wrote", "I',
        '    called", "I moved", and 1 more',
        '  - result at 1:02, 30 % of the time: "so in the end we shipped"',
        'Named: Figures: "thirty percent" (1:04).',
        'Question: "colleague" taken up, "conflict" not.',
        "Grade: Good, going by the measures: the result was there.",
    ]


def test_on_a_terminal_it_is_indented_and_quotes_are_round() -> None:
    drawn = lines(ONE, DRAWN)

    assert "      - result at 1:02, 30 % of the time: “so in the end we shipped”" in drawn
    assert all(line.startswith("    ") for line in drawn[1:])


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_no_line_is_wider_than_the_screen(columns: int) -> None:
    page = below(Coaching({1: ONE}), FEEDBACK, 3, Look(plain=False, columns=columns))[1]

    assert max(cells(text_of(line)) for line in page) <= columns


def test_plain_output_is_ascii() -> None:
    we = replace(ONE, advice=Advice((Finding("all-we", good=False, figures={"we": 9, "i": 0}),)))

    assert said_of(we, "To try") == 'It was mostly "we". Name the part that was yours.'
    assert all(line.isascii() for line in lines(we))


def test_what_was_typed_is_not_timed_and_says_so() -> None:
    typed = replace(ONE, turn=WRITTEN, measures=TYPED)

    assert said_of(typed, "Time") == "Typed, so there is nothing to time."
    assert said_of(typed, "Pace") is None
    assert said_of(typed, "Fillers") is None
    assert '  - result, 30 % of the words: "we shipped"' in lines(typed)


def test_fillers_of_a_transcript_that_is_not_final_are_not_told_yet() -> None:
    early = replace(ONE, measures=replace(SPOKEN, verbatim=False))

    assert said_of(early, "Fillers") == "Hesitations are counted once the transcript is final."


def test_an_answer_without_a_range_of_its_own_is_held_against_the_usual_one() -> None:
    said = said_of(replace(ONE, seconds=None), "Time")

    assert said is not None
    assert said.startswith("1 min 24 s; 1 min to 2 min is usual interview advice. ")


def test_one_part_alone_is_no_story_that_something_is_missing_in() -> None:
    one = replace(ONE, measures=TYPED)
    none = replace(ONE, measures=replace(SPOKEN, star=Star((), ("situation", "task", "action", "result"))))
    short = replace(ONE, measures=replace(SPOKEN, star=None))

    assert said_of(one, "Story") == "Result."
    assert said_of(none, "Story") is None
    assert said_of(short, "Story") == "Too few words to look for one."


def test_what_came_of_it_stands_alone_where_no_story_has_a_result() -> None:
    loose = replace(ONE, measures=replace(SPOKEN, star=None))

    assert said_of(loose, "Named") == (
        'Figures: "thirty percent" (1:04). What came of it: "we shipped" (1:05).'
    )


def test_one_so_at_the_beginning_is_nothing_to_speak_of() -> None:
    once = replace(ONE, measures=replace(SPOKEN, openers=counted("so"), hedges=NONE, repeats=NONE))
    twice = replace(ONE, measures=replace(SPOKEN, openers=counted("so", "so"), hedges=NONE, repeats=NONE))

    assert said_of(once, "Wording") == '"I" 9, "we" 4.'
    assert said_of(twice, "Wording") == 'Sentences begun with "so" 2. "I" 9, "we" 4.'


def test_the_reply_to_a_follow_up_is_no_story_of_its_own() -> None:
    reply = replace(ONE, turn=replace(CONFLICT, follow_up_of=1))

    assert said_of(reply, "Story") is None
    assert said_of(reply, "Question") is None
    assert said_of(reply, "Pace") is not None


def test_a_question_none_of_whose_words_came_up_is_no_reproach() -> None:
    other = replace(ONE, measures=replace(SPOKEN, relevance=Relevance(("conflict",), ())))

    assert said_of(other, "Question") == (
        'None of its words was taken up ("conflict"); yours may be better ones.'
    )


def test_a_grade_says_whose_it_is() -> None:
    graded = Graded("conflict", 3, 31, 1, "easy", True, "2026-01-31T18:10:00+01:00")

    assert said_of(replace(ONE, graded=graded), "Grade") == "Easy, as you said."
    # Proposed then; by the rules of today it would be another one, whose reasons are not given for it.
    assert said_of(replace(ONE, graded=replace(graded, own=False)), "Grade") == "Easy, going by the measures."
    assert said_of(replace(ONE, advice=Advice()), "Grade") is None


def test_a_question_answered_before_says_which_take_it_is() -> None:
    assert said_of(replace(ONE, take=2, takes=3), "Takes") == (
        "Take 2 of 3; greenroom compare conflict sets them side by side."
    )


def test_points_say_which_of_them_were_said_and_where() -> None:
    one = replace(
        ONE,
        points=("the rollback plan", "what I learned"),
        said=(Landed("the rollback plan", "I asked for it", 7.1),),
    )

    assert lines(one)[-4:-1] == [
        "Your points:",
        '  - the rollback plan (said: "I asked for it" (0:07))',
        "  - what I learned (not said this time)",
    ]


def test_messages_say_where_they_landed_in_the_session_and_which_never_came_up() -> None:
    landed = (Landed("I ship small things early.", "we shipped the first one in a week", 31.4),)
    found = Coaching({1: replace(ONE, landed=landed)}, ("I ship small things early.", "I explain well."))

    assert [text_of(line).rstrip() for line in messages_page(found, 3, PLAIN)] == [
        "",
        "What you want them to remember:",
        "- I ship small things early.",
        '  Said 3.1@0:31, as "we shipped the first one in a week"',
        "- I explain well.",
        "  not this time",
    ]
    assert messages_page(Coaching({}, ("I explain well.",)), 3, PLAIN) == []
    assert messages_page(Coaching({1: ONE}), 3, PLAIN) == []


def test_nothing_that_was_said_steers_a_terminal() -> None:
    evil = "\x1b[31mred\x1b[0m\u202e"
    one = replace(
        ONE,
        measures=replace(SPOKEN, numbers=(Found(evil, 1, 1.0),), relevance=Relevance((evil,), ())),
        points=(evil,),
        said=(Landed(evil, evil),),
        landed=(Landed(evil, evil),),
    )
    pages: list[Page] = [below(Coaching({1: one}), FEEDBACK, 3, DRAWN)[1]]
    pages.append(messages_page(Coaching({1: one}, (evil,)), 3, DRAWN))

    for page in pages:
        printed = "".join(text_of(line) for line in page)
        assert "\x1b" not in printed
        assert "\u202e" not in printed
        assert "red" in printed


def test_json_has_the_coaching_beside_what_was_there() -> None:
    whole = as_json.session(SESSION)
    graded = Graded("conflict", 3, 31, 1, "good", False, "2026-01-31T18:10:00+01:00")
    landed = (Landed("I ship.", "we shipped", 65.1234),)
    one = replace(ONE, graded=graded, landed=landed, points=("the plan",))
    more = with_coaching(whole, Coaching({1: one}, ("I ship.", "I explain.")))

    assert list(more) == [*whole, "messages"]
    for turn, before in zip(more["turns"], whole["turns"], strict=True):
        assert {key: turn[key] for key in before} == before
    first, skipped, _, debrief = more["turns"]
    assert list(first)[-2:] == ["coaching", "grade"]
    assert first["grade"] == {"grade": "good", "own": False, "at": "2026-01-31T18:10:00+01:00"}
    assert first["coaching"]["pauses"] == {"count": 5, "longest_s": 2.4, "total_s": 10.1, "share": 0.12}
    assert first["coaching"]["pace_course"] == [150, 143, 133]
    assert first["coaching"]["hedges"]["by_phrase"] == {"kind of": 2, "i think": 1}
    assert first["coaching"]["voices"] == {"i": 9, "we": 4}
    assert first["coaching"]["star"]["missing"] == ["task"]
    assert first["coaching"]["star"]["parts"][2] == {
        "name": "result",
        "at_s": 62.4,
        "share": 0.3,
        "rests_on": [{"text": "so in the end we shipped", "place": 90, "at_s": 62.4}],
    }
    assert first["coaching"]["range_s"] == [60, 120]
    assert first["coaching"]["points"] == [{"point": "the plan", "said": False, "at_s": None, "text": None}]
    assert first["coaching"]["proposed"] == {"grade": "good", "because": ["named-result"]}
    assert (skipped["coaching"], skipped["grade"]) == (None, None)
    assert "coaching" not in debrief
    assert more["messages"] == [
        {"message": "I ship.", "landed": [{"turn": 1, "at_s": 65.123, "text": "we shipped"}]},
        {"message": "I explain.", "landed": []},
    ]
    assert json.loads(as_json.dumped(more)) == more


def answered(
    archive: Archive, session: int, prompt_id: str, text: str, prompt: str = "Tell me.", **more: object
) -> Turn:
    turn = archive.start_turn(session, prompt_id=prompt_id, prompt=prompt, part="interview", **more)  # type: ignore[arg-type]
    said = Transcript(text, (), "typed", "final")
    archive.store_transcript(turn.id, said, timing=None, fillers=None, status="answered")
    return turn


def test_only_answers_of_the_interview_are_measured_and_nothing_is_opened_for_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        session = archive.start_session("practice", pack="general")
        answered(archive, session, "warm-up", "My day was fine, thank you.")
        answered(archive, session, "conflict", "We disagreed about the migration.")
        skipped = archive.start_turn(session, prompt_id="strength", prompt="And?", part="interview")
        archive.set_turn_status(skipped.id, "skipped")
        means = Means(lexicon(), not_wanted, not_wanted)

        found = coaching(archive, archive.session(session), lambda: means)

        assert list(found.answers) == [2]
        assert found.answers[2].measures.words == 5
        debrief = archive.start_session("debrief")
        assert coaching(archive, archive.session(debrief), not_wanted).answers == {}


def test_the_name_of_a_recordings_file_is_no_question_whose_words_are_missed(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        session = archive.start_session("import")
        for prompt_id in ("imported", "conflict"):
            answered(archive, session, prompt_id, "We disagreed about the migration.", "rollback final.flac")
        means = Means(lexicon(), not_wanted, not_wanted)

        found = coaching(archive, archive.session(session), lambda: means).answers

        assert found[1].measures.relevance is None
        assert found[2].measures.relevance is not None


def test_messages_and_points_are_looked_for_in_each_answer(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.set_messages(["I ship small things early", "I explain well"], "2026-01-01T10:00:00+01:00")
        archive.set_points("conflict", ["the rollback plan"], "2026-01-01T10:00:00+01:00")
        session = archive.start_session("practice", pack="general")
        answered(
            archive, session, "conflict", "I asked for the rollback plan. I ship small things early, always."
        )
        answered(archive, session, "other", "I like to ship small things early in every project.")
        means = Means(lexicon(), land, said)

        found = coaching(archive, archive.session(session), lambda: means)

        assert [landed.message for landed in found.answers[1].said] == ["the rollback plan"]
        assert found.answers[2].points == ()
        assert [turn.number for turn, _ in found.landings("I ship small things early")] == [1, 2]
        assert found.landings("I explain well") == []


def test_a_take_is_counted_over_all_sessions_and_a_range_is_that_of_the_sessions_plan(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        first = archive.start_session("practice")
        answered(archive, first, "conflict", "We disagreed.")
        archive.end_session(first, "finished")
        second = archive.start_session("practice")
        archive.append_log(
            second,
            {"entry": "plan", "questions": [{"id": "conflict", "seconds": [45, 90], "kind": "behavioural"}]},
        )
        turn = answered(archive, second, "conflict", "We disagreed, and then we agreed.")
        archive.grade(second, 1, "good", own=True)
        means = Means(lexicon(), not_wanted, not_wanted)

        found = coaching(archive, archive.session(second), lambda: means).answers[1]

        assert (found.take, found.takes) == (2, 2)
        assert found.seconds == (45, 90)
        assert found.graded is not None
        assert (found.graded.turn_id, found.graded.grade, found.graded.own) == (turn.id, "good", True)
        earlier = coaching(archive, archive.session(first), lambda: means).answers[1]
        assert (earlier.take, earlier.takes, earlier.seconds, earlier.graded) == (1, 2, None, None)


def test_the_list_of_sessions_pays_for_no_measures() -> None:
    modules = "sys, greenroom.cli.review, greenroom.review.terminal, greenroom.review.as_json"
    program = f"import {modules}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()

    assert "greenroom.review.terminal" in loaded
    assert [one for one in loaded if one.startswith("greenroom.coaching.measures")] == []
