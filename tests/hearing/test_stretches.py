"""Where long answers are cut for decoding."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.hearing.answer import AnswerInProgress
from greenroom.hearing.endpoint import BLOCK_SAMPLES, Patience
from greenroom.hearing.stretches import LEAD_S, TAIL_S, StretchPlanner, StretchRule
from greenroom.types import SAMPLE_RATE_HZ, Span
from hearing.fakes import BLOCK_S, SILENCE, VOICE, ScriptedVad, Submitted, blocks

RULE = StretchRule(least_s=8.0, most_s=25.0)


def silence_after(planner: StretchPlanner, start_s: float, seconds: float) -> list[Span]:
    cut = [planner.block(start_s + n * BLOCK_S, SILENCE) for n in range(blocks(seconds))]
    return [span for span in cut if span is not None]


def test_a_pause_cuts_only_a_stretch_that_is_long_enough() -> None:
    planner = StretchPlanner(RULE)
    planner.speech(1.0)
    assert planner.begins_s == 0.75
    assert planner.pause(6.0) is None
    planner.speech(7.0)
    assert planner.pause(9.5) == Span(0.75, 9.75)
    assert planner.begins_s is None


def test_a_stretch_never_begins_before_the_last_one_ended() -> None:
    planner = StretchPlanner(RULE)
    planner.speech(0.1)
    assert planner.begins_s == 0.0
    planner.pause(10.0)
    planner.speech(10.3)
    assert planner.begins_s == 10.25


def test_speech_without_a_pause_is_cut_where_it_was_quietest() -> None:
    planner = StretchPlanner(RULE)
    planner.speech(0.25)
    spans = []
    for at_s in np.arange(0.5, 40.0, 0.5):
        # The two dips: the first lies too early in the stretch to be taken.
        level = 0.2 if at_s in (10.0, 20.0) else 0.9
        spans.append(planner.block(float(at_s), level))
    assert [span for span in spans if span] == [Span(0.0, 20.0)]
    assert planner.begins_s == 20.0


def test_what_is_left_at_the_end_is_decoded_however_short() -> None:
    planner = StretchPlanner(RULE)
    planner.speech(1.0)
    assert planner.close(1.4) == Span(0.75, 1.65)
    assert planner.close(1.4) is None


def test_nothing_said_leaves_nothing_to_decode() -> None:
    assert StretchPlanner(RULE).close(0.0) is None
    assert silence_after(StretchPlanner(RULE), 0.0, 60.0) == []


def test_long_silence_after_speech_is_never_decoded() -> None:
    """A recording may hold minutes of it: cutting it up would have words invented on it."""
    planner = StretchPlanner(RULE)
    planner.speech(0.25)
    planner.pause(5.0)
    assert silence_after(planner, 5.0, 120.0) == [Span(0.0, 5.25)]
    assert planner.begins_s is None
    planner.speech(130.0)
    assert planner.close(131.0) == Span(129.75, 131.25)


@settings(max_examples=40, deadline=None)
@given(
    runs=st.lists(
        st.tuples(st.floats(0.2, 30.0), st.one_of(st.floats(0.03, 0.5), st.floats(0.5, 12.0))),
        min_size=1,
        max_size=8,
    ),
    least_s=st.sampled_from([8.0, 20.0]),
)
def test_stretches_never_overlap_and_hold_all_that_is_said(
    runs: list[tuple[float, float]], least_s: float
) -> None:
    """Each run is so many seconds of speech and of pause."""
    levels: list[float] = []
    for spoken_s, pause_s in runs:
        levels += [VOICE] * blocks(spoken_s) + [SILENCE] * blocks(pause_s)
    submitted = Submitted()
    rule = StretchRule(least_s=least_s, most_s=25.0)
    answer = AnswerInProgress(ScriptedVad(levels), submitted, rule, Patience())
    answer.endpointer.arm(0.0)
    for _ in levels:
        answer.push(np.zeros(BLOCK_SAMPLES, np.int16))
    answer.finish()

    spans = submitted.spans
    assert all(before_end <= start + 1e-9 for (_, before_end), (start, _) in pairwise(spans))
    for start_s, end_s in spans:
        assert end_s - start_s <= 25.0 + TAIL_S + 2 * BLOCK_S
        assert any(voiced.start_s < end_s and start_s < voiced.end_s for voiced in answer.spans)
    for voiced in answer.spans:
        at_s = voiced.start_s
        for start_s, end_s in spans:
            if start_s <= at_s + 1e-9:
                at_s = max(at_s, end_s)
        assert at_s >= voiced.end_s - 1e-9, "something said is in no stretch"


def test_a_stretch_holds_the_sound_it_names() -> None:
    """Speech begins at 3.2 s: the stretch's sound starts LEAD_S before, sample by sample."""
    sound = np.arange(blocks(8.0) * BLOCK_SAMPLES, dtype=np.int64).astype(np.int16)
    levels = [SILENCE] * blocks(3.2) + [VOICE] * blocks(1.6)
    submitted = Submitted()
    answer = AnswerInProgress(ScriptedVad(levels), submitted, RULE, Patience())
    answer.endpointer.arm(0.0)
    for start in range(0, len(sound), 777):
        answer.push(sound[start : start + 777])
    answer.finish()
    [(pcm, offset_s)] = submitted.stretches
    assert offset_s == pytest.approx(3.2 - LEAD_S)
    start = round(offset_s * SAMPLE_RATE_HZ)
    assert np.array_equal(pcm, sound[start : start + len(pcm)])
    assert offset_s + len(pcm) / SAMPLE_RATE_HZ == pytest.approx(answer.spans[0].end_s + TAIL_S, abs=1e-3)
