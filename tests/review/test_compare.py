"""Two takes of a question side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from greenroom.archive import Archive, retake_id
from greenroom.cli.data import lexicon
from greenroom.errors import GreenroomError
from greenroom.review.coached import Means
from greenroom.review.compare import (
    Compared,
    compare_json,
    compare_page,
    compared,
    play_commands,
    question_meant,
    takes_of,
)
from greenroom.review.look import Look
from greenroom.review.page import text_of
from greenroom.types import Answer, Landed
from review.given import answer, rehearsal, typed

PLAIN = Look(plain=True, columns=80)
WIDE = Look(plain=False, columns=80)
NARROW = Look(plain=False, columns=40)

ANSWERED = {
    "conflict": "Tell me about a time you had a conflict with a colleague.",
    "weakness": "What is your greatest weakness?",
    "strength": "What is your greatest strength?",
}
KNOWN = ANSWERED | {"leaving": "Why are you leaving your present job?", "gap": "What about the gap?"}


def look_for(texts: Sequence[str], given: Answer) -> tuple[Landed, ...]:
    """A point was said where it stands word by word."""
    return tuple(Landed(text, text) for text in texts if text in given.text)


MEANS = Means(lexicon(), look_for, look_for)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path) as opened:
        yield opened


# Which question


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("conflict", "conflict"),
        (" weakness ", "weakness"),
        ("colleague conflict", "conflict"),
        ("greatest weak", "weakness"),
        ("STRENGTH?", "strength"),
    ],
)
def test_a_question_is_meant_by_its_id_or_by_words_of_it(asked: str, meant: str) -> None:
    assert question_meant(asked, ANSWERED, KNOWN) == meant


@pytest.mark.parametrize(
    ("asked", "message", "remedy"),
    [
        (
            "greatest",
            "“greatest” is in several questions that you have answered.",
            "Name one of them: weakness, strength.",
        ),
        (
            "leaving",
            "“Why are you leaving your present job?” has not been answered yet.",
            "greenroom practice --question leaving asks it.",
        ),
        (
            "present job",
            "“Why are you leaving your present job?” has not been answered yet.",
            "greenroom practice --question leaving asks it.",
        ),
        (
            "confict",
            "There is no question “confict” among those that you have answered.",
            "Did you mean conflict? greenroom search finds answers, greenroom questions list shows all "
            "questions.",
        ),
        (
            "?!",
            "There is no question “?!” among those that you have answered.",
            "greenroom search finds answers, greenroom questions list shows all questions.",
        ),
    ],
)
def test_a_question_that_cannot_be_compared_is_refused_with_what_to_do(
    asked: str, message: str, remedy: str
) -> None:
    with pytest.raises(GreenroomError) as refused:
        question_meant(asked, ANSWERED, KNOWN)
    assert (refused.value.message, refused.value.remedy) == (message, remedy)


def test_with_nothing_answered_that_is_what_is_said() -> None:
    with pytest.raises(GreenroomError, match="No question has been answered yet"):
        question_meant("cake", {}, KNOWN)


# Which takes


def test_takes_are_counted_over_all_sessions_without_follow_ups_and_commands(archive: Archive) -> None:
    rehearsal(archive, "2026-11-03", ("conflict", "One."), ("weakness", "Cake."))
    session = archive.start_session("practice", started_at="2026-11-04T18:30:00+01:00")
    first = answer(archive, session, "conflict", "Two.")
    answer(archive, session, "conflict", "It went well.", follow_up_of=first.number)
    answer(archive, session, "conflict", "Go back.")
    takes = takes_of(archive, "conflict", lambda text: text == "Go back.")
    assert [(take.session_id, take.turn.transcript) for take in takes] == [(1, "One."), (2, "Two.")]


def test_a_question_of_a_debrief_counts_where_it_was_taken_in_the_second_look_too(archive: Archive) -> None:
    debrief = archive.start_session("debrief", started_at="2026-11-03T18:30:00+01:00")
    answer(archive, debrief, retake_id(1, 1), "One.", part="debrief")
    rehearsal(archive, "2026-11-05", (retake_id(1, 1), "Two."))
    assert len(takes_of(archive, retake_id(1, 1), lambda text: False)) == 2
    answer(archive, debrief, "gut", "A six.", part="debrief")
    assert takes_of(archive, "gut", lambda text: False) == []


BEGUN = (
    "Um, in my last job, uh, my manager and I disagreed about the plan for weeks, and nobody knew why. It "
    "was not easy for the team at all."
)


@pytest.fixture
def three(archive: Archive) -> Archive:
    """Three takes: the last has the story's end, fewer ums, and one of two points."""
    archive.set_points("conflict", ["two weeks early", "every Friday"], "2026-11-01T10:00:00+01:00")
    first = archive.start_session("practice", started_at="2026-11-03T18:30:00+01:00")
    turn = answer(archive, first, "conflict", BEGUN, thinking_s=6.0)
    archive.grade(first, turn.number, "again", own=False)
    archive.end_session(first, "finished")
    rehearsal(archive, "2026-11-10", ("conflict", "In my last job we had lunch."))
    last = archive.start_session("practice", started_at="2026-11-17T18:30:00+01:00")
    text = (
        "In my last job my manager and I disagreed about the plan. My task was to decide. So I invited him "
        "for lunch and I asked what worried him. As a result we shipped two weeks early."
    )
    turn = answer(archive, last, "conflict", text, thinking_s=2.0, audio=True)
    archive.grade(last, turn.number, "good", own=True)
    archive.end_session(last, "finished")
    return archive


