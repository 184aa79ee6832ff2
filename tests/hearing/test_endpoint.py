"""Turn-taking, step by step through the whole table, on speech probabilities alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.hearing.endpoint import (
    LEAST_GAP_S,
    LEAST_VOICE_S,
    TRANSITIONS,
    VOICE_OFF,
    VOICE_ON,
    Cue,
    Endpointer,
    Event,
    EventKind,
    Patience,
    State,
)
from greenroom.types import Span
from hearing.fakes import BLOCK_S, SILENCE, VOICE, blocks

PATIENCE = Patience(patience_s=2.5, pause_s=0.5, give_up_s=10.0)


def endpointer(armed_at_s: float = 0.0) -> Endpointer:
    one = Endpointer(PATIENCE)
    one.arm(armed_at_s)
    return one


def feed(one: Endpointer, *runs: tuple[float, float]) -> list[Event]:
    """Feed runs of (probability, seconds)."""
    return [event for level, seconds in runs for _ in range(blocks(seconds)) for event in one.feed(level)]


def kinds(events: Iterable[Event]) -> list[str]:
    return [event.kind.value for event in events]


def test_the_table_is_the_one_that_is_drawn() -> None:
    assert {
        (before.name, cue.name): (after.name, kind.value)
        for (before, cue), (after, kind) in TRANSITIONS.items()
    } == {
        ("WAITING", "VOICE"): ("SPEAKING", "speech_started"),
        ("WAITING", "GIVE_UP"): ("GIVEN_UP", "gave_up"),
        ("SPEAKING", "PAUSE"): ("PAUSED", "speech_paused"),
        ("PAUSED", "VOICE"): ("SPEAKING", "speech_resumed"),
        ("PAUSED", "PATIENCE"): ("CLOSED", "answer_closed"),
        ("CLOSED", "VOICE"): ("SPEAKING", "answer_reopened"),
        ("GIVEN_UP", "VOICE"): ("SPEAKING", "answer_reopened"),
    }


LEADS_TO = {
    "WAITING": [(SILENCE, 0.2)],
    "SPEAKING": [(VOICE, 1.0)],
    "PAUSED": [(VOICE, 1.0), (SILENCE, 1.0)],
    "CLOSED": [(VOICE, 1.0), (SILENCE, 3.0)],
    "GIVEN_UP": [(SILENCE, 10.2)],
}


@pytest.mark.parametrize(
    ("state", "then", "after", "events"),
    [
        ("WAITING", (VOICE, 0.3), "SPEAKING", ["speech_started"]),
        ("WAITING", (SILENCE, 2.0), "WAITING", []),
        ("WAITING", (SILENCE, 10.0), "GIVEN_UP", ["gave_up"]),
        ("SPEAKING", (VOICE, 30.0), "SPEAKING", []),
        ("SPEAKING", (SILENCE, 0.3), "SPEAKING", []),
        ("SPEAKING", (SILENCE, 0.6), "PAUSED", ["speech_paused"]),
        ("SPEAKING", (SILENCE, 2.5), "CLOSED", ["speech_paused", "answer_closed"]),
        ("PAUSED", (VOICE, 0.3), "SPEAKING", ["speech_resumed"]),
        ("PAUSED", (SILENCE, 1.0), "PAUSED", []),
        ("PAUSED", (SILENCE, 1.6), "CLOSED", ["answer_closed"]),
        ("CLOSED", (VOICE, 0.3), "SPEAKING", ["answer_reopened"]),
        ("CLOSED", (SILENCE, 60.0), "CLOSED", []),
        ("GIVEN_UP", (VOICE, 0.3), "SPEAKING", ["answer_reopened"]),
        ("GIVEN_UP", (SILENCE, 60.0), "GIVEN_UP", []),
    ],
)
def test_every_step_from_every_state(
    state: str, then: tuple[float, float], after: str, events: list[str]
) -> None:
    one = endpointer()
    feed(one, *LEADS_TO[state])
    assert one.state.name == state
    assert kinds(feed(one, then)) == events
    assert one.state.name == after


def test_an_answer_closed_by_patience_tells_when_each_thing_was_true() -> None:
    one = endpointer()
    events = feed(one, (SILENCE, 1.6), (VOICE, 3.2), (SILENCE, 1.6), (VOICE, 0.96), (SILENCE, 3.2))
    assert [(event.kind.value, round(event.at_s, 3)) for event in events] == [
        ("speech_started", 1.6),
        ("speech_paused", 4.7),
        ("speech_resumed", 6.4),
        ("speech_paused", 7.26),
        ("answer_closed", 9.792),  # at the end of the block in which patience ends
    ]
    assert one.spans == (Span(1.6, pytest.approx(4.7)), Span(6.4, pytest.approx(7.26)))


def test_what_goes_on_after_a_close_reopens_the_answer_and_can_close_again() -> None:
    one = endpointer()
    events = feed(one, (VOICE, 1.6), (SILENCE, 4.48), (VOICE, 1.6), (SILENCE, 3.2))
    assert kinds(events) == [
        "speech_started",
        "speech_paused",
        "answer_closed",
        "answer_reopened",
        "speech_paused",
        "answer_closed",
    ]
    assert events[3].at_s == pytest.approx(6.08)
    assert len(one.spans) == 2


@pytest.mark.parametrize(("seconds", "reopens"), [(0.224, False), (0.288, True)])
def test_going_on_takes_more_voice_than_beginning(seconds: float, reopens: bool) -> None:
    """The program itself may be speaking then, and a little of that is heard."""
    one = endpointer()
    events = feed(one, (VOICE, 1.6), (SILENCE, 4.48), (VOICE, seconds), (SILENCE, 3.2))
    assert ("answer_reopened" in kinds(events)) == reopens
    assert len(one.spans) == (2 if reopens else 1)
    assert kinds(feed(endpointer(), (VOICE, seconds)))[:1] == ["speech_started"]


def test_speech_that_comes_after_giving_up_is_an_answer_all_the_same() -> None:
    one = endpointer()
    assert kinds(feed(one, (SILENCE, 12.0), (VOICE, 1.6), (SILENCE, 3.2))) == [
        "gave_up",
        "answer_reopened",
        "speech_paused",
        "answer_closed",
    ]


@pytest.mark.parametrize("seconds", [0.032, 0.096, 0.16])
def test_a_click_is_nothing(seconds: float) -> None:
    assert seconds < LEAST_VOICE_S
    one = endpointer()
    assert feed(one, (SILENCE, 1.0), (VOICE, seconds), (SILENCE, 1.0)) == []
    assert one.spans == ()


def test_a_click_does_not_keep_an_answer_open() -> None:
    one = endpointer()
    events = feed(one, (VOICE, 1.6), (SILENCE, 1.6), (VOICE, 0.096), (SILENCE, 0.8))
    assert kinds(events) == ["speech_started", "speech_paused", "answer_closed"]
    assert events[-1].at_s == pytest.approx(4.0)


def test_a_quickly_said_no_is_speech() -> None:
    one = endpointer()
    assert kinds(feed(one, (SILENCE, 1.0), (VOICE, 0.224), (SILENCE, 1.0))) == [
        "speech_started",
        "speech_paused",
    ]


def test_a_word_begun_as_patience_ends_is_waited_for() -> None:
    """Patience would be over 0.1 s into the word; it is speech only 0.19 s into it."""
    one = endpointer()
    feed(one, (VOICE, 1.6), (SILENCE, 2.3))
    assert one.state is State.PAUSED
    assert kinds(feed(one, (VOICE, 0.64))) == ["speech_resumed"]


def test_a_word_begun_as_the_wait_ends_is_waited_for() -> None:
    one = endpointer()
    feed(one, (SILENCE, 9.95))
    assert kinds(feed(one, (VOICE, 0.64))) == ["speech_started"]


def test_short_gaps_are_the_flow_of_speech_and_long_ones_part_it() -> None:
    one = endpointer()
    feed(one, (VOICE, 0.96), (SILENCE, 0.224), (VOICE, 0.96))
    assert len(one.spans) == 1
    feed(one, (SILENCE, 0.288), (VOICE, 0.96))
    assert len(one.spans) == 2
    assert 0.224 < LEAST_GAP_S < 0.288


def test_voice_ends_later_than_it_begins() -> None:
    """Between the two thresholds speech goes on, but does not begin."""
    between = (VOICE_ON + VOICE_OFF) / 2
    one = endpointer()
    assert feed(one, (between, 3.0)) == []
    feed(one, (VOICE, 0.96), (between, 0.96), (SILENCE, 0.96))
    assert [round(span.duration_s, 2) for span in one.spans] == [1.82]


def test_the_echo_of_the_question_is_no_answer() -> None:
    one = Endpointer(PATIENCE)
    feed(one, (VOICE, 3.2))
    one.arm(3.2)
    assert feed(one, (VOICE, 0.32), (SILENCE, 1.6)) == []
    assert one.spans == ()
    assert kinds(feed(one, (VOICE, 0.96))) == ["speech_started"]
    assert one.spans[0].start_s == pytest.approx(5.12)


def test_an_answer_that_cuts_into_the_question_is_kept_from_its_start() -> None:
    one = Endpointer(PATIENCE)
    feed(one, (SILENCE, 1.6), (VOICE, 1.6))
    one.arm(2.4)
    assert kinds(feed(one, (VOICE, 0.32))) == ["speech_started"]
    assert one.spans[0].start_s == pytest.approx(1.6)


def test_a_quick_yes_that_is_over_when_the_questions_end_is_told_is_an_answer() -> None:
    """The end of a question is known only once its sound has been played out."""
    one = Endpointer(PATIENCE)
    feed(one, (VOICE, 3.2), (SILENCE, 0.32), (VOICE, 0.256), (SILENCE, 0.096))
    one.arm(3.2)
    events = feed(one, (SILENCE, 3.2))
    assert kinds(events) == ["speech_started", "speech_paused", "answer_closed"]
    assert events[0].at_s == pytest.approx(3.52)
    assert [span.start_s for span in one.spans] == [events[0].at_s]


def test_nothing_happens_before_the_question_has_ended() -> None:
    one = Endpointer(PATIENCE)
    assert feed(one, (VOICE, 1.6), (SILENCE, 15.0)) == []
    assert one.spans == ()
    one.arm(one.position_s + 0.5)
    assert feed(one, (SILENCE, 0.4)) == []


def test_patience_shorter_than_a_pause_still_goes_through_the_pause() -> None:
    one = Endpointer(Patience(patience_s=0.5, pause_s=0.5))
    one.arm(0.0)
    assert kinds(feed(one, (VOICE, 0.96), (SILENCE, 0.96))) == [
        "speech_started",
        "speech_paused",
        "answer_closed",
    ]


# Patience that changes, that is held, and what is left out


def test_patience_may_change_at_any_block() -> None:
    one = endpointer()
    feed(one, (VOICE, 0.96), (SILENCE, 2.0))
    one.patience_s = 1.5
    assert kinds(feed(one, (SILENCE, BLOCK_S))) == ["answer_closed"]


def test_while_it_is_held_no_silence_closes_it() -> None:
    one = endpointer()
    feed(one, (VOICE, 0.96), (SILENCE, 1.0))
    one.held = True
    assert feed(one, (SILENCE, 5.0)) == []
    one.held = False
    assert kinds(feed(one, (SILENCE, BLOCK_S))) == ["answer_closed"]


def test_silence_before_something_came_in_between_closes_nothing() -> None:
    one = endpointer()
    feed(one, (VOICE, 0.96), (SILENCE, 2.3))
    one.be_patient_anew()
    assert feed(one, (SILENCE, 5.9)) == []
    assert kinds(feed(one, (SILENCE, 0.2))) == ["answer_closed"]


def test_who_has_gone_on_after_it_is_waited_for_no_longer_than_ever() -> None:
    one = endpointer()
    feed(one, (VOICE, 0.96), (SILENCE, 2.3))
    one.wait_anew()
    assert kinds(feed(one, (SILENCE, 1.0), (VOICE, 0.96), (SILENCE, 2.4))) == [
        "speech_resumed",
        "speech_paused",
    ]
    assert kinds(feed(one, (SILENCE, 0.2))) == ["answer_closed"]


def test_the_wait_for_a_first_word_begins_anew_as_well() -> None:
    one = endpointer()
    feed(one, (SILENCE, 9.5))
    one.wait_anew()
    assert feed(one, (SILENCE, 9.5)) == []
    assert kinds(feed(one, (SILENCE, 0.6))) == ["gave_up"]


@pytest.mark.parametrize(
    ("before", "state", "spans", "then"),
    [
        ([], "WAITING", 0, ["gave_up"]),
        ([(VOICE, 0.96), (SILENCE, 0.96)], "PAUSED", 1, ["answer_closed"]),
        ([(VOICE, 0.96), (SILENCE, 3.2)], "PAUSED", 1, ["answer_closed"]),
        ([(SILENCE, 10.2)], "WAITING", 0, ["gave_up"]),
    ],
    ids=["first", "after a pause", "after a close", "after giving up"],
)
def test_a_span_left_out_is_as_if_it_had_not_been(
    before: list[tuple[float, float]], state: str, spans: int, then: list[str]
) -> None:
    one = endpointer()
    feed(one, *before, (VOICE, 0.96), (SILENCE, 0.64))
    latest = one.latest
    assert latest is not None
    one.leave_out(latest)
    assert (one.state.name, len(one.spans)) == (state, spans)
    assert kinds(feed(one, (SILENCE, 2.4))) == []  # patience begins anew
    assert kinds(feed(one, (SILENCE, 8.0))) == then
    if spans:
        assert one.spans[0].end_s < latest.start_s


def test_after_a_first_span_left_out_the_answer_still_begins() -> None:
    one = endpointer()
    feed(one, (VOICE, 0.96), (SILENCE, 0.64))
    one.leave_out(Span(0.0, 0.86))
    events = feed(one, (SILENCE, 0.64), (VOICE, 0.96), (SILENCE, 0.64))
    assert kinds(events) == ["speech_started", "speech_paused"]
    assert events[0].at_s == one.spans[0].start_s == pytest.approx(2.24)


def test_a_word_begun_as_something_is_left_out_stays() -> None:
    one = endpointer()
    feed(one, (VOICE, 0.96), (SILENCE, 0.64))
    command = one.latest
    assert command is not None
    feed(one, (VOICE, 0.096))
    one.leave_out(command)
    assert kinds(feed(one, (VOICE, 0.32))) == ["speech_started"]
    assert [round(span.start_s, 2) for span in one.spans] == [1.6]


def test_of_a_two_hour_answer_a_block_is_no_more_work_than_of_a_short_one() -> None:
    """No list of all that was said is gone through: the spans here tell when they are."""

    class Counted(list[Span]):
        touched = 0

        def __iter__(self) -> Iterator[Span]:
            Counted.touched += len(self)
            return super().__iter__()

        def __getitem__(self, place):  # type: ignore[no-untyped-def]
            Counted.touched += 1
            return super().__getitem__(place)

    one = endpointer()
    feed(one, (VOICE, 0.96))
    one._spans = Counted(one._spans)
    touched = []
    for _ in range(4):
        Counted.touched = 0
        for _ in range(450):  # a quarter of an hour
            feed(one, (VOICE, 0.96), (SILENCE, 1.056))
        touched.append(Counted.touched)
    assert len(one.spans) > 1_500
    assert max(touched) - min(touched) <= 0.01 * max(touched)
    assert max(touched) <= 4 * 450 * blocks(2.016)


RUNS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.2, VOICE_OFF, 0.45, VOICE_ON, 0.7, 1.0]), st.integers(1, 90)),
    max_size=30,
)


@settings(max_examples=100, deadline=None)
@given(runs=RUNS, arm_after=st.integers(0, 200), early_s=st.floats(-1.0, 1.0))
def test_whatever_is_heard_spans_and_events_keep_their_order(
    runs: list[tuple[float, int]], arm_after: int, early_s: float
) -> None:
    one = Endpointer(Patience(give_up_s=5.0))
    events: list[Event] = []
    state = State.WAITING
    for number, level in enumerate(level for level, count in runs for _ in range(count)):
        if number == arm_after:
            one.arm(max(one.position_s - early_s, 0.0))
        for event in one.feed(level):
            # Each event is one step of the table from the state before it.
            steps = {kind: after for (before, _), (after, kind) in TRANSITIONS.items() if before is state}
            assert event.kind in steps
            state = steps[event.kind]
            assert 0 <= event.at_s <= one.position_s
            events.append(event)
        assert one.state is state
    spans = one.spans
    assert all(0 <= span.start_s < span.end_s <= one.position_s for span in spans)
    assert all(before.end_s < after.start_s for before, after in pairwise(spans))
    assert one.position_s == pytest.approx(sum(count for _, count in runs) * BLOCK_S)
    heard = {EventKind.SPEECH_STARTED, EventKind.ANSWER_REOPENED}
    assert bool(spans) == any(event.kind in heard for event in events)
    assert {cue for _, cue in TRANSITIONS} == set(Cue)


class Steered(NamedTuple):
    """What happens before a block, now and then."""

    leave_out: bool
    held: bool
    anew: bool
    patience_s: float


STEERED = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.2, 0.45, 0.7, 1.0]),
        st.integers(1, 90),
        st.builds(
            Steered, st.booleans(), st.booleans(), st.booleans(), st.sampled_from([0.5, 1.2, 2.5, 8.0])
        ),
    ),
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(runs=STEERED)
def test_whatever_is_heard_and_left_out_every_step_is_in_the_table(
    runs: list[tuple[float, int, Steered]],
) -> None:
    one = Endpointer(Patience(give_up_s=5.0))
    one.arm(0.0)
    state, left_out = State.WAITING, list[Span]()
    begun_s = 0.0
    for level, count, steered in runs:
        one.held, one.patience_s = steered.held, steered.patience_s
        if steered.anew:
            one.be_patient_anew()
        latest = one.latest
        if steered.leave_out and state is State.PAUSED and latest is not None:
            left_out.append(Span(min(begun_s, latest.start_s), latest.end_s))
            one.leave_out(left_out[-1])
            state = State.PAUSED if one.latest else State.WAITING
            begun_s = one.latest.start_s if one.latest else one.position_s
        for _ in range(count):
            for event in one.feed(level):
                steps = {kind: after for (before, _), (after, kind) in TRANSITIONS.items() if before is state}
                assert event.kind in steps
                assert not (event.kind is EventKind.ANSWER_CLOSED and steered.held)
                if state is not State.SPEAKING and steps[event.kind] is State.SPEAKING:
                    begun_s = event.at_s
                state = steps[event.kind]
            assert one.state is state
    spans = one.spans
    assert all(0 <= span.start_s < span.end_s <= one.position_s for span in spans)
    assert all(before.end_s < after.start_s for before, after in pairwise(spans))
    assert all(span.end_s <= out.start_s or span.start_s >= out.end_s for span in spans for out in left_out)
    in_order = sorted(left_out, key=lambda out: out.start_s)
    assert all(before.end_s <= after.start_s for before, after in pairwise(in_order))
    assert one.latest == (spans[-1] if spans else None)
