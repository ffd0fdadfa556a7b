-- +goose Up
-- A list of people that a lead brought in: the rows as they were read until it is
-- carried out or a day has gone by, then what is to be done, a batch at a time.
CREATE TABLE people_imports (
  id              TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  by_id           TEXT NOT NULL REFERENCES people_persons (id),
  door            TEXT NOT NULL CHECK (door IN ('web', 'cli', 'worker')),
  language        TEXT NOT NULL CHECK (language IN ('en', 'cy')),
  content         BLOB NOT NULL,
  plan            BLOB NOT NULL DEFAULT x'',
  created_at      INTEGER NOT NULL,
  begun_at        INTEGER,
  steps           INTEGER NOT NULL DEFAULT 0,
  done            INTEGER NOT NULL DEFAULT 0 CHECK (done <= steps),
  done_at         INTEGER,
  undo_at         INTEGER,
  undone_at       INTEGER,
  CHECK (done_at IS NULL OR begun_at IS NOT NULL),
  CHECK (undo_at IS NULL OR done_at IS NOT NULL),
  CHECK (undone_at IS NULL OR undo_at IS NOT NULL),
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE INDEX people_imports_place ON people_imports (organisation_id, board_id, created_at);

CREATE INDEX people_imports_open ON people_imports (id) WHERE begun_at IS NOT NULL AND (done_at IS NULL OR undo_at IS NOT NULL AND undone_at IS NULL);

-- The journal of an import: what each step changed, from and to, so that it can be
-- taken back.
CREATE TABLE people_import_steps (
  id        TEXT PRIMARY KEY,
  import_id TEXT NOT NULL REFERENCES people_imports (id),
  n         INTEGER NOT NULL,
  verb      TEXT NOT NULL CHECK (verb IN ('team', 'invite', 'waiting', 'change', 'left')),
  subject   TEXT NOT NULL,
  person_id TEXT REFERENCES people_persons (id),
  before    TEXT NOT NULL,
  after     TEXT NOT NULL,
  passed    INTEGER NOT NULL CHECK (passed IN (0, 1)),
  undone    TEXT NOT NULL DEFAULT '' CHECK (undone IN ('', 'yes', 'left')),
  at        INTEGER NOT NULL,
  UNIQUE (import_id, n)
) STRICT;

CREATE INDEX people_import_steps_person ON people_import_steps (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX people_import_steps_subject ON people_import_steps (subject);

-- What else is known of where somebody who is invited will stand once they join.
ALTER TABLE people_invitations ADD COLUMN staff_number TEXT NOT NULL DEFAULT '';
ALTER TABLE people_invitations ADD COLUMN manager_key TEXT NOT NULL DEFAULT '';

CREATE INDEX people_invitations_manager ON people_invitations (manager_key) WHERE manager_key <> '';

-- What is kept of a team and a manager goes on changing: teams are closed, and
-- people are erased.
DROP TRIGGER people_invitations_final;

-- +goose StatementBegin
CREATE TRIGGER people_invitations_final BEFORE UPDATE OF id, token_hash, email, email_key, name, language, organisation_id, board_id, role, job_role,
  invited_by, created_at, sent_at, sends, expires_at, accepted_at, accepted_by, withdrawn_at, training_group, works_since, staff_number ON people_invitations
WHEN OLD.accepted_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR NEW.role <> OLD.role OR NEW.email_key <> OLD.email_key
  OR NEW.organisation_id <> OLD.organisation_id OR NEW.board_id <> OLD.board_id
BEGIN
  SELECT RAISE(ABORT, 'an invitation that is over stays as it is');
END;
-- +goose StatementEnd
