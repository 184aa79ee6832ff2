"""Performing a script: everything in the log as it happens, and a death between any two writes is mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dialogue.shipped import (
    CONFLICT,
    SHORT,
    WEAKNESS,
    WORDS,
    debrief_plan,
    feedback_words,
    manners,
    phrases,
    practice_plan,
    shipped_plan,
)
from dialogue.transcripts import stop
from greenroom.archive import Archive
from greenroom.dialogue.acts import Ask, Heard, Keep, Rate, Script, Star, TakeBack
from greenroom.dialogue.log import Replayed, plan_entry, plan_of, replay, script_of
from greenroom.dialogue.packs import DebriefScript
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.setting import Setting
from greenroom.dialogue.steps import Step
from greenroom.errors import GreenroomError
from greenroom.stage.keys import Key, Keys
from greenroom.stage.mending import mend
from greenroom.stage.performer import ASKING_AT_MOST_S, SILENT_AT_MOST_S, Ending, Performer
from greenroom.stage.voicing import Voicing
from greenroom.types import Advice, Grade, Item, Timing
from stage.fakes import FakeSpeaker, NotedScreen, ReadTurns, press, silent_voicing

REPLIES = ["Shaky.", "About the gap.", "No.", "About money.", "Yes.", "That's all.", "I smiled."]


def begin(archive: Archive, plan: Plan) -> int:
    session_id = archive.start_session("debrief" if plan.script == "debrief" else "practice")
    archive.append_log(session_id, plan_entry(plan))
    return session_id


def perform(archive: Archive, session_id: int, turns: ReadTurns, screen: NotedScreen) -> Ending:
    """Perform a session from where its log ends."""
    place = rewound(archive, session_id)
    assert place.fits
    return Performer(
        archive,
        session_id,
        turns,
        silent_voicing(screen),
        screen,
        lambda: rewound(archive, session_id),
    ).perform(place.script, place.act)


def rewound(archive: Archive, session_id: int) -> Replayed:
    """A fresh script where the log ends."""
    entries = archive.log(session_id)
    return replay(script_of(plan_of(entries)), entries)


def in_short(entry: dict[str, Any]) -> str:
    if entry["entry"] == "ask":
        return f"ask {entry['act']['prompt_id']} as turn {entry['turn']}"
    if entry["entry"] == "heard":
        return f"heard {entry['heard']['status']} in turn {entry['heard']['turn']}"
    if entry["entry"] == "reopened":
        return f"reopened turn {entry['turn']}"
    return str(entry["entry"])


def test_the_log_is_written_in_the_order_of_what_happens(archive: Archive) -> None:
    session_id = begin(archive, practice_plan(CONFLICT, WEAKNESS))
    screen = NotedScreen()
    turns = ReadTurns(archive, ["We quarrelled.", "", "The first one."])
    assert perform(archive, session_id, turns, screen) == "finished"
    assert [in_short(entry) for entry in archive.log(session_id)] == [
        "plan",
        "say",
        "ask conflict as turn 1",
        "heard answered in turn 1",
        "say",
        "ask weakness as turn 2",
        "heard skipped in turn 2",
        "say",
        "say",
        "ask again as turn 3",
        "heard answered in turn 3",
        "keep",
        "say",
    ]
    session = archive.session(session_id)
    assert [(turn.number, turn.part, turn.prompt_id, turn.status) for turn in session.turns] == [
        (1, "interview", "conflict", "answered"),
        (2, "interview", "weakness", "skipped"),
        (3, "debrief", "again", "answered"),
    ]
    assert [(item.kind, item.text, item.happy, item.turn) for item in session.items] == [
        ("question", "Tell me about a conflict.", False, 1)
    ]
    assert screen.lines == [
        "say Welcome. 2 questions.",
        "ask Tell me about a conflict.",
        "say Noted.",
        "ask What is your greatest weakness?",
        "say We leave that one.",
        "say Let us look back.",
        "ask Which one would you take again?",
        "say Goodbye.",
    ]


def test_a_question_is_stored_before_it_is_asked(archive: Archive) -> None:
    session_id = begin(archive, practice_plan(CONFLICT))

    class Looks(ReadTurns):
        def hear(self, *args: Any, **named: Any) -> Heard:
            assert in_short(archive.log(session_id)[-1]) == "ask conflict as turn 1"
            assert archive.session(session_id).turns[-1].status == "asked"
            return super().hear(*args, **named)

    with pytest.raises(KeyboardInterrupt):
        perform(archive, session_id, Looks(archive, [KeyboardInterrupt()]), NotedScreen())
    assert in_short(archive.log(session_id)[-1]) == "ask conflict as turn 1"


def test_stop_is_told_and_performed_to_its_last_sentence(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    screen = NotedScreen()
    assert perform(archive, session_id, ReadTurns(archive, ["Shaky.", stop()]), screen) == "stopped"
    assert screen.lines[-1] == "say We stop here."


def test_who_stopped_and_came_back_has_one_whole_session(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    perform(archive, session_id, ReadTurns(archive, ["Shaky.", stop()]), NotedScreen())
    turns = ReadTurns(archive, REPLIES[1:])
    assert perform(archive, session_id, turns, NotedScreen()) == "finished"
    assert [item.text for item in archive.session(session_id).items] == [
        "Shaky.",
        "About the gap.",
        "About money.",
        "I smiled.",
    ]


def test_who_leaves_at_the_choice_in_a_crisis_has_stopped_and_can_come_back(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    leaving = ReadTurns(archive, ["Shaky.", "I want to kill myself.", "I'd like to stop."])
    assert perform(archive, session_id, leaving, NotedScreen()) == "stopped"
    back = ReadTurns(archive, ["Go on.", "I smiled."])
    assert perform(archive, session_id, back, NotedScreen()) == "finished"
    assert [prompt for prompt, _ in back.asked] == ["crisis", "went-well"]
    assert [item.text for item in archive.session(session_id).items] == ["Shaky.", "I smiled."]


def test_discreetly_nothing_private_is_said_aloud_and_all_is_shown(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    speaker, screen, keys = FakeSpeaker(seconds=0.0), NotedScreen(), Keys(listen=False)
    turns = ReadTurns(archive, REPLIES)
    script = script_of(debrief_plan())
    voicing = Voicing(speaker, keys, (), screen.note)
    Performer(
        archive,
        session_id,
        turns,
        voicing,
        screen,
        lambda: rewound(archive, session_id),
        discreet=True,
    ).perform(script, next(script))
    assert turns.asked[0] == ("feeling", False)
    assert ("question", True) in turns.asked
    assert "ask How did it feel?" in screen.lines
    assert [text for text, _ in speaker.said] == ["Take your time.", "Thank you."]


def test_stop_pressed_while_a_sentence_is_said_is_kept_for_the_prompt_after_it(archive: Archive) -> None:
    session_id = begin(archive, practice_plan(CONFLICT))
    screen, keys = NotedScreen(), Keys(listen=False)
    press(keys, Key.STOP)
    script = script_of(practice_plan(CONFLICT))
    pressed: list[Key | None] = []

    class Polls(ReadTurns):
        def hear(self, *args: Any, **named: Any) -> Heard:
            pressed.append(keys.poll())
            return super().hear(*args, **named)

    performer = Performer(
        archive,
        session_id,
        Polls(archive, [stop()]),
        Voicing(FakeSpeaker(seconds=0.3), keys, (), screen.note),
        screen,
        lambda: rewound(archive, session_id),
    )
    assert performer.perform(script, next(script)) == "stopped"
    assert pressed == [Key.STOP]


WRITES = (
    *("append_log", "start_turn", "keep_item", "set_turn_status", "store_transcript"),
    *("rate", "unrate", "star_item"),
)


class Killed(BaseException):
    """What a kill looks like from inside: nothing more is written."""


def die_at(archive: Archive, monkeypatch: pytest.MonkeyPatch, count: int) -> Callable[[], int]:
    """Have the archive raise at its `count`-th write; tells how many there were."""
    done = [0]

    def wrapped(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            done[0] += 1
            if done[0] == count:
                raise Killed
            return method(*args, **named)

        return call

    for name in WRITES:
        monkeypatch.setattr(archive, name, wrapped(getattr(archive, name)))
    return lambda: done[0]


def test_a_death_between_any_two_writes_leaves_a_log_that_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 0
    while True:
        count += 1
        home = tmp_path / str(count)
        with Archive.open(home) as archive:
            session_id = begin(archive, debrief_plan())
            with monkeypatch.context() as patch:
                writes = die_at(archive, patch, count)
                turns = ReadTurns(archive, REPLIES)
                try:
                    perform(archive, session_id, turns, NotedScreen())
                except Killed:
                    pass
                else:
                    assert writes() < count
                    break
        with Archive.open(home) as archive:  # the next start
            mend(archive, lambda: pytest.fail("there is no sound to transcribe"))  # type: ignore[arg-type,return-value]
            assert archive.session(session_id).status == "interrupted"
            archive.reopen_session(session_id)
            heard = sum(entry["entry"] == "heard" for entry in archive.log(session_id))
            assert (
                perform(archive, session_id, ReadTurns(archive, REPLIES[heard:]), NotedScreen()) == "finished"
            )
            items = [(item.kind, item.text, item.happy) for item in archive.session(session_id).items]
            assert items == [
                ("feeling", "Shaky.", None),
                ("question", "About the gap.", False),
                ("question", "About money.", True),
                ("success", "I smiled.", None),
            ], f"died at write {count}"
            assert replay(script_of(debrief_plan()), archive.log(session_id)).act is None
    assert count > 25


def test_the_stored_log_is_plain_json(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    perform(archive, session_id, ReadTurns(archive, REPLIES), NotedScreen())
    entries = archive.log(session_id)
    assert json.loads(json.dumps(entries)) == entries
    assert plan_of(entries) == debrief_plan()


def test_a_failing_disk_ends_it_with_the_archives_own_line(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = begin(archive, practice_plan(CONFLICT))

    def full(*args: object, **named: object) -> None:
        raise GreenroomError("The disk is full.", "Make room.")

    monkeypatch.setattr(archive, "start_turn", full)
    with pytest.raises(GreenroomError, match="The disk is full"):
        perform(archive, session_id, ReadTurns(archive, ["Yes."]), NotedScreen())
    assert [in_short(entry) for entry in archive.log(session_id)] == ["plan", "say"]


def test_a_plan_without_a_debrief_ends_after_its_questions(archive: Archive) -> None:
    session_id = begin(archive, replace(practice_plan(CONFLICT), debrief=None))
    screen = NotedScreen()
    assert perform(archive, session_id, ReadTurns(archive, ["Yes."]), screen) == "finished"
    assert screen.lines[-1] == "say Goodbye."


# An answer that had been taken for finished goes on


def kept(archive: Archive, session_id: int) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in archive.session(session_id).items]


def test_going_on_during_the_next_question_drops_its_turn_and_what_was_kept_of_the_answer(
    archive: Archive,
) -> None:
    session_id = begin(archive, debrief_plan())
    screen = NotedScreen()
    turns = ReadTurns(archive, [])
    turns.replies = ["Shaky.", turns.going_on(0, "Shaky, and then calm."), *REPLIES[1:]]
    assert perform(archive, session_id, turns, screen) == "finished"
    assert turns.asked[:3] == [("feeling", True), ("question", True), ("question", True)]
    session = archive.session(session_id)
    assert [(turn.number, turn.prompt_id, turn.transcript) for turn in session.turns[:2]] == [
        (1, "feeling", "Shaky, and then calm."),
        (2, "question", "About the gap."),
    ]
    assert kept(archive, session_id)[0] == ("feeling", "Shaky, and then calm.")
    assert len(session.items) == 4
    assert [in_short(entry) for entry in archive.log(session_id)][1:9] == [
        "say",
        "ask feeling as turn 1",
        "heard answered in turn 1",
        "keep",
        "ask question as turn 2",
        "reopened turn 1",
        "heard answered in turn 1",
        "keep",
    ]
    assert replay_is_over(archive, session_id)


def replay_is_over(archive: Archive, session_id: int) -> bool:
    place = rewound(archive, session_id)
    return place.fits and place.act is None


def test_going_on_while_the_program_talks_drops_what_it_was_about_to_do(archive: Archive) -> None:
    """ "Noted." is cut short; it comes again, for the whole answer."""
    session_id = begin(archive, practice_plan(CONFLICT, WEAKNESS))
    turns = ReadTurns(archive, ["We quarrelled.", "Chocolate.", "The first one."])
    turns.spoken_over = {"Noted.": turns.going_on(0, "We quarrelled, and made up.")}
    screen = NotedScreen()
    place = rewound(archive, session_id)
    performer = Performer(
        archive,
        session_id,
        turns,
        turns.voicing(screen),
        screen,
        lambda: rewound(archive, session_id),
    )
    assert performer.perform(place.script, place.act) == "finished"
    assert [turn.transcript for turn in archive.session(session_id).turns] == [
        "We quarrelled, and made up.",
        "Chocolate.",
        "The first one.",
    ]
    told = [in_short(entry) for entry in archive.log(session_id)]
    assert told[1:8] == [
        "say",
        "ask conflict as turn 1",
        "heard answered in turn 1",
        "reopened turn 1",
        "heard answered in turn 1",
        "say",
        "ask weakness as turn 2",
    ]
    assert screen.lines.count("say Noted.") == 3  # once in vain, then for each answer
    assert replay_is_over(archive, session_id)


def test_going_on_when_all_is_over_reopens_the_last_answer(archive: Archive) -> None:
    session_id = begin(archive, practice_plan(CONFLICT, look_back=False))
    turns = ReadTurns(archive, ["We quarrelled."])
    turns.settled = [turns.going_on(0, "We quarrelled, and made up.")]
    screen = NotedScreen()
    assert perform(archive, session_id, turns, screen) == "finished"
    assert [turn.transcript for turn in archive.session(session_id).turns] == ["We quarrelled, and made up."]
    assert screen.lines[-1] == "say Goodbye."
    assert screen.lines.count("say Goodbye.") == 2
    assert replay_is_over(archive, session_id)


def test_going_on_twice_with_the_same_answer(archive: Archive) -> None:
    session_id = begin(archive, practice_plan(CONFLICT, WEAKNESS, look_back=False))
    turns = ReadTurns(archive, [])
    turns.replies = ["One", turns.going_on(0, "One two"), turns.going_on(0, "One two three"), "Chocolate."]
    assert perform(archive, session_id, turns, NotedScreen()) == "finished"
    assert [turn.transcript for turn in archive.session(session_id).turns] == ["One two three", "Chocolate."]
    assert replay_is_over(archive, session_id)


def test_going_on_while_it_is_already_gone_on_with(archive: Archive) -> None:
    """It closed once more, and was reopened before the script had its reply."""
    session_id = begin(archive, practice_plan(CONFLICT, WEAKNESS, look_back=False))
    turns = ReadTurns(archive, [])
    again = turns.going_on(0, "One two three")
    turns.replies = ["One", turns.going_on(0, again), "Chocolate."]
    assert perform(archive, session_id, turns, NotedScreen()) == "finished"
    assert [turn.transcript for turn in archive.session(session_id).turns] == ["One two three", "Chocolate."]
    assert replay_is_over(archive, session_id)


def test_a_reply_that_means_something_else_when_it_is_whole_leads_elsewhere(archive: Archive) -> None:
    """ "That's all" is taken back: "that's all I know about money" is one more question."""
    session_id = begin(archive, debrief_plan())
    turns = ReadTurns(archive, [])
    turns.replies = [
        "Shaky.",
        "That's all.",
        turns.going_on(1, "That's all about money."),
        "Yes.",
        "That's all.",
        "I smiled.",
    ]
    assert perform(archive, session_id, turns, NotedScreen()) == "finished"
    assert kept(archive, session_id) == [
        ("feeling", "Shaky."),
        ("question", "That's all about money."),
        ("success", "I smiled."),
    ]
    assert replay_is_over(archive, session_id)


GUT = Step(
    "gut",
    "rating",
    "From one to ten?",
    name="gut",
    texts={"read_back": "I heard {value}. Is that right?", "unclear": "Which number?"},
)
TOLD = DebriefScript("told", "Told", "en", (GUT, SHORT.steps[1]))


def test_going_on_revises_a_rating_and_whether_an_answer_was_a_happy_one(archive: Archive) -> None:
    """ "Six … no, seven", and "yes … no, wait, no": said while the next prompt was asked."""
    plan = Plan("debrief", WORDS, phrases(), debrief=TOLD, phase="first")
    session_id = begin(archive, plan)
    turns = ReadTurns(archive, [])
    turns.replies = [
        *("Six.", turns.going_on(0, "Six. No, seven.")),
        *("About money.", "Yes.", turns.going_on(3, "Yes. No, wait, no."), "That's all."),
    ]
    assert perform(archive, session_id, turns, NotedScreen()) == "finished"
    session = archive.session(session_id)
    assert [dict(row) for row in session.ratings] == [{"phase": "first", "name": "gut", "value": 7}]
    assert [(item.text, item.happy) for item in session.items] == [("About money.", False)]
    assert [turn.transcript for turn in session.turns] == [
        *("Six. No, seven.", "About money.", "Yes. No, wait, no.", "That's all."),
    ]
    assert replay_is_over(archive, session_id)


def test_going_on_takes_a_rating_back_and_another_prompt_with_it(archive: Archive) -> None:
    """ "Two." would be read back; "too much to say" is asked again, and then noted as it was spoken."""
    plan = Plan("debrief", WORDS, phrases(), debrief=TOLD, phase="first")
    session_id = begin(archive, plan)
    turns = ReadTurns(archive, [])
    again = turns.going_on(0, "Too much to say.")
    turns.replies = ["Two.", again, "Hard to say.", "That's all."]
    assert perform(archive, session_id, turns, NotedScreen()) == "finished"
    session = archive.session(session_id)
    assert list(session.ratings) == []
    assert [(item.kind, item.text) for item in session.items] == [("note", "Hard to say.")]
    assert [turn.prompt_id for turn in session.turns] == ["gut", "gut", "question"]
    assert replay_is_over(archive, session_id)


def test_stop_in_an_answer_that_went_on_stops_there(archive: Archive) -> None:
    session_id = begin(archive, practice_plan(CONFLICT, WEAKNESS))
    turns = ReadTurns(archive, [])
    turns.replies = ["One", turns.going_on(0, stop("One two"))]
    assert perform(archive, session_id, turns, NotedScreen()) == "stopped"
    assert [turn.number for turn in archive.session(session_id).turns] == [1]


def test_a_death_while_an_answer_goes_on_leaves_a_log_that_goes_on(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    turns = ReadTurns(archive, [])
    turns.replies = ["Shaky.", turns.going_on(0, Killed())]
    with pytest.raises(Killed):
        perform(archive, session_id, turns, NotedScreen())
    assert in_short(archive.log(session_id)[-1]) == "reopened turn 1"
    assert [turn.status for turn in archive.session(session_id).turns] == ["asked"]
    assert kept(archive, session_id) == []
    place = rewound(archive, session_id)
    assert isinstance(place.act, Ask)
    assert (place.act.prompt_id, place.fits) == ("feeling", True)


# Keys, ratings, stars, and a step back


def keep_and_rate() -> Script:
    """A thing and a rating, a star, a thing that belongs to the first; "back" takes the last two back."""
    yield Ask("thing", "Which thing?", part="debrief")
    yield Keep(Item("wrong", "I rambled."), "wrong-1")
    yield Rate("gut", 3, "second")
    yield Ask("star", "Which mattered?", part="debrief")
    yield Star("wrong-1")
    yield Keep(Item("factor", "Nerves."), "factor-1", "wrong-1")
    heard = yield Ask("more", "More?", part="debrief")
    assert heard is not None
    if heard.text == "back":
        yield TakeBack(2)
        yield Ask("star", "Which mattered?", part="debrief")
        yield Keep(Item("factor", "Hunger."), "factor-1", "wrong-1")
        yield Ask("more", "More?", part="debrief")


def play(
    archive: Archive,
    session_id: int,
    turns: ReadTurns,
    *,
    script: Callable[[], Script] = keep_and_rate,
    now_s: Callable[[], float] = lambda: 0.0,
) -> str:
    screen = NotedScreen()
    place = replay(script(), archive.log(session_id))
    performer = Performer(
        archive,
        session_id,
        turns,
        silent_voicing(screen),
        screen,
        lambda: replay(script(), archive.log(session_id)),
        now_s=now_s,
    )
    return performer.perform(place.script, place.act)


def rows(archive: Archive, session_id: int) -> list[tuple[str, bool, int | None]]:
    return [(item.text, item.starred, item.parent) for item in archive.session(session_id).items]


def ratings(archive: Archive, session_id: int) -> list[dict[str, object]]:
    return [dict(row) for row in archive.session(session_id).ratings]


def test_an_item_knows_the_one_it_belongs_to_and_stars_and_ratings_are_stored(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    assert play(archive, session_id, ReadTurns(archive, ["a", "b", "c"])) == "finished"
    first = archive.session(session_id).items[0].id
    assert rows(archive, session_id) == [("I rambled.", True, None), ("Nerves.", False, first)]
    assert ratings(archive, session_id) == [{"phase": "second", "name": "gut", "value": 3}]
    kept = [entry for entry in archive.log(session_id) if entry["entry"] == "keep"]
    assert [entry["id"] for entry in kept] == [item.id for item in archive.session(session_id).items]


def test_a_step_back_takes_its_items_and_stars_out_once_the_next_reply_is_there(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    turns = ReadTurns(archive, ["a", "b", "back", KeyboardInterrupt()])
    with pytest.raises(KeyboardInterrupt):
        play(archive, session_id, turns)
    assert [text for text, _, _ in rows(archive, session_id)] == ["I rambled.", "Nerves."]  # "back" may go on
    play(archive, session_id, ReadTurns(archive, ["b", "c"]))
    first = archive.session(session_id).items[0].id
    assert rows(archive, session_id) == [("I rambled.", False, None), ("Hunger.", False, first)]
    assert len(ratings(archive, session_id)) == 1


def test_a_step_back_that_is_not_meant_after_all_leaves_everything(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    turns = ReadTurns(archive, [])
    turns.replies = ["a", "b", "back", turns.going_on(2, "back then it was fine")]
    assert play(archive, session_id, turns) == "finished"
    assert [(text, starred) for text, starred, _ in rows(archive, session_id)] == [
        ("I rambled.", True),
        ("Nerves.", False),
    ]


def test_an_answer_that_goes_on_takes_back_its_rating_and_its_star(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    turns = ReadTurns(archive, [])
    turns.replies = ["a", turns.going_on(0, KeyboardInterrupt())]
    with pytest.raises(KeyboardInterrupt):
        play(archive, session_id, turns)
    assert (rows(archive, session_id), ratings(archive, session_id)) == ([], [])
    turns = ReadTurns(archive, [])
    turns.replies = ["a", "b", turns.going_on(1, KeyboardInterrupt())]
    with pytest.raises(KeyboardInterrupt):
        play(archive, session_id, turns)
    assert [(text, starred) for text, starred, _ in rows(archive, session_id)] == [("I rambled.", False)]


# How long it has taken


@pytest.mark.parametrize(
    ("reply", "elapsed_s"),
    [
        (Heard(0, "answered", "Yes.", Timing(2.0, 90.0, 80.0, 1.0, 120.0)), 100.0),
        (Heard(0, "answered", "Yes.", Timing(2.0, 30.0, 20.0, 1.0, 120.0)), 32.0 + ASKING_AT_MOST_S),
        (Heard(0, "answered", "Yes.", Timing(2.0, 300.0, 20.0, 1.0, 120.0)), 302.0),
        (Heard(0, "answered", "Typed."), 100.0),
        (Heard(0, "skipped"), SILENT_AT_MOST_S),
    ],
    ids=["spoken", "with a pause", "a file, faster than it was spoken", "typed", "skipped"],
)
def test_every_reply_knows_how_long_the_session_has_taken_without_its_pauses(
    archive: Archive, reply: Heard, elapsed_s: float
) -> None:
    session_id = begin(archive, debrief_plan())
    moments = [0.0]

    class Slow(ReadTurns):
        def hear(self, *args: Any, **named: Any) -> Heard:
            moments[0] += 100.0
            return super().hear(*args, **named)

    def told() -> Script:
        heard = yield Ask("thing", "Which thing?", part="debrief")
        assert heard is not None
        assert heard.elapsed_s == elapsed_s
        heard = yield Ask("more", "More?", part="debrief")
        assert heard is not None
        assert heard.elapsed_s == elapsed_s + 100.0

    typed = Heard(0, "answered", "Typed.")
    play(archive, session_id, Slow(archive, [reply, typed]), script=told, now_s=lambda: moments[0])
    heard = [entry["heard"]["elapsed_s"] for entry in archive.log(session_id) if entry["entry"] == "heard"]
    assert heard == [elapsed_s, elapsed_s + 100.0]


def test_the_time_goes_on_where_a_resumed_session_stopped(archive: Archive) -> None:
    session_id = begin(archive, debrief_plan())
    moments = iter(range(0, 10_000, 50))
    with pytest.raises(KeyboardInterrupt):
        play(
            archive,
            session_id,
            ReadTurns(archive, ["a", KeyboardInterrupt()]),
            now_s=lambda: float(next(moments)),
        )
    before_s = archive.log(session_id)[2]["heard"]["elapsed_s"]
    assert before_s > 0
    play(archive, session_id, ReadTurns(archive, ["b", "c"]))
    after = [entry["heard"]["elapsed_s"] for entry in archive.log(session_id) if entry["entry"] == "heard"]
    assert after == [before_s] * 3


SECOND_LOOK = [
    *("Yes.", "Two.", "No, a five.", "I smiled.", "That's all.", "I came late.", "I rambled.", "That's all."),
    *("All of them.", "Go back.", "One and two.", "I had slept well.", "Tell it again."),
    *("I was nervous and late.", "Mine.", "Go back.", "Both.", "Leave earlier.", "Yes."),
    *("Because I wanted to learn more.", "No.", "Friday."),
]


def told(archive: Archive, session_id: int) -> list[tuple[str, str | None, str, bool, str | None]]:
    """The items, each with the text of the one it belongs to; and the ratings as items of their own."""
    items = archive.session(session_id).items
    texts = {item.id: item.text for item in items}
    rated = [
        ("rating", str(row["name"]), str(row["value"]), False, None) for row in ratings(archive, session_id)
    ]
    return rated + [(item.kind, item.name, item.text, item.starred, texts.get(item.parent)) for item in items]


@pytest.mark.parametrize("writes", [11, 13, 17, 29])
def test_a_second_look_that_dies_every_few_writes_stores_what_a_whole_one_stores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    """Steps back, stars, ratings and parents included; no reply takes more than ten writes."""
    stored = []
    for name, every in (("whole", 10**6), ("dying", writes)):
        with Archive.open(tmp_path / name) as archive:
            session_id = begin(archive, shipped_plan("second"))
            ended = None
            while ended is None:
                heard = sum(entry["entry"] == "heard" for entry in archive.log(session_id))
                with monkeypatch.context() as patch:
                    die_at(archive, patch, every)
                    try:
                        turns = ReadTurns(archive, SECOND_LOOK[heard:])
                        ended = perform(archive, session_id, turns, NotedScreen())
                    except Killed:
                        continue
            assert ended == "finished"
            stored.append(told(archive, session_id))
    assert stored[0] == stored[1]
    assert [one for one in stored[0] if one[3]] == [
        ("right", None, "I smiled.", True, None),
        ("wrong", None, "I came late.", True, None),
    ]
    assert [one[1] for one in stored[0] if one[0] == "share"] == ["both"]
    assert ("rating", "gut", "5", False, None) in stored[0]


def graded_plan() -> Plan:
    setting = Setting(feedback_words(), manners().manners["neutral"], grading=True)
    return replace(practice_plan(CONFLICT, WEAKNESS, look_back=False), setting=setting)


def advised(turn: int, grade: Grade | None, text: str = "We quarrelled.") -> Heard:
    return Heard(turn, "answered", text, advice=Advice(grade=grade))


def test_a_grade_is_kept_as_proposed_and_replaced_by_the_persons_own(archive: Archive) -> None:
    session_id = begin(archive, graded_plan())
    turns = ReadTurns(archive, [advised(1, "hard"), advised(2, "good"), "easy", "no idea", "none"])
    assert perform(archive, session_id, turns, NotedScreen()) == "finished"
    assert [(one.number, one.grade, one.own) for one in archive.graded()] == [
        (1, "easy", True),
        (2, "good", False),
    ]


def test_an_answer_that_goes_on_takes_its_proposed_grade_back(archive: Archive) -> None:
    session_id = begin(archive, graded_plan())
    turns = ReadTurns(archive, [])
    turns.replies = [
        advised(1, "again"),
        turns.going_on(0, advised(1, None, "We quarrelled, and made it up.")),
        advised(2, "good"),
        *("no idea", "none", "yes"),
    ]
    assert perform(archive, session_id, turns, NotedScreen()) == "finished"
    assert [(one.number, one.grade) for one in archive.graded()] == [(2, "good")]


def test_a_grade_that_goes_on_into_no_grade_leaves_the_one_proposed(archive: Archive) -> None:
    """ "Good …", and when the next one is asked for: "… no, wait, let me think"."""
    session_id = begin(archive, graded_plan())
    turns = ReadTurns(archive, [])
    turns.replies = [
        advised(1, "hard"),
        advised(2, "good"),
        "good",
        turns.going_on(2, "good, no, wait, let me think"),
        *("no idea", "yes"),
    ]
    assert perform(archive, session_id, turns, NotedScreen()) == "finished"
    assert [(one.number, one.grade, one.own) for one in archive.graded()] == [
        (1, "hard", False),
        (2, "good", True),
    ]
