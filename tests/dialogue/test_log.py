"""A log brings a fresh script to the place where it ends, wherever that is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue.shipped import CONFLICT, SHORT, WEAKNESS, debrief_plan, practice_plan, shipped_plan
from dialogue.transcripts import Reply, heard, in_words, stop
from greenroom.dialogue.acts import Act, Ask, Heard, Keep, Rate, Script, Star, TakeBack
from greenroom.dialogue.log import (
    Replayed,
    act_entry,
    elapsed_s_of,
    entries_before_reply,
    heard_entry,
    of_the_last_plan,
    plan_entry,
    plan_of,
    reopened_entry,
    replay,
    script_of,
    stored_by,
)
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.steps import Step

Log = list[dict[str, Any]]

PRACTICE = ("We quarrelled.", "", "The first one.")
DEBRIEF = ("Shaky.", "About the gap.", "Hm.", "No.", "About money.", "Yes.", "That's all.", "I smiled.")


def stored(log: Log) -> Log:
    """As it comes back from the database."""
    return [json.loads(json.dumps(entry)) for entry in log]


def go_on(script: Script, act: Act | None, replies: Sequence[Reply], log: Log) -> list[str]:
    """Perform from an act on, appending to the log; stops quietly when the replies run out."""
    lines: list[str] = []
    waiting = list(replies)
    while act is not None:
        back: Heard | None = None
        lines.append(in_words(act))
        if isinstance(act, Ask):
            turn = 1 + sum(entry["entry"] == "ask" for entry in log)
            log.append(act_entry(act, turn=turn))
            if not waiting:
                break
            back = heard(turn, waiting.pop(0))
            log.append(heard_entry(back))
        else:
            log.append(act_entry(act))
        try:
            act = script.send(back)
        except StopIteration:
            act = None
    return lines


def whole_log(plan: Plan, replies: Sequence[Reply]) -> tuple[list[str], Log]:
    log: Log = [plan_entry(plan)]
    script = script_of(plan)
    lines = go_on(script, next(script), replies, log)
    return lines, log


def replayed(log: Log, plan: Plan | None = None) -> Replayed:
    log = stored(log)
    return replay(script_of(plan or plan_of(log)), log)


def without_open_prompt(log: Log) -> Log:
    """A prompt that was asked and not answered is asked again: left out, it keeps the same number."""
    return log[:-1] if log[-1]["entry"] == "ask" else log


def replies_in(log: Log) -> int:
    return sum(entry["entry"] == "heard" for entry in log)


@pytest.mark.parametrize(
    ("plan", "replies"),
    [(practice_plan(CONFLICT, WEAKNESS), PRACTICE), (debrief_plan(), DEBRIEF)],
    ids=["practice", "debrief"],
)
def test_every_prefix_of_a_log_leads_to_the_same_continuation(plan: Plan, replies: tuple[str, ...]) -> None:
    lines, log = whole_log(plan, replies)
    for length in range(1, len(log) + 1):
        prefix = log[:length]
        place = replayed(prefix)
        assert place.fits
        answered = replies_in(prefix)
        prefix = without_open_prompt(prefix)
        rest = go_on(place.script, place.act, replies[answered:], stored(prefix))
        done = sum(entry["entry"] != "heard" for entry in prefix) - 1
        assert lines[:done] + rest == lines, f"after {length} of {len(log)} entries"


@settings(max_examples=60, deadline=None)
@given(
    replies=st.lists(
        st.sampled_from(["", "Yes.", "No.", "Um.", "That's all.", "About money.", "About pay, that's it."]),
        min_size=40,
        max_size=40,
    ),
    cut=st.integers(0, 200),
)
def test_a_log_cut_anywhere_goes_on_as_if_it_had_not_been(replies: list[str], cut: int) -> None:
    lines, log = whole_log(debrief_plan(), replies)
    prefix = log[: 1 + cut % len(log)]
    place = replayed(prefix)
    rest = go_on(place.script, place.act, replies[replies_in(prefix) :], without_open_prompt(prefix))
    assert place.fits
    assert lines[len(lines) - len(rest) :] == rest


def test_a_log_of_a_finished_session_leads_to_its_end() -> None:
    _, log = whole_log(debrief_plan(), DEBRIEF)
    place = replayed(log)
    assert (place.act, place.fits) == (None, True)


def test_a_prompt_asked_twice_after_an_interruption_is_one_prompt() -> None:
    lines, log = whole_log(debrief_plan(), DEBRIEF[:1])
    assert lines[-1] == "ask question: Which questions did they ask?"
    for _ in range(2):
        place = replayed(log)
        go_on(place.script, place.act, (), log)
    place = replayed(log)
    assert place.fits
    assert go_on(place.script, place.act, DEBRIEF[1:], log)[-1] == "say Thank you."


def test_who_stopped_goes_on_at_the_prompt_where_they_stopped() -> None:
    lines, log = whole_log(debrief_plan(), ["Shaky.", stop()])
    assert lines[-1] == "say We stop here."
    place = replayed(log)
    assert place.fits
    assert (
        go_on(place.script, place.act, DEBRIEF[1:], log)[0] == "ask question: Which questions did they ask?"
    )


def test_who_stopped_twice_loses_nothing_said_in_between() -> None:
    """Once after the first reply, once in the middle of the questions; each time they come back."""
    _, log = whole_log(debrief_plan(), ["Shaky.", stop()])
    place = replayed(log)
    go_on(place.script, place.act, ["About the gap.", "No.", "About money.", stop()], log)
    place = replayed(log)
    assert place.fits
    assert go_on(place.script, place.act, ["Yes.", "That's all.", "I smiled."], log) == [
        "ask happy: Were you happy with it?",
        "keep question happy from turn 5: About money.",
        "ask question: Which other one?",
        "ask went-well: What went well?",
        "keep success from turn 9: I smiled.",
        "say Thank you.",
    ]
    assert replayed(log).act is None


FEELING, QUESTION, WELL = SHORT.steps
LUCK = Step("luck", "open", "Were you lucky?", "factor")


def script_with(*steps: Step, opening: str | None = "Take your time.") -> Plan:
    return replace(debrief_plan(), debrief=replace(SHORT, steps=steps, opening=opening))


@pytest.mark.parametrize(
    ("older", "newer", "replies", "goes_on"),
    [
        (
            script_with(FEELING, LUCK, QUESTION, WELL),
            script_with(FEELING, QUESTION, WELL),
            ["Shaky.", "A little.", "About money.", "Yes."],
            "ask question: Which other one?",
        ),
        (
            script_with(FEELING, QUESTION, WELL),
            script_with(FEELING, LUCK, QUESTION, WELL),
            ["Shaky.", "About money.", "Yes."],
            "ask luck: Were you lucky?",
        ),
        (
            script_with(FEELING, QUESTION, WELL),
            script_with(FEELING, QUESTION, WELL, LUCK),
            ["Shaky.", "None.", "I smiled."],
            "ask luck: Were you lucky?",
        ),
        (
            script_with(FEELING, WELL),
            script_with(FEELING, WELL, opening=None),
            ["Shaky."],
            "ask went-well: What went well?",
        ),
        (
            script_with(FEELING, WELL, opening=None),
            script_with(FEELING, WELL),
            ["Shaky."],
            "ask went-well: What went well?",
        ),
        (
            script_with(replace(FEELING, ask="How was it?"), WELL),
            script_with(FEELING, WELL),
            ["Shaky."],
            "ask went-well: What went well?",
        ),
        (
            script_with(FEELING, LUCK),
            script_with(FEELING),
            ["Shaky."],
            "say Thank you.",
        ),
    ],
    ids=[
        "a step less",
        "a step more before",
        "a step more at the end",
        "a sentence less",
        "a sentence more",
        "worded anew",
        "the open step gone",
    ],
)
def test_a_log_of_another_version_goes_on_at_the_next_open_prompt(
    older: Plan, newer: Plan, replies: list[str], goes_on: str
) -> None:
    _, log = whole_log(older, replies)
    place = replayed(log, newer)
    assert not place.fits or older.debrief.steps == newer.debrief.steps[:-1]  # type: ignore[union-attr]
    assert place.act is not None
    assert in_words(place.act) == goes_on


class Sitting:
    """A session as the stage holds it: answers are reopened, the program dies, all by way of the log."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.log: Log = [plan_entry(plan)]
        self.turn = 0
        self.kept: list[Act] = []
        self.script = script_of(plan)
        self.act: Act | None = None
        self._perform(next(self.script))

    @property
    def over(self) -> bool:
        return self.act is None

    def answer(self, reply: Reply) -> None:
        back = heard(self.turn, reply)
        self.log.append(heard_entry(back))
        self.kept_before = list(self.kept)
        self._send(back)

    def reopen(self, performed: int) -> None:
        """The last answer goes on when so many of the acts after it are performed (and one at least)."""
        place = max(n for n, entry in enumerate(self.log) if entry["entry"] == "heard")
        del self.log[place + 1 + performed :]
        turn = self.log[place]["heard"]["turn"]
        self.log.append(reopened_entry(turn))
        self.kept = list(self.kept_before)
        self.turn = turn  # the next question's turn is dropped, its number is free again
        self._take_up()

    def die(self) -> None:
        """The prompt that stood open is asked again, as a turn of its own."""
        self._take_up()
        if self.act is not None:
            self._perform(self.act)

    def _take_up(self) -> None:
        place = replayed(self.log)
        assert place.fits
        self.script, self.act = place.script, place.act

    def _send(self, back: Heard | None) -> None:
        try:
            act = self.script.send(back)
        except StopIteration:
            self.act = None
        else:
            self._perform(act)

    def _perform(self, act: Act) -> None:
        self.act = act
        if isinstance(act, Ask):
            self.turn += 1
            self.log.append(act_entry(act, turn=self.turn))
            return
        self.log.append(act_entry(act))
        if isinstance(act, TakeBack):
            del self.kept[len(self.kept) - act.count :]
        elif isinstance(act, Keep | Rate | Star):
            self.kept.append(act)
        self._send(None)


