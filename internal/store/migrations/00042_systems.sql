-- +goose Up
-- By what other systems come in, with the scopes that they were given, for as long
-- as the membership lasts of whoever let them in. The token itself is nowhere: of
-- its id the hash is here. When it was used is known to the day.
CREATE TABLE people_tokens (
  id            TEXT PRIMARY KEY,
  jti_hash      TEXT NOT NULL UNIQUE,
  kid           TEXT NOT NULL,
  person_id     TEXT NOT NULL REFERENCES people_persons (id),
  membership_id TEXT NOT NULL REFERENCES people_memberships (id),
  name          TEXT NOT NULL CHECK (name <> ''),
  scopes        TEXT NOT NULL CHECK (scopes <> ''),
  created_at    INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL CHECK (expires_at > created_at),
  used_on       TEXT NOT NULL DEFAULT '',
  revoked_at    INTEGER
) STRICT;

CREATE INDEX people_tokens_person ON people_tokens (person_id, created_at);

-- What was asked for once under a key of the asker's, so that asking again does
-- nothing again. Both are hashes with a secret of the server; the answer holds ids
-- and moments. A row counts for a day, whatever becomes of its token.
CREATE TABLE people_request_keys (
  token_id     TEXT NOT NULL,
  key_hash     TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  answer       TEXT NOT NULL CHECK (json_valid(answer)),
  at           INTEGER NOT NULL,
  PRIMARY KEY (token_id, key_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX people_request_keys_at ON people_request_keys (at);

-- Who works in an agency, in an order that no change of a name disturbs.
CREATE INDEX people_positions_by_id ON people_positions (organisation_id, board_id, id);

-- What was finished, in the order in which a board's systems read it.
CREATE INDEX course_completions_at ON course_completions (at);
