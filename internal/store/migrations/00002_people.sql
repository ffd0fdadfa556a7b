-- +goose Up
-- Boards answer for a region; councils are where a worry about a child is
-- reported; organisations employ the people who learn.
CREATE TABLE people_boards (
  id      TEXT PRIMARY KEY,
  key     TEXT NOT NULL UNIQUE,
  name_en TEXT NOT NULL CHECK (name_en <> ''),
  name_cy TEXT NOT NULL CHECK (name_cy <> ''),
  kind    TEXT NOT NULL CHECK (kind <> '')
) STRICT;

-- A number nobody has checked is worse than none, so it cannot be stored.
CREATE TABLE people_councils (
  key                 TEXT PRIMARY KEY,
  name_en             TEXT NOT NULL CHECK (name_en <> ''),
  name_cy             TEXT NOT NULL CHECK (name_cy <> ''),
  day_number          TEXT NOT NULL DEFAULT '',
  out_of_hours_number TEXT NOT NULL DEFAULT '',
  checked_on          TEXT NOT NULL DEFAULT '',
  website             TEXT NOT NULL DEFAULT '',
  CHECK ((day_number = '' AND out_of_hours_number = '') OR checked_on <> '')
) STRICT;

CREATE TABLE people_organisations (
  id          TEXT PRIMARY KEY,
  key         TEXT NOT NULL UNIQUE,
  name_en     TEXT NOT NULL CHECK (name_en <> ''),
  name_cy     TEXT NOT NULL CHECK (name_cy <> ''),
  kind        TEXT NOT NULL CHECK (kind <> ''),
  council_key TEXT REFERENCES people_councils (key)
) STRICT;

-- An organisation may work under several boards.
CREATE TABLE people_organisation_boards (
  organisation_id TEXT NOT NULL REFERENCES people_organisations (id),
  board_id        TEXT NOT NULL REFERENCES people_boards (id),
  PRIMARY KEY (organisation_id, board_id)
) STRICT, WITHOUT ROWID;

-- One domain may belong to several organisations.
CREATE TABLE people_email_domains (
  domain          TEXT NOT NULL CHECK (domain = lower(domain)),
  organisation_id TEXT NOT NULL REFERENCES people_organisations (id),
  PRIMARY KEY (domain, organisation_id)
) STRICT, WITHOUT ROWID;

-- email is as typed, email_key decides whether two addresses are the same.
CREATE TABLE people_persons (
  id            TEXT PRIMARY KEY,
  email         TEXT NOT NULL,
  email_key     TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  language      TEXT NOT NULL CHECK (language IN ('en', 'cy')),
  password_hash TEXT NOT NULL DEFAULT '',
  demo_key      TEXT UNIQUE,
  created_at    INTEGER NOT NULL,
  suspended_at  INTEGER
) STRICT;

-- One agency, one board, one role, one job. What changes is a new row.
CREATE TABLE people_memberships (
  id              TEXT PRIMARY KEY,
  person_id       TEXT NOT NULL REFERENCES people_persons (id),
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('learner', 'lead', 'officer', 'admin')),
  job_role        TEXT NOT NULL CHECK (job_role IN ('education', 'health', 'social-care', 'police-justice',
                    'housing-community', 'border', 'carers', 'voluntary')),
  started_at      INTEGER NOT NULL,
  ended_at        INTEGER CHECK (ended_at >= started_at),
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE INDEX people_memberships_person ON people_memberships (person_id);
CREATE INDEX people_memberships_organisation ON people_memberships (organisation_id, board_id);
CREATE INDEX people_memberships_board ON people_memberships (board_id);
CREATE UNIQUE INDEX people_memberships_once ON people_memberships (person_id, organisation_id, board_id, role)
  WHERE ended_at IS NULL;

-- +goose StatementBegin
CREATE TRIGGER people_memberships_only_end BEFORE UPDATE ON people_memberships
WHEN NEW.id <> OLD.id OR NEW.person_id <> OLD.person_id OR NEW.organisation_id <> OLD.organisation_id
  OR NEW.board_id <> OLD.board_id OR NEW.role <> OLD.role OR NEW.job_role <> OLD.job_role
  OR NEW.started_at <> OLD.started_at OR OLD.ended_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a membership can only end');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER people_memberships_no_delete BEFORE DELETE ON people_memberships
BEGIN
  SELECT RAISE(ABORT, 'a membership is ended, never deleted');
END;
-- +goose StatementEnd

-- token_hash is the SHA-256 of what the browser holds; via is how the person
-- got in.
CREATE TABLE people_sessions (
  token_hash TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL REFERENCES people_persons (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at   INTEGER,
  via        TEXT NOT NULL CHECK (via IN ('password', 'demo', 'setup'))
) STRICT, WITHOUT ROWID;

CREATE INDEX people_sessions_person ON people_sessions (person_id);

-- The one-time link that makes the first administrator.
CREATE TABLE people_setup (
  token_hash TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT, WITHOUT ROWID;

-- Guesses of the last few minutes. account is a hash of the address, which may
-- belong to nobody. A row is written before the guess reaches the password
-- hash, so that the count holds against parallel guesses and a restart.
CREATE TABLE people_signin_guesses (
  id      INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  at      INTEGER NOT NULL,
  failed  INTEGER NOT NULL DEFAULT 0 CHECK (failed IN (0, 1))
) STRICT;

CREATE INDEX people_signin_guesses_account ON people_signin_guesses (account, at);
CREATE INDEX people_signin_guesses_at ON people_signin_guesses (at);

-- How many different accounts had a wrong guess in each stretch of time.
CREATE TABLE people_signin_windows (
  started_at   INTEGER PRIMARY KEY,
  accounts     INTEGER NOT NULL DEFAULT 0,
  failures     INTEGER NOT NULL DEFAULT 0,
  announced_at INTEGER
) STRICT;
