"""Patience that fits the person: learned from their pauses, raised at once, lowered with care."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.hearing.patience import Learned, extended, learned
from greenroom.types import PauseHistory

HISTORIES = st.builds(
    PauseHistory,
    pauses_s=st.lists(st.floats(0.5, 30.0), max_size=120).map(tuple),
    sessions=st.integers(0, 9),
    reopened_after_s=st.lists(st.floats(0.3, 12.0), max_size=6).map(tuple),
)


def quick(pauses: int, sessions: int, *reopened_after_s: float) -> PauseHistory:
    """Somebody who pauses for 0.6 to 1.0 s."""
    return PauseHistory(tuple(0.6 + 0.4 * (n % 20) / 19 for n in range(pauses)), sessions, reopened_after_s)


def test_it_begins_at_two_and_a_half_seconds() -> None:
    assert learned(PauseHistory()) == Learned(2.5, 0, 0, None, None)


@pytest.mark.parametrize(("pauses", "sessions"), [(1, 1), (39, 3), (39, 9), (40, 2), (500, 2)])
def test_it_is_not_lowered_before_forty_pauses_in_three_sessions(pauses: int, sessions: int) -> None:
    before = learned(quick(pauses, sessions))
    assert (before.patience_s, before.enough) == (2.5, False)


def test_then_it_is_the_pause_that_95_of_100_do_not_exceed_and_a_margin() -> None:
    now = learned(quick(40, 3))
    assert now.share_s == pytest.approx(0.979, abs=0.001)
    assert now == Learned(1.57, 40, 3, now.share_s, None)
    assert now.enough


@pytest.mark.parametrize(
    ("pause_s", "patience_s"), [(0.5, 1.2), (0.75, 1.2), (1.0, 1.6), (2.0, 3.2), (3.75, 6.0), (20.0, 6.0)]
)
def test_it_stays_between_1_2_and_6_seconds(pause_s: float, patience_s: float) -> None:
    assert learned(PauseHistory((pause_s,) * 40, 3)).patience_s == patience_s


def test_one_long_pause_in_forty_changes_nothing() -> None:
    assert learned(PauseHistory((*[1.0] * 39, 25.0), 3)).patience_s == 1.6


@pytest.mark.parametrize(("pauses", "patience_s"), [(19, 2.5), (20, 3.2), (39, 3.2)])
def test_slow_pauses_raise_it_before_there_are_enough_to_lower_it(pauses: int, patience_s: float) -> None:
    assert learned(PauseHistory((2.0,) * pauses, 1)).patience_s == patience_s


@pytest.mark.parametrize(
    ("reopened_after_s", "patience_s", "raised_by_s"),
    [
        ((2.9,), 3.4, 2.9),
        ((2.9, 4.1, 3.0), 4.6, 4.1),
        ((5.6,), 6.0, 5.6),
        ((11.0,), 6.0, 11.0),
        ((2.0,), 2.5, None),
        ((), 2.5, None),
    ],
)
def test_one_answer_that_went_on_raises_it_at_once(
    reopened_after_s: tuple[float, ...], patience_s: float, raised_by_s: float | None
) -> None:
    raised = learned(PauseHistory((), 0, reopened_after_s))
    assert (raised.patience_s, raised.raised_by_s) == (patience_s, raised_by_s)


def test_an_answer_that_went_on_outweighs_many_short_pauses() -> None:
    assert learned(quick(400, 9, 1.9)).patience_s == 2.4


@given(HISTORIES)
def test_whatever_the_history_it_stays_in_its_bounds_and_above_every_false_end(history: PauseHistory) -> None:
    now = learned(history)
    assert 1.2 <= now.patience_s <= 6.0
    assert all(now.patience_s >= min(silence_s + 0.49, 6.0) for silence_s in history.reopened_after_s)
    if not now.enough:
        assert now.patience_s >= 2.5
    assert (now.pauses, now.sessions) == (len(history.pauses_s), history.sessions)


@given(HISTORIES, st.floats(0.3, 12.0))
def test_another_false_end_never_lowers_it(history: PauseHistory, silence_s: float) -> None:
    more = PauseHistory(history.pauses_s, history.sessions, (*history.reopened_after_s, silence_s))
    assert learned(more).patience_s >= learned(history).patience_s


@pytest.mark.parametrize(
    ("patience_s", "open_ended", "waits_s"),
    [
        (2.5, False, 2.5),
        (2.5, True, 4.0),
        (1.2, True, 1.92),
        (6.0, True, 8.0),
        (8.0, True, 8.0),
        (20.0, True, 20.0),  # --patience 20
        (20.0, False, 20.0),
    ],
)
def test_it_is_longer_while_a_sentence_is_open(patience_s: float, open_ended: bool, waits_s: float) -> None:
    assert extended(patience_s, open_ended) == pytest.approx(waits_s)


class Speaker:
    """Somebody whose pauses are lognormal, and who goes on in time after 6 of 10 false ends."""

    def __init__(self, median_s: float, spread: float, seed: int) -> None:
        self.median_s = median_s
        self.spread = spread
        self.chance = random.Random(seed)
        self.pauses_s: list[float] = []
        self.reopened_s: list[list[float]] = []
        self.made = 0
        self.false_ends = 0
        self.patience_s = 2.5

    def practise(self, sessions: int, answers: int = 5, pauses: int = 12) -> None:
        for session in range(1, sessions + 1):
            for _ in range(answers):
                self.reopened_s.append([])
                for pause_s in self._pauses(pauses):
                    if not self._survives(pause_s):
                        break
                    self.pauses_s.append(pause_s)
                reopened_s = tuple(one for answer in self.reopened_s[-20:] for one in answer)
                self.patience_s = learned(PauseHistory(tuple(self.pauses_s), session, reopened_s)).patience_s

    def _pauses(self, count: int) -> Iterator[float]:
        for _ in range(count):
            pause_s = self.median_s * self.chance.lognormvariate(0.0, self.spread)
            if pause_s >= 0.5:
                self.made += 1
                yield pause_s

    def _survives(self, pause_s: float) -> bool:
        """Whether the answer goes on after it; one that is cut off for good leaves no trace of it."""
        if pause_s <= self.patience_s:
            return True
        self.false_ends += 1
        if self.chance.random() > 0.6:
            return False
        self.reopened_s[-1].append(pause_s)
        self.patience_s = max(self.patience_s, min(pause_s + 0.5, 6.0))
        return True


@pytest.mark.parametrize(
    ("median_s", "spread"),
    [(0.6, 0.4), (0.8, 0.3), (0.8, 0.45), (0.8, 0.6), (1.0, 0.6), (1.2, 0.4), (1.2, 0.6)],
)
def test_less_than_one_pause_in_a_hundred_is_taken_for_the_end(median_s: float, spread: float) -> None:
    """From the first session on, though what is cut off is never counted: eight people, 24 sessions each."""
    people = [Speaker(median_s, spread, seed) for seed in range(8)]
    for person in people:
        person.practise(24)
    made, false_ends = sum(one.made for one in people), sum(one.false_ends for one in people)
    assert made > 5_000
    assert false_ends / made < 0.01


def test_a_quick_talker_waits_less_and_a_slow_one_is_waited_for() -> None:
    quick_one, slow_one = Speaker(0.6, 0.3, 1), Speaker(1.6, 0.4, 1)
    for person in (quick_one, slow_one):
        person.practise(12)
    assert quick_one.patience_s < 1.9
    assert slow_one.patience_s > 4.5
