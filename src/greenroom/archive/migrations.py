"""The schema, as numbered steps. A step that was released is never changed: a new one is added below it.

Each runs in a transaction of its own, together with the record that it ran. Small columns come first
and the big ones last, because SQLite reads a row front to back and a list of sessions needs no words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils.db import Database
    from sqlite_utils.migrations import Migrations

MIGRATION_SET = "greenroom"
"""The name under which the steps that ran are recorded in `_sqlite_migrations`."""


def m001_sessions(db: Database) -> None:
    """Sessions, their turns, what was told in them, and the log they resume from.

    AUTOINCREMENT: the number of a deleted session is never given to another, so that a note saying
    "session 12" cannot come to mean somebody else's bad day, and a backup's 12 is this 12.
    """
    db.execute("""
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            status TEXT NOT NULL,
            pack TEXT,
            company TEXT,
            role TEXT,
            started_at TEXT NOT NULL,
            ended_at TEXT
        )""")
    db.execute("""
        CREATE TABLE turns (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            part TEXT NOT NULL,
            phase TEXT,
            take INTEGER NOT NULL DEFAULT 1,
            follow_up_of INTEGER,
            prompt_id TEXT NOT NULL,
            status TEXT NOT NULL,
            audio TEXT,
            question_ended_s REAL,
            model TEXT,
            transcript_is TEXT,
            thinking_s REAL,
            answer_s REAL,
            speaking_s REAL,
            longest_pause_s REAL,
            words_per_minute REAL,
            prompt TEXT NOT NULL,
            transcript TEXT,
            fillers TEXT,
            voiced TEXT,
            words TEXT,
            UNIQUE (session_id, number)
        )""")
    db.execute("""
        CREATE TABLE items (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            name TEXT,
            text TEXT NOT NULL,
            happy INTEGER,
            starred INTEGER NOT NULL DEFAULT 0,
            turn INTEGER,
            at_s REAL,
            parent INTEGER REFERENCES items(id) ON DELETE CASCADE
        )""")
    db.execute("""
        CREATE TABLE log (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            at TEXT NOT NULL,
            entry TEXT NOT NULL,
            UNIQUE (session_id, seq)
        )""")
    # Without these, deleting a session would read every item for each row it takes away.
    db.execute("CREATE INDEX items_by_session ON items (session_id)")
    db.execute("CREATE INDEX items_by_parent ON items (parent)")


def m002_full_text(db: Database) -> None:
    """The full-text index over prompts, transcripts and items.

    `content=` tables hold no second copy of the text, and can be rebuilt from the rows alone: that is how
    deleted words leave the index for good, since FTS5 merely marks them deleted otherwise. A contentless
    index could do neither. Triggers keep it current whoever writes, be it Datasette.

    No stemming: what is typed is what is found, in any language, and a star ("migrat*") finds the rest.
    """
    _index(db, "turns", ("prompt", "transcript"))
    _index(db, "items", ("text",))


def m003_listening(db: Database) -> None:
    """What listening learns of an answer.

    `live` is 1 when a person gave it into a microphone (not a file, not a demo, not an import),
    `reopened_after` the silences, in seconds, after which it went on although it had been closed,
    `left_out` the spans of spoken commands, on the recording's clock, which are no part of it.
    """
    db.execute("ALTER TABLE turns ADD COLUMN live INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE turns ADD COLUMN reopened_after TEXT")
    db.execute("ALTER TABLE turns ADD COLUMN left_out TEXT")


def m004_afterwards(db: Database) -> None:
    """What is known of an interview besides what was told: ratings, its outcome, what others said of it.

    `messages` are what the person wants to leave with every panel; they belong to no session.

    A rating given again replaces the one before. `coalesce`, because to SQLite no NULL is like another.
    """
    db.execute("""
        CREATE TABLE ratings (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            phase TEXT,
            name TEXT NOT NULL,
            value INTEGER NOT NULL
        )""")
    db.execute("CREATE UNIQUE INDEX ratings_one_each ON ratings (session_id, coalesce(phase, ''), name)")
    db.execute("""
        CREATE TABLE outcomes (
            session_id INTEGER PRIMARY KEY REFERENCES sessions(id) ON DELETE CASCADE,
            value TEXT NOT NULL,
            on_date TEXT NOT NULL
        )""")
    db.execute("""
        CREATE TABLE feedback (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            at TEXT NOT NULL,
            who TEXT,
            topic TEXT,
            text TEXT NOT NULL
        )""")
    db.execute("CREATE INDEX feedback_by_session ON feedback (session_id)")
    _index(db, "feedback", ("text", "who"))
    db.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY, set_at TEXT NOT NULL, text TEXT NOT NULL)")
    # The takes of one question are looked for across all sessions.
    db.execute("CREATE INDEX turns_by_prompt ON turns (prompt_id)")


def m005_coaching(db: Database) -> None:
    """How takes went, the person's own points for a question, and messages for one company or role.

    `grades.own` is 1 when the person said so, 0 when it is what the measures proposed. `points` belong to a
    question, and so to no session. Messages without company and role are for every panel.
    """
    db.execute("""
        CREATE TABLE grades (
            turn_id INTEGER PRIMARY KEY REFERENCES turns(id) ON DELETE CASCADE,
            grade TEXT NOT NULL,
            own INTEGER NOT NULL,
            at TEXT NOT NULL
        )""")
    db.execute("""
        CREATE TABLE points (
            id INTEGER PRIMARY KEY,
            prompt_id TEXT NOT NULL,
            set_at TEXT NOT NULL,
            text TEXT NOT NULL
        )""")
    db.execute("CREATE INDEX points_by_prompt ON points (prompt_id)")
    db.execute("ALTER TABLE messages ADD COLUMN company TEXT")
    db.execute("ALTER TABLE messages ADD COLUMN role TEXT")


def _index(db: Database, table: str, columns: tuple[str, ...]) -> None:
    """Index `columns` of `table` in `<table>_fts`, from the rows there are and every later change."""
    index, names = f"{table}_fts", ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    add = f"INSERT INTO {index} (rowid, {names}) VALUES (new.id, {new});"
    remove = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', old.id, {old});"
    db.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5"
        f"({names}, content='{table}', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
    )
    db.execute(f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {add} END")
    db.execute(f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {remove} END")
    db.execute(
        f"CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {names} ON {table} BEGIN {remove} {add} END"
    )
    db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


STEPS: tuple[Callable[[Database], None], ...] = (
    m001_sessions,
    m002_full_text,
    m003_listening,
    m004_afterwards,
    m005_coaching,
)
"""Every step, in order. Its function's name is the step's name."""

NAMES: tuple[str, ...] = tuple(step.__name__ for step in STEPS)


def migrations() -> Migrations:
    """The steps as sqlite-utils applies them.

    Imported here and not above: it brings NumPy along, half a second that only a migration should cost.
    """
    from sqlite_utils.migrations import Migrations

    numbered = Migrations(MIGRATION_SET)
    for step in STEPS:
        numbered()(step)
    return numbered
