-- +goose Up
-- The overview counts of whom something is due within days without reading everybody.
CREATE INDEX course_standings_week ON course_standings (organisation_id, board_id, course, due_on) WHERE due_on <> '';

-- Whether a lead's exemption needs the countersignature of the board.
ALTER TABLE people_boards ADD COLUMN countersigns INTEGER NOT NULL DEFAULT 0 CHECK (countersigns IN (0, 1));

CREATE INDEX course_rules_replaces ON course_rules (replaces_id) WHERE replaces_id IS NOT NULL;

-- Who is let off what a rule asks of them (rule_id NULL: a whole course), until
-- which day, why, and who looks at it again. Rows are only added; what was answered
-- to one lies beside it. Erasing somebody empties the reasons, and nothing else.
CREATE TABLE course_exemptions (
  id          TEXT PRIMARY KEY,
  position_id TEXT NOT NULL REFERENCES people_positions (id),
  course      TEXT NOT NULL CHECK (course <> ''),
  rule_id     TEXT REFERENCES course_rules (id),
  until_on    TEXT NOT NULL CHECK (until_on <> ''),
  reason      TEXT NOT NULL,
  reviewer_id TEXT NOT NULL,
  needs_board INTEGER NOT NULL CHECK (needs_board IN (0, 1)),
  created_at  INTEGER NOT NULL,
  created_by  TEXT NOT NULL
) STRICT;

CREATE INDEX course_exemptions_position ON course_exemptions (position_id);

-- What became of it: the newest line counts.
CREATE TABLE course_exemption_answers (
  exemption_id TEXT NOT NULL REFERENCES course_exemptions (id),
  n            INTEGER NOT NULL CHECK (n > 0),
  answer       TEXT NOT NULL CHECK (answer IN ('countersigned', 'declined', 'taken_back')),
  reason       TEXT NOT NULL,
  at           INTEGER NOT NULL,
  by_id        TEXT NOT NULL,
  PRIMARY KEY (exemption_id, n)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER course_exemptions_no_delete BEFORE DELETE ON course_exemptions
BEGIN
  SELECT RAISE(ABORT, 'an exemption is taken back, never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_exemptions_only_emptied BEFORE UPDATE ON course_exemptions
WHEN new.reason <> '' OR new.id <> old.id OR new.position_id <> old.position_id OR new.course <> old.course OR new.rule_id IS NOT old.rule_id
  OR new.until_on <> old.until_on OR new.reviewer_id <> old.reviewer_id OR new.needs_board <> old.needs_board
  OR new.created_at <> old.created_at OR new.created_by <> old.created_by
BEGIN
  SELECT RAISE(ABORT, 'of an exemption only the reason can be emptied');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_exemption_answers_no_delete BEFORE DELETE ON course_exemption_answers
BEGIN
  SELECT RAISE(ABORT, 'an answer to an exemption stays');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_exemption_answers_only_emptied BEFORE UPDATE ON course_exemption_answers
WHEN new.reason <> '' OR new.exemption_id <> old.exemption_id OR new.n <> old.n OR new.answer <> old.answer OR new.at <> old.at OR new.by_id <> old.by_id
BEGIN
  SELECT RAISE(ABORT, 'of an answer only the reason can be emptied');
END;
-- +goose StatementEnd
