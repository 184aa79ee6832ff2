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


def m006_open(db: Database) -> None:
    """What corrections, new transcripts and the person's own names need, and two views for other programs.

    `said` is what counts of an answer, the correction where there is one: the index holds that, so that a
    search finds what was said and not what was misheard. A generated column, so that nobody has to keep it
    in step. `corrected_words` are the corrected text laid on the times of `words`, in the same form.

    `drafts` hold a new transcript while it is being made, piece by piece, until it is whole; `terms` the
    names and words that recognisers get wrong, `heard` being what was written instead, from a turn or,
    without one, from the person's own list; `exports` the files made of a session that lie inside the home,
    so that they go with it.
    """
    db.execute("ALTER TABLE turns ADD COLUMN audio_removed_at TEXT")
    db.execute("ALTER TABLE turns ADD COLUMN corrected TEXT")
    db.execute("ALTER TABLE turns ADD COLUMN corrected_words TEXT")
    db.execute(
        "ALTER TABLE turns ADD COLUMN said TEXT GENERATED ALWAYS AS (coalesce(corrected, transcript)) VIRTUAL"
    )
    _drop_index(db, "turns")
    _index(db, "turns", ("prompt", "said"), ("prompt", "transcript", "corrected"))
    db.execute("""
        CREATE TABLE drafts (
            id INTEGER PRIMARY KEY,
            turn_id INTEGER NOT NULL REFERENCES turns(id) ON DELETE CASCADE,
            model TEXT NOT NULL,
            piece INTEGER NOT NULL,
            words TEXT NOT NULL,
            UNIQUE (turn_id, model, piece)
        )""")
    db.execute("""
        CREATE TABLE terms (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            heard TEXT,
            turn_id INTEGER REFERENCES turns(id) ON DELETE CASCADE,
            at TEXT NOT NULL,
            UNIQUE (kind, text)
        )""")
    db.execute("CREATE INDEX terms_by_turn ON terms (turn_id)")
    db.execute("""
        CREATE TABLE exports (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            path TEXT NOT NULL
        )""")
    db.execute("CREATE INDEX exports_by_session ON exports (session_id)")
    # Which recordings are old enough to go is asked at each start.
    db.execute("CREATE INDEX turns_with_audio ON turns (session_id, number) WHERE audio IS NOT NULL")
    db.execute(_ANSWERS)
    db.execute(_DEBRIEFS)


def m007_meanings(db: Database) -> None:
    """What is searched by meaning: the vectors of each sentence, one row for each turn, item or feedback.

    They go with what they were made of, and are made anew when its words change, whoever writes: a vector of
    words that were corrected or deleted would still tell something of them. `signs` are a sketch of them, by
    which those that may be near are chosen; in an index, so that a search reads a tenth of the table.

    The full-text index learns where words begin with one or two given letters, of which there may be
    thousands: "s*" took longer than any other search.

    The index over recordings that wait for their words spares every command a look at all turns.
    """
    db.execute("""
        CREATE TABLE meanings (
            id INTEGER PRIMARY KEY,
            turn_id INTEGER UNIQUE REFERENCES turns(id) ON DELETE CASCADE,
            item_id INTEGER UNIQUE REFERENCES items(id) ON DELETE CASCADE,
            feedback_id INTEGER UNIQUE REFERENCES feedback(id) ON DELETE CASCADE,
            made_by TEXT NOT NULL,
            signs BLOB NOT NULL,
            vectors BLOB NOT NULL
        )""")
    db.execute("CREATE INDEX meanings_by_maker ON meanings (made_by)")
    db.execute("CREATE INDEX meanings_signs ON meanings (turn_id, item_id, feedback_id, signs)")
    for table, owner, columns in (
        ("turns", "turn_id", "prompt, transcript, corrected"),
        ("items", "item_id", "text"),
        ("feedback", "feedback_id", "text"),
    ):
        db.execute(
            f"CREATE TRIGGER {table}_meanings_update AFTER UPDATE OF {columns} ON {table} "
            f"BEGIN DELETE FROM meanings WHERE {owner} = old.id; END"
        )
    for table in ("turns", "items", "feedback"):
        _drop_index(db, table)
    _index(db, "turns", ("prompt", "said"), ("prompt", "transcript", "corrected"), prefixes="1 2")
    _index(db, "items", ("text",), prefixes="1 2")
    _index(db, "feedback", ("text", "who"), prefixes="1 2")
    db.execute("""
        CREATE INDEX turns_unmended ON turns (session_id)
        WHERE audio IS NOT NULL AND (status IN ('asked', 'recorded') OR audio LIKE '%.wav')
        """)


