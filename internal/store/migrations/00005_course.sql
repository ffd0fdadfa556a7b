-- +goose Up
-- A person takes a course once a cycle. A new cycle is a new row; nothing is
-- ever reset.
CREATE TABLE course_enrolments (
  id            TEXT PRIMARY KEY,
  person_id     TEXT NOT NULL REFERENCES people_persons (id),
  membership_id TEXT NOT NULL REFERENCES people_memberships (id),
  course        TEXT NOT NULL,
  cycle         INTEGER NOT NULL CHECK (cycle >= 1),
  created_at    INTEGER NOT NULL,
  UNIQUE (person_id, course, cycle)
) STRICT;

-- One row for each part of a module that a person has finished reading, in
-- whichever version: nobody is told which.
CREATE TABLE course_sections_read (
  enrolment_id TEXT NOT NULL REFERENCES course_enrolments (id),
  module       TEXT NOT NULL,
  section      TEXT NOT NULL,
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL,
  PRIMARY KEY (enrolment_id, module, section)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_module_completions (
  enrolment_id TEXT NOT NULL REFERENCES course_enrolments (id),
  module       TEXT NOT NULL,
  attempt_id   TEXT NOT NULL REFERENCES quiz_attempts (id),
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL,
  PRIMARY KEY (enrolment_id, module)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_completions (
  enrolment_id TEXT PRIMARY KEY REFERENCES course_enrolments (id),
  attempt_id   TEXT NOT NULL UNIQUE REFERENCES quiz_attempts (id),
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL,
  valid_until  INTEGER
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER course_enrolments_no_update BEFORE UPDATE ON course_enrolments
BEGIN
  SELECT RAISE(ABORT, 'course_enrolments is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_enrolments_no_delete BEFORE DELETE ON course_enrolments
BEGIN
  SELECT RAISE(ABORT, 'course_enrolments is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_sections_read_no_update BEFORE UPDATE ON course_sections_read
BEGIN
  SELECT RAISE(ABORT, 'course_sections_read is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_sections_read_no_delete BEFORE DELETE ON course_sections_read
BEGIN
  SELECT RAISE(ABORT, 'course_sections_read is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_module_completions_no_update BEFORE UPDATE ON course_module_completions
BEGIN
  SELECT RAISE(ABORT, 'course_module_completions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_module_completions_no_delete BEFORE DELETE ON course_module_completions
BEGIN
  SELECT RAISE(ABORT, 'course_module_completions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_completions_no_update BEFORE UPDATE ON course_completions
BEGIN
  SELECT RAISE(ABORT, 'course_completions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_completions_no_delete BEFORE DELETE ON course_completions
BEGIN
  SELECT RAISE(ABORT, 'course_completions is append-only');
END;
-- +goose StatementEnd
