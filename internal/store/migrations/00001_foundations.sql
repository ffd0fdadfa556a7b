-- +goose Up
-- What happened. Ids, verb, time and a salted hash of the detail, each line
-- chained to the one before. The detail itself lies apart, so that erasure can
-- empty it without breaking the chain.
CREATE TABLE audit_events (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  actor       TEXT NOT NULL,
  via         TEXT NOT NULL,
  verb        TEXT NOT NULL,
  subject     TEXT NOT NULL,
  detail_hash TEXT NOT NULL,
  hash        TEXT NOT NULL UNIQUE
) STRICT;

CREATE INDEX audit_events_subject ON audit_events (subject, id);

CREATE TABLE audit_details (
  event_id INTEGER PRIMARY KEY REFERENCES audit_events (id),
  salt     TEXT NOT NULL,
  detail   TEXT NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN
  SELECT RAISE(ABORT, 'audit_events is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
BEGIN
  SELECT RAISE(ABORT, 'audit_events is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_details_no_delete BEFORE DELETE ON audit_details
BEGIN
  SELECT RAISE(ABORT, 'audit_details is emptied, never deleted');
END;
-- +goose StatementEnd

-- Emptying is the one change a detail may have: that is what erasure does.
-- +goose StatementBegin
CREATE TRIGGER audit_details_only_emptied BEFORE UPDATE ON audit_details
WHEN NEW.detail <> '' OR NEW.salt <> '' OR NEW.event_id <> OLD.event_id
BEGIN
  SELECT RAISE(ABORT, 'audit_details is emptied, never changed');
END;
-- +goose StatementEnd

-- What follows. The key makes a fact idempotent.
CREATE TABLE outbox_jobs (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  key        TEXT NOT NULL,
  payload    TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  tries      INTEGER NOT NULL DEFAULT 0,
  done_at    INTEGER,
  failed_at  INTEGER,
  reason     TEXT NOT NULL DEFAULT '',
  UNIQUE (kind, key)
) STRICT;

CREATE INDEX outbox_jobs_due ON outbox_jobs (due_at, id) WHERE done_at IS NULL AND failed_at IS NULL;
