-- +goose Up
-- Whoever comes by an address that several agencies share says themselves for
-- which of them they work. Until a lead agrees the membership is unconfirmed:
-- its person learns, and no report, register or count includes them. Whoever
-- counts people counts WHERE unconfirmed = 0.
ALTER TABLE people_memberships ADD COLUMN unconfirmed INTEGER NOT NULL DEFAULT 0
  CHECK (unconfirmed IN (0, 1) AND (unconfirmed = 0 OR role = 'learner'));

CREATE INDEX people_memberships_unconfirmed ON people_memberships (organisation_id, board_id)
  WHERE unconfirmed = 1 AND ended_at IS NULL;

-- +goose StatementBegin
CREATE TRIGGER people_memberships_only_confirm BEFORE UPDATE ON people_memberships
WHEN NEW.unconfirmed > OLD.unconfirmed
BEGIN
  SELECT RAISE(ABORT, 'a membership can only be confirmed');
END;
-- +goose StatementEnd

-- One person asked to work here in one role. token_hash is the SHA-256 of what
-- the letter's link holds. Accepted and withdrawn are final.
CREATE TABLE people_invitations (
  id              TEXT PRIMARY KEY,
  token_hash      TEXT NOT NULL UNIQUE,
  email           TEXT NOT NULL,
  email_key       TEXT NOT NULL,
  name            TEXT NOT NULL,
  language        TEXT NOT NULL CHECK (language IN ('en', 'cy')),
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('learner', 'lead', 'officer', 'admin')),
  job_role        TEXT NOT NULL CHECK (job_role IN ('education', 'health', 'social-care', 'police-justice',
                    'housing-community', 'border', 'carers', 'voluntary')),
  invited_by      TEXT NOT NULL REFERENCES people_persons (id),
  created_at      INTEGER NOT NULL,
  sent_at         INTEGER NOT NULL,
  sends           INTEGER NOT NULL DEFAULT 1 CHECK (sends > 0),
  expires_at      INTEGER NOT NULL,
  accepted_at     INTEGER,
  accepted_by     TEXT REFERENCES people_persons (id),
  withdrawn_at    INTEGER,
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
  CHECK (accepted_at IS NULL OR withdrawn_at IS NULL),
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE UNIQUE INDEX people_invitations_open ON people_invitations (email_key, organisation_id, board_id, role)
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX people_invitations_place ON people_invitations (organisation_id, board_id, created_at);
CREATE INDEX people_invitations_created ON people_invitations (created_at);

-- +goose StatementBegin
CREATE TRIGGER people_invitations_final BEFORE UPDATE ON people_invitations
WHEN OLD.accepted_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR NEW.role <> OLD.role OR NEW.email_key <> OLD.email_key
  OR NEW.organisation_id <> OLD.organisation_id OR NEW.board_id <> OLD.board_id
BEGIN
  SELECT RAISE(ABORT, 'an invitation that is over stays as it is');
END;
-- +goose StatementEnd

-- What somebody who cannot show a password was sent by letter: a code for the
-- browser that asked (nonce_hash) and a link for any (link_hash). A row is made
-- for every address that is typed, also for one that nobody has, so that both
-- cost the same; outcome says what the letter tells. Rows live for a day.
CREATE TABLE people_codes (
  id         TEXT PRIMARY KEY,
  purpose    TEXT NOT NULL CHECK (purpose IN ('sign-in', 'reset', 'join')),
  outcome    TEXT NOT NULL CHECK (outcome IN ('code', 'newcomer', 'account', 'stranger', 'held')),
  account    TEXT NOT NULL,
  email      TEXT NOT NULL,
  email_key  TEXT NOT NULL,
  person_id  TEXT REFERENCES people_persons (id),
  language   TEXT NOT NULL CHECK (language IN ('en', 'cy')),
  nonce_hash TEXT NOT NULL UNIQUE,
  code_hash  TEXT NOT NULL,
  link_hash  TEXT NOT NULL UNIQUE,
  guesses    INTEGER NOT NULL DEFAULT 0 CHECK (guesses BETWEEN 0 AND 5),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  proven_at  INTEGER,
  ended_at   INTEGER
) STRICT;

CREATE INDEX people_codes_account ON people_codes (account, created_at);
CREATE INDEX people_codes_created ON people_codes (created_at);
CREATE INDEX people_codes_outcome ON people_codes (outcome, created_at);
CREATE INDEX people_codes_person ON people_codes (person_id);
