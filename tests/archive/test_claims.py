"""Whose session it is, however many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.archive import Archive
from greenroom.errors import GreenroomError


def test_of_very_many_only_those_are_taken_that_anybody_may_be_at_work_on(
    archive: Archive, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.archive.claims.MOST_LOCKS", 3)
    many = [archive.start_session("practice") for _ in range(6)]
    for session in many:
        archive.end_session(session, "finished")
    with archive.at_work(many):
        assert [session for session in many if archive.holds(session)] == []
    with Archive.open(home) as other:
        other.claim(5)
        with pytest.raises(GreenroomError, match="Session 5 is being worked on"), archive.at_work(many):
            pass
        with archive.at_work([1, 2, 3]):
            assert archive.holds(2)
            assert not other.claim(2)
