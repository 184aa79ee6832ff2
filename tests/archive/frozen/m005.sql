-- A database as the program left it when m005_coaching was its last migration. Never changed.
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
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
            words TEXT, live INTEGER NOT NULL DEFAULT 0, reopened_after TEXT, left_out TEXT,
            UNIQUE (session_id, number)
        );
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
CREATE TABLE log (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            at TEXT NOT NULL,
            entry TEXT NOT NULL,
            UNIQUE (session_id, seq)
        );
CREATE TABLE ratings (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            phase TEXT,
            name TEXT NOT NULL,
            value INTEGER NOT NULL
        );
CREATE TABLE outcomes (
            session_id INTEGER PRIMARY KEY REFERENCES sessions(id) ON DELETE CASCADE,
            value TEXT NOT NULL,
            on_date TEXT NOT NULL
        );
CREATE TABLE feedback (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            at TEXT NOT NULL,
            who TEXT,
            topic TEXT,
            text TEXT NOT NULL
        );
CREATE TABLE messages (id INTEGER PRIMARY KEY, set_at TEXT NOT NULL, text TEXT NOT NULL, company TEXT, role TEXT);
CREATE TABLE grades (
            turn_id INTEGER PRIMARY KEY REFERENCES turns(id) ON DELETE CASCADE,
            grade TEXT NOT NULL,
            own INTEGER NOT NULL,
            at TEXT NOT NULL
        );
CREATE TABLE points (
            id INTEGER PRIMARY KEY,
            prompt_id TEXT NOT NULL,
            set_at TEXT NOT NULL,
            text TEXT NOT NULL
        );
