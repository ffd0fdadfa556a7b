-- +goose Up
-- More time for what is asked of somebody: the assignment with the later day stands
-- in a row of its own (assignment_id) in place of the one before (before_id), and
-- planned_on is the day that this had before. Whoever is back after a short absence
-- has theirs on.
CREATE TABLE course_extensions (
  assignment_id TEXT PRIMARY KEY REFERENCES course_assignments (id),
  before_id     TEXT NOT NULL REFERENCES course_assignments (id),
  planned_on    TEXT NOT NULL,
  reason        TEXT NOT NULL, -- '' once it was emptied
  by_id         TEXT NOT NULL,
  at            INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER course_extensions_only_emptied BEFORE UPDATE ON course_extensions
WHEN new.reason <> '' OR new.assignment_id <> old.assignment_id OR new.before_id <> old.before_id OR new.planned_on <> old.planned_on
  OR new.by_id <> old.by_id OR new.at <> old.at
BEGIN
  SELECT RAISE(ABORT, 'of more time only the reason can be emptied');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_extensions_no_delete BEFORE DELETE ON course_extensions
BEGIN
  SELECT RAISE(ABORT, 'that somebody was given more time stays with what was asked of them');
END;
-- +goose StatementEnd
