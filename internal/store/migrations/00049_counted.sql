-- +goose Up
-- How many are in a team, counted from the index alone.
CREATE INDEX people_positions_team_now ON people_positions (team_id) WHERE team_id IS NOT NULL AND left_at IS NULL;

-- Who is looked for by words, found in the index alone.
CREATE INDEX people_positions_words ON people_positions (organisation_id, board_id, words, id);

-- Who leads, among tens of thousands who learn.
CREATE INDEX people_memberships_leading ON people_memberships (organisation_id, board_id) WHERE role = 'lead' AND ended_at IS NULL;

-- Who is suspended: few, wherever they are.
CREATE INDEX people_persons_suspended ON people_persons (id) WHERE suspended_at IS NOT NULL;

-- What a rule asks by which day.
CREATE INDEX course_assignments_rule_due ON course_assignments (rule_id, due_on) WHERE ended_at IS NULL;

-- In the order of days alone it was of no use to an agency.
DROP INDEX course_assignments_due;
