-- +goose Up
-- Letters of the school that ask, remind or report, one a person, place and day of
-- a kind. planned_on is the day that the calendar had for it; it went on day, since
-- the days between were quiet. outcome is '' until its job ran; 'silent' = there was
-- nothing to say any more.
CREATE TABLE course_letters (
  id              TEXT PRIMARY KEY,
  kind            TEXT NOT NULL CHECK (kind IN ('reminder', 'escalation', 'digest', 'nudge')),
  position_id     TEXT NOT NULL REFERENCES people_positions (id),
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  day             TEXT NOT NULL,
  planned_on      TEXT NOT NULL,
  put_at          INTEGER NOT NULL,
  said_at         INTEGER,
  outcome         TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'sent', 'silent')),
  CHECK ((said_at IS NULL) = (outcome = '')),
  UNIQUE (position_id, kind, day)
) STRICT;

CREATE INDEX course_letters_place ON course_letters (organisation_id, board_id, put_at, id);

-- Which reminder of what is asked of somebody was put down, each once; to_id is the
-- position of the manager who hears of it, '' = the leads, or the person themselves.
CREATE TABLE course_reminders (
  assignment_id TEXT NOT NULL REFERENCES course_assignments (id),
  kind          TEXT NOT NULL CHECK (kind IN ('before_30', 'before_7', 'before_1', 'after_1', 'after_7', 'after_14')),
  day           TEXT NOT NULL,
  planned_on    TEXT NOT NULL,
  to_id         TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (assignment_id, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX course_reminders_day ON course_reminders (day, kind, to_id);

-- The days on which reminders were put down for everybody.
CREATE TABLE course_reminded (
  day    TEXT PRIMARY KEY,
  put_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX course_assignments_due ON course_assignments (due_on) WHERE ended_at IS NULL;

-- +goose StatementBegin
CREATE TRIGGER course_reminders_no_update BEFORE UPDATE ON course_reminders
BEGIN
  SELECT RAISE(ABORT, 'a reminder goes once');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_reminders_no_delete BEFORE DELETE ON course_reminders
BEGIN
  SELECT RAISE(ABORT, 'that somebody was reminded stays with what was asked of them');
END;
-- +goose StatementEnd
