"""Which questions a rehearsal asks when they are not drawn by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.interviewed import interviewed, rehearsed, typed
from greenroom.archive import Archive, retake_id
from greenroom.cli import data
from greenroom.cli.choosing import askable, chosen, due_now, named
from greenroom.coaching.focus import FOCUSES
from greenroom.dialogue.packs import Pack, Question
from greenroom.errors import GreenroomError
from greenroom.review import words
from greenroom.types import Fillers, Timing, Transcript, Word

TODAY = date.today()
PACK = Pack(
    "mine",
    "Mine",
    "en",
    (
        Question("first", "The first?", kind="behavioural"),
        Question("second", "The second?", kind="behavioural"),
        Question("third", "The third?", kind="opening"),
        Question("fourth", "The fourth?", kind="behavioural"),
        Question("never", "Should nobody ask this?", improper=True),
    ),
)


def in_order(ids: list[str]) -> None:
    """No chance in it: as they stand in the pack."""


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]


def spoken(archive: Archive, session: int, prompt_id: str, fillers: float, pace: float = 130.0) -> None:
    """An answer of a minute, as far as its figures go."""
    turn = archive.start_turn(session, part="interview", prompt_id=prompt_id, prompt=f"{prompt_id}?")
    told = tuple(Word(f"word{at}", at / 2, at / 2 + 0.4, 0.9) for at in range(120))
    text = " ".join(word.text for word in told)
    archive.store_transcript(
        turn.id,
        Transcript(text, told, "base", "final"),
        timing=Timing(2.0, 60.0, 55.0, 1.0, pace),
        fillers=Fillers(round(fillers), fillers, {"um": round(fillers)}),
        status="answered",
    )


@pytest.fixture
def archive(at: Path) -> Iterator[Archive]:
    with Archive.open(at) as opened:
        yield opened


def test_what_is_due_is_asked_first_wherever_it_comes_from(archive: Archive) -> None:
    rehearsed(archive, 9, ("conflict", "again"), ("second", "hard"), ("elsewhere", "good"))
    questions, note = chosen(archive, PACK, 5, due=True, shuffle=in_order)
    assert ids(questions) == ["conflict", "second", "elsewhere", "first", "third"]
    assert questions[0] == next(
        one for one in data.pack("general", archive.home).questions if one.id == "conflict"
    )
    assert questions[1] == PACK.questions[1]
    assert questions[2].text == "About elsewhere?"  # of no pack any more: as it was asked last
    assert note == "3 questions are due, and come first; 2 more from the pack mine."


def test_more_due_than_asked_for_leaves_the_less_urgent(archive: Archive) -> None:
    rehearsed(archive, 9, ("conflict", "good"), ("weakness", "again"), ("teamwork", "hard"))
    questions, note = chosen(archive, PACK, 2, due=True, shuffle=in_order)
    assert ids(questions) == ["weakness", "teamwork"]
    assert note == "3 questions are due; these are the most urgent."


def test_nothing_due_is_said_and_the_pack_asks_what_was_never_tried_first(archive: Archive) -> None:
    rehearsed(archive, 0, ("first", "good"))
    questions, note = chosen(archive, PACK, 4, due=True, shuffle=in_order)
    assert ids(questions) == ["second", "third", "fourth", "first"]
    assert note == "Nothing is due today, so these are from the pack mine."


def test_what_makes_up_the_number_is_drawn_by_chance(archive: Archive) -> None:
    def backwards(pool: list[str]) -> None:
        pool.reverse()

    questions, _ = chosen(archive, PACK, 2, due=True, shuffle=backwards)
    assert ids(questions) == ["fourth", "third"]
    drawn = {tuple(ids(chosen(archive, PACK, 4, due=True)[0])) for _ in range(40)}
    assert len(drawn) > 1
    assert all(set(one) == {"first", "second", "third", "fourth"} for one in drawn)


def test_a_focus_asks_the_weakest_latest_takes_first_then_what_was_never_tried(archive: Archive) -> None:
    before, after = (archive.start_session("practice") for _ in range(2))
    spoken(archive, before, "first", fillers=30.0)
    spoken(archive, after, "first", fillers=2.0)
    spoken(archive, after, "second", fillers=9.0)
    spoken(archive, after, "fourth", fillers=0.0)
    questions, note = chosen(archive, PACK, 4, focus="fillers", shuffle=in_order)
    assert ids(questions) == ["second", "first", "third", "fourth"]
    assert note == (
        "For fillers: first the 2 whose latest answers had the most ums and uhs, "
        "then 2 more from the pack mine."
    )
    (question,), note = chosen(archive, PACK, 1, focus="fillers", shuffle=in_order)
    assert question.id == "second"
    assert note == "For fillers: the one whose latest answer had the most ums and uhs."


def test_pace_is_weak_on_either_side(archive: Archive) -> None:
    session = archive.start_session("practice")
    spoken(archive, session, "first", 0.0, pace=130.0)
    spoken(archive, session, "second", 0.0, pace=60.0)
    spoken(archive, session, "third", 0.0, pace=190.0)
    questions, _ = chosen(archive, PACK, 2, focus="pace", shuffle=in_order)
    assert ids(questions) == ["second", "third"]


def test_what_belongs_to_a_story_is_looked_for_where_one_was_asked_for(archive: Archive) -> None:
    questions, note = chosen(archive, PACK, 9, focus="star", shuffle=in_order)
    assert ids(questions) == ["first", "second", "fourth"]
    assert note == (
        "For the whole story: nothing to go by in your latest answers yet, so these are from the pack mine."
    )
    plain = replace(PACK, questions=(PACK.questions[2],))
    assert ids(chosen(archive, plain, 9, focus="star")[0]) == ["third"]


@pytest.mark.parametrize("focus", FOCUSES)
def test_every_focus_can_be_chosen_and_says_why(
    archive: Archive, focus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.cli.wiring.likeness", lambda home: None)  # no model is opened for a test
    archive.set_messages(["I listen before I decide."], "2026-02-01T10:00:00+01:00")
    session = archive.start_session("practice")
    spoken(archive, session, "first", fillers=9.0)
    typed(archive, session, "second", "We did it all together, I think.", None)
    questions, note = chosen(archive, PACK, 3, focus=focus)
    assert len(questions) == 3
    assert note.startswith(f"For {words.FOCUS[focus][0]}: ")


def test_a_command_and_a_follow_up_are_no_latest_take(archive: Archive) -> None:
    session = archive.start_session("practice")
    spoken(archive, session, "first", fillers=9.0)
    typed(archive, session, "first", "Skip this one.", None)
    follow = archive.start_turn(
        session, part="interview", prompt_id="first", prompt="And then?", follow_up_of=1
    )
    archive.store_transcript(
        follow.id, Transcript("Fine.", (), "typed", "final"), timing=None, fillers=None, status="answered"
    )
    questions, note = chosen(archive, PACK, 1, focus="fillers", shuffle=in_order)
    assert ids(questions) == ["first"]
    assert "had the most ums" in note


def test_what_nobody_should_ask_and_what_the_person_asks_are_never_chosen(archive: Archive) -> None:
    rehearsed(archive, 9, ("never", "again"))
    for wish in ({"due": True}, {"focus": "pace"}):
        questions, _ = chosen(archive, PACK, 9, **wish)  # type: ignore[arg-type]
        assert "never" not in ids(questions)
    apart = next(pack for pack in data.packs(archive.home) if pack.apart)
    rehearsed(archive, 9, (apart.questions[0].id, "again"))
    assert apart.questions[0].id not in ids(chosen(archive, PACK, 9, due=True)[0])
    improper = replace(PACK, questions=PACK.questions[-1:])
    with pytest.raises(GreenroomError, match="no question that is asked unless it is named"):
        chosen(archive, improper, 3, due=True)


def test_a_pack_that_stands_apart_is_meant_when_it_is_named(archive: Archive) -> None:
    apart = next(pack for pack in data.packs(archive.home) if pack.apart)
    for wish in ({"due": True}, {"focus": "pace"}):
        questions, _ = chosen(archive, apart, 3, **wish)  # type: ignore[arg-type]
        assert {question.id for question in questions} <= {question.id for question in apart.questions}


def test_what_is_due_comes_before_a_focus(archive: Archive) -> None:
    rehearsed(archive, 9, ("first", "easy"), ("second", "again"))
    session = archive.start_session("practice", started_at="2026-01-01T10:00:00+01:00")
    spoken(archive, session, "third", fillers=30.0)
    questions, note = chosen(archive, PACK, 1, due=True, focus="fillers", shuffle=in_order)
    assert ids(questions) == ["second"]
    assert note == "2 questions are due; this is the most urgent."


def test_a_question_is_found_by_name_wherever_it_is(archive: Archive) -> None:
    debrief = interviewed(archive)
    (unhappy,) = (item for item in archive.session(debrief).items if item.happy is False)
    assert unhappy.id is not None
    retake = retake_id(debrief, unhappy.id)
    rehearsed(archive, 3, ("elsewhere", "good"))
    found = named(archive, PACK, ["elsewhere", "never", retake, "conflict", "first"])
    assert ids(found) == ["elsewhere", "never", retake, "conflict", "first"]
    assert found[2] == Question(retake, "Why did you leave your last job?", kind="debrief")
    assert named(archive, PACK, []) == ()
    with pytest.raises(GreenroomError, match="no question “confilct”") as caught:
        named(archive, PACK, ["first", "confilct"])
    assert caught.value.remedy.startswith("Did you mean conflict?")


def test_a_question_of_a_debrief_is_asked_in_its_words_also_when_it_is_not_unhappy_any_more(
    archive: Archive,
) -> None:
    debrief = interviewed(archive)
    (unhappy,) = (item for item in archive.session(debrief).items if item.happy is False)
    assert unhappy.id is not None
    retake = retake_id(debrief, unhappy.id)
    rehearsed(archive, 9, (retake, "easy"))
    due, texts = due_now(archive, TODAY)
    assert [one.prompt_id for one in due] == [retake]
    assert texts[retake] == Question(retake, f"About {retake}?", kind="debrief")
    assert due_now(archive, TODAY - timedelta(days=5)) == ((), {})


def test_what_nobody_ever_asked_cannot_be_asked(archive: Archive) -> None:
    assert askable(archive, ["who-knows", "conflict"]).keys() == {"conflict"}
    assert askable(archive, []) == {}


def test_there_are_words_for_every_focus() -> None:
    assert words.FOCUS.keys() == FOCUSES.keys()


@pytest.mark.parametrize(
    ("chosen", "due", "filled", "said"),
    [
        (0, 0, 5, "Nothing is due today, so these are from the pack mine."),
        (1, 1, 0, "1 question is due."),
        (1, 1, 4, "1 question is due, and comes first; 4 more from the pack mine."),
        (3, 3, 0, "3 questions are due."),
        (3, 3, 1, "3 questions are due, and come first; 1 more from the pack mine."),
        (5, 12, 0, "12 questions are due; these are the most urgent."),
    ],
)
def test_why_these_are_asked_reads_well(chosen: int, due: int, filled: int, said: str) -> None:
    assert words.chosen_due(chosen, due, filled, "mine") == said
