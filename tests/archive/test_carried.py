"""What later sessions know of a deleted one goes with it; what they asked and noted themselves stays."""

from __future__ import annotations

from pathlib import Path

from archive.homes import bytes_of
from greenroom.archive import Archive, retake_id
from greenroom.cli import data
from greenroom.cli.history import history_of
from greenroom.cli.plans import Wishes, debrief_plan, practice_plan, setting_of
from greenroom.dialogue.acts import Ask, Heard, Say
from greenroom.dialogue.log import act_entry, heard_entry, plan_entry, plan_of, replay, script_of
from greenroom.dialogue.packs import Question
from greenroom.types import Item

TOLD = {
    "action": "Ask Zbigniewa first.",
    "success": "Wolfgangina laughed!",
    "factor": "Too little sleep at Quuxholm.",
}
OTHER = {"action": "Breathe before the first word.", "success": "I made them laugh.", "factor": "I was late."}


def general(home: Path) -> tuple[Question, ...]:
    """Two questions."""
    return next(pack for pack in data.packs(home) if pack.id == "general").questions[:2]


def debriefed(archive: Archive, told: dict[str, str]) -> int:
    session = archive.start_session("debrief")
    archive.keep_item(session, Item("action", told["action"]))
    archive.keep_item(session, Item("success", told["success"]))
    archive.keep_item(session, Item("factor", told["factor"], name="tired"))
    archive.end_session(session, "finished")
    return session


def rehearsed(archive: Archive, home: Path) -> int:
    """A rehearsal up to its second question: its log begins with what it knows of the debriefs."""
    session = archive.start_session("practice")
    questions = general(home)
    plan = practice_plan(home, questions, None, history_of(archive), setting_of(Wishes()))
    archive.append_log(session, plan_entry(plan))
    script = script_of(plan)
    reply: Heard | None = None
    asked = 0
    while True:
        act = script.send(reply)
        reply = None
        archive.append_log(session, act_entry(act, turn=asked + 1 if isinstance(act, Ask) else None))
        if isinstance(act, Ask):
            asked += 1
            if asked == 2:
                break
            reply = Heard(1, "answered", "I ship small things early.", None, 1.0)
            archive.append_log(session, heard_entry(reply))
    archive.end_session(session, "interrupted")
    return session


def test_the_log_of_a_later_session_forgets_it(archive: Archive, home: Path) -> None:
    debriefed(archive, TOLD)
    debriefed(archive, OTHER)
    session = rehearsed(archive, home)
    said = [one["act"]["text"] for one in archive.log(session) if one["entry"] == "say"]
    assert any("Ask Zbigniewa first; " in text or "; Ask Zbigniewa first" in text for text in said)
    assert all(word in bytes_of(home) for word in (b"zbigniewa", b"wolfgangina", b"quuxholm"))
    archive.delete(1)
    there = bytes_of(home)
    assert [word for word in (b"zbigniewa", b"wolfgangina", b"quuxholm") if word in there] == []
    history = plan_of(archive.log(session)).history
    assert [one.text for one in history.actions] == [OTHER["action"]]
    assert history.successes == (OTHER["success"],)
    assert [one.words for one in history.factors] == [OTHER["factor"]]
    said = [one["act"]["text"] for one in archive.log(session) if one["entry"] == "say"]
    assert any("Breathe before the first word" in text and "…" in text for text in said)


def test_such_a_session_can_still_be_gone_on_with_where_it_was(archive: Archive, home: Path) -> None:
    debriefed(archive, TOLD)
    session = rehearsed(archive, home)
    archive.delete(1)
    log = archive.log(session)
    stands = replay(script_of(plan_of(log)), log[1:])
    assert isinstance(stands.act, Ask)
    assert stands.act.prompt_id == general(home)[1].id


def test_a_success_told_in_two_debriefs_goes_with_the_last_of_them(archive: Archive, home: Path) -> None:
    debriefed(archive, TOLD)
    debriefed(archive, {**OTHER, "success": TOLD["success"]})
    session = rehearsed(archive, home)
    archive.delete(1)
    assert plan_of(archive.log(session)).history.successes == (TOLD["success"],)
    archive.delete(2)
    assert plan_of(archive.log(session)).history.successes == ()


def test_points_for_its_questions_go_and_those_for_others_stay(archive: Archive) -> None:
    first, other = debriefed(archive, TOLD), [debriefed(archive, OTHER) for _ in range(11)][-1]
    for prompt_id in (retake_id(first, 1), retake_id(other, 1), "conflict"):
        archive.set_points(prompt_id, ["the migration"], "2026-02-03T10:00:00+01:00")
    archive.delete(first)
    assert archive.points(retake_id(first, 1)) == ()
    assert archive.points(retake_id(other, 1)) == archive.points("conflict") == ("the migration",)


def test_a_log_that_somebody_else_wrote_keeps_nothing_from_being_deleted(archive: Archive) -> None:
    debriefed(archive, TOLD)
    session = archive.start_session("practice")
    for seq, entry in enumerate(('"plan"', '{"plan"'), start=1):
        row = [session, seq, entry]
        archive._db.execute("INSERT INTO log (session_id, seq, at, entry) VALUES (?, ?, '', ?)", row)
    odd = {"entry": "plan", "history": {"successes": [3, {"text": "x"}], "actions": None}}
    archive.append_log(session, odd)
    archive.delete(1)
    assert [one.id for one in archive.sessions()] == [session]


def test_a_second_look_keeps_what_was_told_in_its_own_debrief(archive: Archive, home: Path) -> None:
    debriefed(archive, TOLD)
    own = debriefed(archive, OTHER)
    plan = debrief_plan(home, history_of(archive, archive.session(own)))
    archive.append_log(own, plan_entry(plan))
    archive.append_log(own, act_entry(Say(f"You said: {OTHER['success']}", fixed=False, private=True)))
    archive.delete(1)
    kept = plan_of(archive.log(own)).history
    assert kept.again is not None
    assert [item.text for item in kept.again.items] == list(OTHER.values())
    assert archive.log(own)[1]["act"]["text"] == f"You said: {OTHER['success']}"
