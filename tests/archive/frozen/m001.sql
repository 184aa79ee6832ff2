-- A database as the program left it when m001_sessions was its last migration. Never changed.
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'greenroom','m001_sessions','2026-01-31 17:00:00+00:00');
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
        );
INSERT INTO "items" VALUES(1,1,'right',NULL,'I listened first.',NULL,0,1,2.35,NULL);
CREATE TABLE log (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            at TEXT NOT NULL,
            entry TEXT NOT NULL,
            UNIQUE (session_id, seq)
        );
INSERT INTO "log" VALUES(1,1,1,'2026-01-31T18:19:00+01:00','{"act":"say"}');
CREATE TABLE sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            status TEXT NOT NULL,
            pack TEXT,
            company TEXT,
            role TEXT,
            started_at TEXT NOT NULL,
            ended_at TEXT
        );
INSERT INTO "sessions" VALUES(1,'practice','finished','general','Acme','Clerk','2026-01-31T18:04:05+01:00','2026-01-31T18:20:00+01:00');
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
        );
INSERT INTO "turns" VALUES(1,1,1,'interview',NULL,1,NULL,'conflict','answered','audio/1/01.flac',0.25,'tiny.en','stitched',2.1,4.0,3.5,0.5,75.0,'Tell me about a conflict.','I argued about a rollback.','{"count":0,"per_minute":0.0,"by_word":{}}','[{"start_s":2.35,"end_s":6.35}]','[{"text":"I","start_s":2.35,"end_s":2.5,"probability":0.9}]');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX items_by_session ON items (session_id);
CREATE INDEX items_by_parent ON items (parent);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('sessions',1);
COMMIT;
