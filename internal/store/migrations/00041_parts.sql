-- +goose Up
-- A lead may answer for a part of an agency alone: for teams, and for what lies
-- below them. That it is a part stands with the membership, so that one whose teams
-- are gone leads nobody instead of everybody.
ALTER TABLE people_memberships ADD COLUMN leads_part INTEGER NOT NULL DEFAULT 0
  CHECK (leads_part IN (0, 1) AND (leads_part = 0 OR role = 'lead'));

CREATE TABLE people_led_teams (
  membership_id TEXT NOT NULL REFERENCES people_memberships (id),
  team_id       TEXT NOT NULL REFERENCES people_teams (id),
  PRIMARY KEY (membership_id, team_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX people_led_teams_team ON people_led_teams (team_id);

-- An invitation may say where somebody will stand: it fills in their position.
ALTER TABLE people_invitations ADD COLUMN team_id TEXT REFERENCES people_teams (id);
ALTER TABLE people_invitations ADD COLUMN training_group TEXT NOT NULL DEFAULT '' CHECK (training_group IN ('', 'A', 'B', 'C', 'D', 'E', 'F'));
ALTER TABLE people_invitations ADD COLUMN works_since TEXT NOT NULL DEFAULT '';

CREATE INDEX people_invitations_team ON people_invitations (team_id) WHERE team_id IS NOT NULL;

-- Somebody suspended by their agency: their roles there open nothing until a lead
-- lets them in again.
ALTER TABLE people_positions ADD COLUMN suspended_at INTEGER;
ALTER TABLE people_positions ADD COLUMN suspended_reason TEXT NOT NULL DEFAULT '';

CREATE INDEX people_positions_suspended ON people_positions (person_id) WHERE suspended_at IS NOT NULL;
