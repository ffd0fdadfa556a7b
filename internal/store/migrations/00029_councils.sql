-- +goose Up
-- A council that an administrator added says under which board it stands and, where
-- its name does not, what its area is. One that is retired stays, since the record
-- speaks of it; no agency has it.
ALTER TABLE people_councils ADD COLUMN board_id TEXT REFERENCES people_boards (id);
ALTER TABLE people_councils ADD COLUMN area_en TEXT NOT NULL DEFAULT '';
ALTER TABLE people_councils ADD COLUMN area_cy TEXT NOT NULL DEFAULT '';
ALTER TABLE people_councils ADD COLUMN retired_at INTEGER;
