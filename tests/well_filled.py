"""An archive with something of everything in it, for what carries archives about."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from typing import Any

from cli.interviewed import answered_again, interviewed, looked_at_again
from greenroom.archive import Archive
from greenroom.types import Fillers, Item, Span, Timing, Transcript, Word
from recordings import recorded

SPOKEN = "So, um, we tried =SUM(A1) and it worked."
AT = "2026-02-08T10:00:00+01:00"


def fill(archive: Archive) -> tuple[int, int, int]:
    """A debrief with both its looks, a rehearsal with its recording, and the debrief's question answered
    again; messages, points and terms besides. Their numbers, in this order."""
    debrief = interviewed(archive)
    looked_at_again(archive, debrief)
    archive.set_outcome(debrief, "next-round", date(2026, 2, 3))
    archive.add_feedback(debrief, "Zoë", "You sounded calm.", "nerves", AT)
    practice = rehearsal(archive)
    again = answered_again(archive, debrief, "I had learned what I could.")
    archive.set_messages(["I ship small things early."], AT)
    archive.set_messages(["I ask before I build."], AT, company="Acme", role="Clerk")
    archive.set_points("conflict", ["The rollback plan."], AT)
    with closing(sqlite3.connect(archive.home / "greenroom.db")) as db, db:
        (turn,) = db.execute(
            "SELECT id FROM turns WHERE session_id = ? AND number = 1", [practice]
        ).fetchone()
        db.execute(
            "INSERT INTO terms (kind, text, heard, turn_id, at) VALUES ('term', 'Kubernetes', 'it', ?, ?)",
            [turn, AT],
        )
        db.execute("INSERT INTO terms (kind, text, at) VALUES ('name', 'Zoë', ?)", [AT])
        db.execute(
            "UPDATE turns SET corrected = ?, corrected_words = ? WHERE id = ?",
            [
                "So, um, we tried Kubernetes and it worked.",
                '[{"text":"So,","start_s":1.0,"end_s":1.3,"probability":0.9}]',
                turn,
            ],
        )
    return debrief, practice, again


def rehearsal(archive: Archive) -> int:
    """A rehearsal with one recorded answer, a log and a grade, and a second question that was skipped."""
    session = archive.start_session(
        "practice", pack="general", company="Acme", started_at="2026-02-07T18:00:00+01:00"
    )
    turn = archive.start_turn(session, part="interview", prompt_id="conflict", prompt="What about conflict?")
    flac = archive.session_audio_dir(session) / "01.flac"
    shutil.copyfile(recorded("demo/practice-real").path, flac)
    archive.question_ended(turn.id, -0.5, f"audio/{session}/01.flac")
    archive.store_recording(
        turn.id,
        audio=f"audio/{session}/01.flac",
        timing=None,
        voiced=(Span(1.0, 2.5), Span(3.0, 5.0)),
        live=True,
        reopened_after=(2.6,),
        left_out=(Span(5.5, 6.0),),
    )
    words = tuple(Word(word, 1.0 + at / 2, 1.3 + at / 2, 0.9) for at, word in enumerate(SPOKEN.split()))
    archive.store_transcript(
        turn.id,
        Transcript(SPOKEN, words, "tiny.en", "final"),
        timing=Timing(1.5, 4.0, 3.5, 0.5, 130.25),
        fillers=Fillers(1, 15.0, {"um": 1}),
        status="answered",
    )
    archive.grade(session, 1, "hard", own=True, at=AT)
    skipped = archive.start_turn(session, part="interview", prompt_id="weakness", prompt="Weakness?")
    archive.set_turn_status(skipped.id, "skipped")
    item = archive.keep_item(session, Item("action", "Breathe.", turn=1, at_s=2.5))
    for entry in log_of(item):
        archive.append_log(session, entry)
    archive.end_session(session, "finished")
    return session


def log_of(item: int) -> list[dict[str, Any]]:
    return [
        {
            "entry": "plan",
            "questions": [
                {"id": "conflict", "seconds": [60, 120]},
                {"id": "debrief-1-2", "seconds": [30, 60]},
            ],
            "setting": None,
            "history": {
                "messages": ["I ship small things early."],
                "actions": [{"text": "Sleep.", "date": AT, "session": 1, "item": 7}],
                "unhappy": [{"prompt_id": "debrief-1-2", "text": "Why?", "session": 1, "turn": 2}],
                "again": None,
            },
        },
        {"entry": "ask", "turn": 1, "act": {"prompt_id": "conflict", "text": "What about conflict?"}},
        {
            "entry": "heard",
            "heard": {
                "turn": 1,
                "status": "answered",
                "text": SPOKEN,
                "timing": None,
                "first_word_s": 1.0,
                "command": None,
                "elapsed_s": 12.5,
            },
        },
        {
            "entry": "keep",
            "turn": None,
            "act": {"item": {"kind": "action", "text": "Breathe."}, "key": "a", "parent_key": None},
            "id": item,
        },
    ]
