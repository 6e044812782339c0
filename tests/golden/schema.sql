-- index attendee_visit
CREATE INDEX "attendee_visit" ON "attendee"("visit");

-- index conflict_about
CREATE INDEX "conflict_about" ON "conflict"("about");

-- index follow_up_risk_report
CREATE INDEX "follow_up_risk_report" ON "follow_up"("risk_report");

-- index follow_up_visit
CREATE INDEX "follow_up_visit" ON "follow_up"("visit");

-- index idx__sqlite_migrations_migration_set_name
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

-- index outbox_record
CREATE INDEX outbox_record ON outbox(record);

-- index record_entity
CREATE INDEX record_entity ON record(entity);

-- index record_root
CREATE INDEX record_root ON record(root);

-- index risk_report_village
CREATE INDEX "risk_report_village" ON "risk_report"("village");

-- index visit_villages
CREATE INDEX "visit_villages" ON "visit"("villages");

-- table _sqlite_migrations
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

-- table account
CREATE TABLE "account" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "name" TEXT, "role" TEXT, "offices" TEXT, "position_title" TEXT, "civil_servant_number" TEXT, "closed" INTEGER, extra TEXT);

-- table assignment
CREATE TABLE "assignment" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "account" TEXT, "village" TEXT, "starts_on" TEXT, "ends_on" TEXT, extra TEXT);

-- table attendee
CREATE TABLE "attendee" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "name" TEXT, "sex" TEXT, "stakeholder_group" TEXT, "position_title" TEXT, "institution" TEXT, "address" TEXT, "phone" TEXT, "civil_servant_number" TEXT, "minor" INTEGER, extra TEXT);

-- table audit
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, account TEXT NOT NULL, action TEXT NOT NULL, entity TEXT NOT NULL,
  record TEXT NOT NULL, fields TEXT NOT NULL, salted BLOB NOT NULL, chain BLOB NOT NULL);

-- table conflict
CREATE TABLE "conflict" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "about" TEXT, "record" TEXT, "record_entity" TEXT, "field_name" TEXT, "secrecy" TEXT, "office_value" TEXT, "office_author" TEXT, "office_at" TEXT, "mine_value" TEXT, "mine_author" TEXT, "mine_account" TEXT, "mine_at" TEXT, "settled" TEXT, extra TEXT);

-- table draft
CREATE TABLE draft (
  name TEXT PRIMARY KEY, entity TEXT NOT NULL, record TEXT NOT NULL, root TEXT NOT NULL,
  body TEXT NOT NULL, at INTEGER NOT NULL);

-- table follow_up
CREATE TABLE "follow_up" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "risk_report" TEXT, "text" TEXT, "due_on" TEXT, "done_on" TEXT, extra TEXT);

-- table meta
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY);

-- table office
CREATE TABLE "office" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "name" TEXT, "office_class" TEXT, "ministry" TEXT, "directorate" TEXT, "regional_office" TEXT, "address" TEXT, "contact" TEXT, "city" TEXT, "head_name" TEXT, "head_number" TEXT, extra TEXT);

-- table open_bucket
CREATE TABLE open_bucket (place TEXT NOT NULL, level TEXT NOT NULL, PRIMARY KEY (place, level));

-- table outbox
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL, entity TEXT NOT NULL,
  record TEXT NOT NULL REFERENCES record(id) DEFERRABLE INITIALLY DEFERRED,
  action TEXT NOT NULL, base INTEGER NOT NULL, patch TEXT NOT NULL, at INTEGER NOT NULL, offered INTEGER NOT NULL);

-- table received
CREATE TABLE received (
  key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE,
  author TEXT NOT NULL, deleted INTEGER NOT NULL, body TEXT NOT NULL);

-- table record
CREATE TABLE record (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, entity TEXT NOT NULL,
  root TEXT NOT NULL REFERENCES record(id) DEFERRABLE INITIALLY DEFERRED,
  level TEXT NOT NULL, author TEXT NOT NULL, number INTEGER NOT NULL, deleted INTEGER NOT NULL,
  term BLOB, salt BLOB NOT NULL);

-- table rejected
CREATE TABLE "rejected" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "writer" TEXT, "writer_name" TEXT, "operation" TEXT, "record" TEXT, "record_entity" TEXT, "action" TEXT, "patch" TEXT, "reason" TEXT, "secrecy" TEXT, "written_at" TEXT, "settled" TEXT, extra TEXT);

-- table risk_report
CREATE TABLE "risk_report" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "village" TEXT, "visit" TEXT, "kind" TEXT, "narrative" TEXT, "destination_country" TEXT, "indicators" TEXT, "level_raised_to" TEXT, "raise_reason" TEXT, "status" TEXT, extra TEXT);

-- table root_place
CREATE TABLE root_place (
  root TEXT NOT NULL REFERENCES record(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  place TEXT NOT NULL, PRIMARY KEY (root, place));

-- table search
CREATE VIRTUAL TABLE search USING fts5(text, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3");

-- table search_config
CREATE TABLE 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

-- table search_content
CREATE TABLE 'search_content'(id INTEGER PRIMARY KEY, c0);

-- table search_data
CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB);

-- table search_docsize
CREATE TABLE 'search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

-- table search_idx
CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

-- table search_secret
CREATE VIRTUAL TABLE search_secret USING fts5(text, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3");

-- table search_secret_config
CREATE TABLE 'search_secret_config'(k PRIMARY KEY, v) WITHOUT ROWID;

-- table search_secret_content
CREATE TABLE 'search_secret_content'(id INTEGER PRIMARY KEY, c0);

-- table search_secret_data
CREATE TABLE 'search_secret_data'(id INTEGER PRIMARY KEY, block BLOB);

-- table search_secret_docsize
CREATE TABLE 'search_secret_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

-- table search_secret_idx
CREATE TABLE 'search_secret_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

-- table unseen
CREATE TABLE unseen (id TEXT PRIMARY KEY);

-- table village
CREATE TABLE "village" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "region_code" TEXT, "name" TEXT, extra TEXT);

-- table visit
CREATE TABLE "visit" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "villages" TEXT, "place" TEXT, "starts_at" TEXT, "ends_at" TEXT, "venue" TEXT, "programme" TEXT, "theme" TEXT, "status" TEXT, "status_reason" TEXT, "nil" INTEGER, "signed_off_at" TEXT, extra TEXT);