def left_or_over(act: Act | None) -> bool:
    """Where a sitting goes on that has come to an end: nowhere, or at the choice at which they left."""
    return act is None or (isinstance(act, Ask) and act.prompt_id == "crisis")


def again(text: str) -> Heard:
    return Heard(0, "answered", text, command="again")


LATE = Heard(0, "answered", "Go on.", elapsed_s=1200.0)

REPLIES = st.sampled_from(
    [
        *(
            "",
            "Yes.",
            "No.",
            "Um.",
            "That's all.",
            "About money.",
            "The first one.",
            again("About"),
            again(""),
        ),
        *("Two.", "Six.", "All of them.", "I was nervous.", "Go back.", "Say that again.", "Skip.", LATE),
        *("I want to kill myself.", "Go on."),
    ]
)
PLANS = st.sampled_from(
    [
        *(debrief_plan(), practice_plan(CONFLICT, WEAKNESS)),
        *(shipped_plan("practice"), shipped_plan("debrief"), shipped_plan("second")),
    ]
)


@settings(max_examples=80, deadline=None)
@given(
    plan=PLANS,
    replies=st.lists(
        st.tuples(REPLIES, st.lists(st.tuples(REPLIES, st.integers(0, 3)), max_size=2)), max_size=12
    ),
)
def test_an_answer_that_goes_on_anywhere_leads_where_its_last_version_leads(
    plan: Plan, replies: list[tuple[Reply, list[tuple[Reply, int]]]]
) -> None:
    """Each reply may be revised up to twice, the first times cut off anywhere in what follows it."""
    sitting, fresh = Sitting(plan), Sitting(plan)
    for first, revisions in replies:
        if fresh.over:
            break
        prompt = fresh.act
        sitting.answer(first)
        for revised, performed in revisions:
            sitting.reopen(performed)
            assert sitting.act == prompt
            sitting.answer(revised)
        fresh.answer(revisions[-1][0] if revisions else first)
        assert (sitting.act, sitting.turn, sitting.kept) == (fresh.act, fresh.turn, fresh.kept)
    place = replayed(sitting.log)
    assert place.fits
    assert place.act == fresh.act or (fresh.over and left_or_over(place.act))
    assert len(stored_by(sitting.log)) == len(fresh.kept)


