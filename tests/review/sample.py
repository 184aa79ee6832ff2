"""Sessions as the archive gives them, for the tests of what is printed."""

from greenroom.archive import Hit, SessionSummary
from greenroom.types import Fillers, Item, Session, Timing, Turn, Word


def spoken(*timed: tuple[str, float, float]) -> tuple[Word, ...]:
    return tuple(Word(text, start_s, end_s, 0.9) for text, start_s, end_s in timed)


CONFLICT = Turn(
    id=31,
    number=1,
    part="interview",
    prompt_id="conflict",
    prompt="Tell me about a conflict with a colleague, and what came of it.",
    status="answered",
    audio="audio/3/01.flac",
    model="tiny.en",
    transcript="So, um, we disagreed about the migration. Uh, I asked for the rollback plan first.",
    transcript_is="final",
    words=spoken(
        ("So,", 2.1, 2.4),
        ("um,", 2.5, 2.9),
        ("we", 3.0, 3.1),
        ("disagreed", 3.1, 3.7),
        ("about", 3.7, 3.9),
        ("the", 3.9, 4.0),
        ("migration.", 4.0, 4.6),
        ("Uh,", 6.75, 7.0),
        ("I", 7.1, 7.2),
        ("asked", 7.2, 7.5),
        ("for", 7.5, 7.6),
        ("the", 7.6, 7.7),
        ("rollback", 7.7, 8.2),
        ("plan", 8.2, 8.5),
        ("first.", 8.5, 9.0),
    ),
    timing=Timing(2.1, 84.04, 71.3, 2.4, 142.2),
    fillers=Fillers(2, 1.4278, {"uh": 1, "um": 1}),
)

SESSION = Session(
    id=3,
    kind="practice",
    status="finished",
    started_at="2026-01-31T18:04:05+01:00",
    ended_at="2026-01-31T18:20:00+01:00",
    pack="general",
    company="Initech",
    role="Platform engineer",
    turns=(
        CONFLICT,
        Turn(32, 2, "interview", "weakness", "What is your greatest weakness?", "skipped"),
        Turn(
            33,
            3,
            "interview",
            "conflict",
            "Tell me about a conflict with a colleague, and what came of it.",
            "recorded",
            take=2,
            follow_up_of=1,
            audio="audio/3/03.flac",
            timing=Timing(0.0, 41.0, 40.0, 0.0, None),
        ),
        Turn(
            34,
            4,
            "debrief",
            "gut",
            "How did that feel?",
            "answered",
            audio="audio/3/04.flac",
            transcript="Better than, uh, I feared.",
            timing=Timing(0.8, 3.2, 3.0, 0.4, 94.0),
            fillers=Fillers(1, 18.75, {"uh": 1}),
        ),
    ),
    items=(
        Item("wrong", "I forgot the numbers.", starred=True, turn=4, at_s=63.9, id=1),
        Item("factor", "I slept four hours.", name="sleep", parent=1, id=2),
        Item("action", "In bed by eleven the night before.", parent=2, id=3),
        Item("feeling", "Nervous, then fine.", name="before", turn=4, at_s=3.2, id=4),
        Item("question", "Why us?", happy=False, id=5),
        Item("key_message", "I finish things.", id=6),
    ),
    ratings=({"phase": "first", "name": "gut", "value": 6},),
    outcome={"value": "next-round", "on": "2026-02-03"},
)

SUMMARIES = [
    SessionSummary(
        3,
        "practice",
        "finished",
        "general",
        "Initech",
        "Platform engineer",
        SESSION.started_at,
        None,
        4,
        2,
        114.3,
    ),
    SessionSummary(
        2, "debrief", "interrupted", None, None, None, "2026-01-29T09:30:00+01:00", None, 1, 0, 0.0
    ),
]

HITS = [
    Hit(
        3,
        1,
        4.0,
        "answer",
        "…about the ⟦migration⟧. Uh, I asked for the ⟦rollback⟧ plan first.",
        SESSION.started_at,
        CONFLICT.prompt,
        has_sound=True,
    ),
    Hit(2, None, None, "item", "Ask about the ⟦migration⟧.", "2026-01-29T09:30:00+01:00", None),
]
