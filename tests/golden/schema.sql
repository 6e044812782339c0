-- index activity_visit
CREATE INDEX "activity_visit" ON "activity"("visit");

-- index aid_visit
CREATE INDEX "aid_visit" ON "aid"("visit");

-- index attendee_visit
CREATE INDEX "attendee_visit" ON "attendee"("visit");

-- index campaign_villages
CREATE INDEX "campaign_villages" ON "campaign"("villages");

-- index conflict_about
CREATE INDEX "conflict_about" ON "conflict"("about");

-- index designation_villages
CREATE INDEX "designation_villages" ON "designation"("villages");

-- index document_campaign
CREATE INDEX "document_campaign" ON "document"("campaign");

-- index document_designation
CREATE INDEX "document_designation" ON "document"("designation");

-- index document_risk_report
CREATE INDEX "document_risk_report" ON "document"("risk_report");

-- index document_visit
CREATE INDEX "document_visit" ON "document"("visit");

-- index follow_up_risk_report
CREATE INDEX "follow_up_risk_report" ON "follow_up"("risk_report");

-- index follow_up_visit
CREATE INDEX "follow_up_visit" ON "follow_up"("visit");

-- index head_count_visit
CREATE INDEX "head_count_visit" ON "head_count"("visit");

-- index idx__sqlite_migrations_migration_set_name
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

-- index material_delivery_visit
CREATE INDEX "material_delivery_visit" ON "material_delivery"("visit");

-- index outbox_record
CREATE INDEX outbox_record ON outbox(record, entity);

-- index photo_risk_report
CREATE INDEX "photo_risk_report" ON "photo"("risk_report");

-- index photo_visit
CREATE INDEX "photo_visit" ON "photo"("visit");

-- index quote_campaign
CREATE INDEX "quote_campaign" ON "quote"("campaign");

-- index quote_visit
CREATE INDEX "quote_visit" ON "quote"("visit");

-- index receipt_root
CREATE INDEX receipt_root ON receipt(root);

-- index record_entity
CREATE INDEX record_entity ON record(entity);

-- index record_root
CREATE INDEX record_root ON record(root);

-- index referral_risk_report
CREATE INDEX "referral_risk_report" ON "referral"("risk_report");

-- index risk_report_village
CREATE INDEX "risk_report_village" ON "risk_report"("village");

-- index speaker_visit
CREATE INDEX "speaker_visit" ON "speaker"("visit");

-- index visit_villages
CREATE INDEX "visit_villages" ON "visit"("villages");

-- index volunteer_group_village
CREATE INDEX "volunteer_group_village" ON "volunteer_group"("village");

-- index volunteer_volunteer_group
CREATE INDEX "volunteer_volunteer_group" ON "volunteer"("volunteer_group");

-- table _sqlite_migrations
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

-- table account
CREATE TABLE "account" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "name" TEXT, "role" TEXT, "offices" TEXT, "position_title" TEXT, "civil_servant_number" TEXT, "closed" INTEGER, extra TEXT);

-- table activity
CREATE TABLE "activity" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "activity_type" TEXT, "name" TEXT, "audience" TEXT, "purpose" TEXT, extra TEXT);

-- table aid
CREATE TABLE "aid" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "event_name" TEXT, "item" TEXT, "quantity" INTEGER, "unit" TEXT, "source" TEXT, "intended_for" TEXT, "recipients" INTEGER, extra TEXT);

-- table assignment
CREATE TABLE "assignment" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "account" TEXT, "village" TEXT, "starts_on" TEXT, "ends_on" TEXT, extra TEXT);

-- table attendee
CREATE TABLE "attendee" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "name" TEXT, "sex" TEXT, "stakeholder_group" TEXT, "position_title" TEXT, "institution" TEXT, "address" TEXT, "phone" TEXT, "civil_servant_number" TEXT, "minor" INTEGER, extra TEXT);