_ANSWERS = """
    CREATE VIEW answers AS
    SELECT
        turns.id,
        turns.session_id,
        turns.session_id || '.' || turns.number AS moment,
        sessions.started_at,
        sessions.kind AS session_kind,
        sessions.company,
        sessions.role,
        turns.prompt_id AS question_id,
        turns.prompt AS question,
        turns.said AS answer,
        turns.status,
        turns.take,
        turns.follow_up_of,
        turns.thinking_s,
        turns.answer_s,
        turns.speaking_s,
        turns.longest_pause_s,
        turns.words_per_minute,
        json_extract(turns.fillers, '$.count') AS fillers,
        json_extract(turns.fillers, '$.per_minute') AS fillers_per_minute,
        grades.grade,
        grades.own AS grade_is_own,
        turns.corrected IS NOT NULL AS is_corrected,
        turns.model,
        turns.audio
    FROM turns
    JOIN sessions ON sessions.id = turns.session_id
    LEFT JOIN grades ON grades.turn_id = turns.id
    WHERE turns.part = 'interview'
        AND turns.status IN ('answered', 'unfinished')
        AND turns.transcript IS NOT NULL
        AND turns.prompt_id NOT LIKE 'crisis%'
        AND NOT EXISTS (
            SELECT 1 FROM turns AS next
            WHERE next.session_id = turns.session_id AND next.number = turns.number + 1
                AND next.prompt_id LIKE 'crisis%'
        )"""
"""An answer of an interview in words, a row; not the one in which somebody in danger was met."""

_DEBRIEFS = """
    CREATE VIEW debriefs AS
    SELECT
        sessions.id,
        sessions.started_at,
        sessions.ended_at,
        sessions.status,
        sessions.company,
        sessions.role,
        first.value AS gut_first,
        second.value AS gut_second,
        outcomes.value AS outcome,
        outcomes.on_date AS outcome_on,
        (SELECT text FROM items WHERE session_id = sessions.id AND kind = 'feeling' AND name = 'before'
            ORDER BY id LIMIT 1) AS feeling_before,
        (SELECT text FROM items WHERE session_id = sessions.id AND kind = 'feeling' AND name = 'during'
            ORDER BY id LIMIT 1) AS feeling_during,
        (SELECT text FROM items WHERE session_id = sessions.id AND kind = 'feeling' AND name = 'after'
            ORDER BY id LIMIT 1) AS feeling_after,
        (SELECT text FROM items WHERE session_id = sessions.id AND kind = 'turning_point' AND parent IS NULL
            ORDER BY id LIMIT 1) AS turning_point,
        (SELECT count(*) FROM items WHERE session_id = sessions.id AND kind = 'question') AS questions,
        (SELECT count(*) FROM items WHERE session_id = sessions.id AND kind = 'question' AND happy = 0)
            AS unhappy_questions,
        (SELECT group_concat(DISTINCT name) FROM items WHERE session_id = sessions.id AND kind = 'factor')
            AS factors,
        (SELECT count(*) FROM items WHERE session_id = sessions.id AND kind = 'action') AS actions,
        (SELECT count(*) FROM items WHERE session_id = sessions.id AND kind = 'success') AS successes,
        (SELECT count(*) FROM feedback WHERE session_id = sessions.id) AS feedback,
        EXISTS (
            SELECT 1 FROM turns
            WHERE session_id = sessions.id AND phase = 'second' AND turns.status = 'answered'
        ) AS has_second_look
    FROM sessions
    LEFT JOIN ratings AS first
        ON first.session_id = sessions.id AND first.name = 'gut' AND first.phase = 'first'
    LEFT JOIN ratings AS second
        ON second.session_id = sessions.id AND second.name = 'gut' AND second.phase = 'second'
    LEFT JOIN outcomes ON outcomes.session_id = sessions.id
    WHERE sessions.kind = 'debrief'"""
"""A debrief of a real interview, both its sittings, a row."""


def _drop_index(db: Database, table: str) -> None:
    for event in ("insert", "delete", "update"):
        db.execute(f"DROP TRIGGER {table}_fts_{event}")
    db.execute(f"DROP TABLE {table}_fts")


def _index(
    db: Database,
    table: str,
    columns: tuple[str, ...],
    watched: tuple[str, ...] | None = None,
    *,
    prefixes: str = "",
) -> None:
    """Index `columns` of `table` in `<table>_fts`, from the rows there are and every later change.

    Args:
        watched: the columns whose change concerns the index, where those are others: a generated column is
            never itself written.
        prefixes: the lengths of beginnings of words that have an index of their own.
    """
    index, names = f"{table}_fts", ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    add = f"INSERT INTO {index} (rowid, {names}) VALUES (new.id, {new});"
    remove = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', old.id, {old});"
    db.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5"
        f"({names}, content='{table}', content_rowid='id', tokenize='unicode61 remove_diacritics 2'"
        + (f", prefix='{prefixes}')" if prefixes else ")")
    )
    db.execute(f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {add} END")
    db.execute(f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {remove} END")
    db.execute(
        f"CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {', '.join(watched or columns)} ON {table} "
        f"BEGIN {remove} {add} END"
    )
    db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


STEPS: tuple[Callable[[Database], None], ...] = (
    m001_sessions,
    m002_full_text,
    m003_listening,
    m004_afterwards,
    m005_coaching,
    m006_open,
    m007_meanings,
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
