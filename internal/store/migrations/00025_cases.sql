-- +goose Up
-- What somebody chose in a branching case, turn by turn. Taking the case again is
-- another run. job is the kind of work that they did then: whoever changes it later
-- moves in no figure. Nothing is marked: a case is for practice.
CREATE TABLE course_case_choices (
  enrolment_id TEXT NOT NULL REFERENCES course_enrolments (id),
  module       TEXT NOT NULL,
  scenario     TEXT NOT NULL,
  run          INTEGER NOT NULL CHECK (run >= 1),
  turn         INTEGER NOT NULL CHECK (turn >= 1),
  decision     TEXT NOT NULL,
  choice       TEXT NOT NULL,
  job          TEXT NOT NULL,
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL,
  PRIMARY KEY (enrolment_id, module, scenario, run, turn)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER course_case_choices_no_update BEFORE UPDATE ON course_case_choices
BEGIN
  SELECT RAISE(ABORT, 'course_case_choices is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_case_choices_no_delete BEFORE DELETE ON course_case_choices
BEGIN
  SELECT RAISE(ABORT, 'course_case_choices is append-only');
END;
-- +goose StatementEnd