-- table audit
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, account TEXT NOT NULL, action TEXT NOT NULL, entity TEXT NOT NULL,
  record TEXT NOT NULL, fields TEXT NOT NULL, salted BLOB NOT NULL, chain BLOB NOT NULL);

-- table blob
CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, held INTEGER NOT NULL, sent INTEGER NOT NULL, waits INTEGER NOT NULL, left_at INTEGER, thumbnail BLOB, record TEXT, missing INTEGER NOT NULL DEFAULT 0);

-- table blob_part
CREATE TABLE blob_part (sha256 TEXT NOT NULL REFERENCES blob(sha256) ON DELETE CASCADE, position INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (sha256, position));

-- table campaign
CREATE TABLE "campaign" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "name" TEXT, "programme" TEXT, "theme" TEXT, "villages" TEXT, "starts_on" TEXT, "ends_on" TEXT, "reason" TEXT, "goal" TEXT, extra TEXT);

-- table conflict
CREATE TABLE "conflict" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "about" TEXT, "record" TEXT, "record_entity" TEXT, "field_name" TEXT, "secrecy" TEXT, "office_value" TEXT, "office_author" TEXT, "office_at" TEXT, "mine_value" TEXT, "mine_author" TEXT, "mine_account" TEXT, "mine_at" TEXT, "settled" TEXT, extra TEXT);

-- table designation
CREATE TABLE "designation" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "villages" TEXT, "region" TEXT, "village_count" INTEGER, "year" INTEGER, "status" TEXT, "reason" TEXT, "partners" TEXT, "decree_number" TEXT, "decree_on" TEXT, "issuer_level" TEXT, "signer_name" TEXT, "signer_position" TEXT, "visit" TEXT, "ceremony_on" TEXT, "ceremony_place" TEXT, "inaugurated_by" TEXT, "inaugurator_position" TEXT, extra TEXT);

-- table document
CREATE TABLE "document" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "campaign" TEXT, "designation" TEXT, "risk_report" TEXT, "kind" TEXT, "use" TEXT, "number" TEXT, "dated_on" TEXT, "title" TEXT, "issuer" TEXT, "file_name" TEXT, "sha256" TEXT, "size" INTEGER, extra TEXT);

-- table draft
CREATE TABLE draft (
  name TEXT PRIMARY KEY, entity TEXT NOT NULL, record TEXT NOT NULL, root TEXT NOT NULL,
  body TEXT NOT NULL, at INTEGER NOT NULL);

-- table follow_up
CREATE TABLE "follow_up" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "risk_report" TEXT, "kind" TEXT, "text" TEXT, "recurring" INTEGER, "due_on" TEXT, "done_on" TEXT, extra TEXT);

-- table head_count
CREATE TABLE "head_count" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "stakeholder_group" TEXT, "institution" TEXT, "men" INTEGER, "women" INTEGER, "total" INTEGER, "estimate" TEXT, extra TEXT);

-- table material
CREATE TABLE "material" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "title" TEXT, "kind" TEXT, "edition" TEXT, "verified_on" TEXT, "retired" INTEGER, extra TEXT);

-- table material_delivery
CREATE TABLE "material_delivery" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "kind" TEXT, "topic" TEXT, "material" TEXT, "way" TEXT, "copies" INTEGER, extra TEXT);

-- table meta
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY);

-- table office
CREATE TABLE "office" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "name" TEXT, "office_class" TEXT, "ministry" TEXT, "directorate" TEXT, "regional_office" TEXT, "address" TEXT, "contact" TEXT, "city" TEXT, "logo" TEXT, "head_name" TEXT, "head_number" TEXT, "head_position" TEXT, "second_name" TEXT, "second_number" TEXT, "second_position" TEXT, "acknowledged_by" TEXT, "hide_titles" INTEGER, "hide_nip" INTEGER, extra TEXT);

-- table open_bucket
CREATE TABLE open_bucket (place TEXT NOT NULL, level TEXT NOT NULL, PRIMARY KEY (place, level));

