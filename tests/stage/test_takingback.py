"""What a step back has made untrue does not stay stored because somebody left before the next reply."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue.shipped import debrief_plan
from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Keep, Rate, Script, Star, TakeBack
from greenroom.dialogue.log import plan_entry, replay
from greenroom.stage.mending import mend
from greenroom.stage.performer import Performer
from greenroom.stage.takingback import take_out_left_behind
from greenroom.types import Item
from stage.fakes import FakeRecogniser, NotedScreen, ReadTurns, silent_voicing


class Killed(BaseException):
    """Nothing more is written."""


def rate_and_keep() -> Script:
    yield Ask("thing", "Which thing?", part="debrief")
    yield Keep(Item("wrong", "I rambled."), "wrong-1")
    yield Ask("gut", "And your gut?", part="debrief")
    yield Rate("gut", 3, "second")
    yield Star("wrong-1")
    yield Keep(Item("factor", "Nerves."), "factor-1", "wrong-1")
    heard = yield Ask("more", "More?", part="debrief")
    assert heard is not None
    if heard.text == "back":
        yield TakeBack(3)
        yield Ask("gut", "And your gut?", part="debrief")
        yield Rate("gut", 6, "second")
        yield Ask("more", "More?", part="debrief")


def play(archive: Archive, session_id: int, replies: list[str | BaseException]) -> None:
    screen = NotedScreen()
    place = replay(rate_and_keep(), archive.log(session_id))
    Performer(
        archive,
        session_id,
        ReadTurns(archive, replies),
        silent_voicing(screen),
        screen,
        lambda: replay(rate_and_keep(), archive.log(session_id)),
    ).perform(place.script, place.act)


def begin(archive: Archive) -> int:
    session_id = archive.start_session("debrief")
    archive.append_log(session_id, plan_entry(debrief_plan()))
    return session_id


def stored(archive: Archive, session_id: int) -> tuple[list[tuple[str, bool]], list[object]]:
    session = archive.session(session_id)
    return [(item.text, item.starred) for item in session.items], [row["value"] for row in session.ratings]


def test_a_kill_right_after_a_step_back_leaves_nothing_of_what_it_took_back(home: Path) -> None:
    with Archive.open(home) as archive:
        session_id = begin(archive)
        with pytest.raises(Killed):
            play(archive, session_id, ["a", "b", "back", Killed()])
        assert stored(archive, session_id) == ([("I rambled.", True), ("Nerves.", False)], [3])
    with Archive.open(home) as archive:  # the next start
        mend(archive, FakeRecogniser)
        assert stored(archive, session_id) == ([("I rambled.", False)], [])


def test_what_was_taken_out_once_is_not_taken_out_of_another_session(archive: Archive) -> None:
    session_id = begin(archive)
    with pytest.raises(KeyboardInterrupt):
        play(archive, session_id, ["a", "b", "back", KeyboardInterrupt()])
    take_out_left_behind(archive, session_id)
    other = archive.start_session("practice")
    row = archive.keep_item(other, Item("note", "Something else."))
    taken_back = [entry["id"] for entry in archive.log(session_id) if entry["entry"] == "keep"]
    assert row in taken_back  # SQLite gives the number of a row that went once more
    play(archive, session_id, ["b", "c"])
    assert stored(archive, other) == ([("Something else.", False)], [])
    assert stored(archive, session_id) == ([("I rambled.", False)], [6])


def test_a_rating_of_an_earlier_sitting_stands_again_when_the_one_over_it_is_taken_back(
    archive: Archive,
) -> None:
    session_id = begin(archive)
    archive.rate(session_id, "second", "gut", 7)
    with pytest.raises(KeyboardInterrupt):
        play(archive, session_id, ["a", "b", "back", KeyboardInterrupt()])
    assert stored(archive, session_id)[1] == [3]
    take_out_left_behind(archive, session_id)
    assert stored(archive, session_id)[1] == [7]
    take_out_left_behind(archive, session_id)
    play(archive, session_id, ["b", "c"])
    assert stored(archive, session_id)[1] == [6]
