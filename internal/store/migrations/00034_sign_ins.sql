-- +goose Up
-- What people met who signed in by their agency's sign-in: when it last let
-- somebody in, since when and with what it has failed, newest, and when the
-- administrators were last told. brought says that whoever came may have made the
-- failure themselves.
ALTER TABLE people_providers ADD COLUMN worked_at INTEGER;
ALTER TABLE people_providers ADD COLUMN failed_since INTEGER;
ALTER TABLE people_providers ADD COLUMN failed_at INTEGER;
ALTER TABLE people_providers ADD COLUMN failed TEXT NOT NULL DEFAULT '';
ALTER TABLE people_providers ADD COLUMN failed_said TEXT NOT NULL DEFAULT '';
ALTER TABLE people_providers ADD COLUMN failed_brought INTEGER NOT NULL DEFAULT 0 CHECK (failed_brought IN (0, 1));
ALTER TABLE people_providers ADD COLUMN told_at INTEGER;
