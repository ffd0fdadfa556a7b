-- +goose Up
-- Whoever is suspended, at their work or altogether, stays among an agency's people,
-- and is neither written to nor told of others.
DROP VIEW roster;

CREATE VIEW roster AS
  SELECT q.id, q.person_id, q.organisation_id, q.board_id, q.job_role, q.team_id, q.training_group, q.works_since,
    q.staff_number, q.manager_id, q.left_at, q.left_on, q.sort_en, q.sort_cy, q.words, q.duplicate_of,
    q.suspended_at IS NOT NULL OR n.suspended_at IS NOT NULL AS suspended, n.name, n.email
  FROM people_positions q JOIN people_persons n ON n.id = q.person_id
  WHERE n.erased_at IS NULL;