@settings(max_examples=60, deadline=None)
@given(plan=PLANS, before=st.lists(REPLIES, max_size=6), performed=st.integers(0, 3), last=REPLIES)
def test_a_crash_after_an_answer_went_on_asks_its_prompt_again(
    plan: Plan, before: list[Reply], performed: int, last: Reply
) -> None:
    sitting = Sitting(plan)
    prompt = sitting.act
    for reply in before:
        if not sitting.over:
            prompt = sitting.act
            sitting.answer(reply)
    if before:
        sitting.reopen(performed)
    sitting.die()
    assert sitting.act == prompt
    sitting.answer(last)
    place = replayed(sitting.log)
    assert place.act == sitting.act or (sitting.over and left_or_over(place.act))


def test_an_answer_that_goes_on_takes_back_what_was_said_and_kept_since() -> None:
    sitting = Sitting(debrief_plan())
    for reply in ("Shaky.", "About money."):
        sitting.answer(reply)
    assert sitting.act is not None
    assert in_words(sitting.act) == "ask happy: Were you happy with it?"
    sitting.reopen(1)
    assert in_words(sitting.act) == "ask question: Which questions did they ask?"
    sitting.answer("About money, and that's all.")
    sitting.answer("No.")
    assert [in_words(keep) for keep in sitting.kept] == [
        "keep feeling after from turn 1: Shaky.",
        "keep question unhappy from turn 2: About money",
    ]
    assert in_words(sitting.act) == "ask went-well: What went well?"


