-- +goose Up
-- Who was told that they will be erased as inactive, by which run, and since
-- when their time to come back counts: since the letter went or was given up.
CREATE TABLE people_warned (
  person_id   TEXT PRIMARY KEY REFERENCES people_persons (id),
  at          INTEGER NOT NULL,
  counts_from INTEGER
) STRICT, WITHOUT ROWID;
