-- +goose Up
-- What was chosen in cases and exercises bears a hash of itself, as answers do.
-- Rows from before have none: how many they are is kept, so that no seal can be
-- taken off, and no such row away, unnoticed.
ALTER TABLE course_case_choices ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE course_exercise_choices ADD COLUMN seal TEXT NOT NULL DEFAULT '';

CREATE TABLE course_unsealed (
  about  TEXT PRIMARY KEY,
  chosen INTEGER NOT NULL
) STRICT;

INSERT INTO course_unsealed (about, chosen) SELECT 'cases', count(*) FROM course_case_choices;
INSERT INTO course_unsealed (about, chosen) SELECT 'exercises', count(*) FROM course_exercise_choices;

-- +goose StatementBegin
CREATE TRIGGER course_unsealed_no_insert BEFORE INSERT ON course_unsealed
BEGIN
  SELECT RAISE(ABORT, 'course_unsealed is closed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_unsealed_no_update BEFORE UPDATE ON course_unsealed
BEGIN
  SELECT RAISE(ABORT, 'course_unsealed is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_unsealed_no_delete BEFORE DELETE ON course_unsealed
BEGIN
  SELECT RAISE(ABORT, 'course_unsealed is append-only');
END;
-- +goose StatementEnd
