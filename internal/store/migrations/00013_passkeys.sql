-- +goose Up
-- Passkeys. credential is what the library needs to check the next use: public
-- key, counter, flags; nothing in it is secret.
CREATE TABLE people_passkeys (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES people_persons (id),
  key_id       TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL CHECK (name <> ''),
  credential   TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;

CREATE INDEX people_passkeys_person ON people_passkeys (person_id);

-- A challenge that one browser, or one session, has yet to answer. It is taken
-- away by the first answer, right or wrong.
CREATE TABLE people_passkey_challenges (
  holder     TEXT PRIMARY KEY,
  data       TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