def found(archive: Archive, places: tuple[int, int] | None = None) -> Compared:
    return compared(archive, takes_of(archive, "conflict", lambda text: False), places, MEANS)


def lines(one: Compared, look: Look) -> list[str]:
    return [text_of(line).rstrip() for line in compare_page(one, look)]


def test_the_first_stands_beside_the_latest_unless_others_are_asked_for(three: Archive) -> None:
    assert [side.place for side in found(three).sides] == [1, 3]
    assert [side.place for side in found(three, (3, 2)).sides] == [2, 3]


def test_a_take_that_is_not_there_is_refused_with_what_there_is(three: Archive) -> None:
    with pytest.raises(GreenroomError) as refused:
        found(three, (2, 5))
    assert refused.value.message == "There is no take 5 of this question: there are 3."
    assert refused.value.remedy == "Name two of them: --takes 1,3"


def test_in_plain_output_each_measure_is_a_sentence(three: Archive) -> None:
    page = lines(found(three), PLAIN)
    assert page[0] == "About conflict?"
    assert "1.1 Take 1 of 3: 3 November 2026" in page
    start = page.index("Side by side:")
    told = " ".join(page[start + 1 :])
    assert "Thinking: 6 s, then 2 s (4 s shorter)." in told
    assert "Length: 14 s, then 18 s (4 s longer)." in told
    assert "Pace: 120 a minute, then 120 a minute (the same)." in told
    assert "Fillers: 2 (8.3 a minute), then none (8.3 a minute fewer)." in told
    assert "Your points: 0 of 2, then 1 of 2 (1 more)." in told
    assert "Grade: again, by the measures, then good, as you said (better)." in told
    assert "now with" in told
    assert "\n".join(page).isascii()


def test_two_columns_where_they_fit_and_one_below_the_other_where_not(three: Archive) -> None:
    page = lines(found(three), WIDE)
    assert page[2].startswith("1.1 Take 1 of 3 · 3 November 2026")
    assert "│ 3.1 Take 3 of 3" in page[2]
    assert max(map(len, page)) <= 80
    narrow = lines(found(three), NARROW)
    assert not any("│" in line for line in narrow)
    assert max(map(len, narrow)) <= 40


def test_the_columns_hold_the_same_words_as_the_answers(three: Archive) -> None:
    page = lines(found(three), WIDE)
    rows = page[3 : page.index("", 3)]
    right = " ".join(row.split("│")[1].strip() for row in rows)
    assert right.endswith("As a result we shipped two weeks early.")
    left = " ".join(row.split("│")[0].strip() for row in rows)
    assert left.strip() == BEGUN


def test_only_takes_with_sound_are_offered_to_be_played(three: Archive) -> None:
    assert play_commands(found(three)) == ["greenroom play 3.1"]
    assert lines(found(three), PLAIN)[-1] == "To hear it: greenroom play 3.1"


def test_one_take_is_shown_alone_with_how_to_make_another(archive: Archive) -> None:
    rehearsal(archive, "2026-11-03", ("conflict", "We had lunch together on the day after."))
    page = lines(found(archive), WIDE)
    assert page[1:3] == [
        "One take so far. greenroom practice --question conflict makes another to compare",
        "it with.",
    ]
    assert "Take 1 of 1" in page[4]
    assert "Thinking: 2 s." in page
    assert not any("then" in line for line in page[5:])


def test_typed_takes_have_no_times_and_still_compare(archive: Archive) -> None:
    for text in ("We had lunch.", "In the end we shipped two weeks early."):
        typed(archive, archive.start_session("practice"), "conflict", text)
    page = lines(found(archive), PLAIN)
    text = "\n".join(page)
    assert "Thinking" not in text
    assert "Fillers" not in text
    assert "To hear" not in text
    told = compare_json(found(archive))
    assert told["compared"][0]["measures"]["thinking_s"] is None
    assert told["change"]["thinking_s"] is None


def test_fillers_of_words_that_are_not_final_are_told_as_the_least_there_are(archive: Archive) -> None:
    for kind in ("stitched", "final"):
        session = archive.start_session("practice")
        answer(archive, session, "conflict", "Um, we had lunch.", kind=kind)  # type: ignore[arg-type]
    assert "Fillers: 1 or more, then 1 (30.0 a minute)." in lines(found(archive), PLAIN)


def test_programs_get_both_takes_and_the_change(three: Archive) -> None:
    told = compare_json(found(three))
    assert told["question"] == {"id": "conflict", "text": "About conflict?"}
    assert (told["takes"], told["points"]) == (3, ["two weeks early", "every Friday"])
    first, last = told["compared"]
    assert (first["take"], first["moment"], first["audio"]) == (1, "1.1", None)
    assert first["grade"] == {"grade": "again", "own": False}
    assert (last["moment"], last["audio"], last["points_said"]) == (
        "3.1",
        "audio/3/01.flac",
        ["two weeks early"],
    )
    assert first["measures"]["fillers"] == 2
    assert "result" in last["measures"]["star"]
    assert told["change"]["thinking_s"] == -4.0
    assert told["change"]["points_said"] == 1
    alone = compare_json(found(three, (2, 2)))
    assert (len(alone["compared"]), alone["change"]) == (1, {})