def test_an_answer_that_went_on_after_a_stop_and_a_resume_is_the_later_one() -> None:
    sitting = Sitting(debrief_plan())
    sitting.answer("Shaky.")
    sitting.answer(stop("About"))
    sitting.die()
    sitting.answer("About money.")
    assert sitting.turn == 4
    sitting.reopen(1)
    sitting.answer("About money, and the gap.")
    sitting.answer("Yes.")
    assert in_words(sitting.kept[-1]) == "keep question happy from turn 3: About money, and the gap."


@pytest.mark.parametrize("choice", [["I'd like to stop."], ["Hm.", "Hm."]])
def test_who_leaves_at_the_choice_in_a_crisis_is_asked_it_again_when_they_come_back(
    choice: list[str],
) -> None:
    """As after a stop: what they said before stays, and the debrief goes on when they want it to."""
    sitting = Sitting(debrief_plan())
    for reply in ("Shaky.", "I want to kill myself.", *choice):
        sitting.answer(reply)
    assert sitting.over
    sitting.die()
    assert sitting.act is not None
    assert in_words(sitting.act) == "ask crisis: Stop, or go on?"
    for reply in ("Go on.", "I smiled."):
        sitting.answer(reply)
    sitting.die()
    assert sitting.over
    assert [in_words(keep).split(" from")[0] for keep in sitting.kept] == [
        "keep feeling after",
        "keep success",
    ]


def test_who_stops_while_an_answer_goes_on_is_asked_the_same_again() -> None:
    sitting = Sitting(debrief_plan())
    sitting.answer("Shaky.")
    sitting.reopen(1)
    sitting.answer(stop("Shaky, and"))
    assert sitting.over
    sitting.die()
    assert sitting.act is not None
    assert in_words(sitting.act) == "ask feeling: How did it feel?"


ANY_REPLIES = st.lists(REPLIES, min_size=60, max_size=60)


@settings(max_examples=80, deadline=None)
@given(plan=PLANS, replies=ANY_REPLIES, deaths=st.sets(st.integers(0, 59)))
def test_a_session_killed_at_any_prompts_comes_to_the_same_end(
    plan: Plan, replies: list[Reply], deaths: set[int]
) -> None:
    """What is asked, kept, rated, starred and taken back is the same, however often it died on the way."""
    sitting, fresh = Sitting(plan), Sitting(plan)
    for place, reply in enumerate(replies):
        if fresh.over:
            break
        if place in deaths:
            sitting.die()
        assert sitting.act == fresh.act
        sitting.answer(reply)
        fresh.answer(reply)
    assert [in_words(one).split(" from turn")[0] for one in sitting.kept] == [
        in_words(one).split(" from turn")[0] for one in fresh.kept
    ]


