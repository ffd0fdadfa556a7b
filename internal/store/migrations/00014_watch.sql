-- +goose Up
-- The administrator's list of jobs reads by state, the newest first, and must
-- stay quick when a million letters have gone out.
CREATE INDEX outbox_jobs_failed ON outbox_jobs (id) WHERE failed_at IS NOT NULL;
CREATE INDEX outbox_jobs_waiting ON outbox_jobs (id) WHERE done_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_jobs_done ON outbox_jobs (done_at) WHERE done_at IS NOT NULL;

-- The record is read by who, what, by which door and when, the newest first, and
-- must stay quick with millions of lines. What it is about has its index already.
CREATE INDEX audit_events_actor ON audit_events (actor, id) WHERE actor <> '';
CREATE INDEX audit_events_verb ON audit_events (verb, id);
CREATE INDEX audit_events_via ON audit_events (via, id);
CREATE INDEX audit_events_at ON audit_events (at, id);

-- What came of each reading of the whole record; fault is '' where it is whole.
CREATE TABLE audit_checks (
  id    INTEGER PRIMARY KEY,
  at    INTEGER NOT NULL,
  lines INTEGER NOT NULL CHECK (lines >= 0),
  fault TEXT NOT NULL
) STRICT;
