-- +goose Up
-- What is asked of a team, for whoever would close it.
CREATE VIEW asking AS
  SELECT r.id, r.team_id FROM course_rules r
  WHERE r.team_id IS NOT NULL
    AND (SELECT t.state FROM course_rule_states t WHERE t.rule_id = r.id ORDER BY t.n DESC LIMIT 1) <> 'ended';
