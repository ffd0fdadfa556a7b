-- +goose Up
-- Which reminders an agency switched off, or on again, and since which day; of a kind
-- that has no row all go.
CREATE TABLE course_reminder_switches (
  organisation_id TEXT NOT NULL REFERENCES people_organisations (id),
  board_id        TEXT NOT NULL REFERENCES people_boards (id),
  kind            TEXT NOT NULL CHECK (kind IN ('before_30', 'before_7', 'before_1', 'after_1', 'after_7', 'after_14', 'weekly')),
  off             INTEGER NOT NULL CHECK (off IN (0, 1)),
  since           TEXT NOT NULL,
  PRIMARY KEY (organisation_id, board_id, kind)
) STRICT, WITHOUT ROWID;

-- An agency's own words in a letter; '' = the usual ones. Each is there in both
-- languages or in none.
CREATE TABLE course_wordings (
  organisation_id TEXT NOT NULL REFERENCES people_organisations (id),
  board_id        TEXT NOT NULL REFERENCES people_boards (id),
  letter          TEXT NOT NULL CHECK (letter IN ('before', 'late', 'nudge', 'manager', 'weekly')),
  subject_en      TEXT NOT NULL,
  subject_cy      TEXT NOT NULL,
  opening_en      TEXT NOT NULL,
  opening_cy      TEXT NOT NULL,
  closing_en      TEXT NOT NULL,
  closing_cy      TEXT NOT NULL,
  version         INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, board_id, letter),
  CHECK ((subject_en = '') = (subject_cy = '')),
  CHECK ((opening_en = '') = (opening_cy = '')),
  CHECK ((closing_en = '') = (closing_cy = ''))
) STRICT;
