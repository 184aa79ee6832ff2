"""The timeline of an answer, in percent of its recording."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenroom.review.report.parts import Link, Paragraph, Stretch, Tick, WordPart
from greenroom.review.report.timeline import timeline
from greenroom.types import Span, Timing

VOICED = (Span(4.0, 8.0), Span(8.1, 10.0), Span(12.0, 16.0))
TIMING = Timing(3.0, 12.0, 9.9, 2.0, 140.0)


def test_thinking_speech_and_long_pauses_follow_each_other() -> None:
    found = timeline(VOICED, (), TIMING, (), 20.0)
    assert found is not None
    assert found.length == "0:20"
    assert found.stretches == (
        Stretch("thinking", 5.0, 15.0, "thought for 3 s"),
        Stretch("speech", 20.0, 30.0, "spoke for 6 s, from 0:04"),
        Stretch("speech", 60.0, 20.0, "spoke for 4 s, from 0:12"),
        Stretch("pause", 50.0, 10.0, "paused for 2 s, at 0:10"),
    )
    assert found.said == "Timeline: thought for 3 s, spoke for 9.9 s of 12 s, long pauses: 1, ums and uhs: 0."


def test_a_filler_is_a_tick_where_it_was_said() -> None:
    words = (WordPart("So", 4.0), WordPart("um,", 5.0, filler=True), WordPart("uh", filler=True))
    found = timeline(VOICED, (), TIMING, [Paragraph(words, Link("a", 4.0, "0:04"))], 20.0)
    assert found is not None
    assert found.ticks == (Tick(25.0, "um at 0:05"),)


def test_what_was_said_to_the_program_is_no_pause_of_the_answer() -> None:
    found = timeline(VOICED, (Span(10.5, 11.0),), TIMING, (), 20.0)
    assert found is not None
    assert [one.kind for one in found.stretches] == ["thinking", "speech", "speech", "command"]
    # Paused by a key: a moment without a length.
    by_key = timeline(VOICED, (Span(10.5, 10.5),), TIMING, (), 20.0)
    assert by_key is not None
    assert [one.kind for one in by_key.stretches] == ["thinking", "speech", "speech"]


def test_without_a_recording_it_ends_with_the_last_voice() -> None:
    found = timeline(VOICED, (), None, (), None)
    assert found is not None
    assert found.length_s == 16.0


def test_thinking_that_began_before_the_recording_is_drawn_from_its_first_sample() -> None:
    found = timeline(VOICED, (), Timing(9.0, 12.0, 9.9, 2.0, None), (), 20.0)
    assert found is not None
    assert found.stretches[0] == Stretch("thinking", 0.0, 20.0, "thought for 9 s")


def test_in_a_recording_of_hours_only_what_can_be_seen_is_drawn() -> None:
    voiced = [Span(start_s, start_s + 3.0) for start_s in range(0, 7200, 5)]
    found = timeline(voiced, (), None, (), 7200.0)
    assert found is not None
    assert [(one.kind, one.left, round(one.width)) for one in found.stretches] == [("speech", 0.0, 100)]
    assert found.said.endswith("long pauses: 1439, ums and uhs: 0.")


def test_nobody_speaking_makes_none() -> None:
    assert timeline((), (), None, (), 20.0) is None


spans = st.lists(
    st.tuples(st.floats(0, 500), st.floats(0.01, 60)).map(lambda pair: Span(pair[0], sum(pair))), max_size=12
)


@given(spans, spans, st.none() | st.floats(0.1, 900))
def test_nothing_is_ever_drawn_outside(
    voiced: list[Span], left_out: list[Span], length_s: float | None
) -> None:
    found = timeline(voiced, left_out, None, (), length_s)
    if not voiced:
        assert found is None
        return
    assert found is not None
    for one in found.stretches:
        assert one.left >= 0
        assert one.width >= 0
        assert one.left + one.width <= 100.01
