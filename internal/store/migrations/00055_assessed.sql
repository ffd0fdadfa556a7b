-- +goose Up
-- That somebody who had finished a course passed its final assessment anew, without
-- the lessons, since a rule asked for it alone. It leads to no certificate, and the
-- completion stays what it was.
CREATE TABLE course_assessed (
  attempt_id   TEXT PRIMARY KEY REFERENCES quiz_attempts (id),
  enrolment_id TEXT NOT NULL REFERENCES course_enrolments (id),
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX course_assessed_enrolment ON course_assessed (enrolment_id, at);

-- +goose StatementBegin
CREATE TRIGGER course_assessed_no_update BEFORE UPDATE ON course_assessed
BEGIN
  SELECT RAISE(ABORT, 'course_assessed is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_assessed_no_delete BEFORE DELETE ON course_assessed
BEGIN
  SELECT RAISE(ABORT, 'course_assessed is append-only');
END;
-- +goose StatementEnd
