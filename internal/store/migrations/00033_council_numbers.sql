-- +goose Up
-- Every edition of a council's numbers, with who saved it and when: the newest is
-- what people_councils holds. Numbers from before this was kept are the first
-- edition; nobody and no time stand beside them.
CREATE TABLE people_council_numbers (
  council_key         TEXT NOT NULL REFERENCES people_councils (key),
  edition             INTEGER NOT NULL CHECK (edition >= 1),
  day_number          TEXT NOT NULL,
  out_of_hours_number TEXT NOT NULL,
  checked_on          TEXT NOT NULL,
  saved_by            TEXT NOT NULL,
  saved_at            INTEGER,
  PRIMARY KEY (council_key, edition)
) STRICT;

INSERT INTO people_council_numbers (council_key, edition, day_number, out_of_hours_number, checked_on, saved_by, saved_at)
  SELECT key, 1, day_number, out_of_hours_number, checked_on, '', NULL FROM people_councils
  WHERE day_number <> '' OR out_of_hours_number <> '';

-- +goose StatementBegin
CREATE TRIGGER people_council_numbers_no_update BEFORE UPDATE ON people_council_numbers
BEGIN
  SELECT RAISE(ABORT, 'people_council_numbers is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER people_council_numbers_no_delete BEFORE DELETE ON people_council_numbers
BEGIN
  SELECT RAISE(ABORT, 'people_council_numbers is append-only');
END;
-- +goose StatementEnd
