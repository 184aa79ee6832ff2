"""The gut, the calm look and the outcome are set side by side, and nothing is claimed from a few."""

from __future__ import annotations

from greenroom.coaching.gut import Drift, OutcomeMean, by_outcome, drift
from greenroom.types import Judged, OutcomeValue


def judged(first: int | None, second: int | None = None, outcome: OutcomeValue | None = None) -> Judged:
    return Judged(1, "2026-02-01T18:00:00+01:00", first, second, outcome)


def test_only_interviews_rated_both_times_count_for_the_drift() -> None:
    found = drift([judged(3, 6), judged(4, 5), judged(9), judged(None, 2)])
    assert found == Drift(2, 3.5, 5.5)
    assert found.difference == 2.0
    assert not found.enough


def test_without_a_pair_there_is_no_mean() -> None:
    assert drift([judged(3), judged(None, None, "offer")]) == Drift(0, None, None)
    assert drift([]).difference is None


def test_a_claim_takes_five() -> None:
    assert not drift([judged(3, 6)] * 4).enough
    assert drift([judged(3, 6)] * 5).enough


def test_each_outcome_has_its_mean_and_its_count_the_best_first() -> None:
    found = by_outcome(
        [judged(3, outcome="rejected"), judged(4, outcome="offer"), judged(7, outcome="offer")]
    )
    assert found == (OutcomeMean("offer", 2, 5.5), OutcomeMean("rejected", 1, 3.0))
    assert not found[0].enough


def test_an_outcome_without_a_rating_is_told_with_none() -> None:
    assert by_outcome([judged(None, outcome="silence")]) == (OutcomeMean("silence", 0, None),)
