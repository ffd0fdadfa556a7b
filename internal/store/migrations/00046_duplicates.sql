-- +goose Up
-- That two positions of an agency are one person’s: what a lead proposed, what each
-- account said of it, since when the duplicate stands behind the one that is kept,
-- and how that ended.
CREATE TABLE people_duplicates (
  id             TEXT PRIMARY KEY,
  kept_id        TEXT NOT NULL REFERENCES people_positions (id),
  duplicate_id   TEXT NOT NULL REFERENCES people_positions (id),
  proposed_by    TEXT NOT NULL REFERENCES people_persons (id),
  proposed_at    INTEGER NOT NULL,
  kept_said      TEXT NOT NULL DEFAULT '' CHECK (kept_said IN ('', 'yes', 'no')),
  duplicate_said TEXT NOT NULL DEFAULT '' CHECK (duplicate_said IN ('', 'yes', 'no')),
  merged_at      INTEGER,
  ended_at       INTEGER,
  ended          TEXT NOT NULL DEFAULT '' CHECK (ended IN ('', 'refused', 'withdrawn', 'undone', 'overtaken', 'back', 'erased')),
  CHECK (kept_id <> duplicate_id),
  CHECK (merged_at IS NULL OR kept_said = 'yes' AND duplicate_said = 'yes'),
  CHECK ((ended_at IS NULL) = (ended = ''))
) STRICT;

-- Whoever stands behind somebody, or may, does so behind one.
CREATE UNIQUE INDEX people_duplicates_duplicate ON people_duplicates (duplicate_id) WHERE ended_at IS NULL;

CREATE INDEX people_duplicates_kept ON people_duplicates (kept_id);

ALTER TABLE people_positions ADD COLUMN duplicate_of TEXT REFERENCES people_positions (id);

CREATE INDEX people_positions_duplicate ON people_positions (duplicate_of) WHERE duplicate_of IS NOT NULL;

-- Two of the same name, as it is searched, and two of the same number.
CREATE INDEX people_positions_called ON people_positions (organisation_id, board_id, substr(words, 1, instr(words, char(10))))
  WHERE left_at IS NULL;

CREATE INDEX people_positions_number ON people_positions (organisation_id, board_id, staff_number)
  WHERE left_at IS NULL AND staff_number <> '';

CREATE INDEX people_invitations_called ON people_invitations (organisation_id, board_id, lower(name))
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

CREATE INDEX people_invitations_number ON people_invitations (organisation_id, board_id, staff_number)
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL AND staff_number <> '';

-- What the one account learnt counts for the other from now on, or no longer.
-- +goose StatementBegin
CREATE TRIGGER people_positions_behind AFTER UPDATE OF duplicate_of ON people_positions
BEGIN
  INSERT INTO people_moved (position_id)
    SELECT id FROM people_positions WHERE id IN (old.duplicate_of, new.duplicate_of)
    ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd

DROP VIEW roster;

CREATE VIEW roster AS
  SELECT q.id, q.person_id, q.organisation_id, q.board_id, q.job_role, q.team_id, q.training_group, q.works_since,
    q.staff_number, q.manager_id, q.left_at, q.left_on, q.sort_en, q.sort_cy, q.words, q.duplicate_of, n.name, n.email
  FROM people_positions q JOIN people_persons n ON n.id = q.person_id
  WHERE n.erased_at IS NULL;
