"""Which answers trends follow, and as what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from greenroom.archive import Archive, retake_id
from greenroom.coaching.trends import Sample
from greenroom.errors import GreenroomError
from greenroom.review.measured import kind_meant, samples
from greenroom.types import Answer
from review.given import answer, rehearsal, typed

KINDS = {"conflict": "behavioural", "weakness": "strengths"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path) as opened:
        yield opened


def land(messages: Sequence[str], given: Answer) -> Sequence[str]:
    """A message lands where it stands word by word."""
    return [message for message in messages if message in given.text]


def found(archive: Archive) -> list[Sample]:
    return samples(archive, KINDS, lambda text: text == "Go back.", land, 12)


def test_an_answer_is_followed_on_its_own_day_under_the_kind_of_its_question(archive: Archive) -> None:
    rehearsal(archive, "2026-11-03", ("conflict", "Um, we had lunch together."))
    [one] = found(archive)
    assert (one.day, one.kind) == (date(2026, 11, 3), "behavioural")
    assert one.values == {
        "thinking_s": 2.0,
        "answer_s": 2.5,
        "words_per_minute": 120.0,
        "fillers_per_minute": 24.0,
    }


def test_questions_that_are_in_no_pack_have_a_kind_by_where_they_came_from(archive: Archive) -> None:
    rehearsal(archive, "2026-11-03", (retake_id(3, 7), "One."), ("imported", "Two."), ("long-gone", "Three."))
    assert [one.kind for one in found(archive)] == ["debrief", "imported", "other"]


def test_of_several_takes_in_one_sitting_the_last_counts(archive: Archive) -> None:
    session = archive.start_session("practice", started_at="2026-11-03T18:30:00+01:00")
    answer(archive, session, "conflict", "No, again.", thinking_s=9.0)
    answer(archive, session, "conflict", "We had lunch.", thinking_s=1.0, take=2)
    assert [one.values["thinking_s"] for one in found(archive)] == [1.0]
    rehearsal(archive, "2026-11-04", ("conflict", "We had lunch again."))
    assert len(found(archive)) == 2


def test_a_follow_up_a_warm_up_and_what_was_said_to_the_program_are_no_answers(archive: Archive) -> None:
    session = archive.start_session("practice", started_at="2026-11-03T18:30:00+01:00")
    answer(archive, session, "warm-up", "I had soup.")
    asked = answer(archive, session, "conflict", "We had lunch.")
    answer(archive, session, "conflict-result", "It went well.", follow_up_of=asked.number)
    answer(archive, session, "weakness", "Go back.")
    assert [one.kind for one in found(archive)] == ["behavioural"]


def test_what_was_typed_is_an_answer_without_measures(archive: Archive) -> None:
    session = archive.start_session("practice", started_at="2026-11-03T18:30:00+01:00")
    typed(archive, session, "conflict", "We had lunch.")
    assert found(archive) == [Sample(date(2026, 11, 3), "behavioural", {})]


def test_fillers_of_words_that_are_not_final_are_not_followed(archive: Archive) -> None:
    session = archive.start_session("practice", started_at="2026-11-03T18:30:00+01:00")
    answer(archive, session, "conflict", "Um, we had lunch.", kind="stitched")
    [one] = found(archive)
    assert "fillers_per_minute" not in one.values
    assert "answer_s" in one.values


def test_a_rehearsal_has_the_share_of_the_messages_for_its_panel_that_landed(archive: Archive) -> None:
    archive.set_messages(["I ship early.", "I listen."], "2026-11-01T10:00:00+01:00")
    archive.set_messages(["I ask."], "2026-11-01T10:00:00+01:00", company="Acme")
    rehearsal(archive, "2026-11-03", ("conflict", "I listen."), ("weakness", "Cake."))
    rehearsal(archive, "2026-11-04", ("conflict", "I listen. I ask."), company="Acme")
    rehearsal(archive, "2026-11-05", ("conflict", "Cake."))
    shares = [
        (one.day.day, one.values["messages_share"])
        for one in found(archive)
        if "messages_share" in one.values
    ]
    assert shares == [(3, 0.5), (4, 1.0), (5, 0.0)]


def test_a_message_may_land_in_a_follow_up(archive: Archive) -> None:
    archive.set_messages(["I listen."], "2026-11-01T10:00:00+01:00")
    session = archive.start_session("practice", started_at="2026-11-03T18:30:00+01:00")
    asked = answer(archive, session, "conflict", "Cake.")
    answer(archive, session, "conflict-part", "I listen.", follow_up_of=asked.number)
    assert [one.values["messages_share"] for one in found(archive) if one.kind is None] == [1.0]


def test_no_model_is_asked_where_there_are_no_messages(archive: Archive) -> None:
    rehearsal(archive, "2026-11-03", ("conflict", "I listen."))

    def never(messages: Sequence[str], given: Answer) -> Sequence[str]:
        raise AssertionError("nothing to look for")

    assert len(samples(archive, KINDS, lambda text: False, never, 12)) == 1


def test_messages_are_looked_for_in_no_more_weeks_than_are_shown(archive: Archive) -> None:
    archive.set_messages(["I listen."], "2026-01-01T10:00:00+01:00")
    for day in ("2026-10-20", "2026-11-03", "2026-11-10"):
        rehearsal(archive, day, ("conflict", f"I listen, on {day}."))
    looked_at: list[str] = []

    def note(messages: Sequence[str], given: Answer) -> Sequence[str]:
        looked_at.append(given.text[-11:-1])
        return []

    kept = samples(archive, KINDS, lambda text: False, note, 2)
    assert looked_at == ["2026-11-03", "2026-11-10"]
    assert {one.day.day for one in kept} == {3, 10}


def test_ratings_of_interviews_are_followed_with_no_kind(archive: Archive) -> None:
    session = archive.start_session("debrief", started_at="2026-11-03T18:30:00+01:00")
    archive.rate(session, "first", "gut", 4)
    archive.rate(session, "second", "gut", 6)
    assert found(archive) == [Sample(date(2026, 11, 3), None, {"gut_first": 4, "gut_second": 6})]


def test_a_kind_is_found_however_it_is_written_and_another_is_refused_with_the_nearest() -> None:
    every = [Sample(date(2026, 11, 3), kind, {}) for kind in ("behavioural", "to-ask", None)]
    assert kind_meant(" To ask", every) == "to-ask"
    with pytest.raises(GreenroomError) as refused:
        kind_meant("behavioral", every)
    assert (
        refused.value.message
        == "There is no question of the kind “behavioral” among your answers of these weeks."
    )
    assert refused.value.remedy == "Did you mean behavioural? There are: behavioural, to-ask."
    with pytest.raises(GreenroomError, match="No answer has been measured yet"):
        kind_meant("opening", [])
