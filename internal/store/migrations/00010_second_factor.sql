-- +goose Up
-- The authenticator app of a person, once its first code was given. sealed is
-- its secret, closed with a key that lies outside the database. A code counts
-- once: last_step is the half minute of the newest one that was taken.
CREATE TABLE people_totp (
  person_id    TEXT PRIMARY KEY REFERENCES people_persons (id),
  sealed       TEXT NOT NULL CHECK (sealed <> ''),
  last_step    INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- An app that is being set up in one session, and whose first code is awaited.
-- What another session has begun is nothing to this one.
CREATE TABLE people_totp_begun (
  person_id  TEXT NOT NULL REFERENCES people_persons (id),
  session    TEXT NOT NULL,
  sealed     TEXT NOT NULL CHECK (sealed <> ''),
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, session)
) STRICT, WITHOUT ROWID;

-- What somebody uses who has lost the rest; each works once.
CREATE TABLE people_recovery_codes (
  code_hash  TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL REFERENCES people_persons (id),
  created_at INTEGER NOT NULL,
  used_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX people_recovery_codes_person ON people_recovery_codes (person_id);

-- By what a session became whole; '' when one door was enough.
ALTER TABLE people_sessions ADD COLUMN factor TEXT NOT NULL DEFAULT ''
  CHECK (factor IN ('', 'totp', 'recovery', 'passkey'));
