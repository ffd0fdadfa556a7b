-- +goose Up
-- An administrator's acceptance, in writing, that certificates are issued though
-- nobody has reviewed an edition of a course professionally: the statement as they
-- read it, their office and their reason.
CREATE TABLE course_acceptances (
  id              TEXT PRIMARY KEY,
  course          TEXT NOT NULL,
  edition         TEXT NOT NULL,
  edition_hash    TEXT NOT NULL,
  lang            TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  statement       TEXT NOT NULL,
  statement_print TEXT NOT NULL,
  office          TEXT NOT NULL,
  reason          TEXT NOT NULL,
  accepted_by     TEXT NOT NULL REFERENCES people_persons (id),
  accepted_at     INTEGER NOT NULL,
  UNIQUE (course, edition)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER course_acceptances_no_update BEFORE UPDATE ON course_acceptances
BEGIN
  SELECT RAISE(ABORT, 'course_acceptances is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_acceptances_no_delete BEFORE DELETE ON course_acceptances
BEGIN
  SELECT RAISE(ABORT, 'course_acceptances is append-only');
END;
-- +goose StatementEnd