INSERT INTO "_sqlite_migrations" VALUES(1,'greenroom','m001_sessions','2026-02-01 17:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'greenroom','m002_full_text','2026-02-01 17:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'greenroom','m003_listening','2026-02-01 17:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'greenroom','m004_afterwards','2026-02-01 17:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'greenroom','m005_coaching','2026-02-01 17:00:00+00:00');
INSERT INTO "sessions" VALUES(1,'practice','finished','general','Acme','Clerk','2026-02-01T18:04:05+01:00','2026-02-02T09:02:00+01:00');
INSERT INTO "sessions" VALUES(2,'debrief','interrupted',NULL,'Initech',NULL,'2026-02-02T09:00:00+01:00','2026-02-02T09:02:00+01:00');
INSERT INTO "turns" VALUES(1,1,1,'interview',NULL,1,NULL,'conflict','answered','audio/1/01.flac',NULL,'base','final',2.1,4.9,4.0,0.9,122.4,'Tell me about a conflict.','I, um, argued about a naïve rollback.','{"count":1,"per_minute":12.2,"by_word":{"um":1}}','[{"start_s":2.6,"end_s":4.1},{"start_s":5.0,"end_s":7.5}]','[{"text":"I,","start_s":2.6,"end_s":3.0,"probability":0.9},{"text":"um,","start_s":3.1,"end_s":3.5,"probability":0.9},{"text":"argued","start_s":3.5,"end_s":4.1,"probability":0.9}]',1,'[2.6]','[{"start_s":8.0,"end_s":9.1}]');
INSERT INTO "turns" VALUES(2,2,1,'debrief','first',1,NULL,'feeling-before','answered',NULL,NULL,'typed','final',NULL,NULL,NULL,NULL,NULL,'How did you feel walking in?','Nervous.',NULL,NULL,'[]',0,NULL,NULL);
INSERT INTO "turns" VALUES(3,2,2,'debrief','first',1,NULL,'question','answered',NULL,NULL,'typed','final',NULL,NULL,NULL,NULL,NULL,'Which questions did they ask?','Why I left.',NULL,NULL,'[]',0,NULL,NULL);
INSERT INTO "turns" VALUES(4,1,2,'interview',NULL,1,NULL,'debrief-2-3','answered','audio/1/02.flac',-1.9,'base','stitched',0.0,3.2,3.0,0.4,94.0,'Why did you leave?','I had, uh, learned what I could.','{"count":1,"per_minute":18.75,"by_word":{"uh":1}}','[{"start_s":0.3,"end_s":3.5}]','[{"text":"I","start_s":0.3,"end_s":0.5,"probability":0.9},{"text":"had,","start_s":0.5,"end_s":0.8,"probability":0.9}]',1,NULL,NULL);
INSERT INTO "items" VALUES(1,1,'action',NULL,'Take a breath before I answer.',NULL,0,1,2.6,NULL);
INSERT INTO "items" VALUES(2,2,'feeling','before','Nervous.',NULL,0,1,NULL,NULL);
INSERT INTO "items" VALUES(3,2,'question',NULL,'Why I left.',0,0,2,NULL,NULL);
INSERT INTO "items" VALUES(4,2,'factor','tired','I had slept badly.',NULL,0,2,NULL,3);
INSERT INTO "log" VALUES(1,2,1,'2026-02-02T09:02:00+01:00','{"entry":"plan","script":"debrief"}');
INSERT INTO "log" VALUES(2,2,2,'2026-02-02T09:02:00+01:00','{"entry":"ask","turn":1,"act":{"prompt_id":"feeling-before","text":"How did you feel walking in?"}}');
INSERT INTO "log" VALUES(3,2,3,'2026-02-02T09:02:00+01:00','{"entry":"ask","turn":2,"act":{"prompt_id":"question","text":"Which questions did they ask?"}}');
INSERT INTO "ratings" VALUES(1,2,'first','gut',4);
INSERT INTO "ratings" VALUES(2,2,'first','sleep',2);
INSERT INTO "outcomes" VALUES(2,'next-round','2026-02-06');
INSERT INTO "feedback" VALUES(1,2,'2026-02-03T12:00:00+01:00','Zoë','nerves','You sounded calm.');
INSERT INTO "messages" VALUES(1,'2026-02-01T17:30:00+01:00','I ship small things early.',NULL,NULL);
INSERT INTO "messages" VALUES(2,'2026-02-01T17:30:00+01:00','I ask before I build.','Acme','Clerk');
INSERT INTO "grades" VALUES(1,'hard',1,'2026-02-01T18:20:00+01:00');
INSERT INTO "grades" VALUES(4,'good',0,'2026-02-01T18:20:00+01:00');
INSERT INTO "points" VALUES(1,'conflict','2026-02-01T17:40:00+01:00','The rollback plan.');
CREATE VIRTUAL TABLE turns_fts USING fts5(prompt, transcript, content='turns', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
INSERT INTO turns_fts (turns_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE items_fts USING fts5(text, content='items', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
INSERT INTO items_fts (items_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE feedback_fts USING fts5(text, who, content='feedback', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
INSERT INTO feedback_fts (feedback_fts) VALUES ('rebuild');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX items_by_session ON items (session_id);
CREATE INDEX items_by_parent ON items (parent);
CREATE TRIGGER turns_fts_insert AFTER INSERT ON turns BEGIN INSERT INTO turns_fts (rowid, prompt, transcript) VALUES (new.id, new.prompt, new.transcript); END;
CREATE TRIGGER turns_fts_delete AFTER DELETE ON turns BEGIN INSERT INTO turns_fts (turns_fts, rowid, prompt, transcript) VALUES ('delete', old.id, old.prompt, old.transcript); END;
CREATE TRIGGER turns_fts_update AFTER UPDATE OF prompt, transcript ON turns BEGIN INSERT INTO turns_fts (turns_fts, rowid, prompt, transcript) VALUES ('delete', old.id, old.prompt, old.transcript); INSERT INTO turns_fts (rowid, prompt, transcript) VALUES (new.id, new.prompt, new.transcript); END;
CREATE TRIGGER items_fts_insert AFTER INSERT ON items BEGIN INSERT INTO items_fts (rowid, text) VALUES (new.id, new.text); END;
CREATE TRIGGER items_fts_delete AFTER DELETE ON items BEGIN INSERT INTO items_fts (items_fts, rowid, text) VALUES ('delete', old.id, old.text); END;
CREATE TRIGGER items_fts_update AFTER UPDATE OF text ON items BEGIN INSERT INTO items_fts (items_fts, rowid, text) VALUES ('delete', old.id, old.text); INSERT INTO items_fts (rowid, text) VALUES (new.id, new.text); END;
CREATE UNIQUE INDEX ratings_one_each ON ratings (session_id, coalesce(phase, ''), name);
CREATE INDEX feedback_by_session ON feedback (session_id);
CREATE INDEX turns_by_prompt ON turns (prompt_id);
CREATE INDEX points_by_prompt ON points (prompt_id);
CREATE TRIGGER feedback_fts_insert AFTER INSERT ON feedback BEGIN INSERT INTO feedback_fts (rowid, text, who) VALUES (new.id, new.text, new.who); END;
CREATE TRIGGER feedback_fts_delete AFTER DELETE ON feedback BEGIN INSERT INTO feedback_fts (feedback_fts, rowid, text, who) VALUES ('delete', old.id, old.text, old.who); END;
CREATE TRIGGER feedback_fts_update AFTER UPDATE OF text, who ON feedback BEGIN INSERT INTO feedback_fts (feedback_fts, rowid, text, who) VALUES ('delete', old.id, old.text, old.who); INSERT INTO feedback_fts (rowid, text, who) VALUES (new.id, new.text, new.who); END;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('sessions',2);
COMMIT;
