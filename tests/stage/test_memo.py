"""A memo answers its own prompt, once, and a log with several sittings is read from the latest on."""

from __future__ import annotations

from dataclasses import replace

from greenroom.dialogue.acts import Ask, Heard, Say, Script
from greenroom.stage.memo import Memo, memo_entry, memo_left_over, memo_of, sitting, told_before
from greenroom.types import Timing, Turn, Word

TOLD = Memo("recall", Heard(1, "answered", "It went well.", Timing(0.0, 3.0, 2.5, 0.5, 60.0), 0.4))


def script(heard: list[Heard | None]) -> Script:
    yield Say("Hello.")
    for prompt in ("where", "recall", "feeling", "recall"):
        heard.append((yield Ask(prompt, f"{prompt}?", part="debrief")))


def test_the_memo_answers_its_prompt_and_the_others_are_asked() -> None:
    heard: list[Heard | None] = []
    performed = told_before(script(heard), TOLD)
    assert next(performed) == Say("Hello.")
    where = performed.send(None)
    assert isinstance(where, Ask)
    assert where.prompt_id == "where"
    feeling = performed.send(Heard(2, "answered", "At Acme."))
    assert isinstance(feeling, Ask)
    assert feeling.prompt_id == "feeling"
    assert heard == [Heard(2, "answered", "At Acme."), TOLD.heard]


def test_asked_once_more_its_prompt_is_asked() -> None:
    heard: list[Heard | None] = []
    performed = told_before(script(heard), TOLD)
    next(performed)
    performed.send(None)
    performed.send(Heard(2, "skipped"))
    again = performed.send(Heard(3, "answered", "Fine."))
    assert isinstance(again, Ask)
    assert again.prompt_id == "recall"
    assert list(performed) == []
    assert heard[-1] is None


def test_without_a_memo_the_script_is_as_it_is() -> None:
    assert [act.text for act in told_before(script([]), None) if not isinstance(act, Say)] == [
        "where?",
        "recall?",
        "feeling?",
        "recall?",
    ]


def test_an_answer_nobody_was_asked_for_is_a_memo_whose_import_died() -> None:
    words = (Word("Fine.", 0.5, 0.9, 0.9),)
    turn = Turn(
        1,
        1,
        "debrief",
        "recall",
        "Tell me.",
        "answered",
        transcript="Fine.",
        words=words,
        timing=Timing(0, 3, 2, 0, None),
    )
    plan = {"entry": "plan"}
    memo = Memo("recall", Heard(1, "answered", "Fine.", Timing(0, 3, 2, 0, None), 0.5))
    assert memo_of(turn) == memo
    assert memo_left_over([plan], [turn]) == memo_entry(memo)
    assert memo_left_over([plan, memo_entry(memo)], [turn]) is None
    assert memo_left_over([plan, {"entry": "ask"}], [turn]) is None
    assert memo_left_over([plan], []) is None
    assert memo_left_over([plan], [replace(turn, transcript=None, status="skipped")]) is None
    assert memo_left_over([plan], [replace(turn, status="unfinished")]) is None  # copied in part


def test_a_log_is_read_from_its_latest_plan_on() -> None:
    log = [{"entry": "plan", "phase": "first"}, memo_entry(TOLD), {"entry": "say"}]
    assert sitting(log) == ([log[0], log[2]], TOLD)
    later = [*log, {"entry": "plan", "phase": "second"}, {"entry": "ask"}]
    assert sitting(later) == (later[3:], None)
    assert sitting([]) == ([], None)