@settings(max_examples=60, deadline=None)
@given(plan=PLANS, replies=st.lists(REPLIES, max_size=30))
def test_every_script_comes_to_its_end_when_nothing_more_is_said(plan: Plan, replies: list[Reply]) -> None:
    """Whatever was said before: a debrief never loops and never fails."""
    sitting = Sitting(plan)
    for reply in [*replies, *[""] * 120]:
        if sitting.over:
            break
        sitting.answer(reply)
    assert sitting.over


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(max_size=30), max_size=40), plan=PLANS)
def test_no_reply_whatever_makes_a_script_fail(texts: list[str], plan: Plan) -> None:
    sitting = Sitting(plan)
    for text in texts:
        if sitting.over:
            break
        sitting.answer(text)


def test_what_a_log_has_stored_leaves_out_what_was_taken_back() -> None:
    sitting = Sitting(debrief_plan())
    for reply in ("Shaky.", "Go back.", "Calm."):
        sitting.answer(reply)
    assert [one.key for one in stored_by(sitting.log)] == ["feeling-1"]
    sitting.reopen(1)
    assert stored_by(sitting.log) == []


def test_a_second_look_goes_on_in_the_log_of_the_first() -> None:
    _, first = whole_log(debrief_plan(), DEBRIEF)
    _, second = whole_log(shipped_plan("second"), ["No."])
    assert of_the_last_plan([*first, *second]) == second
    assert of_the_last_plan(first) == first
    assert of_the_last_plan(first[1:]) == first[1:]


def test_how_long_a_session_has_taken_is_in_its_log() -> None:
    _, log = whole_log(debrief_plan(), ["Shaky.", LATE])
    assert elapsed_s_of(log) == 1200.0
    assert elapsed_s_of(log[:2]) == 0.0


def test_the_entries_before_a_reply() -> None:
    _, log = whole_log(debrief_plan(), DEBRIEF)
    before = entries_before_reply(log, 2)
    assert (before[-1]["entry"], before[-1]["turn"]) == ("ask", 2)
    assert entries_before_reply(before, 2) == before
    assert replayed([*log, reopened_entry(99)]).act is None


def test_a_log_written_before_there_were_takes_still_fits() -> None:
    lines, log = whole_log(debrief_plan(), DEBRIEF[:4])
    older = stored(log)
    for entry in older:
        if entry["entry"] == "ask":
            del entry["act"]["again"]
    place = replayed(older)
    assert place.fits
    assert place.act is not None
    assert in_words(place.act) == lines[-1]


def test_a_debrief_begun_with_the_first_version_goes_on_where_it_stood() -> None:
    """Its log as that program left it: no commands in its plan, no takes in its prompts."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript((Path(__file__).parents[1] / "archive" / "frozen" / "m002.sql").read_text("utf-8"))
        entries = db.execute("SELECT entry FROM log WHERE session_id = 2 ORDER BY seq").fetchall()
    log = [json.loads(entry) for (entry,) in entries]
    now = shipped_plan("debrief")
    plan = plan_of(log, now.words, now.phrases)
    assert plan.words.again == now.words.again
    place = replay(script_of(plan), log)
    assert place.fits
    assert place.act is not None
    assert in_words(place.act) == "ask happy: Were you happy with your answer?"
    with pytest.raises(ValueError, match="cannot be read"):
        plan_of(log)


def test_a_log_without_a_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="does not begin with a plan"):
        plan_of([])
    with pytest.raises(ValueError, match="does not begin with a plan"):
        plan_of([heard_entry(Heard(1, "skipped"))])
    with pytest.raises(ValueError, match="cannot be read: 'words'"):
        plan_of([{"entry": "plan", "debrief": None, "script": "debrief"}])
