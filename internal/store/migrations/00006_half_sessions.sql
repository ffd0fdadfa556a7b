-- +goose Up
-- A session that has passed one door and still owes the second factor is half;
-- it opens nothing until it is whole. The table is made anew because there are
-- more doors to come in by than its CHECK knew.
CREATE TABLE people_sessions_new (
  token_hash TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL REFERENCES people_persons (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at   INTEGER,
  via        TEXT NOT NULL CHECK (via IN ('password', 'demo', 'setup', 'code', 'reset', 'invitation', 'passkey', 'oidc')),
  half       INTEGER NOT NULL DEFAULT 0 CHECK (half IN (0, 1))
) STRICT, WITHOUT ROWID;

INSERT INTO people_sessions_new (token_hash, person_id, created_at, expires_at, ended_at, via)
SELECT token_hash, person_id, created_at, expires_at, ended_at, via FROM people_sessions;

DROP TABLE people_sessions;
ALTER TABLE people_sessions_new RENAME TO people_sessions;
CREATE INDEX people_sessions_person ON people_sessions (person_id);
