-- +goose Up
-- Bodies are kept by administrators: a board may be of a kind that no list
-- knows, in the board's own words; an agency may leave a board, although
-- memberships that have ended still speak of both; a suspension has a reason.
ALTER TABLE people_boards ADD COLUMN kind_en TEXT NOT NULL DEFAULT '';
ALTER TABLE people_boards ADD COLUMN kind_cy TEXT NOT NULL DEFAULT '';
ALTER TABLE people_organisation_boards ADD COLUMN unlinked_at INTEGER;
ALTER TABLE people_persons ADD COLUMN suspended_reason TEXT NOT NULL DEFAULT '';
