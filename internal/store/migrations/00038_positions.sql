-- +goose Up
-- The teams of an agency under a board, as a tree. One that is closed stays, for
-- what was said of it.
CREATE TABLE people_teams (
  id              TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  parent_id       TEXT REFERENCES people_teams (id),
  name_en         TEXT NOT NULL CHECK (name_en <> ''),
  name_cy         TEXT NOT NULL CHECK (name_cy <> ''),
  created_at      INTEGER NOT NULL,
  closed_at       INTEGER,
  CHECK (parent_id <> id),
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE INDEX people_teams_place ON people_teams (organisation_id, board_id);

CREATE INDEX people_teams_parent ON people_teams (parent_id);

-- Where somebody stands in an agency, however many roles they have there. What
-- may change lies here; a membership can only end. A list is read in the order of
-- sort_en or sort_cy and searched in words: both follow from the name and the
-- address, and are filled in at the next start where they are missing.
CREATE TABLE people_positions (
  id              TEXT PRIMARY KEY,
  person_id       TEXT NOT NULL REFERENCES people_persons (id),
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  job_role        TEXT NOT NULL CHECK (job_role IN ('education', 'health', 'social-care', 'police-justice',
                    'housing-community', 'border', 'carers', 'voluntary')),
  team_id         TEXT REFERENCES people_teams (id),
  training_group  TEXT NOT NULL DEFAULT '' CHECK (training_group IN ('', 'A', 'B', 'C', 'D', 'E', 'F')),
  works_since     TEXT NOT NULL DEFAULT '',
  staff_number    TEXT NOT NULL DEFAULT '',
  manager_id      TEXT REFERENCES people_positions (id),
  began_at        INTEGER NOT NULL,
  left_at         INTEGER,
  left_on         TEXT NOT NULL DEFAULT '',
  sort_en         BLOB,
  sort_cy         BLOB,
  words           TEXT NOT NULL DEFAULT '',
  CHECK (manager_id <> id),
  UNIQUE (person_id, organisation_id, board_id),
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE INDEX people_positions_en ON people_positions (organisation_id, board_id, sort_en, id);

CREATE INDEX people_positions_cy ON people_positions (organisation_id, board_id, sort_cy, id);

CREATE INDEX people_positions_team ON people_positions (team_id) WHERE team_id IS NOT NULL;

CREATE INDEX people_positions_manager ON people_positions (manager_id) WHERE manager_id IS NOT NULL;

CREATE INDEX people_positions_unsorted ON people_positions (id) WHERE sort_en IS NULL;

-- +goose StatementBegin
CREATE TRIGGER people_positions_no_delete BEFORE DELETE ON people_positions
BEGIN
  SELECT RAISE(ABORT, 'a position is left, never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER people_positions_same BEFORE UPDATE OF id, person_id, organisation_id, board_id ON people_positions
BEGIN
  SELECT RAISE(ABORT, 'a position stays whose it is');
END;
-- +goose StatementEnd

INSERT INTO people_positions (id, person_id, organisation_id, board_id, job_role, began_at, left_at)
  SELECT id, person_id, organisation_id, board_id, job_role, started_at, CASE WHEN lasting = 0 THEN ended END
  FROM (SELECT m.*, row_number() OVER (of_one ORDER BY ended_at IS NOT NULL, started_at DESC, id) AS n,
      count(*) OVER of_one - count(ended_at) OVER of_one AS lasting, max(ended_at) OVER of_one AS ended
    FROM people_memberships m WHERE unconfirmed = 0 WINDOW of_one AS (PARTITION BY person_id, organisation_id, board_id))
  WHERE n = 1;

UPDATE people_positions SET sort_en = x'', sort_cy = x''
  WHERE person_id IN (SELECT id FROM people_persons WHERE erased_at IS NOT NULL);

-- Who works where, as lists read it.
CREATE VIEW roster AS
  SELECT q.id, q.person_id, q.organisation_id, q.board_id, q.job_role, q.team_id, q.training_group, q.works_since,
    q.staff_number, q.manager_id, q.left_at, q.left_on, q.sort_en, q.sort_cy, q.words, n.name, n.email
  FROM people_positions q JOIN people_persons n ON n.id = q.person_id
  WHERE n.erased_at IS NULL;
