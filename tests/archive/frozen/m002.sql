-- A database as the program left it when m002_full_text was its last migration. Never changed.
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
            words TEXT,
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
INSERT INTO "_sqlite_migrations" VALUES(1,'greenroom','m001_sessions','2026-02-01 17:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'greenroom','m002_full_text','2026-02-01 17:00:00+00:00');
INSERT INTO "sessions" VALUES(1,'practice','finished','general','Acme','Clerk','2026-02-01T18:04:05+01:00','2026-02-02T09:02:00+01:00');
INSERT INTO "sessions" VALUES(2,'debrief','interrupted',NULL,'Acme',NULL,'2026-02-02T09:00:00+01:00','2026-02-02T09:02:00+01:00');
INSERT INTO "turns" VALUES(1,1,1,'interview',NULL,1,NULL,'conflict','answered','audio/1/01.flac',0.5,'tiny.en','stitched',2.1,4.9,4.0,0.9,122.4,'Tell me about a conflict.','I, um, argued about a naïve rollback.','{"count":1,"per_minute":12.2,"by_word":{"um":1}}','[{"start_s":2.6,"end_s":4.1},{"start_s":5.0,"end_s":7.5}]','[{"text":"I,","start_s":2.6,"end_s":3.0,"probability":0.9},{"text":"um,","start_s":3.1,"end_s":3.5,"probability":0.9},{"text":"argued","start_s":3.6,"end_s":4.0,"probability":0.9},{"text":"about","start_s":4.1,"end_s":4.5,"probability":0.9},{"text":"a","start_s":4.6,"end_s":5.0,"probability":0.9},{"text":"naïve","start_s":5.1,"end_s":5.5,"probability":0.9},{"text":"rollback.","start_s":5.6,"end_s":6.0,"probability":0.9}]');
INSERT INTO "turns" VALUES(2,1,2,'interview',NULL,1,NULL,'weakness','skipped',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'What is your greatest weakness?',NULL,NULL,'[]',NULL);
INSERT INTO "turns" VALUES(3,2,1,'debrief','first',1,NULL,'feeling-before','answered',NULL,NULL,'typed','final',NULL,NULL,NULL,NULL,NULL,'How did you feel walking in?','I was calm.',NULL,NULL,'[]');
INSERT INTO "turns" VALUES(4,2,2,'debrief','first',1,NULL,'question','answered',NULL,NULL,'typed','final',NULL,NULL,NULL,NULL,NULL,'Which questions did they ask? Tell me the first one that comes to mind.','They asked about the gap.',NULL,NULL,'[]');
INSERT INTO "turns" VALUES(5,2,3,'debrief','first',1,NULL,'happy','asked',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Were you happy with your answer?',NULL,NULL,NULL,NULL);
INSERT INTO "items" VALUES(1,2,'feeling','before','I was calm.',NULL,0,1,NULL,NULL);
INSERT INTO "log" VALUES(1,2,1,'2026-02-02T09:01:00+01:00','{"entry":"plan","version":1,"script":"debrief","words":{"welcome":"Welcome to the green room. I will ask {count} questions. Take all the time you need.","welcome_one":"Welcome to the green room. I will ask one question. Take all the time you need.","skipped":"All right, we will leave that one.","kept_for_later":"Your answer is safe on disk. Its words will follow later.","stopped":"All right, we stop here.","to_debrief":"That was the last question. Let us look back for a moment.","goodbye":"That is all for today. Well done for doing it out loud.","noted":"Thank you, that is noted.","length":"{length}, after {thinking} of thought.","length_at_once":"{length}, straight away.","pace":"{pace} words a minute."},"phrases":{"thats_all":["that''s all","that is all","thats all","that was all","that''s it","that is it","that was it","that''s everything","that is everything","no more","nothing else","nothing more","no others","there were no more","there are no more","i''m done","i am done","done","the end","none","that''s all i remember","that''s all i can remember","that''s all of them","no that''s all","no that''s it","nope that''s all","nope that''s it","i think that''s all","i think that''s it","i can''t remember any more","i don''t remember any more"],"nothing":["nothing","nothing really","no","nope","none","not really","i don''t know","i don''t think so","no idea","there wasn''t one","there was none","there was no turning point","no turning point","i can''t think of anything","nothing at all","nothing comes to mind"],"yes":["yes","yeah","yep","yup","sure","i was happy","not bad","happy","happy with it","very happy","quite happy","pretty happy","absolutely","definitely","of course","i think so","mostly","more or less","it was fine","it went well","it was good","that one went well","good enough"],"no":["no","nope","nah","not","not really","not at all","not happy","wasn''t","i wasn''t","i was not","i wasn''t happy","i was not happy","not very happy","unhappy","not so much","could have been better","it went badly","it was bad","don''t think so","i don''t think so","absolutely not","definitely not","of course not","not quite","not good"],"ordinals":{"first":1,"second":2,"third":3,"fourth":4,"fifth":5,"sixth":6,"seventh":7,"eighth":8,"ninth":9,"tenth":10,"number one":1,"number two":2,"number three":3,"number four":4,"number five":5,"question one":1,"question two":2,"question three":3,"question four":4,"question five":5}},"questions":[],"debrief":{"id":"first","title":"Right after an interview","language":"en","steps":[{"id":"feeling-before","form":"open","ask":"How did you feel walking in?","keeps":"feeling","name":"before","private":true,"hint":null,"ask_again":null,"then":null,"most":30,"nothing":null,"nothing_keeps":null},{"id":"question","form":"each","ask":"Which questions did they ask? Tell me the first one that comes to mind.","keeps":"question","name":null,"private":false,"hint":"Say “that''s all” when there are no more.","ask_again":"Which other one?","then":{"id":"happy","ask":"Were you happy with your answer?","ask_unclear":"Was that a yes or a no?"},"most":30,"nothing":null,"nothing_keeps":null},{"id":"went-well","form":"open","ask":"What went well? It may be something small.","keeps":"success","name":null,"private":false,"hint":null,"ask_again":null,"then":null,"most":30,"nothing":"Then let me name one: you were invited, and you went.","nothing_keeps":"I was invited, and I went."}],"opening":"I am glad you came straight here. Take your time, nothing you say is judged, and everything stays on this machine.","closing":"Thank you for telling me. It is all stored, and it can rest here now. You went, and you came back."},"phase":"first"}');
INSERT INTO "log" VALUES(2,2,2,'2026-02-02T09:01:00+01:00','{"entry":"say","turn":null,"act":{"text":"I am glad you came straight here. Take your time, nothing you say is judged, and everything stays on this machine.","fixed":true,"private":false}}');
INSERT INTO "log" VALUES(3,2,3,'2026-02-02T09:01:00+01:00','{"entry":"ask","turn":1,"act":{"prompt_id":"feeling-before","text":"How did you feel walking in?","part":"debrief","phase":"first","take":1,"follow_up_of":null,"hint":null,"fixed":true,"private":true}}');
INSERT INTO "log" VALUES(4,2,4,'2026-02-02T09:01:00+01:00','{"entry":"heard","heard":{"turn":1,"status":"answered","text":"I was calm.","timing":null,"first_word_s":null,"command":null}}');
INSERT INTO "log" VALUES(5,2,5,'2026-02-02T09:01:00+01:00','{"entry":"keep","turn":null,"act":{"item":{"kind":"feeling","text":"I was calm.","name":"before","happy":null,"starred":false,"turn":1,"at_s":null,"parent":null,"id":null}}}');
INSERT INTO "log" VALUES(6,2,6,'2026-02-02T09:01:00+01:00','{"entry":"ask","turn":2,"act":{"prompt_id":"question","text":"Which questions did they ask? Tell me the first one that comes to mind.","part":"debrief","phase":"first","take":1,"follow_up_of":null,"hint":"Say “that''s all” when there are no more.","fixed":true,"private":false}}');
INSERT INTO "log" VALUES(7,2,7,'2026-02-02T09:01:00+01:00','{"entry":"heard","heard":{"turn":2,"status":"answered","text":"They asked about the gap.","timing":null,"first_word_s":null,"command":null}}');
INSERT INTO "log" VALUES(8,2,8,'2026-02-02T09:01:00+01:00','{"entry":"ask","turn":3,"act":{"prompt_id":"happy","text":"Were you happy with your answer?","part":"debrief","phase":"first","take":1,"follow_up_of":null,"hint":null,"fixed":true,"private":false}}');
CREATE VIRTUAL TABLE turns_fts USING fts5(prompt, transcript, content='turns', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
INSERT INTO turns_fts (turns_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE items_fts USING fts5(text, content='items', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
INSERT INTO items_fts (items_fts) VALUES ('rebuild');
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
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('sessions',2);
COMMIT;
