-- +goose Up
-- What somebody chose in an exercise, line by line. Doing it again is another run.
-- Nothing is marked: an exercise is for practice, and nothing asks for it.
CREATE TABLE course_exercise_choices (
  enrolment_id TEXT NOT NULL REFERENCES course_enrolments (id),
  module       TEXT NOT NULL,
  exercise     TEXT NOT NULL,
  run          INTEGER NOT NULL CHECK (run >= 1),
  line         TEXT NOT NULL,
  choice       TEXT NOT NULL,
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL,
  PRIMARY KEY (enrolment_id, module, exercise, run, line)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER course_exercise_choices_no_update BEFORE UPDATE ON course_exercise_choices
BEGIN
  SELECT RAISE(ABORT, 'course_exercise_choices is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_exercise_choices_no_delete BEFORE DELETE ON course_exercise_choices
BEGIN
  SELECT RAISE(ABORT, 'course_exercise_choices is append-only');
END;
-- +goose StatementEnd
