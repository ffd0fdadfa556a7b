-- +goose Up
-- The overview counts of whom something is due within days without reading everybody.
CREATE INDEX course_standings_week ON course_standings (organisation_id, board_id, course, due_on) WHERE due_on <> '';
