"""One answer while it is heard: events, spans and stretches from sound in pieces of any length."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.hearing.answer import KEPT_S, AnswerInProgress, hear_recording
from greenroom.hearing.endpoint import Event, Patience
from greenroom.hearing.load import load
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.vad import SileroVad, in_blocks
from greenroom.types import Pcm
from hearing.fakes import LoudnessVad, Submitted, silence, tone
from recordings import recorded

SOUND = np.concatenate([silence(1.6), tone(3.2), silence(3.2), tone(0.96), silence(0.7)])
RULE = StretchRule(least_s=2.0, most_s=25.0)


def hear(pieces: list[Pcm]) -> tuple[list[tuple[str, float]], list[tuple[float, float]], Submitted]:
    submitted = Submitted()
    answer = AnswerInProgress(LoudnessVad(), submitted, RULE, Patience())
    answer.endpointer.arm(0.0)
    events = [event for piece in pieces for event in answer.push(piece)] + answer.finish()
    assert all(isinstance(event, Event) for event in events)
    return (
        [(event.kind.value, round(event.at_s, 2)) for event in events if isinstance(event, Event)],
        [(round(span.start_s, 2), round(span.end_s, 2)) for span in answer.spans],
        submitted,
    )


def test_an_answer_with_a_long_silence_inside() -> None:
    events, spans, submitted = hear([SOUND])
    assert events == [
        ("speech_started", 1.6),
        ("speech_paused", 4.7),
        ("answer_closed", 7.2),
        ("answer_reopened", 8.0),
        ("speech_paused", 8.86),
    ]
    assert spans == [(1.6, 4.7), (8.0, 8.86)]
    # The first stretch is decoded at the pause, the second when the sound ends.
    assert [(round(start_s, 2), round(end_s, 2)) for start_s, end_s in submitted.spans] == [
        (1.35, 4.95),
        (7.75, 9.11),
    ]


@settings(max_examples=25, deadline=None)
@given(sizes=st.lists(st.integers(1, 5_000), min_size=1, max_size=20))
def test_how_the_sound_is_cut_into_pieces_makes_no_difference(sizes: list[int]) -> None:
    pieces, at, turn = [], 0, 0
    while at < len(SOUND):
        size = sizes[turn % len(sizes)] + 200
        pieces.append(SOUND[at : at + size])
        at, turn = at + size, turn + 1
    whole, cut = hear([SOUND]), hear(pieces)
    assert cut[:2] == whole[:2]
    for (a, a_s), (b, b_s) in zip(whole[2].stretches, cut[2].stretches, strict=True):
        assert np.array_equal(a, b)
        assert a_s == b_s


def test_memory_is_bounded_however_long_the_silence() -> None:
    answer = AnswerInProgress(LoudnessVad(), Submitted(), RULE, Patience())
    answer.endpointer.arm(0.0)
    for _ in range(60):
        answer.push(silence(1.0))
    assert len(answer._kept) <= 2 * 16_000 * (KEPT_S + 1.1)
    assert answer.finish() == []
    assert answer.stretches == []


def test_the_last_block_is_filled_up_with_silence() -> None:
    blocks = list(in_blocks([np.ones(700, np.int16), np.ones(400, np.int16)]))
    assert [len(block) for block in blocks] == [512, 512, 512]
    assert [int(block.sum()) for block in blocks] == [512, 512, 76]


def test_a_recording_is_heard_from_where_its_question_ended(vad: SileroVad) -> None:
    """One answer after the other in one file: the first one belongs to the question."""
    one = recorded("replies/yes")
    first, second = list(load(one.path)), list(load(recorded("replies/no").path))
    voiced, stretches, length_s = hear_recording(
        [*first, *second], vad, Submitted(), StretchRule(), from_s=one.seconds
    )
    assert length_s == pytest.approx(one.seconds + recorded("replies/no").seconds, abs=0.001)
    assert len(voiced) == len(stretches) == 1
    assert voiced[0].start_s == pytest.approx(one.seconds + recorded("replies/no").first_voiced_s, abs=0.1)


def test_one_detector_hears_one_answer_after_the_other(vad: SileroVad) -> None:
    """What it remembers of the first must not colour the second."""
    path = recorded("replies/human-six").path
    first = hear_recording(load(path), vad, Submitted(), StretchRule())[0]
    hear_recording(load(recorded("demo/practice-real").path), vad, Submitted(), StretchRule())
    assert hear_recording(load(path), vad, Submitted(), StretchRule())[0] == first