-- table original
CREATE TABLE original (photo TEXT PRIMARY KEY REFERENCES blob(sha256) ON DELETE CASCADE, sha256 TEXT NOT NULL, size INTEGER NOT NULL, name TEXT NOT NULL);

-- table original_part
CREATE TABLE original_part (photo TEXT NOT NULL REFERENCES original(photo) ON DELETE CASCADE, position INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (photo, position));

-- table outbox
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL, entity TEXT NOT NULL,
  record TEXT NOT NULL REFERENCES record(id) DEFERRABLE INITIALLY DEFERRED,
  action TEXT NOT NULL, base INTEGER NOT NULL, patch TEXT NOT NULL, at INTEGER NOT NULL, offered INTEGER NOT NULL);

-- table photo
CREATE TABLE "photo" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "risk_report" TEXT, "caption" TEXT, "taken_at" TEXT, "sha256" TEXT, "size" INTEGER, extra TEXT);

-- table quote
CREATE TABLE "quote" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "campaign" TEXT, "speaker_name" TEXT, "position_title" TEXT, "institution" TEXT, "text" TEXT, "said_on" TEXT, extra TEXT);

-- table receipt
CREATE TABLE receipt (seq INTEGER PRIMARY KEY, root TEXT NOT NULL REFERENCES record(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, at INTEGER NOT NULL, statement BLOB NOT NULL, signed BLOB NOT NULL, signature BLOB NOT NULL);

-- table receipt_due
CREATE TABLE receipt_due (root TEXT PRIMARY KEY REFERENCES record(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);

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

-- table referral
CREATE TABLE "referral" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "risk_report" TEXT, "recipient" TEXT, "recipient_name" TEXT, "letter_number" TEXT, "sent_at" TEXT, "answered_on" TEXT, "outcome" TEXT, extra TEXT);

-- table rejected
CREATE TABLE "rejected" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "writer" TEXT, "writer_name" TEXT, "operation" TEXT, "record" TEXT, "record_entity" TEXT, "action" TEXT, "patch" TEXT, "reason" TEXT, "secrecy" TEXT, "written_at" TEXT, "settled" TEXT, "settled_by" TEXT, "settled_value" TEXT, "settled_at" TEXT, extra TEXT);

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

-- table speaker
CREATE TABLE "speaker" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "visit" TEXT, "title_before" TEXT, "name" TEXT, "title_after" TEXT, "position_title" TEXT, "institution" TEXT, "stakeholder_group" TEXT, "did" TEXT, "topic" TEXT, extra TEXT);

-- table unseen
CREATE TABLE unseen (id TEXT PRIMARY KEY);

-- table village
CREATE TABLE "village" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "region_code" TEXT, "name" TEXT, "location" TEXT, "profile" TEXT, "destination_countries" TEXT, "maturity" TEXT, "maturity_target" TEXT, extra TEXT);

-- table visit
CREATE TABLE "visit" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "villages" TEXT, "place" TEXT, "starts_at" TEXT, "ends_at" TEXT, "time_precision" TEXT, "venue" TEXT, "programme" TEXT, "theme" TEXT, "status" TEXT, "status_reason" TEXT, "campaign" TEXT, "follows" TEXT, "section" TEXT, "officers" TEXT, "purpose" TEXT, "results" TEXT, "obstacles" TEXT, "nil" INTEGER, "signed_off_at" TEXT, extra TEXT);

-- table volunteer
CREATE TABLE "volunteer" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "volunteer_group" TEXT, "name" TEXT, "part" TEXT, "position_title" TEXT, "phone" TEXT, "joined_on" TEXT, "left_on" TEXT, extra TEXT);

-- table volunteer_group
CREATE TABLE "volunteer_group" (key INTEGER PRIMARY KEY REFERENCES record(key) ON DELETE CASCADE, "office" TEXT, "village" TEXT, "name" TEXT, "channel" TEXT, "messaging_group" TEXT, "watches" TEXT, "formed_on" TEXT, "visit" TEXT, "members" INTEGER, "last_active_on" TEXT, "disbanded_on" TEXT, extra TEXT);

